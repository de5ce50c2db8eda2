r"""k-means under dynamic time warping: each cluster around a barycentre of its series.

As k-means it takes turns: every series goes to the nearest barycentre, every barycentre becomes
the mean of its series, but distances are warped and means are taken along warping paths
(`averaging`) [1]_. What it makes small is

.. math:: \text{inertia} = \sum_i d_{\mathrm{DTW}}(x_i, b_{l_i})^2 .

Starts are drawn as k-means++ draws them, in the same distance. The arithmetic is tslearn's
(`TimeSeriesKMeans(metric="dtw")`), compiled once and kept, and stopped between turns.

References
----------
.. [1] F. Petitjean, A. Ketterlin, P. Gançarski, "A global averaging method for dynamic time
       warping, with applications to clustering", Pattern Recognition 44(3), 2011.
"""

import numpy as np

from clustering import sweep
from clustering.axis import FittedAxis
from clustering.checks import check_k, check_run
from clustering.data.sequences.padding import as_steps, lengths, padded, series_of
from clustering.data.sequences.warping import Warping, warping
from clustering.dataset import Dataset, Floats, Integers
from clustering.geometry.nearest import NearestExemplar
from clustering.partition import Partition
from clustering.progress import Report, Step, part, silent
from clustering.series.averaging import averaged
from clustering.series.checks import check_band, check_shape, check_unweighted
from clustering.series.turns import FITTING, by_first_member, filled, fits, measured

__all__ = ["axis", "fit"]

TOLERANCE = 1e-6
"""Change of the mean squared distance below which the turns end."""


def fit(
    dataset: Dataset,
    *,
    shape: tuple[int, ...],
    k: int,
    band: int | None = None,
    n_init: int = 1,
    max_iter: int = 50,
    seed: int = 0,
    report: Report = silent,
) -> Partition:
    """Part series into `k` clusters around barycentres.

    Parameters
    ----------
    dataset : Dataset
        Series, padded or not, without weights; distances are warped whatever its metric is.
    shape : tuple of int
        (T, D), as they are laid out.
    k : int
        Number of clusters, from 1 to the number of distinct series. One stays empty where series
        differ, but not in this distance.
    band : int, optional
        Steps by which a warping path may stray from the straight line; any when left out.
    n_init : int
        Starts, of which the best is kept.
    max_iter : int
        Turns of each start at most.
    seed : int
        Fixes the starts.
    report : callable
        Told after each turn; what it raises ends the work.

    Returns
    -------
    Partition
        Clusters in the order of their first members; ``centers`` are the barycentres, padded
        as the series are. Facts: ``inertia``, the sum of squared distances, and ``iterations``.

    Raises
    ------
    ParameterError
        Where an argument makes no sense.
    UnsupportedError
        Where there are weights, or the points are no series of that shape.

    Notes
    -----
    O(n k T^2 D) a turn for the labels, and up to 30 times O(n T^2 D) for the barycentres. A
    barycentre is as long as the series it began with. One that loses all its series begins
    anew at the series that is farthest from its own.

    Examples
    --------
    >>> rows = [[0.0, 0.0, 1.0], [0.0, 1.0, 1.0], [5.0, 5.0, 9.0], [5.0, 9.0, 9.0]]
    >>> answer = fit(Dataset.from_points(rows), shape=(3, 1), k=2)
    >>> answer.labels.tolist(), answer.facts["inertia"]
    ([0, 0, 1, 1], 0.0)
    """
    _check(dataset, shape, band, n_init=n_init, max_iter=max_iter, seed=seed)
    check_k(dataset, k)
    metric = warping(shape, band=band)
    rng = np.random.default_rng(seed)
    best: tuple[float, Floats, int, bool] | None = None
    for run in range(n_init):
        told = part(report, 100 * run / n_init, 100 * (run + 1) / n_init)
        start = drawn(dataset, metric.between, k=k, rng=rng)  # type: ignore[arg-type]
        found = settled(dataset, start, shape=shape, band=band, max_iter=max_iter, report=told)
        best = found if best is None or found[0] < best[0] else best
    assert best is not None
    inertia, centres, turns, converged = best
    nearest = metric.between(dataset.points, centres).argmin(axis=1)
    centres = centres[by_first_member(nearest, k)]
    rule = NearestExemplar(centres, metric.between)
    return Partition(
        labels=rule(dataset.points),
        rows=dataset.rows,
        method="series.dtw_kmeans",
        parameters={
            "shape": (int(shape[0]), int(shape[1])),
            "k": int(k),
            "band": None if band is None else int(band),
            "n_init": int(n_init),
            "max_iter": int(max_iter),
            "seed": int(seed),
        },
        facts={"inertia": inertia, "iterations": float(turns)},
        centers=centres,
        converged=converged,
        assigner=rule,
    )


def axis(
    dataset: Dataset,
    *,
    shape: tuple[int, ...],
    k_max: int = 8,
    band: int | None = None,
    n_init: int = 1,
    max_iter: int = 50,
    seed: int = 0,
    report: Report = silent,
) -> FittedAxis:
    """Fit k = 1, 2, ... and measure each answer in the warped distance.

    Parameters
    ----------
    dataset, shape, band, n_init, max_iter, seed, report
        As for `fit`, the same for every k.
    k_max : int
        Largest number of clusters; no more than there are distinct series are made.

    Returns
    -------
    FittedAxis
        What `sweep.fitted` makes of it, with the curves ``inertia`` and ``iterations``;
        silhouettes are in the warped distance, of more than `LIMIT` series from a sample.

    Raises
    ------
    ParameterError, UnsupportedError
        As `fit` does.
    """
    _check(dataset, shape, band, n_init=n_init, max_iter=max_iter, seed=seed)
    partitions = []
    for k in (values := sweep.up_to(dataset, k_max)):
        partitions.append(
            fit(
                dataset, shape=shape, k=k, band=band, n_init=n_init, max_iter=max_iter,
                seed=seed, report=part(report, *fits(values, k)),
            )
        )  # fmt: skip
    return measured(
        dataset,
        partitions,
        shape=shape,
        k_max=k_max,
        band=band,
        seed=seed,
        report=part(report, FITTING, 100),
    )


def drawn(dataset: Dataset, between: Warping, *, k: int, rng: np.random.Generator) -> Floats:
    """Draw `k` series far from one another, the greedy way of k-means++, shape (k, T * D)."""
    points = dataset.points
    chosen = [int(rng.integers(dataset.n))]
    nearest = between(points[chosen], points)[0] ** 2
    for _ in range(1, k):
        tries = 2 + int(np.log(k))
        mass = nearest.sum()
        some = rng.choice(dataset.n, tries, p=nearest / mass) if mass else _others(dataset, chosen)
        closer = np.minimum(nearest, between(points[some], points) ** 2)
        best = int(closer.sum(axis=1).argmin())
        chosen.append(int(some[best]))
        nearest = closer[best]
    return points[chosen]


def settled(
    dataset: Dataset,
    start: Floats,
    *,
    shape: tuple[int, ...],
    band: int | None = None,
    max_iter: int = 50,
    report: Report = silent,
) -> tuple[float, Floats, int, bool]:
    """Take turns from `start` (k, T * D) until no series changes its cluster.

    Returns
    -------
    tuple of float, ndarray of shape (k, T * D), int and bool
        Inertia, barycentres, turns, and whether it came to an end before `max_iter`.
    """
    between = warping(shape, band=band).between
    steps, ends = as_steps(dataset.points, shape), lengths(dataset.points, shape)
    centres, before, labels = start, np.inf, np.full(dataset.n, -1)
    converged, turn = False, 0
    for turn in range(1, max_iter + 1):
        far = between(dataset.points, centres) ** 2
        own = filled(far)
        mean = float(far[np.arange(dataset.n), own].mean())
        converged = np.array_equal(own, labels) or abs(before - mean) < TOLERANCE
        if converged:
            break
        labels, before = own, mean
        centres = _moved(steps, ends, series_of(centres, shape), labels, band)
        report(Step(turn, max_iter, f"turn {turn}"))
    report(Step(max_iter, max_iter, "barycentres stand"))
    inertia = float((between(dataset.points, centres).min(axis=1) ** 2).sum())
    return inertia, centres, turn, converged


def _moved(
    steps: Floats, ends: Integers, old: list[Floats], labels: Integers, band: int | None
) -> Floats:
    """Average the series of each cluster, shape (k, T * D)."""
    new = [
        averaged(steps[labels == cluster], ends[labels == cluster], each, band=band)
        for cluster, each in enumerate(old)
    ]
    return padded(new, steps=steps.shape[1])


def _others(dataset: Dataset, chosen: list[int]) -> Integers:
    """Give series that were not chosen, where all are at no distance from those that were."""
    return np.setdiff1d(np.arange(dataset.n), chosen)[:1]


def _check(
    dataset: Dataset, shape: tuple[int, ...], band: int | None, *, n_init: int, max_iter: int,
    seed: int,
) -> None:  # fmt: skip
    """Raise where an argument makes no sense."""
    check_shape(dataset, shape)
    check_unweighted(dataset, "DTW k-means")
    check_band(band)
    check_run(n_init=n_init, max_iter=max_iter, tol=0.0, seed=seed)
