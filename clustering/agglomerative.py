"""Agglomerative clustering: merge the two nearest clusters, again and again.

Every point begins alone, and n - 1 merges later all are one. The merges are a tree, and
every number of clusters is a cut of it: nothing is computed anew, and a cluster of one
cut lies whole within a cluster of the next. What "nearest" means is the `linkage`:

==========  ==================================================================
"ward"      the merge that adds least to the sum of squared distances to means
"complete"  the least largest distance between two of their points
"average"   the least mean distance
"single"    the least smallest distance, which follows chains
==========  ==================================================================

Ward's needs means and so coordinates; the others take any distances. Of merges that are
equally near, the tree takes one by the order of the points, and only one: a cut gives k
clusters even where k - 1 or k + 1 would be as good.

A graph of neighbours (`clustering.graph`) restricts the merges to clusters that an edge
joins: the tree then follows what hangs together.

References: J. H. Ward, Hierarchical grouping to optimize an objective function, JASA 58,
1963. D. Muellner, Modern hierarchical, agglomerative clustering algorithms, 2011.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from clustering import graph as graphs
from clustering import merging, sweep
from clustering import tree as trees
from clustering.axis import FittedAxis
from clustering.cophenetic import correlation
from clustering.dataset import Dataset, Floats, frozen
from clustering.errors import ParameterError
from clustering.kmeans_checks import is_whole, largest_k, shown
from clustering.merging import LINKAGES, Linkage
from clustering.metrics import METRICS, measured
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step, silent

__all__ = ["LINKAGES", "HeightAxis", "Linkage", "axis", "cophenetic", "cuts", "fit", "over_k"]

NO_RULE = (
    "A merge tree has no rule for new points; use k-means for points that come later, or "
    "cluster all of them together."
)


@dataclass(frozen=True, eq=False, slots=True)
class HeightAxis:
    """What agglomerative clustering says at every height of the cut, from one tree.

    Attributes
    ----------
    parameter : str
        ``"height"``.
    values : ndarray of shape (m,)
        Every height at which two clusters merge, ascending; the first one stands for all below.
    curves : mapping of str to ndarray of shape (m,)
        From each value to the next: ``clusters``, and ``largest`` (share of all points that
        are in the largest cluster).
    notes : mapping of str to str
        What must be said beside a curve: ``graph``, that it fell into parts.
    dataset : Dataset
        The points.
    tree : MergeTree
        All merges.
    linkage : {"ward", "complete", "average", "single"}
        What the distance of two clusters is.
    neighbours, radius
        How the graph was made along which they merge; 0 and 0.0 without one.
    graph : Graph or None
        That graph, as the data have it.
    """

    parameter: str
    values: Floats
    curves: Mapping[str, Floats]
    notes: Mapping[str, str]
    dataset: Dataset
    tree: trees.MergeTree
    linkage: Linkage
    neighbours: int
    radius: float
    graph: graphs.Graph | None

    def at(self, value: float) -> Partition:
        """Give the clusters at a height: all merges up to it are made."""
        if not (isinstance(value, (int, float, np.number)) and 0 <= value < np.inf):
            raise ParameterError(f"height = {shown(value)}; choose a distance from 0.")
        return self.of(self.dataset.n - int(self.tree.merges(float(value))))

    def of(self, k: int) -> Partition:
        """Give `k` clusters, numbered by their first point.

        Facts: ``height``, the distance at which the last merge was made, and
        ``next_height``, at which the next one would be.
        """
        _check_k(self.dataset, k)
        if k > self.most:
            raise ParameterError(
                f"k = {k} is more than the {self.most:,} distinct points; choose k <= {self.most}."
            )
        made, metric = self.dataset.n - int(k), self.dataset.metric.name
        low, high = self.range(int(k))
        return Partition(
            labels=self.tree.cut(made),
            rows=self.dataset.rows,
            method="agglomerative",
            parameters={
                "k": int(k),
                "linkage": self.linkage,
                "neighbours": self.neighbours,
                "radius": self.radius,
            }
            | ({"metric": metric} if metric in METRICS[1:] else {}),
            facts={"height": low, "next_height": high},
            assigner=NO_RULE,
        )

    @property
    def most(self) -> int:
        """The largest number of clusters: points at no distance are never parted."""
        return self.dataset.n - int(self.tree.merges(0.0))

    def range(self, k: int) -> tuple[float, float]:
        """Give the heights between which a cut gives `k` clusters; empty where merges tie."""
        levels = np.concatenate([[0.0], self.tree.levels, [np.inf]])
        made = self.dataset.n - k
        return float(levels[made]), float(levels[made + 1])

    @property
    def plateaus(self) -> tuple[tuple[float, float], ...]:
        """Ranges of heights (low, high) with the same number of clusters, widest first.

        Of at most sqrt(n) clusters: the first few merges, of points that happen to be very near,
        make the widest ranges of all and say nothing.
        """
        few = self.curves["clusters"] <= max(2.0, np.sqrt(self.dataset.n))
        return trees.plateaus(self.values, self.curves["clusters"], allowed=few)

    @property
    def gap(self) -> tuple[float, float]:
        """The largest step between two merges, for at least two clusters, as (low, high)."""
        levels = self.tree.levels
        if len(levels) < 2:
            return 0.0, float(levels[0]) if len(levels) else 0.0
        here = int(np.diff(levels).argmax())
        return float(levels[here]), float(levels[here + 1])


def axis(
    dataset: Dataset,
    *,
    linkage: Linkage = "ward",
    neighbours: int = 0,
    radius: float = 0.0,
    report: Report = silent,
) -> HeightAxis:
    """Build the whole tree of merges.

    Parameters
    ----------
    dataset : Dataset
        At most 20,000 points (50,000 along a graph) without weights; coordinates for
        ``"ward"``, any symmetric metric for the others.
    linkage : {"ward", "complete", "average", "single"}
        What the distance of two clusters is.
    neighbours, radius
        Merge only along the graph that `clustering.graph.connected` makes of these; without
        a graph where both are 0.
    report : callable
        Told while distances are computed.

    Returns
    -------
    HeightAxis
        Answers any height and any number of clusters.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `fit` does.

    Notes
    -----
    O(n^2) time and memory without a graph. The merges are those of scipy's ``linkage``, or
    with a graph of scikit-learn's ``ward_tree`` and ``linkage_tree``.

    Examples
    --------
    >>> data = Dataset.from_points([[0], [1], [10], [11], [20], [22]])
    >>> answers = axis(data, linkage="single")
    >>> answers.values.tolist(), answers.curves["clusters"].tolist()
    ([0.5, 1.0, 2.0, 9.0], [6.0, 4.0, 3.0, 1.0])
    >>> answers.at(2.5).labels.tolist(), answers.gap
    ([0, 0, 1, 1, 2, 2], (2.0, 9.0))
    """
    merging.check(dataset, linkage, graph=bool(neighbours or radius))
    graph = None
    notes = {}
    if neighbours or radius:
        graph = graphs.connected(dataset, neighbours=neighbours, radius=radius)
        report(Step(1, 3, f"the graph of {graph.said}"))
        edges = graphs.whole(dataset, graph)
        report(Step(2, 3, f"merges along {len(edges[0]):,} edges"))
        grown = merging.along(dataset, linkage, *edges)
        if graph.parts > 1:
            notes["graph"] = graph.joined
    else:
        grown = merging.free(dataset, linkage, report=report)
    levels = grown.levels[grown.levels > 0]
    values = np.unique(levels)
    values = np.concatenate([values[:1] / 2, values]) if len(values) else np.ones(1)
    made = grown.merges(values)
    largest = np.concatenate([[1], np.maximum.accumulate(grown.sizes)])[made] / dataset.n
    return HeightAxis(
        parameter="height",
        values=frozen(values),
        curves={"clusters": frozen(dataset.n - made, np.float64), "largest": frozen(largest)},
        notes=notes,
        dataset=dataset,
        tree=grown,
        linkage=linkage,
        neighbours=int(neighbours),
        radius=float(radius),
        graph=graph,
    )


def fit(
    dataset: Dataset,
    *,
    k: int,
    linkage: Linkage = "ward",
    neighbours: int = 0,
    radius: float = 0.0,
    metric: str | None = None,
) -> Partition:
    """Merge the nearest clusters until `k` are left.

    Parameters
    ----------
    dataset, linkage, neighbours, radius
        As for `axis`.
    k : int
        Number of clusters, from 1 to the number of distinct points.
    metric : str, optional
        How coordinates are measured, as in `metrics.measured`; left out, as the data have it.

    Returns
    -------
    Partition
        Clusters numbered by their first point. Facts: ``height``, the distance at which
        the last merge was made, and ``next_height``, at which the next one would be.

    Raises
    ------
    ParameterError
        Where `k` is more than the number of distinct points, or the linkage is unknown.
    UnsupportedError
        Where there are too many points or weights, or Ward's linkage has no coordinates; where
        the graph is too large or falls into too many parts.
    DataError
        Where values are too large to be squared, or points have no such distance.

    Notes
    -----
    O(n^2) time and memory. The clusters are those of scikit-learn's
    ``AgglomerativeClustering(k, linkage=linkage)``, where no two merges are equally near.

    Examples
    --------
    >>> data = Dataset.from_points([[9], [0], [1], [10]])
    >>> answer = fit(data, k=2)
    >>> answer.labels.tolist(), round(answer.facts["next_height"], 3)
    ([0, 1, 1, 0], 12.728)
    """
    _check_k(dataset, k)
    dataset = dataset if metric is None else measured(dataset, metric)
    return axis(dataset, linkage=linkage, neighbours=neighbours, radius=radius).of(k)


def over_k(
    dataset: Dataset, *, k_max: int = 12, linkage: Linkage = "ward", report: Report = silent
) -> FittedAxis:
    """Build the tree once and cut it at k = 1, 2, ...

    Parameters
    ----------
    dataset : Dataset
        As for `fit`.
    k_max : int
        Largest number of clusters; no more than there are distinct points are made.
    linkage : {"ward", "complete", "average", "single"}
        What the distance of two clusters is.
    report : callable
        Told while distances are computed, and when the tree and the silhouettes are done.

    Returns
    -------
    FittedAxis
        What `sweep.fitted` makes of it, with the curve ``height``: the distance at which
        the last of the merges was made.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `fit` does.

    Examples
    --------
    >>> data = Dataset.from_points([[0], [1], [10], [11], [20], [21]])
    >>> answers = over_k(data, k_max=4, linkage="single")
    >>> answers.curves["height"].tolist(), answers.at(3).labels.tolist()
    ([9.0, 9.0, 1.0, 1.0], [0, 0, 1, 1, 2, 2])
    """
    merging.check(dataset, linkage)
    if not is_whole(k_max) or k_max < 1:
        raise ParameterError(f"k_max = {shown(k_max)}; choose a whole number from 1.")
    last = largest_k(dataset, k_max)
    notes = {}
    if last < k_max:
        notes["clusters"] = f"There are only {last} distinct points, so that k ends there."

    def part(begin: int) -> Report:
        return lambda step: report(Step(begin + int(45 * step.share), 100, step.message))

    grown = axis(dataset, linkage=linkage, report=part(0))
    partitions = [grown.of(k) for k in range(1, last + 1)]
    report(Step(55, 100, "the tree of merges"))
    heights = frozen([each.facts["height"] for each in partitions])
    return sweep.fitted(
        dataset, partitions, curves={"height": heights}, notes=notes, report=part(55)
    )


def cuts(
    dataset: Dataset, *, values: range | list[int], linkage: Linkage = "ward"
) -> tuple[Labels, ...]:
    """Give the labels of several cuts of one tree and nothing else, as `sweep.labels_over_k`.

    Parameters
    ----------
    dataset, linkage
        As for `fit`.
    values : sequence of int
        Numbers of clusters, each as in `fit`.

    Examples
    --------
    >>> [labels.tolist() for labels in cuts(Dataset.from_points([[0], [1], [9]]), values=[2, 3])]
    [[0, 0, 1], [0, 1, 2]]
    """
    for k in values:
        _check_k(dataset, k)
    grown = axis(dataset, linkage=linkage)
    return tuple(grown.of(k).labels for k in values)


def cophenetic(axis: HeightAxis) -> float:
    """Give the correlation between distances and the heights at which pairs come together.

    Parameters
    ----------
    axis : HeightAxis
        Of at least three points. Of more than 4,000 points, all pairs of a random sample of
        4,000 of them count.

    Returns
    -------
    float
        From -1 to 1; near 1 the tree keeps the distances. NaN where all distances or all
        heights are equal.

    Examples
    --------
    >>> data = Dataset.from_points([[0], [1], [10], [11], [20], [22]])
    >>> round(cophenetic(axis(data, linkage="average")), 4)
    0.8234
    """
    return correlation(axis.dataset, axis.tree)


def _check_k(dataset: Dataset, k: int) -> None:
    """Raise ParameterError where `k` is none for any data of this size."""
    if not is_whole(k) or k < 1:
        raise ParameterError(
            f"k = {shown(k)} is no number of clusters; choose a whole number from 1."
        )
    if k > dataset.n:
        raise ParameterError(
            f"k = {shown(k)} is more than the {dataset.distinct:,} distinct points; choose "
            f"k <= {dataset.distinct}."
        )
