"""Whether rounded figures need a note."""

from __future__ import annotations

import math
from collections.abc import Sequence

from promotion_book.digits import round_number


def rounding_note_needed(values: Sequence[float], total: float, *, decimals: int) -> bool:
    """Whether rounded figures no longer add up to their rounded total.

    Source: publishing practice: the note on rounding is made, not typed.
    Worked cases: T006
    """
    parts = math.fsum(round_number(value, decimals) for value in values)
    return round_number(parts, decimals) != round_number(total, decimals)
