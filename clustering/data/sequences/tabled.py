"""Tabled: series or a stream out of a table whose layout is known."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from clustering.data.image_files.classes import MOST_CLASSES, coded
from clustering.data.sequences.kept import Layout, SequenceSet, Times
from clustering.data.sequences.series_made import listed
from clustering.data.sequences.stream import Stream
from clustering.data.sequences.windowing import moment
from clustering.data.tables import Table
from clustering.dataset import Floats, Integers
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["series_from"]

EPOCH = ((1e6, 1e8, 5e9), (1e3, 1e11, 5e12), (1.0, 1e14, 5e15))
"""Microseconds in a unit of times that count from 1970, and between which numbers they lie."""


def series_from(table: Table, layout: Layout, called: str) -> SequenceSet | Stream:
    """Make series or a stream of a table.

    Parameters
    ----------
    table : Table
    layout : Layout
        As `layouts.laid_out` found it.
    called : str
        How sentences name the file.

    Returns
    -------
    SequenceSet or Stream

    Raises
    ------
    ReadError
        Where no values or times are there.
    """
    lean = replace(table, frame=table.frame.head(0), written={}, log=None)
    kept = replace(layout, table=lean)
    make = {"wide": of_wide, "long": of_long}.get(layout.kind, of_stream)
    return make(table, kept, called)


def of_wide(table: Table, layout: Layout, called: str) -> SequenceSet:
    """Take each row for a series, as far as its last value."""
    values = numbers(table, layout.values)
    known = ~np.isnan(values)
    ends = np.where(known.any(axis=1), values.shape[1] - known[:, ::-1].argmax(axis=1), 0)
    ends[ends == 0] = values.shape[1]  # no value at all: preparation tells
    notes = list(table.notes)
    short = int((ends < values.shape[1]).sum())
    if short:
        notes.append(
            f"{short:,} of {len(values):,} series end before the last column: their cells are "
            "empty from there on."
        )
    labels, classes, said = (
        classes_in(table.frame[layout.label]) if layout.label else (None, (), ())
    )
    names = tuple(texts(table.frame[layout.id])) if layout.id else ()
    first, last = layout.values[0], layout.values[-1]
    columns = f"{count(len(layout.values), 'column')} '{first[:40]}' to '{last[:40]}'"
    told = f"A row a series: {count(len(values), 'row')} of {columns}{labelled(layout)}."
    return SequenceSet(
        tuple(row[:end, None] for row, end in zip(values, ends, strict=True)),
        ("value",),
        labels=labels,
        classes=classes,
        names=names,
        name=table.name,
        notes=(told, *notes, *said),
        layout=layout,
    )


def of_long(table: Table, layout: Layout, called: str) -> SequenceSet:
    """Take the rows of one id for a series, in the order of their times."""
    frame, times, notes = timed(table, layout, called)
    whose = texts(frame[layout.id]) if layout.id else np.full(len(frame), table.name)
    there = np.array([bool(each) for each in whose])
    if not there.all():
        notes.append(f"{count(int((~there).sum()), 'row')} without '{layout.id[:40]}' left out.")
    if not there.any():
        raise ReadError(f"No row of {called} says whose it is; choose another column of ids.")
    groups, names = pd.factorize(whose[there])
    order = np.flatnonzero(there)
    order = order[np.argsort(groups, kind="stable")]
    cuts = np.flatnonzero(np.diff(np.sort(groups))) + 1
    places = np.split(order, cuts)
    values = numbers(table, layout.values)[frame.index.to_numpy()]
    labels, classes, said = None, tuple[str, ...](), tuple[str, ...]()
    if layout.label:
        labels, classes, said = classes_in(frame[layout.label].iloc[[rows[0] for rows in places]])
    told = (
        f"A row a series and time: {count(len(frame), 'row')} of {len(places):,} series in "
        f"'{layout.id[:40]}', {clocked(layout)}values in {quoted(layout.values)}{labelled(layout)}."
    )
    return SequenceSet(
        tuple(values[rows] for rows in places),
        layout.values,
        times=tuple(times[rows] for rows in places) if times is not None else (),
        labels=labels,
        classes=classes,
        names=tuple(map(str, names)),
        name=table.name,
        notes=(told, *table.notes, *notes, *said),
        layout=layout,
    )


def of_stream(table: Table, layout: Layout, called: str) -> Stream:
    """Take each row for a time."""
    frame, times, notes = timed(table, layout, called)
    values = numbers(table, layout.values)[frame.index.to_numpy()]
    others = [n for n in frame.columns if n not in (*layout.time, *layout.values)]
    if times is None:
        times = np.arange(len(frame), dtype=np.float64)
        notes.append("There is no column of times, so rows are taken for evenly spaced.")
    again = int((np.diff(times) == np.zeros(1, np.diff(times).dtype)).sum())
    if again:
        notes.append(f"{count(again, 'row')} at a time that stands already; they are kept for now.")
    told = (
        f"A row a time: {count(len(frame), 'row')}, {clocked(layout)}values in "
        f"{quoted(layout.values)}, {moment(times[0])} to {moment(times[-1])}."
    )
    if layout.label:
        notes.append(f"'{layout.label[:40]}' can tell the kind of each row.")
    return Stream(
        times,
        values,
        layout.values,
        others=frame[others],
        unit=unit_of(table, layout),
        label=layout.label,
        name=table.name,
        notes=(told, *table.notes, *notes),
        layout=layout,
    )


def timed(
    table: Table, layout: Layout, called: str
) -> tuple[pd.DataFrame, Times | None, list[str]]:
    """Give the rows that have a time, ascending, with the times; and say what was done."""
    if not layout.time:
        return table.frame, None, []
    when = instants_in(table, layout.time)
    there = when.notna()
    if not there.any():
        raise ReadError(
            f"No cell of '{layout.time[0][:60]}' in {called} is a time; choose another column."
        )
    notes = []
    if not there.all():
        notes.append(f"{count(int((~there).sum()), 'row')} without a time left out.")
    when = when[there]
    if not when.is_monotonic_increasing:
        if not layout.id:
            notes.append("The rows were out of order and were sorted by time.")
        when = when.sort_values(kind="stable")
    array = when.to_numpy()
    times = array if array.dtype.kind == "M" else array.astype(np.float64)
    return table.frame.loc[when.index], times, notes


def instants_in(table: Table, columns: tuple[str, ...]) -> "pd.Series[Any]":
    """Give the time of each row: dates, parts of dates put together, or numbers."""
    frame = table.frame
    if len(columns) > 1:
        parts = dict(
            zip(("year", "month", "day", "hour", "minute", "second"), columns, strict=False)
        )
        numbers = {
            part: pd.to_numeric(frame[name], errors="coerce") for part, name in parts.items()
        }
        numbers.setdefault("day", pd.Series(1, index=frame.index))
        whole = pd.DataFrame(numbers)
        return pd.to_datetime(whole, errors="coerce")
    cells = frame[columns[0]]
    if cells.dtype.kind == "M":
        zoned = getattr(cells.dt, "tz", None) is not None
        return cells.dt.tz_convert("UTC").dt.tz_localize(None) if zoned else cells
    if cells.dtype.kind == "m":
        return pd.Series(cells.to_numpy() / np.timedelta64(1, "s"), index=cells.index)
    numbers_only = pd.to_numeric(cells, errors="coerce")
    typical = float(numbers_only.median())
    if any(said in columns[0].lower() for said in ("stamp", "epoch", "unix")):
        for size, low, high in EPOCH:
            if low <= typical <= high:
                return (numbers_only * size).round().astype("Int64").astype("datetime64[us]")
    return numbers_only


def unit_of(table: Table, layout: Layout) -> str:
    """Give the unit of times that are numbers: what stands in brackets behind their name."""
    if len(layout.time) != 1:
        return ""
    if table.frame[layout.time[0]].dtype.kind == "m":
        return "s"
    found = re.search(r"[(\[](.{1,12}?)[)\]]", layout.time[0])
    return found[1].strip() if found and table.frame[layout.time[0]].dtype.kind != "M" else ""


def numbers(table: Table, columns: tuple[str, ...]) -> Floats:
    """Give columns as numbers, NaN for what is none or infinite."""
    found = np.column_stack(
        [
            pd.to_numeric(table.frame[name], errors="coerce").to_numpy(np.float64, na_value=np.nan)
            for name in columns
        ]
    )
    return np.where(np.isfinite(found), found, np.nan)


def texts(cells: "pd.Series[str]") -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    """Give cells as text, empty where nothing stands."""
    if cells.dtype.kind == "M":
        return np.array(["" if pd.isna(c) else f"{c:%Y-%m-%d}" for c in cells], dtype=object)
    plain = cells.astype("object").where(cells.notna(), "")
    return plain.map(lambda cell: " ".join(str(cell).split())).to_numpy(object)


def classes_in(cells: "pd.Series[str]") -> tuple[Integers | None, tuple[str, ...], tuple[str, ...]]:
    """Give the classes of series; where there are too many, none, and a sentence."""
    if cells.nunique() > MOST_CLASSES:
        return None, (), (
            f"'{str(cells.name)[:40]}' holds {cells.nunique():,} different cells, which are no "
            "classes.",
        )  # fmt: skip
    array = cells.to_numpy() if cells.dtype.kind in "if" else texts(cells).astype(str)
    labels, classes = coded(array, len(cells), f"'{str(cells.name)[:40]}'")
    return (labels, classes, ()) if classes else (None, (), ())


def labelled(layout: Layout) -> str:
    """Say where the classes stand."""
    return f", known classes in '{layout.label[:40]}'" if layout.label else ""


def clocked(layout: Layout) -> str:
    """Say where the times stand."""
    return f"times in {quoted(layout.time)}, " if layout.time else ""


def quoted(names: tuple[str, ...]) -> str:
    """Name a few columns."""
    return listed([f"'{name[:40]}'" for name in names])
