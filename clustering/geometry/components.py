"""Principal components: what is lost with any number of them, all at once.

The plainest way of saying a point in few numbers. The error with m components is the sum of
the variances along those that are left out, so one decomposition of the covariance answers
every m; with none of them every point is said to be the mean.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from clustering.checks import check_coordinates
from clustering.dataset import Dataset, Floats, frozen

__all__ = ["Components", "components"]

BLOCK = 8192
"""Points of which the table of covariances is made at once."""


@dataclass(frozen=True, eq=False, slots=True)
class Components:
    """The principal components of points, and what is lost with any number of them.

    Attributes
    ----------
    mean : ndarray of shape (d,)
        The mean point.
    axes : ndarray of shape (r, d)
        One component a row, the longest first; each has length 1 and its largest number is
        positive. No more of them than points or columns.
    errors : ndarray of shape (r + 1,)
        Mean squared error, over points and columns, of what 0, 1 ... r components keep.
    """

    mean: Floats
    axes: Floats
    errors: Floats

    def encode(self, points: ArrayLike, *, count: int) -> Floats:
        """Give the first `count` components of points (m, d), shape (m, count) or less."""
        codes: Floats = (np.atleast_2d(points) - self.mean) @ self.axes[:count].T
        return codes

    def reconstruct(self, points: ArrayLike, *, count: int) -> Floats:
        """Lead points (m, d) through `count` components and back, shape (m, d)."""
        back: Floats = self.encode(points, count=count) @ self.axes[:count] + self.mean
        return back

    def back(self, count: int) -> Callable[[ArrayLike], Floats]:
        """Give `reconstruct` with the number of components settled."""
        return partial(self.reconstruct, count=count)


def components(dataset: Dataset) -> Components:
    """Find the principal components of a Dataset.

    Parameters
    ----------
    dataset : Dataset
        Points of coordinates; weights count.

    Returns
    -------
    Components
        For every number of them from 0 to the least of n and d.

    Raises
    ------
    UnsupportedError
        Where points are no coordinates.

    Notes
    -----
    O(n d^2 + d^3) by the table of covariances where there are more points than columns;
    O(n^2 d) by the points themselves where there are fewer.

    Examples
    --------
    >>> found = components(Dataset.from_points([[0.0, 0.0], [2.0, 0.0], [4.0, 0.0]]))
    >>> found.errors.round(4).tolist(), found.axes[0].tolist()
    ([1.3333, 0.0, 0.0], [1.0, 0.0])
    """
    check_coordinates(dataset, "A principal component")
    shares = dataset.mass / dataset.mass.sum()
    mean = shares @ dataset.points
    if dataset.n >= dataset.d:
        spread = np.zeros((dataset.d, dataset.d))
        for begin in range(0, dataset.n, BLOCK):
            apart = dataset.points[begin : begin + BLOCK] - mean
            spread += (apart * shares[begin : begin + BLOCK, None]).T @ apart
        ascending, columns = np.linalg.eigh(spread)
        variances, axes = np.maximum(ascending[::-1], 0.0), columns.T[::-1]
    else:
        apart = (dataset.points - mean) * np.sqrt(shares)[:, None]
        _, lengths, axes = np.linalg.svd(apart, full_matrices=False)
        variances = lengths**2
    largest = axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)]
    left = np.append(np.cumsum(variances[::-1])[::-1], 0.0)
    return Components(
        mean=frozen(mean),
        axes=frozen(axes * np.sign(largest)[:, None]),
        errors=frozen(left / dataset.d),
    )
