"""How a number is rounded wherever it is printed: a half goes away from zero, and a bound stays one."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal

SURE = 15  # digits of a number that a double holds for certain
WIDE = 400  # digits, so that every double can be written


def round_number(value: float, decimals: int = 0, *, way: str = ROUND_HALF_UP) -> float:
    """A number with so many decimals; a half goes away from zero, as a reader would round it.

    Of what is only a bound, `way` is the side that keeps it one: `decimal.ROUND_FLOOR` or `decimal.ROUND_CEILING`.
    """
    if not math.isfinite(value):
        return value
    written = Decimal(f"{value:.{SURE}g}")
    return float(written.quantize(Decimal(1).scaleb(-decimals), rounding=way, context=Context(prec=WIDE)))


def round_to_digits(value: float, digits: int, *, way: str = ROUND_HALF_UP) -> float:
    """A number with so many digits that say something: 9,189 is 9,190 with three of them."""
    return round_number(value, digits - 1 - math.floor(math.log10(abs(value))), way=way) if value else value
