r"""Dynamic time warping: how far two series are apart when their steps may be stretched.

A warping path goes from the first steps of two series to their last, one step on in either or
in both at a time; its cost is the sum of the squared distances of the steps that it pairs. The
distance is the root of the cheapest path's cost [1]_,

.. math:: c_{ij} = \lVert x_i - y_j \rVert^2 + \min(c_{i-1,j}, c_{i,j-1}, c_{i-1,j-1}),
          \qquad d(x, y) = \sqrt{c_{mn}} .

With a `band` a path strays at most so many steps from the straight line [1]_; series of unequal
length then need a band at least as wide as the difference is.

References
----------
.. [1] H. Sakoe, S. Chiba, "Dynamic programming algorithm optimization for spoken word
       recognition", IEEE Transactions on Acoustics, Speech, and Signal Processing 26(1), 1978.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit

from clustering.data.sequences.padding import as_steps, lengths
from clustering.dataset import Floats, Integers, Metric

__all__ = ["NAME", "Warping", "warping"]

NAME = "dynamic time warping"


@dataclass(frozen=True, slots=True)
class Warping:
    """Distances between padded series.

    Attributes
    ----------
    steps, channels : int
        T and D: a point has T * D numbers.
    band : int or None
        Steps by which a path may stray from the straight line; None for any.
    """

    steps: int
    channels: int
    band: int | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """(T, D)."""
        return self.steps, self.channels

    def __call__(self, a: Floats, b: Floats) -> Floats:
        """Give distances (m, n) between series (m, T * D) and (n, T * D)."""
        rows, columns = (np.ascontiguousarray(as_steps(each, self.shape)) for each in (a, b))
        same = a is b or (a.shape == b.shape and np.array_equal(a, b))
        band = -1 if self.band is None else int(self.band)
        ends = lengths(a, self.shape), lengths(b, self.shape)
        squares: Floats = _between(rows, columns, *ends, band, same)
        return np.sqrt(squares)


def warping(shape: tuple[int, ...], *, band: int | None = None) -> Metric:
    """Give the metric of series of at most T steps of D values, `shape` being (T, D).

    Parameters
    ----------
    shape : tuple of int
        (T, D): a point has T * D numbers, as `padding.padded` lays them out.
    band : int, optional
        Steps by which a path may stray from the straight line; any when left out.

    Returns
    -------
    Metric
        Of the name `NAME`.

    Notes
    -----
    O(T^2 D) for each pair, O(T band D) with a band.

    Examples
    --------
    >>> points = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 1.0, 1.0]])
    >>> warping((3, 1)).between(points[:1], points).tolist()
    [[0.0, 0.0, 1.4142135623730951]]
    """
    return Metric(NAME, Warping(int(shape[0]), int(shape[1]), band))


@njit(cache=True, nogil=True)
def _between(
    a: Floats, b: Floats, of_a: Integers, of_b: Integers, band: int, same: bool
) -> Floats:  # pragma: no cover
    """Give the costs of the cheapest paths, shape (m, n)."""
    costs = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            if same and j < i:
                costs[i, j] = costs[j, i]
            else:
                costs[i, j] = _cost(a[i], b[j], of_a[i], of_b[j], band)
    return costs


@njit(cache=True, nogil=True)
def _cost(x: Floats, y: Floats, m: int, n: int, band: int) -> float:  # pragma: no cover
    """Give the cost of the cheapest path, keeping two rows of the table."""
    before = np.full(n + 1, np.inf)
    before[0] = 0.0
    wide = max(band, abs(m - n)) if band >= 0 else max(m, n)
    for i in range(m):
        row = np.full(n + 1, np.inf)
        for j in range(max(0, i - wide), min(n, i + wide + 1)):
            step = 0.0
            for channel in range(x.shape[1]):
                step += (x[i, channel] - y[j, channel]) ** 2
            row[j + 1] = step + min(before[j + 1], row[j], before[j])
        before = row
    cost: float = before[n]
    return cost
