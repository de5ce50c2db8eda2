"""Padding: series of unequal length as rows of one table, every step of every one kept.

A series of T steps with D values each is a point of T x D numbers, step after step. Where the
longest has more steps than this one, the rest of its row holds `PADDING`, a number that no
series holds: so a row says by itself how long its series is, points stay finite, and nothing
is cut. Distances (`warping`) and networks pass these places over.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clustering.dataset import Floats, Integers
from clustering.errors import DataError

__all__ = ["PADDING", "as_steps", "is_padded", "kept", "lengths", "padded", "series_of"]

PADDING = -(2.0**30)
"""What stands where a series has ended; the same number in single and double precision."""


def padded(series: Sequence[Floats], *, steps: int | None = None) -> Floats:
    """Lay series out as rows of equal length.

    Parameters
    ----------
    series : sequence of ndarrays of shape (T_i, D)
        The series, D values at each step.
    steps : int, optional
        Steps of a row, at least those of the longest series; as many when left out.

    Returns
    -------
    ndarray of shape (n, steps * D)
        `PADDING` behind the end of each series.

    Raises
    ------
    DataError
        Where a series has more than `steps` steps: it would have to be cut.

    Examples
    --------
    >>> padded([np.array([[1.0], [2.0]]), np.array([[3.0]])]).tolist()
    [[1.0, 2.0], [3.0, -1073741824.0]]
    """
    longest = max(len(each) for each in series)
    steps = longest if steps is None else steps
    if longest > steps:
        raise DataError(
            f"The longest series has {longest:,} steps, and there is room for {steps:,}; "
            "train on series at least as long, or resample these."
        )
    rows = np.full((len(series), steps, series[0].shape[1]), PADDING)
    for row, each in zip(rows, series, strict=True):
        row[: len(each)] = each
    return rows.reshape(len(series), -1)


def as_steps(points: Floats, shape: tuple[int, ...]) -> Floats:
    """Give points (n, T * D) as steps (n, T, D), `shape` being (T, D)."""
    return points.reshape(len(points), shape[0], shape[1])


def kept(points: Floats, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Say which steps belong to the series, shape (n, T)."""
    held: NDArray[np.bool_] = (as_steps(points, shape) != PADDING).any(axis=2)
    return held


def lengths(points: Floats, shape: tuple[int, ...]) -> Integers:
    """Give the number of steps of each series, shape (n,).

    Examples
    --------
    >>> lengths(padded([np.ones((2, 1)), np.ones((1, 1))]), (2, 1)).tolist()
    [2, 1]
    """
    held: Integers = kept(points, shape).sum(axis=1).astype(np.int64)
    return held


def is_padded(points: Floats) -> bool:
    """Say whether any series ends before the longest does."""
    return bool((points[:, -1] == PADDING).any())


def series_of(points: Floats, shape: tuple[int, ...]) -> list[Floats]:
    """Give the series (T_i, D) without their padding."""
    steps = as_steps(points, shape)
    return [row[:end] for row, end in zip(steps, lengths(points, shape), strict=True)]
