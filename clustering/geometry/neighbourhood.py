"""Who is near: the nearest points of every point, and from which distance on it is core.

Where points have coordinates, neighbours are looked up in a k-d tree; for places on the globe
these are coordinates in space, whose straight lines stand in the order of the ways along the
surface. How far each neighbour is, is then computed anew by the one formula for pairs, so that
the same pair has the same distance everywhere, to the last digit. Other metrics are asked for
all distances, a block of rows at a time.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from clustering.data.steps.distances import great_circle, on_globe
from clustering.dataset import Dataset, Floats, frozen
from clustering.geometry.metrics import paired
from clustering.progress import Report, Step, silent

__all__ = ["Neighbourhood", "Places", "coordinates", "fewer", "has_fast_path", "neighbourhood"]

BLOCK = 256
"""Rows whose distances to all points are computed at a time."""
PAIRS = 1 << 18
"""Neighbours that are looked up at a time."""
Places = NDArray[np.int32]


@dataclass(frozen=True, eq=False, slots=True)
class Neighbourhood:
    """The nearest points of every point, itself among them.

    Attributes
    ----------
    places : ndarray of shape (n, m), int32
        Which points, the nearest first.
    distances : ndarray of shape (n, m)
        How far they are.
    core : ndarray of shape (n,)
        Core distance of each point; infinite where the data have too few points.
    """

    places: Places
    distances: Floats
    core: Floats


def has_fast_path(dataset: Dataset) -> bool:
    """Say whether distances can be looked up in a k-d tree."""
    return dataset.metric.is_euclidean or dataset.metric.between is great_circle


def coordinates(dataset: Dataset) -> Floats:
    """Give coordinates whose straight lines are in the order of the distances."""
    if dataset.metric.is_euclidean:
        return dataset.points
    return on_globe(dataset.points[:, 0], dataset.points[:, 1])


def neighbourhood(dataset: Dataset, min_samples: int, *, report: Report = silent) -> Neighbourhood:
    """Find the nearest points of every point, and its core distance.

    Parameters
    ----------
    dataset : Dataset
        With weights of at least 1, or none: a point of weight w counts as w points.
    min_samples : int
        How many points make a point core, itself included; no more than there are points.
    report : callable
        Told after each block where distances have no fast path.

    Returns
    -------
    Neighbourhood
        Of min_samples neighbours each, or of all points where there are fewer.
    """
    m = min(min_samples, dataset.n)
    places, distances = np.empty((dataset.n, m), dtype=np.int32), np.empty((dataset.n, m))
    tree = cKDTree(coordinates(dataset)) if has_fast_path(dataset) else None
    height = BLOCK if tree is None else max(BLOCK, PAIRS // m)
    # Who lies side by side is asked for one after another: the same boxes are then at hand.
    order = np.arange(dataset.n) if tree is None else tree.indices
    for first in range(0, dataset.n, height):
        rows = order[first : first + height]
        if tree is not None:
            found = tree.query(tree.data[rows], k=np.arange(1, m + 1), workers=-1)[1]
            here = np.repeat(dataset.points[rows], m, axis=0)
            apart = paired(dataset, here, dataset.points[found.ravel()]).reshape(found.shape)
        else:
            block = dataset.metric.between(dataset.points[rows], dataset.points)
            found = np.argpartition(block, m - 1, axis=1)[:, :m]
            apart = np.take_along_axis(block, found, axis=1)
        # Also in a tree, rounding may have put two of them the wrong way round.
        nearest = np.argsort(apart, axis=1, kind="stable")
        places[rows] = np.take_along_axis(found, nearest, axis=1)
        distances[rows] = np.take_along_axis(apart, nearest, axis=1)
        report(Step(first + len(rows), dataset.n, "neighbours"))
    return Neighbourhood(
        frozen(places), frozen(distances), frozen(_core(dataset, places, distances, min_samples))
    )


def _core(dataset: Dataset, places: Places, distances: Floats, min_samples: int) -> Floats:
    """Give the distance at which the neighbours, with their weights, are enough."""
    if dataset.weights is None:
        if distances.shape[1] < min_samples:
            return np.full(dataset.n, np.inf)
        return distances[:, min_samples - 1]
    enough = np.cumsum(dataset.weights[places], axis=1) >= min_samples
    last = enough.argmax(axis=1)
    core: Floats = np.where(enough.any(axis=1), distances[np.arange(dataset.n), last], np.inf)
    return core


def fewer(dataset: Dataset, near: Neighbourhood, min_samples: int) -> Neighbourhood:
    """Take from a table of neighbours what a smaller `min_samples` needs."""
    m = min(min_samples, dataset.n)
    places, distances = near.places[:, :m], near.distances[:, :m]
    core = _core(dataset, places, distances, min_samples)
    return Neighbourhood(frozen(places), frozen(distances), frozen(core))
