"""What is known on a day, which figure leads, and what the sources contradict."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import world

from builders import yearly
from promotion_book.facts import Known, PackageError, edition, read
from promotion_book.facts.calendar import released_periods
from promotion_book.facts.conflicts import by_rule, conflicts, falls, figure, other_scopes
from promotion_book.facts.corrections import apply
from promotion_book.facts.derivations import derive
from promotion_book.facts.rows import each


def statement(**changes) -> dict[str, object]:
    row = {
        "indicator_id": "jobs", "area": "hanoi", "scope": "", "unit": "jobs", "period": "2021-2025", "value": 1.0,
        "low": float("nan"), "high": float("nan"), "status": "actual", "source_id": "a", "source_type": "press",
        "checked": "confirmed",
        "known": pd.Timestamp(2020, 1, 1), "period_start": pd.Timestamp(2021, 1, 1), "period_end": pd.Timestamp(2025, 12, 31),
    }  # fmt: skip
    return row | changes


def frame(*changes: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([statement(**change) for change in changes])


@given(st.dates(date(2009, 1, 1), date(2026, 12, 31)), st.integers(0, 900))
@settings(max_examples=25, deadline=None)
def test_whatever_was_known_once_stays_known(package, day, days):
    early = Known(package, day, date(2026, 12, 31))
    late = Known(package, day + timedelta(days=days), date(2026, 12, 31))
    assert set(early.observations["observation_id"]) <= set(late.observations["observation_id"])
    assert set(early.targets["target_id"]) <= set(late.targets["target_id"])


def test_the_edition_of_2020_sees_nothing_published_after_its_cut_off(known_in):
    known = known_in("2020")
    assert known.on == date(2021, 3, 31)
    assert known.observations["known"].max().date() <= known.on
    assert known.observations.query("status != 'plan'")["period_end"].max().date() <= date(2020, 12, 31)
    planned = known.observations.query("status == 'plan'")["period_end"]
    assert planned.max().date() > date(2020, 12, 31), "plans for later periods are known"
    assert "kip_recognised-2021-src_008" not in set(known.observations["observation_id"])


def test_a_figure_republished_later_keeps_the_day_on_which_it_became_known(known_in):
    assert known_in("2020").rates["period"].iloc[-1] == "2020"
    assert known_in("2020").series("iip")["period"].iloc[-1] == "2019"


def test_a_source_and_the_acts_it_tells_of_are_known_from_its_day_on(package):
    acts, told = package["legal_acts"], pd.concat([package[name]["source_id"] for name in ("observations", "targets")])
    act = acts[~acts["source_id"].isin(told)].iloc[0]
    day = package.row("sources", act["source_id"])["published_on"].date()
    known = [Known(package, on, date(2026, 12, 31)) for on in (day - timedelta(days=1), day)]
    assert [act["source_id"] in set(one.sources["source_id"]) for one in known] == [False, True]
    assert [act["act_id"] in set(one.legal_acts["act_id"]) for one in known] == [False, True]


def test_who_changes_a_series_changes_it_for_nobody_else(known_in):
    first = known_in("2025").series("kip_recognised_total")
    before = first.copy(deep=True)
    first.loc[0, "value"] = 0.0
    first["status"] = "estimate"
    pd.testing.assert_frame_equal(known_in("2025").series("kip_recognised_total"), before)


def test_rows_are_those_that_pandas_gives(package):
    rows = package["observations"]
    assert repr(each(rows)).replace("Row(", "Pandas(") == repr(list(rows.itertuples()))


def test_a_row_is_found_by_its_key(package):
    assert package.row("units", "usd")["dimension"] == "money"
    with pytest.raises(PackageError, match=r"units\.csv has no row 'gold'"):
        package.row("units", "gold")


@pytest.mark.parametrize(("day", "values"), [("2024-03-31", [7.0]), ("2024-04-01", [])])
def test_a_figure_is_known_from_its_day_on(package, day, values):
    row = {"indicator_id": "ocop_total", "period": "2023", "value": 7.0, "source_id": "src_001"}
    context = world(package, [], [row | {"known_on": pd.Timestamp(day)}])
    assert context.known.on == date(2024, 3, 31)
    assert context.known.series("ocop_total")["value"].tolist() == values


@pytest.mark.parametrize(
    "circle",
    [
        {"kip_recognised_total": "total:kip_recognised_total:2018"},
        {"kip_recognised_total": "total:ocop_total:2018", "ocop_total": "last:kip_recognised_total:3"},
    ],
)
def test_an_indicator_that_is_derived_from_itself_has_no_series(package, circle):
    rows = package["indicators"]
    rows = rows.assign(derivation=rows["indicator_id"].map(circle).fillna(rows["derivation"]))
    known = world(package, [], indicators=rows).known
    for _ in range(2):
        with pytest.raises(PackageError, match="kip_recognised_total is derived from itself"):
            known.series("kip_recognised_total")


def test_a_derivation_stops_where_a_part_is_missing():
    parts = yearly((2018, 10), (2019, 20), (2021, 40))
    found = derive(parts.head(0), parts, rule="total:x:2018")
    assert list(zip(found["period"], found["value"], strict=True)) == [("2018", 10), ("2019", 30)]


def test_the_sum_of_the_last_years_begins_where_all_of_them_are_known():
    parts = yearly((2020, 30), (2021, 33), (2022, 36), (2023, 35))
    found = derive(parts.head(0), parts, rule="last:x:3")
    assert list(zip(found["period"], found["value"], strict=True)) == [("2022", 99), ("2023", 104)]


def test_plans_add_up_and_are_not_divided(package):
    planned = {"period": "2023", "value": 6.0, "status": "plan", "source_id": "src_001"}
    parts = ("kip_recognised", "kip_firms", "machinery_national_fund", "machinery_local_fund")
    known = world(package, [], [planned | {"indicator_id": name} for name in parts]).known
    found = {name: known.series(name, plans=True)["value"] for name in ("kip_products_per_firm", "machinery_support")}
    assert {name: [*values] for name, values in found.items()} == {
        "kip_products_per_firm": [],
        "machinery_support": [12.0],
    }


def test_the_change_of_a_total_is_the_amount_of_the_year():
    parts = yearly((2020, 1054), (2021, 1649))
    found = derive(parts.head(0), parts, rule="change:x:2021")
    assert found[["period", "value", "period_start"]].values.tolist() == [["2021", 595, pd.Timestamp(2021, 1, 1)]]


def test_a_printed_figure_is_never_replaced_by_a_derived_one():
    parts = yearly((2018, 10), (2019, 20))
    found = derive(yearly((2019, 33)), parts, rule="total:x:2018").sort_values("period")
    assert list(zip(found["value"], found["status"], strict=True)) == [(10, "derived"), (33, "actual")]


def test_a_stock_is_given_by_the_last_count_of_the_year(package):
    row = {"indicator_id": "ocop_total", "source_id": "src_001"}
    counts = {"2022-12-01": 7.0, "2022-06-30": 9.0, "2023": 8.0, "2023-06-30": 6.0}
    known = world(package, [], [row | {"period": label, "value": value} for label, value in counts.items()]).known
    assert known.series("ocop_total")[["period", "value"]].to_numpy().tolist() == [["2022", 7.0], ["2023", 8.0]]


def test_a_source_is_used_for_figures_and_for_acts_measures_and_scenarios(package):
    first, second, third = package["sources"].sort_values("published_on")["source_id"].iloc[:3]
    row = {"indicator_id": "ocop_total", "period": "2023", "value": 7.0, "source_id": first}
    none = {name: package[name].iloc[:0] for name in ("legal_acts", "measures", "scenarios")}
    act = pd.DataFrame([{"act_id": "a", "source_id": second, "replaced_by": ""}])
    sources = world(package, [], [row], **none | {"legal_acts": act}).known.sources.set_index("source_id")
    assert sources.loc[[first, second, third], ["figures", "used"]].to_numpy().tolist() == [
        [1, True],
        [0, True],
        [0, False],
    ]


def test_an_indicator_without_figures_gives_an_empty_series(known_in):
    assert known_in("2020").series("kip_budget").empty


def test_the_recorded_rule_puts_what_was_found_again_first_then_the_legal_act_and_then_the_later_source():
    rows = frame(
        {"source_id": "old press"},
        {"source_id": "new press", "known": pd.Timestamp(2022, 1, 1)},
        {"source_id": "lost law", "source_type": "legal_act", "checked": "not_found"},
        {"source_id": "agency", "source_type": "agency_report"},
        {"source_id": "copy", "source_type": "statistics_copy"},
        {"source_id": "press on an act", "source_type": "press_on_act"},
        {"source_id": "law", "source_type": "legal_act"},
        {"source_id": "office", "source_type": "official_statistics"},
    )
    assert list(by_rule(rows)["source_id"]) == [
        *("law", "office", "copy", "agency", "press on an act", "new press", "old press", "lost law"),
    ]


def test_of_sources_alike_the_leading_one_does_not_depend_on_the_order_of_the_table():
    rows = frame({"source_id": "b"}, {"source_id": "a"})
    assert [list(by_rule(some)["source_id"]) for some in (rows, rows[::-1])] == [["a", "b"]] * 2


def test_a_conflict_is_two_sources_with_different_figures_for_the_same_thing():
    same = frame({}, {"source_id": "b"})
    other_scope = frame({}, {"source_id": "b", "value": 2.0, "scope": "turns"})
    plan = frame({}, {"source_id": "b", "value": 2.0, "status": "plan"})
    different = frame({}, {"source_id": "b", "value": 2.0})
    assert [len(conflicts(rows)) for rows in (same, other_scope, plan, different)] == [0, 0, 0, 1]


def test_a_range_and_its_upper_end_are_different_figures():
    rows = frame({"value": float("nan"), "low": 60.0, "high": 70.0}, {"value": 70.0, "high": 70.0})
    assert [figure(row) for row in rows.itertuples()] == [(60.0, 70.0), (70.0,)]
    assert len(conflicts(rows)) == 1


def test_figures_of_different_scope_are_listed_and_not_called_a_conflict():
    rows = frame({"scope": "for export", "value": 2000.0}, {"scope": "for all markets", "value": 3500.0})
    assert (len(conflicts(rows)), len(other_scopes(rows))) == (0, 1)


def test_a_running_total_that_falls_is_found():
    rows = frame(
        {"value": 121.0, "period_end": pd.Timestamp(2020, 9, 16)},
        {"value": 117.0, "period_end": pd.Timestamp(2020, 12, 31)},
    )
    totals = pd.DataFrame([{"indicator_id": "jobs", "kind": "cumulative"}])
    levels = pd.DataFrame([{"indicator_id": "jobs", "kind": "level"}])
    assert (len(falls(rows, totals)), len(falls(rows, levels))) == (1, 0)


RUNNING = {
    "of one year after another": ([("2021-01-01", "2021-12-31", 9), ("2022-01-01", "2022-12-31", 7)], 1),
    "of one year after several": ([("2018-01-01", "2021-12-31", 9), ("2022-01-01", "2022-12-31", 7)], 1),
    "of the first of several new years": (
        [("2016-01-01", "2020-12-31", 9), ("2021-01-01", "2021-12-31", 2), ("2021-01-01", "2022-12-31", 4)],
        0,
    ),
    "of several new years": ([("2016-01-01", "2020-12-31", 9), ("2021-01-01", "2022-12-31", 4)], 0),
}


@pytest.mark.parametrize(("figures", "expected"), RUNNING.values(), ids=RUNNING.keys())
def test_a_total_of_a_year_is_what_stands_at_its_end(figures, expected):
    changes = [
        {"period_start": pd.Timestamp(start), "period_end": pd.Timestamp(end), "value": float(value)}
        for start, end, value in figures
    ]
    totals = pd.DataFrame([{"indicator_id": "jobs", "kind": "cumulative"}])
    assert len(falls(frame(*changes), totals)) == expected


def test_a_running_total_that_stays_as_it_is_does_not_fall():
    days = [pd.Timestamp(2020, 9, 16), pd.Timestamp(2020, 12, 31)]
    rows = frame(*({"value": 121.0, "period_end": day} for day in days))
    assert falls(rows, pd.DataFrame([{"indicator_id": "jobs", "kind": "cumulative"}])) == []


def test_equal_ranges_of_two_sources_are_not_disputed(package):
    same = {"indicator_id": "kip_recognised", "period": "2022", "unit": "products", "low": 30.0, "high": 35.0}
    other = {**same, "source_id": "seed_000", "high": 36.0}
    for second, disputed in (({**same, "source_id": "seed_000"}, False), (other, True)):
        known = world(package, [], [{**same, "source_id": "seed_002"}, second]).known
        assert list(known.series("kip_recognised")["disputed"]) == [disputed]


def test_known_contradictions_of_the_sources_are_found_by_code(known_in):
    found = {(g.iloc[0]["indicator_id"], g.iloc[-1]["period"]) for g in known_in("2025").conflicts}
    assert found >= {
        ("rural_jobs", "2021-2025"),
        ("handicraft_exports_growth", "2021-2025"),
        ("kip_share_of_output", "2025"),
        ("craft_villages_national_share", "2025"),
        ("export_fair_deals", "2016-2020"),
        ("kip_recognised_total", "2018-2020"),
    }


def test_a_correction_replaces_what_was_printed(package):
    printed = package.printed["targets"].set_index("target_id").loc["kip_recognised_total-2020-src_024", "value"]
    used = package["targets"].set_index("target_id").loc["kip_recognised_total-2020-src_024", "value"]
    assert (printed, used) == (80_000, 80)


def test_a_withdrawn_figure_is_in_nothing_that_is_computed(package):
    withdrawn = "kip_first_time_revenue_usd-2021-src_001"
    assert withdrawn in set(package.printed["observations"]["observation_id"])
    assert withdrawn not in set(package["observations"]["observation_id"])


def test_a_correction_that_matches_nothing_cannot_be_applied():
    tables = {
        "observations": pd.DataFrame([{"observation_id": "a", "value": "5"}]),
        "targets": pd.DataFrame([{"target_id": "t"}]),
        "corrections": pd.DataFrame(
            [{"table": "observations", "row_id": "a", "column": "value", "printed": "6", "used": "7"}]
        ),
    }
    with pytest.raises(ValueError, match=r"a\.value is"):
        apply(tables)


def test_an_edition_takes_its_cut_off_from_the_calendar_or_from_its_rule(package):
    assert edition(package, "2024-H1").cut_off == date(2024, 9, 30)
    assert edition(package, 2023).cut_off == date(2024, 3, 31)
    assert edition(package, "2022-Q3").cut_off == date(2022, 12, 31)


@pytest.mark.parametrize("label", ["2016-2020", "2018-05-15/.."])
def test_only_reporting_periods_have_editions(package, label):
    with pytest.raises(ValueError, match="cannot be reported on"):
        edition(package, label)


def test_the_released_editions_are_those_whose_day_has_come(package):
    assert released_periods(package, date(2026, 11, 21)) == []
    assert released_periods(package, date(2026, 12, 1)) == ["2020", "2021", "2022", "2023", "2024-H1", "2024", "2025"]


def test_a_place_without_data_is_refused_with_the_places_there_are():
    with pytest.raises(PackageError, match="places: "):
        read("atlantis")


def test_data_is_found_from_a_folder_below(monkeypatch):
    monkeypatch.chdir("notebooks")
    assert read("hanoi").place == "hanoi"


def test_without_a_data_folder_the_message_names_the_variable(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PackageError, match="PROMOTION_BOOK_DATA"):
        read("hanoi")


def test_a_package_is_read_again_when_a_byte_of_it_has_changed(folder):
    before = read("hanoi")
    assert read("hanoi") is before
    folder.change("indicators", "ocop_total", name_en="Other products")
    assert read("hanoi") is not before
