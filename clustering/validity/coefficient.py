"""The silhouette: whether each point is nearer to its own cluster than to the next.

    s(i) = (b(i) - a(i)) / max(a(i), b(i))

with a(i) the mean distance to the other points of its cluster and b(i) the mean
distance to the points of the nearest other cluster. It runs from -1 (sits in the
wrong cluster) over 0 (on the border, or alone in its cluster) to 1. Its mean over
all points is the score of the labeling.

One sweep over the distances scores any number of labelings (`distances`); above a
limit a stratified sample is scored, with a band (`sampling`).

References
----------
P. J. Rousseeuw, Silhouettes: a graphical aid to the interpretation and validation
of cluster analysis, Journal of Computational and Applied Mathematics 20, 1987.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.progress import Report, silent
from clustering.validity.distances import Sums, sweep
from clustering.validity.groups import Groups, Noise, Score, group
from clustering.validity.sampling import Sample, draw, estimate, sample_size, usual_limit

__all__ = ["Apart", "apart", "silhouette", "silhouettes"]


def silhouettes(
    dataset: Dataset,
    labelings: Sequence[ArrayLike],
    *,
    noise: Noise = "exclude",
    per_point: bool = False,
    limit: int | None = None,
    seed: int = 0,
    report: Report = silent,
) -> tuple[Score, ...]:
    """Score many labelings of the same points in one pass over their distances.

    Parameters
    ----------
    dataset : Dataset
        n points; any metric that is symmetric; weights count as repeated points.
    labelings : sequence of array_like of shape (n,), int
        Clusters in any numbering, -1 for noise.
    noise : {"exclude", "cluster", "singletons"}
        What to do with noise: leave it out, judge it as one cluster, or count each
        noise point as a cluster of its own.
    per_point : bool
        Whether the scores carry the silhouette of each point.
    limit : int, optional
        Up to so many points the scores are exact; above, they are estimated from
        a stratified sample and carry a 95 % band. Left out, that is 50,000, and the
        sample of more points is as large as two billion distances allow.
    seed : int
        Fixes the sample.
    report : callable
        Is told how far the pass is.

    Returns
    -------
    tuple of Score
        One for each labeling, in order; undefined with a reason where there are
        fewer than two clusters or no cluster of two points.

    Raises
    ------
    ParameterError
        Where a labeling has not n whole numbers, or the policy is unknown.

    Notes
    -----
    Exact: n^2 distances, computed and added once, whatever the number of labelings,
    as long as these have clusters in common (see `clustering.validity.meet`).
    Sampled: about ``limit^2 / 2`` distances. Memory does not grow with n^2.
    The silhouettes of sampled points are exact, for their distances go to all points:
    the estimate of the mean is unbiased, and the band is that of drawing points.
    Equal to `sklearn.metrics.silhouette_samples` on precomputed distances up to
    rounding. From coordinates scikit-learn itself loses digits far from the origin,
    which this function does not. A point whose cluster weighs at most 1 scores 0.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [10.0], [11.0]])
    >>> [round(s.value, 4) for s in silhouettes(data, [[0, 0, 1, 1], [0, 0, 0, 1]])]
    [0.8997, 0.0263]
    >>> silhouettes(data, [[0, 0, 0, 0]])[0].reason
    'There is only one cluster; it takes two to compare.'
    """
    groups = [group(each, weights=dataset.weights, n=dataset.n, noise=noise) for each in labelings]
    todo = [i for i, each in enumerate(groups) if not each.reason]
    scores = [
        Score.undefined("silhouette", each.reason, noise=noise, n=each.judged) for each in groups
    ]
    if not todo:
        return tuple(scores)
    defined = [groups[i] for i in todo]
    limit = usual_limit(dataset.n) if limit is None else limit
    if dataset.n > limit:
        size = sample_size(dataset.n, limit)
        samples = draw(defined, weights=dataset.weights, size=size, seed=seed)
    else:
        samples = tuple(_everything(each) for each in defined)
    rows = np.flatnonzero(np.logical_or.reduce([each.chosen for each in samples]))
    found = sweep(
        dataset,
        defined,
        rows=rows,
        use=lambda sums: _values(sums, defined[sums.labeling]),
        report=report,
        message=f"silhouettes of {len(rows):,} points",
    )
    for i, each, sample, values in zip(todo, defined, samples, found, strict=True):
        whole = np.where(each.singles, 0.0, np.nan)
        whole[rows] = values
        scores[i] = _score(whole, each, sample, dataset.weights, per_point)
    return tuple(scores)


def silhouette(
    dataset: Dataset,
    labels: ArrayLike,
    *,
    noise: Noise = "exclude",
    per_point: bool = False,
    limit: int | None = None,
    seed: int = 0,
    report: Report = silent,
) -> Score:
    """Score one labeling: `silhouettes` of it alone, with the same parameters.

    Parameters
    ----------
    dataset : Dataset
        n points.
    labels : array_like of shape (n,), int
        Clusters in any numbering, -1 for noise.
    noise, per_point, limit, seed, report
        As for `silhouettes`.

    Returns
    -------
    Score
        Mean silhouette.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [10.0], [11.0], [99.0]])
    >>> found = silhouette(data, [0, 0, 1, 1, -1], per_point=True)
    >>> found.n, found.per_point.round(2).tolist()
    (4, [0.9, 0.89, 0.89, 0.9, nan])
    """
    return silhouettes(
        dataset,
        [labels],
        noise=noise,
        per_point=per_point,
        limit=limit,
        seed=seed,
        report=report,
    )[0]


def _values(sums: Sums, groups: Groups) -> Floats:
    """Turn a strip's sums of distances into silhouettes, shape (r,)."""
    found = apart(sums, groups)
    values = np.full(len(sums.rows), 0.0 if groups.alone else np.nan)
    values[found.member] = found.silhouettes
    return values


@dataclass(frozen=True, eq=False, slots=True)
class Apart:
    """How far the points of a strip are from their own cluster and from the next.

    Attributes
    ----------
    member : ndarray of shape (m,), int64
        Places within the strip of the points that lie in a cluster.
    own : ndarray of shape (m,)
        Mean distance to the other points of the cluster; 0 where there is none.
    other : ndarray of shape (m,)
        Mean distance to the points of the next cluster; inf where there is none.
    rival : ndarray of shape (m,), int64
        Code of the next cluster, noise points on their own not counted.
    silhouettes : ndarray of shape (m,)
        What follows from these; 0 where the point is alone.
    """

    member: Integers
    own: Floats
    other: Floats
    rival: Integers
    silhouettes: Floats


def apart(sums: Sums, groups: Groups) -> Apart:
    """Turn a strip's sums of distances into mean distances to two clusters."""
    codes = groups.codes[sums.rows]
    member = np.flatnonzero(codes < groups.k)
    own, everyone = codes[member], np.arange(len(member))
    totals = sums.totals[:, member]
    others = groups.sizes[own] - 1.0
    # A point alone in its cluster has no other; the 1 is a stand-in, its silhouette is 0.
    a = totals[own, everyone] / np.where(others > 0.0, others, 1.0)
    means = totals / groups.sizes[:, None]
    means[own, everyone] = np.inf
    rival = means.argmin(axis=0)
    b = means[rival, everyone]
    if sums.nearest is not None:
        b = np.minimum(b, sums.nearest[member])
    larger = np.maximum(a, b)
    with np.errstate(invalid="ignore"):  # without another cluster there is nothing to compare
        inside = np.where(others > 0.0, b - a, 0.0) / np.where(larger > 0.0, larger, 1.0)
    return Apart(member, a, b, rival, inside)


def _everything(groups: Groups) -> Sample:
    """Take every point that lies in a cluster."""
    inside = groups.codes < groups.k
    return Sample(inside, np.where(inside, 0, -1))


def _score(
    values: Floats, groups: Groups, sample: Sample, weights: Floats | None, per_point: bool
) -> Score:
    """Sum one labeling up."""
    inside = groups.codes < groups.k
    mean, half = estimate(values, sample, groups, weights)
    complete = int(sample.chosen.sum()) == int(inside.sum())
    return Score(
        name="silhouette",
        value=mean,
        reason="",
        noise=groups.noise,
        n=groups.judged,
        sampled=0 if complete else int(sample.chosen.sum()),
        low=mean if complete else max(mean - half, -1.0),
        high=mean if complete else min(mean + half, 1.0),
        per_point=frozen(values) if per_point else None,
    )
