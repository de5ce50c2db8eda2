"""Cleaning: one series put in order, step by step: times, repeated times, spacing, gaps.

Each function takes a series as times (numbers, ascending) and values (T, D), and gives both
again. Nothing here looks at any other series, so that nothing of a test part can leak.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clustering.dataset import Floats, Integers
from clustering.errors import PreparationError

__all__ = ["Duplicates", "Missing", "filled", "merged", "ordered", "resampled"]

Duplicates = Literal["mean", "first", "last"]
Missing = Literal["drop", "interpolate", "forward", "mean"]

MOST_STEPS = 1_000_000
"""Steps that a series may have after it was brought to even spacing."""


def ordered(times: Floats, values: Floats) -> tuple[Floats, Floats, bool]:
    """Sort a series by its times, and say whether that changed anything.

    Examples
    --------
    >>> times, values, moved = ordered(np.array([2.0, 1.0]), np.array([[20.0], [10.0]]))
    >>> times.tolist(), values.ravel().tolist(), moved
    ([1.0, 2.0], [10.0, 20.0], True)
    """
    if (np.diff(times) >= 0).all():
        return times, values, False
    order = np.argsort(times, kind="stable")
    return times[order], values[order], True


def merged(times: Floats, values: Floats, *, how: Duplicates) -> tuple[Floats, Floats, Integers]:
    """Make one step of those that stand at the same time.

    Parameters
    ----------
    times : ndarray of shape (T,)
        Ascending.
    values : ndarray of shape (T, D)
        NaN where a value is missing.
    how : {"mean", "first", "last"}
        Which value counts; missing ones do not.

    Returns
    -------
    times, values
        Each time once.
    at : ndarray of int64
        Where the first step of each time stood.

    Examples
    --------
    >>> times, values, at = merged(np.array([0.0, 0.0, 1.0]), np.array([[1.0], [3.0], [5.0]]),
    ...     how="mean")
    >>> values.ravel().tolist(), at.tolist()
    ([2.0, 5.0], [0, 2])
    """
    begins = np.flatnonzero(np.r_[True, np.diff(times) > 0])
    if len(begins) == len(times):
        return times, values, begins
    if how == "mean":
        return times[begins], means(values, begins), begins
    places = np.arange(len(times))[:, None]
    known = ~np.isnan(values)
    none = len(times) if how == "first" else -1
    marked = np.where(known, places, none)
    found = (np.minimum if how == "first" else np.maximum).reduceat(marked, begins, axis=0)
    held = np.take_along_axis(values, np.clip(found, 0, len(times) - 1), axis=0)
    return times[begins], np.where((found >= 0) & (found < len(times)), held, np.nan), begins


def means(values: Floats, begins: Integers) -> Floats:
    """Give the means of runs of rows without their missing cells, NaN where all are missing."""
    known = ~np.isnan(values)
    sums = np.add.reduceat(np.where(known, values, 0.0), begins, axis=0)
    numbers = np.add.reduceat(known, begins, axis=0, dtype=np.int64)
    return np.asarray(sums / np.where(numbers, numbers, np.nan))


def resampled(times: Floats, values: Floats, *, step: float) -> tuple[Floats, Floats, Integers]:
    """Bring a series to even spacing: the mean of what falls into each step.

    Parameters
    ----------
    times : ndarray of shape (T,)
        Ascending, in the unit of `step`.
    values : ndarray of shape (T, D)
    step : float
        Time from one step to the next.

    Returns
    -------
    times, values
        From the first time on; NaN in a step that nothing falls into.
    at : ndarray of int64
        Where the first row of each step stood; -1 for none.

    Raises
    ------
    PreparationError
        Where the step is so short that more than a million are needed.

    Examples
    --------
    >>> times, values, at = resampled(np.array([0.0, 1.0, 5.0]), np.array([[1.0], [3.0], [7.0]]),
    ...     step=2.0)
    >>> times.tolist(), values.ravel().tolist(), at.tolist()
    ([0.0, 2.0, 4.0], [2.0, nan, 7.0], [0, -1, 2])
    """
    many = (times[-1] - times[0]) / step + 1.0
    if not many <= MOST_STEPS:
        raise PreparationError(
            f"A step of {step:g} makes {many:,.9g} steps of one series, and at most "
            f"{MOST_STEPS:,} are taken; choose a longer step."
        )
    # Times such as 0.3 = 3 x 0.1 may fall a rounding short of their step.
    bins = np.floor((times - times[0]) / step + 1e-9).astype(np.int64)
    begins = np.flatnonzero(np.r_[True, np.diff(bins) > 0])
    grid = np.full((bins[-1] + 1, values.shape[1]), np.nan)
    grid[bins[begins]] = means(values, begins)
    at = np.full(len(grid), -1, dtype=np.int64)
    at[bins[begins]] = begins
    return times[0] + step * np.arange(len(grid)), grid, at


def filled(
    times: Floats, values: Floats, *, how: Missing, fill: Floats
) -> tuple[Floats, NDArray[np.bool_]]:
    """Put something in the place of missing values, or mark their steps.

    Parameters
    ----------
    times : ndarray of shape (T,)
        Ascending, each once.
    values : ndarray of shape (T, D)
        NaN where a value is missing.
    how : {"drop", "interpolate", "forward", "mean"}
        Leave the step out; lay a straight line between the neighbours in time; repeat the value
        before; or take `fill`. Before the first and behind the last known value, the nearest
        known one stands for a line, and the first one for the value before.
    fill : ndarray of shape (D,)
        What stands where a channel has no value at all.

    Returns
    -------
    values : ndarray of shape (T, D)
    stays : ndarray of shape (T,), bool
        False for the steps that are left out.

    Examples
    --------
    >>> line = np.array([[1.0], [np.nan], [4.0]])
    >>> filled(np.array([0.0, 1.0, 3.0]), line, how="interpolate", fill=np.zeros(1))[0].tolist()
    [[1.0], [2.0], [4.0]]
    """
    missing = np.isnan(values)
    stays = np.ones(len(values), dtype=bool)
    if not missing.any():
        return values, stays
    if how == "drop":
        return values, np.asarray(~missing.any(axis=1))
    whole = np.where(missing, fill, values)
    if how == "mean":
        return whole, stays
    for channel in np.flatnonzero(missing.any(axis=0) & ~missing.all(axis=0)):
        known = np.flatnonzero(~missing[:, channel])
        if how == "interpolate":
            whole[:, channel] = np.interp(times, times[known], values[known, channel])
        else:
            before = np.searchsorted(known, np.arange(len(values)), side="right") - 1
            whole[:, channel] = values[known[np.maximum(before, 0)], channel]
    return whole, stays
