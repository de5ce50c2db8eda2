"""Tidying: a stream with each time once, evenly spaced where that is wanted, and without gaps."""

from dataclasses import replace

import numpy as np

from clustering.data.sequences.choices import Choices
from clustering.data.sequences.cleaning import filled, merged, resampled
from clustering.data.sequences.kept import Times
from clustering.data.sequences.stream import Stream
from clustering.dataset import Floats
from clustering.errors import PreparationError
from clustering.words import count

__all__ = ["means_of", "tidied"]


def tidied(stream: Stream, choices: Choices, *, fill: Floats | None = None) -> Stream:
    """Make one row of those at the same time, bring rows to even steps, and fill missing values.

    Split a stream first and tidy each part: then no value of the test part reaches the other.

    Parameters
    ----------
    stream : Stream
    choices : Choices
        Of which ``duplicates``, ``step`` and ``missing`` count.
    fill : ndarray of shape (D,), optional
        What stands for a missing mean: `means_of` the training part; the stream's own means when
        left out.

    Returns
    -------
    Stream
        Without missing values. Of the other columns the first row of each step counts; they are
        empty in steps that no row falls into.

    Raises
    ------
    PreparationError
        Where a channel has no value at all, or no row is left.

    Examples
    --------
    >>> stream = Stream([0.0, 0.0, 1.0, 3.0], [[1.0], [3.0], [np.nan], [8.0]], ("x",))
    >>> tidied(stream, Choices()).values.ravel().tolist()
    [2.0, 4.0, 8.0]
    """
    known = np.where(np.isfinite(stream.values), stream.values, np.nan)
    times, values, at = merged(stream.seconds, known, how=choices.duplicates)
    notes = []
    if len(times) < stream.m:
        verb = {"mean": "their mean counts", "first": "the first value counts",
                "last": "the last value counts"}[choices.duplicates]  # fmt: skip
        notes.append(
            f"{count(stream.m - len(times), 'row')} stood at a time that was there: {verb}."
        )
    if choices.step is not None:
        times, values, places = resampled(times, values, step=choices.step)
        at = np.where(places >= 0, at[places], -1)
        step = f"{choices.step:g} {'s' if stream.dated else stream.unit}".strip()
        rows = count(len(times), "row")
        notes.append(f"The stream was brought to steps of {step}: {rows}, the mean of each step.")
    means = means_of(stream) if fill is None else fill
    empty = np.isnan(known).all(axis=0)
    if empty.any():
        name = stream.channels[int(np.argmax(empty))]
        raise PreparationError(f"'{name[:60]}' has no values at all; leave this channel out.")
    missing = int(np.isnan(values).sum())
    values, stays = filled(times, values, how=choices.missing, fill=means)
    if not stays.any():
        raise PreparationError(
            "Every row lacks a value of some channel, so none is left; fill them, or leave out the "
            "channel that lacks most."
        )
    if missing and choices.missing == "drop":
        notes.append(f"{count(int((~stays).sum()), 'row')} with a missing value left out.")
    elif missing:
        how = {"interpolate": "a straight line between their neighbours",
               "forward": "the value before", "mean": "the mean"}[choices.missing]  # fmt: skip
        notes.append(f"{count(missing, 'missing value')} filled by {how}.")
    at = at[stays]
    others = stream.others.iloc[np.maximum(at, 0)].reset_index(drop=True)
    if (at < 0).any():
        there = np.broadcast_to(at[:, None] >= 0, others.shape)
        others = others.astype("object").where(there)
    return replace(
        stream,
        times=laid_back(stream, times[stays]),
        values=values[stays],
        others=others,
        notes=(*stream.notes, *notes),
    )


def laid_back(stream: Stream, since: Floats) -> Times:
    """Give times as the stream has them from numbers since the first."""
    if stream.dated:
        return np.asarray(stream.times[0] + np.rint(since * 1e6).astype("timedelta64[us]"))
    return np.asarray(stream.times[0] + since)


def means_of(stream: Stream) -> Floats:
    """Give the mean of the known values of each channel, NaN where there is none."""
    known = np.isfinite(stream.values)
    numbers = known.sum(axis=0)
    sums = np.where(known, stream.values, 0.0).sum(axis=0)
    return np.asarray(sums / np.where(numbers, numbers, np.nan))
