"""How the code is called for the worked cases of scenario paths."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from promotion_book.scenarios.assumptions import GrowthRange
from promotion_book.scenarios.projections import Scenario, low_base_high, project


def ends(start: float, years: int, **growth: float) -> dict[str, float]:
    found = project(Scenario("range", (GrowthRange(**growth),)), start, 2025, 2025 + years)
    return {case.name: case.values[-1] for case in low_base_high(found)}


RUN: dict[str, Callable[..., Any]] = {"scenario.low_base_high": ends}
