"""The same methods in statsmodels 0.15.0 (numpy 2.4, scipy 1.17) give the same numbers, on its own data.

Where the library means something else by a name, the test says what.
"""

from __future__ import annotations

import importlib
from types import ModuleType

import numpy as np
import pytest

from promotion_book.scenarios import forecasts

pytestmark = pytest.mark.xdist_group("methods of a library")
AHEAD = 5
SERIES = ("flow of the Nile", "sunspots", "GDP of the United States", "its last ten years")
each_series = pytest.mark.parametrize("name", SERIES)


@pytest.fixture(scope="module")
def tsa() -> ModuleType:
    """The methods of statsmodels: it is slow to import, and every process of a run collects this module."""
    return importlib.import_module("statsmodels.tsa.api")


@pytest.fixture(scope="module")
def theta() -> ModuleType:
    return importlib.import_module("statsmodels.tsa.forecasting.theta")


@pytest.fixture(scope="module")
def series() -> dict[str, np.ndarray]:
    """The library's own data."""
    datasets = importlib.import_module("statsmodels.datasets")
    product = datasets.macrodata.load_pandas().data.groupby("year")["realgdp"].mean().to_numpy()
    nile = datasets.nile.load_pandas().data["volume"].to_numpy()
    sunspots = datasets.sunspots.load_pandas().data["SUNACTIVITY"].to_numpy()
    return dict(zip(SERIES, (nile, sunspots, product, product[-10:]), strict=True))


@pytest.fixture
def y(series, name) -> np.ndarray:
    return series[name]


def exactly(values):
    return pytest.approx(values, rel=1e-9)


@each_series
@pytest.mark.parametrize("alpha", [0.1, 0.6, 1.0])
def test_smoothing_with_a_given_parameter_agrees(tsa, y, alpha):
    model = tsa.SimpleExpSmoothing(y, initialization_method="known", initial_level=y[0])
    assert forecasts.ses(y, alpha) == exactly(model.fit(smoothing_level=alpha, optimized=False).forecast(1)[0])


@each_series
def test_the_fitted_smoothing_parameter_agrees(tsa, y):
    fit = tsa.SimpleExpSmoothing(y, initialization_method="known", initial_level=y[0]).fit()
    assert forecasts.fit_alpha(y) == pytest.approx(fit.params["smoothing_level"], abs=1e-5)


@each_series
def test_theta_agrees_for_the_same_smoothing_parameter(theta, y):
    """statsmodels smooths the figures, this report the Theta line; for one parameter the forecasts are equal."""
    library = theta.ThetaModel(y, deseasonalize=False).fit()
    ours = forecasts.theta_fit(y, library.params["alpha"])
    assert ours.slope == exactly(library.params["b0"])
    assert ours.forecast(AHEAD) == exactly(library.forecast(AHEAD).to_numpy())


def test_theta_fits_its_parameter_to_the_theta_line_and_statsmodels_to_the_figures(theta, series):
    y = series["flow of the Nile"]
    library, ours = theta.ThetaModel(y, deseasonalize=False).fit(), forecasts.theta_fit(y)
    assert library.params["alpha"] == pytest.approx(forecasts.fit_alpha(y), abs=1e-4)
    line = ours.intercept + ours.slope * np.arange(1, len(y) + 1)
    assert ours.alpha == forecasts.fit_alpha(2 * y - line)
    assert round(ours.alpha, 3) != round(library.params["alpha"], 3)


@each_series
def test_drift_agrees_with_a_random_walk_with_trend(tsa, y):
    found = tsa.ARIMA(y, order=(0, 1, 0), trend="t").fit().get_forecast(AHEAD)
    assert forecasts.drift(y, AHEAD) == pytest.approx(found.predicted_mean, rel=1e-4)
