"""The two distances behind a silhouette, and which cluster is the next one.

``s = (b - a) / max(a, b)`` hides what a reader wants to know of a badly placed point:
how far its own cluster is, how far the next one, and which that is. For a few points
this costs a few rows of distances, however many points there are.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.errors import ParameterError
from clustering.progress import silent
from clustering.validity.coefficient import apart
from clustering.validity.distances import Sums, exponent, sweep
from clustering.validity.groups import group

__all__ = ["Neighbours", "neighbours"]


@dataclass(frozen=True, eq=False, slots=True)
class Neighbours:
    """How near some points are to their own cluster and to the next.

    Attributes
    ----------
    rows : ndarray of shape (m,), int64
        Which points, as places among all n.
    own : ndarray of shape (m,)
        a: mean distance to the other points of the cluster, in the unit of the metric;
        0 for a point alone in its cluster, NaN for noise.
    other : ndarray of shape (m,)
        b: mean distance to the points of the next cluster; NaN where there is none.
    rival : ndarray of shape (m,), int64
        Label of that cluster; -1 where there is none.
    silhouette : ndarray of shape (m,)
        ``(b - a) / max(a, b)``, 0 for a point alone, NaN where undefined.
    """

    rows: Integers
    own: Floats
    other: Floats
    rival: Integers
    silhouette: Floats


def neighbours(dataset: Dataset, labels: ArrayLike, rows: ArrayLike) -> Neighbours:
    """Measure how near some points are to their own cluster and to the next.

    Parameters
    ----------
    dataset : Dataset
        n points; weights count as repeated points.
    labels : array_like of shape (n,), int
        Clusters in any numbering, -1 for noise, which is left out.
    rows : array_like of shape (m,), int
        Which points, as places from 0 to n-1 (not places in the file).

    Returns
    -------
    Neighbours
        In the order of `rows`. Of several clusters that are equally near the one with
        the lowest label is the next.

    Raises
    ------
    ParameterError
        Where there are not n whole numbers, or a row is none of the points.

    Notes
    -----
    m n distances; memory grows with n, not with m n. ``silhouette`` is what
    ``silhouette(dataset, labels, per_point=True)`` gives for these points.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [4.0], [10.0], [11.0]])
    >>> found = neighbours(data, [0, 0, 0, 1, 1], [2, 0])
    >>> found.own.tolist(), found.other.tolist(), found.rival.tolist()
    ([3.5, 2.5], [6.5, 10.5], [1, 1])
    """
    groups = group(labels, weights=dataset.weights, n=dataset.n, noise="exclude")
    chosen = np.asarray(rows)
    chosen = chosen.astype(np.int64) if chosen.size == 0 else chosen
    if chosen.ndim != 1 or chosen.dtype.kind not in "iu":
        raise ParameterError("Rows are a list of whole numbers, one for each point.")
    if len(chosen) and not 0 <= chosen.min() <= chosen.max() < dataset.n:
        raise ParameterError(f"Rows are places from 0 to {dataset.n - 1}.")
    names = np.append(np.unique(np.asarray(labels)[groups.codes < groups.k]), -1)

    def distances(sums: Sums) -> Floats:
        found = apart(sums, groups)
        table = np.full((len(sums.rows), 4), np.nan)
        table[:, 2] = groups.k
        table[found.member, 0], table[found.member, 1] = found.own, found.other
        table[found.member, 2], table[found.member, 3] = found.rival, found.silhouettes
        return table

    if len(chosen) and groups.k:
        (table,) = sweep(
            dataset, [groups], rows=chosen, use=distances, report=silent, message="distances"
        )
    else:
        table = np.tile([np.nan, np.nan, groups.k, np.nan], (len(chosen), 1))
    own, other, rival, silhouette = table.T
    lonely = ~np.isfinite(other)
    return Neighbours(
        rows=frozen(chosen, np.int64),
        own=frozen(np.ldexp(own, exponent(dataset))),
        other=frozen(np.where(lonely, np.nan, np.ldexp(other, exponent(dataset)))),
        rival=frozen(np.where(lonely, -1, names[rival.astype(np.int64)])),
        silhouette=frozen(np.where(lonely, np.nan, silhouette)),
    )
