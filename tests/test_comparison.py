"""Figures by quarter, and first figures beside later ones."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from builders import yearly
from promotion_book.statistics.first_figures import revised_pairs


def test_only_revised_figures_are_pairs(context):
    rows = pd.concat(
        [yearly((2020, 8.5), (2021, 3.94)), yearly((2020, 8.46), (2021, 3.98)).assign(source_id="src_002")]
    )
    rows = rows.assign(scope="", known=pd.to_datetime(["2021-01-01"] * 2 + ["2022-01-01"] * 2))
    known = SimpleNamespace(figures=lambda indicator, area: rows, package=context.known.package)
    pairs = revised_pairs(known, "grdp_growth")
    assert pairs.to_dict("records") == [
        {"period": "2021", "first": 3.94, "latest": 3.98, "printed": 3.98, "source_ids": ("src_001", "src_002")}
    ]
