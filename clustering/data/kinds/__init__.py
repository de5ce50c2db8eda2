"""Kinds: what the cells of a column are, found out from how they are written.

A reader brings text, or values where the file has types of its own. Here each column
gets a `Form`: its kind, and how its cells are written, which is all that a script needs
to convert them again. What can be read in two ways says so (`Form.doubt`).

Columns are looked at twice. First each on its own, for the ways in which it can be read;
then all together, because a column that can be read in only one way tells how the others
of the same file are meant.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from clustering.data.kinds.forms import Form
from clustering.data.kinds.looking import Looked, look, manner_of, order_of
from clustering.data.kinds.natives import is_text, measured, reduced
from clustering.data.kinds.settling import settled
from clustering.data.kinds.telling import native, told
from clustering.data.reading import Kind

__all__ = ["Form", "Typed", "typed"]

MANY = 20_000  # rows from which columns are looked at side by side


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

    def looked_at(name: Any) -> "Looked | pd.Series[Any]":
        cells = reduced(frame[name])
        return look(str(name), cells, known.get(name)) if is_text(cells) else cells

    def made(pair: "tuple[Any, Looked | pd.Series[Any]]") -> tuple["pd.Series[Any]", Form]:
        name, seen = pair
        if isinstance(seen, Looked):
            return told(seen, manner, seen.kind) if seen.kind else settled(seen, manner)
        kind = known.get(name)
        form = measured(str(name), seen) if kind is None else None
        return (seen, form) if form else native(str(name), seen, kind)

    with ThreadPoolExecutor(2) as pool:
        # What Arrow and NumPy do is done on two cores; with few rows it is mostly Python.
        each: Any = pool.map if len(frame) > MANY else map
        looked = dict(zip(frame.columns, each(looked_at, frame.columns), strict=True))
        manner = manner_of(looked.values(), decimal, thousands, dayfirst)
        pairs = list(each(made, looked.items()))
    columns = {name: values for name, (values, _) in zip(looked, pairs, strict=True)}
    written = {
        str(name): seen.cells
        for name, seen in looked.items()
        if isinstance(seen, Looked) and not is_text(columns[name])
    }
    return Typed(
        pd.DataFrame(columns, index=frame.index, columns=frame.columns, copy=False),
        tuple(form for _, form in pairs),
        written,
        manner.decimal,
        manner.thousands,
        order_of(looked.values(), manner) if dayfirst is None else dayfirst,
    )
