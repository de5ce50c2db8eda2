"""Columns: which hold times, whose a row is, and known classes, by content first, then by name."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from clustering.data.tables import Table

__all__ = [
    "dates_of",
    "id_of",
    "label_of",
    "nearly_numbers",
    "numbers_of",
    "same_series",
    "steps_of",
    "time_of",
]

TIMES = ("time", "timestamp", "datetime", "date", "t", "ts", "step", "second", "seconds", "sec",
         "minute", "hour", "day", "week", "month", "year", "zeit", "datum", "temps", "fecha",
         "tiempo", "data", "时间", "日期", "時間")  # fmt: skip
IDS = ("id", "series", "case", "sequence", "seq", "subject", "sensor", "device", "machine",
       "unit", "customer", "meter", "station", "patient", "name", "symbol", "item", "reihe",
       "serie")  # fmt: skip
LABELS = ("label", "labels", "class", "target", "truth", "kind", "group", "type", "category",
          "y", "klasse", "art", "类别", "标签")  # fmt: skip
PARTS = ("year", "month", "day", "hour", "minute", "second")

CLASSES = 100
"""Different cells up to which a column may hold known classes."""

REPEATED = 0.2
"""Share of the rows whose time stands in a row above, from which on a table is long."""

NUMBER = r"\s*[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?\s*"
NEARLY = 0.8
"""Share of numbers among the filled cells of a text column from which on the rest is damaged."""

FEWEST_STEPS = 6
"""Columns of numbers in a row, called alike, from which on they are the steps of a series."""


def word(name: str) -> str:
    """Give a column's name as plain words, without what stands in brackets.

    Examples
    --------
    >>> word("Time (s)"), word("sensor_ID")
    ('time', 'sensor id')
    """
    plain = re.sub(r"[(\[].*?[)\]]", "", name)
    return " ".join(re.findall(r"[^\W_]+", plain.lower()))


def named(names: Sequence[str], words: Sequence[str]) -> str:
    """Give the first column that is called by one of the words: exactly, else by its last."""
    for wanted in words:
        for name in names:
            if word(name) == wanted:
                return name
    for wanted in words:
        for name in names:
            if len(wanted) > 1 and word(name).split()[-1:] == [wanted]:
                return name
    return ""


def dates_of(table: Table) -> tuple[str, ...]:
    """Find columns of year, month, day, hour ... that make a date together; or none."""
    by_word = {word(str(name)): str(name) for name in reversed(table.frame.columns)}
    found = list[str]()
    for part in PARTS:
        if part not in by_word or table.frame[by_word[part]].dtype.kind not in "iuf":
            break
        found.append(by_word[part])
    return tuple(found) if len(found) >= 2 else ()


def time_of(table: Table) -> tuple[str, ...]:
    """Find the column of times, or those of its parts; nothing where there is none.

    A column of dates, of those the one that is named so; the parts of a date; a column of times
    of day; or numbers under a name that says time.
    """
    kinds = {str(n): form.kind for n, form in zip(table.frame.columns, table.forms, strict=True)}
    for kind in ("date", "time"):
        found = [name for name, each in kinds.items() if each == kind]
        if found:
            return (named(found, TIMES) or found[0],)
        if kind == "date" and dates_of(table):
            return dates_of(table)
    numbers = [name for name in kinds if table.frame[name].dtype.kind in "iuf"]
    found_name = next((n for w in TIMES for n in numbers if word(n) == w), "")
    return (found_name,) if found_name else ()


def id_of(table: Table, time: Sequence[str]) -> str:
    """Find the column that says whose a row is, where times repeat; nothing where there is none.

    With it and the time a row is named; of several the one that is called so.
    """
    frame = table.frame
    clock = [frame[name] for name in time]
    found = []
    for name, form in zip(map(str, frame.columns), table.forms, strict=True):
        cells = frame[name]
        if name in time or form.kind in ("date", "time", "boolean") or cells.dtype.kind == "f":
            continue
        many = int(cells.nunique())
        if many < 2 or many > 0.67 * len(cells) or cells.isna().mean() > 0.02:
            continue
        if clock and pd.concat([cells, *clock], axis=1).duplicated().mean() > 0.02:
            continue
        found.append((form.kind == "number", name))
    names = [name for _, name in found]
    words = [name for number, name in found if not number]
    return named(names, IDS) or ([*words, *names] or [""])[0]


def label_of(table: Table, columns: Sequence[str], *, ends: bool = False) -> str:
    """Find the column of known classes among some; nothing where there is none.

    Parameters
    ----------
    table : Table
    columns : sequence of str
        Those that may be it.
    ends : bool
        Whether a first or last column of few whole numbers is it, too, among columns with
        fractions, as in files of the UCR archive.
    """
    frame = table.frame
    few = [name for name in columns if 0 < frame[name].nunique() <= min(CLASSES, len(frame) * 0.5)]
    texts = [name for name in few if table.form(name).kind in ("category", "boolean", "text")]
    if table.truth in few:
        return str(table.truth)
    known = named(texts, LABELS) or next((n for w in LABELS for n in few if word(n) == w), "")
    if known or texts:
        return known or texts[-1]
    if ends and len(columns) > 3:
        for name in (columns[0], columns[-1]):
            others = [each for each in columns if each != name and frame[each].dtype.kind in "iuf"]
            rest = frame[others].to_numpy(np.float64)
            if name in few and frame[name].dtype.kind in "iu" and not whole(rest):
                return name
    return ""


def whole(values: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> bool:
    """Say whether all known values are whole numbers."""
    known = values[np.isfinite(values)]
    return bool((known % 1 == 0).all())


def nearly_numbers(table: Table) -> list[str]:
    """Give the columns of text whose cells are numbers, all but a few."""
    found = []
    for name, form in zip(map(str, table.frame.columns), table.forms, strict=True):
        if form.kind in ("text", "category", "id") and table.frame[name].dtype.kind not in "iuf":
            filled = table.frame[name].dropna().astype("str")
            if len(filled) and float(filled.str.fullmatch(NUMBER).mean()) > NEARLY:
                found.append(name)
    return found


def numbers_of(table: Table, *, without: Sequence[str]) -> list[str]:
    """Give the columns that are measured: numbers, and codes only where there are no others."""
    columns = [
        (str(name), form.kind)
        for name, form in zip(table.frame.columns, table.forms, strict=True)
        if name not in without and table.frame[name].dtype.kind in "iuf"
    ]
    numbers = [name for name, kind in columns if kind == "number"]
    codes = [name for name, kind in columns if kind == "code"]
    return numbers or codes or [name for name, _ in columns]


def steps_of(table: Table, *, without: Sequence[str]) -> list[str]:
    r"""Give columns of numbers that are called alike but for a number that counts up; or none.

    Examples
    --------
    >>> from clustering.data.tables import read
    >>> table = read(b"day,h0,h1,h2,h3,h4,h5\n" + b"2024-01-01,1,2,3,4,5,6\n" * 2, "x.csv")
    >>> steps_of(table, without=["day"])[-1]
    'h5'
    """
    columns = [
        str(name)
        for name in table.frame.columns
        if name not in without and table.frame[name].dtype.kind in "iuf"
    ]
    # Names that were made up for a file without any count up, too, and mean nothing.
    alike = table.reading.header and len(columns) >= FEWEST_STEPS and same_series(columns)
    return columns if alike else []


def same_series(names: Sequence[str]) -> bool:
    """Say whether names are one word with numbers that count up evenly.

    Examples
    --------
    >>> same_series(["h1", "h2", "h3"]), same_series(["0:00", "1:00"]), same_series(["a", "b"])
    (True, True, False)
    """
    parts = [re.findall(r"\d+|\D+", name) for name in names]
    if len({len(each) for each in parts}) > 1:
        return False
    moving = [len(set(column)) > 1 for column in zip(*parts, strict=True)]
    columns = [
        column for column, moves in zip(zip(*parts, strict=True), moving, strict=True) if moves
    ]
    if len(columns) != 1 or not all(cell.isdigit() for cell in columns[0]):
        return False
    return len(set(np.diff([int(cell) for cell in columns[0]]).tolist())) == 1
