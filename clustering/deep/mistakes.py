"""Mistakes: which classes a clustering confuses, and which members it puts with others.

Clusters have numbers and classes have names. Each cluster is given the class that it shares
most members with, one to one, so that as many members as possible are right
(`clustering.validity.agreement.match`); all the others are the mistakes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clustering.dataset import Integers, frozen
from clustering.errors import DataError
from clustering.validity.agreement import match

__all__ = ["Confused", "Confusion", "confusion"]


@dataclass(frozen=True, eq=False, slots=True)
class Confused:
    """Members of one class in the cluster of another.

    Attributes
    ----------
    truth : int
        The class that they are of.
    cluster : int
        The cluster that they are in.
    named : int
        The class that this cluster stands for; -1 where there are more clusters than
        classes, and it stands for none.
    places : ndarray of shape (m,)
        Which they are, among all points.
    share : float
        Part of their class, from 0 to 1.
    """

    truth: int
    cluster: int
    named: int
    places: Integers
    share: float


@dataclass(frozen=True, eq=False, slots=True)
class Confusion:
    """How the members of each class are spread over the clusters.

    Attributes
    ----------
    table : ndarray of shape (classes, clusters)
        Members of each class (rows) in each cluster (columns, by their numbers).
    named : ndarray of shape (clusters,)
        The class that each cluster stands for, -1 for none.
    order : ndarray of shape (clusters,)
        The clusters by the class that they stand for, those of none last:
        ``table[:, order]`` has what is right on its diagonal, where each class has a
        cluster.
    confused : tuple of Confused
        The mistakes by class and cluster, most members first.
    accuracy : float
        Share of the members that are right; NaN where there are none.
    """

    table: Integers
    named: Integers
    order: Integers
    confused: tuple[Confused, ...]
    accuracy: float

    @property
    def wrong(self) -> int:
        """Number of members in a cluster that stands for another class or none."""
        return sum(len(each.places) for each in self.confused)


def confusion(truth: ArrayLike, labels: ArrayLike, *, classes: int = 0, k: int = 0) -> Confusion:
    """Find the members that a clustering puts with those of another class.

    Parameters
    ----------
    truth : array_like of shape (n,), int
        The class of each point, from 0; -1 where it is not known, which is not judged.
    labels : array_like of shape (n,), int
        Its cluster, from 0; -1 for noise, which is not judged.
    classes, k : int
        Classes and clusters, where there are more than have members here.

    Returns
    -------
    Confusion

    Raises
    ------
    DataError
        Where there are not as many classes as labels.
    ParameterError
        Where these are no whole numbers.

    Notes
    -----
    Its accuracy is `validity.matched_accuracy` with noise excluded. O(n + k^3).

    Examples
    --------
    >>> found = confusion([0, 0, 0, 1, 1], [1, 1, 0, 0, 0])
    >>> found.table[:, found.order].tolist(), found.named.tolist(), found.accuracy
    ([[2, 1], [0, 2]], [1, 0], 0.8)
    >>> [(each.truth, each.named, each.places.tolist()) for each in found.confused]
    [(0, 1, [2])]
    """
    known, given = np.asarray(truth), np.asarray(labels)
    if known.shape != given.shape:
        raise DataError(f"{known.size:,} known classes for {given.size:,} labels.")
    mapping = match(known, given)
    rows = max(int(known.max(initial=-1)) + 1, classes)
    columns = max(len(mapping), k)
    both = (known >= 0) & (given >= 0)
    table = np.zeros((rows, columns), dtype=np.int64)
    np.add.at(table, (known[both], given[both]), 1)
    named = np.full(columns, -1, dtype=np.int64)
    # A cluster that shares no member with its class was given what was left over.
    sharing = mapping <= int(known.max(initial=-1))
    sharing[sharing] = table[mapping[sharing], np.flatnonzero(sharing)] > 0
    named[: len(mapping)][sharing] = mapping[sharing]
    order = np.lexsort((np.arange(columns), np.where(named < 0, rows, named)))
    judged = int(both.sum())
    confused = _confused(known, given, table, named)
    wrong = sum(len(each.places) for each in confused)
    return Confusion(
        frozen(table),
        frozen(named),
        frozen(order, np.int64),
        confused,
        1.0 - wrong / judged if judged else float("nan"),
    )


def _confused(
    known: NDArray[np.integer], given: NDArray[np.integer], table: Integers, named: Integers
) -> tuple[Confused, ...]:
    """Collect the members of each class in each cluster that stands for another."""
    found = []
    for truth, cluster in zip(*np.nonzero(table), strict=True):
        if named[cluster] != truth:
            places = np.flatnonzero((known == truth) & (given == cluster))
            found.append(
                Confused(
                    int(truth),
                    int(cluster),
                    int(named[cluster]),
                    frozen(places, np.int64),
                    float(len(places) / table[truth].sum()),
                )
            )
    return tuple(sorted(found, key=lambda each: -len(each.places)))
