"""Labelled series: a set of whole series with a class each, split and made ready.

Series may be of unequal length: they are padded, and the network passes over the padding.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clustering.data.sequences.kept import SequenceSet
from clustering.data.sequences.padding import padded
from clustering.dataset import Dataset, Floats, Integers, Source
from clustering.deep.labelled import (
    LabelledWindows,
    both_parts,
    columns_of,
)
from clustering.deep.steady import LARGEST, spread
from clustering.deep.targets import check_classes, check_share
from clustering.errors import DataError, ParameterError

__all__ = ["SCALINGS", "drawn", "of_series"]

SCALINGS = {
    "all": "Scaled by means and deviations of the training part alone.",
    "series": "Every series was scaled by its own mean and deviation.",
    "none": "Values stand as they were brought.",
}
"""How values are scaled, as sentences."""


def of_series(
    sequences: SequenceSet,
    *,
    share: float = 0.8,
    by: str = "series",
    scaling: str = "all",
    seed: int = 0,
) -> LabelledWindows:
    """Split a set of labelled series and make it ready.

    Parameters
    ----------
    sequences : SequenceSet
        With labels; what has none is left out.
    share : float
        Of the series that are the training part.
    by : {"series", "own"}
        ``"series"``: drawn, so that each class has its share; ``"own"``: as the file says.
    scaling : {"all", "series", "none"}
        By the training part, each series by itself, or not at all.
    seed : int
        Of the draw.

    Returns
    -------
    LabelledWindows
        T is the longest series of either part; shorter ones are padded.

    Raises
    ------
    DataError
        Where there are no labels or a single class, or the file says no test part.
    ParameterError
        Where an argument makes no sense.
    """
    check_share(share)
    if scaling not in SCALINGS:
        raise ParameterError(f"No scaling '{scaling}'; choose one of {', '.join(SCALINGS)}.")
    if sequences.labels is None:
        raise DataError("These series have no labels, so there is nothing to learn to tell apart.")
    usable = np.array([bool(np.isfinite(each).any(axis=0).all()) for each in sequences.series])
    kept = np.flatnonzero(usable & (sequences.labels >= 0))
    labels = sequences.labels[kept]
    present = sorted(set(labels.tolist()))
    check_classes("label", [sequences.classes[each] for each in present])
    if by == "own":
        test = sequences.test[kept]
        if not test.any() or test.all():
            raise DataError("The file names no test part; split by series instead.")
    elif by == "series":
        test = ~drawn(labels, share=share, seed=seed)
    else:
        raise ParameterError(f"No split '{by[:40]}'; choose series or own.")
    whole = [_filled(sequences.series[place]) for place in kept]
    train_steps = np.concatenate([each for each, out in zip(whole, test, strict=True) if not out])
    d = sequences.d
    middle, scale = spread(train_steps) if scaling == "all" else (np.zeros(d), np.ones(d))
    ready = [_scaled(each, scaling, middle, scale) for each in whole]
    steps = max(map(len, ready))
    parted = "as the file says" if by == "own" else "each class in its share"
    changes = [
        f"{int((~test).sum()):,} of {len(test):,} series are the training part, {parted}.",
        SCALINGS[scaling],
    ]
    if len(kept) < sequences.n:
        changes.insert(0, f"{sequences.n - len(kept):,} series without a label or without any "
                          "value of a channel: left out.")  # fmt: skip
    sides = [
        (_dataset(sequences, ready, kept, side, steps), labels[side])
        for side in (np.flatnonzero(~test), np.flatnonzero(test))
    ]
    how = {"kind": "series", "scaling": scaling, "steps": steps, "channels": sequences.channels}
    return both_parts(
        *sides[0], *sides[1], sequences.classes, (steps, d), middle, scale, how, changes
    )


def drawn(labels: Integers, *, share: float, seed: int) -> NDArray[np.bool_]:
    """Draw the training part so that each class has its share of it.

    Parameters
    ----------
    labels : ndarray of shape (n,)
        Classes.
    share : float
        Of each class.
    seed : int
        Of the draw.

    Returns
    -------
    ndarray of shape (n,), bool
        A class of two or more has at least one on either side; one of a single member is
        learned from.

    Examples
    --------
    >>> drawn(np.array([0, 0, 0, 0, 1, 1]), share=0.75, seed=0).sum()
    np.int64(4)
    """
    rng = np.random.default_rng([seed, len(labels)])
    train = np.zeros(len(labels), dtype=bool)
    for each in np.unique(labels):
        members = rng.permutation(np.flatnonzero(labels == each))
        size = len(members)
        taken = 1 if size == 1 else min(max(round(share * size), 1), size - 1)
        train[members[:taken]] = True
    if train.all():
        raise DataError("There are too few series to keep a test part back; bring more.")
    return train


def _filled(series: Floats) -> Floats:
    """Fill missing values of one series along its own steps."""
    if np.isfinite(series).all():
        if np.abs(series).max() > LARGEST:
            raise DataError("A value is too large for a network; divide the series.")
        return series
    steps, out = np.arange(len(series)), series.copy()
    for column in out.T:
        known = np.isfinite(column)
        column[~known] = np.interp(steps[~known], steps[known], column[known])
    return _filled(out)


def _scaled(series: Floats, scaling: str, middle: Floats, scale: Floats) -> Floats:
    """Scale one series."""
    if scaling == "series":
        middle, scale = spread(series)
    return (series - middle) / scale


def _dataset(
    sequences: SequenceSet, ready: Sequence[Floats], kept: Integers, side: Integers, steps: int
) -> Dataset:
    """Lay the series of one part out as points."""
    names = sequences.names
    mine = kept[side]
    source = Source(
        sequences.name, sequences.member, tuple(names[i] for i in mine) if names else ()
    )
    points = padded([ready[place] for place in side], steps=steps)
    return Dataset(points, columns_of(sequences.channels, steps), sequences.places[mine], source)
