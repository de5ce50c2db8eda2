"""Forecasts: a series split in time, with all that is fitted on its training part.

The scaling knows the training part alone. The window before the first test value reaches back
into the end of the training part: that is the past of that value, and no leak. Every prediction
carries the place of the value that it is for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from clustering.data.sequences.stream import Stream
from clustering.dataset import Floats, digest, frozen
from clustering.deep.steady import seam_of, spread, steady, too_long
from clustering.deep.supervised import whole
from clustering.deep.targets import check_share
from clustering.errors import DataError, ParameterError

__all__ = ["Forecasts", "of_values", "prepared"]

LONGEST = 10_000


@dataclass(frozen=True, eq=False, slots=True)
class Forecasts:
    """A series split in time, to be forecast a step ahead from the window before.

    Attributes
    ----------
    values : ndarray of shape (m, D), float64
        In original units, nothing missing, in the order of time.
    times : ndarray of shape (m,)
        datetime64[us] or float64.
    channels : tuple of str
        What the D values are.
    target : int
        Which channel is forecast.
    seam : int
        Steps of the training part: ``values[:seam]`` is it, ``values[seam:]`` the test part.
    window : int
        Steps that are read for the next one.
    name : str
        Of the series.
    changes : tuple of str
        What was done, as sentences.
    middle, scale : ndarray of shape (D,)
        Means and deviations of the training part alone.
    key : str
        Digest of the content.

    Raises
    ------
    DataError
        Where a window is longer than the training part, or there is no test part.
    """

    values: Floats
    times: NDArray[Any]
    channels: tuple[str, ...]
    target: int
    seam: int
    window: int
    name: str = "series"
    changes: tuple[str, ...] = ()
    middle: Floats = field(init=False)
    scale: Floats = field(init=False)
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Check the parts, fit the scaling and compute the key."""
        assign = object.__setattr__
        values = frozen(self.values, np.float64)
        m, seam, window = len(values), self.seam, self.window
        if seam - window < 2:
            raise too_long(window, f"the training part allows, which has {seam:,} of {m:,} steps")
        if seam >= m:
            raise DataError(
                f"No step of {m:,} is left to test on; choose a smaller share for training."
            )
        middle, scale = spread(values[:seam])
        assign(self, "values", values)
        assign(self, "times", frozen(self.times))
        assign(self, "middle", frozen(middle))
        assign(self, "scale", frozen(scale))
        names = (self.channels, self.target, seam, window)
        assign(self, "key", digest(values, self.times, *names))

    @property
    def n(self) -> int:
        """Windows to learn from."""
        return self.seam - self.window

    @property
    def m(self) -> int:
        """Steps of the series."""
        return len(self.values)

    @property
    def shape(self) -> tuple[int, int]:
        """(T, D) of a window."""
        return self.window, self.values.shape[1]

    @property
    def actual(self) -> Floats:
        """The channel that is forecast, in original units, shape (m,)."""
        column: Floats = self.values[:, self.target]
        return column

    @property
    def scaled(self) -> Floats:
        """All values by means and deviations of the training part, shape (m, D)."""
        ready: Floats = (self.values - self.middle) / self.scale
        return ready

    def before(self, begin: int, end: int) -> Floats:
        """Give the scaled windows before the places `begin` to `end` - 1, flat rows (., T * D).

        Every one ends with the step before its place.
        """
        views = sliding_window_view(self.scaled[begin - self.window : end - 1], self.window, axis=0)
        windows: Floats = views.transpose(0, 2, 1).reshape(end - begin, -1)
        return windows


def prepared(
    stream: Stream,
    *,
    target: str | None = None,
    features: Sequence[str] | None = None,
    window: int = 10,
    share: float = 0.8,
) -> Forecasts:
    """Take a series out of a stream and split it in time.

    Parameters
    ----------
    stream : Stream
        As it was read.
    target : str, optional
        The channel that is forecast; the first when left out.
    features : sequence of str, optional
        Further channels that are read beside it; none when left out.
    window : int
        Steps that are read for the next one.
    share : float
        Of the steps that are the training part, which comes first.

    Returns
    -------
    Forecasts
        The target is its first channel. Missing values are filled from the past.

    Raises
    ------
    DataError
        Where a column holds no numbers, or the series is too short for the window.
    ParameterError
        Where an argument makes no sense.

    Examples
    --------
    >>> stream = Stream(np.arange(20.0), np.arange(20.0)[:, None], ("load",))
    >>> ground = prepared(stream, window=3)
    >>> ground.seam, ground.n, ground.before(16, 17).shape
    (16, 13, (1, 3))
    """
    if target is None:
        if not stream.channels:
            raise DataError("There is no column of numbers to forecast.")
        target = stream.channels[0]
    more = [name for name in features or () if name != target]
    found = steady(stream, channels=(target, *more))
    return _split(
        found.values, found.times, found.channels, 0, window, share, stream.name, found.changes
    )


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
    """Take a series of plain numbers and split it in time.

    Parameters
    ----------
    values : array_like of shape (m,) or (m, D)
        Finite, in the order of time.
    times : array_like of shape (m,), optional
        When each was; 0, 1, 2 ... when left out.
    channels : sequence of str, optional
        What the D values are.
    target : int
        Which of them is forecast.
    window, share, name
        As `prepared` takes them.

    Returns
    -------
    Forecasts
    """
    array = np.asarray(values, dtype=np.float64)
    array = array[:, None] if array.ndim == 1 else array
    instants = np.arange(len(array), dtype=np.float64) if times is None else np.asarray(times)
    names = tuple(channels) or tuple(f"x{place + 1}" for place in range(array.shape[1]))
    stream = Stream(instants, array, names, name=name)
    found = steady(stream)
    return _split(found.values, found.times, names, target, window, share, name, found.changes)


def _split(
    values: Floats, times: NDArray[Any], channels: tuple[str, ...], target: int, window: int,
    share: float, name: str, changes: tuple[str, ...],
) -> Forecasts:  # fmt: skip
    """Split in time and say so."""
    check_share(share)
    whole("window", window, most=LONGEST)
    if not 0 <= target < len(channels):
        raise ParameterError(f"There is no channel {target}; choose one of {len(channels)}.")
    m = len(values)
    seam = min(seam_of(m, share), m - 1)
    said = (
        *changes,
        f"Split in time: the first {seam:,} of {m:,} steps are the training part.",
        "Scaled by means and deviations of the training part alone.",
        f"Each value is forecast from the {window:,} before it; those of the first test values "
        "reach back into the training part, which is their past and no leak.",
    )
    return Forecasts(values, times, channels, target, seam, window, name, said)


def times_ahead(times: NDArray[Any], steps: int) -> NDArray[Any]:
    """Give the times of steps behind the last, at the usual step of a series.

    Parameters
    ----------
    times : ndarray of shape (m,)
        datetime64 or float64, ascending.
    steps : int
        How many.

    Returns
    -------
    ndarray of shape (steps,)
        Months stay months where all dates follow a calendar.

    Examples
    --------
    >>> months = np.array(["2024-01-01", "2024-02-01", "2024-03-01"], "datetime64[us]")
    >>> times_ahead(months, 2).astype("datetime64[D]").tolist()
    [datetime.date(2024, 4, 1), datetime.date(2024, 5, 1)]
    >>> times_ahead(np.array([0.0, 2.0, 4.0]), 2).tolist()
    [6.0, 8.0]
    """
    if times.dtype.kind == "M" and len(times) >= 3:
        days = pd.DatetimeIndex(times)
        ends, alike = bool(days.is_month_end.all()), len(set(days.day)) == 1
        rhythm = int(np.median(np.diff(12 * days.year + days.month)))
        if (ends or alike) and rhythm:
            later = [days[-1] + pd.DateOffset(months=rhythm * each) for each in range(1, steps + 1)]
            shift = pd.offsets.MonthEnd(0) if ends and not alike else pd.DateOffset(days=0)
            return np.array([each + shift for each in later], dtype=times.dtype)
    apart = np.diff(times)
    step = np.median(apart.astype(np.float64)) if len(apart) else 1.0
    further = step * np.arange(1, steps + 1)
    dated = times.dtype.kind == "M"
    return np.asarray(times[-1] + (further.astype("timedelta64[us]") if dated else further))
