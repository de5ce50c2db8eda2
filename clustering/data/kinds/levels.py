"""Levels: the different texts of a column, each once.

What a column is shows in its different texts; how often each occurs only weighs them.
A look at some of them rules out most questions, so that a million sentences are not
asked one by one whether they are dates.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from clustering.dataset import Floats, Integers

__all__ = ["ENOUGH", "SOME", "Levels", "levels_of"]

SOME = 1000
"""Different texts that are looked at first."""

DIGIT = re.compile(r"[^\D0-9]")
SIGNS = str.maketrans("\u066b\u066c\uff0b\uff0c\uff0d\uff0e", ".,+,-.")
LONGEST = 60  # characters of a number

ENOUGH = 0.9
"""Share of the cells from which a column is said to be of a form but for some."""


@dataclass(eq=False)
class Levels:
    """The different texts of a column.

    Attributes
    ----------
    different : Index of k str
        In the order in which they first occur.
    counts : ndarray of shape (k,), int64
        Cells that hold each.
    codes : ndarray of shape (n,), int64
        For each cell its text, -1 where it is missing.
    some : tuple of str
        At most `SOME` of the texts, from everywhere in the column, blanks around them
        taken off.
    weights : ndarray of shape (len(some),)
        Share of the cells, of those that hold one of `some`.
    """

    different: "pd.Index[Any]"
    counts: Integers
    codes: Integers
    some: tuple[str, ...]
    weights: Floats

    @cached_property
    def texts(self) -> "pd.Series[Any]":
        """All different texts, blanks around them taken off."""
        if self.whole:
            return pd.Series(self.some, dtype="str")
        return pd.Series(self.different, dtype="str").str.strip()

    @cached_property
    def lengths(self) -> Integers:
        """Characters of each text."""
        if self.whole:
            return np.asarray([len(text) for text in self.some], dtype=np.int64)
        return np.asarray(self.texts.str.len().to_numpy(), dtype=np.int64)

    def in_ascii(self) -> "Levels":
        """Write digits as 0 to 9 where nearly all texts have those of another script.

        Examples
        --------
        >>> levels_of(pd.Series(["١٢", "－４．５"], dtype="str")).in_ascii().texts.tolist()
        ['12', '-4.5']
        """
        if not any(not text.isascii() and DIGIT.search(text) for text in self.some):
            return self
        if not self.likely([len(t) <= LONGEST and any(map(str.isdecimal, t)) for t in self.some]):
            return self
        different = pd.Index([ascii_digits(str(text)) for text in self.different], dtype="str")
        some = tuple(map(ascii_digits, self.some))
        return Levels(different, self.counts, self.codes, some, self.weights)

    def holds(self, pattern: str) -> bool:
        """Tell whether some text holds a pattern."""
        if self.whole:
            return any(re.search(pattern, text) for text in self.some)
        return bool(self.texts.str.contains(pattern, regex=True).any())

    def all_are(self, pattern: str) -> bool:
        """Tell whether all texts are of a pattern."""
        if self.whole or not all(re.fullmatch(pattern, text) for text in self.some):
            return self.whole and all(re.fullmatch(pattern, text) for text in self.some)
        return bool(self.texts.str.fullmatch(pattern).all())

    @property
    def present(self) -> int:
        """Cells that are not missing."""
        return int(self.counts.sum())

    @property
    def whole(self) -> bool:
        """True where `some` are all."""
        return len(self.some) == len(self.different)

    def share(self, fits: "np.ndarray[Any, np.dtype[np.bool_]]") -> float:
        """Give the share of present cells whose text fits."""
        return float(self.counts[fits].sum()) / max(self.present, 1)

    def likely(self, fits: list[bool]) -> bool:
        """Tell from some of the texts whether nearly all cells may be of a form."""
        if not fits:
            return False
        share = float(self.weights[np.array(fits)].sum())
        return share >= (ENOUGH if self.whole else ENOUGH / 2)

    def may_be(self, fits: Callable[[str], object]) -> bool:
        """Tell the same as `likely`, and ask of no more texts than need be."""
        left = 1.0 - (ENOUGH if self.whole else ENOUGH / 2) + 1e-9
        for text, weight in zip(self.some, self.weights.tolist(), strict=True):
            if not fits(text):
                left -= weight
                if left < 0.0:
                    return False
        return True

    def first(self, fits: "np.ndarray[Any, np.dtype[np.bool_]]") -> str:
        """Give the first text that fits, cut to 20 characters."""
        return str(self.texts.iloc[int(fits.argmax())])[:20]


def ascii_digits(text: str) -> str:
    """Write the digits of any script as 0 to 9, with the signs that stand among them."""
    return DIGIT.sub(lambda digit: str(int(digit[0])), text).translate(SIGNS)


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
    codes, different = encoded(cells)
    counts = np.bincount(codes + 1, minlength=len(different) + 1)[1:].astype(np.int64)
    step = max(-(-len(different) // SOME), 1)
    some = counts[::step]
    return Levels(
        different,
        counts,
        codes,
        tuple(str(text).strip() for text in different[::step]),
        some / max(some.sum(), 1),
    )


def encoded(cells: "pd.Series[Any]") -> tuple[Integers, "pd.Index[Any]"]:
    """Give for each cell the number of its text, and the different texts."""
    held: Any = cells.array
    arrow = held.__arrow_array__() if hasattr(held, "__arrow_array__") else None
    if not isinstance(arrow, pa.ChunkedArray):
        codes, different = pd.factorize(cells)
        return codes.astype(np.int64, copy=False), pd.Index(different)
    coded = arrow.dictionary_encode()
    if not coded.num_chunks:
        return np.zeros(0, dtype=np.int64), pd.Index([], dtype=cells.dtype)
    parts = [chunk.indices.fill_null(-1).to_numpy() for chunk in coded.chunks]
    texts = cells.dtype.__from_arrow__(coded.chunks[-1].dictionary)  # type: ignore[union-attr]
    return np.concatenate(parts, dtype=np.int64), pd.Index(texts)
