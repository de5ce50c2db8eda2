"""Texts with labels: taken from a table, split, and put into numbers.

A text that stands several times is kept once: else its copy in the test part would have been
learned by heart. What is left is drawn so that each label has its share.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clustering.data.tables import Table
from clustering.dataset import Integers, digest, frozen
from clustering.deep import vocabulary as words
from clustering.deep.labelled_series import drawn
from clustering.deep.targets import called, check_classes, check_share, coded, spelled
from clustering.deep.vocabulary import Vocabulary
from clustering.errors import DataError
from clustering.words import count

__all__ = ["LabelledTexts", "Texts", "of_table", "prepared"]

FEWEST = 10


@dataclass(frozen=True, eq=False, slots=True)
class Texts:
    """Texts with a label each.

    Attributes
    ----------
    texts : tuple of n str
        None of them empty.
    labels : ndarray of shape (n,), int64
        From 0.
    classes : tuple of str
        What the labels are called.
    rows : ndarray of shape (n,), int64
        Row of each in the user's own table.
    test : ndarray of shape (n,), bool, or None
        The test part, where the set itself says so.
    name : str
        Of the file or sample.
    changes : tuple of str
        What was left out, as sentences.
    key : str
        Digest of the content.
    """

    texts: tuple[str, ...]
    labels: Integers
    classes: tuple[str, ...]
    rows: Integers
    test: NDArray[np.bool_] | None = None
    name: str = "texts"
    changes: tuple[str, ...] = ()
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Make the arrays read-only and compute the key."""
        assign = object.__setattr__
        assign(self, "labels", frozen(self.labels, np.int64))
        assign(self, "rows", frozen(self.rows, np.int64))
        test = None if self.test is None else frozen(self.test, np.bool_)
        assign(self, "test", test)
        assign(self, "key", digest(self.texts, self.labels, self.rows, self.classes, test))

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.texts)


@dataclass(frozen=True, eq=False, slots=True)
class LabelledTexts:
    """Texts as numbers, in a training and a test part.

    Attributes
    ----------
    train, test : ndarray of shape (n, length), int32
        What `Vocabulary.codes` gives.
    train_labels, test_labels : ndarray of shape (n,), int64
        From 0.
    train_places, test_places : ndarray of shape (n,), int64
        Place of each in its `Texts`, for what is compared on the same parts.
    classes : tuple of str
        What the labels are called.
    vocabulary : Vocabulary
        Of the training part.
    lengths : ndarray of shape (n,), int64
        Words in each text of the training part, the distribution that the length is chosen by.
    changes : tuple of str
        What was done, as sentences.
    key : str
        Digest of the content.
    """

    train: NDArray[np.int32]
    train_labels: Integers
    test: NDArray[np.int32]
    test_labels: Integers
    train_places: Integers
    test_places: Integers
    classes: tuple[str, ...]
    vocabulary: Vocabulary
    lengths: Integers
    changes: tuple[str, ...] = ()
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Make the arrays read-only and compute the key."""
        arrays = ("train", "train_labels", "test", "test_labels", "train_places", "test_places")
        for name in (*arrays, "lengths"):
            object.__setattr__(self, name, frozen(getattr(self, name)))
        told = (*(getattr(self, name) for name in arrays), self.classes, self.vocabulary.words)
        object.__setattr__(self, "key", digest(*told))

    @property
    def n(self) -> int:
        """Texts to learn from."""
        return len(self.train)


def of_table(table: Table, *, text: str, label: str) -> Texts:
    r"""Take texts and labels out of two columns.

    Parameters
    ----------
    table : Table
        As it was read.
    text, label : str
        Names of the columns.

    Returns
    -------
    Texts
        Rows without a text or a label are left out, and of equal texts all but the first; it is
        said how many.

    Raises
    ------
    DataError
        Where a column is empty, has a single label or too many, or there are too few rows.

    Examples
    --------
    >>> from clustering.data.tables import read
    >>> rows = b"".join(b"%s %d,%d\n" % (b"so" * i, i, i % 2) for i in range(12))
    >>> found = of_table(read(b"said,good\n" + rows, "mine.csv"), text="said", label="good")
    >>> found.n, found.classes
    (12, ('0', '1'))
    """
    for name in (text, label):
        if name not in table.frame:
            raise DataError(f"There is no column '{name[:80]}'; choose one of the table's columns.")
    if text == label:
        raise DataError("Text and label are the same column; choose two.")
    said = table.frame[text].astype(object)
    said = said.where(said.notna(), "").astype(str).str.strip()
    labels = table.frame[label].astype(object).map(called, na_action="ignore")
    worded = said.str.contains(r"\w", regex=True)
    if not worded.any():
        raise DataError(f"Column '{text[:80]}' holds no text; choose another one.")
    known = labels.notna()
    kept = worded & known
    again = said[kept].duplicated()
    rows = np.flatnonzero(kept)[~again.to_numpy()]
    codes, classes = coded(labels.iloc[rows])
    check_classes(label, classes)
    if len(rows) < FEWEST:
        raise DataError(
            f"Only {count(len(rows), 'text')} with a label; bring at least {FEWEST} to learn from "
            "and to test."
        )
    changes = [
        f"{count(number, 'row')} {why}: left out."
        for number, why in (
            (int((~worded).sum()), "without text"),
            (int((worded & ~known).sum()), "without a label"),
            (int(again.sum()), "with a text that stands above already"),
        )
        if number
    ]
    changes += spelled(classes)
    texts = tuple(said.iloc[rows].tolist())
    return Texts(texts, codes, classes, rows, name=table.name, changes=tuple(changes))


def prepared(
    texts: Texts,
    *,
    share: float = 0.8,
    by: str | None = None,
    most: int = 10_000,
    length: int | None = None,
    seed: int = 0,
) -> LabelledTexts:
    """Split texts, learn the vocabulary of the training part, and put all into numbers.

    Parameters
    ----------
    texts : Texts
        With labels.
    share : float
        Of each label that is the training part; where the set itself names its test part, that
        one is taken.
    by : str, optional
        One of `vocabulary.PIECES`; what `vocabulary.suggested` says when left out.
    most : int
        Words that get a number.
    length : int, optional
        Words of a text that are read; what `vocabulary.usual` says when left out.
    seed : int
        Of the draw.

    Returns
    -------
    LabelledTexts

    Raises
    ------
    DataError, ParameterError
        Where nothing can be learned like this.
    """
    check_share(share)
    own = texts.test is not None
    train = ~texts.test if texts.test is not None else drawn(texts.labels, share=share, seed=seed)
    first, second = np.flatnonzero(train), np.flatnonzero(~train)
    told = [texts.texts[place] for place in first]
    by = words.suggested(told) if by is None else by
    sizes = words.lengths(told, by)
    length = words.usual(sizes) if length is None else length
    vocabulary = words.fit(told, by=by, length=length, most=most)
    changes = (
        *texts.changes,
        f"{len(first):,} of {texts.n:,} texts are the training part, "
        + ("as the set itself says." if own else "each label in its share."),
        f"The vocabulary is that of the training part alone: {len(vocabulary.words):,} "
        f"{'characters' if by == 'characters' else 'words'}.",
        _cut(sizes, length),
    )
    return LabelledTexts(
        train=vocabulary.codes(told),
        train_labels=texts.labels[first],
        test=vocabulary.codes([texts.texts[place] for place in second]),
        test_labels=texts.labels[second],
        train_places=first,
        test_places=second,
        classes=texts.classes,
        vocabulary=vocabulary,
        lengths=sizes,
        changes=changes,
    )


def _cut(sizes: Integers, length: int) -> str:
    """Say how many texts are not read to their end."""
    share = words.share_cut(sizes, length)
    if not share:
        return f"Every text of the training part fits into {length:,}; nothing of it is cut."
    return (
        f"{max(share, 0.001):.1%} of the training part's texts are longer than {length:,} and are "
        "read up to there."
    )
