"""How a probability is told: rounded to five percentage points, never 0 or 100, with a word."""

from __future__ import annotations

import math
from dataclasses import dataclass

STEP = 5
WORDS = (
    ("exceptionally_unlikely", 0.01),
    ("very_unlikely", 0.10),
    ("unlikely", 0.33),
    ("about_as_likely_as_not", 0.66),
    ("likely", 0.90),
    ("very_likely", 0.99),
)


@dataclass(frozen=True)
class Chance:
    """A probability for readers: keys and whole numbers that `words` puts into words.

    `percent` is 5 to 95; its `bound` is empty, `less_than` or `more_than`.
    """

    percent: int
    bound: str
    word: str


def chance(probability: float) -> Chance:
    """How is a probability published?

    It is rounded to five percentage points. What would round to 0% or 100% is less than 5% or more than 95%. The word is
    that of the rounded percentage, so the two agree.

    Source: a rule of this report, with the words of the Intergovernmental Panel on Climate Change.

    Raises:
        ValueError: not a probability.
    """
    if not 0 <= probability <= 1:
        raise ValueError("a probability lies between 0 and 1")
    rounded = STEP * math.floor(100 * probability / STEP + 0.5)
    percent = min(max(rounded, STEP), 100 - STEP)
    return Chance(percent, {0: "less_than", 100: "more_than"}.get(rounded, ""), word(percent / 100))


def word(probability: float) -> str:
    """Which word goes with a probability?

    .. math:: p > 0.99: \\text{ virtually certain} \\\\ p > 0.90: \\text{ very likely} \\\\ p > 0.66: \\text{ likely}
        \\\\ p \\ge 0.33: \\text{ about as likely as not} \\\\ p \\ge 0.10: \\text{ unlikely}
        \\\\ p \\ge 0.01: \\text{ very unlikely} \\\\ p < 0.01: \\text{ exceptionally unlikely}

    Symbols: $p$ is the probability; the first line that holds counts. A bound belongs to the weaker word.
    Source: the Intergovernmental Panel on Climate Change, guidance notes on uncertainty of 2005.
    Worked cases: S140, S141, S142, S143, S145, S146
    """
    for name, upper in WORDS:
        if probability < upper or (probability == upper > 0.5):
            return name
    return "virtually_certain"
