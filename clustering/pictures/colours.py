"""Colours: k-means for hundreds of thousands of distinct colours and hundreds of clusters.

Neighbouring colours nearly always end in the same cluster. So starts are tried where there are
few points: colours are gathered in the cells of a coarse grid, each cell one point, the weighted
mean of its colours. The best of several starts there move on over a finer grid, and the best of
these at last over all distinct colours with their counts, until it rests. The answer is a k-means
answer of the whole picture; only the luck of its start was found cheaply. The turns themselves
are compiled (`clustering.pictures.turns`); grids serve every number of colours.
"""

from typing import Any

import numpy as np

from clustering import kmeans
from clustering.dataset import Dataset, Floats
from clustering.partition import Partition
from clustering.pictures.turns import spread, turned
from clustering.progress import Report, Step, silent
from clustering.words import plural

__all__ = ["colours", "gathered", "grids", "settled", "started"]


def colours(
    dataset: Dataset,
    *,
    k: int,
    seed: int = 0,
    shared: list[tuple[Floats, Floats]] | None = None,
    report: Report = silent,
) -> Partition:
    """Find `k` colours by k-means, its starts on a coarse grid, its turns over all colours.

    Parameters
    ----------
    dataset : Dataset
        Distinct vectors with their counts.
    k : int
        Number of colours, from 1 to the number of vectors.
    seed : int
        Fixes the starts.
    shared : list, optional
        What `grids` gives for these vectors, where several numbers of colours are wanted.
    report : callable
        Told after the starts, and while turns are made.

    Returns
    -------
    Partition
        `kmeans.fit`'s own, with the start that it was given among its parameters: where the
        turns that led there ended.
    """
    what = f"{k} {plural(dataset.source.member)}"
    report(Step(0, 3, f"{what}: starts on a coarse grid"))

    def told(done: int, points: int) -> None:
        report(Step(done, 3, f"{what}: turns over {points:,} of {dataset.n:,}"))

    centers = settled(shared or grids(dataset.points, dataset.mass), k, seed, told)
    answer = kmeans.fit(dataset, k=k, init=centers, n_init=1, seed=seed)
    report(Step(3, 3, what))
    return answer


def grids(points: Floats, weights: Floats) -> list[tuple[Floats, Floats]]:
    """Give the points gathered coarsely, more finely, and all of them, each with weights."""
    return [gathered(points, weights, cells) for cells in (4096, 16384, len(points))]


def settled(ground: Any, k: int, seed: int, told: Any = None) -> Floats:
    """Give the centers to which turns on the finer and finer `grids` lead, and over all points."""
    points, weights = ground[0]
    best, before = started(points, weights, k, seed), len(points)
    for done, (points, weights) in enumerate(ground[1:], start=1):
        if told is not None:
            told(done, len(points))
        if len(points) > before:
            # Beyond this a photograph would be waited for, for a hundredth of a decibel.
            tol = 1e-5 if len(points) <= 100_000 else 1e-4
            tried = [turned(points, weights, centers, tol) for centers in best]
            best, before = [min(tried, key=lambda each: each[1])[0]], len(points)
    return best[0]


def started(points: Floats, weights: Floats, k: int, seed: int) -> list[Floats]:
    """Give the best centers of several starts; of few clusters three, which cost little."""
    numbers = np.random.RandomState(seed)
    tried = []
    for _ in range(8 if k <= 64 else 4):
        begun = spread(points, weights, numbers.random_sample((k, 2 + int(np.log(k)))))
        tried.append(turned(points, weights, begun, 1e-3))
    tried.sort(key=lambda each: each[1])
    return [turned(points, weights, each, 1e-5)[0] for each, _ in tried[: 3 if k <= 64 else 1]]


def gathered(points: Floats, weights: Floats, cells: int) -> tuple[Floats, Floats]:
    """Gather points in about so many cells of a grid: weighted means and their weights."""
    if len(points) <= 2 * cells:
        return points, weights
    low, span = points.min(axis=0), np.ptp(points, axis=0).max()
    # Odd multipliers make one number of the numbers of a cell.
    mixed = np.random.default_rng(0).integers(1, 2**62, points.shape[1]) | 1
    # So many parts of every column are needed at least.
    parts = max(2.0, cells ** (1 / points.shape[1]) - 1)
    while True:
        names = ((points - low) * (parts / span)).astype(np.int64) @ mixed
        if parts >= 1024 or len(np.unique(names)) >= cells:
            break
        parts *= 1.25
    names = np.unique(names, return_inverse=True)[1]
    mass = np.bincount(names, weights).astype(float)
    means = [np.bincount(names, weights * column) / mass for column in points.T]
    return np.stack(means, axis=1), mass
