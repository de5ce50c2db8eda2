r"""Is there any structure? What every method should be asked before its clusters are believed.

k-means parts anything into k clusters, and draws no less handsome borders through noise.
Two questions tell noise from structure.

*Are the points in heaps?* The Hopkins statistic (`judging.hopkins`) is about 0.5 where they
are spread evenly and near 1 where they crowd. A single heap is a heap, too: it says that the
points are not even, not that there are several clusters.

*Are there better clusters than in even data?* The best silhouette over k of the data is
held against that of reference data: evenly filled boxes of their size, clustered by the same
procedure. The share of those that reach as high is the p-value,

.. math:: p = \frac{1 + \#\{\text{references as high as the data}\}}{1 + B} .

This is the verdict. Even data get a p of 0.05 or less in 5 of 100 cases, whatever their size. A
single normal cloud, round or long, gets a p near 1, since it has less to part than a box. What
does get a small p are groups with gaps between them, and also a long tail or a few points far
from all others, which are a cluster apart for the silhouette, and columns of few different
values, whose equal points are clusters without any width.

The box lies along the columns or along the principal axes, whichever is smaller. Even data that
fill neither, such as a square that stands on its corner, are crowded to Hopkins.

References
----------
G. A. Barnard, discussion of M. S. Bartlett, The spectral analysis of point processes, Journal
of the Royal Statistical Society B 25, 1963, for the p-value.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from clustering import validity
from clustering.checks import largest_k
from clustering.dataset import Dataset, Floats, frozen
from clustering.errors import ParameterError
from clustering.judging import references as evenly
from clustering.judging.hopkins import LEAST, check_points, hopkins
from clustering.partition import Labels
from clustering.progress import Report, Step, silent

__all__ = ["NullTest", "best_silhouette", "hopkins", "null_test"]


@dataclass(frozen=True, eq=False, slots=True)
class NullTest:
    """Whether the data have more structure than evenly spread points.

    Attributes
    ----------
    silhouette, silhouette_p : float
        Best silhouette over k, and how often even data reach it: the verdict.
    best_k : int
        Number of clusters at which it is reached.
    silhouettes : ndarray of shape (references,)
        What the reference data reached.
    hopkins, hopkins_p : float
        Hopkins statistic, and how often even data reach it.
    hopkinses : ndarray of shape (references,)
        What the reference data reached.
    references : int
        Number of reference sets.
    n : int
        Number of points that were looked at.
    sampled : bool
        Whether these are a sample.
    """

    silhouette: float
    silhouette_p: float
    best_k: int
    silhouettes: Floats
    hopkins: float
    hopkins_p: float
    hopkinses: Floats
    references: int
    n: int
    sampled: bool

    @property
    def reached(self) -> int:
        """How many reference sets come as high as the data."""
        return int((self.silhouettes >= self.silhouette).sum())


def null_test(
    dataset: Dataset,
    *,
    best: Callable[[Dataset], tuple[float, int]],
    references: int = 99,
    most: int = 500,
    seed: int = 0,
    report: Report = silent,
) -> NullTest:
    """Hold the best silhouette of the data against that of evenly spread points.

    Parameters
    ----------
    dataset : Dataset
        Ten points in coordinates at least, not all equal; weights do not count.
    best : callable
        ``best(dataset)`` gives the best silhouette over k and its k, e.g. a
        `functools.partial` of `best_silhouette`. The same for data and references.
    references : int
        Number of reference sets, B; no p-value is less than 1 / (B + 1).
    most : int
        Of more points than these a random sample is taken, and the references are as
        large as the sample.
    seed : int
        Seed of the sample and of the reference sets.
    report : callable
        Told after the data and after each reference set.

    Returns
    -------
    NullTest
        Both statistics with their p-values.

    Raises
    ------
    UnsupportedError
        Where the distances are not euclidean.
    DataError
        Where there are fewer than ten points, or all are equal.
    ParameterError
        Where a number makes no sense.

    Notes
    -----
    B + 1 times what `best` takes. Points are looked at once each, whatever they weigh.

    Examples
    --------
    >>> from functools import partial
    >>> from clustering.kmeans import quick
    >>> best = partial(best_silhouette, cluster=quick.labels_over_k, k_max=4)
    >>> numbers = np.random.default_rng(0)
    >>> heaps = numbers.normal(size=(60, 2)) + 30 * numbers.integers(0, 2, size=(60, 1))
    >>> found = null_test(Dataset.from_points(heaps), best=best, references=9)
    >>> found.silhouette_p, found.best_k
    (0.1, 2)
    """
    check_points(dataset)
    for name, value, least in (("references", references, 1), ("most", most, LEAST)):
        if value < least:
            raise ParameterError(f"{name} = {value}; choose a whole number from {least}.")
    points = dataset.points
    seeds = np.random.SeedSequence(seed).generate_state(references + 2).tolist()
    if dataset.n > most:
        chosen = np.random.default_rng(seeds[-1]).choice(dataset.n, size=most, replace=False)
        points = points[np.sort(chosen)]
    chosen_points = Dataset.from_points(points)
    check_points(chosen_points)
    # Along the edges of the box, where the references fill it: were these turned against
    # their columns, evenly as they are, they would seem to leave corners empty. And there are
    # no more edges than points, however many columns.
    frame = evenly.box(chosen_points, along="smaller")
    data = Dataset.from_points(frame.turn(points))
    highest, best_k = best(data)
    heaps = hopkins(data, seed=seeds[-2])
    report(Step(1, references + 1, "the data"))
    silhouettes, hopkinses = np.empty(references), np.empty(references)
    for i in range(references):
        even = Dataset.from_points(frame.inside(data.n, seed=seeds[i]))
        silhouettes[i], _ = best(even)
        hopkinses[i] = hopkins(even, seed=seeds[i])
        report(Step(i + 2, references + 1, f"{i + 1} of {references} sets without clusters"))
    return NullTest(
        silhouette=float(highest),
        silhouette_p=_p(highest, silhouettes),
        best_k=int(best_k),
        silhouettes=frozen(silhouettes),
        hopkins=heaps,
        hopkins_p=_p(heaps, hopkinses),
        hopkinses=frozen(hopkinses),
        references=references,
        n=data.n,
        sampled=data.n < dataset.n,
    )


def best_silhouette(
    dataset: Dataset, *, cluster: Callable[..., Sequence[Labels]], k_max: int = 10
) -> tuple[float, int]:
    """Give the best silhouette over k = 2 ... `k_max`, and its k.

    Parameters
    ----------
    dataset : Dataset
        Any points.
    cluster : callable
        ``cluster(dataset, values=[2, 3, ...])`` gives labels for each of these k, e.g.
        `quick.labels_over_k`, or a `functools.partial` of `sweep.labels_over_k`.
    k_max : int
        Largest number of clusters; no more than there are distinct points are tried.

    Returns
    -------
    silhouette : float
        NaN where it is undefined for every k.
    k : int
        The smallest number of clusters that reaches it; 1 where there is none.

    Examples
    --------
    >>> from clustering.kmeans import quick
    >>> data = Dataset.from_points([[0.0], [1.0], [10.0], [11.0]])
    >>> value, k = best_silhouette(data, cluster=quick.labels_over_k)
    >>> round(value, 4), k
    (0.8997, 2)
    """
    labelings = cluster(dataset, values=range(2, largest_k(dataset, k_max) + 1))
    scores = [score.value for score in validity.silhouettes(dataset, labelings)]
    if np.isnan(scores).all():
        return float("nan"), 1
    best = int(np.nanargmax(scores))
    return scores[best], len(np.unique(labelings[best]))


def _p(value: float, others: Floats) -> float:
    """Give the share of the references, the data among them, that are as high."""
    return float(1 + (others >= value).sum()) / (len(others) + 1)
