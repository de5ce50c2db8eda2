"""Conversion: cells of text as numbers, dates, times, and yes or no.

Each function stands alone, with pandas and NumPy and nothing of this library, because
an exported script carries it along word for word: what a script computes from a cell is
then what was computed here. Cells that are not of the expected form become missing.
"""

import re
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["to_booleans", "to_dates", "to_hours", "to_numbers"]


def to_numbers(
    cells: "pd.Series[Any]", decimal: str = ".", thousands: str = "", unit: str = ""
) -> "pd.Series[Any]":
    """Read texts as float64, without their unit and the signs that group digits."""
    text = cells.str.strip()
    if unit:
        text = text.str.replace(unit, "", regex=False).str.strip()
    if thousands:
        text = text.str.replace(thousands, "", regex=False)
    if decimal != ".":
        text = text.str.replace(decimal, ".", regex=False)
    number = r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?|[-+]?inf(inity)?"
    fits = text.str.fullmatch(number, flags=re.IGNORECASE, na=False).to_numpy(dtype=bool)
    values = np.full(len(text), np.nan)
    values[fits] = text[fits].to_numpy(dtype=object).astype(np.float64)
    return pd.Series(values, index=cells.index)


def to_dates(cells: "pd.Series[Any]", formats: tuple[str, ...]) -> "pd.Series[Any]":
    """Read texts as dates, each by the first of the formats that fits; in UTC, no zone kept."""
    text = cells.str.strip()
    found = pd.Series(pd.NaT, index=cells.index, dtype="datetime64[us]")
    for form in formats:
        left = found.isna() & text.notna()
        if not left.any():
            break
        dates = pd.to_datetime(text[left], format=form, errors="coerce", utc=True)
        found[left] = dates.dt.tz_localize(None).astype("datetime64[us]")
    return found


def to_hours(cells: "pd.Series[Any]") -> "pd.Series[Any]":
    """Read times of day and durations such as 7:30 or 125:00:05 as hours."""
    parts = cells.str.strip().str.extract(r"^(\d+):([0-5]\d)(?::([0-5]\d(?:\.\d+)?))?$")
    hours, minutes, seconds = (parts[place].astype(float) for place in range(3))
    return hours + minutes / 60 + seconds.fillna(0) / 3600


def to_booleans(cells: "pd.Series[Any]", words: tuple[str, ...]) -> "pd.Series[Any]":
    """Read the second of two words as True, the first as False, in any case of letters."""
    text = cells.str.strip().str.casefold()
    return text.map({words[0].casefold(): False, words[1].casefold(): True}).astype("boolean")
