"""Colours: k-means for hundreds of thousands of distinct colours and hundreds of clusters.

Neighbouring colours nearly always end in the same cluster. So the starts are tried where there
are few points: colours are gathered in the cells of a coarse grid, each cell one point, the
weighted mean of its colours. The best of several starts there is then moved by Lloyd's turns
over all distinct colours with their counts, until it rests. The answer is a k-means answer of
the whole picture; only the luck of its start was found cheaply.
"""

from dataclasses import replace

import numpy as np

from clustering import kmeans
from clustering.dataset import Dataset
from clustering.partition import Partition
from clustering.progress import Report, Step, silent

__all__ = ["coarse", "colours"]

STARTS = 4
CELLS = 4_096
"""Occupied cells of the grid that are aimed for: 16 to a cluster of 256."""
MAX_ITER = 300
TOL = 1e-4


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
        Told after the starts and after the turns.

    Returns
    -------
    Partition
        k-means' own, with the start that it was given among its parameters.
    """
    few = coarse(dataset, max(CELLS, 16 * k))
    start = kmeans.fit(few, k=k, n_init=STARTS, max_iter=100, tol=1e-3, seed=seed)
    report(Step(1, 2, "starts on a grid of colours"))
    answer = kmeans.fit(
        dataset, k=k, init=start.centers, n_init=1, max_iter=MAX_ITER, tol=TOL, seed=seed
    )
    report(Step(2, 2, "turns over all colours"))
    return answer


def coarse(dataset: Dataset, cells: int) -> Dataset:
    """Gather points in the cells of a grid, each the weighted mean of what it holds.

    Parameters
    ----------
    dataset : Dataset
        Any coordinates.
    cells : int
        Occupied cells that are aimed for; there are between so many and twice as many.

    Returns
    -------
    Dataset
        The same one where it has no more points than `cells`.
    """
    if dataset.n <= 2 * cells:
        return dataset
    low = dataset.points.min(axis=0)
    span = float(np.ptp(dataset.points, axis=0).max())
    parts, names = 8.0, np.zeros(0)
    while parts < 1024:
        grid = ((dataset.points - low) * (parts / span)).astype(np.int64)
        _, names = np.unique(grid @ _steps(dataset.d), return_inverse=True)
        if names.max() + 1 >= cells:
            break
        parts *= 1.25
    mass = np.bincount(names, dataset.mass)
    means = [np.bincount(names, dataset.mass * column) / mass for column in dataset.points.T]
    return replace(
        dataset,
        points=np.stack(means, axis=1),
        columns=dataset.columns,
        rows=np.arange(len(mass)),
        weights=mass,
    )


def _steps(d: int) -> np.ndarray:
    """Give odd multipliers that make one number of the d of a cell."""
    return np.random.default_rng(0).integers(1, 2**62, d) | 1
