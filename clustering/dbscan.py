r"""DBSCAN: clusters are where points are dense, for every epsilon at once.

A point is *core* where at least `min_samples` points, itself included, lie within eps of it.
Core points within eps of one another are of one cluster. A point that is not core but lies
within eps of one is a *border* point of its cluster; all others are *noise*.

scikit-learn computes this for one eps. Here it is computed for all: each point has a distance
from which on it is core, each pair of core points one from which on they reach each other, and
of these pairs only the edges of a minimum spanning tree matter (`clustering.spanning`). As eps
grows, points become core and edges join them:

.. math:: \text{clusters}(\varepsilon) = \#\{\text{core} \le \varepsilon\}
          - \#\{\text{edges} \le \varepsilon\} .

Where a border point lies within eps of core points of several clusters, it belongs to the one
that was found first, which is the one whose first core point stands first in the data; that is
how scikit-learn's labels come about, and so these are equal to them, numbers and all. (At an
eps that *is* a distance between two points, to the last digit, scikit-learn's own algorithms
disagree with one another; here such points are within eps.)

References
----------
M. Ester, H.-P. Kriegel, J. Sander, X. Xu, A density-based algorithm for discovering clusters in
large spatial databases with noise, KDD 1996. E. Schubert et al., DBSCAN revisited, revisited,
ACM TODS 42, 2017.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from clustering import tree as trees
from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.kmeans_checks import is_whole, shown
from clustering.metrics import paired
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step, silent
from clustering.spanning import Places, has_fast_path, neighbourhood, spanning

__all__ = ["EpsilonAxis", "Within", "axis", "fit"]

MOST = 20_000
"""Points up to which distances without a fast path are computed, each with each other."""
DOMINANT = 0.9
"""Share of the points in one cluster from which the others are crumbs."""
NOBODY = np.iinfo(np.int32).max
BLOCK = 256
SLACK = 1e-9


@dataclass(frozen=True, eq=False, slots=True)
class Within:
    """The rule for new points: the first cluster with a core point within eps, or noise.

    Attributes
    ----------
    dataset : Dataset
        The core points alone.
    labels : ndarray of shape (m,), int32
        Cluster of each.
    eps : float
        How near is near.
    """

    dataset: Dataset
    labels: Labels
    eps: float

    def __call__(self, points: Floats) -> Labels:
        """Give the labels of `points` (m, d), shape (m,)."""
        found = np.full(len(points), NOBODY, dtype=np.int32)
        if self.dataset.metric.is_euclidean:
            tree = cKDTree(self.dataset.points)
            for first in range(0, len(points), BLOCK):
                block = points[first : first + BLOCK]
                near = tree.query_ball_point(block, self.eps * (1 + SLACK))
                new = np.repeat(np.arange(len(block)), [len(each) for each in near])
                old = np.fromiter((i for each in near for i in each), np.int64)
                inside = paired(self.dataset, block[new], self.dataset.points[old]) <= self.eps
                np.minimum.at(found, first + new[inside], self.labels[old[inside]])
        else:
            for first in range(0, len(points), BLOCK):
                apart = self.dataset.metric.between(
                    points[first : first + BLOCK], self.dataset.points
                )
                named = np.where(apart <= self.eps, self.labels, NOBODY)
                found[first : first + BLOCK] = named.min(axis=1)
        found[found == NOBODY] = -1
        return found


@dataclass(frozen=True, eq=False, slots=True)
class EpsilonAxis:
    """What DBSCAN says at every epsilon, from one structure.

    Attributes
    ----------
    parameter : str
        ``"eps"``.
    values : ndarray of shape (m,)
        Every epsilon at which anything changes, ascending; the first one stands for all below.
    curves : mapping of str to ndarray of shape (m,)
        From each value to the next: ``clusters``, ``noise`` and ``core`` (points), ``largest``
        (share of all points that are core points of the largest cluster).
    notes : mapping of str to str
        What must be said beside a curve.
    dataset : Dataset
        The points.
    min_samples : int
        How many points, itself included, make a point core.
    tree : MergeTree
        Of the points, joined along the spanning tree of mutual reachability.
    core : ndarray of shape (n,)
        From which epsilon on each point is core.
    touch : ndarray of shape (n,)
        From which epsilon on it lies within reach of another core point.
    places, distances : ndarray of shape (n, m)
        Neighbours of each point and how far they are, the nearest first.
    """

    parameter: str
    values: Floats
    curves: Mapping[str, Floats]
    notes: Mapping[str, str]
    dataset: Dataset
    min_samples: int
    tree: trees.MergeTree
    core: Floats
    touch: Floats
    places: Places
    distances: Floats

    def count(self, eps: float) -> dict[str, float]:
        """Give every curve at any epsilon, by bisection."""
        here = max(int(np.searchsorted(self.values, eps, side="right")) - 1, 0)
        return {name: float(curve[here]) for name, curve in self.curves.items()}

    @property
    def plateaus(self) -> tuple[tuple[float, float], ...]:
        """Ranges (low, high) over which the number of clusters stays the same, widest first.

        Only where there is something to say: two clusters or more, at most half of the points
        noise, and less than nine tenths of them in one cluster. Where nothing is like this, the
        last condition is dropped, then the other.
        """
        half = self.curves["noise"] <= 0.5 * self.dataset.n
        for allowed in (half & (self.curves["largest"] < DOMINANT), half, True):
            found = trees.plateaus(self.values, self.curves["clusters"], allowed=allowed)
            if found:
                return found
        return ()

    def at(self, value: float) -> Partition:
        """Give the clusters at an epsilon, as scikit-learn's DBSCAN numbers them.

        Parameters
        ----------
        value : float
            Any positive distance.

        Returns
        -------
        Partition
            With ``core``, and the facts ``border`` and ``noise`` (points).

        Raises
        ------
        ParameterError
            Where `value` is no positive number.

        Notes
        -----
        O(n + c log c) for c clusters, whatever epsilon is.
        """
        if not (isinstance(value, (int, float, np.number)) and 0 < value < np.inf):
            raise ParameterError(f"eps = {shown(value)}; choose a positive distance.")
        eps = float(value)
        tree, core = self.tree, self.core <= eps
        run = tree.runs(int(tree.merges(eps)))
        starts = np.flatnonzero(np.diff(run, prepend=-1))
        first = np.minimum.reduceat(tree.order, starts)
        dense = np.flatnonzero(core[first])  # what is not core is a run of its own
        name = np.full(len(starts), -1, dtype=np.int32)
        name[dense] = trees.numbered(first[dense])
        labels = np.empty(len(core), dtype=np.int32)
        labels[tree.order] = name[run]
        border = np.flatnonzero(~core & (self.touch <= eps))
        beside = self.places[border]
        near = (self.distances[border] <= eps) & core[beside]
        labels[border] = np.where(near, labels[beside], NOBODY).min(axis=1, initial=NOBODY)
        return Partition(
            labels=labels,
            rows=self.dataset.rows,
            method="dbscan",
            parameters={"eps": eps, "min_samples": self.min_samples},
            facts={
                "border": float(len(border)),
                "noise": float(len(core) - core.sum() - len(border)),
            },
            core=core,
            assigner=_Rule(self.dataset, labels, core, eps),
        )


@dataclass(frozen=True, eq=False, slots=True)
class _Rule:
    """The rule for new points, put together only when somebody asks."""

    dataset: Dataset
    labels: Labels
    core: NDArray[np.bool_]
    eps: float

    def __call__(self, points: Floats) -> Labels:
        """Give the labels of `points` (m, d), shape (m,)."""
        if not self.core.any():
            return np.full(len(points), -1, dtype=np.int32)
        dense = Dataset.from_points(self.dataset.points[self.core], metric=self.dataset.metric)
        return Within(dense, self.labels[self.core], self.eps)(points)


def axis(dataset: Dataset, *, min_samples: int = 5, report: Report = silent) -> EpsilonAxis:
    """Find out what DBSCAN says at every epsilon.

    Parameters
    ----------
    dataset : Dataset
        Any metric; without weights, or with weights of at least 1, which count as so many
        equal points. Beyond 20,000 points only straight lines and kilometres along the globe.
    min_samples : int
        How many points within epsilon, itself included, make a point core.
    report : callable
        Told while neighbours are looked for and after each round of the spanning tree.

    Returns
    -------
    EpsilonAxis
        Answers any epsilon.

    Raises
    ------
    ParameterError
        Where `min_samples` is no whole number from 1 to the number of points.
    UnsupportedError
        Where the points are too many for their metric, or weights are below 1.
    DataError
        Where values are too large to be squared.

    Notes
    -----
    O(n log n) time for few columns and O(n min_samples) memory; O(n^2) time where distances
    cannot be looked up in a tree.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [2.0], [9.0], [9.5], [30.0]])
    >>> answers = axis(data, min_samples=2)
    >>> answers.values.tolist(), answers.curves["clusters"].tolist()
    ([0.25, 0.5, 1.0, 7.0, 20.5], [0.0, 1.0, 2.0, 1.0, 1.0])
    >>> answers.at(1.0).labels.tolist()
    [0, 0, 0, 1, 1, -1]
    """
    _check(dataset, min_samples)

    def part(first: int, last: int) -> Report:
        return lambda step: report(
            Step(round(10 * (first + (last - first) * step.share)), 1000, step.message)
        )

    report(Step(0, 1000, "neighbours"))
    near = neighbourhood(dataset, int(min_samples), report=part(0, 40))
    edges = spanning(dataset, near, report=part(40, 90))
    report(Step(900, 1000, "merge tree"))
    tree = trees.grow(_merges(edges.first, edges.second), edges.weights)
    beside = near.core[near.places]
    others = near.places != np.arange(dataset.n)[:, None]
    ways = np.where(others, np.maximum(near.distances, beside), np.inf)
    touch: Floats = ways.min(axis=1, initial=np.inf)
    values, curves = _curves(near.core, touch, tree)
    return EpsilonAxis(
        parameter="eps",
        values=frozen(values),
        curves={name: frozen(curve, np.float64) for name, curve in curves.items()},
        notes={},
        dataset=dataset,
        min_samples=int(min_samples),
        tree=tree,
        core=near.core,
        touch=frozen(touch),
        places=near.places,
        distances=near.distances,
    )


def fit(dataset: Dataset, *, eps: float, min_samples: int = 5) -> Partition:
    """Give the clusters at one epsilon.

    Parameters
    ----------
    dataset, min_samples
        As for `axis`.
    eps : float
        How near is near, in the unit of the metric.

    Returns
    -------
    Partition
        As `EpsilonAxis.at` gives it.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `axis` and `EpsilonAxis.at` do.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [2.0], [9.0]])
    >>> fit(data, eps=1.0, min_samples=3).labels.tolist()
    [0, 0, 0, -1]
    """
    return axis(dataset, min_samples=min_samples).at(eps)


def _merges(first: Places, second: Places) -> Integers:
    """Give the merges that edges make, each joining the parts at its two ends."""
    n = len(first) + 1
    above = list(range(2 * n - 1))
    merges = np.empty((n - 1, 2), dtype=np.int64)
    for merge, ends in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        for side, node in enumerate(ends):
            while above[node] != node:
                above[node] = above[above[node]]
                node = above[node]
            merges[merge, side] = node
            above[node] = n + merge
    return merges


def _curves(core: Floats, touch: Floats, tree: trees.MergeTree) -> tuple[Floats, dict[str, Floats]]:
    """Count everything at every epsilon at which it changes."""
    reached = np.sort(np.minimum(core, touch))
    dense, edges = np.sort(core), tree.levels
    values = np.unique(np.concatenate([reached, dense, edges]))
    values = values[(values > 0) & np.isfinite(values)]
    # Below the first change all is as it is with points that are equal.
    values = np.concatenate([values[:1] / 2, values]) if len(values) else np.ones(1)

    def up_to(events: Floats) -> Integers:
        return np.searchsorted(events, values, side="right")

    cores, joined = up_to(dense), up_to(edges)
    biggest = np.concatenate([[0], np.maximum.accumulate(tree.sizes)])[joined]
    return values, {
        "clusters": (cores - joined).astype(np.float64),
        "noise": (len(core) - up_to(reached)).astype(np.float64),
        "core": cores.astype(np.float64),
        "largest": np.maximum(biggest, cores > 0) / len(core),
    }


def _check(dataset: Dataset, min_samples: object) -> None:
    """Raise where the data or the parameter is none for DBSCAN."""
    if not is_whole(min_samples) or int(min_samples) < 1:  # type: ignore[call-overload]
        raise ParameterError(f"min_samples = {shown(min_samples)}; choose a whole number from 1.")
    total = dataset.n if dataset.weights is None else dataset.weights.sum()
    if total < int(min_samples):  # type: ignore[call-overload]
        raise ParameterError(
            f"There are {total:,.0f} points, fewer than min_samples = {min_samples}: no point "
            "could ever be core. Choose a smaller min_samples."
        )
    if dataset.weights is not None and dataset.weights.min() < 1:
        raise UnsupportedError(
            f"DBSCAN counts points, and the smallest weight is {dataset.weights.min():.3g}; "
            "multiply the weights so that none is below 1, or leave them out."
        )
    if not has_fast_path(dataset) and dataset.n > MOST:
        raise UnsupportedError(
            f"{dataset.metric.name.capitalize()} distances have to be computed each with each "
            f"other, which takes too long for {dataset.n:,} points; take a sample of {MOST:,} or "
            "fewer on the Data page, or choose euclidean distances."
        )
    if dataset.metric.is_euclidean and np.abs(dataset.points).max() > 1e150:
        raise DataError(
            f"The largest value is {np.abs(dataset.points).max():.3g}, and its square is beyond "
            "what a computer can add; divide the column or scale it."
        )
