"""Levels: the different texts of a column, each once.

What a column is shows in its different texts; how often each occurs only weighs them.
A look at some of them rules out most questions, so that a million sentences are not
asked one by one whether they are dates.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from clustering.dataset import Floats, Integers

__all__ = ["ENOUGH", "SOME", "Levels", "levels_of"]

SOME = 1000
"""Different texts that are looked at first."""

ENOUGH = 0.9
"""Share of the cells from which a column is said to be of a form but for some."""


@dataclass(frozen=True, eq=False, slots=True)
class Levels:
    """The different texts of a column.

    Attributes
    ----------
    texts : Series of k str
        In the order in which they first occur, blanks around them taken off.
    counts : ndarray of shape (k,), int64
        Cells that hold each.
    codes : ndarray of shape (n,), int64
        For each cell its text, -1 where it is missing.
    some : tuple of str
        At most `SOME` of the texts, from everywhere in the column.
    weights : ndarray of shape (len(some),)
        Share of the cells, of those that hold one of `some`.
    """

    texts: "pd.Series[Any]"
    counts: Integers
    codes: Integers
    some: tuple[str, ...]
    weights: Floats

    @property
    def present(self) -> int:
        """Cells that are not missing."""
        return int(self.counts.sum())

    @property
    def whole(self) -> bool:
        """True where `some` are all."""
        return len(self.some) == len(self.texts)

    def share(self, fits: "np.ndarray[Any, np.dtype[np.bool_]]") -> float:
        """Give the share of present cells whose text fits."""
        return float(self.counts[fits].sum()) / max(self.present, 1)

    def likely(self, fits: list[bool]) -> bool:
        """Tell from some of the texts whether nearly all cells may be of a form."""
        if not fits:
            return False
        share = float(self.weights[np.array(fits)].sum())
        return share >= (ENOUGH if self.whole else ENOUGH / 2)

    def first(self, fits: "np.ndarray[Any, np.dtype[np.bool_]]") -> str:
        """Give the first text that fits, cut to 20 characters."""
        return str(self.texts.iloc[int(fits.argmax())])[:20]


def levels_of(cells: "pd.Series[Any]") -> Levels:
    """Find the different texts of a column.

    Parameters
    ----------
    cells : Series of n str
        Missing cells are NaN.

    Returns
    -------
    Levels
        k <= n texts.

    Examples
    --------
    >>> found = levels_of(pd.Series(["a", None, "b ", "a"], dtype="str"))
    >>> found.texts.tolist(), found.counts.tolist(), found.codes.tolist()
    (['a', 'b'], [2, 1], [0, -1, 1, 0])
    """
    codes, different = pd.factorize(cells)
    counts = np.bincount(codes[codes >= 0], minlength=len(different)).astype(np.int64)
    texts = pd.Series(different, dtype="str").str.strip()
    step = max(-(-len(texts) // SOME), 1)
    some = counts[::step]
    return Levels(
        texts,
        counts,
        codes.astype(np.int64, copy=False),
        tuple(texts.iloc[::step].tolist()),
        some / max(some.sum(), 1),
    )
