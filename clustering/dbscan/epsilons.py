"""What DBSCAN says at every epsilon: the axis, and how it is made."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from clustering.checks import is_finite, shown
from clustering.dataset import Dataset, Floats, frozen
from clustering.dbscan import events
from clustering.dbscan.border import Within
from clustering.dbscan.checks import check
from clustering.errors import ParameterError
from clustering.geometry.metrics import METRICS
from clustering.geometry.neighbourhood import Neighbourhood, Places, neighbourhood
from clustering.partition import Partition
from clustering.progress import Report, Step, part, silent
from clustering.trees import merge_tree as trees
from clustering.trees.spanning import merges, spanning

__all__ = ["EpsilonAxis", "axis", "grown"]

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
        From each value to the next: ``clusters``, ``large`` (clusters with at least `large_from`
        core points, by weight), ``noise`` and ``core`` (points), ``largest`` (share of all
        points that are core points of the largest cluster).
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

    def range(self, eps: float) -> tuple[float, float]:
        """Give the range (low, high) around an epsilon with as many clusters, as `counted`.

        It begins with the first value at the earliest; where nothing changes any more its end
        is infinite.
        """
        curve = self.curves[self.counted]
        here = max(int(np.searchsorted(self.values, eps, side="right")) - 1, 0)
        other = np.flatnonzero(curve != curve[here])
        first = int(other[other < here].max(initial=-1)) + 1
        last = int(other[other > here].min(initial=len(curve)))
        return float(self.values[first]), float(np.append(self.values, np.inf)[last])

    @property
    def large_from(self) -> int:
        """Core points, by weight, from which on a cluster is large: the square root of all."""
        return events.large_from(self.dataset)

    @property
    def counted(self) -> str:
        """The curve that plateaus are of: ``clusters`` where no two are ever large at once."""
        return events.counted(self.curves)

    @property
    def plateaus(self) -> tuple[tuple[float, float], ...]:
        """Ranges (low, high) with the same number of large clusters, widest first.

        Only where there is something to say: two of them or more, no more than sqrt(n) clusters
        of any size, at most half of the points noise, and less than nine tenths of them in one
        cluster. Where nothing is like this, the last condition is dropped, then the number of
        all clusters, then the noise. Where no two clusters are ever large at once, those of
        any size are counted.
        """
        return events.widest(self.values, self.curves)

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

    report(Step(0, 1000, "neighbours"))
    near = neighbourhood(dataset, int(min_samples), report=part(report, 0, 40))
    tree = grown(dataset, near, report=part(report, 40, 100))
    touch = events.touching(near)
    found = events.events(dataset, near, touch, tree)
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
    edges = spanning(dataset, near, report=part(report, 0, 83))
    report(Step(5, 6, "merge tree"))
    return trees.grow(merges(edges), edges.weights)
