"""What follows from what an edition knows is computed once, however many tables of a page ask for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

import pandas as pd

from promotion_book.facts.known import Known

Arguments = ParamSpec("Arguments")
Compute = Callable[Concatenate[Known, Arguments], pd.DataFrame]


def once(compute: Compute[Arguments]) -> Compute[Arguments]:
    """A function that computes a frame once for the same arguments, which are hashable; each caller may change its copy."""

    @wraps(compute)
    def look_up(known: Known, /, *given: Arguments.args, **named: Arguments.kwargs) -> pd.DataFrame:
        key = compute, given, tuple(named.items())
        if key not in known.computed:
            known.computed[key] = compute(known, *given, **named)
        return known.computed[key].copy(deep=False)

    return look_up
