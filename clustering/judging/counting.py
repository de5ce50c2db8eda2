"""How many clusters are there? The questions in one place, each a call with plain arguments.

A method is named here as users name it, and everything that judges it from outside
(the gap statistic, the null test) gets it from here. All calls take a Dataset and
plain values, so that they can be cached and sent to another process as they stand.

1. `structure`: is there anything to count? Compared with data that have no clusters.
2. `axis`: every k at once, with all indices.
3. `placements`: the silhouette of each point, for every k.
4. `gap`: how much tighter the clusters are than those of structureless data.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, get_args

from clustering import agglomerative, kmeans, mixture, sweep, validity
from clustering.axis import FittedAxis
from clustering.dataset import Dataset
from clustering.errors import ParameterError, UnsupportedError
from clustering.judging import gap as gaps
from clustering.judging import structure as tests
from clustering.judging.indices import judged
from clustering.kmeans import quick
from clustering.partition import Labels
from clustering.progress import Report, part, silent

__all__ = ["METHODS", "Method", "axis", "gap", "placements", "structure"]

Method = Literal["k-means", "Gaussian mixture", "agglomerative"]
"""How a method is named."""

METHODS: tuple[Method, ...] = get_args(Method)

TESTED_K, TESTED_STARTS = 10, 2
"""Largest k and restarts of the null test, for the data as for what they are held against."""

LIGHT_STARTS = 2
"""Restarts on each reference set of the gap statistic."""

MOST_GAP = 20_000
"""Points up to which the gap statistic is computed."""

MOST_QUICK = 3_000
"""Points up to which fitting every k at once is quicker than one after another."""


def axis(
    dataset: Dataset,
    *,
    method: Method,
    k_max: int = 12,
    n_init: int = 10,
    seed: int = 0,
    report: Report = silent,
) -> FittedAxis:
    """Give every k of a method, with all indices.

    Parameters
    ----------
    dataset : Dataset
        Coordinates.
    method : {"k-means", "Gaussian mixture", "agglomerative"}
        Which method.
    k_max : int
        Largest number of clusters.
    n_init, seed
        Restarts for each k and the seed of their random numbers; agglomerative
        clustering has neither.
    report : callable
        Told after each unit of work.

    Returns
    -------
    FittedAxis
        With the curves of `clustering.judging.indices.judged`.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As the method does; ParameterError for one that is not named above.

    Examples
    --------
    >>> data = Dataset.from_points([[0], [1], [10], [11], [20], [21]])
    >>> found = axis(data, method="agglomerative", k_max=4)
    >>> [sorted(found.curves)[i] for i in (0, 1, 3)]
    ['bic', 'calinski_harabasz', 'davies_bouldin']
    """
    fitting = part(report, 0, 90)
    if method == "k-means":
        found = kmeans.axis(dataset, k_max=k_max, n_init=n_init, seed=seed, report=fitting)
    elif method == "Gaussian mixture":
        found = mixture.axis(dataset, k_max=k_max, n_init=n_init, seed=seed, report=fitting)
    elif method == "agglomerative":
        found = agglomerative.over_k(dataset, k_max=k_max, report=fitting)
    else:
        raise ParameterError(f"{method!r} is no method; choose one of {', '.join(METHODS)}.")
    return judged(dataset, found, report=part(report, 90, 100))


def placements(
    dataset: Dataset, *, axis: FittedAxis, seed: int = 0, report: Report = silent
) -> tuple[validity.Score, ...]:
    """Give the silhouette of each point for every answer of an axis.

    Parameters
    ----------
    dataset : Dataset
        The points.
    axis : FittedAxis
        Answers for them.
    seed : int
        As on the axis, so that the same points are sampled where there are many.
    report : callable
        Told how far the pass over the distances is.

    Returns
    -------
    tuple of Score
        With ``per_point``, in the order of ``axis.values``; undefined ones have none.
    """
    return validity.silhouettes(
        dataset,
        [partition.labels for partition in axis.partitions],
        per_point=True,
        seed=seed,
        report=report,
    )


def structure(dataset: Dataset, *, seed: int = 0, report: Report = silent) -> tests.NullTest:
    """Ask whether k-means finds better clusters than in data that have none.

    Parameters
    ----------
    dataset : Dataset
        Coordinates.
    seed : int
        Of everything that is drawn.
    report : callable
        Told after each reference set.

    Returns
    -------
    NullTest
        See `clustering.judging.structure`.
    """
    cluster = partial(quick.labels_over_k, n_init=TESTED_STARTS)
    return tests.null_test(
        dataset,
        best=partial(tests.best_silhouette, cluster=cluster, k_max=TESTED_K),
        seed=seed,
        report=report,
    )


def gap(
    dataset: Dataset,
    *,
    axis: FittedAxis,
    method: Method,
    seed: int = 0,
    references: int = 20,
    report: Report = silent,
) -> gaps.Gap:
    """Give the gap statistic over an axis.

    Parameters
    ----------
    dataset : Dataset
        The points.
    axis : FittedAxis
        What `axis` gave for them.
    method : {"k-means", "Gaussian mixture", "agglomerative"}
        The method that gave it, which is run on each reference set too.
    seed, references, report
        As for `clustering.judging.gap.gap`.

    Returns
    -------
    Gap
        Over ``axis.values``.

    Raises
    ------
    UnsupportedError
        Where there are more than `MOST_GAP` points.
    """
    if dataset.n > MOST_GAP:
        raise UnsupportedError(
            f"The gap statistic clusters {references} reference sets as large as the data, which "
            f"takes too long beyond {MOST_GAP:,} points; choose a sample on the Data page."
        )
    if method == "k-means" and dataset.n <= MOST_QUICK:
        labels_of: Callable[..., Sequence[Labels]] = partial(
            quick.labels_over_k, n_init=LIGHT_STARTS
        )
    elif method == "k-means":
        fit = partial(kmeans.fit, n_init=LIGHT_STARTS)
        labels_of = partial(sweep.labels_over_k, fit=fit)
    elif method == "Gaussian mixture":
        labels_of = partial(sweep.labels_over_k, fit=partial(mixture.fit, n_init=1))
    else:
        labels_of = agglomerative.cuts
    cluster = partial(labels_of, values=axis.values.astype(int).tolist())
    return gaps.gap(dataset, axis, cluster=cluster, references=references, seed=seed, report=report)
