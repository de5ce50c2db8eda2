"""Every lambda of convex clustering: the path on which centroids fuse, and its cuts."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from clustering import graph as graphs
from clustering.checks import check_coordinates, is_finite, is_whole, shown
from clustering.convex.following import TOLERANCE, followed
from clustering.convex.fusions import Fusions
from clustering.convex.solving import Problem
from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.errors import ParameterError, UnsupportedError
from clustering.partition import Partition
from clustering.progress import Report, Step, silent
from clustering.trees import levels
from clustering.trees import merge_tree as trees
from clustering.trees.merging import apart
from clustering.words import count

__all__ = ["ConvexPath", "fit", "path"]

MOST = 500
"""Points up to which the path takes seconds."""
FLOOR = 0.01
"""Least weight of an edge; without it a far group would need a lambda beyond all numbers."""
NO_RULE = "Convex clustering has no rule for new points; cluster all of them together."


@dataclass(frozen=True, eq=False, slots=True)
class ConvexPath:
    """Centroids over lambda, and the tree of their fusions.

    Attributes
    ----------
    parameter : str
        ``"lambda"``.
    values : ndarray of shape (m,)
        The lambdas that were solved, ascending, from 0 to where all is one.
    curves : mapping of str to ndarray of shape (m,)
        ``clusters``; ``largest`` (share of all points that are in the largest); ``gap``, the
        bound of the error as a share of half the sum of squares.
    notes : mapping of str to str
        What must be said: ``graph``, that it fell into parts; ``converged``, where the gap is
        too large; ``parted``, that fused points came apart again.
    dataset : Dataset
        The points.
    centroids : ndarray of shape (m, n, d)
        Centroid of each point at each lambda.
    tree : MergeTree
        The fusions; heights are lambdas. Those of one step have the same height.
    first, second : ndarray of shape (e,), int64
        The edges.
    weights : ndarray of shape (e,)
        Their weights.
    neighbours, phi
        As they were given.
    """

    parameter: str
    values: Floats
    curves: Mapping[str, Floats]
    notes: Mapping[str, str]
    dataset: Dataset
    centroids: Floats
    tree: trees.MergeTree
    first: Integers
    second: Integers
    weights: Floats
    neighbours: int
    phi: float

    @property
    def most(self) -> int:
        """The largest number of clusters: equal points are never parted."""
        return levels.most(self.tree)

    @property
    def plateaus(self) -> tuple[tuple[float, float], ...]:
        """Ranges of lambdas (low, high) with the same number of clusters, few, widest first.

        Beyond lambda = 0, where every point is alone.
        """
        clusters = self.curves["clusters"][1:]
        few = clusters <= levels.few(self.dataset.n)
        return trees.plateaus(self.values[1:], clusters, allowed=few)

    def at(self, value: float) -> Partition:
        """Give the clusters at a lambda: all fusions up to it are made."""
        return self.of(levels.clusters_at(self.tree, value, parameter="lambda"))

    def of(self, k: int) -> Partition:
        """Give `k` clusters, numbered by their first point.

        Facts: ``lambda``, at which the last fusion was made, and ``next_lambda``, of the next.
        Where several fuse within one step, they are made in the order of their distances before.
        """
        k = levels.checked(self.tree, k)
        low, high = levels.between(self.tree, k)
        return Partition(
            labels=self.tree.cut(self.dataset.n - k),
            rows=self.dataset.rows,
            method="convex",
            parameters={"k": k, "neighbours": self.neighbours, "phi": self.phi},
            facts={"lambda": low, "next_lambda": high},
            assigner=NO_RULE,
        )


def path(
    dataset: Dataset, *, neighbours: int = 10, phi: float = 0.5, report: Report = silent
) -> ConvexPath:
    """Follow the centroids from lambda = 0 until all are one.

    Parameters
    ----------
    dataset : Dataset
        Up to 500 points: coordinates without weights.
    neighbours : int
        With how many nearest others each point is joined; all others where there are fewer.
        Parts of this graph are joined as `graph.whole` does.
    phi : float
        How fast weights fall with the distance; 0 for equal weights. No weight is below 0.01.
    report : callable
        Told after each lambda.

    Returns
    -------
    ConvexPath
        With a step of lambda wherever more than a few centroids fuse.

    Raises
    ------
    ParameterError
        Where `neighbours` or `phi` makes no sense.
    UnsupportedError
        Where there are too many points, weights, or no coordinates.
    DataError
        Where values are too large to be squared.

    Notes
    -----
    O(n^2 d) a turn, a hundred turns a lambda, about a hundred lambdas.

    Examples
    --------
    >>> found = path(Dataset.from_points([[0.0], [1.0], [10.0], [11.0]]), neighbours=1)
    >>> found.of(2).labels.tolist(), found.centroids[-1].round(6).ravel().tolist()
    ([0, 0, 1, 1], [5.5, 5.5, 5.5, 5.5])
    """
    _check(dataset, neighbours, phi)
    n = dataset.n
    neighbours, phi = int(neighbours), float(phi)
    groups = np.unique(dataset.points, axis=0, return_inverse=True)[1].ravel()
    first, second, said = _edges(dataset, neighbours, groups)
    lengths = apart(dataset, first, second)
    usual = float(np.median(lengths[lengths > 0])) if (lengths > 0).any() else 1.0
    weights = np.maximum(np.exp(-phi * (lengths / usual) ** 2), FLOOR)
    middle = dataset.points.mean(axis=0)
    scale = float(np.abs(dataset.points - middle).max()) or 1.0
    centred = (dataset.points - middle) / scale
    fusions = Fusions(groups)
    lambdas, centroids, gaps, parted = [0.0], [centred], [0.0], 0
    if fusions.count > 1:
        problem = Problem(centred, first, second, weights)
        for strength, found in followed(problem, fusions, usual / scale):
            fusions.add(found.labels, centroids[-1], strength * scale)
            parted = max(parted, int(found.labels.max()) + 1 - fusions.count)
            lambdas.append(strength * scale)
            centroids.append(found.centroids)
            gaps.append(found.gap)
            left = f"lambda {lambdas[-1]:.3g}: {fusions.count:,} left"
            report(Step(n - fusions.count, n, left))
    tree = trees.grow(np.reshape(fusions.children, (-1, 2)), fusions.heights)
    values = frozen(lambdas)
    return ConvexPath(
        parameter="lambda",
        values=values,
        curves={**levels.curves(tree, values), "gap": frozen(gaps)},
        notes=_notes(said, np.array(gaps), parted),
        dataset=dataset,
        centroids=frozen(np.stack(centroids) * scale + middle),
        tree=tree,
        first=frozen(first),
        second=frozen(second),
        weights=frozen(weights),
        neighbours=neighbours,
        phi=phi,
    )


def fit(dataset: Dataset, *, k: int, neighbours: int = 10, phi: float = 0.5) -> Partition:
    """Fuse until `k` clusters are left; the whole path is computed for it, as by `path`.

    Examples
    --------
    >>> fit(Dataset.from_points([[0.0], [9.0], [1.0], [10.0]]), k=2).labels.tolist()
    [0, 1, 0, 1]
    """
    return path(dataset, neighbours=neighbours, phi=phi).of(k)


def _check(dataset: Dataset, neighbours: int, phi: float) -> None:
    """Raise where there is no path for these data."""
    if not dataset.metric.is_euclidean:
        raise UnsupportedError(
            f"Convex clustering moves centroids, and {dataset.metric.name} distances have no "
            "coordinates to move in; choose average, complete or single linkage."
        )
    check_coordinates(dataset, "Convex clustering")
    if dataset.weights is not None:
        raise UnsupportedError(
            "Convex clustering takes every point once and knows no weights; choose k-means, which "
            "does."
        )
    if dataset.n > MOST:
        raise UnsupportedError(
            f"Convex clustering of {dataset.n:,} points would take minutes; take a sample of "
            f"{MOST:,} or fewer."
        )
    if not is_whole(neighbours) or neighbours < 1:
        raise ParameterError(
            f"{shown(neighbours)} nearest neighbours; choose a whole number from 1."
        )
    if not is_finite(phi) or not 0 <= phi <= 1e6:
        raise ParameterError(f"phi = {shown(phi)}; choose a number from 0, such as 0.5.")


def _edges(dataset: Dataset, neighbours: int, groups: Integers) -> tuple[Integers, Integers, str]:
    """Give the edges of the graph, with its parts and equal points joined, and what to say."""
    n = dataset.n
    if n == 1:
        return np.empty(0, np.int64), np.empty(0, np.int64), ""
    graph = graphs.connected(dataset, neighbours=min(neighbours, n - 1))
    first, second = graphs.whole(dataset, graph)
    order = np.argsort(groups, kind="stable")
    same = groups[order[:-1]] == groups[order[1:]]
    keys = np.union1d(first * n + second, order[:-1][same] * n + order[1:][same])
    return keys // n, keys % n, graph.joined


def _notes(joined: str, gaps: Floats, parted: int) -> dict[str, str]:
    """Say what is not as it should be."""
    notes = {"graph": joined} if joined else {}
    missed = int((gaps > TOLERANCE).sum())
    if missed:
        notes["converged"] = (
            f"{missed} of {len(gaps)} lambdas were given up before they were solved; the largest "
            f"gap is {100 * gaps.max():.2g} % of half the sum of squares."
        )
    if parted:
        notes["parted"] = (
            f"At some lambda up to {count(parted, 'centroid')} came apart again after fusing; the "
            "tree keeps them together."
        )
    return notes
