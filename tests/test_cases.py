"""Every worked case of `cases.csv`: the numbers that the methods page prints are tested here.

Each case names its method; `RUN` says how the code is called for it. A case without an entry, or an
entry without a case, fails.
"""

from __future__ import annotations

import csv
import itertools
import json
import math
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import cases_forecasts
import cases_uncertainty
import pandas as pd
import pytest

from promotion_book.charts.contrast import contrast
from promotion_book.charts.style import PALETTE
from promotion_book.facts.calendar import Release
from promotion_book.scenarios.error_parts import error_parts
from promotion_book.scenarios.next_years import required_each_year
from promotion_book.statistics import growth, pace, revisions, targets
from promotion_book.statistics.money import support_ratios
from promotion_book.statistics.progress import assess
from promotion_book.statistics.refusal import Refused
from promotion_book.statistics.results_table import FIGURES, PLANS, results_table
from promotion_book.statistics.roll_up import PARTS, roll_up
from promotion_book.statistics.rounding import rounding_note_needed
from promotion_book.statistics.targets import Point, Target
from promotion_book.statistics.targets_reached import targets_reached
from promotion_book.statistics.verdict import reached

CASES = list(csv.DictReader((Path(__file__).parent / "cases.csv").read_text(encoding="utf-8").splitlines()))
PRINTED = 1e-10  # the expected numbers are printed with ten decimals


def refused(call: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(Refused) as refusal:
        call()
    return {"status": "not_available", "reason": refusal.value.reason}


def base_of_zero(base, current, target, years_elapsed, years_total) -> dict[str, str]:
    found = refused(lambda: pace.geometric_pace(base, current, target, years_elapsed, years_total))
    assert pace.linear_pace(base, current, target, years_elapsed, years_total) > 0
    return {**found, "alternative": "linear_path"}


def goal(reading, low, high=None, tolerance=0.0) -> Target:
    return Target("t", "level", reading, "linear", low, high, date(2025, 1, 1), date(2025, 12, 31), tolerance=tolerance)


def range_target(value, low, high, reading) -> str:
    found = reached(goal(reading, low, high), value)
    if reading == "stay_within":
        return "held" if found else "lost"
    return "reached" if found else "not_reached"


def cumulative(target, actual_cumulative, years_elapsed, years_total) -> dict[str, float]:
    found = pace.cumulative_pace(target, actual_cumulative, elapsed=years_elapsed, total=years_total)
    days = {"first": 2021, "since": 2020 + years_elapsed, "year": 2020 + years_total}
    left = each_year("total", "each_year", wanted=target, figure=actual_cumulative, usual=0.0, **days)
    return asdict(found) | {"required_per_year": left["each_year"]}


def phased(plan, actual) -> dict[str, float]:
    done = sum(actual)
    linear = pace.cumulative_pace(sum(plan), done, elapsed=len(actual), total=len(plan))
    return {
        "cum_plan": sum(plan[: len(actual)]),
        "cum_actual": done,
        "pace": pace.phased_pace(plan, actual),
        "share": linear.share,
        "linear_pace": linear.pace,
    }


def maintain(target, tolerance, values) -> dict[str, Any]:
    held = ["held" if reached(goal("maintain", target, tolerance=tolerance), value) else "lost" for value in values]
    return {"status": held, "last": held[-1]}


def without_base(current, target, baseline) -> dict[str, Any]:
    goal = Target(
        "t", "level", "at_least", "geometric", target, None, date(2025, 1, 1), date(2025, 12, 31), base_year=2022
    )
    found = assess(goal, [Point(date(2022, 1, 1), date(2022, 12, 31), current)], as_of=date(2023, 12, 31))
    assert baseline is None
    return {"level_share": found.share, "pace": found.pace, "status": found.reason}


def revised(first, latest) -> dict[str, float]:
    found = revisions.revisions(first, latest)
    return {
        "mean_revision": found["mean"],
        "mean_absolute_revision": found["mean_absolute"],
        "relative_mar": found["relative_absolute"],
        "share_up": found["share_up"],
    }


def share_reached(reached, missed) -> float:
    targets = pd.DataFrame({"kind": "flow", "status": ["met"] * reached + ["missed"] * missed})
    return float(targets_reached(targets)["share"].iloc[-1])


def contribution(before, after) -> dict[str, Any]:
    points = growth.contributions(pd.DataFrame([before, after]))["points"]
    return {"growth_pct": points.sum(), "contribution_pp": points.to_dict()}


def rounding(values, decimals, total) -> dict[str, Any]:
    rounded = [round(v, decimals) for v in values]
    return {
        "rounded": rounded,
        "sum": round(sum(rounded), decimals),
        "note_needed": rounding_note_needed(values, total, decimals=decimals),
    }


def palette(palette, min_ratio, pairs) -> dict[str, Any]:
    assert tuple(palette) == PALETTE
    ratios = [contrast(a, b) for a, b in pairs(palette)]
    return {"ratio": ratios, "passes": [r >= min_ratio for r in ratios]}


def notice(announced, release, min_days) -> dict[str, Any]:
    days = [date.fromisoformat(day) for day in (announced, release)]
    told = Release("2025", *days).refusal(days[1])
    assert (f"allowed {min_days}" in told) == bool(told)
    return {"days": (days[1] - days[0]).days, "ok": not told}


def results(done: list[tuple[str, float]], planned: tuple[str, float], period: str) -> dict[str, Any]:
    figures = pd.DataFrame(
        [("i", "flow", label, float(y), False, math.nan, math.nan) for label, y in done], columns=FIGURES
    )
    plans = pd.DataFrame([("i", *planned, "-" in planned[0])], columns=PLANS)
    return dict(results_table(figures, plans, period=period).iloc[0])


def results_of_a_period(plan, done, before) -> dict[str, Any]:
    row = results([("2024", before), ("2025", done)], ("2025", plan), "2025")
    return {name: row[name] for name in ("rate", "change")}


def results_of_years(total, done) -> dict[str, Any]:
    years = [(str(2021 + n), y) for n, y in enumerate(done)]
    row = results(years, ("2021-2025", total), years[-1][0])
    return {name: row[name] for name in ("since_start", "left")}


def support_of_years(own, support, establishments) -> dict[str, float]:
    items = {"own": own, "support": support, "establishments": establishments}
    figures = pd.DataFrame(
        [(name, "flow", "2016-2020", float(y), False, math.nan, math.nan) for name, y in items.items()], columns=FIGURES
    )
    found = results_table(figures, pd.DataFrame(columns=PLANS), period="2020")
    funds = pd.DataFrame(
        [(name, name, "establishments") for name in ("support", "own")], columns=["indicator_id", "fund", "pays_for"]
    )
    kinds = pd.DataFrame({"indicator_id": list(items), "kind": "flow"})
    ratios = support_ratios(found, funds, indicators=kinds).set_index("indicator_id")["ratio"]
    return {"matching": ratios["own"], "for_one": ratios["support"]}


def parts_together(reported, expected) -> dict[str, float]:
    areas = [str(n) for n in range(expected)]
    figures = pd.DataFrame(
        [("jobs", area, "district", float(y)) for area, y in zip(areas, reported, strict=False)], columns=PARTS
    )
    row = roll_up(figures, pd.DataFrame({"area": areas, "level": "district"})).iloc[0]
    return {"total": row["total"], "missing": len(row["missing"])}


def split_error(then, now, projected, came) -> dict[str, Any]:
    """The parts of the error of the last year of a path."""
    years = range(1, len(came) + 1)
    rows = [(n, f, y) for n, f, y in zip(years, projected, came, strict=True)]
    pairs = pd.DataFrame(rows, columns=["years_ahead", "value", "outcome"]).assign(
        indicator_id="i", period="2020", cut_off="2021-03-31", origin_year=2020, way="projected", naive=then
    )
    known = pd.DataFrame([("i", 2020, now)], columns=["indicator_id", "target_year", "outcome"])
    return dict(error_parts(pairs, known)[["revised", "level", "trend", "error"]].iloc[-1])


def each_year(asks: str, *kept: str, first: int = 2026, **given: float) -> dict[str, Any]:
    row = required_each_year(pd.DataFrame([{"asks": asks, "first": first, "rest": 0.0, **given}])).iloc[0]
    return {name: row[name] for name in kept}


RUN: dict[str, Callable[..., Any]] = {
    **cases_forecasts.RUN,
    **cases_uncertainty.RUN,
    "progress.cagr": growth.cagr,
    "progress.geometric_pace": lambda **given: {"ratio": pace.geometric_pace(*given.values())},
    "progress.linear_pace": lambda **given: {"ratio": pace.linear_pace(*given.values())},
    "progress.pace_class": pace.pace_class,
    "progress.edge_base_zero": base_of_zero,
    "progress.edge_base_year_missing": lambda years, base_year: dict(
        zip(("base_year_used", "flag"), targets.base_year_used(years, base_year), strict=True)
    ),
    "progress.edge_negative_series": lambda base, current, years, direction: {
        "cagr": growth.cagr(base, current, years),
        "signed_progress": pace.signed_growth(base, current, years=years),
    },
    "progress.edge_mixed_sign": lambda base, current: refused(lambda: growth.cagr(base, current, 2)),
    "seed.implied_baseline": lambda target, years, **rest: [
        growth.implied_base(target, g, years=years) for g in rest["growth"]
    ],
    "progress.range_target": range_target,
    "progress.cumulative_target": cumulative,
    "progress.cumulative_with_phasing": phased,
    "progress.at_most": lambda limit, spent, time_share: targets.outturn(spent, time_share),
    "progress.maintain": maintain,
    "progress.missing_baseline": without_base,
    "next_years.stock": lambda **given: each_year("stock", "each_year", "growth", "usual_figure", **given),
    "next_years.total": lambda done, **given: each_year("total", "each_year", "usual_figure", figure=done, **given),
    "record.reached": share_reached,
    "record.error_parts": split_error,
    "results.period": results_of_a_period,
    "results.plan_of_years": results_of_years,
    "results.support": support_of_years,
    "results.parts": parts_together,
    "scenario.compound_path": lambda start, years, **rest: growth.compound_path(start, rest["growth"], years=years),
    "scenario.required_growth": growth.required_growth,
    "scenario.required_yearly_addition": lambda stock, target, years: [
        each_year("stock", "each_year", wanted=t, figure=stock, since=2026 - years, year=2026, usual=0.0)["each_year"]
        for t in target
    ],
    "stats.contribution_to_growth": contribution,
    "stats.revisions": revised,
    "a11y.contrast": lambda pairs: [contrast(a, b) for a, b in pairs],
    "a11y.af_palette_on_white": lambda palette_, min_ratio: palette(
        palette_, min_ratio, lambda p: [(c, "#ffffff") for c in p]
    ),
    "a11y.af_palette_adjacent": lambda palette_, min_ratio: palette(
        palette_, min_ratio, lambda p: itertools.pairwise(p)
    ),
    "release.preannounce": notice,
    "release.rounding_consistency": rounding,
}


def close(found: Any, expected: Any, tolerance: float) -> bool:
    """Whether a result is the expected one; of a dictionary, the expected keys count."""
    if isinstance(expected, dict):
        return all(key in found and close(found[key], value, tolerance) for key, value in expected.items())
    if isinstance(expected, list):
        return len(found) == len(expected) and all(close(f, e, tolerance) for f, e in zip(found, expected, strict=True))
    if isinstance(expected, bool) or not isinstance(expected, (int, float)):
        return bool(found == expected or (isinstance(found, dict) and found.get("status") == expected))
    return math.isclose(found, expected, rel_tol=tolerance, abs_tol=tolerance)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_code_gives_the_number_of_the_worked_case(case):
    inputs, expected = json.loads(case["inputs"]), json.loads(case["expected"])
    if "palette" in inputs:
        inputs["palette_"] = inputs.pop("palette")
    tolerance = PRINTED if case["tolerance"] == "exact" else max(PRINTED, float(case["tolerance"]))
    found = RUN[case["method"]](**inputs)
    assert close(found, expected, tolerance), f"found {found}, expected {expected}"


def test_every_way_to_run_a_case_has_a_case():
    assert set(RUN) == {case["method"] for case in CASES}
