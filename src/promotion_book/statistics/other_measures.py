"""Progress measures that others publish, computed beside our own so that readers can compare.

Each answers its own question: Open SDG and Eurostat whether the pace is enough, the UN's chart and
ESCAP's index where the pace leads or how far it has come, the SDR arrow how the pace compares.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from promotion_book.statistics.growth import cagr, compounded
from promotion_book.statistics.pace import (
    ACCELERATE,
    ON_TRACK,
    geometric_pace,
    limit_coefficient,
    linear_pace,
)
from promotion_book.statistics.refusal import Refused

Found = TypeVar("Found")
HIGH, MEDIUM = 0.015, 0.005


@dataclass(frozen=True)
class Scored:
    """A published class and its score from -5 to 5; `ratio` is None once the target is achieved."""

    status: str
    score: float
    ratio: float | None = None


def open_sdg(base: float, current: float, target: float, elapsed: float, total: float) -> Scored:
    """Open SDG, with a target: is the growth so far enough? A score from −5 to 5.

    .. math:: R \\ge 0.6: \\ \\min(7.1429\\,R - 4.2857, 5) \\\\ R < 0.6: \\ \\max(4.1667\\,R - 2.5, {-5})

    Symbols: a target that has been reached scores 5.
    Source: Open SDG, the progress measure of its software sdg-build.
    Worked cases: P011, P012, P013, P014, P016

    Raises:
        Refused: as `geometric_pace`.
    """
    if (current >= target) if target >= base else (current <= target):
        return Scored("target_achieved", 5.0)
    ratio = geometric_pace(base, current, target, elapsed, total)
    score = min(7.1429 * ratio - 4.2857, 5) if ratio >= ACCELERATE else max(4.1667 * ratio - 2.5, -5)
    return Scored(open_sdg_class(ratio), score, ratio)


def open_sdg_class(ratio: float) -> str:
    """Open SDG's class of a pace ratio; the lower bounds belong to the class.

    Source: Open SDG.
    Worked cases: P017, P019
    """
    if ratio >= ON_TRACK:
        return "substantial_progress"
    if ratio >= ACCELERATE:
        return "moderate_progress"
    return "limited_progress" if ratio >= 0 else "deterioration"


def eustat_class(ratio: float) -> str:
    """The same classes as EUSTAT's production script draws them: the lower bounds do not belong.

    Source: EUSTAT.
    Worked cases: P018
    """
    if ratio > ON_TRACK:
        return "substantial_progress"
    if ratio > ACCELERATE:
        return "moderate_progress"
    return "limited_progress" if ratio > 0 else "deterioration"


@dataclass(frozen=True)
class Untargeted:
    """A class without a numeric target, with the thresholds that applied (fractions a year)."""

    rate: float
    threshold_high: float
    threshold_medium: float
    status: str
    score: float


def open_sdg_without_target(rate: float, base: float | None = None, limit: float | None = None) -> Untargeted:
    """Open SDG, without a target: does the figure move the wanted way, and how fast?

    `rate` is positive in the wanted direction.

    .. math:: g \\ge 0.015\\,C: \\text{ substantial progress} \\\\ g \\ge 0.005\\,C: \\text{ moderate progress}
        \\\\ g \\ge 0: \\text{ limited progress} \\\\ g < 0: \\text{ deterioration}

    Symbols: the first line that holds counts. $g$ is the growth a year in the wanted direction; $C$ is the
    coefficient of a natural limit, and 1 where there is none.
    Source: Open SDG, progress measurement methodology.
    Worked cases: P021, P022, P023, P024, P026, P027, P035
    """
    c = limit_coefficient(base, limit) if base is not None and limit is not None else 1.0
    if c == 0:  # the base is at the limit
        return Untargeted(
            rate, HIGH, MEDIUM, "substantial_progress" if rate >= 0 else "deterioration", 5.0 if rate >= 0 else -2.5
        )
    scaled = rate / c if rate > 0 else rate
    return Untargeted(rate, HIGH * c, MEDIUM * c, _untargeted_class(scaled), _untargeted_score(scaled))


def _untargeted_class(rate: float) -> str:
    if rate >= HIGH:
        return "substantial_progress"
    if rate >= MEDIUM:
        return "moderate_progress"
    return "limited_progress" if rate >= 0 else "deterioration"


def _untargeted_score(rate: float) -> float:
    if rate >= HIGH:
        score = 500 * rate - 5
    elif rate >= MEDIUM:
        score = 250 * rate - 1.25
    elif rate >= 0:
        score = 500 * rate - 2.5
    else:
        score = 125 * rate - 2.5
    return max(-5.0, min(5.0, score))


def eurostat_score(ratio: float | None = None, rate: float | None = None) -> float:
    """Eurostat: is the growth enough? A score from −5 to 5, with or without a target.

    .. math:: R \\ge 0.6: \\quad \\tfrac{5}{0.7}(R - 0.6) \\\\ R < 0.6: \\quad \\tfrac{5}{1.2}(R + 0.6) - 5 \\\\
        \\text{without a target: } 250\\,g

    Symbols: $g$ is the growth a year in the wanted direction. The score stops at −5 and at 5.
    Source: Eurostat's monitoring as EUSTAT implements it.
    Worked cases: P050, P051, P052, P053, P055, P056

    Raises:
        Refused: neither a ratio nor a rate.
    """
    if ratio is not None:
        score = (5 / 0.7) * (ratio - 0.6) if ratio >= ACCELERATE else (5 / 1.2) * (ratio + 0.6) - 5
    elif rate is not None:
        score = 250 * max(-0.02, min(0.02, rate))
    else:
        raise Refused("pace_not_assessable")
    return max(-5.0, min(5.0, score))


def eurostat_class_without_target(rate: float) -> str:
    """Eurostat, without a target: does the figure move the wanted way, stand still, or move back?

    .. math:: g > 0.01: \\text{ significant progress} \\\\ g > 0.001: \\text{ moderate progress} \\\\
        g \\ge {-0.001}: \\text{ no progress} \\\\ g \\ge {-0.01}: \\text{ moderate deterioration} \\\\
        g < {-0.01}: \\text{ significant deterioration}

    Symbols: the first line that holds counts. $g$ is the growth a year in the wanted direction.
    Source: Eurostat's rule as EUSTAT codes it.
    Worked cases: P060, P061, P063, P064, P065
    """
    if rate > 0.01:
        return "significant_progress"
    if rate > 0.001:
        return "moderate_progress"
    if rate >= -0.001:
        return "no_progress"
    return "moderate_deterioration" if rate >= -0.01 else "significant_deterioration"


@dataclass(frozen=True)
class UnsdChart:
    """The UN progress chart: value expected at the end, share of the way it covers, score 1 to 3."""

    expected_value: float
    ratio: float
    score: int


def unsd_progress_chart(base: float, current: float, target: float, elapsed: float, remaining: float) -> UnsdChart:
    """The progress chart of the United Nations: where does the growth so far lead?

    .. math:: y_e = y_t\\,(1 + g)^{T - t} \\\\ q = \\frac{y_e - y_0}{y_T - y_0}

    Symbols: $g$ is the growth a year so far, $y_e$ the figure that it leads to, $q$ the share of the way from the
    base to the target. The score is 3 from $q = 0.95$, 2 from $q = 0.10$, and else 1.
    Source: UNSD, Progress Chart Technical Note 2023, as transcribed by EUSTAT.
    Worked cases: P070, P072

    Raises:
        Refused: as `cagr`, or a target equal to the base.
    """
    if target == base:
        raise Refused("no_distance")
    expected = compounded(current, cagr(base, current, elapsed), remaining)
    ratio = (expected - base) / (target - base)
    return UnsdChart(expected, ratio, 3 if ratio >= 0.95 else 2 if ratio >= 0.10 else 1)


def escap_status_index(base: float, current: float, target: float, parity: bool = False) -> float:
    """ESCAP's current status index: how much of the way to the target is covered? 10 is the target.

    .. math:: I = 10\\,d\\,\\frac{y_t - y_0}{|y_T - y_0|} \\\\ \\text{parity: } I = 10 - 10\\,\\frac{|y_T - y_t|}{|y_T - y_0|}

    Symbols: $I$ is the index; $d$ is $-1$ where the target lies below the base and else 1. Parity stands for a
    target such as an equal share, which can be missed on both sides.
    Source: UN ESCAP, Progress Assessment Methodology.
    Worked cases: P080, P081, P082

    Raises:
        Refused: a target equal to the base.
    """
    distance = abs(target - base)
    if distance == 0:
        raise Refused("no_distance")
    if parity:
        return 10 - 10 * abs(target - current) / distance
    return 10 * (1 if target > base else -1) * (current - base) / distance


def sdr_arrow(base: float, current: float, target: float, elapsed: float, total: float) -> tuple[float, str]:
    """The arrow of the Sustainable Development Report: are the equal steps so far large enough?

    .. math:: R \\ge 1: \\text{ on track} \\\\ R \\ge 0.5: \\text{ moderately improving} \\\\
        R \\ge 0: \\text{ stagnating} \\\\ R < 0: \\text{ decreasing}

    Symbols: the first line that holds counts. $R$ is here always the pace ratio of equal steps.
    Source: Sustainable Development Report, methodology.
    Worked cases: P091, P092, P093

    Raises:
        Refused: as `linear_pace`.
    """
    ratio = linear_pace(base, current, target, elapsed, total)
    if ratio >= 1:
        return ratio, "on_track"
    if ratio >= 0.5:
        return ratio, "moderately_improving"
    return ratio, "stagnating" if ratio >= 0 else "decreasing"


@dataclass(frozen=True)
class Measures:
    """One target by the measures of others; a measure that refuses is None."""

    open_sdg: Scored | None
    eustat: str | None
    eurostat: float | None
    unsd: UnsdChart | None
    escap: float | None
    sdr: tuple[float, str] | None


def measures(base: float, current: float, target: float, elapsed: float, total: float) -> Measures:
    """All published measures of one target, from the same base, latest figure and times (years)."""
    ratio = _unless_refused(geometric_pace, base, current, target, elapsed, total)
    return Measures(
        open_sdg=_unless_refused(open_sdg, base, current, target, elapsed, total),
        eustat=None if ratio is None else eustat_class(ratio),
        eurostat=None if ratio is None else eurostat_score(ratio),
        unsd=_unless_refused(unsd_progress_chart, base, current, target, elapsed, total - elapsed),
        escap=_unless_refused(escap_status_index, base, current, target),
        sdr=_unless_refused(sdr_arrow, base, current, target, elapsed, total),
    )


def _unless_refused(measure: Callable[..., Found], *numbers: float) -> Found | None:
    try:
        return measure(*numbers)
    except Refused:
        return None
