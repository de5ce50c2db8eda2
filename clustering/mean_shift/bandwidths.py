"""Bandwidths: how far is near, as a share of the points?

For a quantile q each point has a distance within which lie a share q of all points, itself
included; the bandwidth is the mean of these distances. One table of distances gives the
bandwidths of all quantiles: its rows are ordered once, and every q looks at its own place.
"""

from collections.abc import Sequence

import numpy as np
from scipy.spatial.distance import cdist

from clustering.dataset import Floats
from clustering.progress import Report, Step, silent

__all__ = ["bandwidths"]

BLOCK = 500
"""Rows that are summed at once, as scikit-learn does."""


def bandwidths(
    points: Floats, mass: Floats | None, quantiles: Sequence[float], *, report: Report = silent
) -> Floats:
    """Give the bandwidth for each of several quantiles.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        The points.
    mass : ndarray of shape (n,), or None
        As how many points each counts.
    quantiles : sequence of m float
        Between 0 and 1.
    report : callable
        Told after every 500 points.

    Returns
    -------
    ndarray of shape (m,)
        Those of ``sklearn.cluster.estimate_bandwidth(points, quantile=q, n_samples=n)``, which
        loses digits for quantiles from 0.5 on where points lie far from zero.

    Notes
    -----
    O(n^2 d) time for all quantiles together, O(n) memory.

    Examples
    --------
    >>> line = np.array([[0.0], [1.0], [3.0], [7.0]])
    >>> bandwidths(line, None, [0.5, 1.0]).tolist()
    [2.0, 6.0]
    """
    n = len(points)
    shared = np.zeros(len(quantiles))
    # scikit-learn's own shuffle: in another order the sums would differ in their last digit.
    order = np.random.RandomState(0).permutation(n)
    ordered = points[order]
    weight = None if mass is None else mass[order]
    whole = n if mass is None else round(float(mass.sum()))
    ranks = np.array([max(int(whole * q), 1) for q in quantiles])
    for start in range(0, n, BLOCK):
        some = slice(start, start + BLOCK)
        distances = cdist(ordered[some], ordered)
        if weight is None:
            reached = np.partition(distances, np.unique(ranks) - 1, axis=1)[:, ranks - 1]
        else:
            reached = _reached(distances, weight, ranks) * weight[some, None]
        shared += np.ascontiguousarray(reached.T).sum(axis=1)
        report(Step(min(start + BLOCK, n), n, "distances between the points"))
    return shared / whole


def _reached(distances: Floats, weight: Floats, ranks: Floats) -> Floats:
    """Give the distance at which the weights around each row reach the ranks, shape (b, m)."""
    near = np.argsort(distances, axis=1, kind="stable")
    counted = np.cumsum(weight[near], axis=1)
    places = np.stack([np.searchsorted(row, ranks) for row in counted])
    return np.take_along_axis(np.take_along_axis(distances, near, axis=1), places, axis=1)
