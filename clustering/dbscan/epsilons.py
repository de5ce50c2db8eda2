"""What DBSCAN says at every epsilon: the axis, and how it is made.

What changes as epsilon grows are three sorted lists: from where on points are core, from where
on they lie within reach of a core point, and from where on edges of the spanning tree join
(`Events`). Every curve is a count in one of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from clustering.checks import is_finite, is_whole, shown
from clustering.data.steps.distances import great_circle
from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.dbscan.border import Within
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.geometry.metrics import METRICS
from clustering.geometry.neighbourhood import Neighbourhood, Places, has_fast_path, neighbourhood
from clustering.partition import Partition
from clustering.progress import Report, Step, silent
from clustering.trees import merge_tree as trees
from clustering.trees.spanning import merges, spanning
from clustering.words import count

__all__ = ["EpsilonAxis", "Events", "axis", "check", "events", "grown", "is_count", "widest"]

MOST = 20_000
"""Points up to which distances without a fast path are computed, each with each other."""
DOMINANT = 0.9
"""Share of the points in one cluster from which the others are crumbs."""
NOBODY = np.iinfo(np.int32).max


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
        return widest(self.values, self.curves)

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
        if not (is_finite(value) and not isinstance(value, bool) and value > 0):
            raise ParameterError(f"eps = {shown(value)}; choose a positive distance.")
        eps, metric = float(value), self.dataset.metric.name
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
            parameters={"eps": eps, "min_samples": self.min_samples}
            | ({"metric": metric} if metric in METRICS[1:] else {}),
            facts={
                "border": float(len(border)),
                "noise": float(len(core) - core.sum() - len(border)),
            },
            core=core,
            assigner=Within(self.dataset, labels, core, eps),
        )


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
    check(dataset, min_samples)

    def part(first: int, last: int) -> Report:
        return lambda step: report(
            Step(round(10 * (first + (last - first) * step.share)), 1000, step.message)
        )

    report(Step(0, 1000, "neighbours"))
    near = neighbourhood(dataset, int(min_samples), report=part(0, 40))
    tree = grown(dataset, near, report=part(40, 100))
    touch = touching(near)
    found = events(near, tree)
    values = found.values
    return EpsilonAxis(
        parameter="eps",
        values=frozen(values),
        curves={name: frozen(curve) for name, curve in found.curves(values).items()},
        notes={},
        dataset=dataset,
        min_samples=int(min_samples),
        tree=tree,
        core=near.core,
        touch=frozen(touch),
        places=near.places,
        distances=near.distances,
    )


def grown(dataset: Dataset, near: Neighbourhood, *, report: Report = silent) -> trees.MergeTree:
    """Join the points along the spanning tree of mutual reachability."""
    edges = spanning(
        dataset,
        near,
        report=lambda step: report(Step(step.done, step.total * 6 // 5, step.message)),
    )
    report(Step(5, 6, "merge tree"))
    return trees.grow(merges(edges), edges.weights)


def touching(near: Neighbourhood) -> Floats:
    """Give from which epsilon on each point lies within reach of another core point."""
    others = near.places != np.arange(len(near.core))[:, None]
    ways = np.where(others, np.maximum(near.distances, near.core[near.places]), np.inf)
    touch: Floats = ways.min(axis=1, initial=np.inf)
    return touch


def widest(values: Floats, curves: Mapping[str, Floats]) -> tuple[tuple[float, float], ...]:
    """Give the plateaus that `EpsilonAxis.plateaus` promises, of any curves."""
    half = curves["noise"] <= 0.5 * curves["core"][-1]  # in the end all are core
    for allowed in (half & (curves["largest"] < DOMINANT), half, True):
        found = trees.plateaus(values, curves["clusters"], allowed=allowed)
        if found:
            return found
    return ()


@dataclass(frozen=True, eq=False, slots=True)
class Events:
    """At which epsilons anything changes; each list ascending.

    Attributes
    ----------
    core : ndarray of shape (n,)
        Where a point becomes core.
    reached : ndarray of shape (n,)
        Where a point stops being noise.
    joined : ndarray of shape (n - 1,)
        Where two clusters become one.
    biggest : ndarray of shape (n,)
        Core points of the largest cluster after so many merges, from none to all.
    """

    core: Floats
    reached: Floats
    joined: Floats
    biggest: Integers

    @property
    def values(self) -> Floats:
        """Every epsilon at which anything changes, and before them one for all below."""
        values = np.unique(np.concatenate([self.reached, self.core, self.joined]))
        values = values[(values > 0) & np.isfinite(values)]
        if not len(values):
            return np.ones(1)
        below = values[:1] / 2
        return np.concatenate([below[below > 0], values])

    def curves(self, values: Floats) -> dict[str, Floats]:
        """Count everything at these epsilons, whatever they are."""

        def up_to(events: Floats) -> Integers:
            return np.searchsorted(events, values, side="right")

        cores, joined = up_to(self.core), up_to(self.joined)
        n = len(self.core)
        return {
            "clusters": (cores - joined).astype(np.float64),
            "noise": (n - up_to(self.reached)).astype(np.float64),
            "core": cores.astype(np.float64),
            "largest": np.maximum(self.biggest[joined], cores > 0) / n,
        }


def events(near: Neighbourhood, tree: trees.MergeTree) -> Events:
    """Sort what happens as epsilon grows."""
    return Events(
        core=np.sort(near.core),
        reached=np.sort(np.minimum(near.core, touching(near))),
        joined=tree.levels,
        biggest=np.concatenate([[0], np.maximum.accumulate(tree.sizes)]),
    )


def is_count(value: object, least: int = 1) -> bool:
    """Tell whether anything at all is a whole number from `least`, and none of True and False."""
    return is_whole(value) and not isinstance(value, bool) and int(value) >= least  # type: ignore[call-overload]


def check(dataset: Dataset, min_samples: object) -> None:
    """Raise where the data or the parameter is none for DBSCAN."""
    if not is_count(min_samples):
        raise ParameterError(f"min_samples = {shown(min_samples)}; choose a whole number from 1.")
    total = dataset.n if dataset.weights is None else dataset.weights.sum()
    if total < int(min_samples):  # type: ignore[call-overload]
        raise ParameterError(
            f"min_samples = {min_samples} is more than the {count(int(total), 'point')}: none "
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
    if dataset.metric.between is great_circle:
        beyond = int((np.abs(dataset.points[:, 1]) > 90.0).sum())
        if beyond:
            raise DataError(
                f"{beyond:,} of {dataset.n:,} latitudes lie beyond 90 degrees, up to "
                f"{np.abs(dataset.points[:, 1]).max():g}, where there is no place; correct them."
            )
    if dataset.metric.is_euclidean and np.abs(dataset.points).max() > 1e150:
        raise DataError(
            f"The largest value is {np.abs(dataset.points).max():.3g}, and its square is beyond "
            "what a computer can add; divide the column or scale it."
        )
