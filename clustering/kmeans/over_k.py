"""Every k of k-means, from 1 to as many as are asked for, each answer measured."""

import numpy as np

from clustering.axis import FittedAxis
from clustering.checks import check_coordinates, check_run, is_whole, largest_k, shown
from clustering.dataset import Dataset, frozen
from clustering.errors import ParameterError
from clustering.kmeans.checks import check_init
from clustering.kmeans.fitting import fit_checked
from clustering.kmeans.large import MANY, path, told
from clustering.progress import Report, Step, silent
from clustering.sweep import fitted

__all__ = ["axis"]


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
        ``parameter`` is "k". Curves: ``clusters`` (those that hold points),
        ``inertia``, ``iterations``, and ``silhouette`` with ``silhouette_low`` and
        ``silhouette_high``, NaN where undefined. ``notes["silhouette"]`` says how it
        was computed, ``notes["silhouette_undefined"]`` where it is undefined and why.

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
    >>> int(answers.values[np.nanargmax(answers.curves["silhouette"])])
    3
    """
    check_coordinates(dataset, "k-means")
    if not is_whole(k_max) or k_max < 1:
        raise ParameterError(f"k_max = {shown(k_max)}; choose a whole number from 1.")
    check_run(n_init=n_init, max_iter=max_iter, tol=tol, seed=seed)
    if not isinstance(init, str):
        raise ParameterError("Placed centres start one k only; choose k-means++ or random here.")
    check_init(dataset, init, k=1)
    last = largest_k(dataset, k_max)
    if dataset.n > MANY:
        fits = last * (last + 1)
        scoring = max(1, fits // 3)
        partitions = path(
            dataset,
            last=last,
            init=init,
            n_init=n_init,
            max_iter=max_iter,
            tol=tol,
            seed=seed,
            report=report,
            total=fits + scoring,
        )
    else:
        # A fit takes about as long as k is large; all scores together a tenth of all fits.
        fits = last * (last + 1) // 2
        scoring = max(1, fits // 10)
        partitions = ()
        for k in range(1, last + 1):
            partitions += (
                fit_checked(
                    dataset, k=k, init=init, n_init=n_init, max_iter=max_iter, tol=tol, seed=seed
                ),
            )
            report(Step(k * (k + 1) // 2, fits + scoring, f"k = {k} of {last}"))
    notes = {"fits": told(dataset.n, n_init)} if dataset.n > MANY else {}
    if last < k_max:
        notes["clusters"] = f"There are only {last} distinct points, so that k ends there."
    return fitted(
        dataset,
        partitions,
        curves={
            "inertia": frozen([p.facts["inertia"] for p in partitions]),
            "iterations": frozen([p.facts["iterations"] for p in partitions], np.float64),
        },
        notes=notes,
        seed=seed,
        report=lambda step: report(
            Step(fits + int(scoring * step.share), fits + scoring, step.message)
        ),
    )
