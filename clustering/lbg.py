r"""LBG: a codebook that grows by splitting, as vector quantization defines it.

Linde, Buzo and Gray begin with one codeword, the mean of all vectors. Each codeword is moved a
little to either side, so that there are two; every vector goes to the nearer codeword, every
codeword to the mean of its vectors, again and again, until the distortion

.. math:: D = \frac{1}{\sum_i w_i} \sum_i w_i \lVert x_i - c_{l_i} \rVert^2

falls by no more than a small part of itself. Then all are split again, until there are k.

Where k is no power of two, the last round splits only the cells with the largest distortion. A
cell that loses all its vectors takes half of the cell with the largest distortion. No random
number is drawn anywhere.

References
----------
Y. Linde, A. Buzo, R. M. Gray, An algorithm for vector quantizer design, IEEE Transactions on
Communications 28, 1980. A. Gersho, R. M. Gray, Vector quantization and signal compression, 1992,
section 11.3.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clustering import sweep
from clustering.axis import FittedAxis
from clustering.checks import check_coordinates, check_k, is_finite, shown
from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.errors import DataError, ParameterError
from clustering.geometry.nearest import NearestCenter, nearest
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step, silent
from clustering.snippets import block, call, carried

__all__ = ["Moment", "axis", "fit", "in_python", "steps"]

SHIFT = 0.01
TOL = 1e-3


@dataclass(frozen=True, eq=False, slots=True)
class Moment:
    """One step of the growing codebook.

    Attributes
    ----------
    kind : str
        ``"start"`` (one codeword, the mean of all), ``"split"`` (codewords have just been
        moved apart), ``"reassign"`` (every codeword went to the mean of its vectors, then every
        vector to the nearest codeword) or ``"done"``.
    centers : ndarray of shape (m, d)
        The codewords after it.
    labels : ndarray of shape (n,), int32
        The nearest of them to each vector.
    distortion : float
        Mean squared distance to it.
    parents : ndarray of shape (m,), int64
        At a split: which codeword of the moment before each came from. Otherwise its own place.
    emptied : tuple of int
        Cells that had lost all vectors and were given half of another.
    """

    kind: str
    centers: Floats
    labels: Labels
    distortion: float
    parents: Integers
    emptied: tuple[int, ...] = ()


def fit(
    dataset: Dataset, *, k: int, shift: float = SHIFT, tol: float = TOL, report: Report = silent
) -> Partition:
    """Grow a codebook of `k` codewords.

    Parameters
    ----------
    dataset : Dataset
        Coordinates, weighted or not.
    k : int
        Codewords, from 1 to the number of distinct points.
    shift : float
        How far a split moves a codeword to either side along the direction in which its cell is
        longest, as a part of the standard deviation there.
    tol : float
        Reassigning ends when the distortion falls by no more than this part of itself.
    report : callable
        Told after each round of splits.

    Returns
    -------
    Partition
        Facts: ``inertia`` (weighted sum of squared distances), ``iterations`` (reassignments of
        all rounds), ``splits`` (rounds).

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `kmeans.fit` does.

    Notes
    -----
    O(iterations n k d).

    Examples
    --------
    >>> answer = fit(Dataset.from_points([[0, 0], [0, 1], [9, 9], [9, 8]]), k=2)
    >>> answer.sizes.tolist(), answer.facts["inertia"], answer.facts["splits"]
    ([2, 2], 1.0, 1)
    """
    _check(dataset, k, shift, tol)
    last, splits, turns = None, 0, 0
    for moment in _moments(dataset, int(k), shift, tol):
        last = moment
        splits += moment.kind == "split"
        turns += moment.kind == "reassign"
        if moment.kind == "split":
            report(Step(len(moment.centers) - 1, int(k), f"{len(moment.centers)} codewords"))
    assert last is not None
    report(Step(int(k), int(k), f"{k} codewords"))
    return Partition(
        labels=last.labels,
        rows=dataset.rows,
        method="lbg",
        parameters={"k": int(k), "shift": float(shift), "tol": float(tol)},
        facts={
            "inertia": last.distortion * float(dataset.mass.sum()),
            "iterations": turns,
            "splits": splits,
        },
        centers=last.centers,
        assigner=NearestCenter(last.centers, frozen(dataset.points.mean(axis=0))),
    )


def steps(
    dataset: Dataset, k: int, *, shift: float = SHIFT, tol: float = TOL
) -> tuple[Moment, ...]:
    """Record how a codebook grows, for a lesson.

    Parameters
    ----------
    dataset, k, shift, tol
        As for `fit`.

    Returns
    -------
    tuple of Moment
        The start, then for each round a split and its reassignments, and the end, whose labels
        and centers are those that `fit` gives.

    Examples
    --------
    >>> moments = steps(Dataset.from_points([[0.0], [1.0], [10.0], [11.0]]), 2)
    >>> [moment.kind for moment in moments]
    ['start', 'split', 'reassign', 'reassign', 'done']
    >>> [round(moment.distortion, 2) for moment in moments]
    [25.25, 24.75, 0.25, 0.25, 0.25]
    """
    _check(dataset, k, shift, tol)
    return tuple(_moments(dataset, int(k), shift, tol))


def axis(
    dataset: Dataset,
    *,
    k_max: int = 12,
    shift: float = SHIFT,
    tol: float = TOL,
    seed: int = 0,
    report: Report = silent,
) -> FittedAxis:
    """Grow a codebook for each k = 1, 2, ... and measure it.

    Parameters
    ----------
    dataset, shift, tol
        As for `fit`.
    k_max : int
        Largest number of codewords; no more than there are distinct points are made.
    seed : int
        Fixes the draw where silhouettes are sampled.
    report : callable
        Told after each k, and while silhouettes are computed.

    Returns
    -------
    FittedAxis
        What `sweep.over_k` makes of it, with the curves ``inertia`` and ``iterations``.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `fit` does.
    """
    _check(dataset, 1, shift, tol)
    return sweep.over_k(
        dataset,
        fit=partial(fit, shift=shift, tol=tol),
        k_max=k_max,
        curves=("inertia", "iterations"),
        seed=seed,
        report=report,
    )


def _check(dataset: Dataset, k: int, shift: float, tol: float) -> None:
    """Raise a sentence where data or an argument make no sense."""
    check_coordinates(dataset, "LBG")
    check_k(dataset, k)
    if not is_finite(shift) or not 0 < shift <= 1:
        raise ParameterError(f"shift = {shown(shift)}; choose a number above 0, at most 1.")
    if not is_finite(tol) or not 0 <= tol < 1:
        raise ParameterError(f"tol = {shown(tol)}; choose a number from 0, below 1.")


def _moments(dataset: Dataset, k: int, shift: float, tol: float) -> Iterator[Moment]:
    """Grow the codebook step by step."""
    mass = dataset.mass
    total = float(mass.sum())
    for kind, centers, labels, error, parents, emptied in grown(
        dataset.points, mass, k, shift, tol
    ):
        if len(centers) < k and kind == "done":
            raise DataError(
                f"Only {len(centers)} of {k} codewords could be split off: the points are too "
                "near to each other for the digits of a number; scale the columns."
            )
        yield Moment(
            kind, frozen(centers), labels, float(error) / total, frozen(parents), tuple(emptied)
        )


def grown(points: Floats, weights: Floats, k: int, shift: float, tol: float) -> Iterator[Any]:
    """Tell each step: kind, codewords, labels, error, where each came from, and what was empty."""
    centers = (weights @ points)[None] / weights.sum()
    labels, squares = assigned(points, weights, centers)
    yield "start", centers, labels, squares.sum(), np.arange(1), []
    while len(centers) < k:
        errors = np.bincount(labels, squares, minlength=len(centers))
        order = np.argsort(-errors, kind="stable")[: k - len(centers)]
        chosen = order[errors[order] > 0]
        if not len(chosen):
            break
        ways = np.zeros_like(centers)
        for cell in chosen:
            ways[cell] = shift * longest(points, weights, labels == cell)
        parents = np.sort(np.concatenate([np.arange(len(centers)), chosen]))
        second = np.concatenate([[False], parents[1:] == parents[:-1]])
        centers = centers[parents] + np.where(second, 1, -1)[:, None] * ways[parents]
        labels, squares = assigned(points, weights, centers)
        yield "split", centers, labels, squares.sum(), parents, []
        for _ in range(300):
            before = squares.sum()
            centers, emptied = moved(points, weights, centers, labels, squares, shift)
            labels, squares = assigned(points, weights, centers)
            error = squares.sum()
            yield "reassign", centers, labels, error, np.arange(len(centers)), emptied
            if before - error <= tol * error and len(np.unique(labels)) == len(centers):
                break
    yield "done", centers, labels, squares.sum(), np.arange(len(centers)), []


def assigned(points: Floats, weights: Floats, centers: Floats) -> tuple[Labels, Floats]:
    """Give the nearest codeword of each vector, and its weighted squared distance."""
    origin = points.mean(axis=0)
    labels = nearest(points - origin, centers - origin)
    apart = points - centers.take(labels, axis=0)
    return labels, weights * np.einsum("ij,ij->i", apart, apart)


def moved(
    points: Floats, weights: Floats, centers: Floats, labels: Labels, squares: Floats, shift: float
) -> tuple[Floats, list[int]]:
    """Move codewords to the means of their vectors, those without any into the worst cell."""
    k = len(centers)
    held = np.bincount(labels, weights, minlength=k)
    sums = [np.bincount(labels, weights * column, minlength=k) for column in points.T]
    means = np.stack(sums, axis=1) / np.where(held > 0, held, 1)[:, None]
    centers = np.where(held[:, None] > 0, means, centers)
    errors = np.bincount(labels, squares, minlength=k)
    emptied = np.flatnonzero(held == 0).tolist()
    for empty in emptied:
        worst = errors.argmax()
        way = shift * longest(points, weights, labels == worst)
        centers[empty], centers[worst] = centers[worst] + way, centers[worst] - way
        errors[worst] = 0
    return centers, emptied


def longest(points: Floats, weights: Floats, inside: NDArray[np.bool_]) -> Floats:
    """Give the direction in which a cell is longest, as long as the standard deviation there."""
    heavy = weights[inside]
    apart = points[inside] - heavy @ points[inside] / heavy.sum()
    spread, ways = np.linalg.eigh((apart * heavy[:, None]).T @ apart / heavy.sum())
    way: Floats = ways[:, -1] * np.sqrt(max(spread[-1], 0.0))
    return way if way[np.abs(way).argmax()] >= 0 else -way


def in_python(parameters: Mapping[str, object], *, weights: str, distances: str) -> str:
    """Write the lines of a script that set `labels` to what `fit` gives."""
    given = [repr(parameters[name]) for name in ("k", "shift", "tol")]
    return "\n\n".join(
        [
            "from scipy.linalg.blas import dgemm\nBLOCK = 256",
            *carried(nearest, assigned, longest, moved, grown),
            block(
                "LBG: one codeword, split in two, vectors to the nearest, codewords to their "
                "means, until there are so many.",
                f"*_, last = {call('grown', 'points', weights or 'np.ones(len(points))', *given)}",
                "labels = last[2]",
            ),
        ]
    )
