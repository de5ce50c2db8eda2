"""What is judged: labels read under a noise policy, and the score that comes out.

A label of -1 says "this point belongs to no cluster", and no index of quality was
defined for such points. Three answers are in use, and they differ by a lot (two
moons under DBSCAN: silhouette 0.33, 0.21 or less), so the policy is always stated:

``"exclude"``
    Noise is left out, as if these points were not there. Flatters a method that
    throws away whatever is hard.
``"cluster"``
    All noise together is one more cluster. This is what scikit-learn does when it
    is given the raw labels, without saying so.
``"singletons"``
    Each noise point is a cluster of its own, of silhouette 0, and near clusters
    see it as a neighbour. Punishes noise by its amount.

Weights are repetition: a point of weight 3 counts as three equal points would.
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clustering.dataset import Floats, Integers
from clustering.errors import ParameterError

__all__ = ["Groups", "Noise", "Score", "group", "integers"]

Noise = Literal["exclude", "cluster", "singletons"]
"""What happens to points labelled -1."""


@dataclass(frozen=True, eq=False, slots=True)
class Score:
    """One number about an answer, and all that must be said beside it.

    Attributes
    ----------
    name : str
        The index, e.g. ``"silhouette"``.
    value : float
        Its value, NaN where it is undefined.
    reason : str
        Why it is undefined, in one sentence; empty where it is defined.
    noise : {"exclude", "cluster", "singletons"}
        What was done with noise.
    n : int
        How many points were judged.
    sampled : int
        How many of them were looked at; 0 where all were, and `value` is exact.
    low, high : float
        Band that holds the exact value in 95 of 100 samples; both equal `value`
        where it is exact.
    per_point : ndarray of shape (n_points,), float64, or None
        The index of each point where it was asked for; NaN for noise left out
        and for points not looked at.
    """

    name: str
    value: float
    reason: str
    noise: Noise
    n: int
    sampled: int
    low: float
    high: float
    per_point: Floats | None = None

    @classmethod
    def exact(cls, name: str, value: float, *, noise: Noise, n: int) -> "Score":
        """Make a score that needs no band."""
        return cls(name, value, "", noise, n, 0, value, value)

    @classmethod
    def undefined(cls, name: str, reason: str, *, noise: Noise, n: int) -> "Score":
        """Make a score that has no value, and say why."""
        nan = float("nan")
        return cls(name, nan, reason, noise, n, 0, nan, nan)

    @property
    def defined(self) -> bool:
        """True where there is a value."""
        return not self.reason


@dataclass(frozen=True, eq=False, slots=True)
class Groups:
    """Labels as an index reads them: clusters 0 ... k-1, and points outside them.

    Attributes
    ----------
    codes : ndarray of shape (n,), int64
        Cluster of each point, by ascending label; k for noise outside clusters.
    k : int
        Number of clusters, single noise points not counted.
    sizes : ndarray of shape (k,), float64
        Total weight of each cluster, that is, its number of repeated points.
    noise : {"exclude", "cluster", "singletons"}
        The policy.
    judged : int
        Number of points that are judged.
    alone : float
        Total weight of noise points that are clusters of their own.
    """

    codes: Integers
    k: int
    sizes: Floats
    noise: Noise
    judged: int
    alone: float

    @property
    def singles(self) -> NDArray[np.bool_]:
        """Points that are clusters of their own, shape (n,)."""
        return np.asarray((self.codes == self.k) & (self.noise == "singletons"))

    @property
    def weight(self) -> float:
        """Total weight of the points that are judged."""
        return float(self.sizes.sum()) + self.alone

    @property
    def reason(self) -> str:
        """Why no index is defined for these groups; empty where all are."""
        if self.judged == 0:
            return "Every point is noise, and noise is left out."
        if self.k == 0 or (self.sizes <= 1.0).all():
            return "Every point is a cluster of its own, so no cluster has an inside."
        if self.k + self.alone < 2.0:
            return "There is only one cluster; it takes two to compare."
        return ""


def integers(labels: ArrayLike, n: int) -> Integers:
    """Give labels as integers of shape (n,), or say why they are none.

    Raises
    ------
    ParameterError
        Where there are not n labels or some are no whole numbers.
    """
    found = np.asarray(labels)
    if found.ndim != 1 or len(found) != n:
        raise ParameterError(f"{n} points need {n} labels, not an array of shape {found.shape}.")
    if found.dtype.kind not in "iub":
        raise ParameterError("Labels are whole numbers from 0, with -1 for noise.")
    return found.astype(np.int64)


def group(labels: ArrayLike, *, weights: Floats | None, n: int, noise: Noise) -> Groups:
    """Read labels under a noise policy.

    Parameters
    ----------
    labels : array_like of shape (n,), int
        Clusters in any numbering; below 0 means noise.
    weights : ndarray of shape (n,), or None
        How many equal points each stands for.
    n : int
        Number of points.
    noise : {"exclude", "cluster", "singletons"}
        The policy.

    Returns
    -------
    Groups
        Clusters numbered from 0 without gaps.

    Raises
    ------
    ParameterError
        Where labels or policy make no sense.

    Examples
    --------
    >>> found = group([7, 7, -1, 9], weights=None, n=4, noise="exclude")
    >>> found.codes.tolist(), found.k, found.judged
    ([0, 0, 2, 1], 2, 3)
    """
    if noise not in get_args(Noise):
        raise ParameterError(
            f"Noise can be {', '.join(get_args(Noise))}; {noise!r} is none of these."
        )
    raw = np.maximum(integers(labels, n), -1)
    outside = np.zeros(n, dtype=bool) if noise == "cluster" else raw < 0
    inside = renumbered(raw[~outside])
    k = int(inside.max(initial=-1)) + 1
    codes = np.full(n, k, dtype=np.int64)
    codes[~outside] = inside
    sizes = np.bincount(codes, weights=weights, minlength=k + 1).astype(np.float64)
    return Groups(
        codes=codes,
        k=k,
        sizes=sizes[:k],
        noise=noise,
        judged=n - int(outside.sum()) if noise == "exclude" else n,
        alone=float(sizes[k]) if noise == "singletons" else 0.0,
    )


def renumbered(numbers: Integers) -> Integers:
    """Give the different values of `numbers` the numbers from 0, in their order, without gaps.

    Examples
    --------
    >>> renumbered(np.array([7, -1, 7, 9])).tolist()
    [1, 0, 1, 2]
    """
    low = int(numbers.min(initial=0))
    width = int(numbers.max(initial=0)) - low + 1
    if width > 2 * len(numbers) + 1000:
        found: Integers = np.unique(numbers, return_inverse=True)[1]
        return found
    # A table of all values in between is several times faster than sorting.
    present = np.zeros(width, dtype=np.int64)
    present[numbers - low] = 1
    return (np.cumsum(present) - 1)[numbers - low]
