"""A place in a picture that somebody pointed at, and the points that lie in it.

Charts give back where a user looked (`Window`) or drew (`Region`), in the units of
their axes. Which points that means is decided here and not in the browser, which
has no points where a million of them are painted as one image.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from clustering.dataset import Floats

__all__ = ["Region", "Window", "inside"]


@dataclass(frozen=True, slots=True)
class Window:
    """What is seen of a plane: from `left` to `right`, from `low` to `high`."""

    left: float
    right: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Region:
    """What was drawn around points: the corners of a polygon, in order.

    Attributes
    ----------
    x, y : tuple of m float
        Corners, the first not repeated; a box has four.
    """

    x: tuple[float, ...]
    y: tuple[float, ...]

    @classmethod
    def box(cls, window: Window) -> "Region":
        """Make a region of a rectangle."""
        left, right, low, high = window.left, window.right, window.low, window.high
        return cls((left, right, right, left), (low, low, high, high))


def inside(flat: Floats, region: Region) -> NDArray[np.bool_]:
    """Mark the points that lie in a region or on its border.

    Parameters
    ----------
    flat : ndarray of shape (n, 2)
        Points in the plane.
    region : Region
        A polygon, whose line may cross itself: a place is inside where a ray from
        it crosses the line an odd number of times.

    Returns
    -------
    ndarray of shape (n,), bool
        True inside; nowhere for fewer than three corners.

    Examples
    --------
    >>> box = Region.box(Window(0, 2, 0, 1))
    >>> inside(np.array([[1.0, 0.5], [3.0, 0.5], [2.0, 1.0]]), box).tolist()
    [True, False, True]
    """
    if len(region.x) < 3:
        return np.zeros(len(flat), dtype=bool)
    polygon = _area(np.column_stack([region.x, region.y]))
    if shapely.is_empty(polygon):
        return np.zeros(len(flat), dtype=bool)
    left, low, right, high = shapely.bounds(polygon)
    x, y = flat[:, 0], flat[:, 1]
    found: NDArray[np.bool_] = (x >= left) & (x <= right) & (y >= low) & (y <= high)
    shapely.prepare(polygon)
    found[found] = shapely.intersects_xy(polygon, x[found], y[found])
    return found


def _area(corners: Floats) -> shapely.Geometry:
    """Give what a line around `corners` (m, 2) holds, by the even-odd rule.

    The line cuts the plane into faces, each wholly inside or wholly outside, which one
    place in it tells. (`shapely.make_valid` has a rule of its own where a line runs along
    itself.)
    """
    closed = np.vstack([corners, corners[:1]])
    lines = shapely.unary_union(shapely.linestrings(closed))
    faces = shapely.get_parts(shapely.polygonize([lines]))
    x, y = shapely.get_coordinates(shapely.point_on_surface(faces)).reshape(-1, 2).T[:, :, None]
    (x1, y1), (x2, y2) = closed[:-1].T, closed[1:].T
    with np.errstate(divide="ignore", invalid="ignore"):
        crossed = ((y1 > y) != (y2 > y)) & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return shapely.union_all(faces[crossed.sum(axis=1) % 2 == 1])
