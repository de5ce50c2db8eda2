"""Columns: which of them holds the days, the symbols, and which price, by content and name."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from clustering.data.tables import Table

__all__ = ["date_of", "field_of", "prices_of", "split_name", "symbol_of"]

FIELDS = {
    "open": ("open", "opening", "first", "px open", "eröffnung", "eroeffnung", "anfang",
             "ouverture", "apertura", "abertura", "开盘", "开盘价", "始値"),
    "close": ("close", "closing", "last", "price", "px last", "settle", "schluss", "schlusskurs",
              "kurs", "clôture", "cloture", "cierre", "fechamento", "chiusura", "收盘", "收盘价",
              "終値"),
    "adjusted": ("adj close", "adjusted close", "adjclose", "adj"),
    "high": ("high", "hoch", "max", "haut", "最高", "高値"),
    "low": ("low", "tief", "min", "bas", "最低", "安値"),
    "volume": ("volume", "vol", "umsatz", "stück", "turnover", "shares", "成交量", "出来高"),
}  # fmt: skip
"""Words that name a price of the day, the closing price and what is none."""

DATES = ("date", "day", "datum", "tag", "time", "fecha", "data", "jour", "日期", "日付")
SYMBOLS = ("symbol", "ticker", "stock", "code", "company", "name", "security", "isin", "ric",
           "wkn", "kürzel", "titel", "aktie", "代码", "股票")  # fmt: skip

NEAR = 0.9
"""Share of the rows in which two columns are prices of the same thing."""


def field_of(name: str, *, exact: bool = False) -> str:
    """Tell which price of the day a column is by its name, or nothing.

    Where it is not `exact`, more may stand behind it: a currency, a place.

    Examples
    --------
    >>> field_of("Adj Close"), field_of("px_open"), field_of("Schlusskurs (EUR)"), field_of("K")
    ('adjusted', 'open', 'close', '')
    """
    words = " ".join(re.findall(r"[^\W\d_]+", str(name).lower()))
    for field in ("adjusted", "open", "close", "high", "low", "volume"):
        known = FIELDS[field]
        if words in known or (not exact and words.startswith(tuple(f"{w} " for w in known))):
            return field
    return ""


def split_name(name: str) -> tuple[str, str]:
    """Split the name of a column into a symbol and a price of the day.

    Examples
    --------
    >>> split_name("AAPL_open"), split_name("Close AAPL"), split_name("('Close', 'BRK.B')")
    (('AAPL', 'open'), ('AAPL', 'close'), ('BRK.B', 'close'))
    >>> split_name("OPEN"), split_name("BP")
    (('OPEN', ''), ('BP', ''))
    """
    plain = re.sub(r"[()\[\]'\"]", "", str(name)).strip()
    for parted in re.finditer(r",\s*|[\s_:/|-]+|\.", plain):
        left, right = plain[: parted.start()].strip(), plain[parted.end() :].strip()
        for symbol, field in ((left, right), (right, left)):
            found = field_of(field, exact=True)
            if symbol and found and not field_of(symbol):
                return symbol, found
    return plain, ""


def date_of(table: Table) -> str:
    """Find the column of days: of those that hold dates one that is named so; else nothing."""
    dates = [
        str(name)
        for name, form in zip(table.frame.columns, table.forms, strict=True)
        if form.kind == "date"
    ]
    return _named(dates, DATES) or (dates[0] if dates else "")


def symbol_of(table: Table, date: str, taken: Sequence[str]) -> str:
    """Find the column that says whose price a row is, where days repeat.

    With it and the day a row is named; of several the one that is called so.
    """
    days = table.frame[date]
    found = []
    for name, form in zip(table.frame.columns, table.forms, strict=True):
        cells = table.frame[name]
        if name in (date, *taken) or form.kind in ("date", "time", "boolean"):
            continue
        if cells.dtype.kind == "f" or cells.nunique() < 1 or cells.isna().mean() > 0.5:
            continue
        repeated = pd.DataFrame({"d": days, "s": cells}).duplicated().mean()
        if repeated < 0.02 and cells.nunique() < 0.67 * len(cells) + 1:
            found.append((form.kind == "number", str(name)))
    words = [name for number, name in found if not number]
    named = _named([name for _, name in found], SYMBOLS)
    return named or (words or [name for _, name in found] or [""])[0]


def prices_of(frame: pd.DataFrame, numbers: Sequence[str]) -> tuple[str, str]:
    """Find opening and closing price among the numbers of a long table.

    Parameters
    ----------
    frame : pandas.DataFrame
        All rows.
    numbers : sequence of str
        Columns that may be prices, in their order.

    Returns
    -------
    open, close : str
        By name; where no name tells, by content: columns of about the same size are prices of
        the same share, the largest and the smallest of four are no opening, and the first of
        what is left is the opening. Empty where there is none.

    Examples
    --------
    >>> frame = pd.DataFrame({"a": [1.0, 2.0], "b": [1.2, 2.1], "n": [900.0, 800.0]})
    >>> prices_of(frame, ["a", "b", "n"])
    ('a', 'b')
    """
    fields = {name: field_of(name) for name in numbers}
    by_name = {
        field: next((name for name in numbers if fields[name] == field), "")
        for field in ("open", "close", "adjusted")
    }
    if by_name["close"]:
        return by_name["open"], by_name["close"]
    if by_name["adjusted"]:
        # An adjusted close and an opening that is not cannot be subtracted.
        return "", by_name["adjusted"]
    left = [name for name in numbers if not fields[name]]
    if by_name["open"]:
        alike = _alike(frame, [by_name["open"], *left])
        return (by_name["open"], alike[1]) if len(alike) > 1 else ("", "")
    if not left:
        return "", ""
    alike = _without_extremes(frame, _alike(frame, left))
    return (alike[0], alike[1]) if len(alike) > 1 else ("", alike[0])


def _alike(frame: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Keep the columns that are about as large as the first, row by row."""
    first = frame[names[0]].to_numpy(np.float64)
    kept = [names[0]]
    for name in names[1:]:
        with np.errstate(all="ignore"):
            ratio = frame[name].to_numpy(np.float64) / first
        if (np.abs(np.log(np.where(ratio > 0, ratio, np.inf))) < np.log(1.5)).mean() > NEAR:
            kept.append(name)
    return kept


def _without_extremes(frame: pd.DataFrame, names: list[str]) -> list[str]:
    """Leave out the high and the low of the day where there are four prices or more."""
    if len(names) < 4:
        return names
    values = frame[names].to_numpy(np.float64)
    high = (values >= np.nanmax(values, axis=1, keepdims=True)).mean(axis=0)
    low = (values <= np.nanmin(values, axis=1, keepdims=True)).mean(axis=0)
    return [
        name for name, top, bottom in zip(names, high, low, strict=True) if max(top, bottom) < NEAR
    ] or names


def _named(names: Sequence[str], words: Sequence[str]) -> str:
    """Give the first column that is called so: exactly, else in part."""
    for word in words:
        for name in names:
            if name.lower().strip() == word:
                return name
    for word in words:
        for name in names:
            if word in name.lower():
                return name
    return ""
