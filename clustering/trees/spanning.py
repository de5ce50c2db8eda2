r"""The minimum spanning tree of mutual reachability, exact to the last digit.

A point is *core* at a distance eps where at least `min_samples` points, itself included, lie
within eps of it: from its core distance on, the distance to its min_samples-th neighbour. Two
core points *reach* each other where they lie within eps, so that the distance from which on
they do is

.. math:: w(a, b) = \max\{\text{core}(a), \text{core}(b), d(a, b)\} .

The minimum spanning tree of w holds, for every eps at once, which core points are connected:
its edges up to eps join exactly what chains of reaching points join.

Among coordinates it is found by Boruvka's method (`trees.boruvka`); distances that have none are
done by Prim's method, one row of distances at a time. All comparisons are of float64 sums in one
order of the columns, as everywhere in this library, so that ties are ties.

References
----------
R. C. Prim, Shortest connection networks and some generalizations, Bell System Technical Journal
36, 1957. L. McInnes, J. Healy, Accelerated hierarchical density clustering, ICDMW 2017.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit

from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.geometry.metrics import paired
from clustering.geometry.neighbourhood import Neighbourhood, Places, coordinates, has_fast_path
from clustering.progress import Report, Step, silent
from clustering.trees.boruvka import boruvka

__all__ = ["Spanning", "merges", "spanning"]

BLOCK = 256
"""Points between two reports."""


@dataclass(frozen=True, eq=False, slots=True)
class Spanning:
    """The n - 1 edges of a spanning tree, the shortest first.

    Attributes
    ----------
    first, second : ndarray of shape (n - 1,), int32
        The two points of each edge.
    weights : ndarray of shape (n - 1,)
        Mutual reachability distances, ascending.
    """

    first: Places
    second: Places
    weights: Floats


def spanning(dataset: Dataset, near: Neighbourhood, *, report: Report = silent) -> Spanning:
    """Build the minimum spanning tree of mutual reachability.

    Parameters
    ----------
    dataset : Dataset
        At least one point.
    near : Neighbourhood
        Of its points.
    report : callable
        Told after each round, with the number of components that are left.

    Returns
    -------
    Spanning
        Of points that are never core the edges are infinite.

    Notes
    -----
    About O(n log n) for coordinates of few columns, and O(n) memory; O(n^2) distances, each
    computed once, for other metrics and in the worst case.
    """
    core = near.core
    if has_fast_path(dataset):
        points = coordinates(dataset)
        straight = core if dataset.metric.is_euclidean else _chords(near, points)
        first, second = boruvka(points, straight, near.places, report)
        apart = paired(dataset, dataset.points[first], dataset.points[second])
        weights = np.maximum(apart, np.maximum(core[first], core[second]))
    else:
        first, second, weights = _prim(dataset, core, report)
    order = np.argsort(weights, kind="stable")
    return Spanning(
        frozen(first[order], np.int32), frozen(second[order], np.int32), frozen(weights[order])
    )


def _prim(dataset: Dataset, core: Floats, report: Report) -> tuple[Integers, Integers, Floats]:
    """Grow one component point by point, always by the nearest."""
    n = dataset.n
    nearest, best = np.zeros(n, dtype=np.int64), np.full(n, np.inf)
    first, second, weights = np.zeros(n - 1, int), np.zeros(n - 1, int), np.empty(n - 1)
    outside = np.arange(1, n)
    newest = 0
    for step in range(n - 1):
        row = dataset.metric.between(dataset.points[[newest]], dataset.points[outside])[0]
        row = np.maximum(np.maximum(row, core[newest]), core[outside])
        shorter = row < best[outside]
        best[outside[shorter]], nearest[outside[shorter]] = row[shorter], newest
        here = int(best[outside].argmin())
        newest = int(outside[here])
        first[step], second[step], weights[step] = nearest[newest], newest, best[newest]
        outside = np.delete(outside, here)
        if step % BLOCK == 0:
            report(Step(step, n, "spanning tree"))
    return first, second, weights


def _chords(near: Neighbourhood, coordinates: Floats) -> Floats:
    """Give core distances as straight lines through the globe."""
    last = np.minimum((near.distances < near.core[:, None]).sum(axis=1), near.places.shape[1] - 1)
    ends = coordinates[near.places[np.arange(len(coordinates)), last]]
    total = np.zeros(len(coordinates))
    for j in range(3):
        total += (coordinates[:, j] - ends[:, j]) ** 2
    lines: Floats = np.where(np.isfinite(near.core), np.sqrt(total), np.inf)
    return lines


def merges(edges: Spanning) -> Integers:
    """Give the merges that the edges make, shape (n - 1, 2), as `merge_tree.grow` takes them."""
    n = len(edges.first) + 1
    ends = edges.first.astype(np.int64), edges.second.astype(np.int64)
    return np.asarray(_merges(*ends, np.arange(2 * n - 1)))


@njit(cache=True, nogil=True)
def _merges(first, second, above):  # type: ignore[no-untyped-def]
    """Join the parts at the two ends of each edge; `above` leads from a part to the whole."""
    n = len(first) + 1
    pairs = np.empty((n - 1, 2), dtype=np.int64)
    for merge in range(n - 1):
        for side, end in enumerate((first[merge], second[merge])):
            while above[end] != end:  # halving the way for the next who asks
                above[end] = above[above[end]]
                end = above[end]
            pairs[merge, side] = end
        above[pairs[merge, 0]] = above[pairs[merge, 1]] = n + merge
    return pairs
