"""What the series of a cluster have in common: a barycentre, and a band around their middle.

Whoever made the clusters, each is shown by a series of its own kind: the mean step by step, or
the mean under dynamic time warping, which does not smear what comes early in one series and
late in another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from clustering.data.sequences.padding import as_steps, kept, lengths
from clustering.dataset import Dataset, Floats, Integers
from clustering.errors import DataError, ParameterError
from clustering.progress import Report, Step, silent
from clustering.series.averaging import averaged
from clustering.series.checks import check_shape
from clustering.series.resampled import stretched
from clustering.series.soft import softened

__all__ = ["KINDS", "Band", "Kind", "bands", "of_clusters"]

Kind = Literal["dba", "soft", "mean"]
KINDS: Mapping[Kind, str] = {
    "dba": "mean under dynamic time warping (DBA)",
    "soft": "mean under soft dynamic time warping",
    "mean": "mean of each step",
}
"""Barycentres, and what they are called."""
MOST = 300
"""Series of a cluster that are averaged under warping; of more, a sample."""


@dataclass(frozen=True, eq=False, slots=True)
class Band:
    """Where the middle of a cluster's series lies, step by step.

    Attributes
    ----------
    low, middle, high : ndarray of shape (T_c, D)
        Quantiles of each step, over the series that have this step.
    counts : ndarray of shape (T_c,), int64
        How many series that is; it falls where series end.
    """

    low: Floats
    middle: Floats
    high: Floats
    counts: Integers


def of_clusters(
    dataset: Dataset,
    labels: ArrayLike,
    *,
    shape: tuple[int, ...],
    kind: Kind = "dba",
    seed: int = 0,
    report: Report = silent,
) -> tuple[Floats, ...]:
    """Average the series of each cluster.

    Parameters
    ----------
    dataset : Dataset
        Series, padded or not.
    labels : array_like of shape (n,), int
        Clusters from 0, -1 for noise, of which there is no barycentre.
    shape : tuple of int
        (T, D), as the series are laid out.
    kind : {"dba", "soft", "mean"}
        One of `KINDS`. The mean of a step is over the series that have this step.
    seed : int
        Fixes the sample of clusters of more than `MOST` series (not for the mean).
    report : callable
        Told after each cluster.

    Returns
    -------
    tuple of ndarrays of shape (T_c, D)
        One for each cluster from 0 to the largest label; T_c is the median length of its
        series under warping, the longest for the mean, and 0 for a cluster without series.

    Raises
    ------
    ParameterError
        Where there is no such kind.
    UnsupportedError
        Where the points are no series of that shape.

    Notes
    -----
    O(n T^2 D) a turn under warping. The soft minimum has gamma 1 (`soft.softened`).

    Examples
    --------
    >>> rows = [[0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0]]
    >>> data = Dataset.from_points(rows)
    >>> [each.ravel().tolist() for each in of_clusters(data, [0, 0], shape=(4, 1), kind="mean")]
    [[0.0, 0.5, 0.5, 0.0]]
    """
    check_shape(dataset, shape)
    if kind not in KINDS:
        raise ParameterError(f"There is no barycentre {kind!r}; choose {', '.join(KINDS)}.")
    codes = _codes(dataset, labels)
    rng = np.random.default_rng(seed)
    k = int(codes.max(initial=-1)) + 1
    found = []
    for cluster in range(k):
        own = np.flatnonzero(codes == cluster)
        if kind != "mean" and len(own) > MOST:
            own = np.sort(rng.choice(own, MOST, replace=False))
        found.append(_barycentre(dataset.points[own], shape, kind))
        report(Step(cluster + 1, k, f"barycentre {cluster + 1} of {k}"))
    return tuple(found)


def bands(
    dataset: Dataset,
    labels: ArrayLike,
    *,
    shape: tuple[int, ...],
    low: float = 0.1,
    high: float = 0.9,
) -> tuple[Band, ...]:
    """Give quantiles of each step for each cluster.

    Parameters
    ----------
    dataset, labels, shape
        As for `of_clusters`.
    low, high : float
        The quantiles, from 0 to 1.

    Returns
    -------
    tuple of Band
        One for each cluster, as long as its longest series.

    Raises
    ------
    ParameterError
        Where the quantiles are not in order.
    UnsupportedError
        Where the points are no series of that shape.

    Examples
    --------
    >>> from clustering.data.sequences.padding import padded
    >>> data = Dataset.from_points(padded([np.array([[0.0], [4.0]]), np.array([[2.0]])]))
    >>> band = bands(data, [0, 0], shape=(2, 1), low=0.0, high=1.0)[0]
    >>> band.low.ravel().tolist(), band.high.ravel().tolist(), band.counts.tolist()
    ([0.0, 4.0], [2.0, 4.0], [2, 1])
    """
    check_shape(dataset, shape)
    if not 0.0 <= low < high <= 1.0:
        raise ParameterError(f"A band from {low:g} to {high:g} has no middle; choose 0.1 and 0.9.")
    codes = _codes(dataset, labels)
    return tuple(
        _band(dataset.points[codes == cluster], shape, low, high)
        for cluster in range(int(codes.max(initial=-1)) + 1)
    )


def _band(points: Floats, shape: tuple[int, ...], low: float, high: float) -> Band:
    """Give the quantiles of one cluster's series."""
    steps, held = as_steps(points, shape), kept(points, shape)
    counts = held.sum(axis=0).astype(np.int64)
    end = int((counts > 0).sum())
    present = np.where(held[:, :end, None], steps[:, :end], np.nan)
    empty = np.empty((0, shape[1]))
    three = np.nanquantile(present, [low, 0.5, high], axis=0) if end else (empty, empty, empty)
    return Band(three[0], three[1], three[2], counts[:end])


def _barycentre(points: Floats, shape: tuple[int, ...], kind: Kind) -> Floats:
    """Average the series of one cluster."""
    if not len(points):
        return np.empty((0, shape[1]))
    steps, ends = as_steps(points, shape), lengths(points, shape)
    if kind == "mean":
        held = kept(points, shape)[:, : ends.max(), None]
        total = np.where(held, steps[:, : ends.max()], 0.0).sum(axis=0)
        return np.asarray(total / held.sum(axis=0))
    series = [row[:end] for row, end in zip(steps, ends, strict=True)]
    length = int(np.median(ends))
    start = np.mean([stretched(each, length) for each in series], axis=0)
    return averaged(steps, ends, start) if kind == "dba" else softened(steps, ends, start)


def _codes(dataset: Dataset, labels: ArrayLike) -> Integers:
    """Check that there is a label for every series."""
    codes = np.asarray(labels, dtype=np.int64)
    if codes.shape != (dataset.n,):
        raise DataError(f"{codes.size:,} labels for {dataset.n:,} series.")
    return codes
