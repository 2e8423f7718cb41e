"""How the code is called for the worked cases of probabilities and sensitivity."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from promotion_book.scenarios import probability, sensitivity
from promotion_book.scenarios.probability import LogGrowth


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
    "mc.prob_reach_target_lognormal": reaching,
    "sensitivity.tornado": tornado,
    "uncertainty.ipcc_words": ipcc_word,
}
