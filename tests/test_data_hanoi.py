"""The figures of Hanoi: complete, as researched, and in a chapter."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from promotion_book.facts.conflicts import lead
from promotion_book.statistics.statuses import statuses_in_force
from promotion_book.words.language import LANGUAGES

ROWS = list(csv.DictReader((Path(__file__).parent / "research_figures.csv").read_text(encoding="utf-8").splitlines()))
OF_THE_COUNTRY = re.compile(r"g\d{3}")  # see `test_data_places`
PROGRAMMES = {
    "key_industrial_products", "rural_establishments", "handicraft", "training", "cleaner_production",
    "sustainable_production", "craft_villages", "ocop", "supporting_industries", "trade_promotion", "economy",
}  # fmt: skip


def number(cell) -> float | None:
    return None if cell in ("", None) or cell != cell else float(cell)


def years(text) -> set[int]:
    return {int(year) for year in re.findall(r"\b20\d\d\b", text)}


def ahead(text, known, periods) -> set[int]:
    """Years that a text names although they had not come when it became known, the row's own periods apart."""
    return {year for year in years(text) - years(periods) if year > known.year}


def rows_with_day(package, table) -> list:
    published = package["sources"].set_index("source_id")["published_on"]
    rows = package.printed[table]
    return list(rows.assign(known=rows["known_on"].fillna(rows["source_id"].map(published))).itertuples())


def test_every_researched_figure_is_in_the_tables_or_left_out_with_a_reason(package):
    carried = [i for table in ("observations", "targets") for i in package.printed[table]["fact_id"] if i]
    left_out = package["left_out"]
    found = [name for name in [*carried, *left_out["fact_id"]] if not OF_THE_COUNTRY.fullmatch(name)]
    assert sorted(found) == sorted(row["fact_id"] for row in ROWS)
    assert (left_out["reason"].str.len() > 20).all()


def test_the_figures_are_those_that_were_researched(package):
    tables = {r.fact_id: r for t in ("observations", "targets") for r in package.printed[t].itertuples() if r.fact_id}
    corrected = set(package["corrections"]["row_id"])
    differ = []
    for row in ROWS:
        found = tables.get(row["fact_id"])
        key = getattr(found, "observation_id", None) or getattr(found, "target_id", None)
        if found is not None and key not in corrected:
            ours = (number(found.value), number(found.low), number(found.high), found.source_id)
            if ours != (number(row["value"]), number(row["low"]), number(row["high"]), row["source_id"]):
                differ.append((row["fact_id"], ours))
    assert differ == []


@pytest.mark.parametrize("seed", ["seed_000", "seed_002"])
def test_every_figure_of_the_two_articles_is_carried_over(package, seed):
    carried = {i for table in ("observations", "targets") for i in package.printed[table]["fact_id"]}
    of_the_article = {row["fact_id"] for row in ROWS if row["source_id"] == seed}
    not_figures = {"f005", "f040"}
    assert of_the_article - not_figures <= carried


def test_every_programme_has_indicators_and_a_chapter(package):
    programmes = package["programmes"].set_index("programme_id")
    assert set(programmes.index) >= PROGRAMMES
    assert set(package["indicators"]["programme_id"]) >= PROGRAMMES
    own = programmes["chapter"].isin(path.stem for path in Path("notebooks").glob("*.ipynb"))
    assert [
        row.Index for row in programmes[~own].itertuples() if row.Index != row.chapter and row.role != "rules"
    ] == []


def test_names_and_definitions_are_there_in_both_languages(package):
    for table, columns in {
        "indicators": ("name", "definition"),
        "programmes": ("name", "description"),
        "units": ("name",),
    }.items():
        for column in columns:
            for language in LANGUAGES:
                assert package[table][f"{column}_{language}"].str.len().gt(0).all()


def test_a_month_or_a_year_without_a_day_counts_as_its_last_day(package):
    sources = package["sources"]
    assert sources.loc[sources["precision"] == "month", "published_on"].dt.is_month_end.all()
    assert sources.loc[sources["precision"] == "year", "published_on"].dt.is_year_end.all()


@pytest.mark.parametrize("table", ["observations", "targets"])
def test_the_note_of_a_figure_knows_nothing_later_than_the_figure(package, table):
    rows = rows_with_day(package, table)
    assert [(row[1], row.note_en) for row in rows if ahead(row.note_en, row.known, row.period)] == []


def test_the_note_of_a_source_knows_nothing_later_than_the_source(package):
    rows = package["sources"].itertuples()
    assert [(row.source_id, row.note_en) for row in rows if ahead(row.note_en, row.published_on, "")] == []


def test_the_reason_of_a_correction_knows_nothing_later_than_the_figure(package):
    known = {row[1]: row.known for table in ("observations", "targets") for row in rows_with_day(package, table)}
    late = [
        (entry.row_id, entry.reason_en)
        for entry in package["corrections"].itertuples()
        if ahead(entry.reason_en, known[entry.row_id], f"{entry.row_id} {entry.printed} {entry.used}")
    ]
    assert late == []


def test_the_note_of_a_conflict_knows_nothing_later_than_its_second_figure(package, known_in):
    notes = package["conflict_notes"].set_index(["indicator_id", "area", "period"])["note_en"]
    late = []
    for group in known_in("2025").conflicts:
        named = lead(group)
        note = notes[(named.indicator_id, named.area, named.period)]
        if ahead(note, sorted(group["known"])[1], " ".join(group["period"])):
            late.append(note)
    assert late == []


def test_a_later_year_is_ahead_unless_it_is_the_period_of_the_row(package):
    day = package["sources"].set_index("source_id").loc["src_006", "published_on"]
    assert ahead("70 in 2020 and 70 in 2025.", day, "2020") == {2025}
    assert ahead("Decision 1292 of 2018; a plan for 2021-2025.", day, "2021-2025") == set()


@pytest.mark.parametrize(
    ("indicator", "period", "printed"),
    [("energy_saved", "2016-2018", "toe"), ("exports", "2022-5M", 6.9e6), ("exports_growth", "2019-H1", 105.4)],
)
def test_known_slips_are_mended_by_an_entry_that_says_what_was_printed(package, indicator, period, printed):
    rows = package.printed["observations"]
    row = rows[(rows["indicator_id"] == indicator) & (rows["period"] == period)].iloc[0]
    assert printed in (row["unit"], row["value"])
    assert row["observation_id"] in set(package["corrections"]["row_id"])


def test_the_facts_that_a_reader_of_2025_must_find_are_in_the_tables(known_in):
    known = known_in("2025")
    jobs = known.statements("rural_jobs", frequency="years")
    assert set(jobs["value"].dropna()) == {50_000, 70_000}
    designs = known.statements("handicraft_new_designs", frequency="years")
    assert dict(zip(designs["value"], designs["scope"], strict=True)) == {
        2000: "for_export",
        3500: "home_and_export",
    }
    shares = known.figures("craft_villages_national_share")["value"]
    assert set(shares) == {60, 45, 40, 25}


def test_each_target_of_the_two_articles_has_an_outcome_or_says_where_one_was_searched_for(package, known_in):
    judged = statuses_in_force(known_in("2025"), date(2025, 1, 1))
    stated = list(judged[judged["source_id"].isin(["seed_000", "seed_002"])].itertuples())
    searched = set(package["searches"][["indicator_id", "period"]].itertuples(index=False, name=None))
    outcomes = {row.target_id for row in stated if row.status != "not_assessable" and row.assessment.latest}
    looked_for = {row.target_id for row in stated if (row.indicator_id, row.period) in searched}
    assert (len(stated), len(outcomes), len(looked_for), len(outcomes | looked_for)) == (15, 1, 14, 15)
