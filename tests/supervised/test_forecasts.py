"""Plain forecasts: each in its place, learned on the training part alone."""

import numpy as np
import pytest

from clustering.errors import DataError, ParameterError
from clustering.supervised import forecasts


def season(n, *, period=7, seed=0):
    rng = np.random.default_rng(seed)
    steps = np.arange(n)
    return 20 + 0.05 * steps + 3 * np.sin(2 * np.pi * steps / period) + 0.3 * rng.normal(size=n)


def test_a_series_that_is_its_own_index_says_where_each_value_belongs():
    places = np.arange(50.0)
    plain = forecasts.naive(places, n_train=40, steps=3)
    assert np.isnan(plain.predicted[0]) and np.array_equal(plain.predicted[1:], places[:-1])
    assert plain.rmse_train == plain.rmse_test == 1
    assert plain.ahead.tolist() == [49, 49, 49]
    # on the training part the error is one step a step ahead, without any spread
    assert plain.low.tolist() == plain.high.tolist() == [50, 51, 52]
    back = forecasts.seasonal_naive(places, n_train=40, period=5, steps=7)
    assert np.array_equal(back.predicted[5:], places[:-5]) and back.rmse_test == 5
    assert back.ahead.tolist() == [45, 46, 47, 48, 49, 45, 46]
    assert back.low.tolist() == [50, 51, 52, 53, 54, 55, 56]


@pytest.mark.parametrize("period", [4, 7, 12, 24])
def test_the_period_is_found(period):
    assert forecasts.period_of(season(200, period=period)) == period


def test_noise_a_line_and_a_constant_have_no_period():
    assert forecasts.period_of(np.random.default_rng(3).normal(size=300)) == 1
    assert forecasts.period_of(np.arange(300.0)) == forecasts.period_of(np.ones(300)) == 1
    said = forecasts.seasonal_naive(np.arange(30.0), n_train=20).note
    assert said.startswith("No period stands out")


@pytest.mark.slow
def test_arima_beats_what_repeats_and_never_looks_ahead():
    values = season(140)
    told = []
    plain, back, found = forecasts.compared(values, n_train=110, steps=14, report=told.append)
    assert found.rmse_test < back.rmse_test < plain.rmse_test
    assert found.parameters[1] == ("period", 7) and "ARIMA" in found.note
    truth = season(154)[140:]
    assert ((found.low < truth) & (truth < found.high)).mean() > 0.7
    assert told and told[-1].share == 1
    changed = np.r_[values[:130], values[130:] + 100]
    for first, other in zip(
        (plain, back, found), forecasts.compared(changed, n_train=110), strict=True
    ):
        same = slice(first.n_train - 50, 131)  # 130 is predicted from what was before it
        assert np.allclose(first.predicted[same], other.predicted[same])
        assert first.parameters == other.parameters

    def stop(step):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        forecasts.arima(values, n_train=110, report=stop)


def test_arima_of_what_never_moves():
    found = forecasts.arima(np.full(40, 3.0), n_train=30, steps=2)
    assert found.rmse_test == 0 and found.ahead.tolist() == found.low.tolist() == [3, 3]
    assert "never changes" in found.note
    later = forecasts.arima([0.1] * 30 + [1.1], n_train=30)
    assert later.rmse_train == 0 and later.rmse_test == pytest.approx(1)


@pytest.mark.parametrize("way", [forecasts.naive, forecasts.seasonal_naive, forecasts.arima])
@pytest.mark.parametrize("more", [{"steps": -1}, {"level": 1.5}, {"level": float("nan")}])
def test_steps_and_levels_that_are_none_are_said(way, more):
    with pytest.raises(ParameterError, match=r"\.$"):
        way(season(40), n_train=30, **more)


@pytest.mark.parametrize("period", [0, 2.5, 30, 100])
def test_a_period_that_the_training_part_does_not_hold_is_said(period):
    for way in (forecasts.seasonal_naive, forecasts.arima):
        with pytest.raises(ParameterError, match="choose a whole number of steps from 1 to 29"):
            way(season(40), n_train=30, period=period)


def test_too_few_values_have_no_period():
    assert [forecasts.period_of(each) for each in ([], [1.0], [1.0, 2.0], [0.1] * 50)] == [1] * 4


@pytest.mark.parametrize(
    ("values", "n_train", "error"),
    [
        ([1.0, np.nan, 2.0], 2, DataError),
        ([1.0, 2.0, 3.0], 1, DataError),
        ([1.0, 2.0, 3.0], 4, DataError),
        ([1.0, 2.0, 3.0, 4.0], 3, ParameterError),
    ],
)
def test_what_cannot_be_forecast_is_said(values, n_train, error):
    with pytest.raises(error, match=r"\.$"):
        forecasts.seasonal_naive(values, n_train=n_train, period=9)
