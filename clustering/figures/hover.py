"""What a row says of itself when one points at it."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clustering.dataset import Dataset
from clustering.figures.style import plain

__all__ = ["Places", "cells_said", "rows_said"]

Places = NDArray[np.int32]

FEATURES_SHOWN, CUT = 4, 30
"""Columns that are told, and letters of a name or a cell."""


def rows_said(dataset: Dataset, place: Places) -> list[str]:
    """Name points, and what their rows say in the first few columns.

    Parameters
    ----------
    dataset : Dataset
        Names the points, and has their features.
    place : ndarray of shape (m,), int
        Which points.

    Returns
    -------
    list of m str
        HTML that Plotly reads, the user's own texts made safe.
    """
    heads = [f"<b>{plain(dataset.name_of(i))}</b>" for i in place.tolist()]
    if dataset.features is None:
        return heads
    shown = dataset.features.iloc[place, :FEATURES_SHOWN]
    said = [
        [f"{plain(name, most=CUT)}: {cell}" for cell in cells_said(shown.iloc[:, j])]
        for j, name in enumerate(shown.columns)
    ]
    return ["<br>".join(lines) for lines in zip(heads, *said, strict=True)]


def cells_said(cells: "pd.Series[Any]") -> list[str]:
    """Write cells for a reader: six digits, a day without midnight, words cut short.

    Examples
    --------
    >>> cells_said(pd.Series([1.23456789, None])), cells_said(pd.Series(["<b>", None]))
    (['1.23457', 'missing'], ['&lt;b&gt;', 'missing'])
    """
    if cells.dtype.kind in "iuf":
        said = [f"{value:.6g}" for value in cells.tolist()]
    elif cells.dtype.kind == "M":
        said = [str(value).removesuffix(" 00:00:00") for value in cells.tolist()]
    else:
        said = [plain(value, most=CUT) for value in cells.tolist()]
    for place in np.flatnonzero(cells.isna().to_numpy()).tolist():
        said[place] = "missing"
    return said
