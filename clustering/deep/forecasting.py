"""Forecasting: LSTM layers that read a window and say the next value. Signatures first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import ArrayLike, NDArray

from clustering.dataset import Floats, Integers
from clustering.deep.predictor import Predictor
from clustering.progress import Report, silent

__all__ = ["Ahead", "Forecast", "Forecasts", "ahead", "fit", "of_values", "predicted", "prepared"]


@dataclass(frozen=True, eq=False, slots=True)
class Forecasts:
    """A series split in time, with all that was fitted on its training part: a ground.

    Attributes
    ----------
    values : ndarray of shape (m, D), float64
        In original units, nothing missing, in the order of time.
    times : ndarray of shape (m,)
        datetime64[us] or float64.
    channels : tuple of str
    target : int
        Which channel is forecast.
    seam : int
        Steps of the training part: ``values[:seam]`` is it, ``values[seam:]`` the test part.
    window : int
        Steps that are read for the next one.
    middle, scale : ndarray of shape (D,)
        Means and deviations of the training part alone.
    name : str
    changes : tuple of str
        What was done, as sentences.
    key : str
    """

    values: Floats
    times: NDArray[Any]
    channels: tuple[str, ...]
    target: int
    seam: int
    window: int
    middle: Floats
    scale: Floats
    name: str = ""
    changes: tuple[str, ...] = ()
    key: str = field(init=False)

    @property
    def n(self) -> int:
        """Windows to learn from."""
        return self.seam - self.window


@dataclass(frozen=True, eq=False, slots=True)
class Forecast:
    """One step ahead over both parts, in original units.

    Attributes
    ----------
    train_places, test_places : ndarray of int64
        Step of the series (0 is its first) that each prediction belongs to: the test's first is
        the seam.
    train, test : ndarray of float64
        The predictions.
    rmse_train, rmse_test : float
        In original units.
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
    places : ndarray of int64
        Steps of the series, from `origin`; those from m on are in the future.
    times : ndarray
        Their times, at the usual step of the series.
    values, low, high : ndarray of float64
        Forecast and band; the band is NaN where the training part is too short to tell one.
    level : float
        Share of the errors that the band held on the training part.
    rule : str
        How the band was found, in a sentence.
    """

    places: Integers
    times: NDArray[Any]
    values: Floats
    low: Floats
    high: Floats
    level: float
    rule: str


def prepared(
    stream: Any,
    *,
    target: str | None = None,
    features: Sequence[str] | None = None,
    window: int = 10,
    share: float = 0.8,
) -> Forecasts:
    """Take a series (`data.sequences.Stream`), split it in time and fit the scaling on the first part."""
    raise NotImplementedError


def of_values(
    values: ArrayLike,
    *,
    times: ArrayLike | None = None,
    channels: Sequence[str] = (),
    target: int = 0,
    window: int = 10,
    share: float = 0.8,
    name: str = "series",
) -> Forecasts:
    """The same of plain numbers (m,) or (m, D)."""
    raise NotImplementedError


def fit(
    ground: Forecasts,
    *,
    learns: str = "change",
    layers: int = 2,
    units: int = 32,
    dropout: float = 0.0,
    bidirectional: bool = False,
    optimizer: str = "adam",
    learning_rate: float | None = None,
    epochs: int = 30,
    batch: int = 32,
    seed: int = 0,
    begin: Predictor | None = None,
    within: float | None = None,
    report: Report = silent,
) -> Predictor:
    """Train LSTM layers to say the next value (`learns` "value") or the change to it ("change")."""
    raise NotImplementedError


def predicted(predictor: Predictor, ground: Forecasts) -> Forecast:
    """Predict each step of both parts from the window before it."""
    raise NotImplementedError


def ahead(
    predictor: Predictor,
    ground: Forecasts,
    *,
    steps: int = 12,
    origin: int | None = None,
    level: float = 0.9,
    report: Report = silent,
) -> Ahead:
    """Forecast `steps` steps from `origin` (the end of the series when left out), with a band."""
    raise NotImplementedError
