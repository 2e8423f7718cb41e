"""Revisions: how first figures compare with the latest ones, and what a stock must add up to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from promotion_book.statistics.refusal import Refused


def revisions(first: Sequence[float], latest: Sequence[float]) -> dict[str, float]:
    """How far were first figures changed later?

    .. math:: \\text{mean} = \\frac{1}{n}\\sum_i r_i \\\\ \\text{mean absolute} = \\frac{1}{n}\\sum_i |r_i| \\\\
        \\text{relative} = \\frac{\\sum_i |r_i|}{\\sum_i |y_i|} \\\\
        \\text{root mean square} = \\sqrt{\\frac{1}{n}\\sum_i r_i^2}

    Symbols: $r_i$ is a revision, the latest figure $y_i$ less the first; $n$ is the number of figures.
    Source: OECD/Eurostat Guidelines on Revisions Policy and Analysis.
    Worked cases: R020

    Returns:
        `mean`, `mean_absolute`, `relative_absolute`, which is missing where all latest figures are zero, `root_mean_square`
        and `share_up`, the share of the figures that are higher now; in the unit of the figures, shares as fractions.

    Raises:
        Refused: fewer than two pairs.
    """
    n = len(first)
    if n < 2 or n != len(latest):
        raise Refused("pace_not_assessable")
    r = [b - a for a, b in zip(first, latest, strict=True)]
    absolute, size = math.fsum(map(abs, r)), math.fsum(map(abs, latest))
    return {
        "mean": math.fsum(r) / n,
        "mean_absolute": absolute / n,
        "relative_absolute": absolute / size if size else math.nan,
        "root_mean_square": math.sqrt(math.fsum(x * x for x in r) / n),
        "share_up": sum(x > 0 for x in r) / n,
    }


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
