r"""Rounding told step by step: on a line, and in the space of colours, where LBG splits.

To quantize is to round. Whoever writes down whole numbers has thresholds half-way between
them, and says one number for all that lie between two thresholds. The numbers at which one
rounds need not be even, though, and the best ones satisfy two conditions, each of which is
half a step of k-means [1]_: a level is the mean of what is rounded to it, and a threshold
lies half-way between two levels.

References
----------
.. [1] S. P. Lloyd, Least squares quantization in PCM, 1957, IEEE Transactions on Information
   Theory 28, 1982. J. Max, Quantizing for minimum distortion, IRE Transactions on Information
   Theory 6, 1960.
"""

from dataclasses import dataclass

import numpy as np

from clustering import lbg, scalar_quantization
from clustering.dataset import Dataset, Floats, frozen
from clustering.partition import Partition
from clustering.words import amount, change, count

__all__ = ["SEEING", "Rounding", "Splits", "cells", "rounding", "splits"]

MOST_TURNS = 10
"""Turns on the line that are told one by one."""
TOLD_TURNS = 2
"""Turns of each round of splits that are told beside the last."""

SEEING = """
**What to see.** Rounding on a line has thresholds half-way between two levels. In the space of
colours the same rule, *take the nearest*, cuts the space into cells, and each cell is rounded to
one colour: that is vector quantization, and its levels are called a codebook. A level in the mean
of its cell, and cells of what is nearest: neither half of the turn can raise the error.

**Where it begins matters.** In one dimension the best levels can be computed outright, as the last
step shows. In three nobody knows how in reasonable time. LBG begins with the mean of everything and
splits: every centre becomes two that lie close together, and the points decide between them. So no
start is drawn by luck, and every centre begins where there are points; the end is still only the
hollow nearest to the way.

**What the numbers cannot say.** The error counts every pixel the same. A face in a wide sky weighs
what its pixels weigh, and a smooth sky shows its stripes at an error that a meadow hides.

**The book's program** rounds grey levels alone, by k-means over all pixels from random starts. What
it prints follows from the bits and is the same for every picture. From 6 bits on it stops with an
error, since `np.choose` takes too few choices, and the function that reads its picture has left
SciPy. Here every number of levels works, they are the best there are, and the file is measured.
Its levels keep decimals that no picture of 8 bits can hold; with many levels that makes a higher
PSNR than the file has, and the page says both.
"""
"""What the lessons on quantization leave behind, as Markdown."""


@dataclass(frozen=True, eq=False, slots=True)
class Rounding:
    """One moment of rounding in one dimension.

    Attributes
    ----------
    levels : ndarray of shape (k,)
        What is rounded to, ascending.
    thresholds : ndarray of shape (k - 1,)
        Between which values what is rounded to which level.
    mse : float
        Mean squared error.
    words : str
        What happened, in plain sentences.
    """

    levels: Floats
    thresholds: Floats
    mse: float
    words: str


def rounding(dataset: Dataset, *, k: int) -> tuple[Rounding, ...]:
    """Tell how even steps become the best levels.

    Parameters
    ----------
    dataset : Dataset
        One column, weighted: grey levels with the count of their pixels.
    k : int
        Number of levels; no more than there are distinct values are taken.

    Returns
    -------
    tuple of Rounding
        Even steps from the smallest to the largest value; levels and thresholds that move in
        turn (Lloyd and Max) until nothing does, or for ten turns; and the best levels there are.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [2.0], [3.0], [10.0]])
    >>> told = rounding(data, k=2)
    >>> [(step.levels.tolist(), step.thresholds.tolist(), step.mse) for step in told]
    [([2.5, 7.5], [5.0], 3.05), ([1.5, 10.0], [5.0], 1.0), ([1.5, 10.0], [5.75], 1.0)]
    """
    values, mass = dataset.points[:, 0], dataset.mass
    k = min(k, dataset.distinct)
    low, high = float(values.min()), float(values.max())
    edges = np.linspace(low, high, k + 1)
    moments = [_moment(values, mass, (edges[:-1] + edges[1:]) / 2, edges[1:-1])]
    best = scalar_quantization.fit(dataset, k=k)
    least = best.facts["inertia"] / mass.sum()
    told = [
        f"{count(k, 'level')} in even steps from {amount(low)} to {amount(high)}: every value is "
        f"rounded to the middle of its step. Mean squared error {amount(moments[0].mse)}."
    ]
    ended = ""
    for _ in range(MOST_TURNS):
        before = moments[-1]
        levels = _means(values, mass, before)
        moved = _moment(values, mass, levels, before.thresholds)
        halves = (levels[:-1] + levels[1:]) / 2
        after = _moment(values, mass, levels, halves)
        far = float(np.abs(levels - before.levels).max())
        if far < 1e-9 and np.allclose(halves, before.thresholds):
            ended = "Nothing moves any more: every level is a mean and every threshold half-way. "
            break
        moments += [moved, after]
        told += [
            f"Each level moves to the mean of what is rounded to it, one of them by {amount(far)}. "
            f"The mean squared error {change(before.mse, moved.mse)}.",
            "Each threshold moves half-way between two levels, so that every value goes to the "
            f"nearest. The mean squared error {change(moved.mse, after.mse)}.",
        ]
    if moments[-1].mse > least * (1 + 1e-9) + 1e-12:
        centres = best.centers[:, 0] if best.centers is not None else moments[-1].levels
        moments.append(_moment(values, mass, centres, (centres[:-1] + centres[1:]) / 2))
        told.append(
            f"{ended}Yet there are better levels, which no such step reaches. Dynamic programming "
            f"finds the best of all: {amount(moments[-1].mse)}, where the steps came to "
            f"{amount(moments[-2].mse)}."
        )
    else:
        told[-1] += f" {ended}No other {count(k, 'level')} have a smaller error."
    return tuple(
        Rounding(each.levels, each.thresholds, each.mse, words)
        for each, words in zip(moments, told, strict=True)
    )


def _moment(values: Floats, mass: Floats, levels: Floats, thresholds: Floats) -> Rounding:
    """Measure what levels and thresholds give."""
    wrong = values - levels[np.searchsorted(thresholds, values)]
    mse = float(mass @ wrong**2 / mass.sum())
    return Rounding(frozen(levels, np.float64), frozen(thresholds, np.float64), mse, "")


def _means(values: Floats, mass: Floats, before: Rounding) -> Floats:
    """Give the mean of what is rounded to each level; one that nothing goes to stays."""
    places = np.searchsorted(before.thresholds, values)
    k = len(before.levels)
    heavy = np.bincount(places, mass, minlength=k)
    sums = np.bincount(places, mass * values, minlength=k)
    return np.where(heavy > 0, sums / np.where(heavy > 0, heavy, 1.0), before.levels)


# ---- in the space of colours --------------------------------------------------------------------
def cells(dataset: Dataset, partition: Partition) -> tuple[str, ...]:
    """Tell in five steps how colours are rounded to a palette, with the numbers of the picture.

    Parameters
    ----------
    dataset : Dataset
        Colours, weighted with the count of their pixels.
    partition : Partition
        With the palette, before rounding, as its centers.

    Examples
    --------
    >>> from clustering import kmeans
    >>> data = Dataset.from_points([[0.0, 0.0, 0.0], [0.0, 0.0, 2.0], [9.0, 0.0, 0.0]])
    >>> cells(data, kmeans.fit(data, k=2))[-1]
    'All of a cell is one colour now. The mean of the squared ways is 0.667: that is the error.'
    """
    centers, mass = partition.centers, dataset.mass
    assert centers is not None
    ways = np.linalg.norm(dataset.points - centers[partition.labels], axis=1)
    shares = np.bincount(partition.labels, mass, minlength=len(centers)) / mass.sum()
    spans = ", ".join(
        f"{name} {amount(low)} to {amount(high)}"
        for name, low, high in zip(
            dataset.columns, dataset.points.min(axis=0), dataset.points.max(axis=0), strict=True
        )
    )
    return (
        f"The colours of the picture, each at the place that its three numbers give it: {spans}.",
        f"The {count(len(centers), 'colour')} of the palette among them, drawn large.",
        f"Every colour takes the entry that is nearest. This cuts the space into "
        f"{count(len(centers), 'cell')}, as thresholds cut a line: the largest holds "
        f"{100 * shares.max():.1f} % of the pixels, the smallest {100 * shares.min():.1f} %.",
        f"Rounding moves every colour to the entry of its cell, here half the way. The whole way "
        f"is {amount(float(mass @ ways / mass.sum()))} for a pixel on average, and at most "
        f"{amount(float(ways.max()))}.",
        f"All of a cell is one colour now. The mean of the squared ways is "
        f"{amount(float(mass @ ways**2 / mass.sum()))}: that is the error.",
    )


# ---- LBG ----------------------------------------------------------------------------------------
@dataclass(frozen=True, eq=False, slots=True)
class Splits:
    """A codebook that grows, and what is told of it.

    Attributes
    ----------
    moments : tuple of lbg.Moment
        Those that are shown: of each round the split, the first turns and the last.
    words : tuple of str
        A few sentences for each.
    """

    moments: tuple[lbg.Moment, ...]
    words: tuple[str, ...]


def splits(dataset: Dataset, *, k: int) -> Splits:
    """Tell how LBG grows a codebook of `k` codewords.

    Parameters
    ----------
    dataset : Dataset
        Vectors, weighted or not.
    k : int
        Codewords; no more than there are distinct points are made.

    Examples
    --------
    >>> told = splits(Dataset.from_points([[0.0], [1.0], [10.0], [11.0]]), k=2)
    >>> [moment.kind for moment in told.moments], told.words[-1]
    (['start', 'split', 'reassign', 'reassign', 'done'], 'The codebook has its 2 codewords: ...')
    """
    recorded = lbg.steps(dataset, min(k, dataset.distinct))
    shown, words, turn, before = [], [], 0, recorded[0]
    for place, moment in enumerate(recorded):
        turn = turn + 1 if moment.kind == "reassign" else 0
        last = turn > 0 and recorded[place + 1].kind != "reassign"
        if moment.kind != "reassign" or turn <= TOLD_TURNS or last:
            shown.append(moment)
            words.append(_told(dataset, before, moment, turn, last=last))
            before = moment
    return Splits(tuple(shown), tuple(words))


def _told(
    dataset: Dataset, before: lbg.Moment, moment: lbg.Moment, turn: int, *, last: bool
) -> str:
    """Tell one moment by what was shown before it."""
    k, noun = len(moment.centers), dataset.source.member
    if moment.kind == "start":
        return (
            f"One codeword: the mean of all {count(dataset.n, noun)}. Distortion, the mean squared "
            f"distance to the own codeword, is {amount(moment.distortion)}."
        )
    if moment.kind == "done":
        return (
            f"The codebook has its {count(k, 'codeword')}: distortion {amount(moment.distortion)}. "
            "No start was drawn, so the same vectors always give the same codebook."
        )
    if moment.kind == "split":
        were = len(before.centers)
        who = (
            "Every codeword is split" if k == 2 * were else
            f"The {count(k - were, 'cell')} with the largest distortion are split" if k - were > 1
            else "The cell with the largest distortion is split"
        )  # fmt: skip
        return (
            f"{who}: each moves a little to either side along the direction in which its cell is "
            f"longest. {were} became {k}."
        )
    moved = int((before.labels != moment.labels).sum())
    who = f"{count(moved, noun)} of {dataset.n:,} changed"
    said = (
        f"Turn {turn} with {count(k, 'codeword')}: every {noun} goes to the nearest, every "
        f"codeword to the mean of its own. Since the last picture {who} and the distortion "
        f"{change(before.distortion, moment.distortion)}."
    )
    if moment.emptied:
        said += (
            f" {count(len(moment.emptied), 'empty cell')} took half of the one that suffers most."
        )
    return said + (" It hardly falls any more: the round ends." if last else "")
