"""Series made ready: what is done to each of them alone, and which are left out, told by name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clustering.data.sequences.choices import Choices
from clustering.data.sequences.cleaning import filled, merged, ordered, resampled
from clustering.data.sequences.kept import SequenceSet, Times
from clustering.data.sequences.stream import elapsed
from clustering.dataset import Floats, Integers
from clustering.errors import PreparationError
from clustering.words import count

__all__ = ["SHORTEST", "Ready", "complete", "listed", "spaced"]

SHORTEST = 2
"""Steps below which there is no course to compare."""

SHOWN = 6  # names that a sentence lists


@dataclass(frozen=True, eq=False, slots=True)
class Ready:
    """Series on their way, and what was said.

    Attributes
    ----------
    series, times : tuple of ndarrays
        Values (T_i, D) and times (T_i,), ascending, each once.
    at : ndarray of int64
        Place of each in the SequenceSet that it came from.
    notes : tuple of str
        A sentence for everything that was done.
    left_out : dict of str to ndarray of int64
        Rows in the user's file, by the reason.
    """

    series: tuple[Floats, ...]
    times: tuple[Times, ...]
    at: Integers
    notes: tuple[str, ...] = ()
    left_out: dict[str, Integers] = field(default_factory=dict)


def spaced(sequences: SequenceSet, choices: Choices) -> Ready:
    """Sort the steps, make one of those at the same time, and bring them to even spacing.

    Parameters
    ----------
    sequences : SequenceSet
    choices : Choices

    Returns
    -------
    Ready
        NaN where a value is missing; without the series that lack too many.

    Raises
    ------
    PreparationError
        Where none is left.
    """
    done = Counter[str]()
    series = [np.where(np.isfinite(each), each, np.nan) for each in sequences.series]
    begins = np.r_[0, np.cumsum([len(each) for each in series])[:-1]]
    missing = np.add.reduceat(np.isnan(np.concatenate(series)).mean(axis=1), begins)
    lacking = missing / [len(each) for each in series]
    times = list(sequences.times) or [np.arange(len(each), dtype=np.float64) for each in series]
    apart = ascending(times) & (choices.step is None)
    for place in np.flatnonzero(~apart).tolist():
        when, values, moved = ordered(elapsed(times[place]), series[place])
        before = len(values)
        when, values, _ = merged(when, values, how=choices.duplicates)
        done["moved"] += moved
        done["repeated"] += before - len(values)
        if choices.step is not None:
            when, values, _ = resampled(when, values, step=choices.step)
        series[place], times[place] = values, when
    ready = Ready(tuple(series), tuple(times), np.arange(len(series)), told(done, choices))
    short = f"more than {100 * choices.most_missing:.0f} % of their values are missing"
    bad = (lacking > choices.most_missing) | (lacking == 1.0)
    return without(ready, sequences, bad, reason="too many missing values", short=short)


def ascending(times: Sequence[Times]) -> NDArray[np.bool_]:
    """Say of which series every time is later than the one before; all of them at once."""
    whole = np.concatenate(times)
    later = np.r_[np.diff(whole) > np.zeros(1, np.diff(whole[:1]).dtype), True]
    ends = np.cumsum([len(each) for each in times])
    later[ends - 1] = True  # the step from one series to the next does not count
    return np.asarray(np.logical_and.reduceat(later, np.r_[0, ends[:-1]]))


def told(done: Counter[str], choices: Choices) -> tuple[str, ...]:
    """Say what became of times."""
    notes = []
    if done["moved"]:
        notes.append(f"The steps of {done['moved']:,} series were sorted by time.")
    if done["repeated"]:
        what = {"mean": "their mean counts", "first": "the first value counts",
                "last": "the last value counts"}[choices.duplicates]  # fmt: skip
        notes.append(f"{count(done['repeated'], 'step')} stood at a time that was there: {what}.")
    if choices.step is not None:
        notes.append(f"Series were brought to steps of {choices.step:g}, the mean of each step.")
    return tuple(notes)


def complete(ready: Ready, sequences: SequenceSet, choices: Choices, *, fill: Floats) -> Ready:
    """Fill missing values or leave their steps out, and leave out what has no course.

    Parameters
    ----------
    ready : Ready
        As `spaced` gave it.
    sequences : SequenceSet
        Where it came from.
    choices : Choices
    fill : ndarray of shape (D,)
        Mean of the training part; NaN for a channel without any value.

    Returns
    -------
    Ready
        No value is missing.

    Raises
    ------
    PreparationError
        Where nothing is left, or a channel has no value in the training part.
    """
    if np.isnan(fill).any():
        name = sequences.channels[int(np.argmax(np.isnan(fill)))]
        raise PreparationError(
            f"'{name[:60]}' has no value in the training part; leave this channel out."
        )
    series, times, cells, steps = [], [], 0, 0
    for when, values in zip(ready.times, ready.series, strict=True):
        missing = int(np.isnan(values).sum())
        if not missing:
            series.append(values)
            times.append(when)
            continue
        whole, stays = filled(elapsed(when), values, how=choices.missing, fill=fill)
        cells += missing
        steps += int((~stays).sum())
        series.append(whole[stays])
        times.append(when[stays])
    notes = list(ready.notes)
    if cells and choices.missing == "drop":
        notes.append(f"{count(steps, 'step')} with a missing value left out.")
    elif cells:
        how = {"interpolate": "a straight line between their neighbours",
               "forward": "the value before", "mean": "the mean of the training part"}  # fmt: skip
        notes.append(f"{count(cells, 'missing value')} filled by {how[choices.missing]}.")
    ready = Ready(tuple(series), tuple(times), ready.at, tuple(notes), ready.left_out)
    brief = np.array([len(each) < SHORTEST for each in series])
    short = f"they have fewer than {SHORTEST} steps, which is no course"
    return without(ready, sequences, brief, reason="fewer than two steps", short=short)


def without(
    ready: Ready, sequences: SequenceSet, bad: NDArray[np.bool_], *, reason: str, short: str
) -> Ready:
    """Leave series out, and name them; refuse to leave out all."""
    where = np.flatnonzero(bad)
    if not len(where):
        return ready
    names = [sequences.name_of(int(ready.at[place])) for place in where]
    if len(where) == len(ready.series):
        raise PreparationError(
            f"No {sequences.member} is left: {short} ({listed(names)}). Bring longer ones with "
            "more values, or allow more missing ones."
        )
    stays = np.flatnonzero(~bad)
    said = f"{len(where):,} of {len(bad):,} left out, because {short}: {listed(names)}."
    return Ready(
        tuple(ready.series[place] for place in stays),
        tuple(ready.times[place] for place in stays),
        ready.at[stays],
        (*ready.notes, said),
        {**ready.left_out, reason: sequences.places[ready.at[where]]},
    )


def listed(names: Sequence[str]) -> str:
    """List a few names, and say how many more there are.

    Examples
    --------
    >>> listed(["a", "b"]), listed(list("abcdefgh"))
    ('a, b', 'a, b, c, d, e, f and 2 more')
    """
    shown = ", ".join(" ".join(str(name).split())[:40] for name in names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN:,} more" if len(names) > SHOWN else shown
