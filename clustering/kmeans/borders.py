"""Borders between k-means clusters: how near to one each point lies, and whose it is."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial.distance import cdist

from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.errors import DataError
from clustering.partition import Labels, Partition

__all__ = ["Margins", "contest", "margins"]


@dataclass(frozen=True, eq=False, slots=True)
class Margins:
    """How near to a border each point lies.

    Attributes
    ----------
    ratio : ndarray of shape (n,)
        Distance to the own center over distance to the next one: 0 on the own
        center, 1 on the border.
    rival : ndarray of shape (n,), int32
        The cluster of the next center, beyond that border; -1 where there is none.
    """

    ratio: Floats
    rival: Labels


def margins(dataset: Dataset, partition: Partition) -> Margins:
    """Measure how near to a border each point lies, and to whose cluster.

    Parameters
    ----------
    dataset : Dataset
        The points that were clustered.
    partition : Partition
        An answer with centers.

    Returns
    -------
    Margins
        One ratio and one rival a point.

    Raises
    ------
    DataError
        Where the answer has no centers or is about different points.

    Notes
    -----
    O(n k d) time and O(n k) memory. Clusters without points are nobody's rival.

    Examples
    --------
    >>> from clustering.kmeans import fit
    >>> data = Dataset.from_points([[0], [4], [8], [10]])
    >>> near = margins(data, fit(data, k=2, init=[[0], [9]]))
    >>> near.ratio.round(3).tolist(), near.rival.tolist()
    ([0.222, 0.4, 0.167, 0.125], [1, 1, 0, 0])
    """
    if partition.centers is None or len(partition.labels) != dataset.n:
        raise DataError("Borders need an answer with centres for the same points.")
    distances = cdist(dataset.points, partition.centers)
    distances[:, partition.sizes == 0] = np.inf
    own, second, rival = contest(distances, partition.labels)
    # Two centers in one place leave nothing to tell them apart: the point is on the border.
    ratio = np.divide(own, second, out=np.ones(dataset.n), where=second > 0)
    return Margins(
        ratio=frozen(np.clip(ratio, 0.0, 1.0)),
        rival=frozen(np.where(np.isfinite(second), rival, -1), np.int32),
    )


def contest(distances: Floats, labels: Labels) -> tuple[Floats, Floats, Integers]:
    """Tell the own center from the next one.

    Parameters
    ----------
    distances : ndarray of shape (n, k)
        From each point to each center.
    labels : ndarray of shape (n,)
        Which center is the own.

    Returns
    -------
    own, second : ndarray of shape (n,)
        Distance to the own center, and to the nearest other one; inf where k is 1.
    rival : ndarray of shape (n,)
        That other center.
    """
    everyone = np.arange(len(labels))
    others = distances.copy()
    others[everyone, labels] = np.inf
    rival = others.argmin(axis=1)
    return distances[everyone, labels], others[everyone, rival], rival
