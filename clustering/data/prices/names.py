"""Names: how companies are called, from a symbol map."""

import json

import pandas as pd

from clustering.data import tables
from clustering.data.prices.kept import Named
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["names_from"]

SYMBOLS = ("symbol", "ticker", "code", "ric", "isin", "kürzel")
NAMES = ("name", "company", "title", "firm", "security", "unternehmen")
SECTORS = ("sector", "industry", "branch", "group", "class", "branche")
MOST = 100_000


def names_from(content: bytes, name: str) -> Named:
    r"""Read a symbol map.

    Parameters
    ----------
    content : bytes
        A JSON object of names by symbol, or of objects with ``name`` and ``sector``; or a table
        with the columns symbol, name and, where known, sector, by name or in this order.
    name : str
        Name of the file.

    Returns
    -------
    Named
        Names, sectors, and what could not be used.

    Raises
    ------
    ReadError
        Where it is neither.

    Examples
    --------
    >>> names_from(b'{"F": "Ford", "K": {"name": "Kellogg", "sector": "Food"}}', "map.json").names
    {'F': 'Ford', 'K': 'Kellogg'}
    >>> known = names_from(b"symbol,name,sector\nF,Ford,Cars\nK,Kellogg,Food\n", "map.csv")
    >>> known.sectors
    {'F': 'Cars', 'K': 'Food'}
    """
    called = f"'{' '.join(name.encode('utf-8', 'replace').decode().split())[:80]}'"
    tree = _object(content)
    if tree is not None:
        return _of_object(tree, called)
    frame = tables.read(content, name).frame.astype("str")
    if frame.shape[1] < 2:
        raise ReadError(
            f"{called} is no symbol map: it takes a column of symbols and one of names."
        )
    return _of_table(frame, called)


def _object(content: bytes) -> dict[str, object] | None:
    """Read a JSON object of symbols, or nothing where it is none."""
    try:
        tree = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        return None
    if isinstance(tree, dict) and not any(isinstance(value, list) for value in tree.values()):
        return tree
    return None


def _of_object(tree: dict[str, object], called: str) -> Named:
    """Take names and sectors out of an object."""
    names, sectors, unusable = dict[str, str](), dict[str, str](), 0
    for symbol, value in list(tree.items())[:MOST]:
        inner = value if isinstance(value, dict) else {"name": value}
        title = next((inner[key] for key in inner if str(key).lower() in NAMES), None)
        sector = next((inner[key] for key in inner if str(key).lower() in SECTORS), None)
        if not isinstance(title, str) or not title.strip() or not symbol.strip():
            unusable += 1
            continue
        names[_plain(symbol)] = _plain(title)
        if isinstance(sector, str) and sector.strip():
            sectors[_plain(symbol)] = _plain(sector)
    return _named(names, sectors, unusable, called)


def _of_table(frame: pd.DataFrame, called: str) -> Named:
    """Take names and sectors out of a table, by the names of its columns or by their order."""
    columns = list(frame.columns)
    symbol = _column(columns, SYMBOLS) or columns[0]
    rest = [column for column in columns if column != symbol]
    title = _column(rest, NAMES) or rest[0]
    left = [column for column in rest if column != title]
    sector = _column(left, SECTORS) or (left[0] if len(columns) == 3 else None)
    names, sectors, unusable = dict[str, str](), dict[str, str](), 0
    for _, row in frame[:MOST].iterrows():
        if pd.isna(row[symbol]) or pd.isna(row[title]):
            unusable += 1
            continue
        names[_plain(str(row[symbol]))] = _plain(str(row[title]))
        if sector is not None and not pd.isna(row[sector]):
            sectors[_plain(str(row[symbol]))] = _plain(str(row[sector]))
    return _named(names, sectors, unusable, called)


def _named(names: dict[str, str], sectors: dict[str, str], unusable: int, called: str) -> Named:
    """Put it together, or say that nothing can be used."""
    if not names:
        raise ReadError(f"{called} names no company; it takes symbols with their names.")
    notes = (
        (f"{count(unusable, 'line')} of the symbol map without a symbol or a name passed over.",)
        if unusable
        else ()
    )
    return Named(names, sectors, notes)


def _column(columns: list[str], wanted: tuple[str, ...]) -> str | None:
    """Find a column by its name."""
    for word in wanted:
        for column in columns:
            if word in str(column).lower():
                return column
    return None


def _plain(text: str) -> str:
    """Cut a text to one short line."""
    return " ".join(text.split())[:120]
