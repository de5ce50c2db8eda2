r"""Bootstrap: would the same clusters come out of other data of the same kind?

What could have been otherwise is drawn anew with replacement: the rows of a table, or, where
each column is a day and the points are companies, the days. Each draw is clustered, and each
cluster :math:`C` of the answer looks for the one most like it, :math:`C'`, by Jaccard's share

.. math:: J(C, C') = \frac{|C \cap C'|}{|C \cup C'|},

counted over the points that were drawn. Its mean over all draws is the cluster's stability: above
0.75 it is there for certain, below 0.6 it is not to be trusted, below 0.5 it dissolves (Hennig).
A point's *confidence* is the share of the draws in which it is in the cluster that is most like
its own.

References
----------
C. Hennig, Cluster-wise assessment of cluster stability, Computational Statistics and Data
Analysis 52, 2007. B. Efron, Bootstrap methods: another look at the jackknife, Annals of
Statistics 7, 1979.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clustering.checks import is_whole, shown
from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.errors import ClusterloomError, DataError, ParameterError, UnsupportedError
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step, silent
from clustering.words import count

__all__ = ["Stability", "drawn", "stability"]

MOST = 1_000
"""Draws beyond which nobody waits."""
STREAM = 3
"""Tells the random numbers of draws from those of anything else with the same seed."""

Fit = Callable[[Dataset], Partition]
"""A method's `fit`, its other arguments settled (`functools.partial`)."""


@dataclass(frozen=True, eq=False, slots=True)
class Stability:
    """How far clusters and points can be trusted.

    Attributes
    ----------
    jaccard : ndarray of shape (k,)
        Mean share that each cluster has in common with the most similar one of a draw; NaN
        where no draw held a member.
    recovered : ndarray of shape (k,)
        Share of the draws in which that was at least 0.75.
    confidence : ndarray of shape (n,)
        Share of the draws that hold a point in which it stays with its cluster; NaN for noise
        and where no draw held it.
    clusters : ndarray of shape (draws,), int64
        Number of clusters in each draw.
    draws : int
        Draws that gave an answer.
    failed : int
        Draws of which the method could make nothing.
    unsettled : int
        Draws whose answer did not converge; they count.
    unit : str
        What was drawn: "rows" or "days".
    """

    jaccard: Floats
    recovered: Floats
    confidence: Floats
    clusters: Integers
    draws: int
    failed: int
    unsettled: int
    unit: str

    @property
    def told(self) -> str:
        """Say what was drawn, and what did not go well."""
        said = [f"{count(self.draws, 'draw')} of {self.unit}, with replacement."]
        if self.unsettled:
            said.append(f"{self.unsettled:,} did not converge.")
        if self.failed:
            said.append(f"Of {count(self.failed, 'further draw')} nothing could be made.")
        return " ".join(said)


def stability(
    dataset: Dataset,
    partition: Partition,
    *,
    fit: Fit,
    draws: int = 50,
    seed: int = 0,
    report: Report = silent,
) -> Stability:
    """Draw the data anew many times, cluster each draw, and compare.

    Parameters
    ----------
    dataset : Dataset
        The points. Where ``source.draws`` is "days" the columns are drawn, else the rows.
    partition : Partition
        The answer that is to be judged.
    fit : callable
        ``fit(dataset)`` gives the answer for a draw, with the same choices.
    draws : int
        How many, from 2 to 1,000.
    seed : int
        Fixes the draws.
    report : callable
        Told after each draw.

    Returns
    -------
    Stability
        A value for each cluster and each point.

    Raises
    ------
    ParameterError
        Where `draws` makes no sense.
    DataError
        Where the answer is about other points, has no clusters, or no draw gave an answer.
    UnsupportedError
        Where there are weights: a draw of points that stand for many is another question.

    Notes
    -----
    A row that is drawn several times counts once in Jaccard's share.

    Examples
    --------
    >>> from clustering import kmeans
    >>> data = Dataset.from_points([[0.0], [0.1], [0.2], [9.0], [9.1], [9.2]])
    >>> found = stability(
    ...     data, kmeans.fit(data, k=2), fit=lambda drawn: kmeans.fit(drawn, k=2), draws=5, seed=1
    ... )
    >>> found.jaccard.tolist(), found.told
    ([1.0, 1.0], '5 draws of rows, with replacement.')
    """
    if not is_whole(draws) or not 2 <= draws <= MOST:
        raise ParameterError(f"draws = {shown(draws)}; choose a whole number from 2 to {MOST:,}.")
    if not np.array_equal(dataset.rows, partition.rows):
        raise DataError("This answer is about other points; compute it again.")
    if not partition.k:
        raise DataError("There are no clusters that could be stable.")
    if dataset.weights is not None:
        raise UnsupportedError(
            "Points with weights stand for many; draw from the rows themselves to see how stable "
            "their clusters are."
        )
    generator = np.random.default_rng([int(seed), STREAM])
    shares = np.full((int(draws), partition.k), np.nan)
    stayed, held = np.zeros(dataset.n), np.zeros(dataset.n)
    clusters, failed, unsettled = list[int](), 0, 0
    for draw in range(int(draws)):
        sample, places = drawn(dataset, generator)
        try:
            answer = fit(sample)
        except ClusterloomError:
            # A draw may hold too few different points, which says nothing about the others.
            failed += 1
        else:
            found, there = _home(answer, sample, places, dataset.n)
            shares[draw], stays = _compared(partition.labels, found, there, partition.k)
            stayed += stays
            held += there & (partition.labels >= 0)
            clusters.append(answer.k)
            unsettled += answer.converged is False
        report(Step(draw + 1, int(draws), f"draw {draw + 1} of {draws}"))
    if not clusters:
        raise DataError(f"None of {count(int(draws), 'draw')} gave an answer; bring more data.")
    known = np.isfinite(shares)
    with np.errstate(invalid="ignore"):
        return Stability(
            jaccard=frozen(np.where(known, shares, 0.0).sum(axis=0) / known.sum(axis=0)),
            recovered=frozen(
                (np.where(known, shares, 0.0) >= 0.75).sum(axis=0) / known.sum(axis=0)
            ),
            confidence=frozen(stayed / held),
            clusters=frozen(clusters, np.int64),
            draws=len(clusters),
            failed=failed,
            unsettled=unsettled,
            unit=_unit(dataset),
        )


def drawn(dataset: Dataset, generator: np.random.Generator) -> tuple[Dataset, Integers]:
    """Draw the rows anew, or the days.

    Parameters
    ----------
    dataset : Dataset
        The points.
    generator : Generator
        Where the draw comes from.

    Returns
    -------
    sample : Dataset
        Of as many rows, or of as many days.
    places : ndarray of int64
        Which of the points each point of the sample is.

    Examples
    --------
    >>> data = Dataset.from_points([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    >>> data = replace(data, source=replace(data.source, draws="days"))
    >>> sample, places = drawn(data, np.random.default_rng(0))
    >>> sample.points.tolist(), places.tolist()
    ([[3.0, 2.0, 2.0], [6.0, 5.0, 5.0]], [0, 1])
    """
    if _unit(dataset) == "days":
        days = generator.integers(0, dataset.d, size=dataset.d)
        columns = tuple(dataset.columns[day] for day in days)
        return (
            replace(dataset, points=dataset.points[:, days], columns=columns),
            np.arange(dataset.n),
        )
    places = generator.integers(0, dataset.n, size=dataset.n)
    names = dataset.source.names
    source = replace(dataset.source, names=tuple(names[i] for i in places) if names else ())
    sample = replace(
        dataset, points=dataset.points[places], rows=dataset.rows[places], source=source,
        features=None if dataset.features is None else dataset.features.iloc[places],
    )  # fmt: skip
    return sample, places


def _unit(dataset: Dataset) -> str:
    return "days" if dataset.source.draws == "days" else "rows"


def _home(
    answer: Partition, sample: Dataset, places: Integers, n: int
) -> tuple[Labels, NDArray[np.bool_]]:
    """Give each point the label that it has in a draw, and say which points are in it."""
    if len(answer.labels) != sample.n:
        raise DataError("The answer for a draw is about other points than the draw.")
    labels, there = np.full(n, -1, dtype=np.int32), np.zeros(n, dtype=bool)
    labels[places], there[places] = answer.labels, True
    return labels, there


def _compared(
    labels: Labels, found: Labels, there: NDArray[np.bool_], k: int
) -> tuple[Floats, Floats]:
    """Compare clusters with those of a draw.

    Returns
    -------
    shares : ndarray of shape (k,)
        Jaccard's share with the most similar cluster; 0 where there are none, NaN where no
        member was drawn.
    stays : ndarray of shape (n,)
        1 for points that are in the cluster most similar to their own.
    """
    mine = (labels[None, :] == np.arange(k)[:, None]) & there
    other = (found[None, :] == np.arange(found.max(initial=-1) + 1)[:, None]) & there
    shares, stays = np.where(mine.any(axis=1), 0.0, np.nan), np.zeros(len(labels))
    if not len(other):
        return shares, stays
    both = mine.astype(np.int64) @ other.astype(np.int64).T
    either = mine.sum(axis=1)[:, None] + other.sum(axis=1)[None, :] - both
    jaccard = both / np.maximum(either, 1)
    best = jaccard.argmax(axis=1)
    shares = np.where(mine.any(axis=1), jaccard.max(axis=1), np.nan)
    for cluster in range(k):
        if shares[cluster] > 0:
            stays[mine[cluster] & other[best[cluster]]] = 1.0
    return shares, stays
