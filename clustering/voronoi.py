"""Voronoi cells: to each center the part of the plane that is nearest to it.

Between two centers a and b the border is the line halfway,

    (x - (a + b) / 2) . (b - a) = 0,

and what is nearer to a lies on the side where this is negative. The cell of a is
what remains of the view when the far side is cut off for every other center: an
exact convex polygon with a handful of corners, where a mesh of a million little
squares would only come close to it.
"""

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import Floats, frozen
from clustering.errors import ParameterError

__all__ = ["cells"]


def cells(centers: ArrayLike, *, low: ArrayLike, high: ArrayLike) -> tuple[Floats, ...]:
    """Cut a box into the cells of centers in the plane.

    Parameters
    ----------
    centers : array_like of shape (k, 2)
        Centers, inside the box or not, in any position.
    low, high : array_like of shape (2,)
        Opposite corners of the box, ``low < high``.

    Returns
    -------
    tuple of k ndarrays of shape (m, 2)
        Corners of each cell, counter-clockwise, not closed; shape (0, 2) where a
        cell does not reach into the box. Of several centers in the same place the
        first has the cell.

    Raises
    ------
    ParameterError
        Where the centers are no points of the plane or the box is empty.

    Notes
    -----
    O(k^2 log k) at worst; a cell stops cutting as soon as the next center is too far
    away to reach it.

    References
    ----------
    F. Aurenhammer, "Voronoi diagrams: a survey of a fundamental geometric data
    structure", ACM Computing Surveys 23, 1991.

    Examples
    --------
    >>> left, right = cells([[1, 1], [3, 1]], low=[0, 0], high=[4, 2])
    >>> left.tolist()
    [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]]
    """
    places = np.array(centers, dtype=np.float64)
    low, high = np.array(low, dtype=np.float64), np.array(high, dtype=np.float64)
    if places.ndim != 2 or places.shape[1] != 2 or not np.isfinite(places).all():
        raise ParameterError(f"Centers of shape {places.shape} are no finite points of the plane.")
    proper = low.shape == high.shape == (2,) and (np.isfinite(high - low) & (low < high)).all()
    if not proper:
        raise ParameterError("The box is empty; its lower corner must lie below the upper one.")
    box = np.array([low, [high[0], low[1]], high, [low[0], high[1]]])
    distinct, first = np.unique(places, axis=0, return_index=True)
    answer = [frozen(np.empty((0, 2)))] * len(places)
    for place, number in zip(distinct, first, strict=True):
        answer[number] = frozen(cell(place, distinct, box))
    return tuple(answer)


def cell(own: Floats, centers: Floats, box: Floats) -> Floats:
    """Cut off the far side of `box` (m, 2) for every one of `centers` but `own`."""
    # Measured from the own center: what is subtracted below are then short distances.
    others, polygon = centers - own, box - own
    distances = np.hypot(others[:, 0], others[:, 1])
    for i in np.argsort(distances):
        if distances[i] == 0:
            continue
        if not len(polygon) or distances[i] / 2 > np.hypot(polygon[:, 0], polygon[:, 1]).max():
            break
        toward = others[i] / distances[i]
        polygon = below(polygon, polygon @ toward - distances[i] / 2)
    return polygon + own


def below(polygon: Floats, heights: Floats) -> Floats:
    """Keep the part of a convex polygon (m, 2) where a linear `heights` (m,) is <= 0."""
    if (heights <= 0).all():
        return polygon
    following, next_heights = np.roll(polygon, -1, axis=0), np.roll(heights, -1)
    crosses = (heights < 0) != (next_heights < 0)
    crosses &= (heights != 0) & (next_heights != 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = heights / (heights - next_heights)
        crossings = polygon + share[:, None] * (following - polygon)
    # Each corner, then the crossing on the edge that leaves it.
    both = np.stack([polygon, crossings], axis=1).reshape(-1, 2)
    kept = both[np.stack([heights <= 0, crosses], axis=1).ravel()]
    return kept if len(kept) > 2 else np.empty((0, 2))
