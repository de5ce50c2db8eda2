"""Where k-means starts: the same random numbers in the same order as scikit-learn's.

A run is settled by its starting centers. Who can name them can tell that run step
by step, repeat a bad one, or place better ones by hand.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from clustering.checks import check_coordinates, check_k, check_run
from clustering.dataset import Dataset, Floats
from clustering.kmeans.checks import check_init, check_start
from clustering.kmeans.fitting import fit_checked
from clustering.partition import Partition
from clustering.progress import Report, Step, silent

__all__ = ["draws", "start_of", "starting_centers"]


def draws(dataset: Dataset, *, k: int, init: str, seed: int) -> Iterator[Floats]:
    """Draw starting centers (k, d) without end, as a fit with many starts does."""
    from sklearn.cluster import kmeans_plusplus

    numbers = np.random.RandomState(seed)
    weights = dataset.mass
    centred = dataset.points - dataset.points.mean(axis=0)
    while True:
        if init == "k-means++":
            _, chosen = kmeans_plusplus(centred, k, sample_weight=weights, random_state=numbers)
        else:
            chosen = numbers.choice(dataset.n, size=k, replace=False, p=weights / weights.sum())
        yield dataset.points[chosen]


def starting_centers(dataset: Dataset, *, k: int, init: str = "k-means++", seed: int = 0) -> Floats:
    """Draw the centers from which ``fit(..., n_init=1)`` with this seed starts.

    Parameters
    ----------
    dataset : Dataset
        Coordinates, weighted or not.
    k : int
        Number of centers.
    init : {"k-means++", "random"}
        ``"random"`` takes k points as they come; ``"k-means++"`` prefers points far
        from those already taken.
    seed : int
        Seed of the random numbers.

    Returns
    -------
    ndarray of shape (k, d)
        Points of the data.

    References
    ----------
    D. Arthur and S. Vassilvitskii, "k-means++: the advantages of careful seeding",
    SODA 2007.
    """
    check_coordinates(dataset, "k-means")
    check_k(dataset, k)
    check_run(n_init=1, max_iter=1, tol=0.0, seed=seed)
    check_init(dataset, init, k=k)
    return next(draws(dataset, k=int(k), init=init, seed=seed))


def start_of(dataset: Dataset, partition: Partition, *, report: Report = silent) -> Floats:
    """Find the starting centers from which a fit came to its answer.

    Parameters
    ----------
    dataset : Dataset
        The points that were clustered.
    partition : Partition
        What `fit` gave for them.
    report : callable
        Told after each start that is run again.

    Returns
    -------
    ndarray of shape (k, d)
        The start that was kept of the ``n_init`` that were tried: `fit` from it
        gives the same labels.

    Notes
    -----
    At most as long as the fit took, since its starts are run again one by one until
    one comes to the same labels.
    """
    given: dict[str, Any] = dict(partition.parameters)
    init, n_init = given.pop("init"), given.pop("n_init")
    if not isinstance(init, str):
        return check_start(dataset, init)
    starts = draws(dataset, k=given["k"], init=init, seed=given["seed"])
    runs: list[tuple[float, int, Floats]] = []
    for number, start in zip(range(n_init), starts, strict=False):
        run = fit_checked(dataset, init=start, n_init=1, **given)
        report(Step(number + 1, n_init, f"start {number + 1} of {n_init}"))
        if np.array_equal(run.labels, partition.labels):
            return start
        runs.append((run.facts["inertia"], number, start))
    # Only where sums of several threads fell together in another order.
    return min(runs)[2]
