"""Stages: what one step of preparation did, and the rows on their way through all of them.

Every step of preparation is a value that was fitted to one table (`fitted`, in a module
of its own) and can be called with the rows of any: it takes a `Work` and gives the next
one, and a `Stage` that says what was done. No step changes what it was given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clustering.data.tables import Table
from clustering.dataset import EUCLIDEAN, Floats, Integers, Metric
from clustering.words import count

__all__ = ["Stage", "Step", "Work", "begun", "listed", "shown"]

SAID, NAME = 3, 40
"""Columns that a sentence names, and characters of each name."""


@dataclass(frozen=True, eq=False, slots=True)
class Stage:
    """What one step of preparation did to a table.

    Attributes
    ----------
    name, title : str
        The step, as `clustering.data.preparation` lists them, and how it is headed.
    said : tuple of str
        Sentences: what was done, and which choice undoes it; none where nothing was.
    dropped : int
        Rows that were left out.
    filled : int
        Cells that were filled.
    before, after : pandas.DataFrame
        The columns of numbers that were changed, indexed by the place of each row in
        the file; without columns where none was.
    """

    name: str
    title: str
    said: tuple[str, ...] = ()
    dropped: int = 0
    filled: int = 0
    before: pd.DataFrame = field(default_factory=pd.DataFrame)
    after: pd.DataFrame = field(default_factory=pd.DataFrame)


@dataclass(frozen=True, eq=False, slots=True)
class Work:
    """Rows on their way from a table to a Dataset.

    Attributes
    ----------
    table : Table
        Where they come from.
    frame : pandas.DataFrame
        The used columns in original units; its index is the place of each row.
    points : ndarray of shape (m, d)
        Coordinates, column by column in memory; none before the columns are encoded.
    columns : tuple of d str
        What each coordinate is.
    numbers, scalable : int
        The first so many coordinates are measured numbers; the first so many may be
        scaled, one by one.
    weights : ndarray of shape (m,), or None
        How many rows each stands for.
    metric : Metric
        How far apart two points are.
    left_out : mapping of str to ndarray of int64
        Places of rows that are no longer here, by the reason.
    watched : bool
        True where stages shall show the numbers before and after.
    """

    table: Table
    frame: pd.DataFrame
    points: Floats
    columns: tuple[str, ...] = ()
    numbers: int = 0
    scalable: int = 0
    weights: Floats | None = None
    metric: Metric = EUCLIDEAN
    left_out: Mapping[str, Integers] = field(default_factory=dict)
    watched: bool = False

    @property
    def rows(self) -> Integers:
        """Place of each row in the file, shape (m,)."""
        return np.asarray(self.frame.index, dtype=np.int64)

    def keep(self, kept: NDArray[np.bool_], reason: str) -> "Work":
        """Go on with some of the rows, in their order."""
        if kept.all():
            return self
        gone = {reason: self.rows[~kept]} if reason else {}
        return replace(
            self,
            frame=self.frame[kept],
            points=np.asfortranarray(self.points[kept]),
            weights=None if self.weights is None else self.weights[kept],
            left_out={**self.left_out, **gone},
        )

    def seen(self, places: Sequence[int] | slice = slice(None)) -> pd.DataFrame:
        """Give coordinates as a frame to look at; an empty one where nobody watches."""
        if not self.watched:
            return pd.DataFrame()
        names = np.array(self.columns, dtype=object)[places].tolist()
        return pd.DataFrame(self.points[:, places], index=self.frame.index, columns=names)


class Step(Protocol):
    """A fitted step of preparation; a frozen dataclass that can be pickled."""

    def __call__(self, work: Work) -> tuple[Work, Stage]:
        """Take the step with the rows of any table."""


def shown(name: object) -> str:
    """Give the name of a column in quotes, cut to what a sentence bears."""
    text = " ".join(str(name).split())
    return f"'{text if len(text) <= NAME else text[: NAME - 3] + '...'}'"


def listed(names: Sequence[object], noun: str = "column") -> str:
    """Name columns, of many only the first.

    Examples
    --------
    >>> listed(["a"]), listed(["a", "b"]), listed(list("abcdefgh"))
    ("column 'a'", "2 columns ('a', 'b')", "8 columns (among them 'a', 'b', 'c')")
    """
    few = ", ".join(map(shown, names[:SAID]))
    if len(names) == 1:
        return f"{noun} {few}"
    if len(names) <= SAID:
        return f"{count(len(names), noun)} ({few})"
    return f"{count(len(names), noun)} (among them {few})"


def begun(text: str) -> str:
    """Begin a sentence with these words."""
    return f"{text[:1].upper()}{text[1:]}"
