"""Scenarios: laws that hold for all numbers, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotion_book.scenarios.assumptions import (
    Additions,
    Cap,
    ConstantGrowth,
    Floor,
    PathToTarget,
    PercentagePoints,
)
from promotion_book.scenarios.projection import (
    Scenario,
    business_as_usual,
    project,
)
from promotion_book.statistics.growth import compound_path
from promotion_book.statistics.refusal import Refused

SINCE = 2025
amounts = st.floats(1, 1e5)
rates = st.floats(-0.5, 1)
horizons = st.integers(1, 15)
years = st.integers(SINCE - 3, SINCE + 18)
changes = st.floats(-1e4, 1e4)
moves = st.one_of(
    st.builds(ConstantGrowth, rates),
    st.builds(Additions, changes),
    st.builds(PercentagePoints, changes),
    st.builds(PathToTarget, amounts, st.just(SINCE + 20), st.just("linear")),
    st.builds(Cap, amounts),
    st.builds(Floor, amounts),
)
scenarios = st.builds(Scenario, st.just("any"), st.lists(moves, max_size=4).map(tuple))


def figures(scenario, start=100.0, horizon=3) -> list[float]:
    return project(scenario, start, since=SINCE, until=SINCE + horizon).tolist()


def of(*assumptions) -> Scenario:
    return Scenario("any", assumptions)


def about(*numbers: float):
    return pytest.approx(list(numbers))


@given(amounts, rates, horizons)
def test_constant_growth_is_the_compound_path(start, rate, horizon):
    assert figures(of(ConstantGrowth(rate)), start, horizon) == pytest.approx(compound_path(start, rate, years=horizon))


@pytest.mark.parametrize("path", ["linear", "geometric"])
@given(start=amounts, target=amounts, horizon=horizons)
def test_the_required_path_ends_at_the_target(path, start, target, horizon):
    assert figures(of(PathToTarget(target, SINCE + horizon, path)), start, horizon)[-1] == pytest.approx(target)


def test_a_geometric_path_to_a_target_grows_by_the_same_rate_every_year():
    found = np.array(figures(of(PathToTarget(550, SINCE + 3, "geometric")), 450))
    assert found[1:] / found[:-1] - 1 == about(*[0.06917811] * 3)


def test_a_linear_path_to_a_target_adds_the_same_every_year():
    assert figures(of(PathToTarget(150, SINCE + 3, "linear")), 117) == about(117, 128, 139, 150)


def test_growth_of_five_per_cent_and_five_percentage_points_of_a_share_differ():
    assert figures(of(ConstantGrowth(0.05)), 30, 1) == about(30, 31.5)
    assert figures(of(PercentagePoints(5)), 30, 1) == about(30, 35)


@given(amounts, horizons)
def test_additions_and_growth_of_zero_leave_the_stock(stock, horizon):
    assert figures(of(Additions(0), ConstantGrowth(0)), stock, horizon) == [stock] * (horizon + 1)


@given(scenarios, amounts, amounts, horizons)
def test_caps_and_floors_hold_in_every_year_after_the_start(scenario, low, more, horizon):
    limited = of(*scenario.assumptions, Floor(low), Cap(low + more))
    found = np.array(figures(limited, horizon=horizon)[1:])
    assert (found >= low).all()
    assert (found <= low + more).all()


def test_a_capped_path_goes_on_from_the_cap():
    assert figures(of(Cap(110), Additions(20), Floor(0))) == [100, 120, 130, 130]
    assert figures(of(Additions(20), Cap(110), Additions(-30))) == [100, 80, 70, 60]


def test_assumptions_hold_in_their_order():
    assert figures(of(Additions(10), ConstantGrowth(0.5)), horizon=1) == [100, 165]
    assert figures(of(ConstantGrowth(0.5), Additions(10)), horizon=1) == [100, 160]


@given(st.floats(0.01, 1e4), rates, amounts, horizons)
def test_another_unit_scales_the_whole_path(scale, rate, start, horizon):
    def in_unit(unit):
        return of(
            ConstantGrowth(rate),
            Additions(7 * unit),
            PathToTarget(900 * unit, SINCE + 20, "linear"),
            PathToTarget(900 * unit, SINCE + 20, "geometric"),
            Floor(10 * unit),
            Cap(5000 * unit),
        )

    found = np.array(figures(in_unit(1.0), start, horizon))
    assert figures(in_unit(scale), start * scale, horizon) == pytest.approx((found * scale).tolist())


def test_business_as_usual_continues_the_pace_so_far():
    assert figures(business_as_usual(10, anew=False), horizon=2) == about(100, 110, 120)
    assert figures(business_as_usual(10, anew=True), horizon=2) == about(100, 10, 10)


def test_a_projection_knows_its_name_and_years():
    found = project(business_as_usual(10, anew=False), 100, since=2024, until=2026)
    assert (found.name, found.to_dict()) == ("business_as_usual", {2024: 100, 2025: 110, 2026: 120})


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: figures(of(), horizon=0), "no_time"),
        (lambda: figures(of(), float("nan")), "no_figure"),
        (lambda: figures(of(PathToTarget(150, SINCE + 2, "linear"))), "no_time"),
        (lambda: figures(of(PathToTarget(150, SINCE + 3, "geometric")), 0), "base_value_zero"),
        (lambda: figures(of(PathToTarget(150, SINCE + 3, "geometric")), -5), "sign_change"),
    ],
)
def test_what_would_mislead_is_refused_with_its_reason(call, reason):
    with pytest.raises(Refused) as refusal:
        call()
    assert refusal.value.reason == reason
