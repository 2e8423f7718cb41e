"""Which programmes a place has: of all that the vocabulary names, those on which its tables say something."""

from __future__ import annotations

import pandas as pd

from promotion_book.facts.package import Package


def place_programmes(package: Package) -> pd.DataFrame:
    """The rows of the table of programmes of which the place has a target, a figure or a measure, in their order."""
    rows, of = package["programmes"], package["indicators"].set_index("indicator_id")["programme_id"]
    measured = pd.concat([package["targets"]["indicator_id"], package["observations"]["indicator_id"]]).map(of)
    named = {*measured, *package["measures"]["programme_id"]}
    rows = rows[(rows["role"] == "programme") & rows["programme_id"].isin(named)]
    return rows.sort_values("position", kind="stable", na_position="last", ignore_index=True)
