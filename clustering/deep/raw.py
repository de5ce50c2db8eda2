"""What clustering makes of the data without any network: the row that a deep answer must beat."""

import time

import numpy as np

from clustering import kmeans
from clustering.checks import check_coordinates, check_k
from clustering.dataset import Dataset
from clustering.deep.rows import Row, agreements, spaces
from clustering.errors import ParameterError
from clustering.partition import Labels
from clustering.progress import Report, Step, silent

__all__ = ["compared", "components_of"]

COMPONENTS = 32
"""Principal components that are kept where nobody says how many."""
STARTS = 4
"""Starts of each k-means; the seeds show what is left to luck."""


def compared(
    dataset: Dataset,
    *,
    k: int,
    truth: Labels | None = None,
    seeds: int = 3,
    components: int | None = None,
    report: Report = silent,
) -> tuple[Row, ...]:
    """Cluster the columns as they are, and their principal components, with several seeds.

    Parameters
    ----------
    dataset : Dataset
        Coordinates, weighted or not.
    k : int
        Number of clusters.
    truth : ndarray of shape (n,), optional
        The class of each point.
    seeds : int
        Runs of each, with the seeds 0, 1, ...
    components : int, optional
        Principal components; 32, or as many as there are columns or points less one.
    report : callable
        Told after each run.

    Returns
    -------
    tuple of two Rows
        "k-means on the columns" and "PCA, then k-means": mean and spread over the seeds. All
        silhouettes are of the input space.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `kmeans.fit` does.

    Notes
    -----
    The components carry the weights of the points, as k-means does.

    Examples
    --------
    >>> data = Dataset.from_points([[0, 0], [0, 1], [9, 9], [9, 8]])
    >>> rows = compared(data, k=2, truth=np.array([0, 0, 1, 1]), seeds=2)
    >>> [(row.name, row.mean("accuracy")) for row in rows]
    [('k-means on the columns', 1.0), ('PCA, then k-means', 1.0)]
    """
    check_coordinates(dataset, "k-means")
    check_k(dataset, k)
    if seeds < 1:
        raise ParameterError(f"seeds = {seeds}; choose a whole number from 1.")
    begin = time.perf_counter()
    reduced = components_of(dataset, components=components)
    reducing = time.perf_counter() - begin
    found = []
    for place, (name, points) in enumerate(
        (("k-means on the columns", dataset), ("PCA, then k-means", reduced))
    ):
        labels, seconds = [], []
        for seed in range(seeds):
            begin = time.perf_counter()
            labels.append(kmeans.fit(points, k=k, n_init=STARTS, seed=seed).labels)
            seconds.append(time.perf_counter() - begin + place * reducing)
            report(Step(place * seeds + seed + 1, 2 * seeds, f"{name}, seed {seed}"))
        inside = spaces(dataset, labels, space="input")
        values = [agreements(each, truth) | own for each, own in zip(labels, inside, strict=True)]
        found.append(
            Row(
                name,
                {measure: tuple(each[measure] for each in values) for measure in values[0]},
                tuple(seconds),
            )
        )
    return tuple(found)


def components_of(dataset: Dataset, *, components: int | None = None) -> Dataset:
    """Give the first principal components as a Dataset, of weighted points by their weights.

    Examples
    --------
    >>> flat = components_of(Dataset.from_points([[0.0, 0.0], [3.0, 4.0]]), components=1)
    >>> np.abs(flat.points).tolist(), flat.columns
    ([[2.5], [2.5]], ('component 1',))
    """
    wanted = min(components or COMPONENTS, dataset.d)
    if wanted < 1:
        raise ParameterError(f"components = {components}; choose a whole number from 1.")
    middle = np.average(dataset.points, axis=0, weights=dataset.weights)
    centred = dataset.points - middle
    spread = (centred * dataset.mass[:, None]).T @ centred
    directions = np.linalg.eigh(spread)[1][:, ::-1][:, :wanted]
    return Dataset(
        points=centred @ directions,
        columns=tuple(f"component {place + 1}" for place in range(wanted)),
        rows=dataset.rows,
        source=dataset.source,
        weights=dataset.weights,
    )
