"""Scaling: which say each column gets in a distance.

A distance adds up squared differences, so a column in small units (grams where another
is in kilometres) drowns the others. Each scaler of scikit-learn sets one thing equal:
the standard deviation, the range, or the interquartile range, which a few wild values
cannot stretch. What to set equal is a decision, not a formality; where all columns have
one unit, such as money, no scaling may well be the right one.
"""

from typing import TypeAlias

import numpy as np
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler

from clustering.data.cells import LARGEST
from clustering.dataset import Floats
from clustering.errors import PreparationError

__all__ = ["SCALED", "SCALERS", "UNITS", "Scaler", "scaled"]

Scaler: TypeAlias = StandardScaler | MinMaxScaler | RobustScaler
SCALERS = {"standard": StandardScaler, "min-max": MinMaxScaler, "robust": RobustScaler}
UNITS = {"standard": "standardised", "min-max": "from 0 to 1", "robust": "robustly scaled"}
SCALED = {
    "standard": "scaled to mean 0 and standard deviation 1",
    "min-max": "scaled to run from 0 to 1",
    "robust": "scaled to median 0 and interquartile range 1",
}


def scaled(scaler: Scaler, cells: Floats) -> Floats:
    """Apply a scaler and refuse what it blows up beyond measure.

    Parameters
    ----------
    scaler : fitted scaler of scikit-learn
        Fitted on d columns.
    cells : ndarray of shape (m, d)
        Finite numbers.

    Returns
    -------
    ndarray of shape (m, d)
        Scaled numbers.

    Raises
    ------
    PreparationError
        Where a scaled number is beyond `LARGEST`.
    """
    with np.errstate(all="ignore"):
        points = np.asarray(scaler.transform(cells), dtype=np.float64)
    if not (np.abs(points) <= LARGEST).all():
        raise PreparationError(
            "Scaling makes numbers too large for distances, because a column hardly varies "
            "around huge values; choose another scaling."
        )
    return points
