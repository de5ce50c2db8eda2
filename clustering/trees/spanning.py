r"""The minimum spanning tree of mutual reachability, exact to the last digit.

A point is *core* at a distance eps where at least `min_samples` points, itself included, lie
within eps of it: from its core distance on, the distance to its min_samples-th neighbour. Two
core points *reach* each other where they lie within eps, so that the distance from which on
they do is

.. math:: w(a, b) = \max\{\text{core}(a), \text{core}(b), d(a, b)\} .

The minimum spanning tree of w holds, for every eps at once, which core points are connected:
its edges up to eps join exactly what chains of reaching points join.

It is found by Boruvka's method: every component takes its shortest way out, again and again.
The way out of a point is looked for in a k-d tree, in which whole boxes are passed over that
are too far or belong to the own component. All comparisons are of float64 sums in one order of
the columns, as everywhere in this library, so that ties are ties. Distances that have no
coordinates are done by Prim's method, one row of distances at a time.

References
----------
O. Boruvka, O jistem problemu minimalnim, 1926. R. C. Prim, Shortest connection networks and
some generalizations, Bell System Technical Journal 36, 1957. L. McInnes, J. Healy, Accelerated
hierarchical density clustering, ICDMW 2017.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from sklearn.neighbors import KDTree

from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.geometry.metrics import paired
from clustering.geometry.neighbourhood import (
    Neighbourhood,
    Places,
    coordinates,
    has_fast_path,
    neighbourhood,
)
from clustering.progress import Report, Step, silent

__all__ = [
    "Neighbourhood",
    "Spanning",
    "has_fast_path",
    "merges",
    "neighbourhood",
    "spanning",
]

LEAF = 24
BLOCK = 256


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
        first, second = _boruvka(coordinates(dataset), near, dataset, report)
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


def _boruvka(
    coordinates: Floats, near: Neighbourhood, dataset: Dataset, report: Report
) -> tuple[Integers, Integers]:
    """Join every component to its nearest, until one is left."""
    n = len(coordinates)
    tree = KDTree(coordinates, leaf_size=LEAF)
    _, inside, nodes, bounds = (np.asarray(part) for part in tree.get_arrays())
    start, end = nodes["idx_start"].astype(np.int64), nodes["idx_end"].astype(np.int64)
    leaf, low, high = nodes["is_leaf"].astype(np.bool_), bounds[0].copy(), bounds[1].copy()
    # All in the order of the tree, so that the points of a box lie side by side.
    points = np.ascontiguousarray(coordinates[inside])
    core = near.core if dataset.metric.is_euclidean else _chords(near, coordinates)
    core = np.ascontiguousarray(core[inside])
    place = np.empty(n, dtype=np.int64)
    place[inside] = np.arange(n)
    targets = place[near.places[inside]]
    parent = np.arange(n)
    known, reach, lower = np.full(n, -1), np.full(n, np.inf), np.zeros(n)
    _begin(points, core, targets, known, reach, lower)
    first, second = np.empty(n - 1, dtype=np.int64), np.empty(n - 1, dtype=np.int64)
    found = 0
    while found < n - 1:
        report(Step(found, n, f"spanning tree, {n - found:,} parts are left"))
        component = _settle(parent)
        owner = _owners(start, end, leaf, component)
        source, best = _round(
            points, core, component, known, reach, lower, start, end, leaf, low, high, owner
        )
        parts = np.flatnonzero(source >= 0)
        if not len(parts):  # nobody is ever core, so that any edges will do
            parts = np.unique(component)
            source[parts], known[parts] = parts, np.roll(parts, 1)
        parts = parts[np.argsort(best[parts], kind="stable")]
        found = _join(parts, source, known, parent, first, second, found)
    return inside[first], inside[second]


def _chords(near: Neighbourhood, coordinates: Floats) -> Floats:
    """Give core distances as straight lines through the globe."""
    last = np.minimum((near.distances < near.core[:, None]).sum(axis=1), near.places.shape[1] - 1)
    ends = coordinates[near.places[np.arange(len(coordinates)), last]]
    total = np.zeros(len(coordinates))
    for j in range(3):
        total += (coordinates[:, j] - ends[:, j]) ** 2
    lines: Floats = np.where(np.isfinite(near.core), np.sqrt(total), np.inf)
    return lines


@njit(cache=True, nogil=True)
def _begin(points, core, targets, known, reach, lower):  # type: ignore[no-untyped-def]
    """Take from the table of neighbours what is certain: ways out as short as can be."""
    n, d = points.shape
    for i in range(n):
        for t in range(targets.shape[1]):
            j = targets[i, t]
            if j == i:
                continue
            total = 0.0
            for c in range(d):
                total += (points[i, c] - points[j, c]) ** 2
            way = max(np.sqrt(total), core[i], core[j])
            if way < reach[i]:
                reach[i] = way
                known[i] = j
        lower[i] = core[i]
        if reach[i] > core[i]:  # there may be a shorter one outside of the table
            known[i] = -1
            reach[i] = np.inf


@njit(cache=True, nogil=True)
def _find(parent, i):  # type: ignore[no-untyped-def]
    """Give the name of the component of i, halving the way for the next who asks."""
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


@njit(cache=True, nogil=True)
def _settle(parent):  # type: ignore[no-untyped-def]
    """Give the component of every point."""
    component = np.empty(len(parent), dtype=np.int64)
    for i in range(len(parent)):
        component[i] = _find(parent, i)
    return component


@njit(cache=True, nogil=True)
def _owners(start, end, leaf, component):  # type: ignore[no-untyped-def]
    """Give for each box the component of all its points; -1 where there are several."""
    owner = np.full(len(start), -1, dtype=np.int64)
    for box in range(len(start) - 1, -1, -1):
        if leaf[box]:
            same = component[start[box]]
            for i in range(start[box] + 1, end[box]):
                if component[i] != same:
                    same = -1
                    break
            owner[box] = same
        elif owner[2 * box + 1] == owner[2 * box + 2]:
            owner[box] = owner[2 * box + 1]
    return owner


@njit(cache=True, nogil=True)
def _away(points, i, low, high, box):  # type: ignore[no-untyped-def]
    """Give how far a point is from a box: rounded as distances are, and so never above them."""
    total = 0.0
    for c in range(points.shape[1]):
        x = points[i, c]
        if x < low[box, c]:
            total += (low[box, c] - x) ** 2
        elif x > high[box, c]:
            total += (x - high[box, c]) ** 2
    return np.sqrt(total)


@njit(cache=True, nogil=True)
def _round(  # type: ignore[no-untyped-def]
    points, core, component, known, reach, lower, start, end, leaf, low, high, owner
):
    """Find the shortest way out of every component.

    Gives for each component the point from which it leads, whose `known` is the other end,
    and how long it is. `lower` keeps for each point a length below which it has no way out;
    components only grow, so that it stays true.
    """
    n, d = points.shape
    source, best = np.full(n, -1, dtype=np.int64), np.full(n, np.inf)
    for i in range(n):
        if known[i] >= 0 and component[known[i]] != component[i]:
            if reach[i] < best[component[i]]:
                best[component[i]] = reach[i]
                source[component[i]] = i
        else:
            known[i] = -1
    stack, far = np.empty(128, dtype=np.int64), np.empty(128)
    for i in range(n):
        mine = component[i]
        if known[i] >= 0 or lower[i] >= best[mine]:
            continue
        bound, target = best[mine], -1
        stack[0], far[0], depth = 0, _away(points, i, low, high, 0), 1
        while depth:
            depth -= 1
            box = stack[depth]
            if far[depth] >= bound or owner[box] == mine:
                continue
            if leaf[box]:
                for j in range(start[box], end[box]):
                    if component[j] == mine or core[j] >= bound:
                        continue
                    total = 0.0
                    for c in range(d):
                        total += (points[i, c] - points[j, c]) ** 2
                    way = max(np.sqrt(total), core[i], core[j])
                    if way < bound:
                        bound, target = way, j
            else:
                one, two = 2 * box + 1, 2 * box + 2
                to_one = _away(points, i, low, high, one)
                to_two = _away(points, i, low, high, two)
                if to_one < to_two:  # the nearer one is looked at first
                    one, two, to_one, to_two = two, one, to_two, to_one
                stack[depth], far[depth] = one, to_one
                stack[depth + 1], far[depth + 1] = two, to_two
                depth += 2
        lower[i] = bound
        known[i] = target
        if target >= 0:
            reach[i] = bound
            best[mine] = bound
            source[mine] = i
    return source, best


@njit(cache=True, nogil=True)
def _join(parts, source, known, parent, first, second, found):  # type: ignore[no-untyped-def]
    """Join the components along their ways out, the shortest first, but never in a circle."""
    for part in parts:
        i = source[part]
        j = known[i]
        one, two = _find(parent, i), _find(parent, j)
        if one != two:
            parent[one] = two
            first[found], second[found] = i, j
            found += 1
    return found


def merges(edges: Spanning) -> Integers:
    """Give the merges that the edges make, shape (n - 1, 2), as `merge_tree` takes them."""
    return np.asarray(_merges(edges.first.astype(np.int64), edges.second.astype(np.int64)))


@njit(cache=True, nogil=True)
def _merges(first, second):  # type: ignore[no-untyped-def]
    """Join the parts at the two ends of each edge."""
    n = len(first) + 1
    above = np.arange(2 * n - 1)
    pairs = np.empty((n - 1, 2), dtype=np.int64)
    for merge in range(n - 1):
        one, two = _find(above, first[merge]), _find(above, second[merge])
        pairs[merge] = one, two
        above[one] = above[two] = n + merge
    return pairs
