"""Parting: a training part to learn from, and a test part that nothing is learnt from."""

from dataclasses import replace
from typing import Literal, overload

import numpy as np
from numpy.typing import NDArray

from clustering.data.sequences.kept import SequenceSet
from clustering.data.sequences.stream import Stream
from clustering.dataset import Integers
from clustering.errors import DataError, ParameterError
from clustering.words import count

__all__ = ["By", "split"]

By = Literal["time", "series", "own"]


@overload
def split(
    brought: SequenceSet, *, share: float = ..., by: By = ..., seed: int = ...
) -> tuple[SequenceSet, SequenceSet]: ...
@overload
def split(
    brought: Stream, *, share: float = ..., by: By = ..., seed: int = ...
) -> tuple[Stream, Stream]: ...
def split(
    brought: SequenceSet | Stream, *, share: float = 0.8, by: By = "time", seed: int = 0
) -> tuple[SequenceSet, SequenceSet] | tuple[Stream, Stream]:
    """Split into a training part and a test part.

    Parameters
    ----------
    brought : SequenceSet or Stream
    share : float
        Of the training part, as 0.8 or 0.9.
    by : {"time", "series", "own"}
        What came first is for training, by the begins of windows and events, by the order in the
        file where series have none; or drawn series, of each class alike; or as the file says. A
        stream can only be split in time.
    seed : int
        Of the draw.

    Returns
    -------
    train, test
        Two of a kind with what was brought. In time no window reaches over the seam: one that
        begins before the test part and ends in it is in neither, which is told. Drawn windows
        may overlap those of the other part, which is told, too.

    Raises
    ------
    ParameterError
        Where the share is not between 0 and 1, or a part would be empty.
    DataError
        Where the file names no test part.

    Examples
    --------
    >>> train, test = split(Stream(np.arange(10.0), np.zeros((10, 1)), ("x",)), share=0.9)
    >>> train.m, test.m
    (9, 1)
    """
    if not 0 < share < 1:
        raise ParameterError("The share of the training part is between 0 and 1, as 0.8.")
    if isinstance(brought, Stream):
        if by != "time":
            raise ParameterError("A stream is split in time; cut windows to draw from.")
        at = seam(brought.m, share, "row")
        return brought.part(0, at), brought.part(at, brought.m)
    if by == "own":
        if not brought.test.any() or brought.test.all():
            raise DataError(
                f"'{brought.name[:60]}' does not say which series are for testing; choose a share."
            )
        return brought.part(~brought.test), brought.part(brought.test)
    if by == "series":
        test = drawn(brought, share, seed)
        return shared(brought.part(~test), brought.part(test))
    return in_time(brought, share)


def seam(n: int, share: float, what: str) -> int:
    """Give how many are for training, at least one of each part."""
    if n < 2:
        raise ParameterError(f"There is only one {what}, which cannot be split.")
    return min(max(round(share * n), 1), n - 1)


def drawn(sequences: SequenceSet, share: float, seed: int) -> NDArray[np.bool_]:
    """Draw the test part, of each class alike, shape (n,)."""
    at = seam(sequences.n, share, sequences.member)
    order = np.random.default_rng(seed).permutation(sequences.n)
    if sequences.labels is not None:
        order = order[np.argsort(sequences.labels[order], kind="stable")]
    # Evenly spread over the classes laid one behind the other: each gives its share.
    number = sequences.n - at
    taken = order[((np.arange(number) + 0.5) * sequences.n / number).astype(np.int64)]
    test = np.zeros(sequences.n, dtype=bool)
    test[taken] = True
    return test


def shared(train: SequenceSet, test: SequenceSet) -> tuple[SequenceSet, SequenceSet]:
    """Say how many drawn windows of a stream hold times that the test part holds, too."""
    if train.starts is None or not train.times:
        return train, test
    begins = np.array([when[0] for when in test.times])
    order = np.argsort(begins, kind="stable")
    ends = np.maximum.accumulate(np.array([test.times[place][-1] for place in order]))
    last = np.searchsorted(begins[order], np.array([when[-1] for when in train.times]), "right") - 1
    firsts = np.array([when[0] for when in train.times])
    over = int(((last >= 0) & (ends[np.maximum(last, 0)] >= firsts)).sum())
    if not over:
        return train, test
    note = (
        f"{over:,} of {count(train.n, train.member)} for training overlap the test part, so that "
        "its figures flatter; split in time, or choose a stride as long as the window."
    )
    return replace(train, notes=(*train.notes, note)), test


def in_time(sequences: SequenceSet, share: float) -> tuple[SequenceSet, SequenceSet]:
    """Split by the begins of windows, or by the order in the file."""
    starts = sequences.starts
    order: Integers = np.arange(sequences.n)
    if starts is not None:
        order = np.argsort(starts, kind="stable")
    at = seam(sequences.n, share, sequences.member)
    before, after = order[:at], order[at:]
    if starts is None or not sequences.times:
        return sequences.part(before), sequences.part(after)
    # Margins reach back before the moment of an event, so the seam is the test part's first row.
    first = min(sequences.times[place][0] for place in after)
    stays = np.array([sequences.times[place][-1] < first for place in before])
    if not stays.any():
        raise ParameterError(
            f"Every {sequences.member} of the training part reaches into the test part; cut "
            "shorter ones, or fewer that overlap."
        )
    train, test = sequences.part(before[stays]), sequences.part(after)
    over = int((~stays).sum())
    if not over:
        return train, test
    note = (
        f"{count(over, sequences.member)} at the seam left out, because they reach from the "
        "training part into the test part."
    )
    return replace(train, notes=(*train.notes, note)), test
