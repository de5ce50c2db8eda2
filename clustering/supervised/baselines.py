"""What every plain forecast gives, how it is judged, and the period that a series has."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from clustering.checks import is_whole, shown
from clustering.dataset import Floats
from clustering.errors import DataError, ParameterError

__all__ = [
    "LEVEL",
    "Baseline",
    "check_ahead",
    "check_parts",
    "check_period",
    "checked",
    "period_of",
    "rmse",
]

LEVEL = 0.9
"""Share of the true values that an interval is to hold."""


@dataclass(frozen=True, eq=False, slots=True)
class Baseline:
    """A forecast by a plain way, in the units of the series.

    Attributes
    ----------
    name : str
        How, in a few words.
    predicted : ndarray of shape (n,)
        For each step of the series what was predicted one step ahead; NaN where there is too
        little before it.
    n_train : int
        Steps of the training part, with which the series begins.
    rmse_train, rmse_test : float
        Root of the mean squared error of both parts, where there is a prediction; NaN where
        there is none.
    ahead, low, high : ndarray of shape (steps,)
        The steps after the end of the series, and an interval around each.
    level : float
        Share of the true values that the interval is to hold.
    seconds : float
        Time that it took.
    note : str
        How the interval comes about, and what else must be said.
    parameters : tuple of (str, value)
        What was settled on the training part, e.g. the period.
    """

    name: str
    predicted: Floats
    n_train: int
    rmse_train: float
    rmse_test: float
    ahead: Floats
    low: Floats
    high: Floats
    level: float
    seconds: float
    note: str = ""
    parameters: tuple[tuple[str, object], ...] = ()

    @property
    def train(self) -> Floats:
        """Predictions of the training part."""
        return self.predicted[: self.n_train]

    @property
    def test(self) -> Floats:
        """Predictions of the test part."""
        return self.predicted[self.n_train :]


def rmse(truth: ArrayLike, predicted: ArrayLike) -> float:
    """Give the root of the mean squared error, where both are known; NaN where neither is.

    Examples
    --------
    >>> rmse([1.0, 2.0, 3.0], [float("nan"), 2.0, 5.0])
    1.4142135623730951
    """
    true, said = np.asarray(truth, dtype=np.float64), np.asarray(predicted, dtype=np.float64)
    if true.shape != said.shape:
        raise DataError(f"{said.size:,} predictions for {true.size:,} values.")
    known = np.isfinite(true) & np.isfinite(said)
    return float(np.sqrt(np.mean((true - said)[known] ** 2))) if known.any() else float("nan")


def period_of(values: ArrayLike, *, most: int = 400) -> int:
    """Find the period of a series by its autocorrelation.

    Parameters
    ----------
    values : array_like of shape (n,)
        The training part.
    most : int
        Longest period that is looked for; no more than a third of the series.

    Returns
    -------
    int
        The period in steps, or 1 where none stands out.

    Notes
    -----
    Of the series less a straight line. The autocorrelation has hills beyond its first fall below
    0; the period is the top of the first that comes to three quarters of the highest, if that
    is above both 0.15 and three times the spread 1 / sqrt(n) of noise.

    Examples
    --------
    >>> period_of(np.sin(np.arange(200) * 2 * np.pi / 12) + 0.1 * np.arange(200))
    12
    >>> period_of(np.arange(50.0))
    1
    """
    true = checked(values)
    n = len(true)
    most = min(most, n // 3)
    if most < 2:
        return 1
    steps = np.arange(n, dtype=np.float64)
    left = true - np.polyval(np.polyfit(steps, true, 1), steps)
    size = 2 * n
    power = np.abs(np.fft.rfft(left, size)) ** 2
    if left.std() <= 1e-9 * max(float(np.abs(true).max()), 1e-300):
        return 1
    together = np.fft.irfft(power, size)[: most + 2]
    # Fewer pairs are further apart: without this the peaks of long periods would sink.
    together = together / together[0] * n / (n - np.arange(len(together)))
    below = np.flatnonzero(together < 0)
    if not len(below):
        return 1
    inner = np.arange(max(int(below[0]), 2), len(together) - 1)
    peaks = [t for t in inner if together[t - 1] <= together[t] > together[t + 1]]
    high = max((together[t] for t in peaks), default=0.0)
    if high < max(0.15, 3 / np.sqrt(n)):
        return 1
    first = next(t for t in peaks if together[t] >= 0.75 * high)
    # Noise puts many peaks on one hill, so that the first is rarely its top.
    return int(first + together[first : min(first + first // 4 + 1, most + 1)].argmax())


def checked(values: ArrayLike) -> Floats:
    """Give the series, or raise DataError where it has gaps."""
    true = np.asarray(values, dtype=np.float64)
    if true.ndim != 1:
        raise DataError(f"A forecast is of one series of values, not of {true.ndim} axes.")
    missing = int((~np.isfinite(true)).sum())
    if missing:
        raise DataError(f"{missing:,} of {len(true):,} values are missing; fill them first.")
    return true


def check_ahead(steps: int, level: float) -> None:
    """Raise ParameterError where steps or an interval make no sense."""
    if not is_whole(steps) or steps < 0:
        raise ParameterError(f"steps = {shown(steps)}; choose a whole number from 0.")
    if not 0 < level < 1:
        raise ParameterError(f"level = {shown(level)}; choose a share between 0 and 1.")


def check_period(period: int, n_train: int) -> None:
    """Raise ParameterError where the training part has no whole period and a step more."""
    if not is_whole(period) or not 1 <= period < n_train:
        raise ParameterError(
            f"period = {shown(period)}; choose a whole number of steps from 1 to {n_train - 1:,}."
        )


def check_parts(values: Floats, n_train: int) -> None:
    """Raise DataError where the training part has not two values, or more than there are."""
    if not is_whole(n_train) or not 2 <= n_train <= len(values):
        raise DataError(
            f"{shown(n_train)} of {len(values):,} values for training; it takes two at least, "
            "and no more than there are."
        )
