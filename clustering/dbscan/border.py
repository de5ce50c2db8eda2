"""The rule by which DBSCAN says to which cluster a new point belongs.

A new point within eps of a core point is of that point's cluster, as a border point is; where
it lies within eps of several clusters it takes the first of them. That cluster is looked for in
a k-d tree whose boxes know the lowest number of a cluster within: boxes that are too far, or
hold no lower number than one that is found already, are passed over.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from sklearn.neighbors import KDTree

from clustering.dataset import Dataset, Floats
from clustering.partition import Labels

__all__ = ["Within"]

NOBODY = np.iinfo(np.int32).max
BLOCK = 256
LEAF = 24


@dataclass(frozen=True, eq=False, slots=True)
class Within:
    """The rule for new points: the first cluster with a core point within eps, or noise.

    Attributes
    ----------
    dataset : Dataset
        The points that were clustered.
    labels : ndarray of shape (n,), int32
        Cluster of each.
    core : ndarray of shape (n,), bool
        Which of them are core; nobody else counts.
    eps : float
        How near is near.
    """

    dataset: Dataset
    labels: Labels
    core: NDArray[np.bool_]
    eps: float

    def __call__(self, points: Floats) -> Labels:
        """Give the labels of `points` (m, d), shape (m,)."""
        found = np.full(len(points), NOBODY, dtype=np.int32)
        dense, named = self.dataset.points[self.core], self.labels[self.core]
        if len(dense) and self.dataset.metric.is_euclidean:
            tree = KDTree(dense, leaf_size=LEAF)
            _, inside, nodes, bounds = (np.asarray(part) for part in tree.get_arrays())
            start, end = nodes["idx_start"].astype(np.int64), nodes["idx_end"].astype(np.int64)
            _lowest(
                np.ascontiguousarray(points, dtype=np.float64),
                self.eps,
                np.ascontiguousarray(dense[inside]),
                np.ascontiguousarray(named[inside]),
                start,
                end,
                nodes["is_leaf"].astype(np.bool_),
                bounds[0].copy(),
                bounds[1].copy(),
                found,
            )
        elif len(dense):
            for first in range(0, len(points), BLOCK):
                apart = self.dataset.metric.between(points[first : first + BLOCK], dense)
                found[first : first + BLOCK] = np.where(apart <= self.eps, named, NOBODY).min(1)
        found[found == NOBODY] = -1
        return found


@njit(cache=True, nogil=True)
def _lowest(  # type: ignore[no-untyped-def]
    points, eps, dense, named, start, end, leaf, low, high, found
):
    """Find for every point the lowest name among the dense points within eps."""
    least = np.empty(len(start), dtype=np.int64)
    for box in range(len(start) - 1, -1, -1):
        if leaf[box]:
            least[box] = named[start[box] : end[box]].min()
        else:
            least[box] = min(least[2 * box + 1], least[2 * box + 2])
    stack = np.empty(128, dtype=np.int64)
    for i in range(len(points)):
        stack[0], depth = 0, 1
        while depth:
            depth -= 1
            box = stack[depth]
            if least[box] >= found[i]:
                continue
            total = 0.0
            for c in range(points.shape[1]):
                x = points[i, c]
                if x < low[box, c]:
                    total += (low[box, c] - x) ** 2
                elif x > high[box, c]:
                    total += (x - high[box, c]) ** 2
            if np.sqrt(total) > eps:
                continue
            if leaf[box]:
                for j in range(start[box], end[box]):
                    total = 0.0
                    for c in range(points.shape[1]):
                        total += (points[i, c] - dense[j, c]) ** 2
                    if named[j] < found[i] and np.sqrt(total) <= eps:
                        found[i] = named[j]
            else:
                one, two = 2 * box + 1, 2 * box + 2
                if least[one] < least[two]:  # what may be lowest is looked at first
                    one, two = two, one
                stack[depth], stack[depth + 1] = one, two
                depth += 2
