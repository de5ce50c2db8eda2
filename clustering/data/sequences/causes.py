"""Causes: why there is an event in a stream, and where it begins and ends.

A cause finds stretches of rows: all the rows at which a column says the same thing, or a channel
stays beyond its threshold. A gap in time and a change point are moments; the rows that they last
for are a choice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clustering.data.sequences.change_points import change_points
from clustering.data.sequences.stream import Stream
from clustering.dataset import Floats, Integers
from clustering.errors import DataError, ParameterError
from clustering.words import amount

__all__ = ["Cause", "Change", "Column", "Crossing", "Gap", "Stretch", "lasting"]

Stretch = tuple[int, int, str]
"""First row of an event, the row behind its last, and its cause in words."""

FAR = 5.0
"""Usual steps from which on the time between two rows is a gap, where nobody says otherwise."""

LASTS = 24
"""Rows that a moment lasts, where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column says so: each run of rows at which it holds the same.

    Attributes
    ----------
    name : str
        A column of the stream; an empty cell is no event.
    value : str or None
        What it must hold; anything when None.
    """

    name: str
    value: str | None = None

    def find(self, stream: Stream) -> Iterator[Stretch]:
        """Find the runs of the same filled cell."""
        cells = stream.column(self.name)
        texts, value = written(cells), self.value
        if value is not None and cells.dtype.kind in "iuf":
            value = next(iter(written(pd.to_numeric(pd.Series([value]), errors="coerce"))), "")
        for begin, end in runs(texts):
            text = str(texts[begin])
            if text and (value is None or text == value):
                yield begin, end, f"{self.name}: {text}"

    def none(self, stream: Stream) -> str:
        """Say why there is no event."""
        what = "is empty" if self.value is None else f"never holds '{self.value[:60]}'"
        return f"the column '{self.name[:60]}' {what}"


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where a channel crosses a threshold, until it is back beyond another one.

    Attributes
    ----------
    channel : str
    high, low : float
        Up: an event begins at `high` or above, and is over below `low`. Down: it begins at `low`
        or below, and is over above `high`. Between the two, what was true stays true.
    direction : {"up", "down"}

    Examples
    --------
    >>> load = np.array([0.0, 9.0, 6.0, 9.0, 1.0])[:, None]
    >>> stream = Stream(np.arange(5.0), load, ("load",))
    >>> [found[:2] for found in Crossing("load", high=8.0, low=5.0).find(stream)]
    [(1, 4)]
    >>> [found[:2] for found in Crossing("load", high=8.0).find(stream)]
    [(1, 2), (3, 4)]
    """

    channel: str
    high: float
    low: float | None = None
    direction: Literal["up", "down"] = "up"

    def __post_init__(self) -> None:
        """Take one threshold for both, and refuse a low above the high."""
        if self.low is None:
            object.__setattr__(self, "low", self.high)
        assert self.low is not None
        if not (np.isfinite([self.high, self.low]).all() and self.low <= self.high):
            raise ParameterError(
                f"The lower threshold {self.low:g} stands above the upper one {self.high:g}."
            )

    def find(self, stream: Stream) -> Iterator[Stretch]:
        """Find the stretches from each crossing until the way back."""
        values = channel_of(stream, self.channel)
        low = self.high if self.low is None else self.low
        up = self.direction == "up"
        begins = values >= self.high if up else values <= low
        ends = values < low if up else values > self.high
        # Between the thresholds, and where a value is missing, the state before holds on.
        decided = begins | ends
        last = np.maximum.accumulate(np.where(decided, np.arange(len(values)), -1))
        within = (last >= 0) & begins[np.maximum(last, 0)]
        side = f"at or above {self.high:g}" if up else f"at or below {low:g}"
        for begin, end in runs(within):
            if within[begin]:
                yield begin, end, f"{self.channel} {side}"

    def none(self, stream: Stream) -> str:
        """Say why there is no event."""
        values = channel_of(stream, self.channel)
        if np.isnan(values).all():
            return f"'{self.channel[:60]}' has no values"
        if self.direction == "up":
            return (
                f"'{self.channel[:60]}' never reaches {self.high:g}, its highest value is "
                f"{amount(float(np.nanmax(values)))}"
            )
        return (
            f"'{self.channel[:60]}' never falls to {self.low:g}, its lowest value is "
            f"{amount(float(np.nanmin(values)))}"
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """The first rows after a gap in time.

    Attributes
    ----------
    longer : float or None
        Time without a row beyond which it is a gap, in seconds where times are date-times; five
        times the usual step when None.
    lasts : int
        Rows that the event lasts, 1 or more.
    """

    longer: float | None = None
    lasts: int = LASTS

    def __post_init__(self) -> None:
        """Refuse an event without rows."""
        check_lasting(self.lasts)

    def limit(self, stream: Stream) -> float:
        """Give the time beyond which there is a gap."""
        return FAR * stream.step if self.longer is None else self.longer

    def rows(self, stream: Stream) -> Integers:
        """Give the first row after each gap."""
        return np.asarray(np.flatnonzero(np.diff(stream.seconds) > self.limit(stream)) + 1)

    def find(self, stream: Stream) -> Iterator[Stretch]:
        """Find the rows after each gap."""
        said = f"gap over {lasting(self.limit(stream), stream)}"
        for row in self.rows(stream).tolist():
            yield row, min(row + self.lasts, stream.m), said

    def none(self, stream: Stream) -> str:
        """Say why there is no event."""
        longest = float(np.diff(stream.seconds).max()) if stream.m > 1 else 0.0
        return (
            f"no two rows are more than {lasting(self.limit(stream), stream)} apart, the longest "
            f"gap is {lasting(longest, stream)}"
        )


@dataclass(frozen=True, slots=True)
class Change:
    """Where mean or variance change.

    Attributes
    ----------
    channel : str
        Of one channel; of all together where empty.
    penalty : float
        Larger finds fewer, as `change_points` says.
    lasts : int
        Rows that the event lasts, 1 or more.
    """

    channel: str = ""
    penalty: float = 5.0
    lasts: int = LASTS

    def __post_init__(self) -> None:
        """Refuse an event without rows."""
        check_lasting(self.lasts)

    def find(self, stream: Stream) -> Iterator[Stretch]:
        """Find the rows after each change."""
        values = stream.values
        if self.channel:
            values = channel_of(stream, self.channel)[:, None]
        for row in change_points(values, penalty=self.penalty).tolist():
            yield row, min(row + self.lasts, stream.m), f"change in {self.channel or 'the stream'}"

    def none(self, stream: Stream) -> str:
        """Say why there is no event."""
        return f"neither mean nor variance of {self.channel or 'the channels'} change clearly"


Cause = Column | Crossing | Gap | Change
"""Anything that makes an event."""


def channel_of(stream: Stream, name: str) -> Floats:
    """Give a channel, NaN where a value is missing or infinite."""
    if name not in stream.channels:
        raise DataError(f"The stream has no channel '{name[:60]}'; choose another one.")
    values = stream.values[:, stream.channels.index(name)]
    return np.where(np.isfinite(values), values, np.nan)


def check_lasting(rows: int) -> None:
    """Raise ParameterError where an event would have no rows."""
    if rows < 1:
        raise ParameterError(f"An event of {rows:,} rows is none; choose 1 or more.")


def written(cells: "pd.Series[Any]") -> NDArray[Any]:
    """Write cells as text, empty where nothing stands, and whole numbers without a point.

    Examples
    --------
    >>> written(pd.Series([1.0, None, 2.5])).tolist(), written(pd.Series([" a", None])).tolist()
    (['1', '', '2.5'], ['a', ''])
    """
    texts = cells.astype("object").where(cells.notna(), "")
    if cells.dtype.kind == "f":
        texts = texts.map(
            lambda cell: cell if cell == "" else np.format_float_positional(cell, trim="-")
        )
    return texts.astype(str).str.strip().to_numpy(object)


def runs(cells: NDArray[Any]) -> Iterator[tuple[int, int]]:
    """Give the first place of each run of equal cells, and the place behind its last.

    Examples
    --------
    >>> list(runs(np.array([1, 1, 2])))
    [(0, 2), (2, 3)]
    """
    begins = np.flatnonzero(np.r_[True, cells[1:] != cells[:-1]]).tolist()
    yield from zip(begins, [*begins[1:], len(cells)], strict=True)


def lasting(time: float, stream: Stream) -> str:
    """Write a length of time.

    Examples
    --------
    >>> dated = Stream(np.array(["2024-01-01"], "datetime64[us]"), np.zeros((1, 1)), ("x",))
    >>> lasting(90.0, dated), lasting(7200.0, dated), lasting(1e6, dated)
    ('1.5 min', '2 h', '11.6 days')
    """
    if not stream.dated:
        return f"{amount(time)} {stream.unit}".strip()
    for size, unit in ((86_400.0, "days"), (3_600.0, "h"), (60.0, "min")):
        if time >= 1.5 * size or (time >= size and unit != "days"):
            return f"{amount(time / size)} {unit}"
    return f"{amount(time)} s"
