r"""The sorted k-distance curve, and its knee: the oldest way of choosing epsilon.

Every point has a distance from which on it is core. Sorted from the largest to the smallest,
these fall steeply over the points that lie alone and then hardly at all over those that lie in
clusters; between the two is the knee, and its distance a first guess at epsilon.

Where a knee is, eyes disagree about. Here it is where the curve, with both axes stretched to
0 ... 1, lies farthest below the straight line between its ends:

.. math:: \max_i \; (1 - x_i) - y_i .

One point far outside stretches the axis for all others; then the knee says that this point is
an outlier and no more.

References
----------
M. Ester, H.-P. Kriegel, J. Sander, X. Xu, KDD 1996 (the curve). V. Satopaa, J. Albrecht,
D. Irwin, B. Raghavan, Finding a "kneedle" in a haystack: detecting knee points in system
behavior, ICDCS Workshops 2011 (the knee).
"""

from dataclasses import dataclass

import numpy as np

from clustering.dataset import Floats, frozen
from clustering.dbscan.epsilons import EpsilonAxis

__all__ = ["Knee", "knee"]


@dataclass(frozen=True, eq=False, slots=True)
class Knee:
    """The k-distance curve over all points, and where it bends.

    Attributes
    ----------
    distances : ndarray of shape (n,)
        Core distances of all points, descending.
    shares : ndarray of shape (n,)
        Share of the points, by weight, before each, from 0.
    place : int
        Where on the curve the knee is; -1 where there is none.
    eps : float
        The distance there; NaN where there is none.
    reason : str
        Why there is none; empty where there is one.
    """

    distances: Floats
    shares: Floats
    place: int
    eps: float
    reason: str = ""


def knee(axis: EpsilonAxis) -> Knee:
    """Sort the core distances of all points and find the knee.

    Parameters
    ----------
    axis : EpsilonAxis
        Its core distances are the k-distances: k is its `min_samples`, the point itself
        included.

    Returns
    -------
    Knee
        Without a place where the curve does not fall.

    Notes
    -----
    O(n log n) time.

    Examples
    --------
    >>> from clustering import dbscan
    >>> from clustering.dataset import Dataset
    >>> data = Dataset.from_points([[0.0], [1.0], [2.0], [3.0], [9.0], [20.0]])
    >>> found = knee(dbscan.axis(data, min_samples=2))
    >>> found.distances.tolist(), found.place, found.eps
    ([11.0, 6.0, 1.0, 1.0, 1.0, 1.0], 2, 1.0)
    """
    order = np.argsort(-axis.core, kind="stable")
    distances = axis.core[order]
    mass = axis.dataset.mass[order]
    shares = (np.cumsum(mass) - mass) / mass.sum()
    high, low = float(distances[0]), float(distances[-1])
    place, reason = -1, ""
    if high == low:
        reason = "All points have equally far neighbours, so that the curve has no knee."
    else:
        x, y = shares / shares[-1], (distances - low) / (high - low)
        place = int(np.argmax(1.0 - x - y))
        if distances[place] == 0.0:
            place, reason = -1, "The knee lies at distance 0: most points have equal neighbours."
    return Knee(
        distances=frozen(distances),
        shares=frozen(shares),
        place=place,
        eps=float(distances[place]) if place >= 0 else float("nan"),
        reason=reason,
    )
