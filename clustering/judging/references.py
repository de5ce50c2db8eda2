"""Reference data: what the points would look like if there were no clusters in them.

"Tighter than chance" needs a chance to compare with. The plainest data without clusters
fill a box evenly, and the box has the size and the direction of the data, since a long
thin cloud says something about columns that belong together and nothing about clusters.

The direction is that of the principal axes. A square has none: its axes lie by chance, and
a box along them may have twice its area. So there is a second choice, whichever box is
smaller: along the principal axes, or along the columns.

References
----------
R. Tibshirani, G. Walther, T. Hastie, Estimating the number of clusters in a data set via
the gap statistic, Journal of the Royal Statistical Society B 63, 2001: variant (b).
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from clustering.dataset import Dataset, Floats, frozen
from clustering.errors import ParameterError, UnsupportedError

__all__ = ["Along", "Box", "box", "draw"]

Along = Literal["axes", "smaller"]
"""Along the principal axes, or along the columns where that box is smaller."""

STREAM = 2
"""Tells the random numbers of references from those of anything else with the same seed."""


@dataclass(frozen=True, eq=False, slots=True)
class Box:
    """A box that holds all points and touches them on every side.

    Attributes
    ----------
    origin : ndarray of shape (d,)
        Mean of the points.
    directions : ndarray of shape (r, d)
        One direction of its edges a row, of length 1: only those in which points differ.
    low, high : ndarray of shape (r,)
        Where the box begins and ends along each, from the origin.
    """

    origin: Floats
    directions: Floats
    low: Floats
    high: Floats

    def inside(self, n: int, *, seed: int) -> Floats:
        """Draw `n` points evenly from the box, in coordinates along its edges, shape (n, r)."""
        # A stream of its own: data that were drawn with the same seed would come out again.
        generator = np.random.default_rng([seed, STREAM])
        return generator.uniform(self.low, self.high, size=(n, len(self.low)))

    def turn(self, points: Floats) -> Floats:
        """Give points (n, d) in coordinates along the edges of the box, shape (n, r)."""
        return (points - self.origin) @ self.directions.T


def box(dataset: Dataset, *, along: Along = "axes") -> Box:
    """Find the box that holds the points.

    Parameters
    ----------
    dataset : Dataset
        Coordinates; weights do not count.
    along : {"axes", "smaller"}
        Along the principal axes, or whichever is smaller: this one or the box along the
        columns.

    Returns
    -------
    Box
        Without the directions in which all points agree but for rounding.

    Raises
    ------
    UnsupportedError
        Where the distances are not euclidean.
    ParameterError
        Where `along` is none of these.

    Examples
    --------
    >>> found = box(Dataset.from_points([[0, 7], [2, 7], [4, 7]]))
    >>> (found.high - found.low).tolist()
    [4.0]
    """
    if not dataset.metric.is_euclidean:
        raise UnsupportedError(
            f"Reference data fill a box, and {dataset.metric.name} distances have no space to "
            "draw them in."
        )
    if along not in get_args(Along):
        raise ParameterError(f"A box lies along {' or '.join(get_args(Along))}, not '{along}'.")
    points = dataset.points
    # Constant columns stay out of the axes, so that rounding does not leak into them.
    varying = np.flatnonzero(points.min(axis=0) < points.max(axis=0))
    origin = points.mean(axis=0)
    fixed = np.setdiff1d(np.arange(dataset.d), varying)
    origin[fixed] = points[0, fixed]
    centred = points - origin
    # In units of the largest number, since squares of the very large and the very small fail.
    largest = float(np.abs(centred).max()) or 1.0
    triangle = np.linalg.qr(centred[:, varying] / largest, mode="r")
    _, lengths, axes = np.linalg.svd(triangle, full_matrices=False)
    digits = 2.0 * np.sqrt(dataset.n) * float(np.abs(points).max()) / largest
    rounding = max(max(centred.shape) * lengths.max(initial=0.0), digits)
    rank = int((lengths > rounding * np.finfo(np.float64).eps).sum())
    rank = max(rank, min(1, len(varying)))
    turned = np.zeros((rank, dataset.d))
    turned[:, varying] = axes[:rank]
    boxes = [_around(centred, origin, turned)]
    # Of lesser rank the points lie in a plane askew, which no box along the columns is.
    if along == "smaller" and rank == len(varying):
        boxes.append(_around(centred, origin, np.eye(dataset.d)[varying]))
    return min(boxes, key=_volume)


def _around(centred: Floats, origin: Floats, directions: Floats) -> Box:
    """Measure the box along some directions."""
    places = centred @ directions.T
    low, high = places.min(axis=0), places.max(axis=0)
    return Box(frozen(origin), frozen(directions), frozen(low), frozen(high))


def _volume(box: Box) -> float:
    """Give the logarithm of the volume."""
    return float(np.log(box.high - box.low).sum())


def draw(dataset: Dataset, *, seed: int = 0, along: Along = "axes") -> Dataset:
    """Draw as many points as there are, evenly from the box that holds them.

    Parameters
    ----------
    dataset : Dataset
        n points in coordinates; weights do not count.
    seed : int
        Seed of the random numbers.
    along : {"axes", "smaller"}
        Which box, as for `box`.

    Returns
    -------
    Dataset
        n points without weights, in the same columns; constant columns stay constant.

    Raises
    ------
    UnsupportedError
        Where the distances are not euclidean.
    ParameterError
        Where `along` is none of these.

    Notes
    -----
    O(n d min(n, d)).

    Examples
    --------
    >>> data = Dataset.from_points([[0, 7], [2, 7], [4, 7]])
    >>> reference = draw(data)
    >>> reference.points[:, 1].tolist(), bool((reference.points[:, 0] <= 4).all())
    ([7.0, 7.0, 7.0], True)
    """
    found = box(dataset, along=along)
    points = found.inside(dataset.n, seed=seed) @ found.directions + found.origin
    return Dataset.from_points(points, columns=dataset.columns, name="evenly spread points")
