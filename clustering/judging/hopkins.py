r"""Are the points in heaps? The Hopkins statistic.

It compares how far m places drawn evenly are from their nearest point (u) with how far m of
the points are from theirs (w):

.. math:: H = \frac{\sum u_i^d}{\sum u_i^d + \sum w_i^d} .

In even data both are alike and H is about 0.5; in heaps places are far from points and
points near each other, and H comes near 1. A single heap is a heap, too: H says that the
points are not even, not that there are several clusters.

References
----------
B. Hopkins, J. G. Skellam, A new method for determining the type of distribution of plant
individuals, Annals of Botany 18, 1954; with d-th powers: A. K. Jain, R. C. Dubes, Algorithms
for clustering data, 1988, section 4.6.
"""

import numpy as np
from scipy.spatial import cKDTree

from clustering.dataset import Dataset, Floats
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.judging import references as evenly

__all__ = ["LEAST", "check_points", "hopkins"]

LEAST = 10
"""Points without which nothing can be said."""
COMPARED = 500
"""Points that are compared, where there are more."""
TREE, BLOCK = 10, 1 << 20
"""Columns up to which a tree finds neighbours faster than all distances do, and how many of
these are held at a time."""
STREAM = 1
"""Tells the random numbers of places from those of anything else with the same seed."""


def hopkins(dataset: Dataset, *, m: int | None = None, seed: int = 0) -> float:
    """Tell heaps from even points: 0.5 for even ones, near 1 for heaps.

    Parameters
    ----------
    dataset : Dataset
        Ten points in coordinates at least, not all equal; weights do not count.
    m : int, optional
        Number of places and of points that are compared: as many as there are points,
        but 500 at most, when left out. (A tenth is customary, so that a table of the Beta
        distribution tells chance; here reference data do, and more points say more.)
    seed : int
        Seed of the random numbers.

    Returns
    -------
    float
        From 0 (a grid) to 1, with d-th powers of the distances, d being the number of
        directions in which points differ. The places fill the box along the principal axes
        or along the columns, whichever is smaller.

    Raises
    ------
    UnsupportedError
        Where the distances are not euclidean.
    DataError
        Where there are fewer than ten points, or all are equal.
    ParameterError
        Where `m` is no number from 1 to n.

    Notes
    -----
    O(n log n) for few columns. Points at the rim have no neighbours beyond it, which pulls
    even data a little below 0.5; equal points pull every statistic up. With dozens of
    columns the largest distance decides alone.

    Examples
    --------
    >>> numbers = np.random.default_rng(0)
    >>> heaps = numbers.normal(size=(200, 2)) + 30 * numbers.integers(0, 2, size=(200, 1))
    >>> round(hopkins(Dataset.from_points(heaps)), 2)
    1.0
    """
    check_points(dataset)
    size = min(dataset.n, COMPARED) if m is None else m
    if not 1 <= size <= dataset.n:
        raise ParameterError(f"m = {size}; choose a whole number from 1 to {dataset.n}.")
    # A stream of its own: places from the one that drew the points would lie on them.
    generator = np.random.default_rng([seed, STREAM])
    frame = evenly.box(dataset, along="smaller")
    # Along the edges, and in units of the largest: neither changes H, but squares of the very
    # small are 0.
    points = frame.turn(dataset.points)
    unit = float(np.abs(points).max())
    points /= unit
    places = generator.uniform(frame.low / unit, frame.high / unit, size=(size, points.shape[1]))
    chosen = generator.choice(dataset.n, size=size, replace=False)
    u = _nearest(points, places, 1)
    w = _nearest(points, points[chosen], 2)
    # Relative to the largest, since the d-th power of a distance soon leaves the range.
    largest = max(float(u.max()), float(w.max()))
    if largest == 0.0:
        return 1.0
    far, near = (float(((each / largest) ** points.shape[1]).sum()) for each in (u, w))
    return far / (far + near)


def _nearest(points: Floats, places: Floats, which: int) -> Floats:
    """Give the distance from each place to the nearest point (1), or to the second (2)."""
    if points.shape[1] <= TREE:
        found: Floats = cKDTree(points).query(places, k=[which])[0][:, 0]
        return found
    # As a product of matrices, which loses the digits of the nearest pairs alone: to the power
    # of so many columns these are nothing beside the others.
    norms = (points**2).sum(axis=1)
    blocks = np.array_split(places, max(1, len(places) * len(points) // BLOCK))
    near = np.concatenate(
        [
            np.partition(norms - 2.0 * (block @ points.T), which - 1, axis=1)[:, which - 1]
            for block in blocks
        ]
    )
    distances: Floats = np.sqrt(np.maximum(near + (places**2).sum(axis=1), 0.0))
    return distances


def check_points(dataset: Dataset) -> None:
    """Raise where nothing can be said about structure."""
    if not dataset.metric.is_euclidean:
        raise UnsupportedError(
            f"Structure is held against evenly filled space, which {dataset.metric.name} "
            "distances do not have; look at the silhouettes alone."
        )
    if dataset.n < LEAST:
        raise DataError(
            f"Structure cannot be told from chance with fewer than {LEAST} points, and the data "
            f"have {dataset.n}; add rows or look at the silhouettes alone."
        )
    if (dataset.points == dataset.points[0]).all():
        raise DataError("All points are equal, so that there is no structure to look for.")
