r"""The mean of series under soft dynamic time warping, which weighs all warping paths.

The minimum over the three ways to a pair of steps is replaced by a soft one [1]_,

.. math:: \min\nolimits_\gamma(a, b, c) = -\gamma \log (e^{-a/\gamma} + e^{-b/\gamma} +
          e^{-c/\gamma}),

so that the distance has a gradient everywhere, and a barycentre is found by following it
(L-BFGS). It is smoother than that of averaging (`averaging`).

References
----------
.. [1] M. Cuturi, M. Blondel, "Soft-DTW: a Differentiable Loss Function for Time-Series",
       ICML 2017, https://arxiv.org/abs/1703.01541
"""

import numpy as np
from numba import njit
from scipy.optimize import minimize

from clustering.dataset import Floats, Integers

__all__ = ["softened"]

TURNS = 50
"""Turns after which the descent ends, done or not."""
TOLERANCE = 1e-3
"""Slope below which it is done."""


def softened(steps: Floats, lengths: Integers, start: Floats, *, gamma: float = 1.0) -> Floats:
    """Average series under soft warping, beginning with `start`.

    Parameters
    ----------
    steps : ndarray of shape (n, T, D)
        The series; what stands behind the end of each is not read.
    lengths : ndarray of shape (n,), int64
        Steps of each.
    start : ndarray of shape (m, D)
        Where to begin; the barycentre keeps its length.
    gamma : float
        How soft the minimum is, in squared units; above 0.

    Returns
    -------
    ndarray of shape (m, D)
        The barycentre.

    Notes
    -----
    O(n T m) a turn. Equal to tslearn's `softdtw_barycenter` from the same start.

    Examples
    --------
    >>> both = np.array([[0.0, 4.0], [2.0, 6.0]])[:, :, None]
    >>> softened(both, np.array([2, 2]), np.zeros((2, 1)), gamma=0.01).ravel().round(2).tolist()
    [1.0, 5.0]
    """
    rows = np.ascontiguousarray(steps)

    def loss(flat: Floats) -> tuple[float, Floats]:
        value, slope = _loss(rows, lengths, flat.reshape(start.shape), gamma)
        return value / len(rows), slope.ravel() / len(rows)

    options = {"maxiter": TURNS}
    found = minimize(
        loss, start.ravel(), jac=True, method="L-BFGS-B", tol=TOLERANCE, options=options
    )
    return np.asarray(found.x, dtype=np.float64).reshape(start.shape)


@njit(cache=True, nogil=True)
def _loss(
    steps: Floats, lengths: Integers, centre: Floats, gamma: float
) -> tuple[float, Floats]:  # pragma: no cover
    """Give the sum of the soft distances and its slope at the barycentre."""
    m, channels = centre.shape
    total, slope = 0.0, np.zeros(centre.shape)
    for series in range(len(steps)):
        x, n = steps[series], lengths[series]
        far = np.zeros((m + 1, n + 1))
        table = np.full((m + 2, n + 2), np.inf)
        table[0, 0] = 0.0
        for i in range(m):
            for j in range(n):
                for channel in range(channels):
                    far[i, j] += (centre[i, channel] - x[j, channel]) ** 2
                a, b, c = table[i, j], table[i, j + 1], table[i + 1, j]
                low = min(a, b, c)
                apart = np.exp((low - a) / gamma) + np.exp((low - b) / gamma)
                apart += np.exp((low - c) / gamma)
                table[i + 1, j + 1] = far[i, j] + low - gamma * np.log(apart)
        total += table[m, n]
        table[:, n + 1], table[m + 1, :] = -np.inf, -np.inf
        table[m + 1, n + 1] = table[m, n]
        weight = np.zeros((m + 2, n + 2))
        weight[m + 1, n + 1] = 1.0
        for i in range(m, 0, -1):
            for j in range(n, 0, -1):
                here = table[i, j]
                up = np.exp((table[i + 1, j] - here - far[i, j - 1]) / gamma)
                left = np.exp((table[i, j + 1] - here - far[i - 1, j]) / gamma)
                aslant = np.exp((table[i + 1, j + 1] - here - far[i, j]) / gamma)
                weight[i, j] = (
                    up * weight[i + 1, j] + left * weight[i, j + 1] + aslant * weight[i + 1, j + 1]
                )
                for channel in range(channels):
                    gap = centre[i - 1, channel] - x[j - 1, channel]
                    slope[i - 1, channel] += 2.0 * weight[i, j] * gap
    return total, slope
