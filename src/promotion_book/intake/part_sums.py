"""Forms of parts of a place, as of its districts: what they add up to, and which parts are missing.

Only what is counted, and money, adds up. The whole is a figure of the place where every part has one and the place has
none of its own; until then it is said what the parts make together and which are missing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from promotion_book.facts import Package
from promotion_book.facts.periods import parse
from promotion_book.facts.rows import each
from promotion_book.intake.new_rows import STATEMENT, NewRows
from promotion_book.words.language import LANGUAGES
from promotion_book.words.translation import load_language

ADDED_UP = ("flow", "cumulative", "level")
DIMENSIONS = ("count", "money")
UNCERTAIN = ("actual", "to_date", "provisional", "estimate")  # a sum is as uncertain as the last of these in it
COLUMNS = ["indicator_id", "period", "value", "status", "given", "missing", "sources", "whole"]


def part_sums(package: Package, observations: pd.DataFrame) -> pd.DataFrame:
    """What the parts of a place make together, of every indicator and period of which a new row is of a part.

    Args:
        observations: new rows, as texts.

    Returns:
        A row an indicator and period: `value` (the sum, a text), `status`, `given` and `missing` (lists of areas),
        `sources` (a list) and `whole` (whether the place has a figure of its own).
    """
    areas, of = package["areas"], package["indicators"].set_index("indicator_id")
    dimension = of["unit"].map(package["units"].set_index("unit_id")["dimension"])
    adding = of.index[of["kind"].isin(ADDED_UP) & dimension.isin(DIMENSIONS)]
    new = observations[observations["area"].isin(areas.loc[areas["parent"] == package.area, "area_id"])]
    new = new[new["indicator_id"].isin(adding)].merge(areas[["area_id", "level"]], left_on="area", right_on="area_id")
    columns = [*STATEMENT, "scope", "status", "value", "source_id"]
    rows = pd.concat([package.texts["observations"][columns], observations.reindex(columns=columns, fill_value="")])
    rows = rows[(rows["status"] != "plan") & (rows["scope"] == "") & (rows["value"] != "")].drop_duplicates(
        STATEMENT, keep="last"
    )
    found = []
    for row in each(new.drop_duplicates(["indicator_id", "period", "level"])):
        parts = _parts(areas, package.area, level=row.level, day=pd.Timestamp(str(parse(row.period).end)))
        same = rows[(rows["indicator_id"] == row.indicator_id) & (rows["period"] == row.period)]
        given = same[same["area"].isin(parts)]
        found.append(
            {
                "indicator_id": row.indicator_id,
                "period": row.period,
                "value": f"{sum(map(Decimal, given['value']), Decimal()).normalize():f}",
                "status": max(given["status"], key=UNCERTAIN.index),
                "given": list(given["area"]),
                "missing": [area for area in parts if area not in set(given["area"])],
                "sources": list(dict.fromkeys(given["source_id"])),
                "whole": bool((same["area"] == package.area).any()),
            }
        )
    return pd.DataFrame(found, columns=COLUMNS)


def _parts(areas: pd.DataFrame, place: str, *, level: str, day: pd.Timestamp) -> list[str]:
    """The parts of a place of a level that there are on a day."""
    since, until = areas["valid_from"].fillna(day) <= day, areas["valid_to"].fillna(day) >= day
    return areas.loc[(areas["parent"] == place) & (areas["level"] == level) & since & until, "area_id"].tolist()


def with_sums(package: Package, added: NewRows, *, received: date) -> NewRows:
    """The new rows with the sums of parts that are all there, as figures of the place of a source of their own."""
    sums = part_sums(package, added.observations)
    sums = sums[~sums["whole"].astype(bool) & (sums["missing"].map(len) == 0)]
    if sums.empty:
        return added
    ids = pd.concat([package.texts["sources"]["source_id"], added.sources["source_id"]])
    number = ids.str.extract(r"^sum_(\d+)$", expand=False).dropna().astype(int).max()
    source_id = f"sum_{1 if pd.isna(number) else int(number) + 1:03}"
    rows = pd.DataFrame([_whole(package, row, source_id) for row in each(sums)])
    whole = rows.reindex(columns=added.observations.columns, fill_value="")
    source = _source(package, source_id, sums, received=received)
    return replace(
        added,
        sources=pd.concat([added.sources, pd.DataFrame([source])], ignore_index=True),
        observations=pd.concat([added.observations, whole], ignore_index=True),
    )


def _whole(package: Package, row: Any, source_id: str) -> dict[str, str]:
    when = parse(row.period)
    return {
        "observation_id": f"{row.indicator_id}-{row.period.lower()}-{source_id}",
        "indicator_id": row.indicator_id,
        "area": package.area,
        "period": row.period,
        "period_start": str(when.start),
        "period_end": str(when.end),
        "value": row.value,
        "unit": package.row("indicators", row.indicator_id)["unit"],
        "status": row.status,
        "source_id": source_id,
        "checked": "confirmed",
    }


def _source(package: Package, source_id: str, sums: pd.DataFrame, *, received: date) -> dict[str, str]:
    sources = ", ".join(dict.fromkeys(name for names in sums["sources"] for name in names))
    areas, periods = max(map(len, sums["given"])), ", ".join(dict.fromkeys(sums["period"]))
    notes = {
        f"note_{code}": load_language(code).text(
            "Computed: the sum of the figures of all parts, from {sources}.", sources=sources
        )
        for code in LANGUAGES
    }
    return {
        "source_id": source_id,
        "title": load_language("vi").text(
            "Sum of the figures of {areas} areas for {period} ({id})", areas=areas, period=periods, id=source_id
        ),
        "publisher": package.place_name("vi"),
        "type": "agency_report",
        "published_on": str(received),
        "precision": "day",
        **notes,
    }
