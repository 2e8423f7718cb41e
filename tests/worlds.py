"""Small worlds: what an edition knows of a few targets and figures that a test makes up, with Hanoi's sources and names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd

from promotion_book.facts import Known, Package, parse
from promotion_book.report.context import Context
from promotion_book.words.language import Language

NUMBERS = ("value", "low", "high", "base_year", "base_value", "tolerance")
USUAL = {"area": "hanoi", "checked": "confirmed", "status": "actual", "reading": "at_least", "path": "linear"}


def table(package: Package, name: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Rows of the observations or the targets: confirmed figures of Hanoi, empty where nothing is said."""
    columns = list(package[name].columns)
    made = []
    for number, row in enumerate(rows):
        period = parse(str(row["period"]))
        days = {"period_start": pd.Timestamp(period.start), "period_end": pd.Timestamp(str(period.end))}
        empty = (
            dict.fromkeys(columns, "")
            | dict.fromkeys(NUMBERS, float("nan"))
            | {"known_on": pd.NaT, "plan_start": pd.NaT}
        )
        made.append(empty | USUAL | days | dict(row) | {columns[0]: f"{name}-{number}"})
    frame = pd.DataFrame(made, columns=columns)
    types = {column: package[name][column].dtype for column in columns}
    return frame.astype(types)


def world(
    package: Package,
    targets: Iterable[Mapping[str, object]],
    observations: Iterable[Mapping[str, object]] = (),
    until: date = date(2023, 12, 31),
    **changed: pd.DataFrame,
) -> Context:
    """What is known three months after `until`; exchange rates, sources and indicators are those of Hanoi."""
    rates = package["observations"].query("indicator_id == 'exchange_rate'")
    observed = table(package, "observations", observations)
    tables = {
        "targets": table(package, "targets", targets),
        "observations": pd.concat([observed, rates]) if len(observed) else rates,
    }
    small = replace(package, tables={**package.tables, **tables, **changed})
    return Context(Known(small, date(until.year + 1, 3, 31), until), Language("en"))


def knowing(context: Context, series: pd.DataFrame, plans: pd.DataFrame | None = None) -> Context:
    """A context in which every indicator has this series and these plans."""
    known = SimpleNamespace(
        series=lambda indicator, **wanted: plans if wanted.get("plans") else series,
        package=context.known.package,
        indicators=context.known.indicators,
        on=context.known.on,
    )
    return Context(known, Language("en"))


def target(period: str, value: float, **rest: object) -> dict[str, object]:
    """A target of the products of OCOP, as a row of its table."""
    shared = {"indicator_id": "ocop_total", "kind": "level", "unit": "products", "source_id": "seed_002"}
    return {**shared, "period": period, "value": value, **rest}


def figure(period: str, value: float, **rest: object) -> dict[str, object]:
    """A figure of the products of OCOP, as a row of its table."""
    shared = {"indicator_id": "ocop_total", "unit": "products", "source_id": "seed_002"}
    return {**shared, "period": period, "value": value, **rest}
