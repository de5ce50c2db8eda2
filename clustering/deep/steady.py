"""Steady: a stream as a table without gaps, every gap filled from the past alone.

What fills a missing value may not come from behind it: else the end of the training part would
know the beginning of the test part. So the last known value is carried forward, and rows before
the first known one are left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clustering.data.sequences.stream import Stream
from clustering.dataset import Floats, Integers
from clustering.errors import DataError
from clustering.words import count

__all__ = ["Steady", "seam_of", "spread", "steady", "too_long"]

LARGEST = 1e15
"""Of a value; beyond, single precision cannot hold its square."""


@dataclass(frozen=True, eq=False, slots=True)
class Steady:
    """Values at each time, none missing.

    Attributes
    ----------
    values : ndarray of shape (m, D), float64
        In original units.
    times : ndarray of shape (m,)
        Each once, ascending.
    rows : ndarray of shape (m,), int64
        The last row of the stream at each time.
    channels : tuple of str
        What the D values are.
    changes : tuple of str
        What was done, as sentences.
    """

    values: Floats
    times: NDArray[Any]
    rows: Integers
    channels: tuple[str, ...]
    changes: tuple[str, ...]


def steady(stream: Stream, *, channels: Sequence[str] | None = None) -> Steady:
    """Give channels of a stream with each time once and nothing missing.

    Parameters
    ----------
    stream : Stream
        As it was read.
    channels : sequence of str, optional
        Which; all when left out.

    Returns
    -------
    Steady
        Rows of the same time averaged, missing values filled by the last known one.

    Raises
    ------
    DataError
        Where there is no such channel, or it holds no value or too large ones.

    Examples
    --------
    >>> found = steady(Stream([0.0, 1.0, 1.0, 2.0], [[np.nan], [1.0], [3.0], [np.nan]], ("x",)))
    >>> found.values.ravel().tolist(), found.rows.tolist()
    ([2.0, 2.0], [2, 3])
    """
    names = stream.channels if channels is None else tuple(channels)
    if not names:
        raise DataError("There is no column of numbers to learn from; choose at least one.")
    frame = pd.DataFrame({place: stream.column(name) for place, name in enumerate(names)})
    frame = frame.apply(pd.to_numeric, errors="coerce").astype(np.float64)
    for place, name in enumerate(names):
        if not np.isfinite(frame[place]).any():
            raise DataError(f"Column '{name[:80]}' holds no number; choose another one.")
    frame = frame.where(np.isfinite(frame))
    largest = float(np.nanmax(np.abs(frame.to_numpy())))
    if largest > LARGEST:
        raise DataError(
            f"The largest value is {largest:.3g}, which is too large for a network; divide it."
        )
    last = np.append(stream.times[1:] != stream.times[:-1], True)
    rows = np.flatnonzero(last)
    changes = []
    if len(rows) < stream.m:
        frame = frame.groupby(np.cumsum(last) - last, sort=False).mean()
        changes.append(
            f"{count(stream.m - len(rows), 'row')} of a time that stands several times: averaged."
        )
    known = frame.notna().all(axis=1).to_numpy()
    filled = frame.ffill()
    begins = int(np.argmax(filled.notna().all(axis=1).to_numpy()))
    if begins:
        changes.append(f"{count(begins, 'row')} before the first known values: left out.")
    gaps = int((~known[begins:]).sum())
    if gaps:
        changes.append(
            f"{count(gaps, 'row')} with missing values: filled with the last known ones, as "
            "nothing later may be known."
        )
    return Steady(
        filled.to_numpy()[begins:], stream.times[rows][begins:], rows[begins:], names,
        tuple(changes),
    )  # fmt: skip


def seam_of(m: int, share: float) -> int:
    """Give the number of steps in the training part."""
    return round(share * m)


def spread(values: Floats) -> tuple[Floats, Floats]:
    """Give mean and deviation of each column; a deviation of zero counts as one."""
    middle, scale = values.mean(axis=0), values.std(axis=0)
    steady = scale <= 1e-12 * np.maximum(1.0, np.abs(middle))
    return middle, np.where(steady, 1.0, scale)


def too_long(window: int, room: str) -> DataError:
    """Say that windows do not fit into what there is.

    Examples
    --------
    >>> print(too_long(1, "the test part, which has 0"))
    A window of 1 step is longer than the test part, which has 0; bring a longer series.
    """
    way = ", or choose a shorter window" if window > 1 else ""
    return DataError(
        f"A window of {count(window, 'step')} is longer than {room}; bring a longer series{way}."
    )
