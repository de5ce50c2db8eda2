"""Vocabulary: texts as rows of numbers, one for each word or character. Signatures first."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clustering.dataset import Integers

__all__ = ["PIECES", "Vocabulary", "fit", "lengths", "pieces", "share_cut", "suggested", "usual"]

PIECES = ("words", "characters", "jieba")
"""What a text is cut into."""

Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by number: 0 is nothing (behind the end), 1 is any unknown word, 2 the most frequent.

    Attributes
    ----------
    words : tuple of str
        From the most frequent.
    by : str
        One of `PIECES`.
    length : int
        Words of a text that are read; longer texts are cut behind it.
    """

    words: tuple[str, ...]
    by: str
    length: int

    @property
    def size(self) -> int:
        """Numbers that there are."""
        return len(self.words) + 2

    def codes(self, texts: Sequence[str]) -> Codes:
        """Give texts as numbers (n, length)."""
        raise NotImplementedError

    def unknown(self, text: str) -> tuple[str, ...]:
        """Give the words of a text that were never learned."""
        raise NotImplementedError


def suggested(texts: Sequence[str]) -> str:
    """Give what these texts had better be cut into: "characters" where they are Chinese."""
    raise NotImplementedError


def pieces(text: str, by: str = "words") -> list[str]:
    """Cut a text."""
    raise NotImplementedError


def lengths(texts: Sequence[str], by: str = "words") -> Integers:
    """Give the number of words (or characters) of each text: the distribution to choose by."""
    raise NotImplementedError


def share_cut(lengths: Integers, length: int) -> float:
    """Give the share of texts that are longer."""
    raise NotImplementedError


def usual(lengths: Integers) -> int:
    """Give the length that cuts one text in twenty, at most 400."""
    raise NotImplementedError


def fit(texts: Sequence[str], *, by: str, length: int, most: int = 10_000) -> Vocabulary:
    """Count the words of the training part and keep the most frequent."""
    raise NotImplementedError
