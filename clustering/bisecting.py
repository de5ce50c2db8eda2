"""Bisecting k-means: from the top down, the widest cluster is split in two, again and again.

Agglomerative clustering begins with every point alone and merges; this one begins with all
points in one cluster, splits that with the largest sum of squares by k-means with k = 2, and
goes on until there are k. The answers for k = 1, 2, ... are nested, as the cuts of a merge tree
are; but a split that was made is never mended, and it sees means, not neighbours.

References
----------
M. Steinbach, G. Karypis, V. Kumar, A comparison of document clustering techniques, KDD Workshop
on Text Mining 2000.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

import numpy as np
from sklearn.cluster import BisectingKMeans
from sklearn.exceptions import ConvergenceWarning

from clustering import sweep
from clustering.axis import FittedAxis
from clustering.checks import check_coordinates, check_k, check_run
from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.errors import DataError
from clustering.partition import Labels, Partition
from clustering.progress import Report, silent
from clustering.snippets import block, call
from clustering.threads import threads
from clustering.trees.merge_tree import numbered

__all__ = ["Descent", "fit", "over_k", "in_python"]


@dataclass(frozen=True, eq=False, slots=True)
class Descent:
    """The rule for new points: down the splits, each time to the nearer of two centers.

    Attributes
    ----------
    model : BisectingKMeans
        The fitted splits.
    names : ndarray of shape (k,), int32
        Our number of each of its clusters.
    """

    model: BisectingKMeans
    names: Labels

    def __call__(self, points: Floats) -> Labels:
        """Give the labels of `points` (m, d), shape (m,)."""
        found: Labels = self.names[self.model.predict(points)]
        return found


def fit(dataset: Dataset, *, k: int, n_init: int = 4, seed: int = 0) -> Partition:
    """Split until there are `k` clusters.

    Parameters
    ----------
    dataset : Dataset
        Coordinates; weights count.
    k : int
        Number of clusters, from 1 to the number of distinct points.
    n_init : int
        Starts of each split, of which the best is kept.
    seed : int
        Fixes the random numbers.

    Returns
    -------
    Partition
        Clusters numbered by their first point, with their centers. Fact: ``inertia``, the sum of
        squared distances to the own mean.

    Raises
    ------
    ParameterError
        Where `k` is more than the number of distinct points.
    UnsupportedError
        Where the distances are not those of coordinates.
    DataError
        Where values are too large to be squared, or too near to each other to be split.

    Notes
    -----
    The clusters of scikit-learn's ``BisectingKMeans(k, init="k-means++", n_init, seed)``; O(n d)
    a split and turn.

    Examples
    --------
    >>> answer = fit(Dataset.from_points([[0.0], [9.0], [10.0], [1.0], [30.0]]), k=3)
    >>> answer.labels.tolist(), answer.facts["inertia"]
    ([0, 1, 1, 0, 2], 1.0)
    """
    check_coordinates(dataset, "Bisecting k-means")
    check_k(dataset, k)
    check_run(n_init=n_init, max_iter=300, tol=1e-4, seed=seed)
    model = BisectingKMeans(
        n_clusters=int(k), init="k-means++", n_init=int(n_init), random_state=int(seed)
    )
    with warnings.catch_warnings(), threads(dataset.n):
        # Said below, in a sentence that tells what to do.
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = model.fit_predict(dataset.points, sample_weight=dataset.weights)
    first = _first(found)
    if len(first) < k:
        raise DataError(
            f"Only {len(first)} of {k} clusters could be split off: the points are too near to "
            "each other for the digits of a number; scale the columns."
        )
    names = numbered(first)
    # scikit-learn's centers stop short of the means, and for k = 1 forget the weights.
    labels = names[found]
    weights = dataset.mass
    sums = np.zeros((int(k), dataset.d))
    np.add.at(sums, labels, dataset.points * weights[:, None])
    centers = sums / np.bincount(labels, weights)[:, None]
    apart = ((dataset.points - centers[labels]) ** 2).sum(axis=1)
    return Partition(
        labels=labels,
        rows=dataset.rows,
        method="bisecting",
        parameters={"k": int(k), "n_init": int(n_init), "seed": int(seed)},
        facts={"inertia": float(weights @ apart)},
        centers=centers,
        assigner=Descent(model, frozen(names, np.int32)),
    )


def over_k(
    dataset: Dataset, *, k_max: int = 12, n_init: int = 4, seed: int = 0, report: Report = silent
) -> FittedAxis:
    """Split once more for each k, from all in one cluster.

    Parameters
    ----------
    dataset, n_init, seed
        As for `fit`.
    k_max : int
        Largest number of clusters; no more than there are distinct points are made.
    report : callable
        Told after each k, and during the silhouettes.

    Returns
    -------
    FittedAxis
        What `sweep.fitted` makes of it, with the curves ``inertia`` and ``split``: the cluster of
        the answer before, from 0, that was split in two; NaN for k = 1. Each answer is nested
        in the one before.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `fit` does.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [9.0], [10.0], [1.0], [30.0]])
    >>> answers = over_k(data, k_max=3)
    >>> [each.labels.tolist() for each in answers.partitions]
    [[0, 0, 0, 0, 0], [0, 0, 0, 0, 1], [0, 1, 1, 0, 2]]
    >>> answers.curves["split"].tolist()
    [nan, 0.0, 0.0]
    """
    axis = sweep.over_k(
        dataset,
        fit=partial(fit, n_init=n_init, seed=seed),
        k_max=k_max,
        curves=("inertia",),
        seed=seed,
        report=report,
    )
    split = [np.nan]
    for before, after in pairwise(axis.partitions):
        pairs = np.unique(np.stack([after.labels, before.labels]), axis=1)
        split.append(float(np.bincount(pairs[1]).argmax()))
    return replace(axis, curves={**axis.curves, "split": frozen(split)})


def _first(labels: Labels) -> Integers:
    """Give the place of the first point of each cluster, shape (k,)."""
    return np.unique(labels, return_index=True)[1]


def in_python(parameters: Mapping[str, object], *, weights: str, distances: str) -> str:
    """Write the lines of a script that set `labels` to what `fit` gives."""
    model = call(
        "BisectingKMeans",
        n_clusters=repr(parameters["k"]),
        init="'k-means++'",
        n_init=repr(parameters["n_init"]),
        random_state=repr(parameters["seed"]),
    )
    given = f"points, sample_weight={weights}" if weights else "points"
    return block(
        "Bisecting k-means: the cluster with the largest sum of squares is split in two until "
        "there are so many; they are numbered in the order of their first points.",
        "from sklearn.cluster import BisectingKMeans",
        f"labels = {model}.fit_predict({given})",
        "labels = pd.factorize(labels)[0]",
    )
