"""Colours: k-means for hundreds of thousands of distinct colours and hundreds of clusters.

Neighbouring colours nearly always end in the same cluster. So starts are tried where there are
few points: colours are gathered in the cells of a coarse grid, each cell one point, the weighted
mean of its colours. The best of several starts there moves on over a finer grid, and at last by
Lloyd's turns over all distinct colours with their counts, until it rests. The answer is a k-means
answer of the whole picture; only the luck of its start was found cheaply.
"""

from typing import Any

import numpy as np
from sklearn.cluster import kmeans_plusplus

from clustering import kmeans
from clustering.dataset import Dataset, Floats
from clustering.geometry.nearest import nearest
from clustering.partition import Partition
from clustering.progress import Report, Step, silent

__all__ = ["colours", "gathered", "settled", "started", "turned"]


def colours(dataset: Dataset, *, k: int, seed: int = 0, report: Report = silent) -> Partition:
    """Find `k` colours by k-means, its starts on a coarse grid, its turns over all colours.

    Parameters
    ----------
    dataset : Dataset
        Distinct vectors with their counts.
    k : int
        Number of colours, from 1 to the number of vectors.
    seed : int
        Fixes the starts.
    report : callable
        Told after the starts, and while turns are made.

    Returns
    -------
    Partition
        `kmeans.fit`'s own, with the start that it was given among its parameters: where the
        turns that led there ended.
    """
    what = f"{k} {dataset.source.member}s"
    report(Step(0, 3, f"{what}: starts on a coarse grid"))

    def told(done: int, points: int) -> None:
        report(Step(done, 3, f"{what}: turns over {points:,} of {dataset.n:,}"))

    centers = settled(dataset.points, dataset.mass, k, seed, told)
    answer = kmeans.fit(dataset, k=k, init=centers, n_init=1, seed=seed)
    report(Step(3, 3, what))
    return answer


def settled(points: Floats, weights: Floats, k: int, seed: int, told: Any = None) -> Floats:
    """Give the centers to which turns on finer and finer grids lead, and over all points."""
    few = gathered(points, weights, max(4096, 16 * k))
    best = started(*few, k, seed)
    for done, cells in ((1, 32768), (2, len(points))):
        finer = gathered(points, weights, max(cells, 16 * k))
        if told is not None:
            told(done, len(finer[0]))
        if len(finer[0]) > len(few[0]):
            # Beyond this a photograph would be waited for, for a hundredth of a decibel.
            tol = 1e-5 if len(finer[0]) <= 100_000 else 1e-4
            tried = [turned(*finer, centers, tol) for centers in best]
            best = [min(tried, key=lambda each: each[1])[0]]
            few = finer
    return best[0]


def started(points: Floats, weights: Floats, k: int, seed: int) -> list[Floats]:
    """Give the best centers of several starts; of few clusters three, which cost little."""
    numbers = np.random.RandomState(seed)
    tried = []
    for _ in range(8 if k <= 64 else 4):
        drawn, _ = kmeans_plusplus(points, k, sample_weight=weights, random_state=numbers)
        tried.append(turned(points, weights, drawn, 1e-3))
    tried.sort(key=lambda each: each[1])
    return [turned(points, weights, each, 1e-5)[0] for each, _ in tried[: 3 if k <= 64 else 1]]


def turned(
    points: Floats, weights: Floats, centers: Floats, tol: float = 1e-5
) -> tuple[Floats, float]:
    """Move centers by Lloyd's turns until one lowers the error by less than `tol` of it."""
    origin = points.mean(axis=0)
    points, centers = points - origin, centers - origin
    k, heavy = len(centers), [weights * column for column in points.T]
    # The sum of squares about the means is what all have, less what the means take away.
    whole = weights @ np.einsum("ij,ij->i", points, points)
    before = np.inf
    for _ in range(300):
        labels = nearest(points, centers)
        held = np.bincount(labels, weights, minlength=k)[:, None]
        sums = np.stack([np.bincount(labels, each, minlength=k) for each in heavy], axis=1)
        centers = np.where(held > 0, sums / np.where(held > 0, held, 1.0), centers)
        error = whole - (sums * centers).sum()
        if before - error <= tol * error:
            break
        before = error
    return centers + origin, float(error)


def gathered(points: Floats, weights: Floats, cells: int) -> tuple[Floats, Floats]:
    """Gather points in about so many cells of a grid: weighted means and their weights."""
    if len(points) <= 2 * cells:
        return points, weights
    low, span = points.min(axis=0), np.ptp(points, axis=0).max()
    # Odd multipliers make one number of the numbers of a cell.
    mixed = np.random.default_rng(0).integers(1, 2**62, points.shape[1]) | 1
    names, parts = np.zeros(len(points), dtype=int), 2.0
    while parts < 1024 and names.max() + 1 < cells:
        grid = ((points - low) * (parts / span)).astype(np.int64)
        names = np.unique(grid @ mixed, return_inverse=True)[1]
        parts *= 1.25
    mass = np.bincount(names, weights).astype(float)
    means = [np.bincount(names, weights * column) / mass for column in points.T]
    return np.stack(means, axis=1), mass
