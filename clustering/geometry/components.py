"""Principal components: what is lost with any number of them, all at once.

The plainest way of saying a point in few numbers. The error with m components is the sum of
the variances along those that are left out, so one decomposition of the covariance answers
every m; with none of them every point is said to be the mean.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from clustering.checks import check_coordinates
from clustering.dataset import Dataset, Floats, frozen

__all__ = ["Components", "components"]


@dataclass(frozen=True, eq=False, slots=True)
class Components:
    """The principal components of points, and what is lost with any number of them.

    Attributes
    ----------
    mean : ndarray of shape (d,)
        The mean point.
    axes : ndarray of shape (d, d)
        One component a row, the longest first; each has length 1 and its largest number is
        positive.
    errors : ndarray of shape (d + 1,)
        Mean squared error, over points and columns, of what 0, 1 ... d components keep.
    """

    mean: Floats
    axes: Floats
    errors: Floats

    def encode(self, points: ArrayLike, *, count: int) -> Floats:
        """Give the first `count` components of points (m, d), shape (m, count)."""
        codes: Floats = (np.atleast_2d(points) - self.mean) @ self.axes[:count].T
        return codes

    def reconstruct(self, points: ArrayLike, *, count: int) -> Floats:
        """Lead points (m, d) through `count` components and back, shape (m, d)."""
        back: Floats = self.encode(points, count=count) @ self.axes[:count] + self.mean
        return back


def components(dataset: Dataset) -> Components:
    """Find the principal components of a Dataset.

    Parameters
    ----------
    dataset : Dataset
        Points of coordinates; weights count.

    Returns
    -------
    Components
        For every number of them from 0 to d.

    Raises
    ------
    UnsupportedError
        Where points are no coordinates.

    Notes
    -----
    O(n d^2 + d^3).

    Examples
    --------
    >>> found = components(Dataset.from_points([[0.0, 0.0], [2.0, 0.0], [4.0, 0.0]]))
    >>> found.errors.round(4).tolist(), found.axes[0].tolist()
    ([1.3333, 0.0, 0.0], [1.0, 0.0])
    """
    check_coordinates(dataset, "A principal component")
    mean = np.average(dataset.points, axis=0, weights=dataset.weights)
    apart = dataset.points - mean
    heavy = apart if dataset.weights is None else apart * dataset.weights[:, None]
    spread = heavy.T @ apart / dataset.mass.sum()
    variances, columns = np.linalg.eigh(spread)
    axes = columns.T[::-1]
    largest = axes[np.arange(dataset.d), np.abs(axes).argmax(axis=1)]
    left = np.maximum(variances, 0.0)
    errors = np.concatenate([np.cumsum(left)[::-1], [0.0]]) / dataset.d
    return Components(
        mean=frozen(mean), axes=frozen(axes * np.sign(largest)[:, None]), errors=frozen(errors)
    )
