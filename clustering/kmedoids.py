r"""k-medoids: each cluster stands around one of its own points.

Like k-means, k-medoids looks for k places such that the points are near them; but the
places are points of the data, the *medoids* :math:`m_1 \dots m_k`, and distances count as
they are, not squared:

.. math:: \text{deviation} = \sum_i \min_j d(x_i, m_j) .

No mean is taken. So any distance will do (along the globe, Gower's, of warped series), one
far point pulls less, and each cluster comes with a member that can be shown: this customer,
that town. The price is the matrix of all distances.

PAM begins with medoids chosen one by one (*BUILD*) and swaps a medoid for another point as
long as that lowers the deviation. FasterPAM gets there in a k-th of the time, but where
distances are equal it may stop a swap too early; so PAM has the last word, and no single swap
improves an answer. Both are done by the package `kmedoids`.

References
----------
L. Kaufman, P. J. Rousseeuw, Clustering by means of medoids, 1987. E. Schubert,
P. J. Rousseeuw, Fast and eager k-medoids clustering, Information Systems 101, 2021.
"""

from collections.abc import Mapping
from functools import partial

import numpy as np

from clustering import sweep
from clustering.axis import FittedAxis
from clustering.checks import check_k, check_run
from clustering.dataset import Dataset, Floats
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.geometry.nearest import NearestExemplar
from clustering.partition import Partition
from clustering.progress import Report, silent
from clustering.snippets import block, call
from clustering.words import count

__all__ = ["away", "axis", "fit", "in_python"]

MOST = 10_000
"""Points whose distances take 0.8 GB."""
TURNS = 300
"""Passes over all points after which the swaps end, done or not."""


class AllNear(ParameterError):
    """Fewer medoids are at no distance from all points, so that a further one gains nothing."""


def fit(dataset: Dataset, *, k: int, seed: int = 0) -> Partition:
    """Part the points into `k` clusters, each around one of them.

    Parameters
    ----------
    dataset : Dataset
        At most 10,000 points without weights, under any symmetric distance.
    k : int
        Number of clusters, from 1 to the number of distinct points.
    seed : int
        In which order the points are tried as medoids.

    Returns
    -------
    Partition
        Clusters in the order of their medoids, whose places are ``exemplars``. Facts:
        ``deviation``, the sum of the distances to the own medoid, and ``swaps``.

    Raises
    ------
    ParameterError
        Where `k` or `seed` make no sense, or fewer than `k` medoids are at no distance from
        all points, as under distances that are zero between different points.
    UnsupportedError
        Where there are weights or too many points, or the package is not installed.
    DataError
        Where values are so large that their distances are infinite.

    Notes
    -----
    O(n^2) memory, O(k n^2) time. Of medoids that are equally near the first is taken.

    Examples
    --------
    >>> answer = fit(Dataset.from_points([[0.0], [1.0], [2.0], [10.0], [12.0], [90.0]]), k=2)
    >>> answer.labels.tolist(), answer.exemplars.tolist(), answer.facts["deviation"]
    ([0, 0, 0, 0, 0, 1], [2, 5], 21.0)
    """
    check_k(dataset, k)
    check_run(n_init=1, max_iter=TURNS, tol=0.0, seed=seed)
    return _swapped(dataset, k=k, distances=_distances(dataset), seed=seed)


def axis(
    dataset: Dataset, *, k_max: int = 12, seed: int = 0, report: Report = silent
) -> FittedAxis:
    """Find the medoids for k = 1, 2, ... from one matrix of distances.

    Parameters
    ----------
    dataset, seed
        As for `fit`.
    k_max : int
        Largest number of clusters; no more than there are distinct points are made.
    report : callable
        Told after each k, and during the silhouettes.

    Returns
    -------
    FittedAxis
        What `sweep.fitted` makes of it, with the curve ``deviation``.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `fit` does.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [10.0], [11.0], [20.0], [21.0]])
    >>> answers = axis(data, k_max=4)
    >>> answers.curves["deviation"].tolist(), answers.at(3).labels.tolist()
    ([41.0, 20.0, 3.0, 2.0], [0, 0, 1, 1, 2, 2])
    """
    check_run(n_init=1, max_iter=TURNS, tol=0.0, seed=seed)
    fit = partial(_swapped, distances=_distances(dataset), seed=seed)
    return sweep.over_k(
        dataset,
        fit=fit,
        k_max=k_max,
        curves=["deviation"],
        until=AllNear,
        seed=seed,
        report=report,
    )


def away(dataset: Dataset, partition: Partition) -> Floats:
    """Measure how far each point lies from the medoid of its cluster, shape (n,).

    Raises
    ------
    DataError
        Where the answer has no medoids or is about other points.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [3.0]])
    >>> away(data, fit(data, k=1)).tolist()
    [1.0, 0.0, 2.0]
    """
    if partition.exemplars is None or not np.array_equal(partition.rows, dataset.rows):
        raise DataError("This answer has no medoids among these points; compute it again.")
    far = np.empty(dataset.n)
    for cluster, medoid in enumerate(partition.exemplars):
        own = partition.labels == cluster
        far[own] = dataset.metric.between(dataset.points[own], dataset.points[[medoid]])[:, 0]
    return far


def in_python(parameters: Mapping[str, object], *, weights: str, distances: str) -> str:
    """Write the lines of a script that set `labels` to what `fit` gives."""
    found = call(
        "kmedoids.fasterpam",
        "distances",
        repr(parameters["k"]),
        max_iter=repr(TURNS),
        init="'build'",
        random_state=repr(parameters["seed"]),
        n_cpu="1",
    )
    return block(
        "k-medoids: each point belongs to the nearest of the medoids, which are swapped for other "
        "points as long as that brings the points nearer to them.",
        "import kmedoids",
        *([] if distances else ["from scipy.spatial.distance import cdist"]),
        *([] if distances else ["distances = cdist(points, points)"]),
        f"found = {found}",
        f"found = kmedoids.pam(distances, found.medoids, max_iter={TURNS})",
        "medoids = np.sort(found.medoids)",
        "labels = distances[:, medoids].argmin(axis=1)",
    )


def _distances(dataset: Dataset) -> Floats:
    """Measure all pairs once, shape (n, n), where there may be medoids at all."""
    if dataset.weights is not None:
        raise UnsupportedError(
            "k-medoids takes every point once and knows no weights; choose k-means."
        )
    if dataset.n > MOST:
        raise UnsupportedError(
            f"The distances between {dataset.n:,} points would take "
            f"{dataset.n**2 * 8 / 1e9:,.1f} GB of memory; take a sample of {MOST:,} points or "
            "fewer, or choose k-means."
        )
    distances = dataset.metric.between(dataset.points, dataset.points)
    if not np.isfinite(distances).all():
        raise DataError("Some distances are beyond all numbers; divide the columns or scale them.")
    return distances


def _swapped(dataset: Dataset, /, *, k: int, distances: Floats, seed: int) -> Partition:
    """Begin with medoids chosen one by one, and swap while that lowers the deviation."""
    try:
        import kmedoids
    except ImportError as error:
        raise UnsupportedError(
            "k-medoids needs the package kmedoids, which is not installed here; "
            "install it (pip install kmedoids) and start again."
        ) from error
    nearly = kmedoids.fasterpam(
        distances, int(k), max_iter=TURNS, init="build", random_state=int(seed), n_cpu=1
    )
    found = kmedoids.pam(distances, nearly.medoids.copy(), max_iter=TURNS)
    medoids = np.sort(found.medoids.astype(np.int64))
    if len(medoids) < k:
        raise AllNear(
            f"k = {k} is too many: no point is at any distance from the nearest of "
            f"{count(len(medoids), 'medoid')}; choose k <= {len(medoids)}."
        )
    rule = NearestExemplar(dataset.points[medoids], dataset.metric.between)
    labels = distances[:, medoids].argmin(axis=1)
    return Partition(
        labels=labels,
        rows=dataset.rows,
        method="kmedoids",
        parameters={"k": int(k), "seed": int(seed)},
        facts={
            "deviation": float(distances[np.arange(dataset.n), medoids[labels]].sum()),
            "swaps": float(nearly.n_swap + found.n_swap),
        },
        centers=dataset.points[medoids],
        exemplars=medoids,
        converged=found.n_iter < TURNS,
        assigner=rule,
    )
