"""Windows: a stream cut into series of one length, one after the other or overlapping."""

import numpy as np
import pandas as pd

from clustering.data.image_files.classes import coded
from clustering.data.sequences.kept import SequenceSet
from clustering.data.sequences.stream import Stream
from clustering.dataset import Integers
from clustering.errors import DataError, ParameterError
from clustering.words import count

__all__ = ["MOST_CLASSES", "MOST_WINDOWS", "classes_of", "known", "moment", "windows"]

MOST_WINDOWS = 1_000_000
"""Windows that are cut at most."""

MOST_CLASSES = 100
"""Classes that a target may have."""

WIDE = 1.5
"""Times the usual step from which on the time between two rows is a gap."""


def windows(
    stream: Stream, *, window: int, stride: int = 1, label: str | None = None
) -> SequenceSet:
    """Cut a stream into windows of equal length.

    Parameters
    ----------
    stream : Stream
    window : int
        Rows of a window.
    stride : int
        Rows from the begin of a window to that of the next; below `window` they overlap.
    label : str, optional
        Column of known classes: a window has that of its last row. The stream's own ``label``
        when left out, and none where that is empty.

    Returns
    -------
    SequenceSet
        In the order of time. Rows behind the last whole window are in none, which is told.

    Raises
    ------
    ParameterError
        Where a window is longer than the stream, or below 1.
    DataError
        Where there are too many windows, or a label column has no classes or too many.

    Examples
    --------
    >>> stream = Stream(np.arange(5.0), np.arange(5.0)[:, None], ("x",))
    >>> [each.ravel().tolist() for each in windows(stream, window=3, stride=2).series]
    [[0.0, 1.0, 2.0], [2.0, 3.0, 4.0]]
    """
    if window < 1 or stride < 1:
        raise ParameterError("Windows take at least one row, and begin at least one row apart.")
    if window > stream.m:
        raise ParameterError(
            f"A window of {window:,} rows is longer than the stream, which has {stream.m:,}; "
            "choose a shorter one."
        )
    begins = np.arange(0, stream.m - window + 1, stride)
    if len(begins) > MOST_WINDOWS:
        raise DataError(
            f"A stride of {stride:,} makes {len(begins):,} windows, and at most {MOST_WINDOWS:,} "
            "are cut; choose a longer one."
        )
    labels, classes, said = known(stream, label)
    return SequenceSet(
        tuple(stream.values[begin : begin + window] for begin in begins),
        stream.channels,
        times=tuple(stream.times[begin : begin + window] for begin in begins),
        labels=None if labels is None else labels[begins + window - 1],
        classes=classes,
        names=tuple(moment(stream.times[begin]) for begin in begins),
        starts=stream.times[begins],
        name=stream.name,
        member="window",
        notes=(*stream.notes, *told(stream, begins, window), *said),
        layout=stream.layout,
    )


def told(stream: Stream, begins: Integers, window: int) -> tuple[str, ...]:
    """Say which rows are in no window, and which windows reach over a gap in time."""
    notes = []
    rest = stream.m - int(begins[-1]) - window
    if rest:
        notes.append(f"{count(rest, 'row')} behind the last whole window left out.")
    apart = np.diff(stream.seconds)
    gaps = np.r_[0, np.cumsum(apart > WIDE * stream.step)]
    over = int((gaps[begins + window - 1] > gaps[begins]).sum())
    if over:
        verb = "reaches" if over == 1 else "reach"
        notes.append(
            f"{over:,} of {count(len(begins), 'window')} {verb} over a gap in time; bring the "
            "stream to even steps, or cut it at its gaps."
        )
    return tuple(notes)


def known(
    stream: Stream, label: str | None
) -> tuple[Integers | None, tuple[str, ...], tuple[str, ...]]:
    """Give the class of each row; of the stream's own column only where it holds classes."""
    if label is not None:
        return (*classes_of(stream, label), ()) if label else (None, (), ())
    if not stream.label:
        return None, (), ()
    try:
        return (*classes_of(stream, stream.label), ())
    except DataError as refused:
        return None, (), (str(refused),)


def classes_of(stream: Stream, name: str) -> tuple[Integers, tuple[str, ...]]:
    """Give the class of each row by a column of the stream.

    Parameters
    ----------
    stream : Stream
    name : str
        One of its columns.

    Returns
    -------
    labels : ndarray of shape (m,), int64
        From 0; -1 where a cell is empty.
    classes : tuple of str

    Raises
    ------
    DataError
        Where the column holds nothing, one class alone, fractions, or too many different cells.
    """
    cells = stream.column(name)
    many, called = int(cells.nunique()), f"'{name[:60]}'"
    if many > MOST_CLASSES:
        raise DataError(
            f"{called} holds {many:,} different values, and at most {MOST_CLASSES:,} can be told "
            "apart as classes; choose another target, or group its values."
        )
    if cells.dtype.kind in "if":
        labels, classes = coded(cells.to_numpy(), stream.m, called)
    else:
        texts = cells.astype("object").where(cells.notna(), "").astype(str)
        labels, classes = coded(texts.to_numpy(str), stream.m, called)
    if not classes:
        raise DataError(f"{called} is empty; choose another column as the target.")
    if len(classes) == 1:
        raise DataError(
            f"{called} holds one class alone, '{classes[0][:40]}', so there is nothing to tell "
            "apart; choose another column as the target."
        )
    return labels, classes


def moment(time: object) -> str:
    """Write a time as short as it can be said.

    Examples
    --------
    >>> moment(np.datetime64("2024-03-04T06:00:00")), moment(np.datetime64("2024-03-04"))
    ('2024-03-04 06:00', '2024-03-04')
    >>> moment(12.5)
    '12.5'
    """
    if not isinstance(time, np.datetime64):
        return f"{float(str(time)):g}"
    whole = pd.Timestamp(time)
    if whole == whole.normalize():
        return f"{whole:%Y-%m-%d}"
    return f"{whole:%Y-%m-%d %H:%M:%S}" if whole.second else f"{whole:%Y-%m-%d %H:%M}"
