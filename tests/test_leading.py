"""Which figure stands for each programme, and what each is to reach."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from places import figure, put_known
from promotion_book.facts import Known
from promotion_book.statistics.leading import (
    counts_by_programme,
    first_with_figure,
    leading_figures,
    shown_figures,
    targets_ahead,
    yearly_figures,
)
from promotion_book.statistics.statuses import statuses_in_force

AHEAD = figure("ocop_total", 2030, 40, "products", "src_003", kind="level")
SHORT = figure("handicraft_exports", 2024, 20_000_000, "usd", "src_001", kind="level")
AVERAGE = figure("handicraft_exports", 2024, 6_000_000, "usd", "src_003", scope="average_a_year")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What a made-up place knows at the end of 2024, with rows of its own."""
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path))
    return partial(put_known, tmp_path)


def judged_of(known: Known) -> pd.DataFrame:
    return statuses_in_force(known, date(2024, 1, 1))


def test_a_programme_is_led_by_the_newest_figure_of_its_indicator_beside_its_target(small):
    known = small()
    leading = leading_figures(known, judged_of(known)).set_index("programme_id")
    assert leading["indicator_id"]["ocop"] == "ocop_total"
    assert leading.loc["ocop", ["value", "target_id", "share"]].tolist() == [12, "ocop_total-2025-src_001", 1.2]
    assert leading.loc["handicraft", ["value", "source_id", "target_id"]].tolist() == [5_000_000, "src_002", ""]
    assert set(leading["value"].dropna().index) == {"handicraft", "ocop"}


def test_a_later_average_leads_before_the_figure_behind_the_verdict_and_is_no_share_of_the_target(small):
    known = small(observations=[AVERAGE], targets=[SHORT])
    row = leading_figures(known, judged_of(known)).set_index("programme_id").loc["handicraft"]
    assert row[["value", "scope"]].tolist() == [6_000_000, "average_a_year"]
    assert pd.isna(row["share"])
    assert yearly_figures(known, "handicraft_exports")["year"].tolist() == [2022, 2023, 2024]


def test_the_figure_that_readers_see_first_is_the_leading_one_or_a_newer_one_where_no_target_waits_for_it(small):
    newer = figure("handicraft_new_designs", 2024, 30, "designs", "src_003", scope="for_export")
    known = small(observations=[newer])
    shown = shown_figures(known, judged_of(known))
    assert shown.astype({"end": str}).values.tolist() == [
        ["handicraft", "handicraft_new_designs", "for_export", "2024-12-31"],
        ["ocop", "ocop_total", "", "2024-12-31"],
    ]
    with_target = small(observations=[newer], targets=[SHORT])
    assert shown_figures(with_target, judged_of(with_target))["indicator_id"].tolist() == [
        "handicraft_exports",
        "ocop_total",
    ]


def test_the_first_figures_have_a_target_and_stand_in_the_order_of_the_programmes(small):
    known = small()
    leading = leading_figures(known, judged_of(known))
    assert first_with_figure(leading, 1)["programme_id"].tolist() == ["ocop"]
    assert first_with_figure(leading, 6)["programme_id"].tolist() == ["handicraft", "ocop"]


def test_the_targets_of_a_programme_are_counted_once(small):
    again = figure("ocop_total", 2025, 10, "products", "src_002", kind="level")
    known = small(targets=[again, SHORT])
    counts = counts_by_programme(known, judged_of(known))
    assert counts.loc[:, counts.any()].to_dict("index") == {
        "handicraft": {"met": 0, "not_assessable": 1},
        "ocop": {"met": 1, "not_assessable": 0},
    }


def test_what_comes_next_ends_with_the_plan_that_runs_after_the_period(small):
    known = small(targets=[AHEAD])
    assert targets_ahead(known)["target_id"].tolist() == ["ocop_total-2025-src_001"]
    later = Known(known.package, date(2026, 3, 31), date(2025, 12, 31))
    assert targets_ahead(later)["target_id"].tolist() == ["ocop_total-2030-src_003"]
