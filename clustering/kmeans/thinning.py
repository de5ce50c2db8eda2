"""Fewer points, where what needs many runs would take too long on all of them."""

from dataclasses import replace
from typing import Any

import numpy as np

from clustering.dataset import Dataset
from clustering.kmeans.fitting import fit_checked
from clustering.partition import Partition

__all__ = ["thinned"]


def thinned(
    dataset: Dataset, partition: Partition, *, most: int = 20_000, seed: int = 0
) -> tuple[Dataset, Partition]:
    """Give a sample of the points, and k-means on it from the answer for all.

    What needs many runs (`lottery`, `certainty`, a lesson's `steps`) is shown on the
    sample where there are too many points.

    Parameters
    ----------
    dataset : Dataset
        The points that were clustered.
    partition : Partition
        An answer of k-means for them.
    most : int
        Points to draw, in proportion from each cluster; no fewer than there are clusters.
    seed : int
        Seed of the draw.

    Returns
    -------
    Dataset
        Some of the points, in their order, with their rows, names and features; the same
        one where there are no more than `most`.
    Partition
        `fit` from the centers of `partition`, on these points: clusters keep their numbers.

    Examples
    --------
    >>> data = Dataset.from_points(np.arange(100.0)[:, None] // 50 * 7)
    >>> from clustering import kmeans
    >>> whole = kmeans.fit(data, k=2, init=[[1.0], [6.0]])
    >>> some, answer = thinned(data, whole, most=10)
    >>> some.n, answer.sizes.tolist(), bool((answer.labels == whole.labels[some.rows]).all())
    (10, [5, 5], True)
    """
    if dataset.n <= most or partition.centers is None:
        return dataset, partition
    order = np.argsort(partition.labels, kind="stable")
    edges = np.arange(most + 1) * dataset.n // most
    drawn = np.random.default_rng(seed).integers(edges[:-1], edges[1:])
    place = np.sort(order[drawn])
    names = dataset.source.names
    some = replace(
        dataset,
        points=dataset.points[place],
        rows=dataset.rows[place],
        features=None if dataset.features is None else dataset.features.iloc[place],
        weights=None if dataset.weights is None else dataset.weights[place],
        source=replace(dataset.source, names=tuple(names[i] for i in place) if names else ()),
    )
    given: dict[str, Any] = {**partition.parameters, "init": partition.centers, "n_init": 1}
    return some, fit_checked(some, **given)
