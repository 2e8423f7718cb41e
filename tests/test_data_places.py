"""The figures of the places beside Hanoi: complete, as researched, each of the area that it is of."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from promotion_book.facts import Package, edition, read
from promotion_book.facts.areas import area_on, territories
from promotion_book.facts.calendar import released_periods
from promotion_book.facts.known import known_in
from promotion_book.facts.package import places
from promotion_book.facts.rules.duplicate_rules import publishers_have_one_name

ROWS = pd.DataFrame(
    csv.DictReader((Path(__file__).parent / "research_places.csv").read_text(encoding="utf-8").splitlines())
)
PLACES = [place for place in dict.fromkeys(ROWS["place"]) if place in places()]
OTHERS = [place for place in places() if place != "hanoi"]
each_place = pytest.mark.parametrize("place", PLACES)
each_other = pytest.mark.parametrize("place", OTHERS)
UNOFFICIAL = (
    re.compile(  # an act without the word for its number, an amount without its currency, five years as a riddle
        r"(Quyết định|Nghị quyết|Nghị định|Thông tư( liên tịch)?|Kế hoạch|Hướng dẫn) \d++(?! năm)"
        r"|\d (tỷ|triệu)(?! (đồng|USD|người|kWh))|năm năm"
    )
)


def printed(package: Package) -> pd.DataFrame:
    """Figures and targets as the sources print them, those of the research."""
    rows = pd.concat([package.printed[table] for table in ("observations", "targets")], ignore_index=True)
    return rows[rows["fact_id"].str.fullmatch(r"g\d{3}")]


@each_place
def test_every_researched_figure_stands_once_in_the_tables_or_is_left_out_with_a_reason(place):
    package, wanted = read(place), ROWS.loc[ROWS["place"] == place, "fact_id"]
    left_out = package["left_out"][package["left_out"]["fact_id"].str.fullmatch(r"g\d{3}")]
    assert sorted([*printed(package)["fact_id"], *left_out["fact_id"]]) == sorted(wanted)
    assert (left_out["reason"].str.len() > 20).all()


@each_place
def test_the_figures_are_those_that_were_researched(place):
    columns = ["value", "low", "high", "source_id"]
    wanted = ROWS.set_index("fact_id")[columns]
    found = printed(read(place)).set_index("fact_id")[columns]
    wanted = wanted.reindex(found.index).assign(
        **{name: pd.to_numeric(wanted[name].reindex(found.index)) for name in columns[:3]}
    )
    pd.testing.assert_frame_equal(found, wanted, check_names=False)


@pytest.mark.parametrize("place", places())
def test_notes_write_shares_as_the_pages_do(place):
    notes = pd.concat([read(place).printed[table]["note_en"] for table in ("observations", "targets")])
    assert [note for note in notes if re.search(r"\d per cent", note)] == []


@pytest.mark.parametrize("place", places())
def test_vietnamese_texts_name_acts_amounts_and_years_as_official_papers_do(place):
    package = read(place)
    tables = [*package.tables.values(), *package.printed.values()]
    told = {text for table in tables for name in table.columns if name.endswith("_vi") for text in table[name]}
    assert [text for text in sorted(told) if UNOFFICIAL.search(text)] == []


@pytest.mark.parametrize("place", places())
def test_no_note_says_only_what_the_scope_of_its_figure_says(place):
    package = read(place)
    scopes, needless = package["scopes"].set_index("scope_id")["name_en"], re.compile(r"^(an?|the) | only$|\W+$")
    rows = pd.concat([package.printed[table] for table in ("observations", "targets")], ignore_index=True)
    rows = rows[rows["scope"].isin(scopes.index) & (rows["note_en"] != "")]
    notes = [needless.sub("", needless.sub("", note.casefold())) for note in rows["note_en"]]
    said = [needless.sub("", scopes[scope].casefold()) for scope in rows["scope"]]
    assert [note for note, scope in zip(notes, said, strict=True) if note and note in scope] == []


@pytest.mark.parametrize("place", places())
def test_a_title_says_nothing_of_how_its_source_was_read(place):
    titles = read(place)["sources"]["title"]
    assert [title for title in titles if re.search(r"\(.*\b(?:edition|page|copy)\)|\(from ", title)] == []


@each_other
def test_the_notes_of_a_place_know_nothing_later_than_what_they_are_on(place):
    package = read(place)
    day = package["sources"].set_index("source_id")["published_on"]
    rows = printed(package)
    late = [
        (row.fact_id, year)
        for row in rows.itertuples()
        for year in re.findall(r"\b20\d\d\b", row.note_en)
        if int(year) > day[row.source_id].year and year not in row.period
    ]
    assert late == []


@each_other
def test_nothing_that_a_place_says_names_the_first_place(place):
    files = [*Path("data", place).glob("*.csv"), *Path("data", "vocabulary").glob("*.csv")]
    said = {path.name: path.read_text(encoding="utf-8") for path in files}
    assert [name for name, text in said.items() if "Hanoi" in text or "Hà Nội" in text] == []


@each_other
def test_an_edition_is_of_the_area_that_the_place_was_at_the_end_of_its_period(place):
    package, areas = read(place), read(place)["areas"].set_index("area_id")
    for period in released_periods(package, date(2026, 12, 31)):
        report = edition(package, period)
        known = known_in(package, report)
        row = areas.loc[known.package.area]
        assert not row["valid_to"] < pd.Timestamp(report.period.end)
        assert not row["valid_from"] > pd.Timestamp(report.period.end)
        assert known.package.country == "vietnam"


def test_the_territories_of_an_area_are_those_before_it_and_itself_last():
    areas = pd.DataFrame({"area_id": ["new", "old", "older", "ring"], "predecessor": ["old", "older", "", "ring"]})
    assert territories(areas, "new") == ["older", "old", "new"]
    assert territories(areas, "ring") == ["ring"]


@pytest.mark.parametrize(
    ("area", "day", "then"),
    [
        ("old", date(2025, 6, 30), "old"),
        ("old", date(2025, 7, 1), "new"),
        ("new", date(2025, 6, 30), "old"),
        ("new", date(2025, 7, 1), "new"),
        ("lone", date(1900, 1, 1), "lone"),
        ("unknown", date(2025, 7, 1), "unknown"),
    ],
)
def test_what_an_area_was_on_a_day_follows_those_that_came_before_and_after_it(area, day, then):
    rows = [
        ("old", pd.NaT, pd.Timestamp("2025-06-30"), "", "new"),
        ("new", pd.Timestamp("2025-07-01"), pd.NaT, "old", ""),
        ("lone", pd.Timestamp("2008-08-01"), pd.NaT, "", ""),
    ]
    areas = pd.DataFrame(rows, columns=["area_id", "valid_from", "valid_to", "predecessor", "successor"])
    assert area_on(areas, area, day=day) == then


def test_a_publisher_has_one_name_in_the_sources_of_all_places():
    sources = pd.concat([read(place)["sources"] for place in places()], ignore_index=True)
    assert [*publishers_have_one_name({"sources": sources.assign(line=sources.index)})] == []
