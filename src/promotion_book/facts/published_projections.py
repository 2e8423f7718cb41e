"""What published editions projected: the one input of a page that comes from the published site.

    PROMOTION_BOOK_SITE=_site       the site, or a folder that holds these files of it:
        hanoi/2024/r0/en/notebooks/results/earlier_projections/projections.csv

The first revision of an edition counts, since a later one may have seen the outcome. The table `forecast_vintages`
of a package speaks only for editions that are older than the first published one that is at hand. Without a site it
speaks alone.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from promotion_book.facts.calendar import edition
from promotion_book.facts.package import Package, PackageError, cast_columns
from promotion_book.facts.structure import cells

SITE_VARIABLE = "PROMOTION_BOOK_SITE"
TABLE = "forecast_vintages"
NEEDED = ("period", "cut_off", "indicator_id", "method", "origin_year", "target_year", "value")
FILE = "notebooks/results/earlier_projections/projections.csv"


def add_published_projections(package: Package) -> Package:
    """A package whose table of vintages holds what published editions projected.

    Raises:
        PackageError: a file of them cannot be read.
    """
    folder = os.environ.get(SITE_VARIABLE)
    files = projection_files(Path(folder) / package.place) if folder else {}
    if not files:
        return package
    first = min(edition(package, period).cut_off for period in files)
    older = package.tables[TABLE][package.tables[TABLE]["cut_off"] < pd.Timestamp(first)]
    rows = [older, *(_projections(package, period, path=path) for period, path in files.items())]
    vintages = pd.concat([table for table in rows if len(table)] or rows[:1], ignore_index=True)
    return replace(package, tables={**package.tables, TABLE: vintages}, published=frozenset(files))


def projection_files(place: Path) -> Mapping[str, Path]:
    """The projections of the first revisions in the folder of a place, by period; they are the same in all languages."""
    found: dict[str, Path] = {}
    for path in sorted(place.glob(f"*/r0/*/{FILE}")):
        found.setdefault(path.relative_to(place).parts[0], path)
    return found


def not_at_hand(package: Package, on: date) -> list[str]:
    """The periods of the calendar with a cut-off before a day whose projections are neither published nor in the table."""
    calendar, held = package["release_calendar"], {*package[TABLE]["period"], *package.published}
    return [period for period in calendar.loc[calendar["cut_off"] < pd.Timestamp(on), "period"] if period not in held]


def _projections(package: Package, period: str, *, path: Path) -> pd.DataFrame:
    """The projections of an edition as the first version of it in the table; columns that it lacks are empty."""
    schema = package.schemas[TABLE]
    try:
        rows = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
        lacks = [name for name in NEEDED if name not in rows]
        if lacks:
            raise ValueError(f"no column {lacks[0]}")
        rows = rows.assign(version="1", line=range(2, len(rows) + 2)).reindex(
            columns=[*schema.names, "line"], fill_value=""
        )
        wrong = [str(finding) for finding in cells(replace(schema, path=FILE), rows)]
        if wrong or set(rows["period"]) - {period}:
            raise ValueError(wrong[0] if wrong else f"not of {period}")
        return cast_columns(schema, rows.drop(columns="line"))
    except (OSError, ValueError) as error:
        raise PackageError(f"{path}: cannot be read as projections ({error})") from error
