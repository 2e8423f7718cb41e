"""Publishing: all or nothing, every revision at its own address, and nothing that was published is changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from places import NAME, TABLES, calendar, put_place
from promotion_book import __version__
from promotion_book.book.downloads import wheel_name
from promotion_book.running.hashing import file_sha256, folder_sha256
from promotion_book.running.plan import EditionId, locate_build
from promotion_book.site.histories import read_manifests
from promotion_book.site.manifest import Note, read_manifest
from promotion_book.site.publish import publish
from promotion_book.site.seal import SEAL
from promotion_book.site.store import SiteError
from promotion_book.words.language import LANGUAGES
from sites import EXPORTS, START, TODAY, finish, make, page, published, put_project, revise

pytestmark = pytest.mark.xdist_group("small sites")


@pytest.fixture(scope="module")
def revised(tmp_path_factory) -> Iterator[Path]:
    """A project whose edition of 2023 has a page that was corrected, and then one that was made shorter; no test changes it."""
    root = put_project(tmp_path_factory.mktemp("revised"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROMOTION_BOOK_DATA", str(root / "data"))
        published(root, "2023", exports="wrong")
        revise(root, exports="right")
        revise(root, exports="right", start="other", note=Note("method", {"en": "Shorter."}))
        yield root


def test_the_address_of_an_edition_shows_its_newest_revision_and_the_first_one_stays(root):
    published(root, "2023", start="wrong")
    before = folder_sha256(root / "_site" / NAME / "2023" / "r0")
    revise(root, start="right")
    assert folder_sha256(root / "_site" / NAME / "2023" / "r0") == before
    assert ("right 2023" in page(root, "2023/en"), "wrong 2023" in page(root, "2023/r0/en")) == (True, True)
    assert (
        folder_sha256(root / "_site" / NAME / "2023" / "r1").items()
        <= folder_sha256(root / "_site" / NAME / "2023").items()
    )


def test_publishing_what_is_published_changes_nothing_and_says_so(root):
    published(root, "2023")
    before, version = folder_sha256(root / "_site"), (root / "_site").resolve()
    (again,) = published(root, "2023", today=date(2026, 12, 1))
    assert str(again) == "lang_moi/2023/r0 is published already; nothing was changed"
    assert (folder_sha256(root / "_site"), (root / "_site").resolve()) == (before, version)


def test_other_content_of_a_published_edition_is_refused_with_the_advice_to_revise(root):
    published(root, "2023")
    before = folder_sha256(root / "_site")
    with pytest.raises(
        SiteError,
        match=rf"lang_moi 2023: {len(LANGUAGES)} files differ from r0.*book/index.html.*publish with --revise",
    ):
        published(root, "2023", start="right")
    assert folder_sha256(root / "_site") == before


def test_a_revision_of_nothing_is_refused(root):
    with pytest.raises(SiteError, match="nothing of it is published that could be revised"):
        revise(root)


def test_the_manifest_names_all_that_went_in_and_all_that_came_out(revised):
    folder = revised / "_site" / NAME / "2023" / "r0"
    manifest = read_manifest(revised / "_site", f"{NAME}/2023/r0")
    assert manifest.files == {name: sha for name, sha in folder_sha256(folder).items() if name != "manifest.json"}
    assert manifest.inputs["data/lang_moi/observations.csv"] == file_sha256(
        revised / "data" / NAME / "observations.csv"
    )
    assert {"requirements.lock", "_config.yml", "package/facts/known.py", "python"} <= set(manifest.inputs)
    assert manifest.parameters["en"]["notebooks/results/exports.json"] == {"place": NAME, "period": "2023"}
    assert (manifest.cut_off, manifest.published_on) == ("2024-03-31", "2026-11-24")
    assert manifest.counts == {"figures": 3, "targets": 1, "sources": 2, "conflicts": 1, "corrections": 0}


def test_what_is_told_as_built_is_what_was_built(revised):
    built = {
        code: folder_sha256(locate_build(revised, EditionId(NAME, "2023"), language=code).html) for code in LANGUAGES
    }
    manifest, *_ = read_manifests(revised / "_site")
    assert manifest.as_built() == {f"{code}/{name}": sha for code in built for name, sha in built[code].items()}


def test_a_page_says_which_revision_it_is(revised):
    built = locate_build(revised, EditionId(NAME, "2023"), language="en").html / "book" / "index.html"
    assert "Not published." in built.read_text(encoding="utf-8")
    assert "First published on 24 November 2026 (r0)." in page(revised, "2023/r0/en")
    assert "Not published." not in page(revised, "2023/r0/en")


def test_a_correction_is_told_on_every_page_that_the_error_touched_and_on_no_other(revised):
    told = "Correction of 24 November 2026.</strong> Exports were counted twice. This page said something else in r0."
    assert told in page(revised, "2023/r1/en", EXPORTS)
    assert "Correction" not in page(revised, "2023/r1/en")
    assert "Correction" not in page(revised, "2023/r0/en", EXPORTS)


def test_a_correction_stays_told_in_later_revisions_which_for_another_reason_put_no_notice_on_their_pages(revised):
    assert "Exports were counted twice." in page(revised, "2023/en", EXPORTS)
    assert "Shorter." not in page(revised, "2023/en")


def test_a_revision_names_the_pages_that_say_something_else_than_in_the_one_before(revised):
    exports, start = (tuple(f"{code}/{name}" for code in LANGUAGES) for name in (EXPORTS, START))
    assert {m.revision: m.touched for m in read_manifests(revised / "_site")} == {0: (), 1: exports, 2: start}


def test_the_kind_of_a_revision_follows_from_its_figures_where_it_is_not_said(root):
    published(root, "2023", figure="4400000")
    (revised,) = revise(root, figure="4000000", note=Note("", {"en": "A slip."}))
    assert revised.manifest.note == Note("error", {"en": "A slip."})


def test_a_manifest_names_the_figures_that_a_revision_changed(root):
    published(root, "2023", figure="4400000")
    revise(root, figure="4000000")
    (newest, first) = read_manifests(root / "_site")
    said = {"name": "Handicraft exports (2022)", "was": "USD 4400000", "now": "USD 4000000", "source": "Paper"}
    assert newest.figures == ({"source_id": "src_002", "kind": "error", "told": dict.fromkeys(LANGUAGES, said)},)
    assert first.figures == ()


def test_other_editions_stay_as_they_were(root):
    published(root, "2022", "2023")
    before = folder_sha256(root / "_site" / NAME / "2022" / "en")
    revise(root, start="right")
    assert folder_sha256(root / "_site" / NAME / "2022" / "en") == before


def test_a_file_that_the_site_has_already_is_not_stored_again(root):
    published(root, "2022")
    (added,) = published(root, "2023")
    before, after = stored(root, "2022"), stored(root, "2023")
    shared = {path.name for inode, path in after.items() if inode in before}
    software = {wheel_name(__version__), "requirements.lock"}
    assert shared == {"book.css", "editions.js", "figures.csv", "statuses.csv", *software}
    new = [path for inode, path in after.items() if inode not in before and path.name != "manifest.json"]
    assert added.added == sum(path.stat().st_size for path in new)


def stored(root: Path, period: str) -> dict[int, Path]:
    """The files of a first revision, by where the disk has them."""
    folder = root / "_site" / NAME / period / "r0"
    return {path.stat().st_ino: path for path in folder.rglob("*") if path.is_file()}


def test_several_editions_of_several_places_are_published_in_one_switch(root):
    put_place(root / "data", "lang_cu")
    for place in (NAME, "lang_cu"):
        make(root, "2022", place)
        make(root, "2023", place)
    publish(
        root,
        [EditionId(place, period) for place in (NAME, "lang_cu") for period in ("2022", "2023")],
        today=TODAY,
    )
    assert [m.folder for m in read_manifests(root / "_site")] == [
        "lang_cu/2023/r0",
        "lang_cu/2022/r0",
        "lang_moi/2023/r0",
        "lang_moi/2022/r0",
    ]
    assert sorted(p.name for p in (root / "_site.versions").iterdir() if p.is_dir()) == ["1", "revisions"]


def test_of_several_editions_none_is_published_if_one_is_not_finished_and_all_reasons_are_told(root):
    make(root, "2022")
    with pytest.raises(SiteError, match=r"2023.*holds no finished edition.*\n.*2024.*holds no finished edition"):
        publish(root, [EditionId(NAME, "2022"), EditionId(NAME, "2023"), EditionId(NAME, "2024")], today=TODAY)
    assert not (root / "_site").exists()


def test_of_an_edition_neither_built_nor_due_the_day_of_its_release_is_told_and_not_how_to_build_it(root):
    with pytest.raises(SiteError, match=r"^lang_moi 2025: its release is announced for 2027-01-15"):
        publish(root, [EditionId(NAME, "2025")], today=TODAY)


def test_an_edition_without_one_of_its_languages_is_refused(root, monkeypatch):
    make(root, "2023")
    monkeypatch.setattr("promotion_book.site.candidate.languages_in", lambda _: ("en", "xx"))
    with pytest.raises(SiteError, match="2023/xx holds no finished edition; run 'promotion-book build"):
        publish(root, [EditionId(NAME, "2023")], today=TODAY)


def test_languages_that_were_built_from_other_data_are_refused(root):
    make(root, "2023")
    put_place(root / "data", tables={**TABLES, "observations": TABLES["observations"][:-1]})
    finish(root, locate_build(root, EditionId(NAME, "2023"), language="vi"))
    with pytest.raises(SiteError, match="the languages en and vi were built from other inputs; build both again"):
        publish(root, [EditionId(NAME, "2023")], today=TODAY)


def test_an_edition_whose_files_were_changed_is_refused(root):
    make(root, "2023")
    (locate_build(root, EditionId(NAME, "2023"), language="en").folder / "html" / "book" / "index.html").write_text(
        "by hand", encoding="utf-8"
    )
    with pytest.raises(SiteError, match="are not those that were built"):
        publish(root, [EditionId(NAME, "2023")], today=TODAY)


def test_an_edition_that_first_came_in_one_language_is_revised_in_all_of_them(root, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("promotion_book.site.candidate.languages_in", lambda _: ("en",))
        published(root, "2023", figure="4400000")
    assert not (root / "_site" / "archive.vi.html").exists()
    revise(root, figure="4000000", note=Note("error", {"en": "A slip."}))
    log = (root / "_site" / "revisions.vi.html").read_text(encoding="utf-8")
    assert "trước đây là USD 4400000, hiện nay là USD 4000000" in log
    assert '<span lang="en">A slip.</span>' in log


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"place": 3}'],
    ids=["empty", "truncated", "list", "fields missing", "not UTF-8", "deep", "wrong type"],
)
def test_a_damaged_seal_is_one_line_and_asks_for_another_build(root, content):
    make(root, "2023")
    (locate_build(root, EditionId(NAME, "2023"), language="en").folder / SEAL).write_bytes(content)
    with pytest.raises(SiteError, match=r"^\S*2023/en/edition.json is damaged[^\n]*; build the edition again$"):
        publish(root, [EditionId(NAME, "2023")], today=TODAY)


@pytest.mark.parametrize("gone", ["data.zip", "software", "html"])
def test_a_half_written_edition_is_one_line_and_asks_for_another_build(root, gone):
    make(root, "2023")
    folder = locate_build(root, EditionId(NAME, "2023"), language="en").folder
    (folder / gone).rename(root / "gone")
    with pytest.raises(SiteError, match=r"^the files of \S* are not those that were built; build the edition again$"):
        publish(root, [EditionId(NAME, "2023")], today=TODAY)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            calendar("2023", "2024-03-31", "2026-12-24"),
            "announced for 2026-12-24, and today is 2026-11-24; publish it on that day, or write an earlier release_on",
        ),
        (
            calendar("2023", "2024-03-31", "2026-11-24", "2026-11-01"),
            r"it was announced 23 days ahead; allowed 28, or a reason .* write one, and build it again",
        ),
        (calendar("2024", "2025-03-31"), "no release of it was announced; give it a row in release_calendar.csv"),
    ],
    ids=["before its day", "at short notice", "unannounced"],
)
def test_an_edition_that_is_not_due_is_refused(root, row, reason):
    put_place(root / "data", tables={**TABLES, "release_calendar": [row]})
    with pytest.raises(SiteError, match=reason):
        published(root, "2023")


def test_short_notice_with_a_reason_is_allowed(root):
    row = calendar("2023", "2024-03-31", "2026-11-24", "2026-11-01") | {"note_en": "First.", "note_vi": "Lần đầu."}
    put_place(root / "data", tables={**TABLES, "release_calendar": [row]})
    assert len(published(root, "2023")) == 1
