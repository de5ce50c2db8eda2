"""Merging: how the tree of merges is grown, with and without a graph of edges.

Without a graph the merges are those of scipy's ``linkage``, from the distances of all pairs.
With one they are those of scikit-learn's ``ward_tree`` and ``linkage_tree``, which merge only
what an edge joins. There average and complete linkage look at the *edges* between two
clusters: where a cluster of two has an edge to a third on one side only, that one counts.
"""

from typing import Literal, get_args

import numpy as np
from scipy import sparse
from scipy.cluster import hierarchy
from sklearn.cluster import linkage_tree, ward_tree

from clustering.checks import LARGEST
from clustering.dataset import Dataset, Floats, Integers
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.progress import Report, Step, silent
from clustering.trees import merge_tree as trees

__all__ = ["LINKAGES", "Linkage", "along", "apart", "check", "free"]

Linkage = Literal["ward", "complete", "average", "single"]
"""What the distance of two clusters is."""

LINKAGES: tuple[Linkage, ...] = get_args(Linkage)

MOST = 20_000
"""Points whose distances to each other still fit into memory, 3.2 GB with a working copy."""
MOST_ALONG = 50_000
"""Points up to which merging along a graph takes about half a minute on two cores."""
BLOCK = 256
"""Points whose distances are computed at a time."""


def check(dataset: Dataset, linkage: str, *, graph: bool = False) -> None:
    """Raise where the data or the linkage is none for a tree.

    Parameters
    ----------
    dataset : Dataset
        Any.
    linkage : str
        What was asked for.
    graph : bool
        True where merges follow a graph, which takes less memory.

    Raises
    ------
    ParameterError
        Where the linkage is unknown.
    UnsupportedError
        Where there are weights or too many points, or Ward's linkage has no coordinates.
    DataError
        Where values are too large to be squared.
    """
    if linkage not in LINKAGES:
        raise ParameterError(f"'{linkage}' is no linkage; choose {', '.join(LINKAGES)}.")
    if dataset.weights is not None:
        raise UnsupportedError(
            "This merge tree takes every point once and knows no weights; choose k-means, which "
            "does."
        )
    if linkage == "ward" and not dataset.metric.is_euclidean:
        raise UnsupportedError(no_means(dataset))
    if graph and dataset.n > MOST_ALONG:
        raise UnsupportedError(
            f"Merging {dataset.n:,} points along a graph would take several minutes; take a sample "
            f"of {MOST_ALONG:,} points or fewer, or choose k-means or DBSCAN."
        )
    if not graph and dataset.n > MOST:
        memory = dataset.n * (dataset.n - 1) // 2 * 16 / 1e9
        raise UnsupportedError(
            f"The distances between {dataset.n:,} points would take {memory:,.1f} GB of memory; "
            f"take a sample of {MOST:,} points or fewer, merge along a graph of neighbours (up to "
            f"{MOST_ALONG:,} points), or choose k-means or DBSCAN."
        )
    if dataset.metric.is_euclidean and np.abs(dataset.points).max() > LARGEST:
        raise DataError(
            f"The largest value is {np.abs(dataset.points).max():.3g}, and its square is beyond "
            "what a computer can add; divide the column or scale it."
        )


def no_means(dataset: Dataset) -> str:
    """Say why there is no Ward's linkage for distances without coordinates."""
    return (
        f"Ward's linkage averages coordinates, and {dataset.metric.name} distances have none to "
        "average; choose average, complete or single linkage."
    )


def free(dataset: Dataset, linkage: Linkage, *, report: Report = silent) -> trees.MergeTree:
    """Merge any two clusters.

    Parameters
    ----------
    dataset : Dataset
        As `check` lets pass.
    linkage : {"ward", "complete", "average", "single"}
        What the distance of two clusters is.
    report : callable
        Told while distances are computed, and before the merges, which are not interrupted.

    Returns
    -------
    MergeTree
        scipy's.

    Notes
    -----
    O(n^2) time and memory.
    """
    n = dataset.n
    if n == 1:
        return trees.grow(np.empty((0, 2)), [])
    pairs = np.empty(n * (n - 1) // 2)
    filled = 0
    for first in range(0, n, BLOCK):
        block = dataset.metric.between(
            dataset.points[first : first + BLOCK], dataset.points[first:]
        )
        for i, row in enumerate(block):
            pairs[filled : filled + len(row) - i - 1] = row[i + 1 :]
            filled += len(row) - i - 1
        report(Step(min(first + BLOCK, n), 5 * n, f"distances of {n:,} points"))
    report(Step(1, 5, f"merges of {n:,} points"))
    merges = hierarchy.linkage(pairs, method=linkage)
    return trees.grow(merges[:, :2].astype(np.int64), merges[:, 2])


def along(dataset: Dataset, linkage: Linkage, first: Integers, second: Integers) -> trees.MergeTree:
    """Merge clusters that an edge joins.

    Parameters
    ----------
    dataset : Dataset
        As `check` lets pass.
    linkage : {"ward", "complete", "average", "single"}
        What the distance of two clusters is.
    first, second : ndarray of shape (e,)
        The ends of each edge, each pair once; all points hang together by them.

    Returns
    -------
    MergeTree
        scikit-learn's.
    """
    n = dataset.n
    if n == 1:
        return trees.grow(np.empty((0, 2)), [])
    ends = np.concatenate([first, second]), np.concatenate([second, first])
    edges = sparse.csr_matrix((np.ones(len(ends[0])), ends), shape=(n, n))
    if linkage == "ward":
        grown = ward_tree(dataset.points, connectivity=edges, return_distance=True)
    elif dataset.metric.is_euclidean:
        grown = linkage_tree(
            dataset.points, connectivity=edges, linkage=linkage, return_distance=True
        )
    else:
        # Points go by their numbers, so that each distance is looked up and not computed alone.
        known = dict(
            zip(
                zip(first.tolist(), second.tolist(), strict=True),
                apart(dataset, first, second).tolist(),
                strict=True,
            )
        )

        def distance(one: Floats, two: Floats) -> float:
            i, j = int(one[0]), int(two[0])
            found: float = known[(i, j) if i < j else (j, i)]
            return found

        grown = linkage_tree(
            np.arange(n, dtype=np.float64)[:, None],
            connectivity=edges,
            linkage=linkage,
            affinity=distance,
            return_distance=True,
        )
    return trees.grow(grown[0], grown[4])


def apart(dataset: Dataset, first: Integers, second: Integers) -> Floats:
    """Give the distances of pairs of points, shape (e,); `first` is ascending."""
    distances = np.empty(len(first))
    begin = np.searchsorted(first, np.arange(dataset.n + 1))
    for i in np.unique(first).tolist():
        edges = slice(begin[i], begin[i + 1])
        distances[edges] = dataset.metric.between(
            dataset.points[i : i + 1], dataset.points[second[edges]]
        )[0]
    return distances
