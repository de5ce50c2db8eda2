"""Jumps: prices that change in a day as no trade changes them, as at a split of shares.

A share that is split 2:1 costs half as much on the next day, and nobody lost anything. In moves
from opening to close that does not show; in moves from close to close it is the largest of all
and means nothing. A jump is a change beyond 40 %, and beyond ten times what is usual for the
company itself: a share that often moves that much has no jumps.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from clustering.data.prices.kept import Prices
from clustering.dataset import Floats

__all__ = ["BEYOND", "Jump", "is_jump", "jumps"]

BEYOND = 0.4
"""Rise, as a share of the price before, from which on a change may be a jump; a fall counts alike
as the rise that would undo it."""
USUAL = 10.0
"""Times the usual move of the company that a jump is beyond."""
SPLITS = (2, 3, 4, 5, 7, 8, 10, 15, 20, 25, 50, 100)
NEAR = 0.06
"""How near to a whole ratio, in logarithms, a split is called by it; prices move on that day."""


@dataclass(frozen=True, slots=True)
class Jump:
    """A price that jumped.

    Attributes
    ----------
    symbol : str
        Whose.
    day : pandas.Timestamp
        The day with the new price.
    before, after : float
        Close of the day before, and of that day.
    within : bool
        True where it jumped between the opening and the close of the day.
    """

    symbol: str
    day: pd.Timestamp
    before: float
    after: float
    within: bool = False

    @property
    def told(self) -> str:
        """The jump in words: ``"2005-02-28 from 88.99 to 44.86, as after a 2:1 split"``."""
        ratio = self.before / self.after
        split = ""
        if not self.within:
            for whole in (1.5, *SPLITS):
                shown = "3:2" if whole == 1.5 else f"{whole}:1"
                if abs(np.log(ratio / whole)) < NEAR:
                    split = f", as after a {shown} split"
                elif abs(np.log(ratio * whole)) < NEAR:
                    split = f", as after a {shown[::-1]} consolidation"
        return f"{self.day:%Y-%m-%d} from {self.before:.6g} to {self.after:.6g}{split}"


def is_jump(moves: Floats) -> np.ndarray:
    """Mark the jumps among logarithmic moves of one company, shape (days,), NaN for none.

    Examples
    --------
    >>> is_jump(np.array([0.01, -0.02, 0.01, -0.69, 0.02, np.nan])).tolist()
    [False, False, False, True, False, False]
    """
    known = moves[np.isfinite(moves)]
    usual = 1.4826 * np.median(np.abs(known)) if len(known) else 0.0
    bound = max(float(np.log1p(BEYOND)), USUAL * float(usual))
    marked: np.ndarray = np.abs(np.nan_to_num(moves)) > bound
    return marked


def jumps(prices: Prices) -> tuple[Jump, ...]:
    """Find the jumps of all companies, over night and within a day, by day.

    Parameters
    ----------
    prices : Prices
        Positive prices; missing ones are passed over.

    Returns
    -------
    tuple of Jump
        By day.

    Examples
    --------
    >>> days = pd.date_range("2005-02-23", periods=5)
    >>> close = pd.DataFrame({"AAPL": [88.2, 88.9, 89.0, 44.9, 44.5]}, days)
    >>> [jump.told for jump in jumps(Prices(None, close))]
    ['2005-02-26 from 89 to 44.9, as after a 2:1 split']
    """
    found = []
    for symbol in prices.close.columns:
        close = prices.close[symbol].dropna()
        if close.empty:
            continue
        values = close.to_numpy(float)
        moves = np.diff(np.log(values), prepend=np.nan)
        over = is_jump(moves)
        inside = np.zeros(len(over), dtype=bool)
        if prices.open is not None:
            first = prices.open[symbol].reindex(close.index).to_numpy(float)
            inside = is_jump(np.log(values / first))
        for place in np.flatnonzero(over | inside).tolist():
            day = pd.Timestamp(close.index[place])
            within = bool(inside[place])
            before = float(first[place]) if within else float(values[place - 1])
            found.append(Jump(str(symbol), day, before, float(values[place]), within))
    return tuple(sorted(found, key=lambda jump: (jump.day, jump.symbol)))
