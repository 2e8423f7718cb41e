"""How large would the errors have been? Every method forecasts from each past year what is known now.

Rolling origin, expanding window: the first forecast knows 3 figures, the next one 4, and so on; no
forecast ever sees a later figure. One table per number of years ahead, since errors grow with it.
With few figures this shows how wrong methods were; it never chooses one of them.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from numpy.typing import ArrayLike

from promotion_book.scenarios.forecasts import Method, figures

FIRST_ORIGIN = 3


def rolling_origin(y: ArrayLike, methods: Mapping[str, Method]) -> dict[int, pd.DataFrame]:
    """What would each method have forecast from each past year?

    One table per number of years ahead, from 1 to as far as the figures reach. A row is an origin: its index, `known`,
    is the number of figures known then; the columns are `actual` and the forecast of each method, in the unit of
    the figures.

    .. math:: \\hat y_{m+h \\mid m}, \\quad m = 3, \\dots, n - h

    Symbols: the forecast for year $m + h$ knows the first $m$ of $n$ figures. In the chapters
    the first forecast knows 4, because from fewer nothing is projected.
    Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, 5.10.
    Worked cases: S059

    Raises:
        Refused: fewer than 4 figures, or a method refuses the figures of an origin.
    """
    values = figures(y, FIRST_ORIGIN + 1)
    n = len(values)
    paths = {
        name: {known: method(values[:known], n - known) for known in range(FIRST_ORIGIN, n)}
        for name, method in methods.items()
    }
    return {
        h: pd.DataFrame(
            {
                "actual": values[FIRST_ORIGIN + h - 1 :],
                **{name: [path[k][h - 1] for k in range(FIRST_ORIGIN, n - h + 1)] for name, path in paths.items()},
            },
            index=pd.RangeIndex(FIRST_ORIGIN, n - h + 1, name="known"),
        )
        for h in range(1, n - FIRST_ORIGIN + 1)
    }
