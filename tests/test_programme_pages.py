"""The pages of programmes: one for each that the place has and that has no notebook of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from places import TABLES, figure, put_place
from promotion_book.facts import Package, read
from promotion_book.report.parameters import ParameterError, check_parameters, read_contract
from promotion_book.running.contents import place_pages
from promotion_book.running.grid import GridPage, addresses_by_notebook
from promotion_book.running.programme_pages import with_programmes

NOTEBOOK = Path("notebooks/programme.ipynb")
FOUND = [
    GridPage(Path(f"notebooks/{name}.ipynb"), f"notebooks/{name}", {}) for name in ("ocop", "programme", "economy")
]
TRAINING = figure("craft_classes", 2022, 4, "classes", "src_001")
CLEANER = figure("cp_courses", 2022, 2, "courses", "src_001")


@pytest.fixture
def package(tmp_path, monkeypatch) -> Package:
    """A place with a figure of cleaner production, of training, of handicraft exports and of OCOP."""
    put_place(tmp_path, tables=TABLES | {"observations": [CLEANER, TRAINING, *TABLES["observations"]]})
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path))
    return read("lang_moi")


def test_a_programme_without_a_notebook_has_a_page_beside_the_chapters_in_the_order_of_the_programmes(package):
    found = with_programmes([*FOUND, GridPage(Path("x"), "notebooks/handicraft_exports", {})], package)
    assert [(page.address, dict(page.parameters)) for page in found] == [
        ("notebooks/ocop", {}),
        ("notebooks/training", {"programme": "training"}),
        ("notebooks/cleaner_production", {"programme": "cleaner_production"}),
        ("notebooks/handicraft_exports", {}),
    ]


def test_address_and_results_have_the_name_of_its_chapter(package):
    assert [page.chapter for page in with_programmes(FOUND, package)] == [
        *("ocop", "handicraft_exports", "training", "cleaner_production")
    ]


def test_a_book_without_the_notebook_of_programmes_has_no_such_page(package):
    assert with_programmes(FOUND[:1], package) == FOUND[:1]


def test_in_the_contents_the_pages_stand_in_the_place_of_the_notebook_and_none_of_what_the_place_knows_nothing(package):
    contents = {"parts": [{"chapters": [{"file": "book/about"}, *({"file": page.address} for page in FOUND)]}]}
    found = with_programmes(FOUND, package)
    assert "notebooks/economy" not in [page.address for page in found]
    assert place_pages(contents, addresses_by_notebook(found)) == {
        "parts": [{"chapters": [{"file": "book/about"}, *({"file": page.address} for page in found)]}]
    }


def test_a_programme_that_the_place_does_not_have_is_refused_with_what_may_have_been_meant(package):
    declared = read_contract(NOTEBOOK)
    given = {"place": "lang_moi", "programme": "training"}
    assert check_parameters(declared, given) == given
    with pytest.raises(ParameterError) as error:
        check_parameters(declared, {"place": "lang_moi", "programme": "trainin"})
    assert str(error.value) == (
        "parameter programme = 'trainin': lang_moi has no such programme; "
        "allowed: handicraft, ocop, training, cleaner_production; did you mean training?"
    )
    with pytest.raises(ParameterError, match="'rural_establishments': lang_moi has no such programme"):
        check_parameters(declared, {"place": "lang_moi", "programme": "rural_establishments"})
