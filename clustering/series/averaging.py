r"""The mean of series under dynamic time warping: barycentre averaging, DBA.

Each series is warped onto the barycentre; each step of the barycentre then moves to the mean of
the steps that were laid on it [1]_,

.. math:: b_t = \frac{1}{|P_t|} \sum_{(i, s) \in P_t} x_{i,s},

with P_t the steps s of series i that the cheapest paths pair with t. Neither half can raise the
sum of the squared distances, which is what a mean makes smallest.

References
----------
.. [1] F. Petitjean, A. Ketterlin, P. Gançarski, "A global averaging method for dynamic time
       warping, with applications to clustering", Pattern Recognition 44(3), 2011.
"""

import numpy as np
from numba import njit

from clustering.dataset import Floats, Integers

__all__ = ["averaged", "walked"]

TURNS = 30
"""Turns after which averaging ends, done or not."""
TOLERANCE = 1e-5
"""Fall of the mean squared distance below which it is done."""


def averaged(
    steps: Floats,
    lengths: Integers,
    start: Floats,
    *,
    band: int | None = None,
    max_iter: int = TURNS,
    tol: float = TOLERANCE,
) -> Floats:
    """Average series, beginning with `start`.

    Parameters
    ----------
    steps : ndarray of shape (n, T, D)
        The series; what stands behind the end of each is not read.
    lengths : ndarray of shape (n,), int64
        Steps of each.
    start : ndarray of shape (m, D)
        Where to begin; the barycentre keeps its length.
    band : int, optional
        Steps by which paths may stray from the straight line.
    max_iter, tol
        Turns at most, and the fall of the mean squared distance that ends them.

    Returns
    -------
    ndarray of shape (m, D)
        The barycentre.

    Notes
    -----
    O(n T m) a turn. Equal to tslearn's `dtw_barycenter_averaging` from the same start.

    Examples
    --------
    >>> both = np.array([[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 4.0, 5.0]])[:, :, None]
    >>> averaged(both, np.array([4, 4]), both.mean(axis=0)).ravel().tolist()
    [1.0, 2.0, 3.5, 4.5]
    """
    centre = np.ascontiguousarray(start, dtype=np.float64)
    before = np.inf
    for _ in range(max_iter):
        sums, counts, cost = walked(steps, lengths, centre, band=band)
        centre = sums / counts[:, None]
        if not before - cost >= tol:
            break
        before = cost
    return centre


def walked(
    steps: Floats, lengths: Integers, centre: Floats, *, band: int | None = None
) -> tuple[Floats, Floats, float]:
    """Warp series onto `centre` (m, D), and add up what is laid on each of its steps.

    Returns
    -------
    tuple of ndarray of shape (m, D), ndarray of shape (m,), and float
        Sums, how many steps they are of, and the mean squared distance.
    """
    found: tuple[Floats, Floats, float] = _walked(
        np.ascontiguousarray(steps),
        lengths,
        np.ascontiguousarray(centre),
        -1 if band is None else int(band),
    )
    return found


@njit(cache=True, nogil=True)
def _walked(
    steps: Floats, lengths: Integers, centre: Floats, band: int
) -> tuple[Floats, Floats, float]:  # pragma: no cover
    """Fill the table of each series, and go back through it."""
    m, channels = centre.shape
    sums, counts, cost = np.zeros((m, channels)), np.zeros(m), 0.0
    for series in range(len(steps)):
        x, n = steps[series], lengths[series]
        wide = max(band, abs(m - n)) if band >= 0 else max(m, n)
        table = np.full((m + 1, n + 1), np.inf)
        table[0, 0] = 0.0
        for i in range(m):
            for j in range(max(0, i - wide), min(n, i + wide + 1)):
                step = 0.0
                for channel in range(channels):
                    step += (centre[i, channel] - x[j, channel]) ** 2
                table[i + 1, j + 1] = step + min(table[i, j], table[i, j + 1], table[i + 1, j])
        cost += table[m, n]
        i, j = m, n
        while i > 0 and j > 0:
            counts[i - 1] += 1
            for channel in range(channels):
                sums[i - 1, channel] += x[j - 1, channel]
            aslant, up, left = table[i - 1, j - 1], table[i - 1, j], table[i, j - 1]
            if aslant <= up and aslant <= left:
                i, j = i - 1, j - 1
            elif up <= left:
                i -= 1
            else:
                j -= 1
    return sums, counts, cost / len(steps)
