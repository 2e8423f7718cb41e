"""Figures by quarter, and first figures beside later ones."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from builders import yearly
from promotion_book.statistics.first_figures import revised_pairs


def test_pairs_are_of_revised_figures_and_hold_them_as_printed(context):
    rows = pd.concat([yearly((2020, 8.5), (2021, 8.5)), yearly((2020, 8.46), (2021, 8.16)).assign(source_id="src_002")])
    rows = rows.assign(scope="", known=pd.to_datetime(["2021-12-28"] * 2 + ["2022-12-31"] * 2))
    known = SimpleNamespace(figures=lambda indicator, area: rows, package=context.known.package)
    pairs = revised_pairs(known, "grdp_growth")
    assert pairs.to_dict("records") == [
        {"period": "2021", "first": 8.5, "latest": 8.16, "revision": -0.34, "source_ids": ("src_001", "src_002")}
    ]


def test_what_was_expected_before_the_last_days_of_a_period_is_no_first_announcement(context):
    rows = pd.concat([yearly((2021, 8.5)), yearly((2021, 8.3)), yearly((2021, 8.16))])
    rows = rows.assign(scope="", known=pd.to_datetime(["2021-12-02", "2021-12-28", "2022-12-31"]))
    known = SimpleNamespace(figures=lambda indicator, area: rows, package=context.known.package)
    assert revised_pairs(known, "grdp_growth")[["first", "latest"]].to_dict("records") == [
        {"first": 8.3, "latest": 8.16}
    ]
