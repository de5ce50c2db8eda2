"""Kinds: what the cells of a column are, found out from how they are written.

A reader brings text, or values where the file has types of its own. Here each column
gets a `Form`: its kind, and how its cells are written, which is all that a script needs
to convert them again. What can be read in two ways says so (`Form.doubt`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from clustering.data.conversion import to_booleans, to_dates, to_hours, to_numbers
from clustering.data.reading import Kind

__all__ = ["Form", "Typed", "typed"]


@dataclass(frozen=True, slots=True)
class Form:
    """What a column holds, and how its cells are written.

    Attributes
    ----------
    kind : Kind
        What the cells are.
    native : bool
        True where the file itself holds values of a type, so nothing is converted.
    decimal, thousands : str
        Signs in numbers.
    unit : str
        What stands at every number and is taken off: ``"%"``, ``"€"``.
    formats : tuple of str
        Formats of dates as `datetime.strptime` knows them, tried in this order.
    words : tuple of str
        The words for no and for yes.
    odd : int
        Cells that are not of the form of nearly all others. Where the kind was told
        they count as missing; where it was found out they are why it is text.
    odd_example : str
        The first of them, cut to 20 characters.
    doubt : str
        Empty, or in a sentence how else the column could be read.
    """

    kind: Kind
    native: bool = False
    decimal: str = "."
    thousands: str = ""
    unit: str = ""
    formats: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    odd: int = 0
    odd_example: str = ""
    doubt: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Typed:
    """A frame with values of their kinds.

    Attributes
    ----------
    frame : pandas.DataFrame
        Numbers float64 or int64 (codes without leading zeros, too), booleans "boolean"
        or bool, dates datetime64, times timedelta64, everything else text (str).
    forms : tuple of Form
        One for each column.
    written : mapping of str to Series of str
        Cells as they stand in the file, for the columns whose conversion changed their look.
    decimal, thousands : str
        The signs that most numbers of the file are written with.
    """

    frame: pd.DataFrame
    forms: tuple[Form, ...]
    written: Mapping[str, "pd.Series[Any]"] = field(default_factory=dict)
    decimal: str = "."
    thousands: str = ""


ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def typed(
    frame: pd.DataFrame,
    *,
    decimal: str | None = None,
    thousands: str | None = None,
    kinds: Mapping[str, Kind] | None = None,
) -> Typed:
    """Find out what each column holds, and convert it.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns of text (dtype str, missing cells NaN) or of values with a type.
    decimal, thousands : str, optional
        Signs in numbers where they are told; found out when left out.
    kinds : mapping of str to Kind, optional
        Columns whose kind is told.

    Returns
    -------
    Typed
        Same rows, same columns.
    """
    columns, forms, written = {}, [], {}
    for name in frame.columns:
        values, form = convert(frame[name], (kinds or {}).get(name), decimal or ".")
        if not form.native and values is not frame[name]:
            written[str(name)] = frame[name]
        columns[name] = values
        forms.append(form)
    return Typed(
        pd.DataFrame(columns, index=frame.index, columns=frame.columns),
        tuple(forms),
        written,
        decimal or ".",
        thousands or "",
    )


def convert(
    cells: "pd.Series[Any]", kind: Kind | None, decimal: str
) -> tuple["pd.Series[Any]", Form]:
    """Convert one column."""
    if not isinstance(cells.dtype, pd.StringDtype):
        found: Kind = "number"
        if cells.dtype.kind == "M":
            found = "date"
        elif cells.dtype.kind == "m":
            found = "time"
        elif cells.dtype.kind == "b" or str(cells.dtype) == "boolean":
            found = "boolean"
        elif cells.dtype.kind == "O":
            return cells.map(str, na_action="ignore").astype("str"), Form("text")
        return cells, Form(kind or found, native=True)
    present = cells.dropna()
    if kind in (None, "number", "code") and len(present):
        numbers = to_numbers(present, decimal)
        if kind or numbers.notna().all():
            values = to_numbers(cells, decimal)
            if np.isfinite(numbers).all() and (numbers == numbers.round()).all():
                values = values.astype("Int64" if values.isna().any() else "int64")
                values = values.astype("float64") if values.isna().any() else values
            return values, Form(kind or "number", decimal=decimal)
    if kind in (None, "date") and present.head(100).str.match(ISO).mean() > 0.9:
        return to_dates(cells, ("%Y-%m-%d",)), Form("date", formats=("%Y-%m-%d",))
    if kind == "time":
        return pd.to_timedelta(to_hours(cells), unit="h"), Form("time")
    if kind == "boolean":
        return to_booleans(cells, ("no", "yes")), Form("boolean", words=("no", "yes"))
    distinct = present.nunique()
    usual: Kind = "id" if distinct == len(cells) > 1 else "text"
    return cells, Form(kind or ("category" if distinct <= 50 else usual))
