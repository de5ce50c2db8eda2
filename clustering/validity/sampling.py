"""A stratified sample that serves many labelings at once, and its band.

The silhouette of one point takes its distances to *all* n points. Above some size
that is affordable for a sample of the points only. The mean over a sample is an
unbiased estimate of the mean over all, provided that

* the silhouette of each point in the sample is exact: distances go to all points,
  not to the other sampled ones. (Within the sample alone, as scikit-learn's
  ``sample_size`` does it, the smallest of several noisy means is too small on
  average, and the score is biased.)
* no cluster drops out: the sample is drawn cluster by cluster.

But the clusters differ from labeling to labeling, and a sample for each would cost
as many passes. So all points are put in one random order. A labeling takes the
first m points of that order and, in clusters of which these hold fewer than 30,
further points of the cluster in the same order until there are 30 or no more.
Given how many that are, they are a simple random sample of the cluster: the order
within a cluster does not depend on where in the whole order its points stand. The
pass runs over the union of what the labelings take, little more than m points.

With N_h points in stratum h, of which n_h are drawn with mean y_h and variance
v_h, the mean over all N points and the variance of its estimate are

    y = sum of (N_h / N) y_h,    V = sum of (N_h / N)^2 (1 - n_h / N_h) v_h / n_h,

and the band is y -+ 1.96 sqrt(V). Weighted points enter as w s; heavy ones, which
stand for more than one m-th of everything, are all taken.

References
----------
W. G. Cochran, Sampling Techniques, 3rd edition, Wiley 1977, chapters 5 and 5A.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clustering.dataset import Floats, Integers
from clustering.validity.groups import Groups

__all__ = ["Sample", "draw", "estimate", "sample_size", "usual_limit"]

EXACT, DISTANCES = 50_000, 2_000_000_000
"""Points up to which silhouettes are exact, and distances that can be waited for beyond."""
LEAST = 30
"""Points taken from each cluster, or all where it has no more."""
NORMAL = 1.959963984540054
"""Half the width of 95 % of a normal distribution, in standard deviations."""


@dataclass(frozen=True, eq=False, slots=True)
class Sample:
    """The points that one labeling takes.

    Attributes
    ----------
    chosen : ndarray of shape (n,), bool
        Which points are taken.
    strata : ndarray of shape (n,), int64
        Stratum of each point, from 0; -1 where the silhouette need not be looked
        at: noise left out, and noise points alone, which score 0.
    """

    chosen: NDArray[np.bool_]
    strata: Integers


def usual_limit(n: int) -> int:
    """Give the limit that is used where none is named.

    Up to 50,000 points silhouettes are exact. Of more, as many are looked at as two
    billion distances allow.

    Examples
    --------
    >>> usual_limit(50_000), usual_limit(100_000), usual_limit(1_000_000)
    (50000, 20000, 2000)
    """
    return EXACT if n <= EXACT else int(np.clip(DISTANCES // n, 2_000, 20_000))


def sample_size(n: int, limit: int) -> int:
    """Give m such that m n distances cost about half of what `limit` points cost.

    At least 2,000 points, or half of a smaller `limit`: fewer say too little.

    Examples
    --------
    >>> sample_size(200_000, 50_000), sample_size(1_000_000, 50_000)
    (6250, 2000)
    """
    return min(n, max(limit * limit // (2 * n), min(2_000, limit // 2), 1))


def draw(
    groups: Sequence[Groups], *, weights: Floats | None, size: int, seed: int
) -> tuple[Sample, ...]:
    """Draw one sample for each labeling, all from the same random order.

    Parameters
    ----------
    groups : sequence of Groups
        The labelings.
    weights : ndarray of shape (n,), or None
        How many equal points each stands for.
    size : int
        m, the number of points that all labelings share.
    seed : int
        Fixes the order.

    Returns
    -------
    tuple of Sample
        One for each labeling.
    """
    n = len(groups[0].codes)
    rank = np.random.default_rng(seed).permutation(n)
    line = np.empty(n, dtype=np.int64)  # the points in this order
    line[rank] = np.arange(n)
    heavy = np.zeros(n, dtype=bool)
    if weights is not None:
        heavy = weights * size > weights.sum()
    samples = []
    for each in groups:
        strata = np.where(each.codes < each.k, 2 * each.codes + heavy, -1)
        # Numbers of 16 bits are sorted several times faster, and few labelings need more.
        short = np.int16 if 2 * each.k + 1 < 1 << 15 else np.int64
        lined = strata[line].astype(short)
        order = np.argsort(lined, kind="stable")
        sizes = np.bincount(strata + 1)
        place = np.empty(n, dtype=np.int64)
        place[line[order]] = np.arange(n) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        chosen = (rank < size) | (place < LEAST) | heavy
        samples.append(Sample(chosen & (strata >= 0), strata))
    return tuple(samples)


def estimate(
    values: Floats, sample: Sample, groups: Groups, weights: Floats | None
) -> tuple[float, float]:
    """Estimate the mean over all judged points from those in the sample.

    Parameters
    ----------
    values : ndarray of shape (n,)
        Silhouettes; read only where the sample has chosen.
    sample : Sample
        What was drawn for this labeling.
    groups : Groups
        The labeling.
    weights : ndarray of shape (n,), or None
        How many equal points each stands for.

    Returns
    -------
    tuple of float
        The mean, and half the width of its 95 % band.
    """
    inside = sample.strata >= 0
    strata = sample.strata[sample.chosen]
    y = values[sample.chosen]
    if weights is not None:
        y = y * weights[sample.chosen]
    size = np.bincount(sample.strata[inside])
    taken = np.maximum(np.bincount(strata, minlength=len(size)), 1)
    mean = np.bincount(strata, weights=y, minlength=len(size)) / taken
    square = np.bincount(strata, weights=(y - mean[strata]) ** 2, minlength=len(size))
    variance = square / np.maximum(taken - 1, 1)
    left = np.maximum(size - taken, 0)
    spread = np.sqrt((left * size * variance / taken).sum())
    return float((size * mean).sum() / groups.weight), float(NORMAL * spread / groups.weight)
