r"""k-Shape: series are alike when one, shifted, has the shape of the other.

Every series is brought to mean 0 and spread 1, channel by channel; how large it is and how high
it lies count for nothing. The distance is one less the largest normalised cross-correlation over
all shifts [1]_,

.. math:: d(x, y) = 1 - \max_w \frac{\sum_t x_{t+w} \cdot y_t}{\lVert x \rVert \lVert y \rVert},

from 0 (the same shape) to 2. The shape of a cluster is the series that correlates best with its
members, each shifted to lie best on the shape before: the first eigenvector of their products.

The arithmetic is tslearn's (`KShape`), with all series of a turn in one Fourier transform and
no other eigenvector than the first.

References
----------
.. [1] J. Paparrizos, L. Gravano, "k-Shape: Efficient and Accurate Clustering of Time Series",
       SIGMOD 2015.
"""

import numpy as np

from clustering import sweep
from clustering.axis import FittedAxis
from clustering.checks import check_k, check_run
from clustering.data.sequences.padding import lengths
from clustering.dataset import Dataset, Floats
from clustering.partition import Partition
from clustering.progress import Report, Step, part, silent
from clustering.series.checks import check_shape, check_unweighted
from clustering.series.resampled import said
from clustering.series.shapes import NearestShape, distances, extracted, standardised
from clustering.series.turns import FITTING, by_first_member, filled, fits, measured

__all__ = ["axis", "fit"]

TOLERANCE = 1e-6
"""Change of the mean squared distance below which the turns end."""


def fit(
    dataset: Dataset,
    *,
    shape: tuple[int, ...],
    k: int,
    n_init: int = 5,
    max_iter: int = 100,
    seed: int = 0,
    report: Report = silent,
) -> Partition:
    """Part series into `k` clusters of one shape each.

    Parameters
    ----------
    dataset : Dataset
        Series without weights; those of unequal length are brought to T steps first, which
        ``resampled.said`` says.
    shape : tuple of int
        (T, D), as they are laid out.
    k : int
        Number of clusters, from 1 to the number of distinct series. One stays empty where series
        differ, but not in this distance.
    n_init : int
        Starts, each from series drawn at random, of which the best is kept.
    max_iter : int
        Turns of each start at most.
    seed : int
        Fixes the starts.
    report : callable
        Told after each turn; what it raises ends the work.

    Returns
    -------
    Partition
        Clusters in the order of their first members; ``centers`` are the shapes, of mean 0 and
        spread 1. Facts: ``inertia``, the sum of squared distances, ``iterations``, and
        ``resampled``, how many series were brought to another length.

    Raises
    ------
    ParameterError
        Where an argument makes no sense.
    UnsupportedError
        Where there are weights, or the points are no series of that shape.

    Notes
    -----
    O(n k D T log T) a turn for the labels, and O(min(n, T)^2 max(n, T)) for the shapes.

    Examples
    --------
    >>> rows = [[0, 1, 0, 0], [0, 0, 9, 0], [1, 2, 3, 4], [0, 1, 2, 3]]
    >>> fit(Dataset.from_points(rows), shape=(4, 1), k=2).labels.tolist()
    [0, 0, 1, 1]
    """
    _check(dataset, shape, n_init=n_init, max_iter=max_iter, seed=seed)
    check_k(dataset, k)
    series = standardised(dataset.points, shape)
    rng = np.random.default_rng(seed)
    best: tuple[float, Floats, int, bool] | None = None
    for run in range(n_init):
        told = part(report, 100 * run / n_init, 100 * (run + 1) / n_init)
        start = series[rng.choice(dataset.n, k, replace=False)]
        found = settled(series, start, max_iter=max_iter, report=told)
        best = found if best is None or found[0] < best[0] else best
    assert best is not None
    _, shapes, turns, converged = best
    nearest = distances(series, shapes).argmin(axis=1)
    shapes = shapes[by_first_member(nearest, k)]
    away = distances(series, shapes)
    return Partition(
        labels=away.argmin(axis=1),
        rows=dataset.rows,
        method="series.kshape",
        parameters={
            "shape": (int(shape[0]), int(shape[1])),
            "k": int(k),
            "n_init": int(n_init),
            "max_iter": int(max_iter),
            "seed": int(seed),
        },
        facts={
            "inertia": float((away.min(axis=1) ** 2).sum()),
            "iterations": float(turns),
            "resampled": float(_shorter(dataset, shape)),
        },
        centers=shapes.reshape(k, -1),
        converged=converged,
        assigner=NearestShape(shapes),
    )


def axis(
    dataset: Dataset,
    *,
    shape: tuple[int, ...],
    k_max: int = 8,
    n_init: int = 5,
    max_iter: int = 100,
    seed: int = 0,
    report: Report = silent,
) -> FittedAxis:
    """Fit k = 1, 2, ... and measure each answer in the distance of dynamic time warping.

    Parameters
    ----------
    dataset, shape, n_init, max_iter, seed, report
        As for `fit`, the same for every k.
    k_max : int
        Largest number of clusters; no more than there are distinct series are made.

    Returns
    -------
    FittedAxis
        What `sweep.fitted` makes of it, with the curves ``inertia`` and ``iterations``;
        ``notes["series"]`` says where series were brought to another length.

    Raises
    ------
    ParameterError, UnsupportedError
        As `fit` does.
    """
    _check(dataset, shape, n_init=n_init, max_iter=max_iter, seed=seed)
    partitions = []
    for k in (values := sweep.up_to(dataset, k_max)):
        partitions.append(
            fit(
                dataset, shape=shape, k=k, n_init=n_init, max_iter=max_iter, seed=seed,
                report=part(report, *fits(values, k)),
            )
        )  # fmt: skip
    return measured(
        dataset,
        partitions,
        shape=shape,
        k_max=k_max,
        note=said(dataset, shape=shape),
        seed=seed,
        report=part(report, FITTING, 100),
    )


def settled(
    series: Floats, start: Floats, *, max_iter: int = 100, report: Report = silent
) -> tuple[float, Floats, int, bool]:
    """Take turns from `start` (k, T, D) until the mean squared distance falls no more.

    Parameters
    ----------
    series : ndarray of shape (n, T, D)
        Of mean 0 and spread 1.
    start : ndarray of shape (k, T, D)
        The first shapes.
    max_iter, report
        As for `fit`.

    Returns
    -------
    tuple of float, ndarray of shape (k, T, D), int and bool
        Mean squared distance, shapes, turns, and whether they ended before `max_iter`.
    """
    shapes = start
    away = distances(series, shapes)
    mean = np.inf
    for turn in range(1, max_iter + 1):
        labels = filled(away)
        moved = np.stack(
            [extracted(series[labels == cluster], each) for cluster, each in enumerate(shapes)]
        )
        closer = distances(series, moved)
        now = float((closer.min(axis=1) ** 2).mean())
        if mean - now < TOLERANCE:  # the shapes before were as good, or better
            report(Step(max_iter, max_iter, "shapes stand"))
            return mean, shapes, turn, True
        shapes, away, mean = moved, closer, now
        report(Step(turn, max_iter, f"turn {turn}"))
    return mean, shapes, max_iter, False


def _shorter(dataset: Dataset, shape: tuple[int, ...]) -> int:
    """Count the series that have another length than the longest may have."""
    return int((lengths(dataset.points, shape) != shape[0]).sum())


def _check(
    dataset: Dataset, shape: tuple[int, ...], *, n_init: int, max_iter: int, seed: int
) -> None:
    """Raise where an argument makes no sense."""
    check_shape(dataset, shape)
    check_unweighted(dataset, "k-Shape")
    check_run(n_init=n_init, max_iter=max_iter, tol=0.0, seed=seed)
