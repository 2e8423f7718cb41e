"""How earlier projections did: what an edition projects is kept, and later editions score it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from builders import yearly
from promotion_book.facts.rows import records
from promotion_book.report.chapters.earlier_projections import findings
from promotion_book.report.chapters.record_tables import scores_table
from promotion_book.report.context import Context
from promotion_book.scenarios import predictive, track_record
from promotion_book.scenarios.track_record import (
    COLUMNS,
    EARLIER_WAY,
    PROJECTED,
    backtest,
    compare_with_outcomes,
    earlier,
    mean_errors,
    projection,
    projections,
    scores,
    summary,
)
from promotion_book.scenarios.whole_years import whole_years
from promotion_book.statistics.refusal import Refused
from promotion_book.words.language import Language

ENGLISH = Language("en")


class Tables(dict[str, pd.DataFrame]):
    """The tables of a place, by name."""

    def row(self, table: str, key: str) -> dict[str, object]:
        return self[table].loc[key].to_dict()


class World(SimpleNamespace):
    """What one edition knows of one indicator, `jobs`, and the archive of its place."""

    def series(self, indicator: str) -> pd.DataFrame:
        return self.figures


def world(
    *figures: tuple[int, float], archived: list[dict[str, object]] | None = None, until: int = 2023, kind: str = "flow"
) -> World:
    row = {"indicator_id": "jobs", "series": "yes", "kind": kind, "derivation": "", "part_of": ""}
    indicators = pd.DataFrame([row], index=["jobs"])
    calendar = pd.DataFrame({"period": ["2020"], "release_on": [pd.Timestamp(2021, 6, 30)]})
    kept = pd.DataFrame(archived or [], columns=[*COLUMNS, "version"])
    return World(
        figures=yearly(*figures),
        indicators=indicators,
        package=Tables(indicators=indicators, release_calendar=calendar, forecast_vintages=kept),
        until=date(until, 12, 31),
        on=date(until + 1, 3, 31),
        computed={},
    )


def kept(
    period: str = "2020", target: int = 2021, version: int = 1, value: float = 120.0, way: str = PROJECTED
) -> list[dict[str, object]]:
    """The rows of one projected year: last figure 100, projection 120 within 110-130 and 90-150, drift 140."""
    row = {
        "period": period, "cut_off": pd.Timestamp(int(period) + 1, 3, 31), "indicator_id": "jobs", "origin_year": 2020,
        "target_year": target, "years_ahead": target - 2020, "version": version,
    }  # fmt: skip
    ranges = {"low80": 110.0, "high80": 130.0, "low95": 90.0, "high95": 150.0}
    return [
        {**row, "method": way, "value": value, **ranges},
        {**row, "method": "naive", "value": 100.0},
        {**row, "method": "drift", "value": 140.0},
    ]


def test_the_archive_holds_editions_whose_projections_were_made_by_the_earlier_way(known_in):
    rows = earlier(known_in("2025"))
    assert set(rows["way"]) == {EARLIER_WAY}
    assert list(dict.fromkeys(rows["period"])) == ["2021", "2022", "2023", "2024-H1", "2024"]


def test_a_projection_has_each_method_for_six_years_with_nested_ranges():
    rows = projection(world((2018, 10), (2019, 12), (2020, 11), (2021, 14)), "jobs")
    main = rows[rows["method"] == PROJECTED]
    assert rows.groupby("target_year")["method"].agg(set).to_dict() == {
        year: set(track_record.METHODS) for year in range(2022, 2028)
    }
    assert (main[["low95", "low80", "value", "high80", "high95"]].diff(axis=1).iloc[:, 1:] > 0).all(axis=None)
    assert rows.loc[rows["method"] != PROJECTED, ["low80", "high80", "low95", "high95"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ([(2018, 10), (2019, 12), (2020, 11)], "too_few_figures"),
        ([(2017, 10), (2018, 12), (2019, 11), (2021, 14)], "years_missing"),
        ([(2018, 10), (2019, 0), (2020, 11), (2021, 14)], "not_positive"),
    ],
)
def test_what_the_methods_refuse_is_not_kept_and_the_reason_is_told(figures, reason):
    rows, refused = projections(world(*figures), "2021")
    assert (len(rows), refused.to_dict()) == (0, {"jobs": reason})


def test_a_year_that_is_not_over_is_no_figure_to_start_from():
    with pytest.raises(Refused, match="too_few_figures"):
        projection(world((2018, 10), (2019, 12), (2020, 11), (2021, 14), until=2020), "jobs")


def test_a_projection_is_scored_once_its_year_is_observed():
    (row,) = scores(world((2020, 100), (2021, 132), archived=[*kept(), *kept(target=2024)])).to_dict("records")
    assert (row["error_projected"], row["error_naive"], row["error_drift"]) == pytest.approx((0.12, 0.32, -0.08))
    assert (row["inside80"], row["inside95"], row["hindsight"]) == (False, True, False)
    pinballs = 0.025 * 42 + 0.1 * 22 + 0.5 * 12 + 0.9 * 2 + 0.025 * 18
    assert row["score"] == pytest.approx(2 * pinballs / 5 / 100)


def test_a_projection_computed_when_its_year_was_over_is_marked():
    archived = [*kept(), *kept("2019", target=2022)]
    found = scores(world((2020, 100), (2021, 132), (2022, 100), archived=archived))
    assert found.set_index("period")["hindsight"].to_dict() == {"2020": False, "2019": True}


@pytest.mark.parametrize(("released", "hindsight"), [("2021-12-31", False), ("2022-01-01", True)])
def test_a_projection_released_on_the_last_day_of_its_year_was_made_before_the_year_was_over(released, hindsight):
    made = world((2020, 100), (2021, 132), archived=kept())
    made.package["release_calendar"] = pd.DataFrame({"period": ["2020"], "release_on": [pd.Timestamp(released)]})
    assert scores(made)["hindsight"].tolist() == [hindsight]


@pytest.mark.parametrize(
    ("kind", "scored"), [("cumulative", "total"), ("flow", "flow"), ("level", "level"), ("index", "level")]
)
def test_a_projection_is_scored_by_the_kind_of_its_figure_and_by_how_it_was_made(kind, scored):
    archived = [*kept(way=EARLIER_WAY), *kept("2019", value=121.0)]
    table = summary(scores(world((2020, 100), (2021, 132), archived=archived, kind=kind)))
    assert table["pairs"].to_dict() == {(scored, EARLIER_WAY, 1): 1, (scored, PROJECTED, 1): 1}


def test_an_edition_scores_only_editions_before_it():
    assert earlier(world(archived=kept("2023"), until=2023)).empty
    assert len(earlier(world(archived=kept("2022"), until=2023))) == 1


def test_of_an_edition_published_twice_the_first_version_counts():
    found = earlier(world(archived=[*kept(version=2, value=125.0), *kept()]))
    assert list(found["value"]) == [120.0]


def test_a_projection_that_a_later_edition_repeats_is_counted_once():
    found = earlier(world(archived=[*kept("2022"), *kept("2021"), *kept("2022", target=2022)]))
    assert list(zip(found["period"], found["target_year"], strict=True)) == [("2021", 2021), ("2022", 2022)]


def test_the_summary_sets_the_projection_against_no_change():
    table = summary(scores(world((2020, 100), (2021, 132), (2022, 130), archived=[*kept(), *kept(target=2022)])))
    assert table[["pairs", "series", "inside80", "inside95"]].to_dict("index") == {
        ("flow", PROJECTED, 1): {"pairs": 1, "series": 1, "inside80": 0, "inside95": 1},
        ("flow", PROJECTED, 2): {"pairs": 1, "series": 1, "inside80": 1, "inside95": 1},
    }
    assert list(table["ratio"]) == pytest.approx([12 / 32, 10 / 30])


def test_no_ratio_is_given_where_no_change_made_no_error():
    table = mean_errors(scores(world((2020, 100), (2021, 100), archived=kept())))
    assert table["ratio"].isna().tolist() == [True]


def test_the_past_of_a_series_tries_each_method_after_each_year_that_allows_a_projection():
    figures = [(2018, 10), (2019, 12), (2020, 14), (2021, 17), (2022, 20), (2023, 22)]
    table = backtest(world(*figures), ["jobs"])
    assert table["pairs"].to_dict() == {("flow", PROJECTED, 1): 2, ("flow", PROJECTED, 2): 1}
    assert table["naive"].tolist() == pytest.approx([(3 / 17 + 2 / 20) / 2, 5 / 17])
    first, second = (projection(world(*figures[:n]), "jobs") for n in (4, 5))
    ahead = [rows.loc[rows["method"] == PROJECTED, "value"].tolist() for rows in (first, second)]
    errors = [abs(20 - ahead[0][0]) / 17, abs(22 - ahead[1][0]) / 20, abs(22 - ahead[0][1]) / 17]
    assert table["projected"].tolist() == pytest.approx([(errors[0] + errors[1]) / 2, errors[2]], rel=1e-4)


@pytest.mark.parametrize("period", ["2021", "2024-H1", "2025"])
def test_a_series_that_is_too_short_to_be_cut_is_left_out_of_the_trial(known_in, period):
    known = known_in(period)
    names = projections(known, period)[0]["indicator_id"].unique()
    long = {name for name in names if len(whole_years(known, name)) > 4}
    assert backtest(known, names)["series"].max() <= len(long) if long else backtest(known, names).empty


def test_the_past_of_a_running_total_is_projected_by_what_the_years_before_added(known_in):
    known = known_in("2025")
    flow = whole_years(known, "kip_recognised")["value"]
    shown = flow[flow.index <= 2021]
    ahead = predictive.running_total(shown.to_numpy(), shown.sum(), horizon=4).median
    outcome = whole_years(known, "kip_recognised_total")["value"][2025]
    tried = backtest(known, ["kip_recognised_total"])
    assert tried["projected"]["total", PROJECTED, 4] == pytest.approx(abs(outcome - ahead[3]) / shown.sum())


def test_the_edition_of_2025_scores_totals_amounts_and_levels_apart(known_in):
    table = summary(scores(known_in("2025")))
    assert list(table.index) == [
        *(
            (kind, EARLIER_WAY, years)
            for kind, last in (("total", 4), ("flow", 4), ("level", 2))
            for years in range(1, last + 1)
        )
    ]
    assert (table["inside80"] <= table["inside95"]).all()
    assert (table["inside95"] <= table["pairs"]).all()


def test_an_edition_before_all_others_says_that_none_exists(known_in):
    context = Context(known_in("2020"), ENGLISH)
    said = findings(context, compare_with_outcomes(context.known), scores(context.known))
    assert said == ["No earlier edition exists, so no projection can be compared with what came."]
    assert records(scores_table(context, scores(context.known)).frame) == []


def test_an_edition_after_one_that_projected_nothing_says_so(known_in):
    known = known_in("2021")
    package = replace(known.package, published=frozenset({"2020"}))
    context = Context(replace(known, package=package), ENGLISH)
    (said,) = findings(context, compare_with_outcomes(context.known), scores(context.known))
    assert said == "No earlier edition (2020) kept a projection, so none can be compared with what came."


def test_editions_whose_projections_are_not_at_hand_are_named(known_in):
    context = Context(known_in("2021"), ENGLISH)
    (said,) = findings(context, compare_with_outcomes(context.known), scores(context.known))
    assert said.endswith("The edition of 2020 is not compared, because its projections were not at hand.")


def test_projections_without_an_outcome_are_told_as_such(known_in):
    context = Context(known_in("2025"), ENGLISH)
    vintages = compare_with_outcomes(context.known)
    said, _ = findings(context, vintages, scores(context.known).iloc[:0])
    assert said.startswith(f"{len(vintages)} projections of earlier editions are kept. No figure")


def test_the_findings_name_their_few_pairs_in_the_same_sentence(context):
    scored = scores(context.known)
    few, _, _, _, way, *_ = findings(context, compare_with_outcomes(context.known), scored)
    assert few.startswith(
        f"{len(scored)} projections as of 2021, 2022, 2023, the first half of 2024 and 2024 can be compared"
    )
    assert "few and not independent" in few
    totals = scored[scored["kind"] == "total"]
    above = (totals["outcome"] > totals["value"]).sum()
    assert way.endswith(f"too low: {above} of the {len(totals)} totals came out above their projection.")


def test_projections_of_an_amount_a_year_and_of_what_adds_it_up_are_counted_together(context):
    scored = scores(context.known)
    flow = scored[scored["indicator_id"] == "kip_recognised"]
    both = scored[scored["indicator_id"].isin(["kip_recognised", "kip_recognised_total"])]
    said = [findings(context, compare_with_outcomes(context.known), rows)[0] for rows in (flow, both)]
    assert [f"{len(flow)} are of one series" in said[0], f"{len(both)} are of 2 series" in said[1]] == [True, True]


def test_ranges_that_are_so_wide_that_they_say_little_are_called_so(context):
    scored = scores(context.known)
    _, held, ranges, late, *_ = findings(context, compare_with_outcomes(context.known), scored)
    assert held.startswith(f"{scored['inside80'].sum()} of {len(scored)} outcomes lay within the 80% range")
    assert ranges.startswith("The ranges are wide, so that it proves little that they held what came: ")
    assert late.startswith("All these projections were computed for this comparison after their year was over")


def test_ranges_that_are_narrow_are_not_excused(context):
    narrow = scores(context.known).assign(low95=0.9, low80=1.0, value=1.1, high80=1.2, high95=1.3, score=0.0)
    said = findings(context, compare_with_outcomes(context.known), narrow)
    assert [one for one in said if "ranges are wide" in one] == []
