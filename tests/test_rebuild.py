"""Rebuilding: a published revision is built again from its own data, and every byte is compared."""

from __future__ import annotations

import fcntl
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from places import NAME, TABLES, figure, put_place
from promotion_book.facts.package import data_folder
from promotion_book.running.plan import EditionBuild, EditionId
from promotion_book.site import rebuild as rebuilding
from promotion_book.site.earlier import published_package
from promotion_book.site.rebuild import Rebuilt, rebuild
from promotion_book.site.store import SiteError
from promotion_book.words.language import LANGUAGES
from sites import ERROR, finish, published

pytestmark = pytest.mark.xdist_group("small sites")


@pytest.fixture
def again(root, monkeypatch):
    """Rebuilds, with small editions in the place of those that notebooks make; they say what the data says."""

    def run(revision: int | None = None, **texts: str) -> Rebuilt:
        def build_edition(root: Path, built: EditionBuild, **_: object) -> None:
            finish(root, built, exports=texts.get("exports", said(data_folder())))

        monkeypatch.setattr("promotion_book.site.rebuild.build_edition", build_edition)
        return rebuild(root, EditionId(NAME, "2023"), revision=revision, progress=lambda *_: None, runner=None)

    return run


def said(data: Path) -> str:
    """What the page on exports says: how many observations there are."""
    return str(len((data / NAME / "observations.csv").read_text(encoding="utf-8").splitlines()) - 1)


def test_a_revision_that_is_built_again_has_the_same_bytes(root, again):
    published(root, "2023", exports=said(root / "data"))
    found = again()
    assert (found.different, found.inputs) == ([], [])
    assert found.files == sum(path.is_file() for path in (root / "_site" / NAME / "2023" / "r0").rglob("*")) - 1


def test_a_revision_is_built_from_the_data_that_it_published_not_from_those_of_today(root, again):
    published(root, "2023", exports=said(root / "data"))
    more = [*TABLES["observations"], figure("ocop_total", 2023, 9, "products", "src_002")]
    put_place(root / "data", tables={**TABLES, "observations": more})
    assert (again().different, again().inputs) == ([], [])


def test_an_earlier_revision_is_built_again_with_its_own_number_and_notices(root, again):
    published(root, "2023", exports="wrong")
    published(root, "2023", note=ERROR, exports="right")
    assert again(0, exports="wrong").different == []
    assert again(1, exports="right").different == []


def test_a_page_that_comes_out_otherwise_is_named(root, again):
    published(root, "2023", exports="wrong")
    pages = [f"{code}/notebooks/exports.html" for code in LANGUAGES]
    copies = [f"{NAME}-2023-{code}.zip" for code in LANGUAGES]
    assert sorted(again(exports="right").different) == sorted([*pages, *copies])


def test_a_published_file_that_somebody_changed_is_named(root, again):
    published(root, "2023", exports="wrong")
    path = root / "_site" / NAME / "2023" / "r0" / "CITATION.cff"
    path.write_bytes(path.read_bytes() + b"# by hand\n")
    assert again(exports="wrong").different == ["CITATION.cff"]


@pytest.mark.parametrize("change", [lambda content: content[:1000], lambda content: content + b"more", None])
def test_from_data_that_are_not_as_they_were_published_nothing_is_built_or_compared(root, again, change):
    published(root, "2023")
    path = root / "_site" / NAME / "2023" / "r0" / f"{NAME}-2023-data.zip"
    content = path.read_bytes()
    path.unlink()
    if change:
        path.write_bytes(change(content))
    told = f"_site/{NAME}/2023/r0/{path.name}: missing, or not as it was published\nthe data are read from it; put the"
    for read in (again, lambda: published_package(root, NAME)):
        with pytest.raises(SiteError, match=told):
            read()


def test_whoever_rebuilds_the_same_edition_meanwhile_waits(root, again, monkeypatch):
    published(root, "2023", exports="right")
    unpack = rebuilding.unpack_published

    def unpack_alone(*arguments: Any) -> None:
        with pytest.raises(BlockingIOError):
            fcntl.flock(os.open(root / "_build" / "rebuilt" / NAME, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
        unpack(*arguments)

    monkeypatch.setattr(rebuilding, "unpack_published", unpack_alone)
    assert again(exports="right").different == []


def test_an_input_that_is_another_one_now_is_named(root, again):
    published(root, "2023", exports="wrong")
    (root / "requirements.lock").write_text("pandas==99\n", encoding="utf-8")
    assert again(exports="wrong").inputs == ["requirements.lock"]


def test_after_the_code_has_moved_on_the_checkout_to_use_is_named(root, again):
    for words in (["init", "-q"], ["add", "requirements.lock", "_config.yml"], ["commit", "-q", "-m", "First"]):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *words], cwd=root, check=True)
    published(root, "2023", exports="wrong")
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, check=True, capture_output=True, text=True).stdout
    assert again(exports="wrong").advice == ""
    (root / "requirements.lock").write_text("pandas==99\n", encoding="utf-8")
    found = again(exports="wrong")
    assert (found.different, found.inputs) == ([], ["requirements.lock"])
    changed = "which had changes that were not committed"  # the data were never added
    assert (
        found.advice
        == f"it was made by commit {head.strip()}, {changed}; rebuild it there: git checkout {head.strip()}"
    )


def test_without_a_commit_the_software_beside_the_revision_is_named(root, again):
    published(root, "2023", exports="wrong")
    (root / "requirements.lock").write_text("pandas==99\n", encoding="utf-8")
    told = "its commit was not recorded; the software that made it lies in _site/lang_moi/2023/r0"
    assert again(exports="wrong").advice == told


@pytest.mark.parametrize("revision", [1, 7])
def test_a_revision_that_is_not_published_cannot_be_built_again(root, again, revision):
    published(root, "2023")
    with pytest.raises(SiteError, match="lang_moi 2023 has no such revision on the site; published: r0"):
        again(revision)
