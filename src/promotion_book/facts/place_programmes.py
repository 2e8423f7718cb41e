"""Which programmes a place has: of all that the vocabulary names, those on which its tables say something."""

from __future__ import annotations

import pandas as pd

from promotion_book.facts.package import Package


def told_programmes(package: Package) -> pd.DataFrame:
    """The rows of the table of programmes of which the place has a target, a figure or a measure, in their order."""
    rows, of = package["programmes"], package["indicators"].set_index("indicator_id")["programme_id"]
    measured = pd.concat([package["targets"]["indicator_id"], package["observations"]["indicator_id"]]).map(of)
    rows = rows[rows["programme_id"].isin({*measured, *package["measures"]["programme_id"]})]
    return rows.sort_values("position", kind="stable", na_position="last", ignore_index=True)


def place_programmes(package: Package) -> pd.DataFrame:
    """The programmes of the place itself, without the context around them and the rules, in their order."""
    rows = told_programmes(package)
    return rows[rows["role"] == "programme"].reset_index(drop=True)
