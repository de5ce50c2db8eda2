"""How far two labelings agree: with the truth where it is known, or with each other.

None of these looks at the points, and none at the numbers that clusters have. Rand
counts pairs of points that both labelings treat alike; mutual information asks how
much one labeling tells of the other; accuracy is the share of points that are right
once each cluster has been given its best name. The first two are *adjusted*, so that
labels drawn by chance score 0 on average; NMI and accuracy are not, and grow with the
number of clusters.

Noise in either labeling is left out, or is one cluster, or is one cluster a point.

References
----------
L. Hubert, P. Arabie, Comparing partitions, Journal of Classification 2, 1985.

N. X. Vinh, J. Epps, J. Bailey, Information theoretic measures for clusterings
comparison, Journal of Machine Learning Research 11, 2010.

H. W. Kuhn, The Hungarian method for the assignment problem, Naval Research Logistics
Quarterly 2, 1955.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import (
    adjusted_mutual_info_score,
    adjusted_rand_score,
    normalized_mutual_info_score,
)
from sklearn.metrics.cluster import contingency_matrix

from clustering.dataset import Integers
from clustering.validity.groups import Noise, Score, group, integers

__all__ = [
    "Agreement",
    "adjusted_mutual_information",
    "adjusted_rand",
    "against",
    "match",
    "matched_accuracy",
    "normalized_mutual_information",
]


def adjusted_rand(truth: ArrayLike, labels: ArrayLike, *, noise: Noise = "exclude") -> Score:
    """Share of pairs treated alike, adjusted: 1 for equal partitions, 0 for chance.

    Parameters
    ----------
    truth, labels : array_like of shape (n,), int
        Two labelings in any numbering, -1 for noise; the order does not matter.
    noise : {"exclude", "cluster", "singletons"}
        Leave out points that are noise in either, or take noise as one cluster, or
        each noise point as a cluster of its own.

    Returns
    -------
    Score
        From -0.5 to 1; undefined where no point is left.

    Raises
    ------
    ParameterError
        Where the labelings differ in length or hold no whole numbers.

    Examples
    --------
    >>> adjusted_rand([0, 0, 1, 1], [5, 5, 3, 3]).value
    1.0
    """
    return _agreement("adjusted Rand", adjusted_rand_score, truth, labels, noise)


def adjusted_mutual_information(
    truth: ArrayLike, labels: ArrayLike, *, noise: Noise = "exclude"
) -> Score:
    """Mutual information over the mean of both entropies, adjusted for chance.

    Parameters
    ----------
    truth, labels, noise
        As for `adjusted_rand`.

    Returns
    -------
    Score
        Up to 1; about 0 for chance; undefined where no point is left.

    Raises
    ------
    ParameterError
        As `adjusted_rand` does.

    Examples
    --------
    >>> adjusted_mutual_information([0, 0, 1, 1], [1, 1, 0, 0]).value
    1.0
    """
    name = "adjusted mutual information"
    return _agreement(name, adjusted_mutual_info_score, truth, labels, noise)


def normalized_mutual_information(
    truth: ArrayLike, labels: ArrayLike, *, noise: Noise = "exclude"
) -> Score:
    """Mutual information over the mean of both entropies, not adjusted for chance.

    Parameters
    ----------
    truth, labels, noise
        As for `adjusted_rand`.

    Returns
    -------
    Score
        From 0 to 1; undefined where no point is left.

    Raises
    ------
    ParameterError
        As `adjusted_rand` does.

    Examples
    --------
    >>> normalized_mutual_information([0, 0, 1, 1], [0, 1, 0, 1]).value
    0.0
    """
    name = "normalized mutual information"
    return _agreement(name, normalized_mutual_info_score, truth, labels, noise)


def matched_accuracy(truth: ArrayLike, labels: ArrayLike, *, noise: Noise = "exclude") -> Score:
    """Share of points that are right under the best one-to-one naming of clusters.

    Parameters
    ----------
    truth, labels, noise
        As for `adjusted_rand`.

    Returns
    -------
    Score
        From 0 to 1; undefined where no point is left.

    Raises
    ------
    ParameterError
        As `adjusted_rand` does.

    Examples
    --------
    >>> matched_accuracy([0, 0, 0, 1], [1, 1, 0, 0]).value
    0.75
    """
    return _agreement("matched accuracy", _accuracy, truth, labels, noise)


@dataclass(frozen=True, eq=False, slots=True)
class Agreement:
    """How far two labelings agree, in three ways.

    Attributes
    ----------
    rand : Score
        Adjusted Rand index: pairs of points that both treat alike.
    mutual : Score
        Adjusted mutual information: how much one tells of the other.
    accuracy : Score
        Share of points that are right under the best naming of the clusters.
    """

    rand: Score
    mutual: Score
    accuracy: Score


def against(truth: ArrayLike, labels: ArrayLike, *, noise: Noise = "exclude") -> Agreement:
    """Compare labels with known groups in three ways at once.

    Parameters
    ----------
    truth, labels, noise
        As for `adjusted_rand`; -1 also for groups that are not known.

    Returns
    -------
    Agreement
        Scores under one noise policy; undefined where no point is left.

    Raises
    ------
    ParameterError
        As `adjusted_rand` does.

    Examples
    --------
    >>> found = against([0, 0, 0, 1, 1, -1], [1, 1, 0, 0, 0, 0])
    >>> round(found.rand.value, 3), found.accuracy.value, found.accuracy.n
    (0.167, 0.8, 5)
    """
    return Agreement(
        rand=adjusted_rand(truth, labels, noise=noise),
        mutual=adjusted_mutual_information(truth, labels, noise=noise),
        accuracy=matched_accuracy(truth, labels, noise=noise),
    )


def match(reference: ArrayLike, labels: ArrayLike) -> Integers:
    """Name the clusters of `labels` after those of `reference` that they share most with.

    Parameters
    ----------
    reference, labels : array_like of shape (n,), int
        Two labelings, -1 for noise.

    Returns
    -------
    ndarray of shape (max(labels) + 1,), int64
        ``mapping[c]`` is the number in `reference` of cluster c, one to one, so that
        as many points as possible keep their cluster. Clusters that are left over
        get new numbers after those of `reference`, in order. ``mapping[labels]`` names
        all points where there is no noise.

    Raises
    ------
    ParameterError
        Where the labelings differ in length or hold no whole numbers.

    Notes
    -----
    The Hungarian method on the table of shared points.

    Examples
    --------
    >>> match([0, 0, 1, 1, 1], [2, 2, 0, 0, 1]).tolist()
    [1, 2, 0]
    """
    old = integers(reference, np.size(reference))
    new = integers(labels, len(old))
    rows, columns = int(new.max(initial=-1)) + 1, int(old.max(initial=-1)) + 1
    shared = np.zeros((rows, columns), dtype=np.int64)
    both = (old >= 0) & (new >= 0)
    np.add.at(shared, (new[both], old[both]), 1)
    mine, theirs = linear_sum_assignment(shared, maximize=True)
    mapping = np.full(rows, -1, dtype=np.int64)
    mapping[mine] = theirs
    mapping[mapping < 0] = columns + np.arange(rows - len(mine))
    return mapping


def _accuracy(truth: Integers, labels: Integers) -> float:
    """Give the share of points on the best matching of the contingency table."""
    table = contingency_matrix(truth, labels)
    mine, theirs = linear_sum_assignment(table, maximize=True)
    return float(table[mine, theirs].sum() / len(truth))


def _agreement(
    name: str,
    index: Callable[[Integers, Integers], float],
    truth: ArrayLike,
    labels: ArrayLike,
    noise: Noise,
) -> Score:
    """Apply the noise policy to both sides, then the index."""
    n = int(np.size(truth))
    sides = [group(each, weights=None, n=n, noise=noise) for each in (truth, labels)]
    codes = [side.codes.copy() for side in sides]
    for side, code in zip(sides, codes, strict=True):
        code[side.singles] = side.k + np.arange(int(side.singles.sum()))
    kept = np.ones(n, dtype=bool)
    if noise == "exclude":
        kept = (sides[0].codes < sides[0].k) & (sides[1].codes < sides[1].k)
    judged = int(kept.sum())
    if judged == 0:
        return Score.undefined(name, "No point belongs to a cluster in both.", noise=noise, n=0)
    value = float(index(codes[0][kept], codes[1][kept]))
    return Score.exact(name, value, noise=noise, n=judged)
