"""Opening: prices out of a file, whatever its layout, cleaned of what no price can be."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from clustering.data import tables
from clustering.data.prices.columns import date_of
from clustering.data.prices.kept import (
    Layout,
    Named,
    Prices,
    companies,
    listed,
    with_names,
)
from clustering.data.prices.layouts import laid_out, long_layout, two_levels
from clustering.data.prices.workbooks import SHEET, sheets_of
from clustering.data.reading import Kind
from clustering.data.tables import ENDINGS, Table
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["ENDINGS", "read"]

NO_PRICES = 0.25
"""Share of cells at or below zero from which on a table holds no prices."""


def read(content: bytes, name: str, *, names: Named | None = None) -> Prices:
    r"""Read prices out of a file.

    Parameters
    ----------
    content : bytes
        A workbook with a sheet for each symbol (date, open, close); or any table that
        `tables.read` takes, long (date, symbol, open, close) or wide (a column a symbol, or two
        with opening and close). Columns are found by what they hold and how they are called;
        the opening may be missing.
    name : str
        Name of the file.
    names : Named, optional
        How the companies are called.

    Returns
    -------
    Prices
        ``notes`` tell what was found, and how many cells cannot be prices: texts, zeros,
        negative and infinite ones count as missing. Of several prices of a day the first
        opening and the last close count.

    Raises
    ------
    ReadError
        Where there are no days, no prices, or nobody can tell whose they are.

    Examples
    --------
    >>> rows = ["Tag;Kürzel;Schluss", "3.1.2005;F;8,10", "4.1.2005;F;8,25", "3.1.2005;K;40"]
    >>> table = "\n".join([*rows, "4.1.2005;K;0"])
    >>> prices = read(table.encode("latin-1"), "kurse.csv")
    >>> prices.symbols, prices.close["F"].tolist(), prices.notes[-1]
    (('F', 'K'), [8.1, 8.25], '1 price at or below zero counts as missing: K.')
    """
    called = f"'{' '.join(name.encode('utf-8', 'replace').decode().split())[:80]}'"
    table, layout, said = _found(content, name, called)
    first, last, odd = _frames(table, layout, Path(name).stem)
    notes = [*said, *odd]
    first, last, cleaned = _cleaned(first, last, called)
    notes += cleaned
    lean = replace(
        table,
        frame=table.frame.head(0),
        written={column: cells.head(0) for column, cells in table.written.items()},
    )
    notes.insert(0, _told(layout, last, first is not None))
    prices = Prices(
        first, last, notes=tuple(notes), name=table.name, layout=replace(layout, table=lean)
    )
    return prices if names is None else with_names(prices, names)


def _found(content: bytes, name: str, called: str) -> tuple[Table, Layout, tuple[str, ...]]:
    """Read the file, and find out how it is laid out."""
    sheets = sheets_of(content, name, called)
    if sheets is not None:
        table = sheets.table({})
        date = date_of(table)
        if not date:
            raise ReadError(f"The sheets of {called} have no column of days.")
        table, layout = long_layout(table, sheets.table, date, called, symbol=SHEET)
        layout = replace(layout, kind="workbook", sheets=sheets.names, skip=sheets.skip)
        return table, layout, table.notes

    def again(kinds: Mapping[str, Kind]) -> Table:
        return tables.read(content, name, given={"kinds": tuple(kinds.items())})

    def bare(lines: int) -> Table:
        skip = table.reading.skip + 1 + lines
        return tables.read(content, name, given={"header": False, "skip": skip})

    table = tables.read(content, name)
    both = two_levels(table, bare)
    if both is not None:
        return both[0], both[1], ()
    table, layout = laid_out(table, again, called)
    return table, layout, table.notes


def _frames(
    table: Table, layout: Layout, stem: str
) -> tuple[pd.DataFrame | None, pd.DataFrame, list[str]]:
    """Lay prices out as days by symbols: the first opening and the last close of each day."""
    frame = table.frame
    days = pd.to_datetime(frame[layout.date]).dt.normalize().astype("datetime64[us]")
    whole = frame.assign(**{layout.date: days})[days.notna()].sort_values(
        layout.date, kind="stable"
    )
    told = _odd(table, layout)
    lost = int(days.isna().sum())
    if lost:
        told.append(f"{count(lost, 'row')} without a day passed over.")
    if layout.kind == "wide":
        parts = {
            field: {s: column for s, each, column in layout.columns if each == field}
            for field in ("open", "close")
        }
        by_day = whole.groupby(layout.date, sort=True)
        opened = _named_frame(by_day[list(parts["open"].values())].first(), parts["open"])
        closed = _named_frame(by_day[list(parts["close"].values())].last(), parts["close"])
        opened = opened.reindex(columns=closed.columns)
        return opened if parts["open"] else None, closed, told
    symbols = whole[layout.symbol] if layout.symbol else pd.Series(stem, index=whole.index)
    whole = whole.assign(**{SHEET: symbols.astype("str").str.strip()})[symbols.notna()]
    order = list(dict.fromkeys(frame.loc[whole.index.sort_values(), layout.date].index))
    order = list(dict.fromkeys(whole.loc[order, SHEET]))
    again = int(whole.duplicated([SHEET, layout.date]).sum())
    if again:
        told.append(
            f"{count(again, 'row')} for a symbol and day that stand already: the first opening "
            "and the last close of a day count."
        )
    grouped = whole.groupby([layout.date, SHEET], sort=True)
    closed = grouped[layout.close].last().unstack(SHEET)[order]
    first = grouped[layout.open].first().unstack(SHEET)[order] if layout.open else None
    return first, closed, told


def _named_frame(frame: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    """Name columns by their symbols."""
    names = {column: symbol for symbol, column in columns.items()}
    return frame.rename(columns=names)


def _odd(table: Table, layout: Layout) -> list[str]:
    """Say how many cells of price columns hold no number."""
    used = {layout.open, layout.close, *(column for _, _, column in layout.columns)} - {""}
    odd = {
        str(name): form
        for name, form in zip(table.frame.columns, table.forms, strict=True)
        if name in used and form.odd
    }
    if not odd:
        return []
    cells = sum(form.odd for form in odd.values())
    example = next(iter(odd.values())).odd_example
    verb = "counts" if cells == 1 else "count"
    return [
        f"{count(cells, 'price')} that {'is' if cells == 1 else 'are'} no number {verb} as "
        f"missing, such as '{example}'."
    ]


def _cleaned(
    first: pd.DataFrame | None, last: pd.DataFrame, called: str
) -> tuple[pd.DataFrame | None, pd.DataFrame, list[str]]:
    """Take out what no price can be."""
    told = list[str]()
    frames = list[pd.DataFrame | None]()
    below = pd.Series(0, index=last.columns)
    cells = 0
    for frame in (first, last):
        if frame is None:
            frames.append(None)
            continue
        values = frame.astype("float64").rename_axis(index=None, columns=None)
        values = values.where(np.isfinite(values))
        below += (values <= 0).sum()
        cells += int(values.notna().to_numpy().sum())
        frames.append(values.where(values > 0))
    bad = int(below.sum())
    if bad > NO_PRICES * max(cells, 1):
        raise ReadError(
            f"{called} holds no prices: {100 * bad / cells:.0f} % of its numbers are zero or "
            "negative. Bring prices rather than moves; the moves are computed here."
        )
    if bad:
        whose = listed([str(symbol) for symbol in below.index[below > 0]])
        verb = "counts" if bad == 1 else "count"
        told.append(f"{count(bad, 'price')} at or below zero {verb} as missing: {whose}.")
    opened, closed = frames
    assert closed is not None
    empty = [str(symbol) for symbol in closed.columns if closed[symbol].isna().all()]
    closed = closed.drop(columns=empty)
    if closed.empty:
        raise ReadError(f"{called} holds no prices: no closing price is a number above zero.")
    if empty:
        told.append(f"Without any price and left out: {listed(empty)}.")
    if opened is not None:
        opened = opened.drop(columns=empty)
        opened = None if opened.isna().to_numpy().all() else opened
    return opened, closed, told


def _told(layout: Layout, last: pd.DataFrame, opened: bool) -> str:
    """Say what was found."""
    what = "Opening and closing prices" if opened else "Closing prices"
    laid = {
        "workbook": "a sheet each",
        "long": f"days in '{layout.date}', closing prices in '{layout.close}'",
        "wide": f"days in '{layout.date}', a column each",
        "made": "made",
    }[layout.kind]
    if layout.kind == "long" and layout.symbol:
        laid = f"symbols in '{layout.symbol}', {laid}"
    return (
        f"{what} of {companies(last.shape[1])} on {count(len(last), 'day')}, "
        f"{last.index[0]:%Y-%m-%d} to {last.index[-1]:%Y-%m-%d}: {laid}."
    )
