"""The same methods in statsmodels 0.15.0 (numpy 2.4, scipy 1.17) give the same numbers, on its own data.

Where the library means something else by a name, the test says what.
"""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels import datasets
from statsmodels.tsa.arima.model import ARIMA
from statsmodels.tsa.forecasting.theta import ThetaModel
from statsmodels.tsa.holtwinters import SimpleExpSmoothing

from promotion_book.scenarios import forecasts

AHEAD = 5
macro = datasets.macrodata.load_pandas().data
SERIES = {
    "flow of the Nile": datasets.nile.load_pandas().data["volume"].to_numpy(),
    "sunspots": datasets.sunspots.load_pandas().data["SUNACTIVITY"].to_numpy(),
    "GDP of the United States": macro.groupby("year")["realgdp"].mean().to_numpy(),
    "its last ten years": macro.groupby("year")["realgdp"].mean().to_numpy()[-10:],
}
each_series = pytest.mark.parametrize("y", SERIES.values(), ids=SERIES)


def exactly(values):
    return pytest.approx(values, rel=1e-9)


@each_series
@pytest.mark.parametrize("alpha", [0.1, 0.6, 1.0])
def test_smoothing_with_a_given_parameter_agrees(y, alpha):
    model = SimpleExpSmoothing(y, initialization_method="known", initial_level=y[0])
    assert forecasts.ses(y, alpha) == exactly(model.fit(smoothing_level=alpha, optimized=False).forecast(1)[0])


@each_series
def test_the_fitted_smoothing_parameter_agrees(y):
    fit = SimpleExpSmoothing(y, initialization_method="known", initial_level=y[0]).fit()
    assert forecasts.fit_alpha(y) == pytest.approx(fit.params["smoothing_level"], abs=1e-5)


@each_series
def test_theta_agrees_for_the_same_smoothing_parameter(y):
    """statsmodels smooths the figures, this report the Theta line; for one parameter the forecasts are equal."""
    library = ThetaModel(y, deseasonalize=False).fit()
    ours = forecasts.theta_fit(y, library.params["alpha"])
    assert ours.slope == exactly(library.params["b0"])
    assert ours.forecast(AHEAD) == exactly(library.forecast(AHEAD).to_numpy())


def test_theta_fits_its_parameter_to_the_theta_line_and_statsmodels_to_the_figures():
    y = SERIES["flow of the Nile"]
    library, ours = ThetaModel(y, deseasonalize=False).fit(), forecasts.theta_fit(y)
    assert library.params["alpha"] == pytest.approx(forecasts.fit_alpha(y), abs=1e-4)
    line = ours.intercept + ours.slope * np.arange(1, len(y) + 1)
    assert ours.alpha == forecasts.fit_alpha(2 * y - line)
    assert round(ours.alpha, 3) != round(library.params["alpha"], 3)


@each_series
def test_drift_agrees_with_a_random_walk_with_trend(y):
    found = ARIMA(y, order=(0, 1, 0), trend="t").fit().get_forecast(AHEAD)
    assert forecasts.drift(y, AHEAD) == pytest.approx(found.predicted_mean, rel=1e-4)
