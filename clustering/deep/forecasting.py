r"""Forecasting: LSTM layers read the window before a value and say the value.

.. math:: \hat x_{t+1} = W h_t + b \quad (\text{learns the value}), \qquad
          \hat x_{t+1} = x_t + W h_t + b \quad (\text{learns the change}),

with :math:`h_t` what the last LSTM layer [1]_ knows after the window. Whoever learns the change
starts from the naive forecast and follows a trend beyond what the training part has reached. With
several channels the next step of all of them is told, so that a forecast can be read as if it had
been measured, and the one behind it forecast: several steps ahead.

References
----------
.. [1] S. Hochreiter, J. Schmidhuber, "Long short-term memory", Neural Computation 9(8), 1997.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clustering.checks import is_finite, shown
from clustering.dataset import Floats, Integers
from clustering.deep.backend import keras
from clustering.deep.forecasts import Forecasts, of_values, prepared, times_ahead
from clustering.deep.networks import drawn
from clustering.deep.predictor import Predictor
from clustering.deep.recurrent import Cells, reader
from clustering.deep.supervised import VALUES, Lesson, check, learned, single, whole
from clustering.errors import DataError, ParameterError
from clustering.progress import Report, Step, silent

__all__ = [
    "LEARNS",
    "Ahead",
    "Forecast",
    "Forecasts",
    "ahead",
    "fit",
    "of_values",
    "predicted",
    "prepared",
]

LEARNS = ("change", "value")
"""What a network says: how the next value differs from the last, or the next value."""

PLACES = 400
"""Of the training part from which the errors of several steps ahead are taken, at most."""

FEWEST = 20
"""Errors that a band needs."""

FURTHEST = 1_000


@dataclass(frozen=True, eq=False, slots=True)
class Forecast:
    """A step ahead over both parts, in original units.

    Attributes
    ----------
    train_places, test_places : ndarray, int64
        Step of the series (0 is its first) that each prediction is for; the first of the test is
        the seam.
    train, test : ndarray, float64
        The predictions.
    rmse_train, rmse_test : float
        Root of the mean squared error.
    """

    train_places: Integers
    train: Floats
    test_places: Integers
    test: Floats
    rmse_train: float
    rmse_test: float


@dataclass(frozen=True, eq=False, slots=True)
class Ahead:
    """Several steps ahead, in original units.

    Attributes
    ----------
    places : ndarray of shape (steps,), int64
        Steps of the series; those from its length on are in the future.
    times : ndarray of shape (steps,)
        Their times; in the future at the usual step of the series.
    values, low, high : ndarray of shape (steps,), float64
        Forecast and band; the band is NaN where the training part is too short to tell one.
    level : float
        Share of the errors on the training part that the band holds.
    rule : str
        How the band was found.
    """

    places: Integers
    times: NDArray[Any]
    values: Floats
    low: Floats
    high: Floats
    level: float
    rule: str


def fit(
    ground: Forecasts,
    *,
    learns: str = "change",
    layers: int = 2,
    units: int = 32,
    dropout: float = 0.0,
    bidirectional: bool = False,
    optimizer: str = "adam",
    learning_rate: float | None = 0.005,
    epochs: int = 30,
    batch: int = 32,
    seed: int = 0,
    begin: Predictor | None = None,
    within: float | None = None,
    report: Report = silent,
) -> Predictor:
    """Train LSTM layers to say the next step of a series.

    Parameters
    ----------
    ground : Forecasts
        The series, split. Its test part is measured after each epoch and never learned from.
    learns : {"change", "value"}
        What the network says.
    layers, units, dropout, bidirectional
        Of the LSTM, as `recurrent.Cells` says.
    optimizer, learning_rate, epochs, batch, seed, begin, within, report
        As `classifying.fit` takes them.

    Returns
    -------
    Predictor
        ``history["loss"]`` is the mean squared error in deviations of the training part.

    Raises
    ------
    DataError, ParameterError
        Where nothing can be learned like this.
    TrainingError
        Where the loss is no finite number any more.
    """
    check(
        n=ground.n, epochs=epochs, batch=batch, optimizer=optimizer, learning_rate=learning_rate,
        seed=seed,
    )  # fmt: skip
    if learns not in LEARNS:
        raise ParameterError(f"learns = {shown(learns)}; choose one of {', '.join(LEARNS)}.")
    cells = Cells(layers, units, dropout, bidirectional)
    settings = {
        "learns": learns, "layers": layers, "units": units, "dropout": dropout,
        "bidirectional": bidirectional, "optimizer": optimizer, "learning_rate": learning_rate,
        "epochs": epochs, "batch": batch, "seed": seed,
    }  # fmt: skip
    scaled, seam = single(ground.scaled), ground.seam
    lesson = Lesson(
        single(ground.before(ground.window, seam)), scaled[ground.window : seam],
        (single(ground.before(seam, ground.m)), scaled[seam:]),
    )  # fmt: skip
    return learned(
        "forecast",
        lesson,
        built=lambda: _network(ground.shape, learns, cells, seed),
        aim=VALUES,
        settings=settings,
        ground=ground.key,
        begin=begin,
        within=within,
        report=report,
    )


def _network(shape: tuple[int, int], learns: str, cells: Cells, seed: int) -> Any:
    """Build it with fresh weights; windows go in as flat rows."""
    k = keras()
    steps, channels = shape
    points = k.Input((steps * channels,), name="points")
    series = k.layers.Reshape(shape, name="fold")(points)
    told = k.layers.Dense(channels, name="next")(reader(series, cells))
    if learns == "change":
        last = k.layers.Cropping1D((steps - 1, 0), name="last")(series)
        told = k.layers.Add(name="from_the_last")(
            [told, k.layers.Reshape((channels,), name="as_it_was")(last)]
        )
    network = k.Model(points, told, name="forecaster")
    drawn(seed, network.layers)
    return network


def predicted(predictor: Predictor, ground: Forecasts) -> Forecast:
    """Predict every step of both parts from what was before it.

    Parameters
    ----------
    predictor : Predictor
        What `fit` gave.
    ground : Forecasts
        The series.

    Returns
    -------
    Forecast
        Each prediction with the place that it is for, and the error on both parts.
    """
    window, seam, m = ground.window, ground.seam, ground.m
    found = _home(predictor.predict(ground.before(window, m)), ground)
    places = np.arange(window, m)
    wrong = found - ground.actual[window:]
    first = seam - window
    return Forecast(
        places[:first],
        found[:first],
        places[first:],
        found[first:],
        float(np.sqrt(np.mean(wrong[:first] ** 2))),
        float(np.sqrt(np.mean(wrong[first:] ** 2))),
    )


def ahead(
    predictor: Predictor,
    ground: Forecasts,
    *,
    steps: int = 12,
    origin: int | None = None,
    level: float = 0.9,
    report: Report = silent,
) -> Ahead:
    """Forecast several steps, each from those before it as if they had been measured.

    Parameters
    ----------
    predictor : Predictor
        What `fit` gave.
    ground : Forecasts
        The series.
    steps : int
        How many.
    origin : int, optional
        How many steps of the series are known; all when left out. From the seam on, the forecast
        lies over the test part, where it can be checked.
    level : float
        Share of the errors on the training part that the band holds, between 0 and 1.
    report : callable
        Told after every step.

    Returns
    -------
    Ahead

    Raises
    ------
    ParameterError
        Where an argument makes no sense.

    Notes
    -----
    The band knows the training part alone. There the errors of 1, 2, 3 ... steps ahead are
    measured from up to 400 places; those of h steps ahead give the width of the band at step h.
    """
    whole("steps", steps, most=FURTHEST)
    origin = ground.m if origin is None else whole(
        "origin", origin, least=ground.window, most=ground.m
    )  # fmt: skip
    if not is_finite(level) or not 0.0 < level < 1.0:
        raise ParameterError(f"level = {shown(level)}; choose a share between 0 and 1, like 0.9.")
    window, seam = ground.window, ground.seam
    known = np.unique(np.linspace(window, seam - 1, PLACES).astype(np.int64))
    begins = np.append(known, origin)
    scaled = np.concatenate([ground.scaled, np.zeros((1, ground.shape[1]))])
    windows = scaled[begins[:, None] + np.arange(-window, 0)]
    told = np.empty((len(begins), steps))
    for step in range(steps):
        following = predictor.predict(windows.reshape(len(windows), -1))
        if not np.isfinite(following).all():
            raise DataError(
                f"After {step + 1} steps the forecast is no finite number; choose fewer steps."
            )
        told[:, step] = _home(following, ground)
        windows = np.concatenate([windows[:, 1:], following[:, None]], axis=1)
        report(Step(step + 1, steps, "steps ahead"))
    wide = _widths(told[:-1], known, ground, level)
    places = np.arange(origin, origin + steps)
    times = np.concatenate([ground.times, times_ahead(ground.times, steps)])
    return Ahead(
        places, times[places], told[-1], told[-1] - wide, told[-1] + wide, level,
        _rule(level, known, wide),
    )  # fmt: skip


def _home(scaled: Floats, ground: Forecasts) -> Floats:
    """Give the forecast channel in original units."""
    target = ground.target
    values: Floats = scaled[:, target] * ground.scale[target] + ground.middle[target]
    return values


def _widths(told: Floats, begins: Integers, ground: Forecasts, level: float) -> Floats:
    """Give how far off `level` of the forecasts were on the training part, by the step."""
    wide = np.full(told.shape[1], np.nan)
    for step in range(told.shape[1]):
        inside = begins + step < ground.seam
        if inside.sum() >= FEWEST:
            wrong = np.abs(told[inside, step] - ground.actual[begins[inside] + step])
            wide[step] = np.quantile(wrong, level)
    return wide


def _rule(level: float, begins: Integers, wide: Floats) -> str:
    """Say how the band was found."""
    held = int(np.isfinite(wide).sum())
    if not held:
        return (
            f"There is no band: the training part gives fewer than {FEWEST} errors to take it from."
        )
    said = (
        f"The band reaches as far to either side as {level:.0%} of the errors did that were made "
        f"as many steps ahead on the training part, from {len(begins):,} of its places; what was "
        "learned from is forecast better than what is new."
    )
    if held < len(wide):
        said += f" Beyond {held} steps the training part is too short to tell one."
    return said
