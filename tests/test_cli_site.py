"""The commands on the site: what they print and with which code they end, on a day that the tests choose."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import forms
from places import NAME, put_place
from promotion_book.cli.common import today
from promotion_book.running.hashing import folder_sha256
from promotion_book.site.histories import read_manifests
from sites import TODAY, make, set_day

pytestmark = pytest.mark.xdist_group("small sites")

HERE = ("--place", NAME, "--period", "2023")


@pytest.fixture
def root(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    set_day(monkeypatch, TODAY)
    return root


def call(*arguments: str) -> tuple[int, str]:
    """The code of a command, and its output in one line."""
    code, output = forms.call(*arguments)
    return code, " ".join(output.split())


def test_an_edition_is_published_once_and_then_it_is_said_that_it_is(root):
    make(root, "2023")
    assert re.match(r"published lang_moi/2023/r0, \d\.\d MB more than before", call("publish", *HERE)[1])
    code, output = call("publish", *HERE)
    assert (code, "lang_moi/2023/r0 is published already; nothing was changed" in output) == (0, True)


def test_settings_that_are_empty_are_named_when_an_edition_is_published(root):
    make(root, "2023")
    assert "_config.yml: html.baseurl, repository.url: empty, so that no page tells it" in call("publish", *HERE)[1]


def test_other_content_is_refused_and_then_published_as_a_revision(root):
    make(root, "2023")
    call("publish", *HERE)
    make(root, "2023", start="other")
    assert call("publish", *HERE)[0] == 1
    code, output = call("publish", *HERE, "--revise", "--reason", "A clearer start.")
    assert (code, "published lang_moi/2023/r1" in output) == (0, True)
    note = read_manifests(root / "_site")[0].note
    assert (note.kind, note.reason) == ("method", {"en": "A clearer start."})


def test_a_revision_of_what_was_not_built_again_is_refused(root):
    make(root, "2023")
    call("publish", *HERE)
    code, output = call("publish", *HERE, "--revise", "--reason", "A clearer start.")
    assert (code, "build what was mended, and publish it then" in output) == (1, True)


@pytest.mark.parametrize(
    "line", ["sign_off_required: 'yes'", "signoff_required: true", "contact: [desk]", "html:\n\ta: b"]
)
def test_settings_that_are_wrong_let_nothing_be_published(root, line):
    make(root, "2023")
    settings = root / "_config.yml"
    settings.write_text(f"author: The desk\n{line}\n", encoding="utf-8")
    code, output = call("publish", *HERE)
    assert (code, output.startswith("_config.yml:")) == (2, True)
    assert not (root / "_site").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--revise"], "a revision needs --revise and --reason '...'"),
        (["--reason", "Why."], "a revision needs --revise and --reason '...'"),
        (["--kind", "error"], "a revision needs --revise and --reason '...'"),
        (["--revise", "--reason", "Why.", "--kind", "typo"], "no kind 'typo' of revision; kinds: new_source, error"),
        (["--revise", "--reason", ""], "--reason en=: found nothing; allowed why it is revised; write the reason"),
        (["--revise", "--reason", "Why\u202e."], "--reason en=: found invisible character U+202E at position 4"),
        (["--revise", "--reason", "en=Why.", "--reason", "Why."], "--reason en=: give one reason in a language"),
        (["--place", "atlantis"], "no place 'atlantis'"),
    ],
)
def test_a_wrong_call_ends_with_two_and_says_what_is_needed(root, options, message):
    code, output = call("publish", *HERE, *options)
    assert code == 2
    assert message in output


def test_everything_that_is_due_and_built_is_published_in_one_go_and_what_is_not_built_is_named(root):
    put_place(root / "data", "lang_cu")
    for place, period in ((NAME, "2022"), (NAME, "2023"), ("lang_cu", "2024")):
        make(root, period, place)
    code, output = call("publish", "--all")
    assert code == 0
    assert sorted(m.folder for m in read_manifests(root / "_site")) == [
        "lang_cu/2024/r0",
        "lang_moi/2022/r0",
        "lang_moi/2023/r0",
    ]
    assert "lang_moi 2024 is due and not built" in output
    assert "2025" not in output  # its day has not come


def test_a_site_that_cannot_be_written_ends_with_two(root):
    make(root, "2023")
    (root / "_site.versions").write_text("a file, not a folder", encoding="utf-8")
    code, output = call("publish", *HERE)
    assert (code, "the site stays as it was" in output) == (2, True)


def test_the_changes_between_two_editions_and_between_two_revisions_are_printed(root):
    make(root, "2022", figure="4000000")
    make(root, "2023", figure="4000000")
    call("publish", "--all")
    make(root, "2023", figure="4400000")
    call("publish", *HERE, "--revise", "--reason", "A slip.")
    before = folder_sha256(root / "_site")
    figure = "Handicraft exports (2022): USD 4000000 -> USD 4400000 (+10.0%, src_002 -> src_002, error)"
    for was, now in (("2022", "2023"), ("2023/r0", "2023/r1")):
        code, output = call("changes", was, now, "--place", NAME)
        assert (code, output.startswith(f"figures revised: 1 {figure}")) == (0, True)
    assert output.endswith("indicators dropped: 0 0 other results differ")
    assert folder_sha256(root / "_site") == before


def test_an_edition_is_compared_with_the_same_one_on_another_site(root):
    make(root, "2023", figure="4000000")
    call("publish", *HERE)
    shutil.copytree(root / "_site", root / "before")
    (root / "_site").unlink()
    shutil.rmtree(root / "_site.versions")
    make(root, "2023", figure="4400000")
    call("publish", *HERE)
    code, output = call("changes", "2023", "2023", "--place", NAME, "--site", str(root / "before"))
    assert (code, output.split(" Handicraft")[0]) == (0, "figures revised: 1")
    assert output.endswith("0 other results differ")


def test_changes_of_what_is_not_published_end_with_two(root):
    code, output = call("changes", "2022", "2023", "--place", NAME)
    assert code == 2
    assert output.endswith("/_site/lang_moi/2022/en is not published")


def test_rebuilding_what_is_not_published_ends_with_two(root):
    code, output = call("rebuild", "2023", "--verify", "--place", NAME)
    assert code == 2
    assert "lang_moi 2023 has no such revision on the site; published: none" in output


def test_building_in_a_language_that_does_not_exist_ends_with_two(root):
    assert call("build", *HERE, "--language", "xx") == (2, "no language 'xx'; languages: en, vi")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The zone of this machine, which a test may set."""
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def test_the_day_of_publication_is_the_same_wherever_the_machine_is(clock):
    days = set()
    for zone in ("Etc/GMT+12", "Etc/GMT-14"):  # a day and two hours apart
        clock.setenv("TZ", zone)
        time.tzset()
        days.add(today())
    assert len(days) == 1
