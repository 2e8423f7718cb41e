"""Is the table of earlier projections as it was made? Its numbers fit each other, the calendar and the indicators."""

from __future__ import annotations

from collections.abc import Iterator

from promotion_book.facts.findings import Finding
from promotion_book.facts.rules import Tables, follow, numbers, report, rule

ONE = ["period", "indicator_id", "method", "target_year"]
ACTION = "; restore the row as it was published"


@rule
def editions_are_those_of_the_calendar(tables: Tables) -> Iterator[Finding]:
    """A projection belongs to an edition that the calendar announces, with its cut-off day; told at its first row."""
    rows = tables["forecast_vintages"].drop_duplicates(["period", "cut_off"])
    rows = rows.assign(announced=follow(tables, "release_calendar.cut_off", keys=rows["period"]))
    known = rows["period"].isin(tables["release_calendar"]["period"])
    yield from report(
        rows[~known],
        "forecast_vintages:period: edition: found {period!r}; allowed an edition of release_calendar.csv" + ACTION,
    )
    yield from report(
        rows[known & (rows["announced"] != rows["cut_off"])],
        "forecast_vintages:cut_off: edition: found {cut_off}; allowed {announced}, as in release_calendar.csv" + ACTION,
    )


@rule
def versions_have_no_gap(tables: Tables) -> Iterator[Finding]:
    """The versions of a projection are 1, 2, 3 and so on."""
    rows = tables["forecast_vintages"]
    version = numbers(rows["version"])
    expected = version.groupby([rows[name] for name in ONE]).rank(method="first")
    line = "forecast_vintages:version: version: found {version}; allowed {expected:g}" + ACTION
    yield from report(rows.assign(expected=expected)[expected != version], line)
