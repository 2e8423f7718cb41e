"""Every byte of a site is compared with its manifests, before anything is published on top of it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from forms import call
from places import NAME, put_place
from promotion_book.running.hashing import folder_sha256
from promotion_book.running.plan import EditionId
from promotion_book.site.manifest import SCHEMA, read_manifest
from promotion_book.site.publish import publish
from promotion_book.site.store import SiteError
from promotion_book.site.verify import verify
from sites import ERROR, TODAY, make, published, put_project

pytestmark = pytest.mark.xdist_group("small sites")

R0, R1 = f"{NAME}/2023/r0", f"{NAME}/2023/r1"
PAGE = "en/book/index.html"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Iterator[Path]:
    """A project with a site of two editions, one of them revised, and of a second place."""
    root = put_project(tmp_path_factory.mktemp("made"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROMOTION_BOOK_DATA", str(root / "data"))
        put_place(root / "data", "lang_cu")
        make(root, "2023", "lang_cu")
        publish(root, [EditionId("lang_cu", "2023")], today=TODAY)
        published(root, "2022", "2023", exports="wrong")
        published(root, "2023", note=ERROR, exports="right")
        yield root


@pytest.fixture
def root(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(made, tmp_path / "copy", symlinks=True)
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "copy" / "data"))
    return tmp_path / "copy"


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Path:
    """A copy of the site alone, with its links."""
    shutil.copytree(made / "_site.versions", tmp_path / "_site.versions", symlinks=True)
    (tmp_path / "_site").symlink_to((made / "_site").readlink())
    return tmp_path / "_site"


def append(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b" ")


def rewrite(path: Path, change: Callable[[dict], object]) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    change(record)
    path.write_text(json.dumps(record), encoding="utf-8")


def test_a_site_that_nobody_touched_is_as_it_was_published(site):
    assert verify(site) == []


NAMES = [f"{R0}/{PAGE}", f"{R1}/{PAGE}", f"{R0}/CITATION.cff", f"{NAME}/2022/r0/{NAME}-2022-data.zip"]
NAMES += ["archive.en.html", f"{NAME}/2023/archive.vi.html", "feed.en.xml", "latest/index.html", "_headers"]


@pytest.mark.parametrize(("change", "told"), [(append, "edited"), (Path.unlink, "missing")])
def test_edited_and_missing_files_are_named(site, change, told):
    for name in NAMES:
        change(site / name)
    assert sorted(verify(site)) == sorted(f"_site/{name}: {told}" for name in NAMES)


@pytest.mark.parametrize(("change", "told"), [(append, "edited"), (Path.unlink, "missing")])
@pytest.mark.parametrize("folder", [R0, R1])
def test_an_edited_and_a_missing_manifest_are_named(site, folder, change, told):
    change(site / folder / "manifest.json")
    assert verify(site) == [f"_site/{folder}/manifest.json: {told}"]


def test_an_edit_at_the_address_of_an_edition_is_one_of_its_newest_revision(site):
    append(site / NAME / "2023" / PAGE)
    assert verify(site) == [f"_site/{R1}/{PAGE}: edited"]


def test_a_link_of_the_address_of_an_edition_that_is_gone_or_leads_elsewhere_is_named(site):
    for name in ("manifest.json", "en"):
        (site / NAME / "2023" / name).unlink()
    (site / NAME / "2023" / "en").symlink_to("r0/en")
    assert verify(site) == [f"_site/{NAME}/2023/en: edited", f"_site/{NAME}/2023/manifest.json: missing"]


@pytest.fixture
def copied(root: Path) -> Path:
    """A project whose site was copied: files in the place of links."""
    (root / "_site").rename(root / "links")
    shutil.copytree(root / "links", root / "_site")
    (root / "links").unlink()
    shutil.rmtree(root / "_site.versions")
    return root


def test_a_site_that_was_copied_is_compared_at_all_its_addresses(copied):
    site = copied / "_site"
    assert verify(site) == []
    append(site / NAME / "2023" / PAGE)
    assert verify(site) == [f"_site/{NAME}/2023/{PAGE}: edited"]


def test_a_site_that_was_fetched_as_files_is_published_on(copied):
    (copied / "_site.versions").mkdir()
    (copied / "_site").rename(copied / "_site.versions" / "1")
    (copied / "_site").symlink_to("_site.versions/1")
    before = folder_sha256(copied / "_site" / NAME)
    published(copied, "2024")
    after = folder_sha256(copied / "_site" / NAME)
    assert verify(copied / "_site") == []
    assert {name: sha for name, sha in after.items() if name.startswith(("2022/", "2023/"))} == {
        name: sha for name, sha in before.items() if name.startswith(("2022/", "2023/"))
    }


@pytest.mark.parametrize("name", ["more.html", f"{R0}/en/more.html", f"{NAME}/2023/r0.bak/x", f"{NAME}/x/y"])
def test_a_file_too_many_is_named(site, name):
    (site / name).parent.mkdir(exist_ok=True)
    (site / name).write_text("", encoding="utf-8")
    assert verify(site) == [f"_site/{name}: extra"]


@pytest.mark.parametrize(
    "put", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("about.html"), lambda path: path.symlink_to("gone")]
)
def test_what_is_no_file_where_one_should_be_is_named(site, put):
    (site / R0 / PAGE).unlink()
    put(site / R0 / PAGE)
    told = "missing" if (site / R0 / PAGE).is_dir() else "not a file"
    assert verify(site) == [f"_site/{R0}/{PAGE}: {told}"]


def test_an_edit_of_a_file_that_two_editions_share_is_named_at_each_of_its_addresses(made, monkeypatch):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(made / "data"))
    path = made / "_site" / R0 / "en" / "_static" / "book.css"
    content = path.read_bytes()
    path.write_bytes(content + b"/* */")
    told = verify(made / "_site")
    path.write_bytes(content)
    assert f"_site/{NAME}/2022/r0/en/_static/book.css: edited" in told
    assert len(told) == len({line for line in told if line.endswith("/_static/book.css: edited")}) == 8


@pytest.mark.parametrize("gone", [R0, R1, f"{NAME}/2022/r0"])
def test_a_revision_that_is_gone_is_named_by_its_manifest(site, gone):
    (site / gone).unlink()
    assert verify(site) == [f"_site/{gone}/manifest.json: missing"]


def test_without_a_record_the_next_revision_tells_what_the_manifest_before_it_was(site):
    (site / "manifest.json").unlink()
    append(site / R0 / "manifest.json")
    assert verify(site) == ["_site/lang_moi/2023/r0/manifest.json: edited", "_site/manifest.json: missing"]


def test_a_revision_that_nobody_published_is_named(site):
    shutil.copytree(site / R1, site / NAME / "2023" / "r2")
    rewrite(site / NAME / "2023" / "r2" / "manifest.json", lambda record: record.update(revision=2))
    assert f"_site/{NAME}/2023/r2/manifest.json: extra" in verify(site)


def test_a_half_written_revision_is_one_line(site):
    (site / R0 / "manifest.json").rename(site.parent / "gone.json")
    assert verify(site) == [f"_site/{R0}/manifest.json: missing"]


@pytest.mark.parametrize(
    ("place", "period", "told"),
    [("lang_cu", "", 1), (NAME, "2022", 1), ("", "2022", 1), (NAME, "", 1), ("", "2023", 1), ("", "", 3)],
)
def test_one_place_or_period_can_be_looked_at(site, place, period, told):
    for name in ("lang_cu/2023/r0", f"{NAME}/2022/r0"):
        append(site / name / PAGE)
    append(site / "archive.en.html")
    assert len(verify(site, place, period)) == told


@pytest.mark.parametrize(("place", "period"), [("atlantis", ""), (NAME, "2021"), ("", "1999")])
def test_what_was_never_published_is_not_said_to_be_as_it_was(site, place, period):
    with pytest.raises(SiteError, match="nothing is published of"):
        verify(site, place, period)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "damaged"),
        (b'{"place": "lang_moi", ', "damaged"),
        (b"[]", "damaged"),
        (b"{}", "damaged (place: Field required, and 13 more)"),
        (b"\xff\xfe\x00", "damaged"),
        (b"[" * 100_000, "damaged"),
        (b'{"schema": "new"}', "damaged (schema: Input should be a valid integer)"),
        (b'{"schema": 99, "version": "9.1", "commit": "abc"}', "schema 99, and this software reads up to"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_one_line_and_its_files_are_not_listed(site, content, told):
    (site / R0 / "manifest.json").write_bytes(content)
    (line,) = verify(site)
    assert line.startswith(f"_site/{R0}/manifest.json: {told}")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"period": "someday"}, "damaged (period: Value error, period 'someday' does not exist"),
        ({"published_on": "soon"}, "damaged (published_on: "),
        ({"cut_off": "2024-02-31"}, "damaged (cut_off: "),
        ({"revision": 99}, f"is of {NAME}/2023/r99"),
        ({"revision": "0"}, "damaged (revision: "),
        ({"files": ["a"]}, "damaged (files: "),
        ({"files": {"../../x": "0" * 64}}, "damaged (files.../../x.[key]: "),
        ({"files": {"x": "0"}}, "damaged (files.x: "),
        ({"figures": None}, "damaged (figures: "),
        ({"names": {"en": {}}}, "damaged (names.en.place: Field required, and 4 more)"),
        ({"counts": {}}, "damaged (counts.figures: Field required, and 4 more)"),
        ({"calendar": [{"period": "2023"}]}, "damaged (calendar.0.announced_on: Field required, and 1 more)"),
        ({"note": {"kind": "whim", "reason": {"en": "Why."}}}, "damaged (note.kind: Value error, allowed: "),
    ],
)
def test_what_a_manifest_cannot_say_is_one_line_that_names_the_field(site, change, told):
    rewrite(site / R0 / "manifest.json", lambda record: record.update(change))
    (line,) = verify(site)
    assert line.startswith(f"_site/{R0}/manifest.json: {told}")


def test_a_folder_in_the_place_of_a_manifest_is_one_line(site):
    (site / R0 / "manifest.json").unlink()
    (site / R0 / "manifest.json").mkdir()
    assert verify(site) == [f"_site/{R0}/manifest.json: cannot be read (Is a directory)"]


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"files": 3}', b'{"schema": 99}', b"\xff"])
def test_a_damaged_record_of_the_site_is_one_line(site, content):
    (site / "manifest.json").write_bytes(content)
    (line,) = verify(site)
    assert line.startswith("_site/manifest.json: ")


def test_a_manifest_of_a_later_schema_names_the_software_that_reads_it(site):
    rewrite(site / R0 / "manifest.json", lambda record: record.update(schema=SCHEMA + 1, commit="4f2a", version="0.9"))
    told = "use the software that wrote it, promotion-book 0.9 of commit 4f2a, or a later one"
    with pytest.raises(SiteError, match=told):
        read_manifest(site, R0)


def test_fields_that_this_software_does_not_know_are_left_alone(site):
    before = read_manifest(site, R0)
    rewrite(site / R0 / "manifest.json", lambda record: record.update(weather="sunny"))
    assert read_manifest(site, R0) == before


def test_a_manifest_without_a_schema_is_read_as_the_earliest(site):
    new = ("schema", "commit", "clean", "before")
    rewrite(site / R0 / "manifest.json", lambda record: [record.pop(name) for name in new])
    found = read_manifest(site, R0)
    assert (found.schema, found.commit, found.before, found.place) == (0, "", "", NAME)


def test_a_site_of_the_time_before_records_is_compared_as_far_as_its_manifests_reach(site):
    for folder in (R0, R1, f"{NAME}/2022/r0", "lang_cu/2023/r0"):
        rewrite(site / folder / "manifest.json", lambda record: [record.pop(name) for name in ("schema", "before")])
    (site / "manifest.json").unlink()
    assert verify(site) == []
    append(site / R0 / PAGE)
    assert verify(site) == [f"_site/{R0}/{PAGE}: edited"]


@pytest.mark.parametrize(
    ("name", "change", "note"),
    [
        (f"{R0}/{PAGE}", append, ERROR),
        (f"{R0}/manifest.json", Path.unlink, None),
        (f"{NAME}/2022/r0/manifest.json", append, ERROR),
        ("archive.en.html", append, None),
    ],
)
def test_nothing_is_published_on_top_of_a_site_that_is_not_as_it_was(root, name, change, note):
    make(root, "2023", exports="again" if note else "right")
    change(root / "_site" / name)
    before = folder_sha256(root / "_site")
    with pytest.raises(SiteError, match=f"_site/{name}: .*\nthe site is not as it was published"):
        publish(root, [EditionId(NAME, "2023")], today=TODAY, note=note)
    assert folder_sha256(root / "_site") == before


def test_an_edited_file_of_another_edition_is_not_taken_over(root):
    shared, page = (root / "_site" / NAME / "2022" / "r0" / name for name in ("en/_static/book.css", PAGE))
    for path in (shared, page):
        append(path)
    published(root, "2024")
    told = verify(root / "_site")
    assert verify(root / "_site", NAME, period="2024") == []
    assert {f"_site/{NAME}/2022/r0/{name}: edited" for name in ("en/_static/book.css", PAGE)} <= set(told)


def test_the_command_names_each_file_and_ends_with_one(root, monkeypatch):
    assert call("verify")[1] == "all is as it was published\n"
    append(root / "_site" / R0 / PAGE)
    code, output = call("verify", "--place", NAME, "--period", "2023")
    told = [f"_site/{R0}/{PAGE}: edited", "not as they were published: 1"]
    assert (code, output.splitlines()) == (1, told)
    assert call("verify", "--place", "atlantis")[0] == 2
