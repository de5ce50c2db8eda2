"""Cells: a column of a table as numbers, or the sentence why not.

Distances square their coordinates and add them up, so what may take part is decided
here, once: numbers, finite, not so large that a square overflows, in columns whose
values differ by more than what vanishes in a square.
"""

from typing import Any

import numpy as np
import pandas as pd

from clustering.checks import LARGEST
from clustering.data.passport import numbers
from clustering.dataset import Floats
from clustering.errors import DataError, PreparationError

__all__ = ["SMALLEST", "cells_of"]


SMALLEST = 1e-100
"""Smallest spread of a column: a smaller one vanishes when it is squared."""


def cells_of(name: str, series: "pd.Series[Any]") -> tuple[Floats, int]:
    """Give a column as numbers; times of day and durations are hours.

    Parameters
    ----------
    name : str
        What the column is called.
    series : pandas.Series of n cells
        Numbers or times.

    Returns
    -------
    cells : ndarray of shape (n,)
        The numbers; NaN where a cell is missing or infinite.
    infinite : int
        How many cells were infinite.

    Raises
    ------
    DataError
        Where the column holds something else.
    PreparationError
        Where a number is larger than `LARGEST`.
    """
    if series.isna().all():
        return np.full(len(series), np.nan), 0
    if series.dtype.kind == "m":
        return np.asarray(series.dt.total_seconds() / 3600, dtype=np.float64), 0
    values = numbers(series)
    if values is None:
        raise DataError(f"Column '{name}' does not hold numbers; leave it out.")
    largest = np.fmax.reduce(np.abs(values), initial=0.0)
    infinite = 0
    if np.isinf(largest):
        wild = np.isinf(values)
        infinite = int(wild.sum())
        values = np.where(wild, np.nan, values)
        largest = np.fmax.reduce(np.abs(values), initial=0.0)
    if largest > LARGEST:
        raise PreparationError(
            f"Column '{name}' holds values up to {largest:.3g}; beyond {LARGEST:g} distances "
            "cannot be computed, so leave it out or divide it by a constant."
        )
    return values, infinite
