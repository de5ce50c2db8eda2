"""Preferences: from one cluster for all to every point its own.

With one exemplar the net similarity is the best column sum; with two it gains what the second
brings and pays one preference more. Where the two are equal lies the least preference that
matters; the greatest is the largest similarity, from which on it pays for every point to stand
for itself (B. J. Frey, D. Dueck's `preferenceRange`). Between them the number of clusters hardly
changes for most of the way and then all at once, so an even grid will not do: halving goes on
where two neighbours differ by more than one cluster.
"""

import numpy as np

from clustering.dataset import Floats

__all__ = ["bounds", "grid", "rounded"]

ALL_PAIRS = 150
"""Points up to which the best pair of exemplars is looked for among all."""
FIRST = 17
"""Values of the even grid with which the search begins."""


def bounds(matrix: Floats) -> tuple[float, float]:
    """Give the preferences between which the number of clusters changes.

    Parameters
    ----------
    matrix : ndarray of shape (n, n)
        Similarities; the diagonal does not count.

    Returns
    -------
    least, greatest : float
        At the first one cluster and two are equally good; for more than 150 points a bound
        below it. At the second the last two points part.

    Examples
    --------
    >>> bounds(-np.array([[0.0, 1, 9], [1, 0, 4], [9, 4, 0]]))
    (-4.0, -1.0)
    """
    n = len(matrix)
    if n < 2:
        return 0.0, 0.0
    s = matrix.copy()
    np.fill_diagonal(s, -np.inf)
    greatest = float(s.max())
    lowest = s[~np.eye(n, dtype=bool)].min()
    np.fill_diagonal(s, 0.0)
    one = s.sum(axis=0).max()
    if n > ALL_PAIRS:
        np.fill_diagonal(s, -np.inf)
        best = np.sort(s.max(axis=1))
        return min(float(one - best[2:].sum()), float(lowest), greatest), greatest
    two = -np.inf
    for j in range(n - 1):
        pair = np.maximum(s[:, [j]], s[:, j + 1 :])
        # The two exemplars themselves gain their preference, not a similarity.
        pair[j] = 0.0
        pair[np.arange(j + 1, n), np.arange(n - 1 - j)] = 0.0
        two = max(two, float(pair.sum(axis=0).max()))
    return float(one - two), greatest


def rounded(value: float, spread: float) -> float:
    """Round a preference to three digits of their range, so that it can be read.

    Examples
    --------
    >>> rounded(-0.123456, 2.0)
    -0.12
    """
    if spread <= 0:
        return value
    digits = 3 - int(np.ceil(np.log10(spread)))
    return float(round(value, digits)) + 0.0


def grid(matrix: Floats) -> list[float]:
    """Give an even grid with which the search begins, a step beyond both ends.

    Examples
    --------
    >>> grid(-np.array([[0.0, 1, 9], [1, 0, 4], [9, 4, 0]]))[::9]
    [-4.19, -2.5, -0.81]
    """
    least, greatest = bounds(matrix)
    step = (greatest - least) / (FIRST - 1)
    if not step > 0:
        return [least]
    even = np.linspace(least - step, greatest + step, FIRST + 2)
    return list(dict.fromkeys(rounded(float(each), greatest - least) for each in even))
