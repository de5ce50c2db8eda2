"""How far a distance reaches on a map: the outline of all places within it of a point.

A circle where distances are straight lines; a square, a diamond or an ellipse for other
metrics of two columns; on the globe a circle whose picture is stretched towards the poles.
Where a map shows two directions of more, the ball around the point is seen as a disc: what
lies outside the disc is farther away, what lies inside may be as well.
"""

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import Dataset, Floats
from clustering.geometry.metrics import EARTH, Mahalanobis
from clustering.geometry.projection import View

__all__ = ["outline"]

CORNERS = 120
TAKEN_APART = 180.0  # degrees of longitude between neighbours on the outline


def outline(dataset: Dataset, view: View, point: int, radius: float) -> Floats | None:
    """Give the outline of the places within a distance of a point, on the map.

    Parameters
    ----------
    dataset : Dataset
        Says how distances are measured.
    view : View
        The map.
    point : int
        The point in the middle.
    radius : float
        The distance, in the unit of the metric.

    Returns
    -------
    ndarray of shape (m, 2), or None
        A closed line, which NaN breaks where it leaves the map of the globe; None where
        the metric has no outline on this map.

    Examples
    --------
    >>> from clustering.geometry import metrics, projection
    >>> data = Dataset.from_points([[0.0, 0.0], [3.0, 4.0]])
    >>> line = outline(data, projection.view(data), 1, 2.0)
    >>> line[0].tolist(), np.allclose(np.hypot(*(line - [3, 4]).T), 2.0)
    ([5.0, 4.0], True)
    """
    angle = np.linspace(0.0, 2 * np.pi, CORNERS + 1)
    round_: Floats = np.column_stack([np.cos(angle), np.sin(angle)])
    middle: Floats = view.points[point]
    name = dataset.metric.name
    if view.kind == "places":
        return _on_globe(middle, radius, angle)
    if view.kind == "strip":
        if dataset.d > 1 or name not in ("euclidean", "manhattan", "chebyshev"):
            return None
        return _around(middle, radius, [[-1, 0], [1, 0]])
    if name == "euclidean" and view.kind in ("identity", "columns", "pca"):
        return _around(middle, radius, round_)
    if view.kind != "identity":
        return None
    if name == "manhattan":
        return _around(middle, radius, [[1, 0], [0, 1], [-1, 0], [0, -1], [1, 0]])
    if name == "chebyshev":
        return _around(middle, radius, [[1, 1], [-1, 1], [-1, -1], [1, -1], [1, 1]])
    if isinstance(dataset.metric.between, Mahalanobis):
        lower = np.linalg.cholesky(np.array(dataset.metric.between.inverse))
        return _around(middle, radius, np.linalg.solve(lower.T, round_.T).T)
    return None


def _around(middle: Floats, radius: float, shape: ArrayLike) -> Floats:
    """Put a shape of radius 1 around a place."""
    line: Floats = middle + radius * np.asarray(shape, dtype=np.float64)
    return line


def _on_globe(middle: Floats, radius: float, angle: Floats) -> Floats | None:
    """Give the places at so many kilometres from one, in degrees."""
    arc = radius / EARTH
    if arc >= np.pi:
        return None
    longitude, latitude = np.radians(middle)
    high = np.arcsin(
        np.clip(
            np.sin(latitude) * np.cos(arc) + np.cos(latitude) * np.sin(arc) * np.cos(angle), -1, 1
        )
    )
    east = np.sin(angle) * np.sin(arc) * np.cos(latitude)
    along = longitude + np.arctan2(east, np.cos(arc) - np.sin(latitude) * np.sin(high))
    line: Floats = np.degrees(np.column_stack([along, high]))
    line[:, 0] = (line[:, 0] + 180.0) % 360.0 - 180.0
    jumps = np.flatnonzero(np.abs(np.diff(line[:, 0])) > TAKEN_APART) + 1
    return np.insert(line, jumps, np.nan, axis=0)
