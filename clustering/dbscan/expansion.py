"""DBSCAN's expansion, recorded one point at a time, from a seed to the last point.

The textbook's algorithm visits points one after another. A point with enough neighbours is
core and begins a cluster; its neighbours are asked in turn, and those that are core as well
have theirs asked too. What is reached but not core is the border, where the expansion ends.
What was visited first, and had too few neighbours, is noise until a core point reaches it.

All neighbours are counted, but only a part of the points is asked: the nearest ones to the
seed, where there are more than anybody wants to follow.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.dbscan.checks import check
from clustering.errors import ParameterError
from clustering.partition import Labels

__all__ = ["Moment", "Steps", "steps"]

UNSEEN, NOISE = -2, -1
BLOCK = 2_000_000
"""Distances that are computed at a time."""

Mask = NDArray[np.bool_]
Kind = Literal["start", "seed", "core", "border", "noise", "end"]


@dataclass(frozen=True, eq=False, slots=True)
class Moment:
    """One point is asked how many neighbours it has.

    Attributes
    ----------
    kind : {"start", "seed", "core", "border", "noise", "end"}
        ``seed`` is core and begins a cluster; ``core`` and ``border`` were reached from a
        core point; ``noise`` was not, and has too few neighbours.
    point : int
        Which point of the Dataset; -1 at the start and at the end.
    count : float
        Points within epsilon of it, itself included, by weight.
    reached : ndarray of shape (r,), int64
        Points that it finds first and that will be asked, of those that are followed.
    rescued : ndarray of shape (s,), int64
        Points that were noise until now: not core, as is known already.
    by : int
        The core point from which it was reached; -1 where there is none.
    waiting : int
        Points that are reached and not yet asked.
    labels : ndarray of shape (m,), int32
        Of the points that are followed: the cluster, -1 for noise, -2 for not yet seen.
    asked : ndarray of shape (m,), bool
        Which of them were asked up to now.
    """

    kind: Kind
    point: int
    count: float
    reached: Integers
    rescued: Integers
    by: int
    waiting: int
    labels: Labels
    asked: Mask


@dataclass(frozen=True, eq=False, slots=True)
class Steps:
    """A recorded expansion.

    Attributes
    ----------
    points : ndarray of shape (m,), int64
        Which points of the Dataset are followed, ascending.
    eps, min_samples
        The parameters.
    core : ndarray of shape (m,), bool
        Which of them are core, as all points of the Dataset have it.
    moments : tuple of Moment
        From the start, at which nothing is known, to the end.
    """

    points: Integers
    eps: float
    min_samples: int
    core: Mask
    moments: tuple[Moment, ...]


def steps(
    dataset: Dataset, *, eps: float, min_samples: int = 5, seed_point: int = 0, most: int = 120
) -> Steps:
    """Record DBSCAN's expansion, beginning at one point.

    Parameters
    ----------
    dataset : Dataset
        As for `clustering.dbscan.axis`.
    eps : float
        How near is near.
    min_samples : int
        How many points make a point core, itself included.
    seed_point : int
        Which point is visited first; the others follow in the order of the data.
    most : int
        How many points are followed: those nearest to the seed.

    Returns
    -------
    Steps
        One moment a point, and one before and one after them.

    Raises
    ------
    ParameterError
        Where a parameter is out of its range.
    UnsupportedError, DataError
        As `clustering.dbscan.axis` does.

    Notes
    -----
    O(m n) distances for m points that are followed. Points are asked in the order in which
    they were reached. The core points' clusters do not depend on the order; a border point
    within reach of two clusters belongs to the one that reaches it first.

    References
    ----------
    M. Ester, H.-P. Kriegel, J. Sander, X. Xu, A density-based algorithm for discovering
    clusters in large spatial databases with noise, KDD 1996.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [2.0], [9.0]])
    >>> told = steps(data, eps=1.0, min_samples=3, seed_point=0)
    >>> [(moment.kind, moment.point, moment.count) for moment in told.moments[1:-1]]
    [('noise', 0, 2.0), ('seed', 1, 3.0), ('border', 2, 2.0), ('noise', 3, 1.0)]
    >>> told.moments[-1].labels.tolist()
    [0, 0, 0, -1]
    """
    check(dataset, min_samples)
    if not 0 < eps < np.inf:
        raise ParameterError(f"eps = {eps}; choose a positive distance.")
    if not 0 <= seed_point < dataset.n:
        raise ParameterError(f"There is no point {seed_point} among {dataset.n:,}.")
    away = dataset.metric.between(dataset.points[[seed_point]], dataset.points)[0]
    away[seed_point] = -1.0
    points = np.sort(np.argsort(away, kind="stable")[:most])
    beside, count = _neighbours(dataset, points, eps)
    core = count >= min_samples
    moments = _expanded(points, int(np.searchsorted(points, seed_point)), beside, count, core)
    return Steps(frozen(points), float(eps), int(min_samples), frozen(core), moments)


def _expanded(
    points: Integers, first: int, beside: list[list[int]], count: Floats, core: Mask
) -> tuple[Moment, ...]:
    """Ask one point after another, beginning at the place `first`, and note each moment."""
    m = len(points)
    labels, asked = np.full(m, UNSEEN, dtype=np.int32), np.zeros(m, dtype=bool)
    moments: list[Moment] = []
    queue: deque[tuple[int, int]] = deque()

    def note(
        kind: Kind, i: int = -1, by: int = -1, fresh: Sequence[int] = (), saved: Sequence[int] = ()
    ) -> None:
        moments.append(
            Moment(
                kind=kind,
                point=int(points[i]) if i >= 0 else -1,
                count=float(count[i]) if i >= 0 else 0.0,
                reached=frozen(points[np.array(fresh, dtype=np.int64)]),
                rescued=frozen(points[np.array(saved, dtype=np.int64)]),
                by=int(points[by]) if by >= 0 else -1,
                waiting=len(queue),
                labels=frozen(labels.copy()),
                asked=frozen(asked.copy()),
            )
        )

    def expand(kind: Kind, i: int, by: int = -1) -> None:
        fresh = [j for j in beside[i] if labels[j] == UNSEEN]
        saved = [j for j in beside[i] if labels[j] == NOISE]
        labels[fresh + saved] = labels[i]
        queue.extend((j, i) for j in fresh)
        note(kind, i, by, fresh, saved)

    note("start")
    cluster = 0
    for i in [first, *(i for i in range(m) if i != first)]:
        if labels[i] != UNSEEN:
            continue
        asked[i] = True
        if not core[i]:
            labels[i] = NOISE
            note("noise", i)
            continue
        labels[i] = cluster
        cluster += 1
        expand("seed", i)
        while queue:
            j, by = queue.popleft()
            asked[j] = True
            if core[j]:
                expand("core", j, by)
            else:
                note("border", j, by)
    note("end")
    return tuple(moments)


def _neighbours(dataset: Dataset, points: Integers, eps: float) -> tuple[list[list[int]], Floats]:
    """Give for each point the others that are followed within epsilon, and how many there are."""
    mass = dataset.mass
    beside: list[list[int]] = []
    count = np.empty(len(points))
    height = max(1, BLOCK // dataset.n)
    for start in range(0, len(points), height):
        rows = points[start : start + height]
        near = dataset.metric.between(dataset.points[rows], dataset.points) <= eps
        count[start : start + len(rows)] = near @ mass
        beside += [np.flatnonzero(row).tolist() for row in near[:, points]]
    return beside, count
