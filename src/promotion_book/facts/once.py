"""What follows from what an edition knows is computed once, however many tables of a page ask for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import pandas as pd

if TYPE_CHECKING:
    from promotion_book.facts.known import Known

Arguments = ParamSpec("Arguments")
Found = TypeVar("Found", pd.DataFrame, tuple[Any, ...])
Compute = Callable[Concatenate["Known", Arguments], Found]


def once(compute: Compute[Arguments, Found]) -> Compute[Arguments, Found]:
    """A function that computes a frame or rows once for the same arguments, which are hashable; each caller may change its
    copy of a frame.
    """

    @wraps(compute)
    def look_up(known: Known, /, *given: Arguments.args, **named: Arguments.kwargs) -> Found:
        key = compute, given, tuple(named.items())
        if key not in known.computed:
            known.computed[key] = compute(known, *given, **named)
        found: Found = known.computed[key]
        return found.copy(deep=False) if isinstance(found, pd.DataFrame) else found

    return look_up
