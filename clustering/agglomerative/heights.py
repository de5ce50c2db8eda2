"""Every height of the cut: the tree of merges as an axis, and how it is built."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from clustering import graph as graphs
from clustering.dataset import Dataset, Floats, frozen
from clustering.geometry.metrics import METRICS
from clustering.partition import Partition
from clustering.progress import Report, Step, silent
from clustering.trees import levels, merging
from clustering.trees import merge_tree as trees
from clustering.trees.cophenetic import correlation
from clustering.trees.merging import Linkage

__all__ = ["HeightAxis", "axis", "cophenetic"]

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
        return self.of(levels.clusters_at(self.tree, value, parameter="height"))

    def of(self, k: int) -> Partition:
        """Give `k` clusters, numbered by their first point.

        Facts: ``height``, the distance at which the last merge was made, and
        ``next_height``, at which the next one would be.
        """
        k = levels.checked(self.tree, k)
        low, high = self.range(k)
        metric = self.dataset.metric.name
        return Partition(
            labels=self.tree.cut(self.dataset.n - k),
            rows=self.dataset.rows,
            method="agglomerative",
            parameters={
                "k": k,
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
        return levels.most(self.tree)

    def range(self, k: int) -> tuple[float, float]:
        """Give the heights between which a cut gives `k` clusters; empty where merges tie."""
        return levels.between(self.tree, k)

    @property
    def gap(self) -> int:
        """The number of clusters, `levels.few`, after which the largest step of heights comes."""
        return levels.widest_step(self.tree)

    @property
    def plateaus(self) -> tuple[tuple[float, float], ...]:
        """Ranges of heights (low, high) with the same number of clusters, few, widest first."""
        clusters = self.curves["clusters"]
        return trees.plateaus(self.values, clusters, allowed=clusters <= levels.few(self.dataset.n))


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
    ([0, 0, 1, 1, 2, 2], 3)
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
    heights = np.unique(grown.levels[grown.levels > 0])
    values = np.concatenate([heights[:1] / 2, heights]) if len(heights) else np.ones(1)
    return HeightAxis(
        parameter="height",
        values=frozen(values),
        curves=levels.curves(grown, values),
        notes=notes,
        dataset=dataset,
        tree=grown,
        linkage=linkage,
        neighbours=int(neighbours),
        radius=float(radius),
        graph=graph,
    )


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
