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

SAME = 1e-12
"""Corners nearer than this part of the view are one."""


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
        raise ParameterError(f"Centres of shape {places.shape} are no finite points of the plane.")
    proper = low.shape == high.shape == (2,) and (np.isfinite(high - low) & (low < high)).all()
    if not proper:
        raise ParameterError("The box is empty; its lower corner must lie below the upper one.")
    corners = np.array([low, [high[0], low[1]], high, [low[0], high[1]]])
    first: dict[tuple[float, float], int] = {}
    for number, (x, y) in enumerate(places.tolist()):
        first.setdefault((x, y), number)
    distinct = places[list(first.values())]
    answer = [frozen(np.empty((0, 2)))] * len(places)
    for number in first.values():
        own = places[number]
        # Measured from the own center: what is subtracted below are then short distances.
        answer[number] = frozen(cell(distinct - own, corners - own) + own)
    return tuple(answer)


def cell(others: Floats, corners: Floats) -> Floats:
    """Cut off what is nearer to one of `others` (k, 2) than to the origin."""
    squares = (others**2).sum(axis=1)
    order = squares.argsort()
    polygon = [(x, y) for x, y in corners.tolist()]
    reach = farthest(polygon)
    for (x, y), square in zip(others[order].tolist(), squares[order].tolist(), strict=True):
        if square > 4.0 * reach:
            break
        if square > 0.0:
            polygon = below(polygon, x, y, square / 2.0)
            reach = farthest(polygon)
    return without_twins(np.array(polygon).reshape(-1, 2), SAME * np.ptp(corners, axis=0).max())


def without_twins(polygon: Floats, same: float) -> Floats:
    """Drop corners that differ from the one before by rounding alone."""
    steps = np.abs(polygon - np.roll(polygon, 1, axis=0)).max(axis=1, initial=0.0)
    kept = polygon[steps > same]
    return kept if len(kept) > 2 else np.empty((0, 2))


# A polygon has five or six corners: plain numbers are faster here than arrays.
Polygon = list[tuple[float, float]]


def farthest(polygon: Polygon) -> float:
    """Squared distance of the farthest corner from the origin; 0 without corners."""
    return max((x * x + y * y for x, y in polygon), default=0.0)


def below(polygon: Polygon, a: float, b: float, c: float) -> Polygon:
    """Keep the part of a convex polygon where ``a x + b y <= c``."""
    heights = [a * x + b * y - c for x, y in polygon]
    if max(heights, default=0.0) <= 0.0:
        return polygon
    kept = []
    (x0, y0), before = polygon[-1], heights[-1]
    for (x, y), height in zip(polygon, heights, strict=True):
        if before < 0.0 < height or height < 0.0 < before:
            share = before / (before - height)
            kept.append((x0 + share * (x - x0), y0 + share * (y - y0)))
        if height <= 0.0:
            kept.append((x, y))
        x0, y0, before = x, y, height
    return kept if len(kept) > 2 else []
