"""Trails: the way of single points up to their mode, recorded step by step."""

from dataclasses import dataclass

import numpy as np

from clustering.dataset import Dataset, Floats, Integers
from clustering.mean_shift.ascent import ground, steps
from clustering.partition import Labels, Partition

__all__ = ["Trails", "trails"]


@dataclass(frozen=True, eq=False, slots=True)
class Trails:
    """The ascent of some points.

    Attributes
    ----------
    points : ndarray of shape (m,), int
        Which points climb, by their places in the Dataset.
    paths : ndarray of shape (t, m, d)
        Where each is before every step; who has arrived stays.
    within : ndarray of shape (t, m)
        Weight of the points within the bandwidth of it.
    steps : ndarray of shape (m,), int
        Steps that each takes.
    modes : ndarray of shape (k, d)
        The modes of the answer.
    ends : ndarray of shape (m,), int32
        The mode nearest to where each ends.
    bandwidth : float
        How far is near.
    """

    points: Integers
    paths: Floats
    within: Floats
    steps: Integers
    modes: Floats
    ends: Labels
    bandwidth: float


def trails(dataset: Dataset, *, partition: Partition, points: Integers) -> Trails:
    """Record how points climb at the bandwidth of an answer.

    Parameters
    ----------
    dataset : Dataset
        All points.
    partition : Partition
        An answer of `fit`.
    points : ndarray of shape (m,), int
        Which of them climb.

    Returns
    -------
    Trails
        One way a point.

    Examples
    --------
    >>> from clustering.mean_shift import fit
    >>> data = Dataset.from_points([[0.0], [1.0], [2.0], [10.0], [11.0]])
    >>> seen = trails(data, partition=fit(data, bandwidth=1.5), points=np.array([0, 3]))
    >>> seen.paths[:, :, 0].tolist(), seen.ends.tolist()
    ([[0.0, 10.0], [0.5, 10.5], [1.0, 10.5]], [0, 1])
    """
    bandwidth = partition.facts["bandwidth"]
    on = ground(dataset.points, dataset.mass)
    paths, within = steps(on, dataset.points[points], bandwidth)
    while len(paths) > 1 and np.array_equal(paths[-1], paths[-2]):
        paths, within = paths[:-1], within[:-1]
    moves = (paths[1:] != paths[:-1]).any(axis=2)
    counted = np.arange(1, len(moves) + 1)[:, None]
    taken = np.where(moves, counted, 0).max(axis=0, initial=0)
    modes = partition.centers if partition.centers is not None else paths[-1][:0]
    ends = partition.assign(paths[-1])
    return Trails(np.asarray(points), paths, within, taken, modes, ends, bandwidth)
