"""How the code is called for the worked cases of forecasts, backtests and scores."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import Any

import numpy as np

from promotion_book.scenarios import backtest, forecasts, intervals, predictive, scores

TAILS = [0.025, 0.975]
NORMAL_95 = NormalDist().inv_cdf(0.975)


def drift(y, h) -> dict[str, Any]:
    mean, errors = forecasts.drift(y, h), intervals.drift_errors(y, h)
    lower, upper = intervals.drift_quantiles(y, h, TAILS)
    return {
        "mean": mean,
        "sigma": intervals.spread(np.array(y)),
        "se": errors,
        "lo95_normal": mean - NORMAL_95 * errors,
        "hi95_normal": mean + NORMAL_95 * errors,
        "lo95_t": lower,
        "hi95_t": upper,
    }


def drift_of_a_library(y, h, level) -> dict[str, Any]:
    """A library divides the squared changes by their number, not by one less, and takes normal quantiles."""
    assert level == 95
    changes = len(y) - 1
    errors = intervals.drift_errors(y, h) * math.sqrt((changes - 1) / changes)
    mean = forecasts.drift(y, h)
    return {"mean": mean, "lo95": mean - NORMAL_95 * errors, "hi95": mean + NORMAL_95 * errors}


def log_drift(y, h) -> dict[str, Any]:
    (median,) = intervals.log_drift_quantiles(y, h, 0.5)
    return {"median": median, "equals_cagr_compounding": forecasts.log_drift(y, h)}


def theta(y, h, alpha, **described) -> dict[str, Any]:
    assert described == {"theta": 2, "ses_init": "first value of theta line"}
    fit = forecasts.theta_fit(y)
    return {
        "slope": fit.slope,
        "intercept": fit.intercept,
        "alpha": fit.alpha,
        "ses_level": fit.level,
        "forecast": forecasts.theta(y, h),
    }


def combined(y, h, members, weights) -> Any:
    assert (members, weights) == (["naive", "rw_drift", "theta_classic"], "equal")
    return forecasts.combined(y, h)


def rolling_origin(y, min_train, horizons, method) -> dict[str, Any]:
    assert min_train == backtest.FIRST_ORIGIN
    tables = backtest.rolling_origin(y, {method: {"naive": forecasts.naive}[method]})
    errors = {h: tables[h]["actual"] - tables[h][method] for h in horizons}
    return {
        "n_origins": len(tables[1]),
        **{f"errors_h{h}": errors[h].tolist() for h in horizons},
        **{f"mae_h{h}": errors[h].abs().mean() for h in horizons},
    }


def distribution(found, level, target) -> dict[str, Any]:
    band = found.interval(level)
    return {"median": found.median, "lower": band.lower, "upper": band.upper, "chance": found.at_least(target)[-1]}


RUN: dict[str, Callable[..., Any]] = {
    "forecast.rw_drift": drift,
    "forecast.rw_drift_statsforecast": drift_of_a_library,
    "forecast.log_drift": log_drift,
    "forecast.theta_classic": theta,
    "forecast.damped_limit": lambda level, trend, phi: forecasts.damped_limit(level, trend, phi),
    "forecast.ses_fixed_alpha": lambda y, alpha, initial_level: forecasts.ses(y, alpha, initial_level),
    "forecast.comb3": combined,
    "predictive.scale": predictive.scale,
    "predictive.yearly": lambda y, h, **asked: distribution(predictive.yearly(y, h), **asked),
    "predictive.running_total": lambda flows, total, h, **asked: distribution(
        predictive.running_total(flows, total, h), **asked
    ),
    "score.pinball": lambda quantile_forecast, y, tau: scores.pinball(y, quantile_forecast, tau),
    "backtest.rolling_origin": rolling_origin,
}
