"""Trends: what a series does in the long run and at each season, taken out and laid back.

References
----------
R. B. Cleveland, W. S. Cleveland, J. E. McRae, I. Terpenning, "STL: a seasonal-trend
decomposition procedure based on loess", Journal of Official Statistics 6(1), 1990.
"""

from typing import Literal

import numpy as np

from clustering.dataset import Floats
from clustering.errors import PreparationError

__all__ = ["Trend", "course"]

Trend = Literal["keep", "linear", "stl"]


def course(values: Floats, *, trend: Trend, period: int, called: str) -> Floats:
    """Give what is to be taken out of a series: its line, or its trend and season.

    Parameters
    ----------
    values : ndarray of shape (T, D)
        Without missing values.
    trend : {"keep", "linear", "stl"}
        Nothing; the straight line of least squares; or trend and season by STL.
    period : int
        Steps of a season, of STL alone.
    called : str
        How a sentence names the series.

    Returns
    -------
    ndarray of shape (T, D)

    Raises
    ------
    PreparationError
        Where a series has fewer than two seasons.

    Examples
    --------
    >>> line = np.array([[1.0], [2.0], [3.0]])
    >>> course(line, trend="linear", period=0, called="it").round(9).ravel().tolist()
    [1.0, 2.0, 3.0]
    """
    if trend == "keep":
        return np.zeros_like(values)
    if trend == "linear":
        steps = np.arange(len(values)) - (len(values) - 1) / 2
        square = float(steps @ steps)
        slope = steps @ values / square if square else np.zeros(values.shape[1])
        return np.asarray(values.mean(axis=0) + steps[:, None] * slope)
    if len(values) < 2 * period:
        raise PreparationError(
            f"{called} has {len(values):,} steps, and a season of {period:,} steps is only seen "
            f"in {2 * period:,}; choose a shorter period, or take out a straight line."
        )
    from statsmodels.tsa.seasonal import STL  # takes a second, and few choose it

    taken = np.empty_like(values)
    for channel in range(values.shape[1]):
        found = STL(values[:, channel], period=period).fit()
        taken[:, channel] = found.trend + found.seasonal
    return taken
