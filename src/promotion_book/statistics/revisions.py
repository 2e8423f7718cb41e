"""Revisions: how first figures compare with the latest ones, and what a stock must add up to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scipy.special import stdtr

from promotion_book.statistics.refusal import Refused


@dataclass(frozen=True)
class Revisions:
    """Summary of revisions R = latest - first, in the unit of the figures; rates are fractions.

    `relative_absolute` is None where all latest figures are zero.
    """

    mean: float
    mean_absolute: float
    relative_absolute: float | None
    root_mean_square: float
    sd: float
    t_stat: float
    p_value: float
    share_up: float
    direction_kept: float


def revisions(first: Sequence[float], latest: Sequence[float]) -> Revisions:
    """How far were first figures changed later?

    Independent revisions are assumed for `t_stat`.

    .. math:: \\text{mean} = \\frac{1}{n}\\sum_i r_i \\\\ \\text{mean absolute} = \\frac{1}{n}\\sum_i |r_i| \\\\
        \\text{relative} = \\frac{\\sum_i |r_i|}{\\sum_i |y_i|} \\\\
        \\text{root mean square} = \\sqrt{\\frac{1}{n}\\sum_i r_i^2}

    Symbols: $r_i$ is a revision, the latest figure $y_i$ less the first; $n$ is the number of figures.
    Source: OECD/Eurostat Guidelines on Revisions Policy and Analysis.
    Worked cases: R020

    Raises:
        Refused: fewer than two pairs.
    """
    n = len(first)
    if n < 2 or n != len(latest):
        raise Refused("pace_not_assessable")
    r = [b - a for a, b in zip(first, latest, strict=True)]
    mean = math.fsum(r) / n
    sd = math.sqrt(math.fsum((x - mean) ** 2 for x in r) / (n - 1))
    t = mean / (sd / math.sqrt(n)) if sd else math.copysign(math.inf, mean) if mean else 0.0
    absolute, size = math.fsum(abs(x) for x in r), math.fsum(abs(y) for y in latest)
    return Revisions(
        mean=mean,
        mean_absolute=absolute / n,
        relative_absolute=absolute / size if size else None,
        root_mean_square=math.sqrt(math.fsum(x * x for x in r) / n),
        sd=sd,
        t_stat=t,
        p_value=float(2 * stdtr(n - 1, -abs(t))),
        share_up=sum(x > 0 for x in r) / n,
        direction_kept=sum(a * b > 0 for a, b in zip(first, latest, strict=True)) / n,
    )


ReleasedFigures = Mapping[str, float]


def triangle(releases: Sequence[ReleasedFigures]) -> dict[int, dict[str, float]]:
    """Revisions by release number: entry k holds, for each period, its k-th revision.

    Entry 0 holds the first figures. `releases` are in the order of publication.

    Source: OECD/Eurostat Guidelines on Revisions Policy and Analysis.
    Worked cases: R021
    """
    history: dict[str, list[float]] = {}
    for release in releases:
        for period, value in release.items():
            history.setdefault(period, []).append(value)
    first = {period: values[0] for period, values in history.items()}
    longest = max((len(values) for values in history.values()), default=0)
    later = {k: {p: v[k] - v[k - 1] for p, v in history.items() if len(v) > k} for k in range(1, longest)}
    return {0: first, **later}
