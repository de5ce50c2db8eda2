"""Kept: prices as they were brought, and how the companies are called."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import pandas as pd

from clustering.data.tables import Table
from clustering.dataset import digest
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["Layout", "Named", "Prices", "companies", "listed", "made", "with_names"]

SHOWN = 6  # names that a sentence lists


@dataclass(frozen=True, eq=False, slots=True)
class Layout:
    """Where in the file the prices stand, which an exported script repeats.

    Attributes
    ----------
    kind : {"workbook", "long", "wide", "made"}
        A sheet a symbol; a row a symbol and day; a row a day; or made by the project.
    table : Table or None
        How the file was read; its frame has no rows. None for what was made.
    date, symbol, open, close : str
        Names of the columns, empty where there is none.
    columns : tuple of (symbol, "open" or "close", column)
        Of a wide table.
    sheets : tuple of str
        Of a workbook, each the name of a symbol.
    skip : int
        Rows above the names of the columns of each sheet; -1 where it differs.
    """

    kind: Literal["workbook", "long", "wide", "made"]
    table: Table | None = None
    date: str = ""
    symbol: str = ""
    open: str = ""
    close: str = ""
    columns: tuple[tuple[str, str, str], ...] = ()
    sheets: tuple[str, ...] = ()
    skip: int = 0


@dataclass(frozen=True, eq=False, slots=True)
class Named:
    """How companies are called, and their sectors where they are known.

    Attributes
    ----------
    names : mapping of str to str
        Company by symbol.
    sectors : mapping of str to str
        Sector by symbol; may be empty.
    notes : tuple of str
        What must be said about the map.
    """

    names: Mapping[str, str]
    sectors: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Prices:
    """Prices of several companies over their days.

    Attributes
    ----------
    open : pandas.DataFrame or None
        First price of each day (days ascending, symbols), float64, NaN where there is none.
    close : pandas.DataFrame
        Last price of each day, of the same days and symbols.
    names : mapping of str to str
        Company by symbol; a symbol that is not in it goes by itself.
    sectors : mapping of str to str
        Sector by symbol; may be empty.
    notes : tuple of str
        What was found out and what was left out, a sentence each.
    name : str
        Name of the file or sample.
    layout : Layout
        Where in the file they stand.
    key : str
        Digest of prices, names and sectors.
    """

    open: pd.DataFrame | None
    close: pd.DataFrame
    names: Mapping[str, str] = field(default_factory=dict)
    sectors: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    name: str = "prices"
    layout: Layout = field(default_factory=lambda: Layout("made"))
    key: str = ""

    def __post_init__(self) -> None:
        """Compute the key."""
        held = [] if self.open is None else [self.open.to_numpy(float)]
        days = self.close.index.to_numpy().astype("datetime64[us]").astype("int64")
        key = digest(
            *held, self.close.to_numpy(float), days, self.symbols, sorted(self.names.items()),
            sorted(self.sectors.items()),
        )  # fmt: skip
        object.__setattr__(self, "key", key)

    @property
    def symbols(self) -> tuple[str, ...]:
        """Symbols in their order in the file."""
        return tuple(map(str, self.close.columns))

    @property
    def n(self) -> int:
        """Number of companies."""
        return int(self.close.shape[1])

    @property
    def days(self) -> pd.DatetimeIndex:
        """Days on which any company has a price, ascending."""
        return pd.DatetimeIndex(self.close.index)

    def name_of(self, symbol: str) -> str:
        """Say how a company is called: its name, or its symbol where it has none."""
        return self.names.get(symbol, symbol)


def with_names(prices: Prices, named: Named) -> Prices:
    """Give the companies their names and sectors, and tell what does not fit.

    Parameters
    ----------
    prices : Prices
        Prices by symbol.
    named : Named
        What `names_from` gave.

    Returns
    -------
    Prices
        With the names of those symbols that have prices. Symbols without prices, and prices
        without a name, are told in ``notes``; names that two symbols share get the symbol
        behind them.

    Raises
    ------
    ReadError
        Where none of the symbols has prices.

    Examples
    --------
    >>> close = pd.DataFrame({"F": [8.0, 8.1], "K": [40.0, 41.0]}, pd.to_datetime(["2005", "2006"]))
    >>> known = with_names(Prices(None, close), Named({"F": "Ford", "X": "US Steel"}))
    >>> known.name_of("F"), known.name_of("K")
    ('Ford', 'K')
    >>> known.notes
    ('The symbol map names 1 symbol without prices: X.', '1 symbol has no name in the map: K.')
    """
    held = set(prices.symbols)
    names = {symbol: name for symbol, name in named.names.items() if symbol in held}
    if not names:
        raise ReadError(
            f"None of the {count(len(named.names), 'symbol')} in the symbol map "
            f"({listed(list(named.names))}) is among the prices ({listed(prices.symbols)})."
        )
    shared = pd.Series(names, dtype=object)
    shared = shared[shared.duplicated(keep=False)]
    names |= {str(symbol): f"{name} ({symbol})" for symbol, name in shared.items()}
    absent = [symbol for symbol in named.names if symbol not in held]
    nameless = [symbol for symbol in prices.symbols if symbol not in names]
    notes = [*prices.notes, *named.notes]
    if absent:
        notes.append(
            f"The symbol map names {count(len(absent), 'symbol')} without prices: {listed(absent)}."
        )
    if nameless:
        verb = "has" if len(nameless) == 1 else "have"
        notes.append(
            f"{count(len(nameless), 'symbol')} {verb} no name in the map: {listed(nameless)}."
        )
    sectors = {symbol: sector for symbol, sector in named.sectors.items() if symbol in held}
    return replace(
        prices, names=names, sectors=sectors or prices.sectors, notes=tuple(notes), key=""
    )


def companies(number: int) -> str:
    """Write a number of companies.

    Examples
    --------
    >>> companies(1), companies(29)
    ('1 company', '29 companies')
    """
    return f"{number:,} {'company' if number == 1 else 'companies'}"


def listed(names: "list[str] | tuple[str, ...]") -> str:
    """List a few names, and say how many more there are.

    Examples
    --------
    >>> listed(["A", "B", "C", "D", "E", "F", "G", "H"])
    'A, B, C, D, E, F and 2 more'
    """
    shown = ", ".join(" ".join(str(name).split())[:40] for name in names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown


def made(long: pd.DataFrame, name: str, named: Named | None = None) -> Prices:
    """Make Prices of a long frame with columns symbol, date, open, close.

    Parameters
    ----------
    long : pandas.DataFrame
        A row for each symbol and day; ``open`` may be missing.
    name : str
        What they are called.
    named : Named, optional
        Names and sectors.

    Returns
    -------
    Prices
        Symbols in the order in which they first stand.
    """
    order = list(dict.fromkeys(long["symbol"].astype(str)))
    long = long.assign(symbol=long["symbol"].astype(str), date=pd.to_datetime(long["date"]))

    def wide(value: str) -> pd.DataFrame:
        found = long.pivot(index="date", columns="symbol", values=value)
        return found.sort_index()[order].astype("float64").rename_axis(index=None, columns=None)

    prices = Prices(wide("open") if "open" in long else None, wide("close"), name=name)
    return prices if named is None else with_names(prices, named)
