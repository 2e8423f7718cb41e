"""What the parts of a place report: outcomes of one level, of the parts that there were."""

from __future__ import annotations

import pandas as pd
from worlds import world

from promotion_book.statistics.roll_up import figures_of_parts

AREAS = {"north": "district", "south": "district", "hill": "commune", "gone": "district"}
SAID = {"indicator_id": "ocop_total", "period": "2023", "source_id": "seed_002"}


def parts(package, *figures: dict[str, object]) -> tuple[list[tuple[str, float]], list[str]]:
    """The areas that report the products of OCOP with what they report, and those that there were."""
    rows = [{"area_id": name, "parent": "hanoi", "level": level} for name, level in AREAS.items()]
    areas = pd.DataFrame(rows).assign(valid_from=pd.NaT, valid_to=pd.NaT)
    areas.loc[areas["area_id"] == "gone", "valid_to"] = pd.Timestamp(2022, 12, 31)
    known = world(package, [], [SAID | figure for figure in figures], areas=areas).known
    found, expected = figures_of_parts(known, ["ocop_total"], period="2023")
    return [*found[["area", "value"]].itertuples(index=False, name=None)], [*expected["area"]]


def test_the_higher_level_that_reports_counts_and_plans_and_narrower_figures_do_not(package):
    there = ["north", "south", "hill"]
    commune = {"area": "hill", "value": 2.0}
    others = [
        {"area": "south", "value": 7.0, "status": "plan"},
        {"area": "south", "value": 1.0, "scope": "women"},
        {"area": "gone", "value": 9.0},
    ]
    assert parts(package, commune, *others) == ([("hill", 2.0)], there)
    assert parts(package, commune, {"area": "north", "value": 5.0}, *others) == ([("north", 5.0)], there)
