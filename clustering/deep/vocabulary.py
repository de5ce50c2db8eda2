"""Vocabulary: texts as rows of numbers, one for each word or character.

The most frequent words of the training part get a number each. 0 stands behind the end of a text,
1 for every word that is not among them, 2 for the most frequent. A text that is longer than the
length is cut behind it; how many are is said, and `lengths` shows where to cut.
"""

import logging
import re
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from clustering.dataset import Integers
from clustering.deep.supervised import whole
from clustering.errors import DataError, ParameterError, UnsupportedError

__all__ = [
    "PIECES",
    "Vocabulary",
    "available",
    "fit",
    "lengths",
    "pieces",
    "share_cut",
    "suggested",
    "usual",
]

PIECES = {
    "words": "words; a Chinese or Japanese character is one by itself",
    "characters": "characters, with the signs between them",
    "jieba": "Chinese words, cut by jieba",
}
"""What a text is cut into."""

HAN = r"\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WORD = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*")
SIGN = re.compile(rf"[{HAN}]")

NOTHING, UNKNOWN, FIRST = 0, 1, 2

MOST_WORDS, LONGEST = 100_000, 2_000
USUALLY_AT_MOST = 300
"""Words that are read of a text where no length is named: an LSTM reads one after another."""

Codes = NDArray[np.int32]

_jieba: list[Any] = []


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by number.

    Attributes
    ----------
    words : tuple of str
        From the most frequent.
    by : str
        One of `PIECES`.
    length : int
        Words of a text that are read.

    Examples
    --------
    >>> vocabulary = fit(["good food", "good, but late"], by="words", length=3)
    >>> vocabulary.words[0], vocabulary.codes(["Good grief"]).tolist()
    ('good', [[2, 1, 0]])
    """

    words: tuple[str, ...]
    by: str
    length: int
    _places: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Give each word its number."""
        places = {word: place for place, word in enumerate(self.words, FIRST)}
        object.__setattr__(self, "_places", places)

    @property
    def size(self) -> int:
        """Numbers that there are."""
        return len(self.words) + FIRST

    def codes(self, texts: Sequence[str]) -> Codes:
        """Give texts as numbers.

        Parameters
        ----------
        texts : sequence of n str
            Of any length.

        Returns
        -------
        ndarray of shape (n, length), int32
        """
        found = np.full((len(texts), self.length), NOTHING, dtype=np.int32)
        for row, text in zip(found, texts, strict=True):
            read = pieces(text, self.by)[: self.length]
            row[: len(read)] = [self._places.get(word, UNKNOWN) for word in read]
        return found

    def unknown(self, text: str) -> tuple[str, ...]:
        """Give the words of a text that were never learned, each once."""
        found = dict.fromkeys(pieces(text, self.by))
        return tuple(word for word in found if word not in self._places)


def suggested(texts: Sequence[str]) -> str:
    """Give what texts had better be cut into.

    Parameters
    ----------
    texts : sequence of str
        The first thousand are looked at.

    Returns
    -------
    str
        ``"characters"`` where most letters are Chinese or Japanese, else ``"words"``.

    Examples
    --------
    >>> suggested(["很好吃", "太慢了"]), suggested(["very good"])
    ('characters', 'words')
    """
    joined = "".join(texts[:1_000])
    letters = sum(map(str.isalpha, joined))
    return "characters" if 2 * len(SIGN.findall(joined)) > letters else "words"


def available() -> tuple[str, ...]:
    """Give the ways of `PIECES` that can be used here; jieba need not be installed."""
    return tuple(way for way in PIECES if way != "jieba" or find_spec("jieba") is not None)


def pieces(text: str, by: str = "words") -> list[str]:
    r"""Cut a text.

    Parameters
    ----------
    text : str
        What was written; capitals count as small letters.
    by : str
        One of `PIECES`.

    Returns
    -------
    list of str
        In their order.

    Raises
    ------
    ParameterError
        Where there is no such way.
    UnsupportedError
        Where jieba is not installed.

    Examples
    --------
    >>> pieces("Don't wait: 味道 is GOOD!")
    ["don't", 'wait', '味', '道', 'is', 'good']
    >>> pieces("cafe\u0301") == pieces("café")
    True
    >>> pieces("好吃!", "characters")
    ['好', '吃', '!']
    """
    if by not in PIECES:
        raise ParameterError(f"Texts are not cut into '{by[:40]}'; choose one of "
                             f"{', '.join(PIECES)}.")  # fmt: skip
    small = normalize("NFC", text.lower())  # an accent may stand behind its letter
    if by == "words":
        return WORD.findall(small)
    if by == "characters":
        return [sign for sign in small if not sign.isspace()]
    return [word for word in _cutter().lcut(small) if not word.isspace()]


def lengths(texts: Sequence[str], by: str = "words") -> Integers:
    """Give the number of words (or characters) of each text, shape (n,)."""
    return np.array([len(pieces(text, by)) for text in texts], dtype=np.int64)


def share_cut(lengths: Integers, length: int) -> float:
    """Give the share of texts that are longer than `length`.

    Examples
    --------
    >>> share_cut(np.array([1, 2, 3, 4]), 3)
    0.25
    """
    return float((lengths > length).mean()) if len(lengths) else 0.0


def usual(lengths: Integers) -> int:
    """Give the length that cuts one text in twenty, at most 300.

    Examples
    --------
    >>> usual(np.arange(1, 101))
    95
    """
    return int(np.clip(np.quantile(lengths, 0.95, method="lower"), 1, USUALLY_AT_MOST))


def fit(texts: Sequence[str], *, by: str, length: int, most: int = 10_000) -> Vocabulary:
    """Count words and keep the most frequent.

    Parameters
    ----------
    texts : sequence of str
        The training part, and nothing else.
    by : str
        One of `PIECES`.
    length : int
        Words of a text that are read.
    most : int
        Words that are kept.

    Returns
    -------
    Vocabulary
        Of equally frequent words the one that stands first in the alphabet comes first.

    Raises
    ------
    DataError
        Where there is no word at all.
    ParameterError
        Where an argument makes no sense.
    """
    whole("most", most, most=MOST_WORDS)
    whole("length", length, most=LONGEST)
    counts = Counter(word for text in texts for word in pieces(text, by))
    if not counts:
        raise DataError("There is no word in these texts; choose another column.")
    ordered = sorted(counts, key=lambda word: (-counts[word], word))
    return Vocabulary(tuple(ordered[:most]), by, int(length))


def _cutter() -> Any:
    """Give jieba, which is loaded late: it warns while it is, and talks about its dictionary."""
    if not _jieba:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                import jieba
        except ImportError:
            raise UnsupportedError(
                "jieba is not installed here; cut the texts into characters, or install it."
            ) from None
        jieba.setLogLevel(logging.ERROR)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            jieba.initialize()
        _jieba.append(jieba)
    return _jieba[0]
