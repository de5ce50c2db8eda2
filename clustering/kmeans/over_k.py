"""Every k of k-means, from 1 to as many as are asked for, each answer measured."""

from functools import partial
from typing import Any

from clustering import sweep
from clustering.axis import FittedAxis
from clustering.checks import check_coordinates, check_run
from clustering.dataset import Dataset
from clustering.errors import ParameterError
from clustering.kmeans.checks import check_init
from clustering.kmeans.fitting import fit_checked
from clustering.kmeans.large import MANY, path, told
from clustering.progress import Report, part, silent

__all__ = ["axis"]

CURVES = ("inertia", "iterations")


def axis(
    dataset: Dataset,
    *,
    k_max: int = 12,
    init: str = "k-means++",
    n_init: int = 10,
    max_iter: int = 300,
    tol: float = 1e-4,
    seed: int = 0,
    report: Report = silent,
) -> FittedAxis:
    """Fit k = 1, 2, ... and measure each answer.

    Parameters
    ----------
    dataset : Dataset
        Coordinates, weighted or not.
    k_max : int
        Largest number of clusters; no more than there are distinct points are made.
    init : {"k-means++", "random"}
        How starting centers are drawn.
    n_init, max_iter, tol, seed
        As in `fit`, the same for every k.
    report : callable
        Told after each k, and while silhouettes are computed.

    Returns
    -------
    FittedAxis
        What `sweep.fitted` makes of it, with the curves ``inertia`` and ``iterations``.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `fit` does.

    Notes
    -----
    The silhouettes of all k share one pass over the distances. Beyond `MANY` points
    each k is run once over all points, restarts are made on a sample, and silhouettes
    are sampled (`clustering.kmeans.large`).

    Examples
    --------
    >>> data = Dataset.from_points([[0], [1], [10], [11], [20], [21]])
    >>> answers = axis(data, k_max=4)
    >>> answers.curves["inertia"].round(6).tolist()
    [401.5, 101.5, 1.5, 1.0]
    >>> answers.curves["silhouette"].round(2).tolist()
    [nan, 0.63, 0.9, 0.6]
    """
    check_coordinates(dataset, "k-means")
    check_run(n_init=n_init, max_iter=max_iter, tol=tol, seed=seed)
    if not isinstance(init, str):
        raise ParameterError("Placed centres start one k only; choose k-means++ or random here.")
    check_init(dataset, init, k=1)
    settled: dict[str, Any] = {
        "init": init,
        "n_init": n_init,
        "max_iter": max_iter,
        "tol": tol,
        "seed": seed,
    }
    if dataset.n <= MANY:
        fit = partial(fit_checked, **settled)
        return sweep.over_k(dataset, fit=fit, k_max=k_max, curves=CURVES, seed=seed, report=report)
    values = sweep.up_to(dataset, k_max)
    return sweep.fitted(
        dataset,
        path(dataset, k_max=values[-1], report=part(report, 0, 75), **settled),
        k_max=k_max,
        curves=CURVES,
        notes={"fits": told(dataset.n, n_init)},
        seed=seed,
        report=part(report, 75, 100),
    )
