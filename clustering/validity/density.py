r"""DBCV: whether clusters of any shape are denser inside than between.

The silhouette likes round clusters. This index asks for each cluster how sparse it is where it
is sparsest, how dense the way to the next cluster is where that is densest, and compares. A
point's *all-points core distance* is a mean of its distances to the other points of its cluster
that minds the near ones most,

.. math:: a(x) = \Bigl( \frac{1}{n_i - 1} \sum_{y \ne x} d(x, y)^{-m} \Bigr)^{-1/m}

in m dimensions, and two points reach each other at ``max(a(x), a(y), d(x, y))``. In the minimum
spanning tree of that, within each cluster, the *sparseness* S is the longest edge between two
points that are no ends of the tree; the *separation* D of two clusters is the shortest way from
one such point to another. A cluster is valid by

.. math:: V_i = \frac{\min_j D_{ij} - S_i}{\max(\min_j D_{ij}, S_i)} ,

from -1 to 1, and DBCV is the mean of these, each counted by the share of *all* points that the
cluster has: noise lowers it by as much as a cluster of validity 0 would.

The paper leaves three things open. Of ways that are equally long the tree takes the shorter
distance, so that the order of the rows does not matter; a cluster too small to have inner points
or edges takes all it has; a cluster of a single point has no density and counts as noise.

References
----------
D. Moulavi, P. A. Jaskowiak, R. Campello, A. Zimek, J. Sander, Density-based clustering
validation, SIAM International Conference on Data Mining 2014.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import Dataset, Floats, Integers
from clustering.progress import Report, Step, silent
from clustering.validity.distances import exponent
from clustering.validity.groups import Score, group

__all__ = ["dbcv"]

LIMIT = 20_000
BLOCK = 256


@dataclass(frozen=True, eq=False, slots=True)
class _Inside:
    """One cluster: its inner points, their core distances, and how sparse it is."""

    points: Floats
    core: Floats
    sparseness: float


def dbcv(
    dataset: Dataset, labels: ArrayLike, *, limit: int = LIMIT, report: Report = silent
) -> Score:
    """Compare how sparse clusters are inside with how dense it is between them.

    Parameters
    ----------
    dataset : Dataset
        n points; any metric that is symmetric; weights count as repeated points.
    labels : array_like of shape (n,), int
        Clusters in any numbering, -1 for noise, which counts as validity 0.
    limit : int
        Points beyond which the score is undefined: those of a sample lie less densely, so that
        its score would be another.
    report : callable
        Told after each cluster.

    Returns
    -------
    Score
        From -1 to 1, the higher the better; undefined for fewer than two clusters of two points
        or more.

    Raises
    ------
    ParameterError
        Where there are not n whole numbers.

    Notes
    -----
    O(n^2) distances, none of them kept.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [2.0], [10.0], [11.0], [12.0], [50.0]])
    >>> round(dbcv(data, [0, 0, 0, 1, 1, 1, -1]).value, 3)
    0.743
    """
    name = "DBCV"
    groups = group(labels, weights=dataset.weights, n=dataset.n, noise="singletons")
    big = np.flatnonzero(groups.sizes > 1.0)
    reason = ""
    if len(big) < 2:
        reason = "Fewer than two clusters have two points or more; it takes two to compare."
    elif dataset.n > limit:
        reason = (
            f"DBCV compares all pairs of points, too many for {dataset.n:,} points; take a "
            f"sample of {limit:,} or fewer."
        )
    if reason:
        return Score.undefined(name, reason, noise="singletons", n=dataset.n)
    points = np.ldexp(dataset.points, -exponent(dataset))
    weights = dataset.mass
    clusters = []
    for done, each in enumerate(big):
        rows = np.flatnonzero(groups.codes == each)
        clusters.append(_inside(dataset.metric.between, points[rows], weights[rows]))
        report(Step(done + 1, 2 * len(big), "density inside the clusters"))
    nearest = np.full(len(big), np.inf)
    for one, here in enumerate(clusters):
        for two in range(one):
            way = _separation(dataset.metric.between, here, clusters[two])
            nearest[[one, two]] = np.minimum(nearest[[one, two]], way)
        report(Step(len(big) + one + 1, 2 * len(big), "density between the clusters"))
    sparse = np.array([each.sparseness for each in clusters])
    larger = np.maximum(nearest, sparse)
    valid = (nearest - sparse) / np.where(larger > 0.0, larger, 1.0)
    value = float((groups.sizes[big] * valid).sum() / groups.weight)
    return Score.exact(name, value, noise="singletons", n=dataset.n)


def _inside(
    between: Callable[[Floats, Floats], Floats], points: Floats, weights: Floats
) -> _Inside:
    """Find the inner points of one cluster and its sparseness."""
    core = _core(between, points, weights)
    first, second, ways = _tree(between, points, core)
    # Of a point that stands for several, one hangs on the others by an edge of length 0.
    degree = np.bincount(np.concatenate([first, second]), minlength=len(points))
    inner = (degree + (weights > 1.0)) > 1
    inner = inner if inner.any() else np.ones(len(points), dtype=np.bool_)
    edges = inner[first] & inner[second]
    longest = ways[edges] if edges.any() else ways
    return _Inside(points[inner], core[inner], float(longest.max(initial=0.0)))


def _core(between: Callable[[Floats, Floats], Floats], points: Floats, weights: Floats) -> Floats:
    """Give the all-points core distances, by logarithms, since powers overflow."""
    n, power = points.shape
    core = np.empty(n)
    for first in range(0, n, BLOCK):
        rows = np.arange(first, min(first + BLOCK, n))
        apart = between(points[rows], points)
        own = (np.arange(len(rows)), rows)
        with np.errstate(divide="ignore"):
            logs = -power * np.log(apart)
        logs[own] = np.where(weights[rows] > 1.0, np.inf, -np.inf)
        high = logs.max(axis=1)
        touching = np.isinf(high)
        logs[touching], high[touching] = 0.0, 0.0
        total = np.log(np.exp(logs - high[:, None]) @ weights) + high
        mean = np.exp((np.log(weights.sum() - 1.0) - total) / power)
        core[rows] = np.where(touching, 0.0, mean)
    return core


def _tree(
    between: Callable[[Floats, Floats], Floats], points: Floats, core: Floats
) -> tuple[Integers, Integers, Floats]:
    """Grow the spanning tree of mutual reachability, of equal ways by the shorter distance."""
    n = len(points)
    first, second, ways = np.zeros(n - 1, int), np.zeros(n - 1, int), np.zeros(n - 1)
    outside = np.arange(1, n)
    best, length = np.full(n - 1, np.inf), np.full(n - 1, np.inf)
    source = np.zeros(n - 1, dtype=np.int64)
    newest = 0
    for step in range(n - 1):
        apart = between(points[[newest]], points[outside])[0]
        way = np.maximum(np.maximum(apart, core[newest]), core[outside])
        better = (way < best) | ((way == best) & (apart < length))
        best[better], length[better], source[better] = way[better], apart[better], newest
        level = np.flatnonzero(best == best.min())
        here = level[length[level].argmin()]
        first[step], second[step], ways[step] = source[here], outside[here], best[here]
        newest = outside[here]
        # The last one takes the place of the one that leaves.
        for array in (outside, best, length, source):
            array[here] = array[-1]
        outside, best, length, source = outside[:-1], best[:-1], length[:-1], source[:-1]
    return first, second, ways


def _separation(between: Callable[[Floats, Floats], Floats], one: _Inside, two: _Inside) -> float:
    """Give the shortest way between the inner points of two clusters."""
    least = np.inf
    for first in range(0, len(one.points), BLOCK):
        rows = slice(first, first + BLOCK)
        ways = np.maximum(between(one.points[rows], two.points), one.core[rows, None])
        least = min(least, float(np.maximum(ways, two.core).min()))
    return least
