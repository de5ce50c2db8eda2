"""The init lottery: how much of an answer is the luck of its start.

k-means goes downhill from where it starts and stays in the first hollow. Many
starts show how many hollows there are and how deep, and a point that lands in the
same cluster from nearly every start belongs there more certainly than one that
does not.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clustering import validity
from clustering.checks import check_coordinates, check_k, check_run
from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.errors import DataError, UnsupportedError
from clustering.kmeans.checks import check_init
from clustering.kmeans.fitting import fit_checked
from clustering.kmeans.starts import draws
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step, silent

__all__ = ["Lottery", "certainty", "lottery"]

SAME = 1e-6
"""Share of an inertia by which runs that the tolerance ended in one hollow may differ."""

MOST_LABELS = 20_000_000
"""Labels of all starts together that are worth their memory and the wait."""


@dataclass(frozen=True, eq=False, slots=True)
class Lottery:
    """Many starts and where they led, the best first.

    Attributes
    ----------
    starts : ndarray of shape (s, k, d)
        Starting centers; any of them can be given to `fit` or `steps` again.
    labels : ndarray of shape (s, n), int32
        Labels from each start, numbered as that run numbered them.
    centers : ndarray of shape (s, k, d)
        Where the centers of each came to rest.
    inertias : ndarray of shape (s,)
        Inertia from each start, ascending.
    iterations : ndarray of shape (s,), int64
        Turns that each took.
    answers : ndarray of shape (s,), int64
        Number of the answer each came to, from 0 for the best; equal numbers
        mean equal clusters, however numbered.
    """

    starts: Floats
    labels: Labels
    centers: Floats
    inertias: Floats
    iterations: Integers
    answers: Integers

    @property
    def gaps(self) -> Floats:
        """Inertia above the best as a share of it, shape (s,); 0 for the best."""
        best = self.inertias[0]
        above = self.inertias - best
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(above > 0, above / best, 0.0)

    @property
    def distinct(self) -> int:
        """Number of different answers."""
        return int(self.answers.max()) + 1

    def reached(self, partition: Partition) -> NDArray[np.bool_]:
        """Mark the starts (s,) that came as low as an answer, to a millionth, and no lower."""
        return np.isclose(self.inertias, self._inertia_of(partition), rtol=SAME, atol=0.0)

    def better(self, partition: Partition) -> int:
        """Count the starts that came lower than an answer, by more than a millionth."""
        return int((self.inertias < self._inertia_of(partition) * (1.0 - SAME)).sum())

    def _inertia_of(self, partition: Partition) -> float:
        """Give the inertia of an answer that may be compared with these starts."""
        if self.labels.shape[1] != len(partition.labels) or self.starts.shape[1] != partition.k:
            raise DataError(
                f"The starts were run on {self.labels.shape[1]} points with "
                f"{self.starts.shape[1]} clusters, the answer has {len(partition.labels)} points "
                f"and {partition.k} clusters; run them again for it."
            )
        return partition.facts["inertia"]


def lottery(
    dataset: Dataset,
    *,
    k: int,
    n_starts: int = 50,
    init: str = "random",
    max_iter: int = 300,
    tol: float = 1e-4,
    seed: int = 0,
    report: Report = silent,
) -> Lottery:
    """Run k-means from many starts and keep them all.

    Parameters
    ----------
    dataset : Dataset
        Coordinates, weighted or not.
    k : int
        Number of clusters.
    n_starts : int
        Number of starts.
    init : {"random", "k-means++"}
        How starting centers are drawn.
    max_iter, tol
        As in `fit`.
    seed : int
        Seed of the random numbers. The starts are the ones that ``fit(...,
        n_init=n_starts, init=init, seed=seed)`` tries, which keeps the best.
    report : callable
        Told after each start.

    Returns
    -------
    Lottery
        Best start first; equal ones in the order they were drawn.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `fit` does; UnsupportedError, too, where the labels of all starts would be
        more than 20 million, and the wait long: `thinned` gives fewer points.

    Examples
    --------
    >>> data = Dataset.from_points([[0, 0], [0, 1], [3, 0], [3, 1]])
    >>> result = lottery(data, k=2, n_starts=20)
    >>> result.distinct, result.inertias[[0, -1]].round(6).tolist()
    (2, [1.0, 9.0])
    """
    check_coordinates(dataset, "k-means")
    check_k(dataset, k)
    check_run(n_init=n_starts, max_iter=max_iter, tol=tol, seed=seed)
    check_init(dataset, init, k=k)
    if n_starts * dataset.n > MOST_LABELS:
        raise UnsupportedError(
            f"{n_starts} starts of {dataset.n:,} points are too many to wait for; run them on a "
            f"sample of at most {MOST_LABELS // n_starts:,} rows."
        )
    starts, runs = [], []
    for start in draws(dataset, k=int(k), init=init, seed=seed):
        starts.append(start)
        runs.append(
            fit_checked(
                dataset, k=int(k), init=start, n_init=1, max_iter=max_iter, tol=tol, seed=seed
            )
        )
        report(Step(len(runs), n_starts, f"start {len(runs)} of {n_starts}"))
        if len(runs) == n_starts:
            break
    inertias = np.array([run.facts["inertia"] for run in runs])
    order = np.argsort(inertias, kind="stable")
    labels = np.stack([runs[i].labels for i in order])
    return Lottery(
        starts=frozen(np.stack([starts[i] for i in order])),
        labels=frozen(labels),
        centers=frozen([runs[i].centers for i in order]),
        inertias=frozen(inertias[order]),
        iterations=frozen([runs[i].facts["iterations"] for i in order], np.int64),
        answers=frozen(distinct_answers(labels)),
    )


def distinct_answers(labels: Labels) -> Integers:
    """Give equal numbers to the rows of `labels` (s, n) that are equal partitions."""
    seen: dict[bytes, int] = {}
    answers = []
    for row in labels:
        _, first, inverse = np.unique(row, return_index=True, return_inverse=True)
        # Clusters in the order of their first point: the same for every numbering.
        canonical = np.argsort(np.argsort(first))[inverse].astype(np.int32)
        answers.append(seen.setdefault(canonical.tobytes(), len(seen)))
    return np.array(answers, dtype=np.int64)


def certainty(lottery: Lottery, reference: Partition) -> Floats:
    """Share of the starts from which each point keeps its cluster.

    Parameters
    ----------
    lottery : Lottery
        Many starts on the same points with the same k.
    reference : Partition
        The answer that is asked about.

    Returns
    -------
    ndarray of shape (n,)
        From 0 to 1. Clusters of each run are first matched to those of the
        reference so that as many points as possible agree.

    Raises
    ------
    DataError
        Where the two are about different points.

    References
    ----------
    H. W. Kuhn, "The Hungarian method for the assignment problem", Naval Research
    Logistics Quarterly 2, 1955.
    """
    if lottery.labels.shape[1] != len(reference.labels):
        raise DataError(
            f"The starts were run on {lottery.labels.shape[1]} points, the answer has "
            f"{len(reference.labels)}; run them again on the same data."
        )
    kept = np.zeros(len(reference.labels))
    for answer, count in zip(*np.unique(lottery.answers, return_counts=True), strict=True):
        labels = lottery.labels[np.flatnonzero(lottery.answers == answer)[0]]
        mapping = validity.match(reference.labels, labels)
        kept += count * (mapping[labels] == reference.labels)
    return kept / len(lottery.answers)
