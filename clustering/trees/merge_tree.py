r"""The merge tree: every way of joining nearest things, kept once and cut anywhere.

n leaves are joined by n - 1 merges, each at a height. Agglomerative clustering makes such a
tree of its merges, DBSCAN of the edges along which dense points reach one another; what
either says at a value of its parameter is a cut of the tree.

The leaves are put in an `order` in which every cluster of every cut is a *run*: the leaves
of the first part of a merge, then those of the second. Between two neighbours in this order
stands the one merge that joins them (`joins`). A cut after m merges ends a run wherever the
merge between two neighbours is not among the first m, so that its labels are a comparison and
a running sum over n numbers: milliseconds for hundreds of thousands of leaves. Nothing here
is recursive; a chain of any length is a tree like any other.

Where heights fall from one merge to the next (average linkage along a graph can do that), a
cut at a height ends before the first merge that is higher, as `levels` say.

References
----------
J. C. Gower, G. J. S. Ross, Minimum spanning trees and single linkage cluster analysis, Applied
Statistics 18, 1969.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import ArrayLike

from clustering.dataset import Floats, Integers, frozen
from clustering.errors import DataError
from clustering.partition import Labels

__all__ = ["MergeTree", "grow", "numbered", "plateaus"]

ROUNDING = 1e-9
"""Relative width up to which a range is that of equal distances, rounded in two ways."""


@dataclass(frozen=True, eq=False, slots=True)
class MergeTree:
    """All merges of n leaves, from the first to the last.

    Attributes
    ----------
    children : ndarray of shape (n - 1, 2), int64
        What each merge joins: below n a leaf, n + m what merge m has made, as in scipy's and
        scikit-learn's trees.
    heights : ndarray of shape (n - 1,)
        At which distance each merge was made.
    levels : ndarray of shape (n - 1,)
        The highest height up to each merge, ascending: at which value of the parameter it
        belongs to the cut.
    sizes : ndarray of shape (n - 1,), int64
        Leaves under each merge.
    order : ndarray of shape (n,), int64
        The leaves, such that every cluster is a run.
    starts : ndarray of shape (n - 1,), int64
        Where in `order` the run of each merge begins.
    joins : ndarray of shape (n - 1,), int64
        The merge that joins ``order[i]`` and ``order[i + 1]``.
    """

    children: Integers
    heights: Floats
    levels: Floats
    sizes: Integers
    order: Integers
    starts: Integers
    joins: Integers

    @property
    def n(self) -> int:
        """Number of leaves."""
        return len(self.order)

    def merges(self, height: ArrayLike) -> Integers:
        """Give how many merges are made at these heights, those exactly there included."""
        return np.searchsorted(self.levels, height, side="right")

    def cut(self, merges: int) -> Labels:
        """Give the clusters after so many merges, numbered by their first leaf.

        Parameters
        ----------
        merges : int
            From 0, every leaf alone, to n - 1, all in one cluster. n - k give k clusters.

        Returns
        -------
        ndarray of shape (n,), int32
            Labels from 0.
        """
        run = self.runs(merges)
        starts = np.flatnonzero(np.diff(run, prepend=-1))
        labels = np.empty(self.n, dtype=np.int32)
        labels[self.order] = numbered(np.minimum.reduceat(self.order, starts))[run]
        return labels

    def runs(self, merges: int) -> Labels:
        """Give the number of the run in which each place of `order` lies, shape (n,), int32."""
        run = np.zeros(self.n, dtype=np.int32)
        np.cumsum(self.joins >= merges, out=run[1:])
        return run

    def members(self, node: int) -> Integers:
        """Give the leaves under a leaf (below n) or under merge ``node - n``, unsorted."""
        if node < self.n:
            return np.array([node])
        start = self.starts[node - self.n]
        return self.order[start : start + self.sizes[node - self.n]]

    def weighed(self, mass: Floats) -> Floats:
        """Give the mass under every node, shape (2 n - 1,), from that of each leaf, shape (n,)."""
        total = np.concatenate([[0.0], np.cumsum(mass[self.order])])
        return np.concatenate([mass, total[self.starts + self.sizes] - total[self.starts]])

    def roots(self, merges: int) -> Integers:
        """Give the nodes that are clusters after so many merges, in `order`."""
        parent = np.full(self.n + merges, -1, dtype=np.int64)
        parent[self.children[:merges].ravel()] = 1
        nodes = np.flatnonzero(parent < 0)
        places = np.empty(self.n, dtype=np.int64)
        places[self.order] = np.arange(self.n)
        where = np.where(
            nodes < self.n,
            places[np.minimum(nodes, self.n - 1)],
            self.starts[np.maximum(nodes - self.n, 0)] if self.n > 1 else 0,
        )
        return nodes[np.argsort(where)]


def grow(children: ArrayLike, heights: ArrayLike) -> MergeTree:
    """Make the tree of merges that are known.

    Parameters
    ----------
    children : array_like of shape (n - 1, 2), int
        What each merge joins, in the order of the merges.
    heights : array_like of shape (n - 1,)
        At which distance.

    Returns
    -------
    MergeTree
        With the leaves in an order in which every cluster is a run.

    Raises
    ------
    DataError
        Where these are no merges of one tree.

    Notes
    -----
    O(n) time and memory.

    Examples
    --------
    >>> tree = grow([[0, 2], [1, 3], [4, 5]], [1.0, 2.0, 9.0])   # points at 0, 10, 1, 12
    >>> tree.order.tolist(), tree.cut(2).tolist(), tree.merges([0.5, 2.0]).tolist()
    ([0, 2, 1, 3], [0, 1, 0, 1], [0, 2])
    """
    pairs = np.asarray(children, dtype=np.int64).reshape(-1, 2)
    n = len(pairs) + 1
    made = np.arange(n, 2 * n - 1)
    if (np.sort(pairs.ravel()) != np.arange(2 * n - 2)).any() or (pairs.max(1) >= made).any():
        raise DataError("These are no merges of one tree: a part is joined twice or too early.")
    size, start, joins = _places(pairs)
    order = np.empty(n, dtype=np.int64)
    order[start[:n]] = np.arange(n)
    high = frozen(heights, np.float64)
    return MergeTree(
        children=frozen(pairs),
        heights=high,
        levels=frozen(np.maximum.accumulate(high)),
        sizes=frozen(size[n:]),
        order=frozen(order),
        starts=frozen(start[n:]),
        joins=frozen(joins),
    )


@njit(cache=True, nogil=True)
def _places(pairs):  # type: ignore[no-untyped-def]
    """Give the size of every node, where its run starts, and the merge between two leaves."""
    n = len(pairs) + 1
    size, start = np.ones(2 * n - 1, dtype=np.int64), np.zeros(2 * n - 1, dtype=np.int64)
    joins = np.empty(n - 1, dtype=np.int64)
    for merge in range(n - 1):
        size[n + merge] = size[pairs[merge, 0]] + size[pairs[merge, 1]]
    for merge in range(n - 2, -1, -1):  # from the root down: who is first, and where
        left, right = pairs[merge]
        start[left] = start[n + merge]
        start[right] = start[left] + size[left]
        joins[start[right] - 1] = merge
    return size, start, joins


def numbered(first: Integers) -> Labels:
    """Give the rank of each cluster by its first member, shape (k,), int32."""
    ranks = np.empty(len(first), dtype=np.int32)
    ranks[np.argsort(first, kind="stable")] = np.arange(len(first), dtype=np.int32)
    return ranks


def plateaus(
    values: Floats, clusters: Floats, *, allowed: ArrayLike = True
) -> tuple[tuple[float, float], ...]:
    """Find where the number of clusters stays the same over the widest ranges.

    Parameters
    ----------
    values : ndarray of shape (m,)
        Ascending, positive; what is said at a value holds until the next one.
    clusters : ndarray of shape (m,)
        Number of clusters from each value on.
    allowed : array_like of shape (m,), bool
        Where a plateau may be; ranges with fewer than two clusters are none anyway.

    Returns
    -------
    tuple of (low, high)
        The widest first, measured by ``log(high / low)``. The last value begins no range
        that ends, and so no plateau; nor do distances that differ by their rounding alone.

    Examples
    --------
    >>> plateaus(np.array([1.0, 2.0, 3.0, 9.0]), np.array([4.0, 3.0, 2.0, 1.0]))
    ((3.0, 9.0), (1.0, 2.0), (2.0, 3.0))
    """
    fine = (clusters >= 2) & np.asarray(allowed)
    edges = np.flatnonzero(np.diff(np.where(fine, clusters, -1.0), prepend=np.nan, append=np.nan))
    ranges = [
        (float(values[first]), float(values[last]))
        for first, last in zip(edges[:-1], edges[1:], strict=True)
        if fine[first] and last < len(values) and values[last] > values[first] * (1 + ROUNDING)
    ]
    return tuple(sorted(ranges, key=lambda ends: ends[0] / ends[1]))
