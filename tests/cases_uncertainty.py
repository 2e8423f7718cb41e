"""How the code is called for the worked cases of fans, probabilities and sensitivity."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from promotion_book.scenarios import fan, montecarlo, probability, sensitivity
from promotion_book.scenarios.probability import LogGrowth


def bank_of_england(sigma, gamma) -> dict[str, Any]:
    found = fan.bank_of_england(0, sigma, gamma)
    return {"sigma_low": found.sigma_low, "sigma_high": found.sigma_high, "mean_minus_mode": fan.mean(found)}


def bands(mode, sigma_low, sigma_high, level) -> dict[str, Any]:
    normal = fan.TwoPieceNormal(mode, sigma_low, sigma_high)
    highest = fan.highest_density(normal, level)
    return {
        "equal_tail": fan.equal_tail(normal, level),
        "highest_density": highest,
        "mass_hpd": fan.cumulative(normal, highest[1]) - fan.cumulative(normal, highest[0]),
    }


def reaching(start, target, horizon, mean_log_growth, sd_log_growth) -> float:
    return probability.reaching(start, target, horizon, LogGrowth(mean_log_growth, sd_log_growth))


def tornado(formula, base, ranges) -> dict[str, Any]:
    found = sensitivity.tornado(lambda **inputs: eval(formula, {}, inputs), base, ranges)
    return {
        "base": found.base,
        "swings": {bar.name: bar.swing for bar in found.bars},
        "order": [bar.name for bar in found.bars],
    }


def ipcc_word(p, scale) -> str:
    assert scale == "IPCC TAR/AR4"
    return probability.word(p).replace("_", " ")


RUN: dict[str, Callable[..., Any]] = {
    "fan.boe_parameters": bank_of_england,
    "fan.equal_tail_vs_hpd": bands,
    "mc.prob_reach_target_lognormal": reaching,
    "mc.standard_error": lambda p, draws: montecarlo.standard_error(p, draws),
    "sensitivity.tornado": tornado,
    "uncertainty.ipcc_words": ipcc_word,
}
