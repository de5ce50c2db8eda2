r"""Linear: what the mean and the best flat space keep, to hold a network against.

An autoencoder that is not curved can do no better than principal components: of all flat
spaces of m dimensions, theirs loses the least squared error, which is the sum of the
variances that are left over,

.. math:: \frac{1}{d} \sum_{j > m} \lambda_j ,

for a coordinate. With m = 0 nothing is said about a point, and its best guess is the mean
of all. A network that is trained on the same points and loses more than the mean has learned
nothing; one that loses more than the components was not worth its training.

References
----------
H. Bourlard, Y. Kamp, "Auto-association by multilayer perceptrons and singular value
decomposition", Biological Cybernetics 59, 1988.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from clustering.dataset import Dataset, Floats, frozen
from clustering.progress import Report, Step, silent

__all__ = ["Linear", "error_of", "errors_of", "linear"]

BLOCK = 8192
"""Points that are led through at once."""


@dataclass(frozen=True, eq=False, slots=True)
class Linear:
    """The mean of all points, and the directions in which they vary most.

    Attributes
    ----------
    mean : ndarray of shape (d,)
        Of all points, weighted.
    axes : ndarray of shape (m, d)
        Principal directions, orthonormal, the widest first.
    """

    mean: Floats
    axes: Floats

    def reconstruct(self, points: Floats, components: int) -> Floats:
        """Lead points (m, d) through so many components and back, shape (m, d)."""
        axes = self.axes[:components]
        back: Floats = (points - self.mean) @ axes.T @ axes + self.mean
        return back

    def back(self, components: int) -> Callable[[Floats], Floats]:
        """Give `reconstruct` with the number of components settled; 0 gives the mean."""
        return partial(self.reconstruct, components=components)


def linear(dataset: Dataset, *, most: int) -> Linear:
    """Find the mean and the first principal directions.

    Parameters
    ----------
    dataset : Dataset
        Points of coordinates; weights count.
    most : int
        Directions; no more than there are coordinates are found.

    Returns
    -------
    Linear

    Notes
    -----
    O(n d^2 + d^3), by the table of covariances where there are more points than
    coordinates; O(n^2 d) by the points themselves where there are fewer.

    Examples
    --------
    >>> found = linear(Dataset.from_points([[0.0, 0.0], [2.0, 2.0]]), most=1)
    >>> found.mean.tolist(), found.reconstruct(np.array([[3.0, 1.0]]), 1).round(6).tolist()
    ([1.0, 1.0], [[2.0, 2.0]])
    """
    shares = dataset.mass / dataset.mass.sum()
    mean = shares @ dataset.points
    if dataset.n >= dataset.d:
        covariance = np.zeros((dataset.d, dataset.d))
        for begin in range(0, dataset.n, BLOCK):
            away = dataset.points[begin : begin + BLOCK] - mean
            covariance += (away * shares[begin : begin + BLOCK, None]).T @ away
        axes = np.linalg.eigh(covariance)[1].T[::-1]
    else:
        away = (dataset.points - mean) * np.sqrt(shares)[:, None]
        axes = np.linalg.svd(away, full_matrices=False)[2]
    return Linear(frozen(mean), frozen(axes[:most]))


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
