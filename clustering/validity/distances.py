"""Sums of distances to the clusters of many labelings, in one pass.

A silhouette asks, for every point i and every cluster C, for the sum

    S(i, C) = sum over j in C of w(j) d(i, j).

With L labelings that looks like L passes over all n x n distances. One is enough: each
distance is added once, to the cell of j in the *meet* of the labelings (`meet`), and a
cluster of any labeling is a union of cells::

    distances (tile)  --sum over the cells-->  (cells, rows)  --sum over the clusters-->
    each labeling's (k, rows)

The distances live in tiles of about a megabyte, which stay in the cache; nothing
of size n x n is ever held. All arithmetic is in float64, and euclidean distances
come from coordinate differences: the faster ``|x|^2 + |y|^2 - 2 xy`` cancels for
close points far from the origin, and float32 fails for one outlier at 1e6.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.sparse import csr_array

from clustering.dataset import Dataset, Floats, Integers
from clustering.progress import Report, Step
from clustering.validity.groups import Groups
from clustering.validity.meet import Meet, meet

__all__ = ["Sums", "exponent", "sweep"]

TILE = 1 << 17
"""Distances in a tile: one megabyte, which a core's cache holds."""
STRIP = 256
"""Most rows in a strip."""
CELLS = 1 << 21
"""Most numbers in a strip's table of (cells, rows): 16 MB."""


@dataclass(frozen=True, eq=False, slots=True)
class Sums:
    """What one strip of rows learnt about one labeling.

    Attributes
    ----------
    rows : ndarray of shape (r,), int64
        The points of this strip.
    labeling : int
        Which labeling.
    totals : ndarray of shape (k, r), float64
        Weighted sum of distances from each point to each cluster.
    nearest : ndarray of shape (r,), float64, or None
        Distance to the nearest noise point, where each is a cluster of its own.
    """

    rows: Integers
    labeling: int
    totals: Floats
    nearest: Floats | None


@dataclass(frozen=True, eq=False, slots=True)
class _Tile:
    """Columns of the distance table that are taken together."""

    points: Floats
    adder: csr_array
    cells: slice
    noise: Integers
    noise_starts: Integers
    noise_cells: Integers


def sweep(
    dataset: Dataset,
    groups: Sequence[Groups],
    *,
    rows: Integers,
    use: Callable[[Sums], Floats],
    report: Report,
    message: str,
) -> list[Floats]:
    """Sum the distances from `rows` to every cluster of every labeling, and use the sums.

    Parameters
    ----------
    dataset : Dataset
        n points; all of them are summed over.
    groups : sequence of Groups
        The labelings.
    rows : ndarray of shape (m,), int64
        The points from which distances are taken.
    use : callable
        Turns the sums of a strip of r rows and one labeling into r numbers; called
        from several threads.
    report : callable
        Is told after each strip, in the caller's thread.
    message : str
        What to tell it.

    Returns
    -------
    list of ndarray of shape (m,), float64
        What `use` gave, for each labeling.

    Notes
    -----
    m n distances, each computed and added once; then L additions for each row and
    cell. Memory: some 40 MB a thread beside the points. Threads are used for
    euclidean distances only: these leave Python's lock while they count, and other
    metrics may not bear to be called twice at a time.
    """
    cells = meet(groups)
    strip = int(np.clip(CELLS // cells.count, 8, STRIP if dataset.metric.is_euclidean else 32))
    shift = exponent(dataset)
    points = np.ldexp(dataset.points, -shift) if shift else dataset.points
    tiles = _tiles(dataset, points, groups, cells, TILE // strip)
    adders = [_one_hot(each.k, cells.codes[i]) for i, each in enumerate(groups)]
    lonely = [_lonely(each, cells.codes[i]) for i, each in enumerate(groups)]
    work = partial(_strip, dataset, points, tiles, cells.count, adders, lonely, use)
    strips = [rows[start : start + strip] for start in range(0, len(rows), strip)]
    workers = min(_cores(), len(strips)) if dataset.metric.is_euclidean else 1
    pool = ThreadPoolExecutor(workers)
    found: list[list[Floats]] = []
    try:
        for answer in pool.map(work, strips) if workers > 1 else map(work, strips):
            found.append(answer)
            report(Step(min(len(found) * strip, len(rows)), len(rows), message))
    finally:
        # Where report has raised, the strips that nobody waits for any more are dropped.
        pool.shutdown(cancel_futures=True)
    return [np.concatenate(column) for column in zip(*found, strict=True)]


def _strip(
    dataset: Dataset,
    points: Floats,
    tiles: Sequence[_Tile],
    count: int,
    adders: Sequence[csr_array],
    lonely: Sequence[Integers],
    use: Callable[[Sums], Floats],
    rows: Integers,
) -> list[Floats]:
    """Do one strip: all tiles, then all labelings."""
    table = np.zeros((count, len(rows)))
    closest = np.full((count if any(map(len, lonely)) else 0, len(rows)), np.inf)
    here = points[rows]
    for tile in tiles:
        distances = dataset.metric.between(tile.points, here)
        table[tile.cells] += tile.adder @ distances
        if len(tile.noise):
            least = np.minimum.reduceat(distances[tile.noise], tile.noise_starts, axis=0)
            closest[tile.noise_cells] = np.minimum(closest[tile.noise_cells], least)
    return [
        use(Sums(rows, i, adder @ table, closest[alone].min(axis=0) if len(alone) else None))
        for i, (adder, alone) in enumerate(zip(adders, lonely, strict=True))
    ]


def _tiles(
    dataset: Dataset, points: Floats, groups: Sequence[Groups], cells: Meet, width: int
) -> list[_Tile]:
    """Cut the columns, cell by cell, into tiles of `width`."""
    noisy = np.zeros(dataset.n, dtype=bool)
    for each in groups:
        noisy |= each.singles
    tiles = []
    for start in range(0, dataset.n, width):
        columns = cells.order[start : start + width]
        place = cells.cells[start : start + width]
        weights = dataset.mass[columns]
        noise = np.flatnonzero(noisy[columns])
        first = np.flatnonzero(np.diff(place[noise], prepend=-1))
        tiles.append(
            _Tile(
                points=points[columns],
                adder=_one_hot(int(place[-1] - place[0]) + 1, place - place[0], weights),
                cells=slice(int(place[0]), int(place[-1]) + 1),
                noise=noise,
                noise_starts=first,
                noise_cells=place[noise][first],
            )
        )
    return tiles


def _one_hot(k: int, codes: Integers, weights: Floats | None = None) -> csr_array:
    """Make the matrix (k, n) that adds up columns by code; codes of k and above vanish."""
    inside = np.flatnonzero(codes < k)
    data = np.ones(len(inside)) if weights is None else weights[inside]
    return csr_array((data, (codes[inside], inside)), shape=(k, len(codes)))


def _lonely(groups: Groups, codes: Integers) -> Integers:
    """Give the cells whose points are clusters of their own."""
    return np.flatnonzero(codes == groups.k) if groups.alone else np.empty(0, dtype=np.int64)


def exponent(dataset: Dataset) -> int:
    """Give e such that points divided by 2^e have squares that fit into float64.

    Silhouettes do not depend on the unit, and a power of two changes no digit. It is 0
    but for very large or small euclidean points; all sums of `sweep` are in that unit.
    """
    largest = float(np.abs(dataset.points).max())
    if not dataset.metric.is_euclidean or 1e-100 < largest < 1e100 or largest == 0.0:
        return 0
    return int(np.frexp(largest)[1])


def _cores() -> int:
    """Count the cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
