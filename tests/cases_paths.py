"""How the code is called for the worked cases of scenario paths."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from promotion_book.scenarios.assumptions import GrowthRange
from promotion_book.scenarios.paths import CASES, Scenario, project


def ends(start: float, years: int, **growth: float) -> dict[str, float]:
    found = project(Scenario("range", (GrowthRange(**growth),)), start, 2025, 2025 + years)
    return dict(zip(CASES, found.values[:, -1], strict=True))


RUN: dict[str, Callable[..., Any]] = {"scenario.low_base_high": ends}
