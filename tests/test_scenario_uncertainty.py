"""Fans, simulated paths and probabilities of targets: laws, agreement with each other, refusals."""

from __future__ import annotations

import itertools
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from promotion_book.scenarios import fan as fans
from promotion_book.scenarios import montecarlo, probability
from promotion_book.scenarios.fan import TwoPieceNormal
from promotion_book.scenarios.probability import Chance, Ends, LogGrowth, chance, reaching
from promotion_book.statistics.refusal import Refused

modes = st.floats(-1e3, 1e3)
sigmas = st.floats(0.1, 100)
levels = st.floats(0.05, 0.95)
scales = st.floats(0.01, 1000)
ASSUMED = LogGrowth(0.06, 0.05)
ESTIMATED = LogGrowth(0.06, 0.05, observed=5)
OBSERVED = [0.02, 0.09, 0.05, 0.11, 0.03]
DRAWS = 200_000
ONE_IN_A_MILLION = 4.9  # standard errors


# Fans


@given(modes, sigmas, sigmas, st.floats(0.001, 0.999))
def test_cumulative_probability_and_quantile_are_inverse(mode, low, high, p):
    normal = TwoPieceNormal(mode, low, high)
    assert fans.cumulative(normal, fans.quantile(normal, p)) == pytest.approx(p, abs=1e-9)


@given(modes, sigmas, sigmas)
def test_quantiles_rise_with_their_probability(mode, low, high):
    found = fans.quantile(TwoPieceNormal(mode, low, high), np.linspace(0.001, 0.999, 200))
    assert (np.diff(found) > 0).all()


@pytest.mark.parametrize(("low", "high"), [(40, 20), (20, 40), (30, 30)])
def test_mass_mean_and_variance_are_the_integrals_of_the_density(low, high):
    normal = TwoPieceNormal(550, low, high)

    def integral(weight):
        return integrate.quad(lambda x: weight(x) * fans.density(normal, x), 0, 1100, points=[550], epsabs=1e-10)[0]

    mean = integral(lambda x: x)
    found = [integral(lambda x: 1), mean, integral(lambda x: (x - mean) ** 2)]
    assert found == pytest.approx([1, float(fans.mean(normal)), float(fans.variance(normal))])
    below = integrate.quad(lambda x: fans.density(normal, x), 0, 560, points=[550])[0]
    assert below == pytest.approx(fans.cumulative(normal, 560))


@given(modes, sigmas)
def test_with_equal_sides_the_distribution_is_normal(mode, sigma):
    normal = TwoPieceNormal(mode, sigma, sigma)
    x = mode + sigma * np.linspace(-3, 3, 13)
    assert fans.cumulative(normal, x) == pytest.approx(stats.norm.cdf(x, mode, sigma))
    assert fans.density(normal, x) == pytest.approx(stats.norm.pdf(x, mode, sigma))


@given(modes, sigmas, sigmas, levels)
def test_both_kinds_of_band_hold_their_probability_and_the_densest_is_the_shortest(mode, low, high, level):
    normal = TwoPieceNormal(mode, low, high)
    width = {}
    for kind, band in fans.BANDS.items():
        lower, upper = band(normal, level)
        assert fans.cumulative(normal, upper) - fans.cumulative(normal, lower) == pytest.approx(level)
        width[kind] = upper - lower
    assert width["highest_density"] <= width["equal_tail"] + 1e-9


@given(sigmas, st.floats(-0.9, 0.9))
def test_the_published_skew_gives_back_the_skewness_with_its_sign_turned(sigma, gamma):
    skew = fans.mean(fans.bank_of_england(0, sigma, gamma))
    assert fans.gamma_of_skew(sigma, skew) == pytest.approx(gamma, abs=1e-6)


def test_the_skewness_of_a_small_skew_is_the_formula_of_the_bank():
    beta = np.pi * 0.3**2 / 2
    assert fans.gamma_of_skew(1, 0.3) == pytest.approx(-np.sqrt(1 - ((np.sqrt(1 + 2 * beta) - 1) / beta) ** 2))


@pytest.mark.parametrize("bands", ["equal_tail", "highest_density"])
def test_the_median_of_a_fan_is_its_path(bands):
    path, low, high = [100.0, 110.0, 120.0], [5.0, 8.0, 10.0], [2.0, 9.0, 20.0]
    found = fans.fan(path, low, high, levels=[1e-9, 0.5], bands=bands)
    inner = TwoPieceNormal(
        [p - fans.quantile(TwoPieceNormal(0, a, b), 0.5) for p, a, b in zip(path, low, high, strict=True)], low, high
    )
    assert fans.cumulative(inner, found.path) == pytest.approx([0.5] * 3)
    centre = {"equal_tail": path, "highest_density": inner.mode}[bands]
    assert found.low[0] == pytest.approx(centre)
    assert found.high[0] == pytest.approx(centre)


def test_a_fan_has_bands_of_30_60_and_90_percent_with_equal_tails_each_within_the_next():
    found = fans.fan([100.0, 110.0], [5.0, 8.0], [2.0, 9.0])
    assert (found.levels, found.bands) == ((0.3, 0.6, 0.9), "equal_tail")
    ends = np.vstack([found.low[::-1], found.path, found.high])
    assert ends.shape == (7, 2)
    assert (np.diff(ends, axis=0) > 0).all()


@given(scales)
def test_the_unit_of_a_fan_does_not_matter(scale):
    one = fans.fan([100.0, 110.0], [5.0, 8.0], [2.0, 9.0])
    other = fans.fan([100 * scale, 110 * scale], [5 * scale, 8 * scale], [2 * scale, 9 * scale])
    assert other.low == pytest.approx(one.low * scale)
    assert other.high == pytest.approx(one.high * scale)


def test_a_skewness_of_one_is_no_distribution():
    with pytest.raises(ValueError, match="between -1 and 1"):
        fans.bank_of_england(0, 1, 1)


# Probability of a target


@given(st.floats(1, 1e4), st.integers(1, 15), st.sampled_from([ASSUMED, ESTIMATED]))
def test_the_probability_falls_as_the_target_rises(start, years, growth):
    found = [reaching(start, start * factor, years, growth) for factor in np.linspace(0.8, 2.5, 30)]
    assert all(0 <= low <= high <= 1 for high, low in itertools.pairwise(found))
    assert found[0] > found[-1]


@given(scales, st.sampled_from([ASSUMED, ESTIMATED]))
def test_the_unit_of_start_and_target_does_not_matter(scale, growth):
    one = reaching(450, 550, 3, growth)
    assert reaching(450 * scale, 550 * scale, 3, growth) == pytest.approx(one)


def test_a_target_on_the_mean_path_is_reached_with_even_odds():
    target = 450 * np.exp(3 * 0.06)
    assert [reaching(450, target, 3, growth) for growth in (ASSUMED, ESTIMATED)] == pytest.approx([0.5, 0.5])


def test_estimated_growth_makes_a_distant_target_more_likely_than_assumed_growth():
    assert round(reaching(450, 550, 3, ASSUMED), 3) == 0.406
    assert round(reaching(450, 550, 3, ESTIMATED), 3) == 0.430


def test_growth_estimated_from_very_many_years_is_as_good_as_known():
    many = LogGrowth(0.06, 0.05, observed=10**7)
    assert reaching(450, 550, 3, many) == pytest.approx(reaching(450, 550, 3, ASSUMED), abs=1e-6)


def test_growth_is_estimated_from_the_figures_of_the_years():
    figures = 100 * np.exp(np.cumsum([0, *OBSERVED]))
    found = probability.estimated(probability.log_growths(figures))
    expected = LogGrowth(0.06, float(np.std(OBSERVED, ddof=1)), 5)
    assert (found.mean, found.sd, found.observed) == pytest.approx((expected.mean, expected.sd, expected.observed))


def test_a_range_has_a_probability_for_each_end():
    found = probability.both_ends(lambda target: reaching(117, target, 3, ASSUMED), 150, 180)
    assert found == Ends(reaching(117, 150, 3, ASSUMED), reaching(117, 180, 3, ASSUMED))
    assert found.low > found.high


@pytest.mark.parametrize(
    ("p", "expected", "frequency"),
    [
        (0.0, Chance(5, "less_than", "very_unlikely"), (1, 20)),
        (0.02, Chance(5, "less_than", "very_unlikely"), (1, 20)),
        (0.03, Chance(5, "", "very_unlikely"), (1, 20)),
        (0.11, Chance(10, "", "unlikely"), (1, 10)),
        (0.328, Chance(35, "", "about_as_likely_as_not"), (7, 20)),
        (0.406, Chance(40, "", "about_as_likely_as_not"), (4, 10)),
        (0.67, Chance(65, "", "about_as_likely_as_not"), (13, 20)),
        (0.7, Chance(70, "", "likely"), (7, 10)),
        (0.9, Chance(90, "", "likely"), (9, 10)),
        (0.94, Chance(95, "", "very_likely"), (19, 20)),
        (1.0, Chance(95, "more_than", "very_likely"), (19, 20)),
    ],
)
def test_a_probability_is_told_in_steps_of_five_with_a_count_that_says_the_same_and_a_word(p, expected, frequency):
    assert (chance(p), chance(p).frequency) == (expected, frequency)


@given(st.floats(0, 1))
def test_what_is_told_is_near_the_probability_and_its_one_bound_is_true(p):
    told, (count, of) = chance(p), chance(p).frequency
    assert 5 <= told.percent <= 95
    assert 100 * count == told.percent * of
    assert {
        "less_than": 100 * p < told.percent,
        "more_than": 100 * p > told.percent,
        "": abs(told.percent - 100 * p) <= 2.5 + 1e-9,
    }[told.bound]


@pytest.mark.parametrize(
    ("p", "word"),
    [
        (0.009, "exceptionally_unlikely"),
        (0.01, "very_unlikely"),
        (0.10, "unlikely"),
        (0.33, "about_as_likely_as_not"),
        (0.66, "about_as_likely_as_not"),
        (0.90, "likely"),
        (0.99, "very_likely"),
        (0.991, "virtually_certain"),
    ],
)
def test_a_probability_on_a_bound_gets_the_weaker_word(p, word):
    assert probability.word(p) == word


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_not_put_into_words(p):
    with pytest.raises(ValueError, match="between 0 and 1"):
        chance(p)


# Simulation


@pytest.mark.parametrize("growth", [ASSUMED, ESTIMATED], ids=["assumed", "estimated"])
@pytest.mark.parametrize("year", [1, 3, 10])
@pytest.mark.parametrize("target", [440, 550, 900])
def test_the_simulation_agrees_with_the_closed_form(growth, year, target):
    found = montecarlo.simulate(450, 10, growth, DRAWS, seed=11).reaching(target, year)
    expected = reaching(450, target, year, growth)
    assert abs(found - expected) <= ONE_IN_A_MILLION * montecarlo.standard_error(expected, DRAWS) + 1e-4


@pytest.mark.parametrize("growth", [ASSUMED, ESTIMATED], ids=["assumed", "estimated"])
def test_simulated_quantiles_are_those_of_the_predictive_distribution(growth):
    p = np.array([0.05, 0.5, 0.95])
    found = montecarlo.simulate(450, 3, growth, DRAWS, seed=5).quantiles(p)[:, -1]
    standard = stats.norm if growth.observed is None else stats.t(growth.observed - 1)
    z = standard.ppf(p)
    error = ONE_IN_A_MILLION * np.sqrt(p * (1 - p) / DRAWS) / standard.pdf(z)
    assert (abs((np.log(found / 450) - 0.18) / growth.spread(3) - z) <= error).all()


def test_counts_on_the_grid_give_the_quantiles_of_the_paths_themselves():
    rng = np.random.default_rng(3)
    first, second = (rng.standard_normal((2, size)) for size in (montecarlo.BLOCK, 4000))
    paths = 450 * np.exp(np.cumsum(0.06 + 0.05 * np.hstack([first, second]), axis=0))
    p = [0.01, 0.1, 0.5, 0.9, 0.99]
    found = montecarlo.simulate(450, 2, ASSUMED, montecarlo.BLOCK + 4000, seed=3)
    assert found.counts.sum(axis=1).tolist() == [montecarlo.BLOCK + 4000] * 2
    assert found.quantiles(p) == pytest.approx(np.quantile(paths, p, axis=1), rel=5e-4)
    assert found.reaching(540, 2) == pytest.approx((paths[1] >= 540).mean(), abs=3e-4)


def test_simulated_quantiles_rise_with_their_probability_and_widen_with_the_years():
    found = montecarlo.simulate(450, 10, ESTIMATED, 20_000, seed=1).quantiles([0.001, 0.05, 0.5, 0.95, 0.999])
    assert (np.diff(found, axis=0) > 0).all()
    assert (np.diff(found[3] / found[1]) > 0).all()


def test_a_simulated_probability_falls_as_the_target_rises():
    simulation = montecarlo.resample(450, 5, OBSERVED, 20_000, seed=1)
    found = [simulation.reaching(target, 5) for target in np.linspace(400, 800, 50)]
    assert found == sorted(found, reverse=True)
    assert (found[0], found[-1]) == (1.0, 0.0)


def test_the_unit_of_a_simulation_does_not_matter():
    one, thousand = (montecarlo.simulate(450 * unit, 3, ESTIMATED, 10_000, seed=9) for unit in (1, 1000))
    assert thousand.quantiles([0.1, 0.9]) == pytest.approx(1000 * one.quantiles([0.1, 0.9]))
    assert thousand.reaching(550_000, 3) == one.reaching(550, 3)


def test_a_seed_gives_the_same_paths_and_another_seed_others():
    one, again, other = (montecarlo.simulate(450, 3, ASSUMED, 10_000, seed=s).counts for s in (0, 0, 1))
    assert (one == again).all()
    assert (one != other).any()


def test_a_simulation_names_its_seed_and_generator():
    found = montecarlo.simulate(450, 3, ASSUMED, 10_000, seed=42)
    assert (found.draws, found.seed, found.generator) == (10_000, 42, f"PCG64 of numpy {np.__version__}")


def test_resampled_growth_repeats_the_past_and_nothing_else():
    found = montecarlo.resample(450, 1, OBSERVED, DRAWS, seed=2)
    reached = [found.reaching(450 * float(np.exp(g)), 1) for g in sorted(OBSERVED)]
    assert reached == pytest.approx(
        [1, 0.8, 0.6, 0.4, 0.2], abs=ONE_IN_A_MILLION * montecarlo.standard_error(0.5, DRAWS)
    )
    assert found.reaching(450 * float(np.exp(0.12)), 1) == 0


def test_resampled_paths_spread_like_the_sum_of_independent_years():
    found = np.log(montecarlo.resample(450, 10, OBSERVED, DRAWS, seed=2).quantiles([0.1587, 0.5, 0.8413])[:, -1] / 450)
    sd = np.std(OBSERVED) * np.sqrt(10)
    assert found == pytest.approx([0.6 - sd, 0.6, 0.6 + sd], abs=0.004)


def test_the_standard_error_of_a_probability_is_a_half_percent_at_ten_thousand_paths():
    assert montecarlo.standard_error(0.5, montecarlo.FEWEST) == 0.005


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: TwoPieceNormal(1, 0, 1), "no_variation"),
        (lambda: reaching(0, 5, 3, ASSUMED), "not_positive"),
        (lambda: reaching(5, -1, 3, ASSUMED), "not_positive"),
        (lambda: reaching(5, 6, 0, ASSUMED), "no_time"),
        (lambda: LogGrowth(0.05, 0.0), "no_variation"),
        (lambda: LogGrowth(0.05, 0.1, observed=2), "too_few_figures"),
        (lambda: probability.estimated([0.1, 0.2]), "too_few_figures"),
        (lambda: probability.estimated(probability.log_growths([100, 105, 110.25, 115.7625])), "no_variation"),
        (lambda: probability.log_growths([100, 0, 5]), "not_positive"),
        (lambda: montecarlo.simulate(0, 3, ASSUMED, 10_000, seed=1), "not_positive"),
        (lambda: montecarlo.simulate(5, 0, ASSUMED, 10_000, seed=1), "no_time"),
        (lambda: montecarlo.simulate(5, 3, ASSUMED, 10_000, seed=1).reaching(0, 3), "not_positive"),
        (lambda: montecarlo.resample(5, 3, [0.1, 0.1, 0.1], 10_000, seed=1), "no_variation"),
    ],
)
def test_a_chance_that_would_mislead_is_refused_with_its_reason(call, reason):
    with pytest.raises(Refused) as refusal:
        call()
    assert refusal.value.reason == reason


def test_memory_does_not_grow_with_the_paths():
    peaks = []
    for draws in (50_000, 400_000):
        tracemalloc.start()
        montecarlo.simulate(450, 10, ASSUMED, draws, seed=1).quantiles([0.05, 0.5, 0.95])
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] == pytest.approx(peaks[0], rel=0.1)


@pytest.mark.parametrize("year", [0, 4])
def test_a_year_that_was_not_simulated_has_no_probability(year):
    with pytest.raises(ValueError, match="years 1 to 3"):
        montecarlo.simulate(450, 3, ASSUMED, 10_000, seed=1).reaching(550, year)


def test_too_few_paths_are_not_simulated():
    with pytest.raises(ValueError, match="10000 paths"):
        montecarlo.simulate(450, 3, ASSUMED, 9_999, seed=1)
