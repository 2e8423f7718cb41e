"""Tables of earlier projections: what is printed of a range, of a score and of what came."""

from __future__ import annotations

import pandas as pd

from promotion_book.facts.rows import records
from promotion_book.report.chapters.earlier_projections import findings
from promotion_book.report.chapters.record_tables import backtest_table, earlier_table, scores_table
from promotion_book.report.tables import Table
from promotion_book.scenarios.track_record import compare_with_outcomes, scores, summary


def shown(table: Table) -> list[list[str]]:
    return [[column.write_plain(row.get(column.key)) for column in table.columns] for row in records(table.frame)]


def vintage(**cells: object) -> pd.DataFrame:
    """One earlier projection of 20, 10-40 and 5-200: its year came out at 30."""
    row = {
        "period": "2020", "indicator_id": "kip_recognised", "target_year": 2021, "value": 20.0, "naive": 18.0, "drift": 22.0,
        "low80": 10.0, "high80": 40.0, "low95": 5.0, "high95": 200.0, "outcome": 30.0, "status": "actual", "source_id": "seed_000",
    }  # fmt: skip
    return pd.DataFrame([row | cells])


def test_a_range_of_up_to_ten_times_the_projection_is_printed(context):
    table = earlier_table(context, vintage())
    assert shown(table) == [["2020", "2021", "20", "10–40; 5–200", "18", "22", "30"]]
    assert table.note == ""


def test_a_range_that_reaches_further_is_too_wide_and_its_ends_are_in_the_file(context):
    table = earlier_table(context, vintage(high95=200.1))
    assert shown(table) == [["2020", "2021", "20", "10–40; too wide", "18", "22", "30"]]
    assert table.note.startswith("Too wide: the range reaches above 10 times the projection.")
    assert "200.1" in table.csv()


def test_a_figure_that_is_not_observed_is_marked_and_one_that_is_missing_is_not(context):
    (derived,) = shown(earlier_table(context, vintage(status="derived")))
    (missing,) = shown(earlier_table(context, vintage(status=None, outcome=None, source_id=None)))
    assert (derived[-1], missing[-1]) == ("30 (derived)", "–")


def test_indicators_are_named_where_there_are_several(context):
    both = pd.concat([vintage(), vintage(indicator_id="kip_firms")])
    assert [row[0] for row in shown(earlier_table(context, both))] == [
        f"{context.indicator('kip_recognised')}; as of 2020",
        f"{context.indicator('kip_firms')}; as of 2020",
    ]


def test_ranges_that_are_too_wide_are_counted_beside_those_that_held(context):
    scored = scores(context.known)
    wide = int((scored["high95"] > 10 * scored["value"]).sum())
    ranges = " ".join(findings(context, compare_with_outcomes(context.known), scored))
    assert f"{wide} of the {len(scored)} ranges of 95% reach above 10 times the projection" in ranges


def test_a_score_of_more_than_ten_times_the_last_figure_is_not_printed(context):
    scored = scores(context.known)
    printed = [row[-1] for row in shown(scores_table(context, scored))]
    assert [cell == "over 1,000%" for cell in printed] == list(summary(scored)["score"] > 10)
    assert "over 1,000%" in printed


def test_how_a_projection_was_made_is_said_only_beside_others(context):
    rows = pd.DataFrame({"kind": ["total", "flow"], "way": ["combined", "combined"], "years_ahead": 1})
    assert [row[0] for row in shown(backtest_table(context, rows))] == ["Running totals", "Yearly amounts"]
    rows.loc[1, "way"] = "projected"
    kinds = [row[0] for row in shown(backtest_table(context, rows))]
    assert kinds == ["Running totals, by the earlier method", "Yearly amounts"]
