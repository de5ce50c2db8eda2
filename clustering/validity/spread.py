"""Two indices of spread: Calinski-Harabasz and Davies-Bouldin.

Both compare how far clusters lie apart with how wide they are, by their means. So
they need coordinates that can be averaged, they cost one look at each point, and
they like round clusters of one size more than the silhouette does.

References
----------
T. Calinski, J. Harabasz, A dendrite method for cluster analysis, Communications in
Statistics 3, 1974.

D. L. Davies, D. W. Bouldin, A cluster separation measure, IEEE Transactions on
Pattern Analysis and Machine Intelligence 1, 1979.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.spatial.distance import cdist

from clustering.dataset import Dataset, Floats
from clustering.validity.groups import Groups, Noise, Score, group

__all__ = ["Means", "calinski_harabasz", "davies_bouldin", "means_of"]

EPS = float(np.finfo(np.float64).eps)
BLOCK = 4096
"""Single noise points that are held against all clusters at a time."""


def calinski_harabasz(dataset: Dataset, labels: ArrayLike, *, noise: Noise = "exclude") -> Score:
    """Spread of the cluster means over the spread within; larger is better.

    ``(B / (k - 1)) / (W / (n - k))`` with W the sum of squared distances of the points
    to the mean of their cluster, and B that of these means to the mean of all.

    Parameters
    ----------
    dataset : Dataset
        n points in coordinates; weights count as repeated points.
    labels : array_like of shape (n,), int
        Clusters in any numbering, -1 for noise.
    noise : {"exclude", "cluster", "singletons"}
        What to do with noise.

    Returns
    -------
    Score
        From 0 up; undefined where the metric is not euclidean, for fewer than two
        clusters, and where all points sit on the mean of their cluster.

    Raises
    ------
    ParameterError
        Where there are not n whole numbers, or the policy is unknown.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [10.0], [11.0]])
    >>> calinski_harabasz(data, [0, 0, 1, 1]).value
    200.0
    """
    name = "Calinski-Harabasz"
    found = means_of(dataset, labels, noise)
    groups, reason = found.groups, found.reason
    within = float(found.squares.sum())
    if not reason and within == 0.0:
        reason = "All points of a cluster are equal, so there is no spread within to compare with."
    if reason:
        return Score.undefined(name, reason, noise=noise, n=groups.judged)
    weights = np.concatenate([groups.sizes, found.singles_weights])
    places = np.concatenate([found.means, found.singles])
    middle = np.average(places, axis=0, weights=weights)
    between = float((weights * ((places - middle) ** 2).sum(axis=1)).sum())
    k = groups.k + groups.alone
    value = (between / (k - 1.0)) / (within / (groups.weight - k))
    return Score.exact(name, value, noise=noise, n=groups.judged)


def davies_bouldin(dataset: Dataset, labels: ArrayLike, *, noise: Noise = "exclude") -> Score:
    """How much each cluster resembles the one most like it, on average; smaller is better.

    Two clusters resemble each other by ``(s_i + s_j) / d_ij``, with s the mean distance
    of the points to the mean of their cluster and d the distance of the means.

    Parameters
    ----------
    dataset, labels, noise
        As for `calinski_harabasz`.

    Returns
    -------
    Score
        From 0 up; undefined where the metric is not euclidean, for fewer than two
        clusters, and where two clusters have the same mean.

    Raises
    ------
    ParameterError
        As `calinski_harabasz` does.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [10.0], [11.0]])
    >>> davies_bouldin(data, [0, 0, 1, 1]).value
    0.1
    """
    name = "Davies-Bouldin"
    found = means_of(dataset, labels, noise)
    groups = found.groups
    if found.reason:
        return Score.undefined(name, found.reason, noise=noise, n=groups.judged)
    s = found.widths
    worst = np.zeros(groups.k)
    for i in range(groups.k):
        d = cdist(found.means[i : i + 1], found.means)[0]
        d[i] = np.inf
        worst[i] = _ratio(s[i] + s, d).max()
    total = 0.0
    for start in range(0, len(found.singles), BLOCK):
        part = slice(start, start + BLOCK)
        likeness = _ratio(s, cdist(found.singles[part], found.means))
        worst = np.maximum(worst, likeness.max(axis=0))
        total += float((found.singles_weights[part] * likeness.max(axis=1)).sum())
    value = float(worst.sum() + total) / (groups.k + groups.alone)
    if not np.isfinite(value):
        reason = "Two clusters have the same mean, so their distance of 0 would divide."
        return Score.undefined(name, reason, noise=noise, n=groups.judged)
    return Score.exact(name, value, noise=noise, n=groups.judged)


@dataclass(frozen=True, eq=False, slots=True)
class Means:
    """Means of the clusters, how wide these are, and the noise points on their own.

    Attributes
    ----------
    groups : Groups
        The labels under the noise policy.
    reason : str
        Why indices of spread are undefined; empty where they are defined.
    means : ndarray of shape (k, d)
        Means of the clusters, measured from the middle of all points.
    squares, widths : ndarray of shape (k,)
        Sum of squared distances of the points to the mean, and their mean distance.
    singles, singles_weights : ndarray of shape (s, d) and (s,)
        Noise points that are clusters of their own, and their weights.
    """

    groups: Groups
    reason: str
    means: Floats
    squares: Floats
    widths: Floats
    singles: Floats
    singles_weights: Floats


def means_of(dataset: Dataset, labels: ArrayLike, noise: Noise) -> Means:
    """Average the points of each cluster, around the middle of all for the digits' sake."""
    groups = group(labels, weights=dataset.weights, n=dataset.n, noise=noise)
    reason = groups.reason
    if not dataset.metric.is_euclidean:
        reason = (
            f"Means of points make no sense for {dataset.metric.name} distances; "
            "use the silhouette."
        )
    weights = dataset.mass
    points = dataset.points - dataset.points.mean(axis=0)
    inside, alone = groups.codes < groups.k, groups.singles
    codes, w, x = groups.codes[inside], weights[inside], points[inside]
    sums = np.stack(
        [np.bincount(codes, weights=w * column, minlength=groups.k) for column in x.T], axis=1
    )
    means = sums / groups.sizes[:, None]
    away = ((x - means[codes]) ** 2).sum(axis=1)
    # The mean of equal points is off them by rounding, which is no spread.
    away[away <= x.shape[1] * (8.0 * EPS * np.abs(x).max(initial=0.0)) ** 2] = 0.0
    squares = np.bincount(codes, weights=w * away, minlength=groups.k).astype(np.float64)
    widths = np.bincount(codes, weights=w * np.sqrt(away), minlength=groups.k) / groups.sizes
    return Means(groups, reason, means, squares, widths, points[alone], weights[alone])


def _ratio(width: Floats, distance: Floats) -> Floats:
    """Divide, with 0 / 0 = 0: two equal points that are clusters of their own are no matter."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(width > 0.0, width / distance, 0.0)
