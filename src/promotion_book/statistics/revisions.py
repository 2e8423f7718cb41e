"""Revisions: how first figures compare with the latest ones."""

from __future__ import annotations

import math
from collections.abc import Sequence

from promotion_book.statistics.refusal import Refused


def revisions(first: Sequence[float], latest: Sequence[float]) -> dict[str, float]:
    """How far were first figures changed later?

    .. math:: \\text{mean} = \\frac{1}{n}\\sum_i r_i \\\\ \\text{mean absolute} = \\frac{1}{n}\\sum_i |r_i| \\\\
        \\text{relative} = \\frac{\\sum_i |r_i|}{\\sum_i |y_i|}

    Symbols: $r_i$ is a revision, the latest figure $y_i$ less the first; $n$ is the number of figures.
    Source: OECD/Eurostat Guidelines on Revisions Policy and Analysis.
    Worked cases: R020

    Returns:
        `mean`, `mean_absolute`, `relative_absolute`, which is missing where all latest figures are zero, and `share_up`,
        the share of the figures that are higher now; in the unit of the figures, shares as fractions.

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
        "share_up": sum(x > 0 for x in r) / n,
    }
