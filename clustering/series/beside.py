"""Clustering of series by what needs no training, side by side and judged alike.

Euclidean k-means takes step for step, DTW k-means lets steps be stretched, k-Shape lets series
be shifted. All are judged in the warped distance, which is none of their own but one's; where
classes are known, by these.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from clustering import kmeans, validity
from clustering.data.sequences.warping import warping
from clustering.dataset import Dataset
from clustering.partition import Partition
from clustering.progress import Report, part, silent
from clustering.series import dtw_kmeans, kshape
from clustering.series.checks import check_shape
from clustering.series.resampled import resampled, said
from clustering.validity import Score
from clustering.validity.rows import Row, agreements

__all__ = ["MEASURES", "WAYS", "compared", "silhouettes_dtw"]

MEASURES = {
    "ari": "ARI",
    "accuracy": "Accuracy",
    "nmi": "NMI",
    "silhouette_dtw": "Silhouette, DTW distance",
}
"""The figures of a row, and what they are called."""
WAYS = {
    "kmeans": "Euclidean k-means",
    "dtw_kmeans": "DTW k-means",
    "kshape": "k-Shape",
}
"""The ways, and what they are called."""


def compared(
    dataset: Dataset,
    *,
    shape: tuple[int, ...],
    k: int,
    truth: ArrayLike | None = None,
    ways: Sequence[str] = tuple(WAYS),
    band: int | None = None,
    seeds: int = 1,
    seed: int = 0,
    limit: int = 300,
    report: Report = silent,
) -> tuple[Row, ...]:
    """Cluster series in the plain ways, and measure each once a seed.

    Parameters
    ----------
    dataset : Dataset
        Series without weights, padded or not.
    shape : tuple of int
        (T, D), as they are laid out.
    k : int
        Number of clusters.
    truth : array_like of shape (n,), int, optional
        Known classes, -1 where unknown.
    ways : sequence of str
        Some of `WAYS`.
    band : int, optional
        Steps by which a warping path may stray from the straight line; any when left out.
    seeds, seed : int
        How many seeds are tried, and the first of them.
    limit : int
        Series up to which silhouettes are exact.
    report : callable
        Told often; what it raises ends the work.

    Returns
    -------
    tuple of Row
        One for each way, with the figures of `MEASURES`; ``note`` says what was done to series
        of unequal length, and that a silhouette is of a sample.

    Raises
    ------
    ParameterError, UnsupportedError
        Where the points are no series, or k is none.

    Examples
    --------
    >>> rows = [[0, 9, 0, 0], [0, 0, 9, 0], [1, 2, 3, 4], [2, 3, 4, 5]]
    >>> found = compared(Dataset.from_points(rows), shape=(4, 1), k=2, truth=[0, 0, 1, 1])
    >>> [(row.name, round(row.mean("ari"), 2)) for row in found][1:]
    [('DTW k-means', 1.0), ('k-Shape', 1.0)]
    """
    check_shape(dataset, shape)
    sentence = said(dataset, shape=shape)
    equal = resampled(dataset, shape=shape)
    fits: dict[str, Callable[..., Partition]] = {
        "kmeans": partial(kmeans.fit, equal, k=k),
        "dtw_kmeans": partial(dtw_kmeans.fit, dataset, shape=shape, k=k, band=band),
        "kshape": partial(kshape.fit, dataset, shape=shape, k=k),
    }
    answers, seconds = [], []
    jobs = [(way, seed + each) for way in ways for each in range(seeds)]
    for place, (way, each) in enumerate(jobs):
        told = part(report, 85 * place / len(jobs), 85 * (place + 1) / len(jobs))
        asked = {} if way == "kmeans" else {"report": told}
        began = time.perf_counter()
        answers.append(fits[way](seed=each, **asked))
        seconds.append(time.perf_counter() - began)
    scores = silhouettes_dtw(
        dataset, [each.labels for each in answers], shape=shape, band=band, limit=limit,
        seed=seed, report=part(report, 85, 100),
    )  # fmt: skip
    figures = [
        agreements(answer.labels, truth) | {"silhouette_dtw": score.value}
        for answer, score in zip(answers, scores, strict=True)
    ]
    notes = {"kmeans": sentence, "kshape": sentence}
    rows = []
    for place, way in enumerate(ways):
        own = slice(place * seeds, (place + 1) * seeds)
        values = {name: tuple(each[name] for each in figures[own]) for name in MEASURES}
        note = " ".join(filter(None, [notes.get(way, ""), sampled(scores[own])]))
        rows.append(Row(WAYS[way], values, tuple(seconds[own]), note))
    return tuple(rows)


def silhouettes_dtw(
    dataset: Dataset,
    labelings: Sequence[ArrayLike],
    *,
    shape: tuple[int, ...],
    band: int | None = None,
    limit: int = 300,
    seed: int = 0,
    report: Report = silent,
) -> tuple[Score, ...]:
    """Score labelings by their silhouettes in the warped distance, all in one pass.

    Parameters
    ----------
    dataset : Dataset
        Series, padded or not; distances are warped whatever its metric is.
    labelings : sequence of array_like of shape (n,), int
        Clusters in any numbering, -1 for noise, which is left out.
    shape : tuple of int
        (T, D), as the series are laid out.
    band : int, optional
        Steps by which a warping path may stray from the straight line; any when left out.
    limit : int
        Series up to which the scores are exact; of more, from a sample of each cluster.
    seed : int
        Fixes the sample.
    report : callable
        Told how far the pass is.

    Returns
    -------
    tuple of Score
        One for each labeling: ``value``, ``sampled`` (0 where exact) with ``low`` and ``high``,
        and ``reason`` where it is undefined.

    Notes
    -----
    n^2 / 2 warped distances of O(T^2 D), shared by all labelings.

    Examples
    --------
    >>> data = Dataset.from_points([[0, 0, 1], [0, 1, 1], [5, 5, 9], [5, 9, 9]])
    >>> [score.value for score in silhouettes_dtw(data, [[0, 0, 1, 1]], shape=(3, 1))]
    [1.0]
    """
    check_shape(dataset, shape)
    return validity.silhouettes(
        replace(dataset, metric=warping(shape, band=band)),
        labelings,
        limit=limit,
        seed=seed,
        report=report,
    )


def sampled(scores: Sequence[Score]) -> str:
    """Say where a silhouette is of a sample; empty where all are exact."""
    most = max((int(np.max(score.sampled)) for score in scores), default=0)
    if not most:
        return ""
    return f"The silhouette is from a sample of {most:,} of {scores[0].n:,} series."
