"""What changed between editions: figures, statuses and indicators, from what was known and from what was published."""

from __future__ import annotations

import io
import json
import math
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import world

from builders import ENGLISH
from promotion_book.facts import edition
from promotion_book.facts.calendar import earlier
from promotion_book.facts.difference import FIGURE, State, compare, state
from promotion_book.facts.known import known_in
from promotion_book.facts.rows import records
from promotion_book.report.chapters.edition_news import record_table, revised_table, state_tables
from promotion_book.report.tables_file import table_record
from promotion_book.site.copies.workbook_columns import columns
from promotion_book.site.result_changes import differing_results
from promotion_book.statistics.edition_states import changes_since, revision_records, state_of

NONE = math.nan


def entry(value: float = 10.0, indicator: str = "ocop_total", **rest: object) -> dict[str, object]:
    said = {
        "indicator_id": indicator,
        "area": "hanoi",
        "scope": "",
        "period": "2022",
        "plan": False,
        "unit": "products",
    }
    return said | {"value": value, "low": NONE, "high": NONE, "source_id": "src_001"} | rest


def standing(status: str, target_id: str = "t", target: str = "") -> dict[str, object]:
    said = {"target_id": target_id, "indicator_id": "ocop_total", "period": "2025", "source_id": "src_001"}
    return said | {"status": status, "target": target}


def edition_of(*entries: dict[str, object], statuses: tuple[dict[str, object], ...] = ()) -> State:
    return state(pd.DataFrame(entries), pd.DataFrame(statuses))


def test_an_edition_does_not_differ_from_itself():
    same = edition_of(entry(), statuses=(standing("met"),))
    found = compare(same, same)
    assert [len(rows) for rows in (found.revised, found.added, found.withdrawn, found.moved)] == [0, 0, 0, 0]
    assert (found.new, found.dropped) == ((), ())


def test_figures_that_are_others_are_ranked_by_the_size_of_their_change():
    was = edition_of(entry(100.0), entry(10.0, "ocop_recognised"), entry(-2.0, "grdp_growth"))
    now = edition_of(entry(101.0), entry(9.0, "ocop_recognised"), entry(-1.0, "grdp_growth"))
    found = compare(was, now).revised
    told = [*zip(found["indicator_id"], found["size"].round(3), strict=True)]
    assert told == [("grdp_growth", 0.5), ("ocop_recognised", -0.1), ("ocop_total", 0.01)]


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        (entry(10.0), entry(11.0), "error"),
        (entry(10.0), entry(11.0, source_id="src_002"), "new_source"),
        (entry(10.0), entry(10.0, unit="villages"), "redefinition"),
    ],
)
def test_the_kind_of_a_revision_follows_from_what_changed(was, now, kind):
    found = compare(edition_of(was), edition_of(now))
    assert (found.revised["kind"].tolist(), found.kind) == ([kind], kind)


def test_of_several_kinds_a_revision_has_the_gravest():
    was = edition_of(entry(), entry(indicator="b"), entry(indicator="c"))
    redefined, sourced = entry(indicator="b", unit="villages"), entry(12.0, "c", source_id="src_002")
    kinds = [compare(was, edition_of(one, redefined, sourced)).kind for one in (entry(11.0), entry())]
    assert kinds == ["error", "redefinition"]


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        (edition_of(entry()), edition_of(entry()), "method"),
        (edition_of(), edition_of(entry()), "new_source"),
        (edition_of(entry()), edition_of(), "error"),
    ],
)
def test_without_a_revised_figure_the_kind_is_that_of_what_else_changed(was, now, kind):
    assert compare(was, now).kind == kind


def test_a_change_from_zero_is_infinite_and_comes_first():
    found = compare(edition_of(entry(0.0), entry(1.0, "b")), edition_of(entry(5.0), entry(100.0, "b")))
    assert found.revised["size"].tolist() == [math.inf, 99.0]


def test_a_range_is_compared_by_its_ends_and_measured_by_its_middle():
    was, now = entry(NONE, low=20.0, high=30.0), entry(NONE, low=25.0, high=30.0)
    assert compare(edition_of(was), edition_of(now)).revised["size"].tolist() == [0.1]


def test_a_plan_and_an_outcome_of_a_period_are_two_figures():
    found = compare(edition_of(entry(plan=True)), edition_of(entry(plan=True), entry(12.0)))
    assert (found.added["value"].tolist(), len(found.revised)) == ([12.0], 0)


def test_statuses_that_moved_indicators_that_came_and_went():
    was = edition_of(entry(indicator="gone"), statuses=(standing("on_track"), standing("met", "u")))
    now = edition_of(entry(indicator="come"), statuses=(standing("met"), standing("met", "u")))
    found = compare(was, now)
    assert found.moved[["status_was", "status"]].to_numpy().tolist() == [["on_track", "met"]]
    assert (found.new, found.dropped) == (("come",), ("gone",))


def test_statements_of_one_target_move_it_once():
    was = edition_of(statuses=tuple(standing("on_track", name) for name in ("a", "b", "c")))
    now = tuple(standing("met", name, key) for name, key in (("a", "x"), ("b", "x"), ("c", "")))
    found = compare(was, edition_of(statuses=now))
    assert (len(found.moved), found.moved_targets) == (3, 2)


@given(st.floats(1, 1e9), st.floats(1, 1e9))
def test_the_size_of_a_change_leads_from_what_was_to_what_is(was, now):
    sizes = compare(edition_of(entry(was)), edition_of(entry(now))).revised["size"]
    assert math.isclose(was + sizes.sum() * was, now, abs_tol=1e-9 * was)


def test_what_an_edition_publishes_is_what_it_knew(context, package):
    report = edition(package, "2025")
    known = state_of(context.known, report.period.start)
    tables = (pd.read_csv(io.StringIO(t.csv()), dtype=str, keep_default_na=False) for t in state_tables(context, known))
    again = state(*tables)
    found = compare(known, again)
    assert [len(rows) for rows in (found.revised, found.added, found.withdrawn, found.moved)] == [0, 0, 0, 0]
    assert again.figures[FIGURE].equals(known.figures[FIGURE].reset_index(drop=True))
    assert again.statuses.equals(known.statuses.reset_index(drop=True))


def figure(year: int, value: float) -> dict[str, object]:
    said = {"indicator_id": "ocop_total", "value": value, "unit": "products"}
    return {**said, "period": year, "source_id": "seed_000", "known_on": pd.Timestamp(2023, 1, 1)}


def records_of(package, *late: float) -> pd.DataFrame:
    """How figures of ten a year, which later were others as plans are too, are summarised."""
    years = range(2019, 2019 + len(late))
    first = [figure(year, 10.0) for year in years]
    second = [figure(year, value) for year, value in zip(years, late, strict=True)]
    plans = [figure(2022, value) | {"status": "plan"} for value in (10.0, 20.0)]
    editions = [world(package, [], [*rows, plan]).known for rows, plan in zip((first, second), plans, strict=True)]
    return revision_records(editions).query("indicator_id == 'ocop_total'")


def test_a_long_text_that_differs_is_named_and_not_printed_and_what_is_missing_in_both_is_the_same(tmp_path):
    for book, said in (
        ("was", {"opening": "a" * 300, "n": 1, "latest": float("nan")}),
        ("now", {"opening": "b", "n": 2, "latest": float("nan")}),
    ):
        path = tmp_path / book / "notebooks" / "results" / "summary.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({"results": said}), encoding="utf-8")
    name = "notebooks/results/summary.json"
    assert [*differing_results(tmp_path / "was", tmp_path / "now")] == [
        f"  {name}: opening: another text",
        f"  {name}: n: 1 -> 2",
    ]


def test_first_figures_are_set_against_the_latest_ones(package):
    (one,) = records_of(package, 12.0, 10.0, 9.0)[["pairs", "changed", "mean", "mean_absolute", "share_up"]].to_numpy()
    assert [*one] == [3, 2, pytest.approx(1 / 3), 1, pytest.approx(1 / 3)]


def test_one_figure_is_too_few_for_a_summary(package):
    (one,) = records_of(package, 12.0)[["pairs", "changed", "mean"]].to_numpy()
    assert [*one] == [1, 1, pytest.approx(math.nan, nan_ok=True)]


def test_the_edition_before_is_the_last_one_with_an_earlier_cut_off(package):
    before = [[one.period.label for one in earlier(package, edition(package, p))] for p in ("2020", "2024", "2024-Q3")]
    assert before == [[], ["2020", "2021", "2022", "2023", "2024-H1"], ["2020", "2021", "2022", "2023", "2024-H1"]]


def test_a_revised_figure_is_told_with_what_it_was_and_both_sources(context, package):
    report = edition(package, "2021")
    before = earlier(package, report)
    found = changes_since(package, before, now=state_of(known_in(package, report), date(2021, 1, 1)))
    rows = records(revised_table(context, found).frame)
    (row,) = (row for row in rows if row["figure"].startswith("Key industrial products recognised"))
    told = {key: row[key] for key in ("figure", "was", "now", "size_shown", "kind")}
    assert told == {
        "figure": "Key industrial products recognised (2021; plan)",
        "was": "25–28 products",
        "now": "25–30 products",
        "size_shown": "+3.8%",
        "kind": "new source",
    }
    assert row["sources"].count("<a href=") == 2


def test_the_sizes_of_revisions_stand_in_the_workbook_under_the_headings_of_the_page(context, package):
    found = columns(table_record(record_table(context, records_of(package, 12.0, 10.0, 9.0)), []), ENGLISH)
    assert {one.heading: one.cells[0].value for one in found if not one.printed} == {
        "Mean revision, as number": pytest.approx(1 / 3),
        "Mean size of a revision, as number": 1,
    }


def test_a_mean_revision_that_is_not_nil_is_not_told_as_nil(context, package):
    table = record_table(context, records_of(package, 10.0, 10.01))
    (column,) = (one for one in table.columns if one.key == "relative")
    assert [column.write_plain(share) for share in table.frame["relative"]] == ["below 0.1%"]
