"""Near: which points are near one another, in any metric, and how far that is."""

import numpy as np
from sklearn.neighbors import NearestNeighbors

from clustering.dataset import Dataset, Floats, Integers
from clustering.errors import UnsupportedError

__all__ = ["BLOCK", "MOST_EDGES", "nearest", "reach", "within"]

MOST_EDGES = 1_000_000
"""Edges along which merging still takes less than a minute and 2 GB of memory."""
BLOCK = 256
"""Points whose distances are computed at a time."""
ASKED = 300
"""Points that are asked how far all others are."""


def nearest(dataset: Dataset, neighbours: int) -> Integers:
    """Give the nearest others of every point, nearest first, shape (n, neighbours)."""
    if dataset.metric.is_euclidean:
        model = NearestNeighbors(n_neighbors=neighbours).fit(dataset.points)
        found: Integers = model.kneighbors(return_distance=False)
        return found
    found = np.empty((dataset.n, neighbours), dtype=np.int64)
    for first in range(0, dataset.n, BLOCK):
        block = _block(dataset, first)
        rows = np.arange(len(block))
        block[rows, first + rows] = np.inf
        near = np.argpartition(block, neighbours - 1, axis=1)[:, :neighbours]
        sorted_ = np.take_along_axis(block, near, axis=1).argsort(axis=1, kind="stable")
        found[first : first + BLOCK] = np.take_along_axis(near, sorted_, axis=1)
    return found


def within(dataset: Dataset, radius: float) -> Integers:
    """Give the pairs up to a distance, shape (e, 2)."""
    pairs = []
    edges = 0
    for first in range(0, dataset.n, BLOCK):
        block = _block(dataset, first)
        one, two = np.nonzero(block <= radius)
        later = two > first + one
        pairs.append(np.column_stack([first + one[later], two[later]]))
        edges += int(later.sum())
        if edges > MOST_EDGES:
            raise UnsupportedError(
                f"A radius of {radius:.4g} joins more than {MOST_EDGES:,} pairs; choose a smaller "
                "one, or nearest neighbours."
            )
    return np.concatenate(pairs)


def reach(dataset: Dataset) -> tuple[float, float, float]:
    """Give a short, a usual and a long radius for a graph.

    Parameters
    ----------
    dataset : Dataset
        Any metric. Of many points, 300 are asked for their distances to all.

    Returns
    -------
    low, usual, high : float
        Ascending and positive: about the distance of the nearest points, the median distance of
        a point to its tenth neighbour, and the largest distance.

    Notes
    -----
    O(n d) time and memory.

    Examples
    --------
    >>> reach(Dataset.from_points([[0.0], [1.0], [3.0], [9.0]]))
    (1.0, 8.5, 9.0)
    """
    some = dataset.points[:: max(1, dataset.n // ASKED)][:ASKED]
    apart = np.sort(dataset.metric.between(some, dataset.points), axis=1)
    high = float(apart.max())
    if not high > 0:
        return 0.5, 1.0, 2.0
    near = apart[:, 1:]
    low = max(float(np.quantile(near[near > 0], 0.001)), high * 1e-6)
    usual = float(np.median(near[:, min(9, near.shape[1] - 1)]))
    return low, min(max(usual, 1.05 * low), high), max(high, 1.1 * low)


def _block(dataset: Dataset, first: int) -> Floats:
    """Give the distances of some points to all, shape (m, n)."""
    return dataset.metric.between(dataset.points[first : first + BLOCK], dataset.points)
