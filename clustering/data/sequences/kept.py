"""Kept: series as they were brought, what is known of them, and how they were laid out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clustering.dataset import Dataset, Floats, Integers, digest, frozen
from clustering.errors import DataError

if TYPE_CHECKING:
    from clustering.data.tables import Table

__all__ = ["Kind", "Layout", "SequenceSet", "Times", "bounded", "instants"]

Times = NDArray[Any]
"""When each step was: datetime64[us], or float64 where times are plain numbers."""

LARGEST = 1e100
"""Largest value of a series: its square times many steps is still far from infinite."""

Kind = Literal["wide", "long", "stream", "ts", "arrays", "images", "made"]


@dataclass(frozen=True, eq=False, slots=True)
class Layout:
    """Where in the file the series stand, which an exported script repeats.

    Attributes
    ----------
    kind : {"wide", "long", "stream", "ts", "arrays", "images", "made"}
        A row a series; a row a series and time; a row a time of one stream; a file of the
        UCR and UEA archives; arrays of NumPy; images, a row a step; or made by the project.
    id : str
        Column that says whose a row is; empty where there is none.
    time : tuple of str
        The column of times, or those of year, month, day, hour ... together.
    values : tuple of str
        Columns that are measured: the steps of a wide table, the channels of the others.
    label : str
        Column of known classes; empty where there is none.
    table : Table or None
        How the file was read; its frame has no rows. None for what is no table.
    """

    kind: Kind
    id: str = ""
    time: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    label: str = ""
    table: "Table | None" = None


@dataclass(frozen=True, eq=False, slots=True)
class SequenceSet:
    """Many series, each of its own length, and what is known of them.

    Attributes
    ----------
    series : tuple of n ndarrays of shape (T_i, D), float64
        Values of each step, NaN where one is missing; read-only.
    channels : tuple of D str
        What is measured at each step.
    times : tuple of n ndarrays of shape (T_i,), or ()
        When each step was, datetime64[us] or float64; empty where only their order is known.
    labels : ndarray of shape (n,), int64, or None
        Class of each series, from 0; -1 where one has none.
    classes : tuple of str
        What the classes are called.
    names : tuple of n str, or ()
        What the series are called.
    test : ndarray of shape (n,), bool
        The test part where the file says which it is; nowhere true where it does not.
    causes : tuple of n str, or ()
        Of events: why each window was cut.
    starts : ndarray of shape (n,) or None
        Of windows and events: when each was.
    places : ndarray of shape (n,), int64
        Place of each series in the file or the set that it was parted from, ascending or not;
        ``0 ... n-1`` where it is whole. They are the ``rows`` of a Dataset made of it.
    name : str
        Name of the file or sample.
    member : {"series", "window", "event", "digit"}
        What one of them is.
    notes : tuple of str
        What was found out and what was left out, a sentence each.
    layout : Layout
        Where in the file they stand.
    key : str
        Digest of the content.

    Raises
    ------
    DataError
        Where there are no series, one has no steps or a step no time, or they differ in their
        channels.

    Examples
    --------
    >>> both = SequenceSet(([[1.0], [2.0]], [[3.0]]), ("x",), labels=[0, 1], classes=("a", "b"))
    >>> both.n, both.d, both.lengths.tolist(), both.part([1]).places.tolist()
    (2, 1, [2, 1], [1])
    """

    series: tuple[Floats, ...]
    channels: tuple[str, ...]
    times: tuple[Times, ...] = ()
    labels: Integers | None = None
    classes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    test: NDArray[np.bool_] = None  # type: ignore[assignment]  # filled in below
    causes: tuple[str, ...] = ()
    starts: Times | None = None
    places: Integers = None  # type: ignore[assignment]  # filled in below
    name: str = "series"
    member: str = "series"
    notes: tuple[str, ...] = ()
    layout: Layout = field(default_factory=lambda: Layout("made"))
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Check the shapes, make the arrays read-only and compute the key."""
        assign = object.__setattr__
        series = tuple(frozen(each, np.float64) for each in self.series)
        checked(series, self.channels)
        n = len(series)
        assign(self, "series", series)
        assign(self, "times", tuple(map(instants, self.times)))
        assign(self, "test", frozen(np.zeros(n) if self.test is None else self.test, np.bool_))
        assign(self, "places", frozen(np.arange(n) if self.places is None else self.places, "i8"))
        if self.labels is not None:
            assign(self, "labels", frozen(self.labels, np.int64))
        if self.starts is not None:
            assign(self, "starts", instants(self.starts))
        for what in ("times", "labels", "names", "test", "causes", "starts", "places"):
            held = getattr(self, what)
            if held is not None and len(held) not in (n, 0 if isinstance(held, tuple) else n):
                raise DataError(f"{n:,} series, but {len(held):,} {what}.")
        if any(len(when) != len(each) for when, each in zip(self.times, series, strict=False)):
            raise DataError("Each step of a series needs one time, or none has any.")
        if any(np.isnat(w).any() if w.dtype.kind == "M" else np.isnan(w).any() for w in self.times):
            raise DataError("A step has no time; leave it out, or bring series without times.")
        arrays = (*series, *self.times, self.labels, self.starts, self.test, self.places)
        texts = (self.channels, self.classes, self.names, self.causes, self.member, self.name)
        assign(self, "key", digest(*arrays, *texts))

    @property
    def n(self) -> int:
        """Number of series."""
        return len(self.series)

    @property
    def d(self) -> int:
        """Number of channels."""
        return len(self.channels)

    @property
    def lengths(self) -> Integers:
        """Number of steps of each series, shape (n,)."""
        return np.array([len(each) for each in self.series], dtype=np.int64)

    def name_of(self, place: int) -> str:
        """Say how a series is called: its name, or its place in the file from 1."""
        return self.names[place] if self.names else f"{self.member} {self.places[place] + 1:,}"

    def part(self, places: ArrayLike) -> "SequenceSet":
        """Give some of the series as a set of their own.

        Parameters
        ----------
        places : array_like of int, or of n bool
            Which, counted in this set, in the order in which they are wanted.

        Returns
        -------
        SequenceSet
            ``places`` lead back to the whole.
        """
        chosen = np.asarray(places)
        chosen = np.flatnonzero(chosen) if chosen.dtype == bool else chosen.astype(np.int64)

        def some(held: Sequence[Any]) -> tuple[Any, ...]:
            return tuple(held[place] for place in chosen.tolist()) if held else ()

        return replace(
            self,
            series=some(self.series),
            times=some(self.times),
            labels=None if self.labels is None else self.labels[chosen],
            names=some(self.names),
            test=self.test[chosen],
            causes=some(self.causes),
            starts=None if self.starts is None else self.starts[chosen],
            places=self.places[chosen],
        )

    def truth(self, dataset: Dataset) -> NDArray[np.int32] | None:
        """Give the classes of a Dataset's rows, or None where none are known.

        Parameters
        ----------
        dataset : Dataset
            Made of this set, of a part of it, or of the set that this is a part of.

        Returns
        -------
        ndarray of shape (dataset.n,), int32, or None
            -1 where a series has no class, or is not in this set.
        """
        if self.labels is None:
            return None
        known = dict(zip(self.places.tolist(), self.labels.tolist(), strict=True))
        return np.array([known.get(row, -1) for row in dataset.rows.tolist()], dtype=np.int32)

    def counts(self) -> Integers:
        """Count the series of each class, shape (number of classes,)."""
        labels = np.zeros(0, np.int64) if self.labels is None else self.labels
        return np.bincount(labels[labels >= 0], minlength=len(self.classes))


def checked(series: tuple[Floats, ...], channels: tuple[str, ...]) -> None:
    """Refuse what is no set of series."""
    if not series:
        raise DataError("There are no series; bring at least two.")
    for place, each in enumerate(series):
        if each.ndim != 2 or each.shape[1] != len(channels):
            raise DataError(
                f"Series {place + 1:,} is no table of steps with {len(channels):,} values each."
            )
        if len(each) == 0:
            raise DataError(f"Series {place + 1:,} has no steps; leave it out.")
    bounded(np.concatenate(series))


def bounded(values: Floats) -> None:
    """Refuse numbers whose squares would be infinite; infinite ones count as missing later."""
    sizes = np.abs(values)
    huge = sizes[(sizes > LARGEST) & (sizes < np.inf)]
    if huge.size:
        raise DataError(
            f"A value of {huge[0]:.3g} is beyond {LARGEST:g}, the most that can be compared; "
            "take it out, or divide all values."
        )


def instants(times: ArrayLike) -> Times:
    """Give times as datetime64[us] or float64, read-only."""
    array = np.asarray(times)
    return frozen(array, "datetime64[us]" if array.dtype.kind == "M" else np.float64)
