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

References: J. H. Ward, Hierarchical grouping to optimize an objective function, JASA 58,
1963. D. Muellner, Modern hierarchical, agglomerative clustering algorithms, 2011.
"""

from typing import Literal, get_args

import numpy as np
from scipy.cluster import hierarchy

from clustering import sweep
from clustering.axis import FittedAxis
from clustering.data.steps.cells import LARGEST
from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.kmeans_checks import check_k, is_whole, largest_k, shown
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step, silent

__all__ = ["Linkage", "axis", "cuts", "fit"]

Linkage = Literal["ward", "complete", "average", "single"]
"""What the distance of two clusters is."""

MOST = 20_000
"""Points whose distances to each other still fit into memory, 3.2 GB with a working copy."""
BLOCK = 256
"""Points whose distances are computed at a time."""
NO_RULE = (
    "A merge tree has no rule for new points; use k-means for points that come later, or "
    "cluster all of them together."
)


def fit(dataset: Dataset, *, k: int, linkage: Linkage = "ward") -> Partition:
    """Merge the nearest clusters until `k` are left.

    Parameters
    ----------
    dataset : Dataset
        At most 20,000 points without weights; coordinates for ``"ward"``, any metric
        that is symmetric for the others.
    k : int
        Number of clusters, from 1 to the number of distinct points.
    linkage : {"ward", "complete", "average", "single"}
        What the distance of two clusters is.

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
        Where there are too many points or weights, or Ward's linkage has no coordinates.
    DataError
        Where values are too large to be squared.

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
    _check(dataset, linkage)
    check_k(dataset, k)
    return _answers(dataset, _tree(dataset, linkage), linkage, [int(k)])[0]


def axis(
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
    >>> answers = axis(data, k_max=4, linkage="single")
    >>> answers.curves["height"].tolist(), answers.at(3).labels.tolist()
    ([9.0, 9.0, 1.0, 1.0], [0, 0, 1, 1, 2, 2])
    """
    _check(dataset, linkage)
    if not is_whole(k_max) or k_max < 1:
        raise ParameterError(f"k_max = {shown(k_max)}; choose a whole number from 1.")
    last = largest_k(dataset, k_max)
    notes = {}
    if last < k_max:
        notes["clusters"] = f"There are only {last} distinct points, so that k ends there."

    def part(begin: int) -> Report:
        return lambda step: report(Step(begin + int(45 * step.share), 100, step.message))

    partitions = _answers(
        dataset, _tree(dataset, linkage, report=part(0)), linkage, range(1, last + 1)
    )
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

    Returns
    -------
    tuple of ndarray of shape (n,), int32
        Labels for each of `values`.

    Examples
    --------
    >>> [labels.tolist() for labels in cuts(Dataset.from_points([[0], [1], [9]]), values=[2, 3])]
    [[0, 0, 1], [0, 1, 2]]
    """
    _check(dataset, linkage)
    for k in values:
        check_k(dataset, k)
    tree = _tree(dataset, linkage)
    return tuple(_cut(tree, dataset.n, int(k)) for k in values)


def _tree(dataset: Dataset, linkage: Linkage, *, report: Report = silent) -> Floats:
    """Give the n - 1 merges in scipy's form, from the distances of all pairs."""
    n = dataset.n
    if n == 1:
        return np.empty((0, 4))
    pairs = np.empty(n * (n - 1) // 2)
    filled = 0
    for first in range(0, n, BLOCK):
        block = dataset.metric.between(
            dataset.points[first : first + BLOCK], dataset.points[first:]
        )
        for i, row in enumerate(block):
            pairs[filled : filled + len(row) - i - 1] = row[i + 1 :]
            filled += len(row) - i - 1
        report(Step(min(first + BLOCK, n), n, f"distances of {n:,} points"))
    tree: Floats = hierarchy.linkage(pairs, method=linkage)
    return tree


def _answers(
    dataset: Dataset, tree: Floats, linkage: Linkage, values: range | list[int]
) -> list[Partition]:
    """Cut the tree for each k."""
    heights = np.concatenate([[0.0], tree[:, 2]])
    return [
        Partition(
            labels=_cut(tree, dataset.n, k),
            rows=dataset.rows,
            method="agglomerative",
            parameters={"k": k, "linkage": linkage},
            facts={
                "height": float(heights[dataset.n - k]),
                "next_height": float(heights[dataset.n - k + 1]) if k > 1 else float("inf"),
            },
            assigner=NO_RULE,
        )
        for k in values
    ]


def _cut(tree: Floats, n: int, k: int) -> Labels:
    """Give the labels after the first n - k merges, numbered by first point."""
    merges = n - k
    cluster: Integers = np.arange(n + merges)
    children = tree[:merges, :2].astype(np.int64)
    # From the last merge down: who was merged takes the name of what it became.
    for new in range(merges - 1, -1, -1):
        cluster[children[new]] = cluster[n + new]
    _, first, labels = np.unique(cluster[:n], return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[labels].astype(np.int32)


def _check(dataset: Dataset, linkage: str) -> None:
    """Raise where the data or the linkage is none for a tree."""
    if linkage not in get_args(Linkage):
        raise ParameterError(f"'{linkage}' is no linkage; choose {', '.join(get_args(Linkage))}.")
    if dataset.weights is not None:
        raise UnsupportedError(
            "This merge tree takes every point once and knows no weights; choose k-means, which "
            "does."
        )
    if linkage == "ward" and not dataset.metric.is_euclidean:
        raise UnsupportedError(
            f"Ward's linkage averages coordinates, and {dataset.metric.name} distances have none "
            "to average; choose average, complete or single linkage."
        )
    if dataset.n > MOST:
        memory = dataset.n * (dataset.n - 1) // 2 * 16 / 1e9
        raise UnsupportedError(
            f"The distances between {dataset.n:,} points would take {memory:,.1f} GB of memory; "
            f"take a sample of {MOST:,} points or fewer, or choose k-means."
        )
    if dataset.metric.is_euclidean and np.abs(dataset.points).max() > LARGEST:
        raise DataError(
            f"The largest value is {np.abs(dataset.points).max():.3g}, and its square is beyond "
            "what a computer can add; divide the column or scale it."
        )
