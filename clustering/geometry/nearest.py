r"""The nearest of a few centers: the rule behind k-means and every cell it draws.

A point x belongs to the center c that minimises

.. math:: \lVert x - c \rVert^2 = \lVert x \rVert^2 - 2\, x \cdot c + \lVert c \rVert^2 .

The first term is the same for every center, so that only the other two need be
computed, and the second is a product of two matrices: that is what makes it fast.

What it costs is precision, since two large numbers are subtracted where points
lie far from the origin. The cure is to move the origin into the middle of the
data first. scikit-learn does exactly this, and here it is done in the same order
with the same matrix product, so that points which lie on a border within rounding
fall to the same side in both.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.linalg.blas import dgemm

from clustering.dataset import Floats
from clustering.partition import Labels

__all__ = ["NearestCenter", "NearestExemplar", "nearest"]

BLOCK = 256


def nearest(points: Floats, centers: Floats) -> Labels:
    """Give for each point the number of its nearest center.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Points, best with the origin among them.
    centers : ndarray of shape (k, d)
        Centers, k >= 1.

    Returns
    -------
    ndarray of shape (n,), int32
        Numbers from 0 to k-1; the lowest wins where several are equally near.

    Notes
    -----
    O(n k d) time, and O(k) memory beyond the answer.

    Examples
    --------
    >>> nearest(np.array([[0.0], [1.0], [2.0]]), np.array([[0.0], [2.0]])).tolist()
    [0, 0, 1]
    """
    points = np.ascontiguousarray(points, dtype=np.float64)
    centers = np.ascontiguousarray(centers, dtype=np.float64)
    norms = np.einsum("ij,ij->i", centers, centers)
    labels = np.empty(len(points), dtype=np.int32)
    for first in range(0, len(points), BLOCK):
        block = points[first : first + BLOCK]
        scores = np.empty((len(centers), len(block)), order="F")
        scores[:] = norms[:, None]
        scores = dgemm(-2.0, centers.T, block.T, beta=1.0, c=scores, trans_a=True, overwrite_c=True)
        labels[first : first + BLOCK] = scores.argmin(axis=0)
    return labels


@dataclass(frozen=True, eq=False, slots=True)
class NearestCenter:
    """The nearest center as a rule that can be pickled and given new points.

    Attributes
    ----------
    centers : ndarray of shape (k, d)
        The centers.
    origin : ndarray of shape (d,)
        Middle of the data, from where distances are measured most exactly.
    """

    centers: Floats
    origin: Floats

    def __call__(self, points: Floats) -> Labels:
        """Give the labels of `points` (m, d), shape (m,)."""
        return nearest(points - self.origin, self.centers - self.origin)


@dataclass(frozen=True, eq=False, slots=True)
class NearestExemplar:
    """The nearest of some points, in any distance, as a rule for new points.

    Attributes
    ----------
    exemplars : ndarray of shape (k, d)
        Points that stand for a cluster each: medoids, exemplars.
    between : callable
        How far apart points are, as in `clustering.dataset.Metric`.

    Examples
    --------
    >>> from clustering.dataset import EUCLIDEAN
    >>> rule = NearestExemplar(np.array([[0.0], [9.0]]), EUCLIDEAN.between)
    >>> rule(np.array([[1.0], [8.0], [4.0]])).tolist()
    [0, 1, 0]
    """

    exemplars: Floats
    between: Callable[[Floats, Floats], Floats]

    def __call__(self, points: Floats) -> Labels:
        """Give the labels of `points` (m, d), shape (m,)."""
        labels: Labels = self.between(points, self.exemplars).argmin(axis=1).astype(np.int32)
        return labels
