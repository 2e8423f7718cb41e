"""A built edition is kept while it is whole and nothing that it was made from has changed."""

from __future__ import annotations

import pytest

from places import NAME
from promotion_book.running.plan import EditionBuild, EditionId, locate_build
from promotion_book.site.seal import inputs_unchanged
from sites import finish

pytestmark = pytest.mark.xdist_group("small sites")


@pytest.fixture
def built(root) -> EditionBuild:
    made = locate_build(root, EditionId(NAME, "2023"), language="en")
    finish(root, made)
    return made


def test_an_edition_that_was_just_built_is_unchanged(root, built):
    assert inputs_unchanged(built, root)


@pytest.mark.parametrize("folder", ["__pycache__", ".ipynb_checkpoints", "results"])
def test_what_programs_leave_beside_the_notebooks_asks_for_no_new_edition(root, built, folder):
    (root / "notebooks" / folder).mkdir(parents=True)
    (root / "notebooks" / folder / "conftest.pyc").write_bytes(b"")
    assert inputs_unchanged(built, root)


def test_an_edition_that_was_never_built_is_not_there(root):
    assert not inputs_unchanged(locate_build(root, EditionId(NAME, "2022"), language="en"), root)


@pytest.mark.parametrize(
    "path",
    [
        "requirements.lock",
        "_config.yml",
        f"data/{NAME}/observations.csv",
        "book/new.md",
        "notebooks/new.ipynb",
        f"_build/{NAME}/2023/en/html/book/index.html",
        f"_build/{NAME}/2023/en/data.zip",
    ],
)
def test_a_file_that_is_another_one_now_asks_for_a_new_edition(root, built, path):
    (root / path).parent.mkdir(exist_ok=True)
    with (root / path).open("ab") as file:
        file.write(b"\n")
    assert not inputs_unchanged(built, root)


def test_a_file_that_went_asks_for_a_new_edition(root, built):
    (built.html / "book" / "index.html").unlink()
    assert not inputs_unchanged(built, root)
