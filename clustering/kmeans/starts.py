"""Where k-means starts: the same random numbers in the same order as scikit-learn's.

A run is settled by its starting centers. Who can name them can tell that run step
by step, repeat a bad one, or place better ones by hand.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from clustering.dataset import Dataset, Floats
from clustering.kmeans.checks import check_start
from clustering.kmeans.fitting import fit_checked
from clustering.partition import Partition
from clustering.progress import Report, Step, silent

__all__ = ["draws", "start_of"]


def draws(dataset: Dataset, *, k: int, init: str, seed: int) -> Iterator[Floats]:
    """Draw starting centers (k, d) without end, as a fit with many starts does.

    Of "random" they are points as they come; "k-means++" prefers points far from those already
    taken (D. Arthur, S. Vassilvitskii, k-means++: the advantages of careful seeding, SODA 2007).
    """
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
