"""Points: which of them a network takes, and how badly it gives them back."""

from dataclasses import replace

import numpy as np

from clustering.checks import check_coordinates
from clustering.data.sequences.padding import PADDING
from clustering.data.sequences.warping import NAME
from clustering.dataset import EUCLIDEAN, Dataset, Floats

__all__ = ["check_points", "errors_of"]


def check_points(dataset: Dataset, method: str, *, series: bool) -> None:
    """Raise UnsupportedError or DataError where a network cannot take the points.

    One that reads series takes padded ones too, whose distances are warped; any other wants
    coordinates, as whatever averages does.
    """
    warped = series and dataset.metric.name == NAME
    check_coordinates(replace(dataset, metric=EUCLIDEAN) if warped else dataset, method)


def errors_of(points: Floats, back: Floats) -> Floats:
    """Give the mean squared error of each point, over what is no padding.

    Parameters
    ----------
    points, back : ndarrays of shape (n, d)
        Points, and what a network makes of them.

    Returns
    -------
    ndarray of shape (n,)

    Examples
    --------
    >>> errors_of(np.array([[1.0, 3.0], [1.0, PADDING]]), np.array([[1.0, 1.0], [2.0, 9.0]]))
    array([2., 1.])
    """
    held = points != PADDING
    squares = np.where(held, points - back, 0.0) ** 2
    found: Floats = squares.sum(axis=1) / np.maximum(held.sum(axis=1), 1)
    return found
