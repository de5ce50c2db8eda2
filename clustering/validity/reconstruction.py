"""What is lost on the way through something and back: the squared error of a reconstruction."""

from collections.abc import Callable

import numpy as np

from clustering.dataset import Dataset, Floats
from clustering.progress import Report, Step, silent

__all__ = ["error_of", "errors_of"]

BLOCK = 8192
"""Points that are led through at once."""


def error_of(
    dataset: Dataset, back: Callable[[Floats], Floats], *, report: Report = silent
) -> float:
    """Give the mean squared error of a coordinate, all points led through and back.

    Parameters
    ----------
    dataset : Dataset
        The points; each counts by its weight.
    back : callable
        ``back(points)`` of shape (m, d) gives what becomes of them, (m, d).
    report : callable
        Told how far it is.

    Returns
    -------
    float

    Examples
    --------
    >>> data = Dataset.from_points([[0.0, 0.0], [2.0, 4.0]], weights=[3.0, 1.0])
    >>> error_of(data, lambda points: points * 0)
    2.5
    """
    return float(errors_of(dataset, back, report=report) @ dataset.mass / dataset.mass.sum())


def errors_of(
    dataset: Dataset, back: Callable[[Floats], Floats], *, report: Report = silent
) -> Floats:
    """Give the mean squared error of a coordinate for each point, shape (n,).

    Parameters
    ----------
    dataset, back, report
        As for `error_of`.

    Returns
    -------
    ndarray of shape (n,)
    """
    errors = np.empty(dataset.n)
    for begin in range(0, dataset.n, BLOCK):
        points = dataset.points[begin : begin + BLOCK]
        errors[begin : begin + BLOCK] = np.square(points - back(points)).mean(axis=1)
        report(Step(min(begin + BLOCK, dataset.n), dataset.n, "Measuring what is lost"))
    return errors
