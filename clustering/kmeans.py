r"""k-means: where one group ends and the next begins.

k-means wants k centers such that the points are near them, and says with one
number how near they are, the *inertia*

.. math:: \sum_i w_i \lVert x_i - c_{l_i} \rVert^2 ,

where :math:`l_i` is the nearest center of point i. The border between two clusters
is then where two centers are equally near: a straight line, halfway. All borders
together are the Voronoi diagram of the centers (`clustering.voronoi`), and every
cluster is convex. That is its strength, since a new point needs nothing but k
distances, and its weakness: it cuts rings and moons, and it thinks that groups are
round and of like width, whether they are or not.

Inertia falls with every further center and reaches 0 when each point has its own,
so that it cannot choose k by itself. The curve bends where further centers stop
finding groups and start to cut them; the silhouette, which compares the own cluster
with the next one, has its peak there.

====================  ===========================================================
`fit`                 one answer for one k: scikit-learn's
`axis`                every k from 1, with inertia and silhouette
`steps`               one run as half steps, for a lesson (`kmeans_steps`)
`lottery`             many starts, good and bad ones (`kmeans_restarts`)
`certainty`           share of the starts in which a point keeps its cluster
`margins`             how near to a border each point lies, and to whose
`starting_centers`    where a fit would start; `start_of`: where one did
`thinned`             fewer points, where many runs of all would take too long
====================  ===========================================================
"""

from dataclasses import dataclass

import numpy as np
from scipy.spatial.distance import cdist

from clustering.axis import FittedAxis
from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.errors import DataError, ParameterError
from clustering.kmeans_checks import (
    Init,
    check_dataset,
    check_init,
    check_run,
    is_whole,
    largest_k,
    shown,
)
from clustering.kmeans_fit import fit, fit_checked
from clustering.kmeans_large import MANY, path, thinned, told
from clustering.kmeans_restarts import Lottery, certainty, lottery
from clustering.kmeans_starts import start_of, starting_centers
from clustering.kmeans_steps import Moment, Steps, steps
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step, silent
from clustering.sweep import fitted

__all__ = [
    "MANY",
    "Init",
    "Lottery",
    "Margins",
    "Moment",
    "Steps",
    "axis",
    "certainty",
    "fit",
    "lottery",
    "margins",
    "start_of",
    "starting_centers",
    "steps",
    "thinned",
]


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
    are sampled (`clustering.kmeans_large`).

    Examples
    --------
    >>> data = Dataset.from_points([[0], [1], [10], [11], [20], [21]])
    >>> answers = axis(data, k_max=4)
    >>> answers.curves["inertia"].round(6).tolist()
    [401.5, 101.5, 1.5, 1.0]
    >>> int(answers.values[np.nanargmax(answers.curves["silhouette"])])
    3
    """
    check_dataset(dataset)
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


@dataclass(frozen=True, eq=False, slots=True)
class Margins:
    """How near to a border each point lies.

    Attributes
    ----------
    ratio : ndarray of shape (n,)
        Distance to the own center over distance to the next one: 0 on the own
        center, 1 on the border.
    rival : ndarray of shape (n,), int32
        The cluster of the next center, beyond that border; -1 where there is none.
    """

    ratio: Floats
    rival: Labels


def margins(dataset: Dataset, partition: Partition) -> Margins:
    """Measure how near to a border each point lies, and to whose cluster.

    Parameters
    ----------
    dataset : Dataset
        The points that were clustered.
    partition : Partition
        An answer with centers.

    Returns
    -------
    Margins
        One ratio and one rival a point.

    Raises
    ------
    DataError
        Where the answer has no centers or is about different points.

    Notes
    -----
    O(n k d) time and O(n k) memory. Clusters without points are nobody's rival.

    Examples
    --------
    >>> data = Dataset.from_points([[0], [4], [8], [10]])
    >>> near = margins(data, fit(data, k=2, init=[[0], [9]]))
    >>> near.ratio.round(3).tolist(), near.rival.tolist()
    ([0.222, 0.4, 0.167, 0.125], [1, 1, 0, 0])
    """
    if partition.centers is None or len(partition.labels) != dataset.n:
        raise DataError("Borders need an answer with centres for the same points.")
    distances = cdist(dataset.points, partition.centers)
    distances[:, partition.sizes == 0] = np.inf
    own, second, rival = contest(distances, partition.labels)
    # Two centers in one place leave nothing to tell them apart: the point is on the border.
    ratio = np.divide(own, second, out=np.ones(dataset.n), where=second > 0)
    return Margins(
        ratio=frozen(np.clip(ratio, 0.0, 1.0)),
        rival=frozen(np.where(np.isfinite(second), rival, -1), np.int32),
    )


def contest(distances: Floats, labels: Labels) -> tuple[Floats, Floats, Integers]:
    """Tell the own center from the next one.

    Parameters
    ----------
    distances : ndarray of shape (n, k)
        From each point to each center.
    labels : ndarray of shape (n,)
        Which center is the own.

    Returns
    -------
    own, second : ndarray of shape (n,)
        Distance to the own center, and to the nearest other one; inf where k is 1.
    rival : ndarray of shape (n,)
        That other center.
    """
    everyone = np.arange(len(labels))
    others = distances.copy()
    others[everyone, labels] = np.inf
    rival = others.argmin(axis=1)
    return distances[everyone, labels], others[everyone, rival], rival
