"""How far do ranges and chances hold for series that they were not made from?

    python benchmarks/calibration.py FOLDER             # prints the tables of the methods page, in half a minute
    python benchmarks/calibration.py FOLDER --tables    # prints src/promotion_book/scenarios/reference_errors.py

FOLDER holds the yearly series of the M1, M3 and tourism competitions as m1_yearly.csv, m3_yearly.csv and
tourism_yearly.csv, with the columns `known` and `later`: the figures that the forecasters were given, and those that
were kept from them, separated by spaces. The R packages Mcomp and Tcomp hold these series; the project does not.

Tables are fitted on two of the sets and tested on the third, in turn. Only the two constants of `predictive.scale` were
chosen on all three.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from promotion_book.scenarios.forecasts import Floats, Method, ahead, combine, drift, naive, theta
from promotion_book.scenarios.predictive import FEWEST, FURTHEST, LONGEST_ROW, NO_VARIATION, scale

Flags = NDArray[np.bool_]
Words = NDArray[np.str_]
SETS = {"m1": "M1", "m3": "M3", "tourism": "Tourism"}
PROBABILITIES = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99)
HALF = PROBABILITIES.index(0.5)
STEADY = 2.0
SCORED = 4
KNOWN = {"5 figures": 5, "7 figures": 7, "10 figures": 10, "all figures": None}
DAMPING = 0.85


def log_drift(y: ArrayLike, horizon: int) -> Floats:
    """The average past growth goes on: `drift` of the logarithm."""
    return np.asarray(np.exp(drift(np.log(y), horizon)))


def damped_drift(y: ArrayLike, horizon: int) -> Floats:
    """The average yearly change goes on and fades, each year to 0.85 of the one before."""
    latest = naive(y, horizon)
    return np.asarray(latest + (drift(y, 1) - latest[:1]) * np.cumsum(DAMPING ** ahead(horizon)))


METHODS: dict[str, Method] = {
    "no change": naive,
    "past change continued": drift,
    "past growth continued": log_drift,
    "past change, fading": damped_drift,
    "Theta": theta,
    "mean of past change, fading change and Theta": lambda y, h: (drift(y, h) + damped_drift(y, h) + theta(y, h)) / 3,
    "combined": combine,
}
MODULE = '''"""How far, in scales, the outcomes of the reference series lay from their line; `predictive` says what that is.

Printed by `python benchmarks/calibration.py FOLDER --tables` from all three competitions. By the number of figures known
(4 to 10), and one row a year ahead (1 to 6).

SHIFTS: the median error of the combined line. YEARLY: the quantiles of the errors around the line that is moved by it,
at PROBABILITIES. SUMS: the same for the sums of the years up to that one.
"""

PROBABILITIES = {probabilities}
'''


@dataclass(frozen=True, eq=False)
class Series:
    """A yearly series of a competition: the figures that were known, and the later ones."""

    competition: str
    known: Floats
    later: Floats


def read(folder: Path) -> list[Series]:
    """The series of the three competitions."""
    tables = {title: pd.read_csv(folder / f"{name}_yearly.csv") for name, title in SETS.items()}
    return [
        Series(title, *(np.array(cell.split(), dtype=float) for cell in cells))
        for title, table in tables.items()
        for cells in zip(table["known"], table["later"], strict=True)
    ]


@dataclass(frozen=True, eq=False)
class Sample:
    """Series cut to as many figures, and the 6 years that followed: one row a series, one column a year ahead.

    `line` is the combined line and `scale` that of the figures; `steady` tells whether their growth hardly varied.
    """

    competition: Words
    line: Floats
    outcome: Floats
    scale: Floats
    steady: Flags

    def of(self, rows: Flags) -> Sample:
        """Some of the rows."""
        return Sample(*(getattr(self, field.name)[rows] for field in fields(self)))

    def errors(self, shifts: Floats, summed: bool = False) -> Floats:
        """The log errors, in scales, of the line moved by so many scales; of yearly figures or of their sums."""
        moved, outcome = self.line * np.exp(shifts * self.scale[:, None]), self.outcome
        if summed:
            moved, outcome = moved.cumsum(axis=1), outcome.cumsum(axis=1)
        return np.asarray(np.log(outcome / moved) / self.scale[:, None])


def sample(series: list[Series], known: int) -> Sample:
    """The last 6 years of each series and the `known` figures before them; what `yearly` refuses is left out."""
    rows = []
    for one in series:
        values = np.concatenate([one.known, one.later])
        if len(values) < known + FURTHEST:
            continue
        figures, outcome = values[-known - FURTHEST : -FURTHEST], values[-FURTHEST:]
        line, growth = combine(figures, FURTHEST), np.diff(np.log(figures))
        if growth.std(ddof=1) > NO_VARIATION and (line > 0).all():
            steady = abs(growth.mean()) > STEADY * growth.std(ddof=1)
            rows.append((one.competition, line, outcome, scale(figures), steady))
    return Sample(*(np.array(column) for column in zip(*rows, strict=True)))


@dataclass(frozen=True, eq=False)
class Tables:
    """What is fitted for one number of figures: shifts (years), and errors (years, probabilities)."""

    shifts: Floats
    yearly: Floats
    sums: Floats


def fit(given: Sample) -> Tables:
    """The median error of the line, and the quantiles of the errors once the line is moved by it."""
    shifts = np.median(given.errors(np.zeros(FURTHEST)), axis=0)
    return Tables(shifts, *(_quantiles(given.errors(shifts, summed)) for summed in (False, True)))


def _quantiles(errors: Floats) -> Floats:
    """By years ahead. The median is zero; of sums it is so but for a few hundredths, so that projections add up."""
    found = np.quantile(errors, PROBABILITIES, axis=0).T
    found[:, HALF] = 0
    return np.asarray(found)


def tested(samples: Mapping[int, Sample], summed: bool) -> pd.DataFrame:
    """Each competition against the tables of the two others, one row a series, number of figures and year ahead.

    Columns: competition, steady, ahead, and by its probability whether the outcome lay below each quantile.
    """
    found = []
    for given in samples.values():
        for name in SETS.values():
            own = given.competition == name
            tables, left_out = fit(given.of(~own)), given.of(own)
            errors, quantiles = left_out.errors(tables.shifts, summed), tables.sums if summed else tables.yearly
            for year in range(FURTHEST):
                below = pd.DataFrame(errors[:, [year]] < quantiles[year], columns=list(PROBABILITIES))
                found.append(below.assign(competition=name, steady=left_out.steady, ahead=year + 1))
    return pd.concat(found, ignore_index=True)


def held(rows: pd.DataFrame, level: float) -> pd.Series[bool]:
    """Whether the range of a level held each outcome."""
    low, high = ((1 - level) / 2, (1 + level) / 2)
    return rows[round(high, 3)] & ~rows[round(low, 3)]


def coverage(parts: Mapping[str, pd.DataFrame]) -> dict[str, pd.Series[str]]:
    """The shares of outcomes that the ranges held, by years ahead."""
    return {
        f"{level:.0%}, {name}": held(rows, level).groupby(rows["ahead"]).mean().map("{:.0%}".format)
        for name, rows in parts.items()
        for level in (0.80, 0.95)
    }


def chances(rows: pd.DataFrame) -> dict[str, pd.Series[str]]:
    """How often a level was reached that was called so likely, by years ahead."""
    return {
        f"{1 - below:.0%}": (1 - rows[below].groupby(rows["ahead"]).mean()).map("{:.0%}".format)
        for below in (0.95, 0.9, 0.8, 0.5, 0.2, 0.1, 0.05)
    }


def accuracy(series: list[Series], samples: Mapping[int, Sample], known: int | None) -> pd.DataFrame:
    """The errors of each method over the 4 years after the figures of the competitions: the last `known` ones, or all.

    Columns: smape in per cent; mase, by the changes of all figures that were known; above, the share of outcomes above
    the forecast. The projection has its shifts from the two other competitions.
    """
    others = {
        (name, n): fit(given.of(given.competition != name)).shifts[:SCORED]
        for name in SETS.values()
        for n, given in samples.items()
    }
    found = []
    for one in series:
        figures, change = one.known[-(known or 0) :], np.abs(np.diff(one.known)).mean()
        if len(figures) >= (known or 0) and change > 0:
            lines = {name: method(figures, SCORED) for name, method in METHODS.items()}
            shifts = others[one.competition, min(len(figures), LONGEST_ROW)]
            lines["the projection"] = _moved(lines["combined"], figures, shifts)
            found.append([_scores(line, one.later[:SCORED], change) for line in lines.values()])
    return pd.DataFrame(np.mean(found, axis=0), index=[*METHODS, "the projection"], columns=["smape", "mase", "above"])


def _moved(line: Floats, figures: Floats, shifts: Floats) -> Floats:
    """The projection; growth that never varied has no scale and leaves the line as it is."""
    varied = np.diff(np.log(figures)).std() > NO_VARIATION
    return np.asarray(line * np.exp(shifts * scale(figures))) if varied else line


def _scores(line: Floats, outcome: Floats, change: float) -> tuple[float, float, float]:
    error = np.abs(outcome - line)
    smape = 200 * error / (outcome + np.abs(line))
    return float(smape.mean()), float(error.mean() / change), float((outcome > line).mean())


def printed(tables: Mapping[int, Tables]) -> str:
    """The module `reference_errors`, before it is formatted."""
    parts = {
        "SHIFTS: dict[int, tuple[float, ...]]": {known: _tuple(t.shifts, 3) for known, t in tables.items()},
        "YEARLY: dict[int, tuple[tuple[float, ...], ...]]": {known: _rows(t.yearly) for known, t in tables.items()},
        "SUMS: dict[int, tuple[tuple[float, ...], ...]]": {known: _rows(t.sums) for known, t in tables.items()},
    }
    return MODULE.format(probabilities=PROBABILITIES) + "".join(
        f"{name} = {{{', '.join(f'{known}: {cells}' for known, cells in by.items())}}}\n" for name, by in parts.items()
    )


def _tuple(values: Floats, decimals: int = 2) -> str:
    return "(" + ", ".join(f"{value:.{decimals}f}" for value in values) + ")"


def _rows(table: Floats) -> str:
    return "(" + ", ".join(_tuple(row) for row in table) + ")"


def report(series: list[Series], samples: Mapping[int, Sample]) -> None:
    """Print the tables of the methods page as Markdown."""
    scores = {name: accuracy(series, samples, known) for name, known in KNOWN.items()}
    _print(
        "Errors: sMAPE / MASE",
        {name: t["smape"].map("{:.1f} / ".format) + t["mase"].map("{:.2f}".format) for name, t in scores.items()},
    )
    _print("Outcomes above", {name: table["above"].map("{:.0%}".format) for name, table in scores.items()})
    figures, sums = (tested(samples, summed) for summed in (False, True))
    _print("Held", coverage({"all": figures, "steady": figures[figures["steady"]], "totals": sums}))
    _print("Held, by competition", coverage(_by_competition(figures)))
    _print("Held, totals", coverage({"steady": sums[sums["steady"]], **_by_competition(sums)}))
    _print("Came true", chances(figures))
    _print("Came true, totals", chances(sums))


def _by_competition(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {name: rows[rows["competition"] == name] for name in SETS.values()}


def _print(title: str, columns: Mapping[str, pd.Series[str]]) -> None:
    table = pd.DataFrame(columns)
    lines = [["", *table.columns], ["---"] * (len(table.columns) + 1), *table.reset_index().values.tolist()]
    print(f"\n## {title}\n", *(f"| {' | '.join(map(str, line))} |" for line in lines), sep="\n", flush=True)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--tables", action="store_true")
    asked = options.parse_args()
    if missing := [name for name in SETS if not (asked.folder / f"{name}_yearly.csv").is_file()]:
        options.error(f"{asked.folder} has no {', '.join(f'{name}_yearly.csv' for name in missing)}")
    everything = read(asked.folder)
    by_known = {known: sample(everything, known) for known in range(FEWEST, LONGEST_ROW + 1)}
    if asked.tables:
        print(printed({known: fit(given) for known, given in by_known.items()}), end="")
    else:
        report(everything, by_known)
