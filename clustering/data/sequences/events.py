"""Events: the windows of a stream in which something happens, each with its time and cause."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np

from clustering.data.sequences.causes import Cause, Change, Column, Crossing, Gap
from clustering.data.sequences.kept import SequenceSet
from clustering.data.sequences.stream import Stream
from clustering.data.sequences.suggesting import suggest
from clustering.data.sequences.windowing import known, moment
from clustering.dataset import Integers
from clustering.errors import DataError, ParameterError
from clustering.words import count

__all__ = ["Cause", "Change", "Column", "Crossing", "Gap", "Overlaps", "cut", "suggest"]

Overlaps = Literal["merge", "keep"]

MOST_EVENTS = 100_000
"""Events that are cut at most."""

SHOWN = 4  # causes that a sentence counts


@dataclass(frozen=True, slots=True)
class Window:
    """One window: the rows of the event, and with its margins."""

    begin: int
    end: int
    first: int
    last: int
    causes: tuple[str, ...]


def cut(
    stream: Stream,
    *,
    how: Cause | Sequence[Cause],
    before: int = 0,
    after: int | None = 0,
    most: int | None = None,
    overlaps: Overlaps = "merge",
    label: str | None = None,
) -> SequenceSet:
    """Cut a stream into windows at its events.

    Parameters
    ----------
    stream : Stream
    how : Cause or sequence of Cause
        What makes an event: `Column`, `Crossing`, `Gap`, `Change`, or several of them.
    before, after : int
        Rows of margin before the first and behind the last row of each event. `after` None: up to
        the next event.
    most : int, optional
        Rows of a window at most, more than `before`: longer ones lose their end, which is told.
    overlaps : {"merge", "keep"}
        Windows that overlap become one with both causes, or stay as they are.
    label : str, optional
        Column of known kinds: an event has the one that most of its rows hold, margins aside, empty
        cells aside. The stream's own ``label`` when left out, and none where that is empty.

    Returns
    -------
    SequenceSet
        In the order of time, with ``causes`` and ``starts``. Where a gap in time is a cause, no
        window reaches over one: an event that does is two.

    Raises
    ------
    DataError
        Where there is no event, or more than a hundred thousand.
    ParameterError
        Where a margin is negative, or a window has no room.

    Examples
    --------
    >>> load = np.array([0.0, 9.0, 6.0, 9.0, 1.0, 1.0])[:, None]
    >>> stream = Stream(np.arange(6.0), load, ("load",))
    >>> found = cut(stream, how=Crossing("load", high=8.0, low=5.0), before=1, after=1)
    >>> found.series[0].ravel().tolist(), found.causes, found.starts.tolist()
    ([0.0, 9.0, 6.0, 9.0, 1.0], ('load at or above 8',), [1.0])
    """
    causes: tuple[Cause, ...] = (how,) if isinstance(how, Cause) else tuple(how)
    if not causes:
        raise ParameterError("Choose at least one cause of events.")
    if stream.m < 2:
        raise DataError(
            "There is only one row, in which nothing can happen; bring a longer stream."
        )
    if before < 0 or (after is not None and after < 0) or (most is not None and most < 1):
        raise ParameterError("Margins are no negative numbers, and a window has at least one row.")
    if most is not None and most <= before:
        raise ParameterError(
            f"A window of {most:,} rows has no room for its event behind {before:,} rows of "
            "margin; choose a longer one."
        )
    walls = wall_rows(stream, causes)
    found = sorted(
        {
            piece
            for cause in causes
            for stretch in cause.find(stream)
            for piece in pieces(stretch, walls, whole=not isinstance(cause, Gap | Change))
        }
    )
    if not found:
        why = "; ".join(cause.none(stream) for cause in causes)
        raise DataError(f"The stream has no event: {why}. Choose another threshold or cause.")
    if len(found) > MOST_EVENTS:
        raise DataError(
            f"There are {len(found):,} events, and at most {MOST_EVENTS:,} are cut; choose "
            "thresholds farther apart."
        )
    begins = sorted({begin for begin, _, _ in found})
    following = dict(zip(begins, [*begins[1:], stream.m], strict=True))
    windows = [window_of(stretch, following[stretch[0]], walls, before, after) for stretch in found]
    windows, notes = settled(windows, overlaps)
    windows, said = shortened(windows, most)
    return made(stream, windows, (*notes, *said), label)


def wall_rows(stream: Stream, causes: Sequence[Cause]) -> Integers:
    """Give the rows that no window reaches over: those after a gap, and both ends."""
    gaps = [cause.rows(stream) for cause in causes if isinstance(cause, Gap)]
    return np.unique(np.concatenate([np.array([0, stream.m]), *gaps]).astype(np.int64))


def pieces(
    stretch: tuple[int, int, str], walls: Integers, *, whole: bool
) -> Iterator[tuple[int, int, str]]:
    """Part an event at the walls that it reaches over; give the first part alone if not `whole`.

    Examples
    --------
    >>> list(pieces((1, 5, "high"), np.array([0, 3, 9]), whole=True))
    [(1, 3, 'high'), (3, 5, 'high')]
    """
    begin, end, cause = stretch
    inner = walls[np.searchsorted(walls, begin, side="right") : np.searchsorted(walls, end)]
    cuts = [begin, *inner.tolist(), end]
    # A moment lasts a number of rows by choice, so that what is behind a wall is no part of it.
    for first, last in list(pairwise(cuts))[: None if whole else 1]:
        yield first, last, cause


def window_of(
    stretch: tuple[int, int, str],
    following: int,
    walls: Integers,
    before: int,
    after: int | None,
) -> Window:
    """Lay the margins around one event."""
    begin, end, cause = stretch
    place = int(np.searchsorted(walls, begin, side="right"))
    left, right = int(walls[place - 1]), int(walls[place])
    last = following if after is None else end + after
    return Window(begin, end, max(begin - before, left), max(min(last, right), end), (cause,))


def settled(windows: list[Window], overlaps: Overlaps) -> tuple[list[Window], tuple[str, ...]]:
    """Make one of windows that overlap, or say how many do."""
    kept, met = list[Window](), 0
    for window in windows:
        if kept and window.first < kept[-1].last:
            met += 1
            if overlaps == "merge":
                other = kept.pop()
                window = Window(
                    min(other.begin, window.begin), max(other.end, window.end),
                    min(other.first, window.first), max(other.last, window.last),
                    tuple(dict.fromkeys(other.causes + window.causes)),
                )  # fmt: skip
        kept.append(window)
    if not met:
        return kept, ()
    what = "were merged with it" if overlaps == "merge" else "share rows with it"
    what = what.replace("were", "was").replace("share", "shares") if met == 1 else what
    return kept, (f"{count(met, 'window')} that overlapped the one before {what}.",)


def shortened(windows: list[Window], most: int | None) -> tuple[list[Window], tuple[str, ...]]:
    """Take the end off windows that are too long, and say of how many."""
    long = sum(most is not None and each.last - each.first > most for each in windows)
    if most is None or not long:
        return windows, ()
    cut_off = [replace(each, last=min(each.last, each.first + most)) for each in windows]
    verb = "has lost its" if long == 1 else "have lost their"
    return cut_off, (f"{count(long, 'window')} of more than {most:,} rows {verb} end.",)


def made(
    stream: Stream, windows: list[Window], notes: tuple[str, ...], label: str | None
) -> SequenceSet:
    """Make a set of windows, with the known kind of each."""
    labels = None
    rows, classes, said = known(stream, label)
    if rows is not None:
        labels = np.array([usual(rows[each.begin : each.end]) for each in windows])
    causes = tuple(" and ".join(each.causes) for each in windows)
    begins = np.array([each.begin for each in windows])
    return SequenceSet(
        tuple(stream.values[each.first : each.last] for each in windows),
        stream.channels,
        times=tuple(stream.times[each.first : each.last] for each in windows),
        labels=labels,
        classes=classes,
        names=tuple(moment(stream.times[begin]) for begin in begins),
        causes=causes,
        starts=stream.times[begins],
        name=stream.name,
        member="event",
        notes=(*stream.notes, counted(causes), *notes, *said),
        layout=stream.layout,
    )


def usual(labels: Integers) -> int:
    """Give the most frequent class, or -1 where no row has one."""
    known = labels[labels >= 0]
    return int(np.bincount(known).argmax()) if len(known) else -1


def counted(causes: Sequence[str]) -> str:
    """Count the events by their cause."""
    numbers = Counter(causes).most_common()
    said = ", ".join(f"{number:,} by {cause}" for cause, number in numbers[:SHOWN])
    more = f" and {len(numbers) - SHOWN:,} other causes" if len(numbers) > SHOWN else ""
    return f"{count(len(causes), 'event')}: {said}{more}."
