"""Texts with labels, before and after they are split."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clustering.dataset import Integers
from clustering.deep.vocabulary import Vocabulary

__all__ = ["LabelledTexts", "Texts"]


@dataclass(frozen=True, eq=False, slots=True)
class Texts:
    """Texts with a label each.

    Attributes
    ----------
    texts : tuple of str
    labels : ndarray of shape (n,), int64
    classes : tuple of str
    rows : ndarray of shape (n,), int64
        Row of each in the user's own table.
    test : ndarray of shape (n,), bool, or None
        The test part, where the set itself says so.
    name : str
    changes : tuple of str
    key : str
    """

    texts: tuple[str, ...]
    labels: Integers
    classes: tuple[str, ...]
    rows: Integers
    test: NDArray[np.bool_] | None = None
    name: str = ""
    changes: tuple[str, ...] = ()
    key: str = field(init=False)

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.texts)


@dataclass(frozen=True, eq=False, slots=True)
class LabelledTexts:
    """Texts as numbers, split, with the vocabulary of the training part: a ground.

    Attributes
    ----------
    train, test : ndarray of shape (n, length), int32
    train_labels, test_labels : ndarray of shape (n,), int64
    train_places, test_places : ndarray of int64
        Place of each in its Texts.
    classes : tuple of str
    vocabulary : Vocabulary
    lengths : ndarray of int64
        Words in each text of the training part, the distribution by which the length is chosen.
    changes : tuple of str
    key : str
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

    @property
    def n(self) -> int:
        """Texts to learn from."""
        return len(self.train)
