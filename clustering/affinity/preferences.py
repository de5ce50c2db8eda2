"""Preferences: from one cluster for all to every point its own.

With one exemplar the net similarity is the best column sum; with two it gains what the second
brings and pays one preference more. Where the two are equal lies the least preference that
matters; the greatest is the largest similarity, from which on it pays for every point to stand
for itself (B. J. Frey, D. Dueck's `preferenceRange`). Near the greatest the number of clusters
changes fastest, so steps shrink towards it, and halving goes on where two neighbours differ by
more than one cluster.
"""

import numpy as np

from clustering.dataset import Floats

__all__ = ["between", "bounds", "grid", "rounded"]

ALL_PAIRS = 150
"""Points up to which the best pair of exemplars is looked for among all."""
FIRST = 17
"""Values of the grid with which the search begins."""


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


def rounded(value: float, greatest: float) -> float:
    """Round a preference to a hundredth of its distance from the greatest or finer.

    Examples
    --------
    >>> rounded(-0.123456, 0.6), rounded(-4321.5, 0.6)
    (-0.123, -4320.0)
    """
    gap = abs(greatest - value)
    if not gap > 0:
        return value
    return float(round(value, 2 - int(np.floor(np.log10(gap))))) + 0.0


def between(low: float, high: float, greatest: float) -> float:
    """Give the middle of two preferences, by ratio of their distances from the greatest.

    Examples
    --------
    >>> between(-8.0, -2.0, 0.0)
    -4.0
    """
    if high >= greatest:
        return rounded((low + min(high, greatest)) / 2, greatest)
    return rounded(greatest - float(np.sqrt((greatest - low) * (greatest - high))), greatest)


def grid(matrix: Floats) -> list[float]:
    """Give a grid with which the search begins: from below the least to above the greatest.

    Examples
    --------
    >>> grid(-np.array([[0.0, 1, 9], [1, 0, 4], [9, 4, 0]]))[::9]
    [-4.6, -4.25]
    """
    least, greatest = bounds(matrix)
    spread = greatest - least
    if not spread > 0:
        return [least]
    s = matrix.copy()
    np.fill_diagonal(s, -np.inf)
    gaps = greatest - s.max(axis=1)
    shortest = max(float(np.quantile(gaps[gaps > 0], 0.1)) if (gaps > 0).any() else 0.0,
                   1e-4 * spread)  # fmt: skip
    steps = np.geomspace(1.2 * spread, min(shortest, spread), FIRST)
    values = [rounded(float(greatest - step), greatest) for step in steps]
    return [*dict.fromkeys(values), rounded(greatest + 0.05 * spread, least)]
