r"""Change points: where a stream begins to behave in another way, by mean and variance.

The cost of a stretch is its Gaussian log-likelihood, :math:`n \sum_d \log \hat\sigma_d^2`. Of all
ways to cut the stream into stretches the one counts whose costs, with a penalty for each change
point, have the smallest sum; it is found by dynamic programming that forgets candidates which
cannot win any more (PELT, [1]_). The penalty is a multiple of Schwarz's [2]_.

References
----------
.. [1] R. Killick, P. Fearnhead, I. A. Eckley, "Optimal detection of changepoints with a linear
       computational cost", Journal of the American Statistical Association 107, 2012.
.. [2] G. Schwarz, "Estimating the dimension of a model", Annals of Statistics 6(2), 1978.
"""

import numpy as np
from numba import njit

from clustering.dataset import Floats, Integers

__all__ = ["change_points"]

SHORTEST = 5
"""Rows of a stretch, at least: a variance of fewer says nothing."""

FINEST = 5_000
"""Places at which a change is looked for, at most; a longer stream is looked at more coarsely."""

FLOOR = 1e-4
"""Share of the whole variance that a stretch is thought to have at least."""


def change_points(values: Floats, *, penalty: float = 5.0) -> Integers:
    """Find the rows at which mean or variance change.

    Parameters
    ----------
    values : ndarray of shape (m, D)
        NaN where a value is missing; the value before stands for it.
    penalty : float
        How many times ``(2 D + 1) log(m)`` the likelihood must gain; larger finds fewer. Rows that
        hang together, as most do in time, want more than independent ones, for which 1 is enough.

    Returns
    -------
    ndarray of int64
        Ascending; each the first row after a change, to within ``m / 5,000`` rows.

    Notes
    -----
    O(m D) where changes are frequent, at most O(p^2 D) with ``p = min(m, 5,000)`` places.

    Examples
    --------
    >>> level = np.repeat([0.0, 5.0, 0.0], 20)[:, None]
    >>> change_points(level + np.tile([0.1, -0.1], 30)[:, None]).tolist()
    [20, 40]
    """
    whole = carried(values)
    m, d = whole.shape
    if m < 2 * SHORTEST:
        return np.zeros(0, dtype=np.int64)
    spread = whole.std(axis=0)
    scaled = (whole - whole.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    sums = np.vstack([np.zeros(d), np.cumsum(scaled, axis=0)])
    squares = np.vstack([np.zeros(d), np.cumsum(scaled**2, axis=0)])
    stride = -(-m // FINEST)
    places = np.unique(np.r_[np.arange(0, m, stride), m])
    least = max(1, -(-SHORTEST // stride))
    before = best_cuts(sums, squares, places, least, penalty * (2 * d + 1) * np.log(m))
    found, at = list[int](), len(places) - 1
    while before[at] > 0:
        at = int(before[at])
        found.append(int(places[at]))
    return np.array(found[::-1], dtype=np.int64)


def carried(values: Floats) -> Floats:
    """Put the value before in the place of a missing one, and 0 where there is none at all."""
    known = np.isfinite(values)
    last = np.maximum.accumulate(np.where(known, np.arange(len(values))[:, None], 0), axis=0)
    filled = np.take_along_axis(values, last, axis=0)
    return np.where(np.isfinite(filled), filled, 0.0)


@njit(cache=True, nogil=True)
def best_cuts(
    sums: Floats, squares: Floats, places: Integers, least: int, penalty: float
) -> Integers:  # pragma: no cover
    """Give, for each place, the place of the last change before it in the best cutting."""
    p = len(places)
    total = np.full(p, np.inf)
    total[0] = -penalty
    before = np.zeros(p, dtype=np.int64)
    waiting = np.zeros(p, dtype=np.int64)
    beaten = np.full(p, p)  # place at which a candidate was found to win no more
    number = 1
    for at in range(least, p):
        lowest = np.inf
        sofar = np.empty(number)
        for one in range(number):
            begin = waiting[one]
            sofar[one] = total[begin] + cost(sums, squares, places[begin], places[at])
            if sofar[one] + penalty < lowest:
                lowest = sofar[one] + penalty
                before[at] = begin
        total[at] = lowest
        held = 0
        for one in range(number):
            begin = waiting[one]
            if sofar[one] > lowest:
                beaten[begin] = min(beaten[begin], at)
            # What beats it is a stretch that ends here, and the next one has its least length.
            if at < beaten[begin] + least - 1:
                waiting[held] = begin
                held += 1
        if at - least + 1 >= least:  # a stretch from here on is long enough at the next place
            waiting[held] = at - least + 1
            held += 1
        number = held
    return before


@njit(cache=True, nogil=True)
def cost(sums: Floats, squares: Floats, begin: int, end: int) -> float:  # pragma: no cover
    """Give n times the sum of the logarithms of the variances of a stretch."""
    n = end - begin
    found = 0.0
    for channel in range(sums.shape[1]):
        mean = (sums[end, channel] - sums[begin, channel]) / n
        variance = (squares[end, channel] - squares[begin, channel]) / n - mean * mean
        found += n * np.log(max(variance, FLOOR))
    return found
