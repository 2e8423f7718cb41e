"""How the code is called for the worked cases of probabilities and sensitivity."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from promotion_book.scenarios import probability, sensitivity


def tornado(formula, base, ranges) -> dict[str, Any]:
    def model(**inputs) -> float:
        return eval(formula, {}, inputs)

    rows = [(name, *ranges[name], base[name], ()) for name in base]
    inputs = pd.DataFrame(rows, columns=["name", "low", "high", "base", "sources"], dtype=object)
    found = sensitivity.tornado(model, inputs)
    swings = dict(zip(found["name"], found["swing"], strict=True))
    return {"base": model(**base), "swings": swings, "order": [*found["name"]]}


def ipcc_word(p, scale) -> str:
    assert scale == "IPCC TAR/AR4"
    return probability.word(p).replace("_", " ")


RUN: dict[str, Callable[..., Any]] = {
    "sensitivity.tornado": tornado,
    "uncertainty.ipcc_words": ipcc_word,
}
