"""Boruvka's method: the minimum spanning tree of mutual reachability among coordinates.

Every component takes its shortest way out, again and again, until one is left. The way out of a
point is looked for in a k-d tree, in which whole boxes are passed over that are too far or
belong to the own component.

References
----------
O. Boruvka, O jistem problemu minimalnim, 1926. L. McInnes, J. Healy, Accelerated hierarchical
density clustering, ICDMW 2017.
"""

import numpy as np
from numba import njit
from sklearn.neighbors import KDTree

from clustering.dataset import Floats, Integers
from clustering.geometry.neighbourhood import Places
from clustering.progress import Report, Step

__all__ = ["boruvka"]

LEAF = 24


def boruvka(
    coordinates: Floats, core: Floats, places: Places, report: Report
) -> tuple[Integers, Integers]:
    """Join every component to its nearest, until one is left.

    Parameters
    ----------
    coordinates : ndarray of shape (n, d)
        The points.
    core : ndarray of shape (n,)
        Their core distances, as straight lines between coordinates.
    places : ndarray of shape (n, m)
        Neighbours of each point, the nearest first: most ways out are known from these.
    report : callable
        Told after each round how many components are left.

    Returns
    -------
    first, second : ndarray of shape (n - 1,), int64
        The ends of the edges, in no order.

    Notes
    -----
    About O(n log n) time for few columns; O(n^2) in the worst case.
    """
    n = len(coordinates)
    tree = KDTree(coordinates, leaf_size=LEAF)
    _, inside, nodes, bounds = (np.asarray(part) for part in tree.get_arrays())
    start, end = nodes["idx_start"].astype(np.int64), nodes["idx_end"].astype(np.int64)
    leaf, low, high = nodes["is_leaf"].astype(np.bool_), bounds[0].copy(), bounds[1].copy()
    # All in the order of the tree, so that the points of a box lie side by side.
    points = np.ascontiguousarray(coordinates[inside])
    core = np.ascontiguousarray(core[inside])
    place = np.empty(n, dtype=np.int64)
    place[inside] = np.arange(n)
    targets = place[places[inside]]
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
