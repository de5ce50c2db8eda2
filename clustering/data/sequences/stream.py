"""Stream: one long table over time, out of which windows and events are cut."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from clustering.data.sequences.kept import Layout, Times, bounded, instants
from clustering.dataset import Floats, digest, frozen
from clustering.errors import DataError

__all__ = ["Stream"]


@dataclass(frozen=True, eq=False, slots=True)
class Stream:
    """What was measured at one place over a long time.

    Attributes
    ----------
    times : ndarray of shape (m,), datetime64[us] or float64
        When each row was, ascending; a time may stand several times.
    values : ndarray of shape (m, D), float64
        What was measured, NaN where a value is missing; read-only.
    channels : tuple of D str
        What the D values are.
    others : pandas.DataFrame of m rows
        The remaining columns: an event column, a label column.
    unit : str
        Unit of the times where they are numbers, e.g. ``"s"``; empty for date-times.
    label : str
        The column of `others` that holds known kinds or classes; empty where there is none.
    name : str
        Name of the file or sample.
    notes : tuple of str
        What was found out and what was done, a sentence each.
    layout : Layout
        Where in the file the columns stand.
    key : str
        Digest of the content.

    Raises
    ------
    DataError
        Where there are no rows, parts differ in length, or times are missing or descend.

    Examples
    --------
    >>> stream = Stream([0.0, 1.0, 2.0], [[5.0], [6.0], [7.0]], ("load",))
    >>> stream.m, stream.d, stream.step, stream.part(1, 3).values.ravel().tolist()
    (3, 1, 1.0, [6.0, 7.0])
    """

    times: Times
    values: Floats
    channels: tuple[str, ...]
    others: pd.DataFrame = field(default_factory=pd.DataFrame)
    unit: str = ""
    label: str = ""
    name: str = "stream"
    notes: tuple[str, ...] = ()
    layout: Layout = field(default_factory=lambda: Layout("made"))
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Check the shapes, make the arrays read-only and compute the key."""
        assign = object.__setattr__
        times, values = instants(self.times), frozen(self.values, np.float64)
        if values.ndim != 2 or values.shape[1] != len(self.channels) or not len(values):
            raise DataError("A stream is a table with a row for each time and at least one row.")
        others = self.others if len(self.others.columns) else pd.DataFrame(index=range(len(values)))
        if len(times) != len(values) or len(others) != len(values):
            raise DataError(
                f"{len(values):,} rows, but {len(times):,} times and {len(others):,} further cells."
            )
        if pd.isna(times).any() or (np.diff(times) < np.zeros(1, np.diff(times).dtype)).any():
            raise DataError("The times of a stream ascend, and none is missing; sort the rows.")
        bounded(values)
        assign(self, "times", times)
        assign(self, "values", values)
        assign(self, "others", others.reset_index(drop=True))
        cells = [str(cell) for name in others for cell in others[name]]
        texts = (self.channels, tuple(map(str, others.columns)), self.unit, self.label, self.name)
        assign(self, "key", digest(times, values, cells, texts))

    @property
    def m(self) -> int:
        """Number of rows."""
        return len(self.values)

    @property
    def n(self) -> int:
        """Number of rows, by the name that every ground has."""
        return self.m

    @property
    def d(self) -> int:
        """Number of channels."""
        return len(self.channels)

    @property
    def dated(self) -> bool:
        """True where times are date-times, not numbers."""
        return bool(self.times.dtype.kind == "M")

    @property
    def seconds(self) -> Floats:
        """Times as numbers since the first: seconds where they are date-times, shape (m,)."""
        return elapsed(self.times)

    @property
    def step(self) -> float:
        """Usual time from a row to the next, in seconds or in units of the times; 0 for one row."""
        apart = np.diff(self.seconds)
        apart = apart[apart > 0]
        return float(np.median(apart)) if len(apart) else 0.0

    def column(self, name: str) -> "pd.Series[Any]":
        """Give a channel or one of the other columns."""
        if name in self.channels:
            return pd.Series(self.values[:, self.channels.index(name)], name=name)
        if name in self.others:
            return self.others[name]
        raise DataError(f"The stream has no column '{name[:80]}'; choose one of its columns.")

    def part(self, begin: int, end: int) -> "Stream":
        """Give the rows from `begin` to before `end` as a stream of their own."""
        return replace(
            self,
            times=self.times[begin:end],
            values=self.values[begin:end],
            others=self.others.iloc[begin:end],
        )


def elapsed(times: ArrayLike) -> Floats:
    """Give times as numbers since the first: seconds where they are date-times.

    Examples
    --------
    >>> elapsed(np.array(["2024-01-01", "2024-01-02"], "datetime64[us]")).tolist()
    [0.0, 86400.0]
    """
    array = np.asarray(times)
    since = array - array[0]
    seconds = since / np.timedelta64(1, "s") if array.dtype.kind == "M" else since
    return np.asarray(seconds, np.float64)
