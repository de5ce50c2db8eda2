"""Categories: words as coordinates.

One-hot gives every word a column of 0 and 1, so that two different words are all
equally far apart; that many columns are many voices, hence the limit. Ordinal numbers
are for words that have an order and keep it in the alphabet ("1 low", "2 middle").
Gower's distance compares words without turning them into coordinates at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from clustering.data.choices import Categories
from clustering.data.steps.columns import Columns
from clustering.data.steps.stages import Stage, Work, begun, listed, shown
from clustering.data.steps.vocabulary import codes, vocabulary
from clustering.dataset import Floats, Integers
from clustering.errors import PreparationError
from clustering.words import count

__all__ = ["MOST_WORDS", "Words", "fitted", "inserted"]

MOST_WORDS = 50
"""Different words up to which a column is made one-hot."""

TITLE = "Categories"
UNDO = "choose to leave categories out to undo this."


@dataclass(frozen=True, eq=False, slots=True)
class Words:
    """How numbers and words become coordinates.

    Attributes
    ----------
    choice : {"out", "one-hot", "ordinal", "gower"}
        As in `Choices`.
    numbers : tuple of str
        Columns of numbers, which come first.
    known : mapping of str to tuple of str
        The fitted words of each column of categories, in their order.
    """

    choice: Categories
    numbers: tuple[str, ...]
    known: Mapping[str, tuple[str, ...]]

    def __call__(self, work: Work) -> tuple[Work, Stage]:
        """Turn the columns of numbers and words into coordinates."""
        points = np.empty((len(work.frame), len(self.numbers)), order="F")
        for place, name in enumerate(self.numbers):
            points[:, place] = work.frame[name]
        size = len(self.numbers)
        work = replace(work, points=points, columns=self.numbers, numbers=size, scalable=size)
        if not self.known:
            return work, Stage("categories", TITLE)
        found = {name: codes(work.frame[name], words) for name, words in self.known.items()}
        blocks = [self.coordinates(name, found[name], work.frame) for name in self.known]
        names = [title for name in self.known for title in self.titles(name)]
        work = inserted(
            work,
            blocks,
            names,
            scalable=len(names) if self.choice == "ordinal" else 0,
        )
        said = [self.sentence(), *self.unseen(work.frame, found)]
        after = work.seen(slice(work.points.shape[1] - len(names), None))
        return work, Stage("categories", TITLE, tuple(said), after=after)

    def coordinates(self, name: str, place: Integers, frame: pd.DataFrame) -> Floats:
        """Give the coordinates of one column, shape (m, 1) or (m, words)."""
        if self.choice == "one-hot":
            equal = np.arange(len(self.known[name]))[:, None] == place
            return np.asarray(equal, dtype=np.float64).T
        strange = place < 0
        if self.choice == "gower" and strange.any():
            # Two rows with the same new word are alike.
            place = place.copy()
            place[strange] = len(self.known[name]) + pd.factorize(frame[name][strange])[0]
        return place[:, None].astype(np.float64)

    def titles(self, name: str) -> list[str]:
        """Say what the coordinates of one column are."""
        if self.choice == "one-hot":
            return [f"{name} = {word}" for word in self.known[name]]
        return [f"{name} (place in order)" if self.choice == "ordinal" else name]

    def sentence(self) -> str:
        """Say what was done."""
        subject = f"{begun(listed(list(self.known)))} of categories"
        if self.choice == "one-hot":
            words = sum(map(len, self.known.values()))
            return f"{subject} turned into {count(words, 'column')} of 0 and 1 (one-hot); {UNDO}"
        if self.choice == "ordinal":
            return f"{subject} numbered from 0 in the order of the words; {UNDO}"
        return (
            f"{subject} compared as equal or not, and numbers by their range: distances are "
            f"Gower's; {UNDO}"
        )

    def unseen(self, frame: pd.DataFrame, found: Mapping[str, Integers]) -> list[str]:
        """Say which columns hold words that the fitted table had not."""
        strange = {name: place < 0 for name, place in found.items() if (place < 0).any()}
        if not strange:
            return []
        cells = sum(int(mask.sum()) for mask in strange.values())
        first = next(iter(strange))
        example = frame[first][strange[first]].iloc[0]
        how = {
            "one-hot": "they are 0 in all columns of 0 and 1",
            "ordinal": "they are numbered -1",
            "gower": "they equal nothing but themselves",
        }[self.choice]
        return [
            f"{count(cells, 'cell')} in {listed(list(strange))} with words that the first table "
            f"did not have, such as {shown(example)}: {how}; fit to this table to know them."
        ]


def fitted(work: Work, columns: Columns, choice: Categories) -> Words:
    """Learn the words of each column of categories.

    Parameters
    ----------
    work : Work
        Rows without gaps.
    columns : Columns
        Their roles.
    choice : Categories
        What becomes of words.

    Returns
    -------
    Words

    Raises
    ------
    PreparationError
        Where a column has more words than one-hot columns make sense for.
    """
    known = {}
    for name in columns.of("category"):
        words = vocabulary(work.frame[name], work.table.frame[name], work.table.form(name))
        if choice == "one-hot" and len(words) > MOST_WORDS:
            raise PreparationError(
                f"Column {shown(name)} has {len(words):,} different texts; choose at most "
                f"{MOST_WORDS} or leave it out, or choose ordinal or Gower."
            )
        known[name] = words
    return Words(choice, tuple(columns.of("number")), known)


def inserted(
    work: Work, blocks: list[Floats], names: list[str], *, at: int | None = None, scalable: int = 0
) -> Work:
    """Add coordinates at a place, or behind all others."""
    at = work.points.shape[1] if at is None else at
    parts = [work.points[:, :at], *blocks, work.points[:, at:]]
    widths = [1 if part.ndim == 1 else part.shape[1] for part in parts]
    points = np.empty((len(work.points), sum(widths)), order="F")
    first = 0
    for part, width in zip(parts, widths, strict=True):
        points[:, first : first + width] = part if part.ndim == 2 else part[:, None]
        first += width
    return replace(
        work,
        points=points,
        columns=(*work.columns[:at], *names, *work.columns[at:]),
        scalable=work.scalable + scalable,
    )
