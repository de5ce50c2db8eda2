"""Layouts: whether a table has a row for each series, for each series and time, or each time."""

from dataclasses import replace

import pandas as pd

from clustering.data.sequences.columns import (
    REPEATED,
    id_of,
    label_of,
    numbers_of,
    steps_of,
    time_of,
)
from clustering.data.sequences.kept import Kind, Layout
from clustering.data.tables import Table
from clustering.errors import ReadError

__all__ = ["laid_out"]

FEWEST = 4
"""Columns of numbers without times, from which on each row is a series."""


def laid_out(table: Table, given: Layout | None, called: str) -> Layout:
    """Find out how the series of a table are laid out.

    Parameters
    ----------
    table : Table
        As it was read.
    given : Layout or None
        What is known already; what it leaves open is found out.
    called : str
        How sentences name the file.

    Returns
    -------
    Layout
        "wide", "long" or "stream", with the names of the columns.

    Raises
    ------
    ReadError
        Where a column that was given is not there, or there is nothing to measure.
    """
    given = given or Layout(kind_of(table))
    there = set(map(str, table.frame.columns))
    for name in (given.id, given.label, *given.time, *given.values):
        if name and name not in there:
            raise ReadError(f"{called} has no column '{name[:60]}'; choose one of its columns.")
    found = {"wide": wide, "long": long, "stream": stream}.get(given.kind, stream)(table, given)
    if not found.values:
        raise ReadError(
            f"{called} has no column of numbers that could be the values of a series; bring one "
            "with measurements."
        )
    return replace(found, table=table)


def kind_of(table: Table) -> Kind:
    """Tell the layout by what the columns hold."""
    time = time_of(table)
    if not time:
        whose = id_of(table, ()) if len(numbers_of(table, without=())) < FEWEST else ""
        if whose and contiguous(table.frame[whose]):
            return "long"
        return "wide" if len(numbers_of(table, without=())) >= FEWEST else "stream"
    if steps_of(table, without=time):
        return "wide"
    repeated = table.frame[list(time)].duplicated().mean() > REPEATED
    return "long" if repeated and id_of(table, time) else "stream"


def contiguous(cells: "pd.Series[str]") -> bool:
    """Say whether equal cells stand together, in runs of two and more."""
    runs = int((cells != cells.shift()).sum())
    return runs == cells.nunique() and runs <= len(cells) / 2


def wide(table: Table, given: Layout) -> Layout:
    """Find label, names and steps of a table with a row for each series."""
    columns = [str(name) for name in table.frame.columns if str(name) not in given.values]
    steps = list(given.values) or steps_of(table, without=(*given.time, given.id, given.label))
    others = [name for name in columns if name not in (*steps, given.id)]
    label = given.label or label_of(table, others, ends=not given.values and not steps)
    names = given.id or next((n for n in others if n != label and is_name(table, n)), "")
    values = tuple(steps) or tuple(numbers_of(table, without=(label, names, *given.time)))
    return replace(given, kind="wide", id=names, label=label, values=values)


def is_name(table: Table, name: str) -> bool:
    """Say whether a column names the rows: no two alike, and no fractions."""
    cells = table.frame[name]
    return table.form(name).kind in ("id", "text", "date") and bool(cells.is_unique)


def long(table: Table, given: Layout) -> Layout:
    """Find id, times, values and label of a table with a row for each series and time."""
    time = given.time or tuple(n for n in time_of(table) if n not in (given.id, *given.values))
    whose = given.id or id_of(table, time)
    label = given.label
    if not label and whose:
        each = table.frame.groupby(whose, sort=False, dropna=False)
        others = [
            str(name)
            for name in table.frame.columns
            if name not in (whose, *time, *given.values) and table.frame[name].dtype.kind != "f"
        ]
        label = label_of(table, [name for name in others if each[name].nunique().max() == 1])
    values = given.values or tuple(numbers_of(table, without=(whose, label, *time)))
    return replace(given, kind="long", id=whose, time=time, values=values, label=label)


def stream(table: Table, given: Layout) -> Layout:
    """Find times, channels and a label column of a table with a row for each time."""
    time = given.time or tuple(n for n in time_of(table) if n not in given.values)
    label = given.label or label_of(
        table, [str(n) for n in table.frame.columns if n not in (*time, *given.values)]
    )
    values = given.values or tuple(numbers_of(table, without=(label, *time)))
    return replace(given, kind="stream", time=time, values=values, label=label)
