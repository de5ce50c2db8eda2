"""Kinds: what the cells of a column are, found out from how they are written.

A reader brings text, or values where the file has types of its own. Here each column
gets a `Form`: its kind, and how its cells are written, which is all that a script needs
to convert them again. What can be read in two ways says so (`Form.doubt`).

Columns are looked at twice. First each on its own, for the ways in which it can be read;
then all together, because a column that can be read in only one way tells how the others
of the same file are meant.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from clustering.data.forms import Form
from clustering.data.looking import Looked, look, manner_of, order_of
from clustering.data.natives import is_text, reduced
from clustering.data.reading import Kind
from clustering.data.settling import settled
from clustering.data.telling import native, told

__all__ = ["Form", "Typed", "typed"]


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
    dayfirst : bool or None
        Whether the day stands before the month where a date can be read in both ways;
        None where none can, and nothing is told.
    """

    frame: pd.DataFrame
    forms: tuple[Form, ...]
    written: Mapping[str, "pd.Series[Any]"] = field(default_factory=dict)
    decimal: str = "."
    thousands: str = ""
    dayfirst: bool | None = None


def typed(
    frame: pd.DataFrame,
    *,
    decimal: str | None = None,
    thousands: str | None = None,
    dayfirst: bool | None = None,
    kinds: Mapping[str, Kind] | None = None,
) -> Typed:
    """Find out what each column holds, and convert it.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns of text (dtype str, missing cells NaN) or of values with a type.
    decimal, thousands : str, optional
        Signs in numbers where they are told; found out when left out.
    dayfirst : bool, optional
        Whether the day stands before the month in dates, where that is told.
    kinds : mapping of str to Kind, optional
        Columns whose kind is told. Cells that do not fit it become missing and are
        counted in `Form.odd`.

    Returns
    -------
    Typed
        Same rows, same columns.

    Notes
    -----
    A column is converted where all its cells fit. Where at least nine of ten do, it stays
    text and its form says how many do not: whoever looks at them decides.

    Examples
    --------
    >>> made = typed(pd.DataFrame({"a": ["1,5", "2"], "b": ["1.234", "5.678"]}, dtype="str"))
    >>> made.frame.to_dict("list"), made.decimal
    ({'a': [1.5, 2.0], 'b': [1234, 5678]}, ',')
    """
    known = dict(kinds or {})
    looked: dict[Any, Looked | pd.Series[Any]] = {}
    for name in frame.columns:
        cells = reduced(frame[name])
        if is_text(cells):
            looked[name] = look(str(name), cells, known.get(name))
        else:
            looked[name] = cells
    manner = manner_of(looked.values(), decimal, thousands, dayfirst)
    columns, forms, written = {}, [], {}
    for name, seen in looked.items():
        if isinstance(seen, Looked):
            values, form = told(seen, manner, seen.kind) if seen.kind else settled(seen, manner)
            if not is_text(values):
                written[str(name)] = seen.cells
        else:
            values, form = native(str(name), seen, known.get(name))
        columns[name] = values
        forms.append(form)
    return Typed(
        pd.DataFrame(columns, index=frame.index, columns=frame.columns),
        tuple(forms),
        written,
        manner.decimal,
        manner.thousands,
        order_of(looked.values(), manner) if dayfirst is None else dayfirst,
    )
