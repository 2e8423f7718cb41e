"""What each edition projected, and how that did once the years had come.

A vintage is what an edition projected from what it knew: `projections(known, period)` gives them, as
`outlook.indicator_outlook` projects every yearly series that allows it. A published
edition has its own among its results, and `facts.published_projections` puts them into the table `forecast_vintages`;
`scores(known)` sets those of earlier editions against what is observed now. The method
of a row says how it was made: `projected` as now, `combined` by the earlier way, by which the mean of fixed
methods was the central line and a running total was projected itself instead of what each year adds to it.

Only whole years count, and only the place's own figures. Running totals, yearly amounts and levels are
scored apart. Errors are shares of the last figure that was known, which is also the naive forecast.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from promotion_book.facts import Known
from promotion_book.scenarios.backtest import FIRST_ORIGIN, rolling_origin
from promotion_book.scenarios.forecasts import Floats, Method
from promotion_book.scenarios.outlook import figures_and_additions, indicator_outlook, outlook
from promotion_book.scenarios.predictive import FURTHEST
from promotion_book.scenarios.scores import weighted_interval_score
from promotion_book.scenarios.whole_years import whole_years
from promotion_book.statistics.refusal import Refused

PROJECTED, EARLIER_WAY = "projected", "combined"
METHODS = (PROJECTED, "naive", "drift")
GROUPS = ["kind", "way", "years_ahead"]
SCORED = {"cumulative": "total", "flow": "flow", "level": "level", "index": "level"}
BOUNDS = ["low80", "high80", "low95", "high95"]
PAIR = ["indicator_id", "origin_year", "target_year"]
OUTCOME = ["indicator_id", "target_year", "outcome", "status", "source_id"]
COLUMNS = ["period", "cut_off", "indicator_id", "method", *PAIR[1:], "years_ahead", "value", *BOUNDS]
QUANTILES = {"low95": 0.025, "low80": 0.1, "value": 0.5, "high80": 0.9, "high95": 0.975}
DIGITS = 6


def candidates(known: Known) -> list[str]:
    """The indicators whose figures form a yearly series of amounts: no shares, no growth rates."""
    rows = known.indicators
    return list(rows.index[(rows["series"] == "yes") & rows["kind"].isin(SCORED)])


def projection(known: Known, indicator: str) -> pd.DataFrame:
    """What the fixed methods give for the next years, as far as ranges reach; one row a method and year.

    Columns: indicator_id, method, origin_year, target_year, years_ahead, value, and the bounds low80, high80, low95
    and high95 of the projection, in the unit of the indicator. Numbers have six significant digits.

    Raises:
        Refused: what `outlook` refuses.
    """
    last = int(max(whole_years(known, indicator).index, default=0))
    found = indicator_outlook(known, indicator, until=last + FURTHEST)
    if found.forecast is None:
        raise Refused(found.reason)
    lines = found.forecast.reset_index(drop=True)
    ahead = np.arange(1, FURTHEST + 1)
    key = {"indicator_id": indicator, "origin_year": last, "target_year": last + ahead, "years_ahead": ahead}
    rows = [pd.DataFrame({**key, "method": name, "value": lines[name]}) for name in METHODS]
    return pd.concat([rows[0].join(lines[BOUNDS]), *rows[1:]], ignore_index=True).pipe(_rounded)


def _rounded(rows: pd.DataFrame) -> pd.DataFrame:
    """Six significant digits: what a table keeps is the same on every machine, and no figure is known better."""
    return rows.assign(**{name: [float(f"{x:.{DIGITS}g}") for x in rows[name]] for name in ("value", *BOUNDS)})


def projections(known: Known, period: str) -> tuple[pd.DataFrame, pd.Series[str]]:
    """The vintages of an edition, and why other series that have figures are not projected.

    The first is `projection` of every series that allows it, with `period` and `cut_off`; the second gives the reason by
    indicator.
    """
    found, reasons = [pd.DataFrame(columns=COLUMNS)], {}
    for indicator in candidates(known):
        try:
            found += [projection(known, indicator).assign(period=period, cut_off=pd.Timestamp(known.on))[COLUMNS]]
        except Refused as refusal:
            reasons[indicator] = refusal.reason
    refused = pd.Series(reasons, dtype=object)
    return pd.concat(found[1:] or found, ignore_index=True), refused[refused != "no_figure"]


def earlier(known: Known) -> pd.DataFrame:
    """The archived projections of earlier editions, one row a series, origin and year projected.

    An earlier edition is one with an earlier cut-off day. Of an edition that was published again with other numbers the
    first version counts, since a later one may have seen the outcome. A projection that a later edition repeats
    without a change is there once, as that of the first of them.

    Columns: period, cut_off, indicator_id, origin_year, target_year, years_ahead, way (`projected` or `combined`), value, low80,
    high80, low95, high95, naive and drift.
    """
    rows = known.package["forecast_vintages"]
    rows = rows[(rows["version"] == 1) & (rows["cut_off"] < pd.Timestamp(known.on))]
    key = ["period", "cut_off", *PAIR, "years_ahead"]
    rows = rows.astype(dict.fromkeys(["origin_year", "target_year", "years_ahead"], int))
    by_method = rows.pivot(index=key, columns="method", values="value").reindex(columns=["naive", "drift"])
    main = rows[rows["method"].isin((PROJECTED, EARLIER_WAY))].rename(columns={"method": "way"})
    main = main.set_index(key)[["way", "value", *BOUNDS]]
    wide = main.join(by_method).reset_index().sort_values(["cut_off", *PAIR], kind="stable")
    return wide.drop_duplicates([*PAIR, "value"], ignore_index=True)


def outcomes(known: Known, indicators: Iterable[str]) -> pd.DataFrame:
    """The whole years observed: indicator_id, target_year, outcome, status, source_id."""
    found = [whole_years(known, name).assign(indicator_id=name) for name in indicators]
    if not found:
        return pd.DataFrame(columns=OUTCOME)
    rows = pd.concat(found).rename(columns={"value": "outcome"}).reset_index(names="target_year")
    return rows[OUTCOME]


def compare_with_outcomes(known: Known) -> pd.DataFrame:
    """`earlier` with outcome, status and source_id of the year projected, missing where it is not observed."""
    rows = earlier(known)
    if rows.empty:
        return rows.assign(outcome=[], status=[], source_id=[])
    found = outcomes(known, dict.fromkeys(rows["indicator_id"]))
    return rows.merge(found, on=["indicator_id", "target_year"], how="left", validate="many_to_one")


def scores(known: Known) -> pd.DataFrame:
    """How did each projection of an earlier edition do whose year is observed now?

    The rows of `compared` that have an outcome, with kind (total, flow or level), error_projected, error_naive and
    error_drift (the outcome less the projection, as a share of the last figure known then), inside80 and inside95
    (whether the range held the outcome), score (the weighted interval score, as the same share), and hindsight: whether
    the outcome's year was over on the release day of the edition, so that the projection was computed later.
    """
    rows = compare_with_outcomes(known).dropna(subset=["outcome"]).reset_index(drop=True)
    start, kind = rows["naive"], rows["indicator_id"].map(known.indicators["kind"]).map(SCORED)
    errors = {
        f"error_{name}": (rows["outcome"] - rows[column]) / start
        for name, column in zip(METHODS, ("value", "naive", "drift"), strict=True)
    }
    inside = {
        f"inside{level}": rows["outcome"].between(rows[f"low{level}"], rows[f"high{level}"]) for level in (80, 95)
    }
    quantiles = rows[list(QUANTILES)].to_numpy(dtype=np.float64)
    score = weighted_interval_score(rows["outcome"], quantiles, probabilities=list(QUANTILES.values())) / start
    return rows.assign(kind=kind, **errors, **inside, score=score, hindsight=_hindsight(known, rows))


def _hindsight(known: Known, rows: pd.DataFrame) -> pd.Series[bool]:
    """Whether the year projected was over on the edition's release day; an edition without such a day counts too."""
    calendar = known.package["release_calendar"].set_index("period")["release_on"]
    ends = pd.to_datetime(rows["target_year"].astype(str) + "-12-31", format="%Y-%m-%d")
    return ~(rows["period"].map(calendar) <= ends)


def summary(scored: pd.DataFrame) -> pd.DataFrame:
    """How far off were earlier projections, and did their ranges hold the outcomes?

    One row per kind, way and years ahead: the columns of `mean_errors`, the number of outcomes inside80 and inside95, and
    the mean score. `scored` is a table of `scores`.
    """
    groups = scored.groupby(GROUPS)
    return mean_errors(scored).assign(
        inside80=groups["inside80"].sum(), inside95=groups["inside95"].sum(), score=groups["score"].mean()
    )


def mean_errors(scored: pd.DataFrame) -> pd.DataFrame:
    """How far off was each method on average, and how much less than the naive forecast?

    One row per kind (totals first, then flows and levels), way and years ahead. Columns: pairs and series, their numbers;
    projected, naive and drift, the mean absolute errors as shares of the last figure known then; ratio, missing where
    the naive forecast made no error.

    .. math:: r = \\frac{\\sum_j |y_j - f_j| / n_j}{\\sum_j |y_j - n_j| / n_j}

    Symbols: $y_j$ is the outcome of pair $j$, $f_j$ the projection and $n_j$ the last figure known when it was made,
    which is the naive forecast; $r$ is the ratio.
    Source: a rule of this report; the errors are scaled because the figures have different units.
    """
    groups = scored.groupby(GROUPS)
    means = {name: scored[f"error_{name}"].abs().groupby([scored[key] for key in GROUPS]).mean() for name in METHODS}
    table = pd.DataFrame({"pairs": groups.size(), "series": groups["indicator_id"].nunique(), **means})
    table = table.assign(ratio=table["projected"] / table["naive"].where(table["naive"] > 0))
    return table.reindex(list(dict.fromkeys(SCORED.values())), level="kind")


def backtest(known: Known, indicators: Iterable[str]) -> pd.DataFrame:
    """How far off would the methods have been on the series as they are known now? The columns of `mean_errors`.

    Every series is cut after each of its years, and the methods do not see the rest. `indicators` are those of which
    `projection` is not refused; a cut after which it would have been has no row, and neither has a series that is too short to be cut.
    """
    columns = ["indicator_id", *GROUPS, *(f"error_{name}" for name in METHODS)]
    found = [pd.DataFrame({column: [] for column in columns})]
    for indicator in dict.fromkeys(indicators):
        figures, added = figures_and_additions(known, indicator)
        methods = {name: _cut(figures, added, name=name) for name in METHODS}
        kind = SCORED[known.indicators["kind"][indicator]]
        tables = rolling_origin(figures, methods) if len(figures) > FIRST_ORIGIN else {}
        for years, table in tables.items():
            errors = {f"error_{name}": (table["actual"] - table[name]) / table["naive"] for name in METHODS}
            about = {"indicator_id": indicator, "kind": kind, "way": PROJECTED, "years_ahead": years}
            found += [pd.DataFrame({**about, **errors}).dropna()]
    rows = pd.concat(found[1:] or found, ignore_index=True)
    return mean_errors(rows)


def _cut(figures: pd.Series[float], added: pd.Series[float] | None, *, name: str) -> Method:
    """A line of the outlook as a method that is shown the first figures of a series; missing where that is refused."""

    def method(shown: ArrayLike, horizon: int) -> Floats:
        past = figures.iloc[: len(np.asarray(shown))]
        last, years = int(past.index[-1]), min(horizon, FURTHEST)
        found = outlook(past, last + years, None if added is None else added[added.index <= last])
        line = np.full(years, np.nan) if found.forecast is None else found.forecast[name].to_numpy()
        return np.pad(line, (0, horizon - years), constant_values=np.nan)

    return method
