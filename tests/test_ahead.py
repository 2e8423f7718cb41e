"""What the pages of an edition have in common is computed before they run, and is what each of them would compute."""

from __future__ import annotations

from datetime import date

import pytest
from pandas.testing import assert_frame_equal

from places import NAME, OCOP, put_place
from promotion_book.facts import Known, PackageError, edition, read
from promotion_book.facts.ahead import COMPUTED, known_ahead
from promotion_book.report.reading_ahead import read_ahead
from promotion_book.statistics.statuses import statuses_in_force

SINCE = date(2023, 1, 1)


@pytest.fixture
def ahead(tmp_path, monkeypatch):
    """A small place, of whose edition of 2023 the common part is computed."""
    put_place(tmp_path, tables=OCOP)
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path))
    for _ in read_ahead([f"{NAME}/2023"]):
        pass
    yield
    COMPUTED.clear()


def known(*tables: str) -> Known:
    """What a page of the edition of 2023 knows that declares tables."""
    package = read(NAME)
    return known_ahead(package, edition(package, "2023"), tables=tables)


def test_a_page_finds_computed_what_it_would_compute(ahead):
    found = known()
    before = {*found.computed}
    judged = statuses_in_force(found, SINCE)
    assert before == {*found.computed}
    fresh = Known(found.package, found.on, found.until)
    shown = ["target_id", "target", "role", "status", "robust"]
    assert_frame_equal(judged[shown], statuses_in_force(fresh, SINCE)[shown])


def test_what_a_page_computes_is_found_by_no_other(ahead):
    known().series_rows("handicraft_exports")
    assert ("handicraft_exports",) not in [given for _, given, _ in known().computed]


def test_a_table_that_a_page_does_not_declare_stays_closed(ahead):
    assert len(known("conflict_notes").package["conflict_notes"]) == 0
    with pytest.raises(PackageError, match="table 'conflict_notes' is not declared"):
        known().package["conflict_notes"]


def test_nothing_computed_of_other_bytes_is_found(ahead, tmp_path):
    put_place(tmp_path, tables={**OCOP, "targets": []})
    assert known().computed == {}


def test_an_edition_that_nobody_named_is_known_as_ever(ahead):
    package = read(NAME)
    assert known_ahead(package, edition(package, "2022"), tables=()).computed == {}


def test_an_edition_that_cannot_be_computed_is_left_to_its_pages(ahead):
    assert len([*read_ahead(["nowhere/2023", f"{NAME}/2023-99"])]) == 1
