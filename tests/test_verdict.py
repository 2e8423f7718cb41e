"""The laws of a verdict, on every kind, reading and path that the method has, before, during and after the period.

A better figure never has a worse status, a figure equal to the target reaches it, a figure that is only a bound gives the
verdict that all figures beyond it would give, values and readings seen in a mirror give the mirrored verdict, and nothing raises.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from promotion_book.facts.rules.target_rules import METHOD
from promotion_book.statistics.assessment import STATUSES, Assessment
from promotion_book.statistics.progress import assess
from promotion_book.statistics.targets import Point, Target
from promotion_book.statistics.verdict import bounds, reached
from promotion_book.words.status_words import REASONS

FIRST, LAST = 2021, 2025
EACH_YEAR = ("cumulative", "flow", "growth")
UPWARDS = ("at_least", "at_least_low_stretch_high")
ORDER = ("missed", "moving_away", "limited", "accelerate", "on_track", "within", "met")
PAIRS = [
    (kind, of, reading, path)
    for kind, readings in METHOD.items()
    for of in (kind, *(["cumulative"] if kind == "level" else []))
    for reading, paths in readings.items()
    for path in paths
]
MIRRORED = [
    (kind, of, path)
    for kind, of, reading, path in PAIRS
    if reading == "at_least" and path in METHOD[kind].get("at_most", ()) and (of != "cumulative" or kind != "level")
]
FURTHEST = (
    250  # beyond what a year must bring after four years of -12%, for a mean growth of 12%; bands are wider than 3
)
FIGURES, WANTED = (-6.0, -3.0, 0.0, 3.0, 6.0), (-3.0, 0.0, 3.0)
every_pair = pytest.mark.parametrize(("kind", "of", "reading", "path"), PAIRS)
number = st.floats() | st.integers(-12, 12).map(float)


def aimed(kind: str, of: str, reading: str, path: str, wanted: float, base: float | None = None) -> Target:
    plan = (wanted * 0.1, wanted * 0.3, wanted * 0.2, wanted * 0.2, wanted * 0.2)
    return Target(
        target_id="t",
        kind=kind,
        reading=reading,
        path=path,
        minimum=wanted,
        stretch=wanted + 4 if reading in ("stay_within", "at_least_low_stretch_high") else None,
        start=date(FIRST if kind in EACH_YEAR else LAST, 1, 1),
        end=date(LAST, 12, 31),
        indicator_kind=of,
        base_year=None if base is None else FIRST - 1,
        base_value=base,
        base_status="" if base is None else "observed",
        tolerance=2.0 if reading == "maintain" else 0.0,
        profile=plan if path == "profile" else (),
    )


def judged(target: Target, values: Sequence[float], as_of: int = LAST) -> Assessment:
    """The verdict on the figures of the years from the first one on."""
    points = [Point(date(FIRST + n, 1, 1), date(FIRST + n, 12, 31), value) for n, value in enumerate(values)]
    return assess(target, points, as_of=date(as_of, 12, 31))


def bounded(values: Sequence[float], word: str) -> list[Point]:
    """The figures of the years, of which the last is over, or nearly, its value."""
    *others, last = [Point(date(FIRST + n, 1, 1), date(FIRST + n, 12, 31), value) for n, value in enumerate(values)]
    return [*others, replace(last, **{word: last.value})]


def nearer(target: Target, value: float, step: float) -> float:
    """A figure that is better by a step, where a step is better."""
    low, high = bounds(target)
    if math.isinf(high):
        return value + step
    if math.isinf(low):
        return value - step
    return min(value + step, high) if value < low else max(value - step, low) if value > high else value


def better(target: Target, values: Sequence[float], year: int, step: float) -> list[float]:
    """The figures with that of a year improved: of a level the last one, of a growth within a band all of them."""
    if target.kind == "growth" and target.reading in ("maintain", "stay_within"):
        return [nearer(target, value, step) for value in values]
    year = year % len(values) if target.kind in EACH_YEAR else len(values) - 1
    return [nearer(target, value, step) if n == year else value for n, value in enumerate(values)]


def moments(years: int) -> tuple[int, ...]:
    """Before the period, when the last figure is known, and after the period."""
    return FIRST - 1, FIRST + years - 1, LAST + 1


def walk(kind: str, of: str, reading: str, path: str) -> Iterator[tuple[Target, list[float], int]]:
    """Targets above, at and below zero from several bases, with the same figure in one or three years."""
    bases = (None,) if kind in EACH_YEAR else (None, -6.0, 0.0, 6.0)
    for wanted, base, years, value in itertools.product(WANTED, bases, (1, 3), FIGURES):
        for as_of in moments(years):
            yield aimed(kind, of, reading, path, wanted, base), [value] * years, as_of


def worse(was: str, now: str) -> bool:
    """Whether a status is worse than another; a verdict that is refused is neither better nor worse."""
    return now in ORDER and was in ORDER and ORDER.index(now) < ORDER.index(was)


@every_pair
def test_improving_never_worsens_a_status(kind, of, reading, path):
    found = [
        (target, values, step, as_of)
        for target, values, as_of in walk(kind, of, reading, path)
        for step in (2.0, 8.0)
        if worse(judged(target, values, as_of).status, judged(target, better(target, values, 1, step), as_of).status)
    ]
    assert found == []


@settings(deadline=None)
@given(
    pair=st.sampled_from([pair for pair in PAIRS if pair[0] in EACH_YEAR]),
    wanted=st.integers(-12, 12).map(float),
    values=st.lists(st.integers(-12, 12).map(float), min_size=1, max_size=5),
    year=st.integers(0, 4),
    step=st.integers(1, 8).map(float),
)
def test_improving_one_of_several_years_never_worsens_a_status(pair, wanted, values, year, step):
    target = aimed(*pair, wanted)
    if target.kind == "growth" and target.reading in ("maintain", "stay_within"):
        values = values[:1] * len(values)
    was, now = (judged(target, figures).status for figures in (values, better(target, values, year, step)))
    assert not worse(was, now)


@settings(deadline=None)
@given(
    pair=st.sampled_from(PAIRS),
    wanted=st.integers(-12, 12).map(float),
    values=st.lists(st.integers(-12, 12).map(float), min_size=5, max_size=5),
    word=st.sampled_from(["low", "high"]),
)
@example(
    pair=("growth", "growth", "stay_within", "per_period"),
    wanted=12.0,
    values=[0.0, 0.0, 0.0, -12.0, -11.0],
    word="low",
)
@example(pair=("growth", "growth", "stay_within", "per_period"), wanted=12.0, values=[-12.0] * 5, word="low")
def test_a_bound_gives_a_verdict_at_the_end_only_if_every_figure_beyond_it_gives_the_same(pair, wanted, values, word):
    target = aimed(*pair, wanted)
    found = assess(target, bounded(values, word), as_of=date(LAST, 12, 31))
    beyond = [values[-1] + (step if word == "low" else -step) for step in (0.001, *range(1, FURTHEST, 3), 1000)]
    statuses = {judged(target, [*values[:-1], value]).status for value in beyond} - {"not_assessable"}
    if found.status == "not_assessable":
        assert found.reason == "only_a_bound"
        assert len(statuses) == 2
    else:
        assert statuses == {found.status}


def equal(kind: str, wanted: float, years: int) -> list[float]:
    """Figures of so many years that are equal to the target, together or each."""
    return [wanted / 5 if kind == "cumulative" else wanted] * years


@every_pair
def test_a_figure_equal_to_the_target_reaches_it(kind, of, reading, path):
    targets = {wanted: aimed(kind, of, reading, path, wanted, 6.0) for wanted in WANTED}
    assert [wanted for wanted, target in targets.items() if not reached(target, wanted)] == []
    assert {judged(target, equal(kind, wanted, 5)).status for wanted, target in targets.items()} == {"met"}


@every_pair
def test_a_target_that_is_reached_so_far_is_met_kept_or_on_track(kind, of, reading, path):
    targets = {wanted: aimed(kind, of, reading, path, wanted) for wanted in WANTED}
    found = {judged(target, equal(kind, wanted, 3), FIRST + 2).status for wanted, target in targets.items()}
    under_ceiling = of == "cumulative" and kind == "level" and reading == "at_most"
    so_far = {
        "cumulative": {"on_track", "within"},
        "flow": {"on_track"} if reading in UPWARDS else {"within"},
        "growth": {"on_track"},
    }
    assert found <= so_far.get(kind, {"within"} if under_ceiling else {"met"})


@pytest.mark.parametrize(("kind", "of", "path"), MIRRORED)
def test_the_mirrored_target_has_the_mirrored_verdict(kind, of, path):
    for target, values, as_of in walk(kind, of, "at_least", path):
        base = None if target.base_value is None else -target.base_value
        mirror = replace(target, reading="at_most", minimum=-target.minimum, base_value=base)
        one, other = judged(target, values, as_of), judged(mirror, [-value for value in values], as_of)
        assert (one.status, *shown(one)) == (kept(kind, other.status), *shown(other, -1))


def kept(kind: str, status: str) -> str:
    """What a ceiling for every year is called when it is no ceiling."""
    return "on_track" if kind == "flow" and status == "within" else status


def shown(found: Assessment, sign: int = 1) -> tuple[object, ...]:
    """What is told of a verdict; amounts with a sign."""
    amounts = (None if a is None else round(sign * a, 9) + 0.0 for a in (found.expected, found.projected))
    return (found.reason, found.met_in, found.pace, *amounts)


@given(day=st.dates(date(FIRST, 7, 1), date(LAST, 12, 30)), path=st.sampled_from(["linear", "geometric"]))
def test_what_moves_evenly_is_on_its_way_on_whatever_day_it_is_counted(day, path):
    target = aimed("level", "level", "at_least", path, 160.0, 100.0)
    gone = (day - date(FIRST - 1, 12, 31)) / (target.end - date(FIRST - 1, 12, 31))
    value = 100 + 60 * gone if path == "linear" else 100 * 1.6**gone
    found = assess(target, [Point(day, day, value)], as_of=day)
    assert (found.status, found.pace, found.projected) == (
        "on_track",
        pytest.approx(1, abs=0.01),
        pytest.approx(160, abs=0.5),
    )


@pytest.mark.parametrize(("reading", "so_far"), [("at_least", "met"), ("at_most", "missed")])
@pytest.mark.parametrize("value", [40.0, 99.0, 101.0])
def test_the_amount_of_a_part_of_a_year_decides_only_what_the_year_cannot_undo(reading, so_far, value):
    target = aimed("level", "flow", reading, "linear", 100.0, 90.0 if reading == "at_least" else 110.0)
    years = [
        Point(date(year, 1, 1), date(year, 12, 31), 95.0 if reading == "at_least" else 105.0) for year in (2023, 2024)
    ]
    half = Point(date(LAST, 1, 1), date(LAST, 6, 30), value)
    with_half, without = (assess(target, points, as_of=half.end) for points in ([*years, half], years))
    assert with_half.status == (so_far if value > 100 else without.status)
    assert assess(target, [half], as_of=half.end).reason == ("" if value > 100 else "part_of_period")


@given(
    pair=st.sampled_from([pair for pair in PAIRS if pair[0] != "growth"]),
    wanted=st.integers(-12, 12).map(float),
    base=st.none() | st.integers(-12, 12).map(float),
    values=st.lists(st.integers(-12, 12).map(float), min_size=1, max_size=5),
    unit=st.sampled_from([1e-6, 1e-3, 1e9]),
)
def test_another_unit_gives_the_same_verdict(pair, wanted, base, values, unit):
    target = aimed(*pair, wanted, base)
    scaled = replace(
        target,
        minimum=target.minimum * unit,
        stretch=None if target.stretch is None else target.stretch * unit,
        base_value=None if base is None else base * unit,
        tolerance=target.tolerance * unit,
        profile=tuple(part * unit for part in target.profile),
    )
    one, other = (
        judged(*given, FIRST + len(values) - 1) for given in ((target, values), (scaled, [v * unit for v in values]))
    )
    assert (one.status, one.reason) == (other.status, other.reason)


@settings(max_examples=150, deadline=None)
@given(
    pair=st.sampled_from(PAIRS),
    wanted=number,
    base=st.none() | number,
    values=st.lists(number, max_size=5),
    as_of=st.integers(FIRST - 1, LAST + 1),
)
def test_nothing_raises(pair, wanted, base, values, as_of):
    found = judged(aimed(*pair, wanted, base), values, as_of)
    assert found.status in STATUSES
    assert found.reason in ("", *REASONS)
