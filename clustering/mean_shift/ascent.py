"""The ascent: every seed goes to the mean of the points around it, again and again.

Where a seed goes next follows from where it is and from nothing else. So seeds that meet
go on as one, and after a few steps hundreds of seeds are a handful of places. All of them
take their steps together.

scikit-learn adds the neighbours of a seed in the order in which its tree lists them, and in
another order a sum may differ in its last digit. The points are therefore put into the
tree's order once, and summed in it: the means are equal to the last digit.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from sklearn.neighbors import KDTree

from clustering.dataset import Floats, Integers

__all__ = ["MOST_STEPS", "Climbed", "Ground", "bins", "climbed", "ground", "steps"]

MOST_STEPS = 300
"""Steps after which a seed stops wherever it is."""
STILL = 1e-3
"""A step of this share of the bandwidth, or less, is the last one."""

LEAF, RUN = 30, 32
FEW, WIDE = 12, 15
"""Points and columns below and above which scikit-learn compares with all points in turn."""


@dataclass(frozen=True, eq=False, slots=True)
class Ground:
    """The points in the order in which they are summed, in runs that lie together.

    Attributes
    ----------
    points : ndarray of shape (n, d)
        In the order of a k-d tree.
    mass : ndarray of shape (n,)
        Weight of each.
    low, high : ndarray of shape (r, d)
        Corners of the box around each run of 32 points.
    """

    points: Floats
    mass: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False, slots=True)
class Climbed:
    """Where seeds have ended.

    Attributes
    ----------
    ends : ndarray of shape (m, d)
        The last mean of each seed.
    within : ndarray of shape (m,)
        Weight of the points of which it is the mean; 0 for a seed without points around it.
    steps : ndarray of shape (m,), int
        Steps taken before the last one.
    """

    ends: Floats
    within: Floats
    steps: Integers


def ground(points: Floats, mass: Floats) -> Ground:
    """Put points (n, d) with their weights (n,) into the order in which they are summed."""
    n, d = points.shape
    order = np.arange(n)
    if n >= FEW and d <= WIDE:
        order = np.asarray(KDTree(points, leaf_size=LEAF).get_arrays()[1])
    ordered = np.ascontiguousarray(points[order])
    starts = np.arange(0, n, RUN)
    low = np.minimum.reduceat(ordered, starts, axis=0)
    high = np.maximum.reduceat(ordered, starts, axis=0)
    return Ground(ordered, np.ascontiguousarray(mass[order], np.float64), low, high)


def bins(points: Floats, mass: Floats, bandwidth: float) -> Floats:
    """Give the corners of a grid of this mesh that points are nearest to, shape (m, d).

    As `sklearn.cluster.get_bin_seeds`: in the order in which the points find them, and all
    points where no two share a corner.
    """
    corners = np.round(points / bandwidth)
    _, first = np.unique(corners, axis=0, return_index=True)
    if len(first) == mass.sum():
        return points
    seeds: Floats = corners[np.sort(first)].astype(np.float32) * np.float64(bandwidth)
    return seeds


def climbed(on: Ground, seeds: Floats, bandwidth: float) -> Climbed:
    """Let seeds (m, d) climb until they stand still.

    Notes
    -----
    A step compares each different place with the points whose box it may reach: O(m n d) at
    worst for the first step, far less for the later ones.
    """
    ends = np.array(seeds, dtype=np.float64)
    within, taken = np.zeros(len(ends)), np.zeros(len(ends), np.int64)
    active = np.arange(len(ends))
    for step in range(MOST_STEPS + 1):
        places, of = np.unique(ends[active], axis=0, return_inverse=True)
        of = of.reshape(-1)
        means, weights, still = _step(on, places, bandwidth)
        ends[active], within[active], taken[active] = means[of], weights[of], step
        active = active[~still[of]]
        if not len(active):
            break
    return Climbed(ends, within, taken)


def steps(on: Ground, seeds: Floats, bandwidth: float) -> tuple[Floats, Floats]:
    """Record the way of each seed.

    Returns
    -------
    paths : ndarray of shape (t, m, d)
        Where each seed is before every step; after its last one it stays.
    within : ndarray of shape (t, m)
        Weight of the points within the bandwidth of it.
    """
    paths, within = [np.array(seeds, dtype=np.float64)], list[Floats]()
    done = np.zeros(len(seeds), dtype=np.bool_)
    for _ in range(MOST_STEPS + 1):
        means, weights, still = _step(on, paths[-1], bandwidth)
        within.append(weights)
        if done.all():
            break
        paths.append(np.where(done[:, None], paths[-1], means))
        done |= still
    else:
        within.append(_step(on, paths[-1], bandwidth)[1])
    return np.stack(paths), np.stack(within[: len(paths)])


def _step(on: Ground, places: Floats, bandwidth: float) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Give the means around places, the weight around each, and which stand still there."""
    places = np.ascontiguousarray(places)
    means, weights = np.empty_like(places), np.empty(len(places))
    _means(places, on.points, on.mass, on.low, on.high, float(bandwidth), means, weights)
    if places.shape[1] == 1:
        _in_pairs(places[:, 0], on, bandwidth, means)
    still = np.linalg.norm(means - places, axis=1) <= STILL * bandwidth
    return means, weights, still | (weights == 0.0)


def _in_pairs(places: Floats, on: Ground, bandwidth: float, means: Floats) -> None:
    """Sum single columns as NumPy does, in pairs of halves and not one after the other."""
    column = on.points[:, 0]
    if (on.mass != 1.0).any():
        return
    for i, place in enumerate(places):
        near = column[(column - place) ** 2 <= bandwidth * bandwidth]
        if len(near):
            means[i, 0] = np.mean(near)


@njit(cache=True, nogil=True)
def _means(places, points, mass, low, high, bandwidth, means, weights):  # type: ignore[no-untyped-def]
    """Set the mean of the points within the bandwidth of each place, and their weight."""
    d, n = points.shape[1], points.shape[0]
    reach = bandwidth * bandwidth
    total = np.empty(d)
    for i in range(len(places)):
        total[:] = 0.0
        weight = 0.0
        for run in range(len(low)):
            nearest = 0.0
            for j in range(d):
                gap = max(low[run, j] - places[i, j], places[i, j] - high[run, j], 0.0)
                nearest += gap * gap
            if nearest > reach * (1.0 + 1e-9):
                continue
            for p in range(RUN * run, min(RUN * (run + 1), n)):
                squared = 0.0
                for j in range(d):
                    gap = places[i, j] - points[p, j]
                    squared += gap * gap
                if squared <= reach:
                    weight += mass[p]
                    for j in range(d):
                        total[j] += mass[p] * points[p, j]
        weights[i] = weight
        for j in range(d):
            means[i, j] = total[j] / weight if weight > 0.0 else places[i, j]
