"""Moves: from prices to companies that can be compared, each day a column."""

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
import pandas as pd

from clustering.data.prices.calendar import Shared, in_range, shared_days
from clustering.data.prices.jumps import Jump, jumps
from clustering.data.prices.kept import Prices, companies, listed
from clustering.dataset import Dataset, Source
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.words import count

__all__ = ["GAPS", "KINDS", "Gaps", "Kind", "moves"]

Kind = Literal["close - open", "log returns"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""How a day's move is measured: within the day, as the recipe does, or from close to close."""

Gaps = Literal["shared days", "no move"]
GAPS: tuple[Gaps, ...] = get_args(Gaps)
"""What becomes of a missing price: the day goes for all, or the company did not move on it."""

MOST_TOLD = 12
"""Jumps that are named."""
TINY = 1e-12
"""Spread, as a share of the largest move, below which moves differ by rounding alone."""


def moves(
    prices: Prices,
    *,
    kind: Kind = "close - open",
    begin: object = None,
    end: object = None,
    gaps: Gaps = "shared days",
) -> Dataset:
    """Measure how each company moved on each day, in units of its own standard deviation.

    Parameters
    ----------
    prices : Prices
        Prices of at least two companies.
    kind : {"close - open", "log returns"}
        Close minus open of the day, in money; or the logarithm of close over the close before.
    begin, end : date or text, optional
        First and last day, both included; all days when left out.
    gaps : {"shared days", "no move"}
        Only days on which every company has prices; or a company without a price on a day did not
        move on it.

    Returns
    -------
    Dataset
        Points (companies, days): moves divided by their standard deviation, not centred, as the
        recipe does. A bootstrap draws days. ``changes`` tell who was left out and why, which
        days are missing, and which prices jumped; ``features`` hold symbol, company and sector.

    Raises
    ------
    ParameterError
        Where a choice makes no sense.
    UnsupportedError
        Where opening prices are asked for and there are none.
    DataError
        Where fewer than two companies or six days are left, or nothing ever moves.

    Notes
    -----
    A company that lacks more than a tenth of the days is left out. A jump (`jumps.jumps`) does
    not enter log returns: on that day the move within the day counts where the opening is
    known, else none. In close minus open a jump over night does not show, but the moves before
    and after are of different size, which is told; after one within the day no move counts.

    Examples
    --------
    >>> days = pd.date_range("2005-01-03", periods=6)
    >>> opened = pd.DataFrame({"F": [8.0] * 6, "K": [40.0] * 6}, days)
    >>> closed = opened + np.array([[1, 4], [-1, -4]] * 3)
    >>> data = moves(Prices(opened, closed))
    >>> data.n, data.d, data.columns[0], data.points[1].tolist()
    (2, 6, '2005-01-03', [1.0, -1.0, 1.0, -1.0, 1.0, -1.0])
    """
    if kind not in KINDS or gaps not in GAPS:
        raise ParameterError(f"Moves are {' or '.join(KINDS)}, gaps {' or '.join(GAPS)}.")
    if kind == "close - open" and prices.open is None:
        raise UnsupportedError("These prices have no opening prices; choose log returns.")
    close = in_range(prices, begin, end)
    known = close.notna()
    if kind == "close - open":
        assert prices.open is not None
        known &= prices.open.loc[close.index].notna()
    shared = shared_days(prices, known, every=gaps == "shared days")
    found = tuple(
        jump
        for jump in jumps(prices)
        if jump.symbol in set(shared.symbols) and close.index[0] <= jump.day <= close.index[-1]
    )
    if kind == "close - open":
        measured = _within(prices, shared, found)
    else:
        measured = _returns(prices, shared, found)
    told = [*shared.told, *_jumped(prices, found, kind), *_filled(prices, shared, known)]
    return _dataset(prices, measured, shared, told)


def _within(prices: Prices, shared: Shared, found: Sequence[Jump]) -> pd.DataFrame:
    """Give close minus open, 0 where it is missing or jumped."""
    assert prices.open is not None
    measured = (prices.close - prices.open).loc[shared.days, shared.symbols].fillna(0.0)
    for jump in found:
        if jump.within and jump.day in measured.index:
            measured.loc[jump.day, jump.symbol] = 0.0
    return measured


def _returns(prices: Prices, shared: Shared, found: Sequence[Jump]) -> pd.DataFrame:
    """Give logarithms of close over the close before, from one shared day to the next.

    A jump is taken out of the prices of all later days: what remains of the move is the move
    within the day, or none. So it does not come back where its day is not shared.
    """
    level = pd.DataFrame(np.log(prices.close[shared.symbols]))
    for jump in found:
        instead = 0.0
        if prices.open is not None and not jump.within:
            first = float(prices.open[jump.symbol].to_numpy()[prices.days.get_loc(jump.day)])
            instead = float(np.log(jump.after / first)) if first > 0 else 0.0
        apart = float(np.log(jump.after / jump.before)) - instead
        level.loc[level.index >= jump.day, jump.symbol] -= apart
    level = level.loc[(level.index >= shared.days[0]) & (level.index <= shared.days[-1])]
    return level.ffill().loc[shared.days].diff().iloc[1:].fillna(0.0)


def _jumped(prices: Prices, found: Sequence[Jump], kind: Kind) -> list[str]:
    """Say which prices jumped, and what was made of it."""
    if not found:
        return []
    each = [f"{prices.name_of(jump.symbol)} on {jump.told}" for jump in found]
    head = f"{count(len(found), 'jump')} in prices: {'; '.join(each[:MOST_TOLD])}"
    if len(found) > MOST_TOLD:
        head += f"; and {len(found) - MOST_TOLD} more"
    if kind == "log returns":
        return [f"{head}. The move over night does not count on these days."]
    within = sum(jump.within for jump in found)
    told = [f"{head}."]
    if within < len(found):
        told.append(
            "Close minus open does not see what happens over night, but after such a jump its "
            "moves are of another size; log returns know no size."
        )
    if within:
        told.append(f"{count(within, 'jump')} within a day: no move counts for that day.")
    return told


def _filled(prices: Prices, shared: Shared, known: pd.DataFrame) -> list[str]:
    """Say how many missing prices count as no move."""
    holes = (~known.loc[shared.days, shared.symbols]).sum()
    if not holes.sum():
        return []
    whose = listed([prices.name_of(str(symbol)) for symbol in holes.index[holes > 0]])
    return [f"{count(int(holes.sum()), 'missing price')} without a move on that day: {whose}."]


def _dataset(prices: Prices, measured: pd.DataFrame, shared: Shared, told: list[str]) -> Dataset:
    """Leave out who never moves, and measure in standard deviations."""
    values = measured.to_numpy(np.float64)
    spread = values.std(axis=0)
    moved = (np.ptp(values, axis=0) > 0) & (spread > TINY * np.abs(values).max(axis=0))
    kept = [symbol for symbol, each in zip(shared.symbols, moved, strict=True) if each]
    still = [symbol for symbol, each in zip(shared.symbols, moved, strict=True) if not each]
    if still:
        names = listed([prices.name_of(symbol) for symbol in still])
        told = [*told, f"With the same move on every day and left out: {names}."]
    if not kept:
        raise DataError(
            f"Each of the {companies(len(still))} has the same move on every day, so that "
            "nothing tells who moves together; bring prices that change."
        )
    if len(kept) < 2:
        raise DataError(
            f"Only {prices.name_of(kept[0])} moves at all; it takes two companies to see who "
            "moves together."
        )
    places = {symbol: place for place, symbol in enumerate(prices.symbols)}
    called = tuple(prices.name_of(symbol) for symbol in kept)
    features = pd.DataFrame({"symbol": kept, "company": called})
    if prices.sectors:
        features["sector"] = [prices.sectors.get(symbol) for symbol in kept]
    return Dataset(
        points=(values[:, moved] / spread[moved]).T,
        columns=tuple(f"{day:%Y-%m-%d}" for day in measured.index),
        rows=np.array([places[symbol] for symbol in kept]),
        source=Source(prices.name, "company", called, draws="days"),
        features=features,
        changes=tuple(told),
        left_out={
            reason: np.array(sorted(places[symbol] for symbol in symbols))
            for reason, symbols in (("too few days", shared.lacking), ("never moves", still))
            if symbols
        },
    )
