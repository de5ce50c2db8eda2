"""Natives: what columns are that come with a type of their own.

A workbook, a Parquet file or an array knows its numbers from its texts, but nothing of
what they mean: a post code is a whole number there, too. Types are reduced to the few
that the rest of the library meets; nothing is rounded that need not be.
"""

import datetime
import decimal
import numbers
from typing import Any

import numpy as np
import pandas as pd

from clustering.data.kinds.forms import Form
from clustering.data.kinds.naming import (
    FLAGS,
    calendar_of,
    named_code,
    named_id,
    named_year,
    words,
)
from clustering.data.reading import Kind
from clustering.dataset import Floats

__all__ = ["CARD", "is_text", "measured", "reduced", "whole_kind"]

CARD = 16
"""Digits from which a whole number names something: cards, accounts, bar codes."""

MANY_CODES = 50  # different whole numbers up to which a name may make them codes
RUNNING = 8  # rows; 1, 2, 3 in a file of three rows may well be measured
SOME = 1000  # cells that mostly tell what all would
FIRST_DAY, LAST_DAY = 19_000_101, 21_011_231  # days of eight digits
FEW, REPEATED = 10, 20  # few different whole numbers, each of which stands so often


def is_text(cells: "pd.Series[Any]") -> bool:
    """Tell whether a column holds text and nothing else."""
    return isinstance(cells.dtype, pd.StringDtype)


def reduced(cells: "pd.Series[Any]") -> "pd.Series[Any]":
    """Give a column in one of the few types that the library knows.

    Parameters
    ----------
    cells : Series of n
        Of any type.

    Returns
    -------
    Series of n
        int64, float64 (missing as NaN), bool or "boolean", datetime64[us] in UTC
        without its zone, timedelta64, or str. Cells of several types become text.
    """
    kind, dtype = cells.dtype.kind, cells.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return reduced(cells.astype(cells.cat.categories.dtype))
    if is_text(cells):
        return cells if dtype == "str" else cells.astype("str")
    if kind == "b":
        return cells if dtype in (np.dtype(bool), pd.BooleanDtype()) else cells.astype("boolean")
    if kind in "iu":
        if cells.isna().any():
            return as_floats(cells)
        if kind == "u" and len(cells) and int(cells.max()) > np.iinfo(np.int64).max:
            return as_floats(cells)
        return cells if dtype == np.int64 else cells.astype("int64")
    if kind == "f":
        return cells if dtype == np.float64 else as_floats(cells)
    if kind == "M":
        plain = cells.dt.tz_convert("UTC").dt.tz_localize(None) if cells.dt.tz else cells
        return plain.astype("datetime64[us]")
    if kind == "m":
        return cells
    return mixed(cells)


def as_floats(cells: "pd.Series[Any]") -> "pd.Series[Any]":
    """Give numbers of any type as float64."""
    return pd.Series(cells.to_numpy(np.float64, na_value=np.nan), index=cells.index)


def mixed(cells: "pd.Series[Any]") -> "pd.Series[Any]":
    """Give cells of Python objects a type, where all present ones share it."""
    present = cells.dropna()
    types = {type(cell) for cell in present}
    if types and all(issubclass(one, bool | np.bool_) for one in types):
        return cells.astype("boolean")
    if types and all(
        issubclass(one, numbers.Real | decimal.Decimal) and not issubclass(one, bool)
        for one in types
    ):
        values = np.full(len(cells), np.nan)
        values[cells.notna().to_numpy()] = [nearest(cell) for cell in present]
        return pd.Series(values, index=cells.index)
    if types and all(issubclass(one, datetime.date) for one in types):
        try:
            dates = pd.to_datetime(cells, utc=True)
            return dates.dt.tz_localize(None).astype("datetime64[us]")
        except (ValueError, OverflowError):
            pass
    return cells.map(written, na_action="ignore").astype("str")


def nearest(value: Any) -> float:
    """Give the nearest float, infinite where there is none."""
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def written(cell: object) -> str:
    """Write a cell as text: whole numbers without a point, bytes as what they say."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace")
    return str(cell)


def measured(name: str, cells: "pd.Series[Any]") -> Form | None:
    """Give the form of numbers that plainly are numbers, or whole and no days; else None."""
    values = cells.to_numpy() if cells.dtype in (np.float64, np.int64) else np.zeros(0)
    if not len(values):
        return None
    if values.dtype == np.float64:
        some = values[:SOME]
        fraction = np.isfinite(some) & (some != np.floor(some))
        return Form("number", native=True) if fraction.any() else None
    if values.max() > LAST_DAY or values.min() < FIRST_DAY:
        kind, doubt = whole_kind(name, values.astype(np.float64))
        return None if kind == "boolean" else Form(kind, native=True, doubt=doubt)
    return None


def whole_kind(name: str, values: Floats) -> tuple[Kind, str]:
    """Tell what whole numbers are: measured, codes, or names of rows.

    Parameters
    ----------
    name : str
        Of the column.
    values : ndarray of shape (n,)
        Finite whole numbers, missing ones NaN.

    Returns
    -------
    kind : Kind
        "number", "code", "boolean" or "id".
    doubt : str
        Empty, or a sentence why it may be something else.

    Notes
    -----
    Cells alone show only two things: what is too long for a measurement, and what runs
    on by one from row to row. All else rests on the name, and a name only counts where
    the cells agree: codes are few, months lie between 1 and 12.
    """
    gaps = np.isnan(values)
    present = values[~gaps] if gaps.any() else values
    if not len(present):
        return "number", ""
    low, high = float(present.min()), float(present.max())
    if low == high:
        return "number", ""
    if low >= 10.0 ** (CARD - 1):
        return "id", ""
    if named_id(name):
        return "id", ""
    sort = named_code(name)
    if sort == "post" and low >= 0:
        return "code", ""
    with np.errstate(invalid="ignore"):
        running = len(present) == len(values) >= RUNNING and all(
            (np.diff(some) == 1).all() for some in (present[:SOME], present)
        )
    if running and not named_year(name):
        return "id", ""
    limits = calendar_of(name)
    if limits and limits[0] <= low <= high <= limits[1]:
        return "code", ""
    if high - low < FEW:
        different = int(high - low) + 1
    else:  # no more than a few can be told from some
        different = len(pd.unique(present[:SOME]))
        different = len(pd.unique(present)) if sort or different <= FEW else different
    often = different <= MANY_CODES or different * REPEATED <= len(present)
    if sort and low >= 0 and often and different <= len(present):
        return "code", ""
    if (low, high) == (0.0, 1.0):
        # As numbers they give the same distances, and counts may happen to be 0 and 1.
        if FLAGS.intersection(words(name)[:1]):
            return "boolean", ""
        return "number", (
            "It holds only 0 and 1 and is read as a number, which clustering can use at once; "
            "choose boolean to have it among the categories."
        )
    counted = named_year(name) or COUNTED.intersection(words(name))
    # What begins with 0 is mostly counted; regions, grades and lines begin with 1 or above.
    if low > 0 and different <= FEW and len(present) >= REPEATED * different and not counted:
        return "number", (
            f"It holds few different whole numbers, from {low:.0f} to {high:.0f}; choose code "
            "if they stand for something, such as regions."
        )
    return "number", ""


COUNTED = frozenset(
    """
    count counts number num n rooms bedrooms bathrooms children kids persons people members
    rating ratings score scores rank level grade grades stars quality quantity qty age years
    size floors doors cylinders cyl gears anzahl alter note noten zimmer kinder menge
    """.split()
)
"""Words of names for what is counted or graded, where few different numbers are no wonder."""
