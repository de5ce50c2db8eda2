"""Layouts: whether a table has a row for each symbol and day, or a column for each symbol."""

import re
from collections.abc import Callable, Mapping

import pandas as pd

from clustering.data.prices.columns import (
    date_of,
    field_of,
    prices_of,
    split_name,
    symbol_of,
)
from clustering.data.prices.kept import Layout
from clustering.data.reading import Kind
from clustering.data.tables import Table
from clustering.errors import ReadError

__all__ = ["Again", "laid_out", "long_layout", "two_levels"]

Again = Callable[[Mapping[str, Kind]], Table]
"""Reads the same file once more, the kinds of some columns told."""

REPEATED = 0.2
"""Share of the rows whose day stands in a row above, from which on a table is long."""


def laid_out(table: Table, again: Again, called: str) -> tuple[Table, Layout]:
    """Find out how the prices of a table are laid out.

    Parameters
    ----------
    table : Table
        As it was read.
    again : callable
        Reads it again where numbers came as text.
    called : str
        How sentences name the file.

    Returns
    -------
    table : Table
        Perhaps read again.
    layout : Layout
        "long" or "wide".

    Raises
    ------
    ReadError
        Where there are no days, no prices, or no way to tell whose a price is.
    """
    date = date_of(table)
    if not date:
        raise ReadError(
            f"{called} has no column of days, so it holds no prices; it takes the days, and for "
            "each day the prices of several symbols."
        )
    columns = [str(name) for name in table.frame.columns if name != date]
    prices = ("open", "close", "adjusted")
    plainly = [name for name in columns if field_of(name, exact=True) in prices]
    if table.frame[date].duplicated().mean() > REPEATED or plainly:
        return long_layout(table, again, date, called)
    table, numbers = _numbers(table, again, columns)
    if not numbers:
        raise ReadError(f"{called} has days but no column of numbers that could be prices.")
    return table, _wide(table, date, numbers)


def long_layout(
    table: Table, again: Again, date: str, called: str, *, symbol: str = ""
) -> tuple[Table, Layout]:
    """Find symbols and prices in a table with a row for each symbol and day."""
    columns = [str(name) for name in table.frame.columns if name not in (date, symbol)]
    plainly = [name for name in columns if field_of(name)]
    whose = symbol or symbol_of(table, date, plainly)
    if not whose and table.frame[date].duplicated().mean() > REPEATED:
        raise ReadError(
            f"The days of {called} repeat, but no column says whose price a row is; add one with "
            "the symbols."
        )
    columns = [name for name in columns if name != whose]
    wanted = [name for name in columns if field_of(name) in ("open", "close", "adjusted")]
    table, numbers = _numbers(table, again, wanted or columns, among=columns)
    first, last = prices_of(table.frame, numbers)
    if not last:
        raise ReadError(f"{called} has days and symbols but no column of closing prices.")
    return table, Layout("long", table, date=date, symbol=whose, open=first, close=last)


def _numbers(
    table: Table, again: Again, wanted: list[str], *, among: list[str] | None = None
) -> tuple[Table, list[str]]:
    """Give the columns that hold numbers, those of `wanted` read as such where most cells are."""
    texts = [
        name
        for name in wanted
        if table.frame[name].dtype.kind not in "iufMmb" and _digits(table.frame[name]) > 0.5
    ]
    if texts:
        table = again({name: "number" for name in texts})
    among = among or wanted
    return table, [
        name
        for name in among
        if table.frame[name].dtype.kind in "iuf" and table.frame[name].notna().any()
    ]


def _digits(cells: "pd.Series[str]") -> float:
    """Share of the filled cells that begin as a number does."""
    filled = cells.dropna().astype("str")
    return float(filled.str.match(r"\s*[-+$€£¥]?\s*\d").mean()) if len(filled) else 0.0


def _wide(table: Table, date: str, numbers: list[str]) -> Layout:
    """Name the symbol and the price of each column."""
    split = {name: split_name(name) for name in numbers}
    fielded = [name for name in numbers if split[name][1]]
    if len(fielded) * 2 <= len(numbers):
        plain = [name for name in numbers if field_of(name) != "volume"]
        return Layout("wide", table, date=date, columns=tuple((n, "close", n) for n in plain))
    return Layout("wide", table, date=date, columns=_chosen(split))


def _chosen(split: Mapping[str, tuple[str, str]]) -> tuple[tuple[str, str, str], ...]:
    """Keep opening and closing prices; an adjusted close only where there is no other."""
    closed = {symbol for symbol, field in split.values() if field == "close"}
    kept = []
    for name, (symbol, field) in split.items():
        if field == "open" and symbol in closed:
            kept.append((symbol, "open", name))
        elif field == "close" or (field == "adjusted" and symbol not in closed):
            kept.append((symbol, "close", name))
    return tuple(kept)


def two_levels(table: Table, again: "Callable[[int], Table]") -> tuple[Table, Layout] | None:
    """Read a wide table whose columns have two names, one above the other.

    Parameters
    ----------
    table : Table
        As it was read, the first line taken for its names.
    again : callable
        ``again(lines)`` reads it without names, and without so many lines below the first.

    Returns
    -------
    table and layout, or None where it is no such table.
    """
    upper = _filled([str(name) for name in table.frame.columns])
    if len(set(upper[1:])) == len(upper) - 1 or date_of(table):
        return None
    lower = [str(cell) for cell in table.frame.iloc[0]]
    up, low = [sum(bool(field_of(each)) for each in row[1:]) for row in (upper, lower)]
    if 2 * max(up, low) < len(upper) - 1:
        return None
    symbols, fields = (lower, upper) if up >= low else (upper, lower)
    for lines in (1, 2, 3):
        if len(table.frame) <= lines + 1:
            return None
        bare = again(lines)
        if bare.forms[0].kind == "date" and len(bare.frame.columns) == len(upper):
            names = [str(name) for name in bare.frame.columns]
            split = {
                name: (symbol.strip(), field_of(field))
                for name, symbol, field in zip(names[1:], symbols[1:], fields[1:], strict=True)
            }
            return bare, Layout("wide", bare, date=names[0], columns=_chosen(split))
    return None


def _filled(names: list[str]) -> list[str]:
    """Take off the numbers of repeated names, and repeat a name over the empty ones behind it."""
    found = list[str]()
    for place, name in enumerate(names):
        empty = name == f"column {place + 1}" or name.startswith("Unnamed:")
        found.append(found[-1] if empty and found else re.sub(r"\.\d+$", "", name))
    return found
