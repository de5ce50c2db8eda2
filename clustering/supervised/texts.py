"""Sentiment of texts without a network: how often words occur, and logistic regression.

Each text becomes the counts of its words, and pairs of words, each count the smaller the more
texts have it (TF-IDF). Chinese writes no spaces: there single characters and pairs are counted.
"""

import re
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import Floats
from clustering.errors import DataError
from clustering.supervised.classes import check_classes
from clustering.supervised.guesses import Guess

__all__ = ["Words", "is_chinese", "learned", "tfidf"]

TURNS = 1_000
"""Turns after which logistic regression ends, done or not."""
CHARACTERS = re.compile(r"[一-鿿㐀-䶿]")


@dataclass(frozen=True, eq=False, slots=True)
class Words:
    """What was learned of texts.

    Attributes
    ----------
    way : scikit-learn pipeline
        From texts to classes.
    classes : int
        Number of classes.
    terms : int
        Different words and pairs that are counted.
    seconds : float
        Time that learning took.
    note : str
        What must be said beside the figures; empty where nothing must.
    """

    way: Any
    classes: int
    terms: int
    seconds: float
    note: str = ""

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Give the probability of each class, shape (m, c)."""
        found = np.zeros((len(texts), self.classes))
        found[:, self.way.classes_] = self.way.predict_proba(list(texts))
        return found


def learned(
    texts: Sequence[str], labels: ArrayLike, *, classes: int, characters: bool | None = None
) -> Words:
    """Learn classes from the words of texts.

    Parameters
    ----------
    texts : sequence of m str
        The training part.
    labels : array_like of shape (m,), int
        Their classes; those of -1 are left out.
    classes : int
        Number of classes.
    characters : bool, optional
        Whether characters are counted, not words; found out where left out.

    Returns
    -------
    Words
        That gives probabilities of new texts.

    Raises
    ------
    DataError
        Where there is one class, or no text has a word.

    Examples
    --------
    >>> found = learned(["good food", "very good", "bad food", "very bad"], [1, 1, 0, 0], classes=2)
    >>> found.probabilities(["so good", "so bad"]).argmax(axis=1).tolist()
    [1, 0]
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    began = time.perf_counter()
    known = check_classes(labels, classes)
    if len(known) != len(texts):
        raise DataError(f"{len(known):,} classes for {len(texts):,} texts.")
    characters = is_chinese(texts) if characters is None else characters
    counted = TfidfVectorizer(
        analyzer="char" if characters else "word",
        token_pattern=None if characters else r"\w+(?:['’]\w+)?",
        ngram_range=(1, 2),
        sublinear_tf=True,
        min_df=2 if len(texts) >= 200 else 1,
    )
    way = make_pipeline(counted, LogisticRegression(C=10.0, max_iter=TURNS))
    inside = np.flatnonzero(known >= 0)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            way.fit([texts[int(i)] for i in inside], known[inside])
        except ValueError as error:
            if "vocabulary" not in str(error) and "no terms" not in str(error):
                raise
            raise DataError("The texts of the training part hold no words to learn from.") from None
    unfinished = any(issubclass(each.category, ConvergenceWarning) for each in caught)
    return Words(
        way,
        classes,
        len(counted.vocabulary_),
        time.perf_counter() - began,
        f"It had not converged after {TURNS:,} turns." if unfinished else "",
    )


def tfidf(
    texts: Sequence[str],
    labels: ArrayLike,
    new: Sequence[str],
    *,
    classes: int,
    characters: bool | None = None,
) -> Guess:
    """Learn on some texts, and predict the classes of others.

    Parameters
    ----------
    texts, labels, classes, characters
        As for `learned`.
    new : sequence of str
        The test part.

    Returns
    -------
    Guess
        Of the test part.

    Raises
    ------
    DataError
        As `learned` does.
    """
    began = time.perf_counter()
    words = learned(texts, labels, classes=classes, characters=characters)
    found = words.probabilities(new)
    return Guess(
        "TF-IDF and logistic regression",
        found.argmax(axis=1),
        found,
        time.perf_counter() - began,
        words.note,
    )


def is_chinese(texts: Sequence[str]) -> bool:
    """Say whether the first texts hold Chinese characters for at least a fifth.

    Examples
    --------
    >>> is_chinese(["很好吃", "tasty"]), is_chinese(["a very long English sentence about 茶"])
    (True, False)
    """
    some = "".join(texts[:1000])
    return len(CHARACTERS.findall(some)) >= max(len(some) / 5, 1)
