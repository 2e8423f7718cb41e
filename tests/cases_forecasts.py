"""How the code is called for the worked cases of forecasts, backtests and scores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from promotion_book.scenarios import backtest, forecasts, predictive, scores


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


def combine(y, h, members, weights) -> Any:
    assert (members, weights) == (["naive", "rw_drift", "theta_classic"], "equal")
    return forecasts.combine(y, h)


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
    lower, upper = found.interval(level)
    return {"median": found.median, "lower": lower, "upper": upper, "chance": found.at_least(target)[-1]}


RUN: dict[str, Callable[..., Any]] = {
    "forecast.rw_drift": lambda y, h: {"mean": forecasts.drift(y, h)},
    "forecast.theta_classic": theta,
    "forecast.ses_fixed_alpha": lambda y, alpha, initial_level: forecasts.ses(y, alpha, start=initial_level),
    "forecast.comb3": combine,
    "predictive.scale": predictive.scale,
    "predictive.yearly": lambda y, h, **asked: distribution(predictive.yearly(y, h), **asked),
    "predictive.running_total": lambda flows, total, h, **asked: distribution(
        predictive.running_total(flows, total, horizon=h), **asked
    ),
    "score.pinball": lambda quantile_forecast, y, tau: scores.pinball(y, quantile_forecast, probability=tau),
    "backtest.rolling_origin": rolling_origin,
}
