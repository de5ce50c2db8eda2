"""Calendar: the days on which companies are compared.

Exchanges have different holidays, companies come and go, and cells are missing. A company that
lacks more than a tenth of the days is left out, because it would cost all others these days;
then the days count on which all that are left have prices.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from clustering.data.prices.kept import Prices, companies, listed
from clustering.errors import DataError, ParameterError
from clustering.words import count

__all__ = ["FEWEST", "Shared", "in_range", "shared_days"]

FEWEST = 6
"""Days of moves below which nothing can be said: two in each of three parts."""
LACKING = 0.1
"""Share of the days that a company may lack."""


@dataclass(frozen=True, eq=False, slots=True)
class Shared:
    """Which companies are compared, and on which days.

    Attributes
    ----------
    days : pandas.DatetimeIndex
        The days, ascending.
    symbols : list of str
        The companies that are kept.
    lacking : list of str
        Those that are left out.
    told : list of str
        What was left out and why, a sentence each.
    """

    days: pd.DatetimeIndex
    symbols: list[str]
    lacking: list[str]
    told: list[str]


def in_range(prices: Prices, begin: object, end: object) -> pd.DataFrame:
    """Give the closing prices from `begin` to `end`, both included.

    Raises
    ------
    ParameterError
        Where a date is none, or no day lies between them.
    """
    first, last = _day(begin, prices.days[0]), _day(end, prices.days[-1])
    last = last + pd.Timedelta(days=1) - pd.Timedelta(microseconds=1)
    found = prices.close.loc[(prices.days >= first) & (prices.days <= last)]
    if found.empty:
        raise ParameterError(
            f"There are no prices from {first:%Y-%m-%d} to {last:%Y-%m-%d}; they go from "
            f"{prices.days[0]:%Y-%m-%d} to {prices.days[-1]:%Y-%m-%d}."
        )
    return found


def _day(given: object, otherwise: pd.Timestamp) -> pd.Timestamp:
    """Read a day, at its beginning."""
    if given is None:
        return otherwise.normalize()
    try:
        day = pd.Timestamp(given)  # type: ignore[arg-type]
    except (ValueError, TypeError, OverflowError):
        day = None
    if day is None or pd.isna(day):
        raise ParameterError(f"'{str(given)[:40]}' is no date; write it as 2005-12-31.")
    return day.tz_localize(None).normalize()


def shared_days(prices: Prices, known: pd.DataFrame, *, every: bool) -> Shared:
    """Choose companies and days.

    Parameters
    ----------
    prices : Prices
        For the names.
    known : DataFrame of bool (days, symbols)
        Where there are prices.
    every : bool
        True where only days count on which all companies that are kept have prices.

    Returns
    -------
    Shared
        The choice.

    Raises
    ------
    DataError
        Where fewer than two companies or six days are left.
    """
    told = []
    held = known.loc[:, known.any()]
    empty = [str(symbol) for symbol in known.columns.difference(held.columns, sort=False)]
    if empty:
        told.append(f"Without prices in this range and left out: {_names(prices, empty)}.")
    days = held.loc[held.mean(axis=1) >= 0.5]
    if len(days) < len(held):
        told.append(
            f"{count(len(held) - len(days), 'day')} on which fewer than half of the companies have "
            "prices left out."
        )
    lacks = 1.0 - days.mean()
    lacking = [str(symbol) for symbol in lacks.index[lacks > LACKING]]
    told += [_why(prices, symbol, days[symbol]) for symbol in lacking]
    kept = [str(symbol) for symbol in days.columns if symbol not in set(lacking)]
    if len(kept) < 2:
        raise DataError(_too_few(prices, kept, len(days)))
    days = days[kept]
    if every:
        whole = days.loc[days.all(axis=1)]
        if len(whole) < len(days):
            least = days.mean().sort_values()
            missing = [str(symbol) for symbol in least.index[least < 1]]
            told.append(
                f"{len(days) - len(whole):,} of {count(len(days), 'day')} left out, because a "
                f"price is missing on them: {_names(prices, missing)}."
            )
        days = whole
    if len(days) < FEWEST:
        raise DataError(
            f"There are {count(len(days), 'day')} on which all {companies(len(kept))} have "
            f"prices, too few to see which move together; it takes {FEWEST}."
        )
    return Shared(pd.DatetimeIndex(days.index), kept, [*empty, *lacking], told)


def _why(prices: Prices, symbol: str, known: "pd.Series[bool]") -> str:
    """Say why a company is left out: it ends early, begins late, or has holes."""
    name, have = prices.name_of(symbol), np.flatnonzero(known.to_numpy())
    first, last = known.index[have[0]], known.index[have[-1]]
    lacks = f"lacks {100 * (1 - known.mean()):.0f} % of the days"
    early, late = len(known) - 1 - have[-1], have[0]
    if early > 0.5 * (~known).sum():
        return f"{name} ends on {last:%Y-%m-%d}, {lacks} and is left out; an earlier end keeps it."
    if late > 0.5 * (~known).sum():
        return (
            f"{name} begins on {first:%Y-%m-%d}, {lacks} and is left out; a later beginning "
            "keeps it."
        )
    return f"{name} {lacks} and is left out."


def _too_few(prices: Prices, kept: list[str], days: int) -> str:
    """Say that there are not two companies to compare."""
    if prices.n == 1:
        return (
            f"There are prices of one company alone ({prices.name_of(prices.symbols[0])}); it "
            "takes two to see who moves together."
        )
    whose = f" ({prices.name_of(kept[0])})" if kept else ""
    have = f"Only {companies(len(kept))}{whose}" if kept else "No company"
    return (
        f"{have} of {prices.n:,} has prices on most of the {count(days, 'day')}; it takes two to "
        "see who moves together."
    )


def _names(prices: Prices, symbols: list[str]) -> str:
    return listed([prices.name_of(symbol) for symbol in symbols])
