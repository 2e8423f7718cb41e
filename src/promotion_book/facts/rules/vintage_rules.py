"""Is the table of earlier projections as it was made? Its numbers fit each other, the calendar and the indicators."""

from __future__ import annotations

from collections.abc import Iterator

from promotion_book.facts.findings import Finding
from promotion_book.facts.rules import Tables, follow, numbers, report, rule

ORDER = ["low95", "low80", "value", "high80", "high95"]
FIGURES = "found {low95} {low80} {value} {high80} {high95}; allowed "
ONE = ["period", "indicator_id", "method", "target_year"]
ACTION = "; restore the row as it was published"


@rule
def ranges_lie_one_in_the_other(tables: Tables) -> Iterator[Finding]:
    """low95 <= low80 <= value <= high80 <= high95, and all within the limits of the indicator."""
    rows = tables["forecast_vintages"]
    figures = rows[ORDER].apply(numbers)
    turned = (figures.ffill(axis=1).diff(axis=1) < 0).any(axis=1)
    yield from report(rows[turned], "forecast_vintages:value: range: " + FIGURES + " <= ".join(ORDER) + ACTION)
    for low, high in (("low80", "high80"), ("low95", "high95")):
        half = (rows[low] == "") != (rows[high] == "")
        yield from report(
            rows[half], f"forecast_vintages:{low}: range: " + FIGURES + "both ends of a range, or none" + ACTION
        )
    for limit, beyond in (("limit_low", figures.lt), ("limit_high", figures.gt)):
        bound = numbers(follow(tables, f"indicators.{limit}", keys=rows["indicator_id"]))
        line = "forecast_vintages:value: outside-limits: " + FIGURES + limit + " {bound:g}" + ACTION
        yield from report(rows.assign(bound=bound)[beyond(bound, axis=0).any(axis=1)], line)


@rule
def years_fit_each_other(tables: Tables) -> Iterator[Finding]:
    """A projection looks from the last year known at its cut-off day to its target year."""
    rows = tables["forecast_vintages"]
    years = rows[["origin_year", "target_year", "years_ahead"]].apply(numbers)
    years, ahead = years.where(years > 0), years["target_year"] - years["origin_year"]
    rows = rows.assign(ahead=ahead, cut_off_year=rows["cut_off"].str[:4])
    yield from report(
        rows[years.notna().all(axis=1) & (ahead != years["years_ahead"])],
        "forecast_vintages:years_ahead: years: found {years_ahead}; allowed {ahead:g}, from origin_year to target_year"
        + ACTION,
    )
    yield from report(
        rows[years["origin_year"].notna() & (rows["origin_year"] > rows["cut_off_year"])],
        "forecast_vintages:origin_year: years: found {origin_year}; allowed up to {cut_off_year}, "
        "the year of the cut-off day" + ACTION,
    )


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
