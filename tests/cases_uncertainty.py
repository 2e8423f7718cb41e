"""How the code is called for the worked cases of probabilities and sensitivity."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from promotion_book.scenarios import probability, sensitivity


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
    "sensitivity.tornado": tornado,
    "uncertainty.ipcc_words": ipcc_word,
}
