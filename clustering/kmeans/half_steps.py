"""Lloyd's algorithm, one half step at a time.

k-means seeks centers c and labels l that make the inertia

    sum over points i of  w_i * |x_i - c_(l_i)|^2

as small as it can, and does so by taking turns. *Assign*: the centers stand still,
and every point goes to the nearest. *Update*: the labels stand still, and every
center goes to the mean of its points, since no other place has a smaller sum of
squared distances. Neither half can raise the inertia, and there are only so many
ways to label the points: the turns come to an end. Where they end depends on where
they began, and it need not be the best answer there is.

It stops when no point changes its cluster, or when the centers hardly move any
more, or after `max_iter` turns. A center that loses all its points is put on the
point that is farthest from its own center. Where that happens in the very last turn,
the point keeps its label, and this alone may raise the inertia.

The arithmetic follows scikit-learn's, operation by operation, and so does the last
step its result.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from clustering.checks import check_coordinates, check_run
from clustering.dataset import Dataset, Floats, frozen
from clustering.geometry.nearest import nearest
from clustering.kmeans.checks import check_start
from clustering.partition import Labels

__all__ = ["Moment", "Steps", "steps"]


@dataclass(frozen=True, eq=False, slots=True)
class Moment:
    """How things stand after one half step.

    Attributes
    ----------
    kind : {"start", "assign", "update"}
        What was done: starting centers placed, points given to the nearest
        center, or centers moved to the mean of their points.
    labels : ndarray of shape (n,), int32
        Cluster of each point; -1 before the first assignment. A point on which an
        empty cluster is put in an update goes over to it at once.
    centers : ndarray of shape (k, d)
        Where the centers are.
    moved : int
        Points that changed their cluster, or centers that changed their place.
    shifts : ndarray of shape (k,)
        How far each center moved, in units of the points; 0 unless an update.
    inertia : float
        Weighted sum of squared distances to the own center; NaN at the start.
    relocated : tuple of (int, int)
        Pairs (cluster, point): the cluster had lost all its points, and its
        center was put on this point.
    """

    kind: Literal["start", "assign", "update"]
    labels: Labels
    centers: Floats
    moved: int
    shifts: Floats
    inertia: float
    relocated: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Steps:
    """A whole run, from the start to the last half step.

    Attributes
    ----------
    moments : tuple of Moment
        The half steps in order; the first is the start, the last the result.
    stopped : {"settled", "tolerance", "max_iter"}
        Why it ended: no point changed, the centers hardly moved, or the turns
        were used up.
    iterations : int
        Turns that were taken, as scikit-learn counts them.
    tolerance : float
        Sum of squared shifts of all centers at which it stops, in squared units
        of the points.
    """

    moments: tuple[Moment, ...]
    stopped: Literal["settled", "tolerance", "max_iter"]
    iterations: int
    tolerance: float

    def __len__(self) -> int:
        """Count the moments."""
        return len(self.moments)

    @property
    def last(self) -> Moment:
        """The result."""
        return self.moments[-1]


def steps(dataset: Dataset, *, start: ArrayLike, max_iter: int = 300, tol: float = 1e-4) -> Steps:
    """Record every half step of k-means from given starting centers.

    Parameters
    ----------
    dataset : Dataset
        Coordinates, weighted or not.
    start : array_like of shape (k, d)
        Starting centers, anywhere.
    max_iter : int
        Turns after which it is ended.
    tol : float
        It ends when the squared shift of all centers is at most `tol` times the
        mean variance of the columns.

    Returns
    -------
    Steps
        Its last moment has the labels and centers of ``fit(dataset, k=len(start),
        init=start, max_iter=max_iter, tol=tol)``.

    Raises
    ------
    ParameterError
        Where the start has another shape or an argument makes no sense.
    UnsupportedError
        Where the distances are not euclidean.

    Notes
    -----
    O(iterations * n) memory: every assignment is kept.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [5.0], [6.0]])
    >>> run = steps(data, start=[[0.0], [1.0]])
    >>> [(moment.kind, moment.moved) for moment in run.moments]
    [('start', 0), ('assign', 4), ('update', 1), ('assign', 1), ('update', 2), ('assign', 0)]
    >>> run.last.centers.tolist(), run.stopped
    ([[0.5], [5.5]], 'settled')
    """
    check_coordinates(dataset, "k-means")
    check_run(n_init=1, max_iter=max_iter, tol=tol, seed=0)
    placed = check_start(dataset, start)
    origin = dataset.points.mean(axis=0)
    points, weights, centers = dataset.points - origin, dataset.mass, placed - origin
    tolerance = float(np.mean(np.var(dataset.points, axis=0)) * tol)
    labels: Labels = frozen(np.full(dataset.n, -1, dtype=np.int32))
    still = frozen(np.zeros(len(centers)))
    moments = [Moment("start", labels, frozen(placed), 0, still, np.nan)]

    def assign() -> Labels:
        """Give every point to the nearest center."""
        given = frozen(nearest(points, centers))
        moved = int((given != moments[-1].labels).sum())
        badness = inertia(points, weights, centers, given)
        moments.append(Moment("assign", given, moments[-1].centers, moved, still, badness))
        return given

    stopped: Literal["settled", "tolerance", "max_iter"] = "max_iter"
    turn = 0
    for turn in range(1, max_iter + 1):  # noqa: B007 - the last one is told
        before, labels = labels, assign()
        settled = np.array_equal(labels, before)
        new, relocated = updated(points, weights, centers, labels)
        shifts = np.sqrt(((new - centers) ** 2).sum(axis=1))
        centers = new
        # A center without points may still be put on a far point after the last turn. That is
        # taken out of the mean of its own cluster, and yet no label follows any more.
        relocated = () if settled else relocated
        if shifts.any() or not settled:
            held = labels.copy()
            for cluster, i in relocated:
                held[i] = cluster
            moved, where = int((shifts > 0).sum()), frozen(centers + origin)
            badness = inertia(points, weights, centers, held)
            moments.append(
                Moment("update", frozen(held), where, moved, frozen(shifts), badness, relocated)
            )
        if settled:
            stopped = "settled"
            break
        if (shifts**2).sum() <= tolerance:
            stopped = "tolerance"
            break
    if stopped != "settled":
        assign()
    return Steps(tuple(moments), stopped, turn, tolerance)


def inertia(points: Floats, weights: Floats, centers: Floats, labels: Labels) -> float:
    """Weighted sum of squared distances to the own center."""
    return float((((points - centers[labels]) ** 2).sum(axis=1) * weights).sum())


def updated(
    points: Floats, weights: Floats, centers: Floats, labels: Labels
) -> tuple[Floats, tuple[tuple[int, int], ...]]:
    """Move each center to the mean of its points, and empty ones to far points.

    Returns
    -------
    centers : ndarray of shape (k, d)
        The new places.
    relocated : tuple of (int, int)
        Empty clusters and the points on which they were put.
    """
    k = len(centers)
    sums: Floats = np.stack(
        [np.bincount(labels, weights=column * weights, minlength=k) for column in points.T], axis=1
    )
    mass = np.bincount(labels, weights=weights, minlength=k).astype(np.float64)
    relocated = relocate(points, weights, centers, labels, sums, mass)
    heaviest = mass.argmax()
    for j in range(k):
        if mass[j] > 0:
            sums[j] *= 1.0 / mass[j]
        else:
            sums[j] = sums[heaviest]
    return sums, relocated


def relocate(
    points: Floats, weights: Floats, centers: Floats, labels: Labels, sums: Floats, mass: Floats
) -> tuple[tuple[int, int], ...]:
    """Give each empty cluster the point farthest from its center, in `sums` and `mass`."""
    empty = np.flatnonzero(mass == 0)
    distances = ((points - centers[labels]) ** 2).sum(axis=1)
    if not len(empty) or distances.max() == 0:
        return ()
    farthest = np.argpartition(distances, -len(empty))[: -len(empty) - 1 : -1]
    for cluster, i in zip(empty, farthest, strict=True):
        sums[labels[i]] -= points[i] * weights[i]
        sums[cluster] = points[i] * weights[i]
        mass[cluster] = weights[i]
        mass[labels[i]] -= weights[i]
    return tuple((int(cluster), int(i)) for cluster, i in zip(empty, farthest, strict=True))
