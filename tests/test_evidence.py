"""What the figures rest on, as readers meet it: sources, conflicts, corrections, coverage."""

from __future__ import annotations

import itertools
import re

import pytest

from builders import plain
from promotion_book.facts.rows import each, records
from promotion_book.report.chapters.coverage import (
    checked_table,
    silent_table,
    standing_table,
)
from promotion_book.report.chapters.evidence import (
    conflicts_table,
    corrections_table,
    scopes_table,
    sources_table,
    undecided_table,
)
from promotion_book.report.context import Context
from promotion_book.words.language import Language
from promotion_book.words.status_words import CHECKED, NATURES
from promotion_book.words.translation import load_language

PERIODS = ("2020", "2022", "2024-H1", "2025")


@pytest.fixture(params=PERIODS)
def edition_context(request, known_in) -> Context:
    return Context(known_in(request.param), Language("en"))


@pytest.mark.parametrize("code", ["en", "vi"])
def test_no_two_sources_of_an_edition_have_the_same_label(code, edition_context):
    context = Context(edition_context.known, load_language(code))
    used = context.known.sources.query("figures > 0")["source_id"]
    assert len({context.source(i).label for i in used}) == len(used)


def test_a_publisher_has_the_name_by_which_readers_of_the_language_know_it(known_in):
    known = known_in("2025")
    rows = known.package["sources"].set_index("source_id")[["publisher_name_en", "publisher_name_vi"]]
    named, year = rows.index[rows["publisher_name_vi"] != ""][0], r", \d{4}[a-z]?"
    for code, name in zip(["en", "vi"], rows.loc[named], strict=True):
        assert re.fullmatch(re.escape(name) + year, Context(known, Language(code)).source(named).label)


def test_a_source_that_is_younger_than_the_cut_off_is_called_a_later_copy(known_in):
    rates = "src_067"
    assert Context(known_in("2020"), Language("en")).source(rates).label.endswith("2022 (later copy)")
    assert Context(known_in("2022"), Language("en")).source(rates).label.endswith("2022")


def test_a_later_copy_says_since_when_its_figures_are_public(known_in):
    table = sources_table(Context(known_in("2020"), Language("en")))
    (row,) = [r for r in records(table.frame) if r["source_id"] == "src_067"]
    assert row["published"].endswith("(a later copy; public since about March 2011)")


def test_every_source_of_a_figure_an_act_a_measure_or_a_scenario_is_listed_with_its_anchor(edition_context):
    known, table = edition_context.known, sources_table(edition_context)
    figures = {*known.observations["source_id"], *known.targets["source_id"]}
    told = {*known.legal_acts["source_id"], *known.measures["source_id"], *known.measures["evidence_source_id"]}
    public = {*known.sources["source_id"]}
    assert {r["source_id"] for r in records(table.frame)} == public & (
        figures | told | {*known.package["scenarios"]["source_id"]}
    )
    assert all(f'id="{r["source_id"]}"' in r["title"] for r in records(table.frame))


def test_every_conflict_has_its_kind_its_reason_and_the_day_of_each_figure(edition_context):
    table = conflicts_table(edition_context)
    assert len(records(table.frame)) == len(edition_context.known.conflicts)
    assert all(row["nature"] in NATURES and row["note"] for row in records(table.frame))
    for row, group in zip(records(table.frame), edition_context.known.conflicts, strict=True):
        assert [str(day.year) in row["figures"] for day in group["known"]] == [True] * len(group)


def test_areas_of_one_source_are_told_by_their_sum(edition_context):
    for row, group in zip(
        records(conflicts_table(edition_context).frame), edition_context.known.conflicts, strict=True
    ):
        parts = group[group["area"] != group["area"].iloc[0]]
        told = len(group) - len(parts) + parts["source_id"].nunique()
        assert (row["figures"].count("cell-source"), "together" in row["figures"]) == (
            told,
            len(parts) > parts["source_id"].nunique(),
        )


def test_what_no_source_decides_is_told_apart_with_the_figures_and_reasons_of_the_whole_list(context):
    undecided, rows = records(undecided_table(context).frame), records(conflicts_table(context).frame)
    assert undecided == [row for row in rows if row["nature"] == "unresolved"]


def test_figures_of_different_scope_are_listed_apart_from_conflicts(context):
    listed = {(row["indicator_id"], row["period"]) for row in records(scopes_table(context).frame)}
    conflicting = {(row["indicator_id"], row["period"]) for row in records(conflicts_table(context).frame)}
    assert ("handicraft_new_designs", "2021-2025") in listed - conflicting


def test_the_day_of_a_figure_is_no_more_exact_than_that_of_its_source(context):
    (row,) = [r for r in records(conflicts_table(context).frame) if r["indicator_id"] == "kip_recognised_total"]
    assert "16 September 2020" in row["figures"]
    assert "; December 2020" in row["figures"]


def test_of_a_running_total_that_falls_the_later_figure_leads(context):
    (row,) = [r for r in records(conflicts_table(context).frame) if r["indicator_id"] == "kip_recognised_total"]
    assert row["figures"].startswith("117 products, 2018–2020<br>\n")


def test_a_correction_shows_the_whole_figure_before_and_after_and_says_where_it_stays(context):
    table = corrections_table(context)
    shown = {(r["indicator_id"], plain(r["as_printed"]), plain(r["used"])) for r in records(table.frame)}
    assert {
        ("kip_recognised_total", "over 80,000 products, 2020", "over 80 products, 2020"),
        (
            "energy_saved",
            "739.7 TOE, 2016–2018",
            "739.7 thousand TOE, 2016–2018",
        ),
        ("kip_validity", "3 years, 2019", "36 months, 2019"),
        ("kip_exports", "USD 550 million, 2022", "USD 550 million, 2021"),
        ("kip_first_time_revenue_usd", "USD 5 billion, 2021", "not used"),
        ("kip_firms_over_5tn", "7 firms, 2019", "the same figure"),
    } <= shown


def test_an_edition_shows_the_corrections_of_what_it_knows(known_in):
    counts = [len(records(corrections_table(Context(known_in(p), Language("en"))).frame)) for p in PERIODS]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_the_totals_of_an_edition_add_up(edition_context):
    known, tables = edition_context.known, (standing_table(edition_context), checked_table(edition_context))
    everything = len(known.observations) + len(known.targets)
    assert [int(table.frame["n"].sum()) for table in tables] == [everything, everything]
    assert sources_table(edition_context).frame["figures"].sum() == everything
    assert {row["value"] for row in records(checked_table(edition_context).frame)} <= set(CHECKED)


def test_rules_and_targets_are_not_counted_as_observed(context):
    counts = {row["value"]: row["n"] for row in records(standing_table(context).frame)}
    assert counts["target"] == len(context.known.targets)
    rules = context.known.observations["indicator_id"].map(context.known.indicators["programme_id"]) == "support_rules"
    assert counts["rule"] == rules.sum()


def test_an_indicator_with_a_target_is_silent_until_an_outcome_is_found(context):
    observed = set(context.known.observations.query("status != 'plan'")["indicator_id"])
    silent = {row["indicator_id"] for row in records(silent_table(context).frame)}
    assert silent == set(context.known.targets["indicator_id"]) - observed


def test_the_periods_of_a_silent_target_are_those_of_its_statements(context):
    (row,) = [r for r in records(silent_table(context).frame) if r["indicator_id"] == "rural_jobs"]
    stated = context.known.targets.query("indicator_id == 'rural_jobs'").sort_values("period_end")["period"]
    assert row["periods"].split(";") == list(dict.fromkeys(stated))


def test_a_target_leads_until_the_day_on_which_its_successor_is_known(package, known_in):
    replaced = each(package["targets"].query("superseded_by != ''"))
    found = {}
    for row, period in itertools.product(replaced, PERIODS):
        targets, current = known_in(period).targets["target_id"], known_in(period).current_targets["target_id"]
        if row.target_id in set(targets):
            found[row.target_id, period] = (row.target_id in set(current)) == (row.superseded_by not in set(targets))
    assert len(found) > 0
    assert [key for key, fits in found.items() if not fits] == []
