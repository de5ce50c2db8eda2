"""Balance: groups of unequal size get an equal say.

Nine hundred sound machines and ten broken ones: what is typical of the ten vanishes in
every mean. With weights each group counts the same; drawn with replacement it does, too,
as when somebody had collected as many of each. Both are computed from the table at
hand, since it is its groups that shall count the same.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from sklearn.utils import resample

from clustering.data.choices import Balance
from clustering.data.steps.stages import Stage, Work, shown
from clustering.data.tables import MOST_GROUPS, Table
from clustering.dataset import Floats, Integers
from clustering.errors import DataError, PreparationError
from clustering.words import count

__all__ = ["Balanced", "fitted"]

TITLE = "Balance"
UNDO = "choose balance 'none' to undo this."


@dataclass(frozen=True, slots=True)
class Balanced:
    """How groups are balanced.

    Attributes
    ----------
    choice : {"none", "resample", "weight"}
        As in `Choices`.
    by : str
        The column of the groups.
    seed : int
        Of the draw.
    """

    choice: Balance
    by: str = ""
    seed: int = 0

    def __call__(self, work: Work) -> tuple[Work, Stage]:
        """Weigh the rows of each group, or draw equally many of each."""
        if self.choice == "none":
            return work, Stage("balance", TITLE)
        groups = groups_of(work.table, self.by, work.rows)
        weights = np.ones(len(groups)) if work.weights is None else work.weights
        sizes = np.bincount(groups, weights=weights)
        number = len(sizes)
        if number > MOST_GROUPS:
            raise PreparationError(
                f"Column {shown(self.by)} has {number:,} different values; balance by a column "
                f"with at most {MOST_GROUPS}."
            )
        if number == 1:
            said = f"All rows are of one group in column {shown(self.by)}, so none was balanced."
            return work, Stage("balance", TITLE, (said,))
        sized = f"which hold from {sizes.min():,.0f} to {sizes.max():,.0f} rows"
        if self.choice == "weight":
            weights = weights * (weights.sum() / (number * sizes))[groups]
            said = (
                f"Rows weighted so that the {number:,} groups of column {shown(self.by)}, {sized}, "
                f"count the same; {UNDO}"
            )
            return replace(work, weights=weights), Stage("balance", TITLE, (said,))
        drawn = drawn_evenly(groups, weights, number, self.seed)
        kept = drawn > 0
        work = replace(work, weights=drawn).keep(kept, "not drawn when balancing")
        said = (
            f"{count(int(drawn.sum() / number), 'row')} drawn with replacement of each of the "
            f"{number:,} groups of column {shown(self.by)}, {sized}; a row drawn twice counts "
            f"twice, and {int((~kept).sum()):,} were not drawn; {UNDO}"
        )
        return work, Stage("balance", TITLE, (said,), dropped=int((~kept).sum()))


def fitted(table: Table, choice: Balance, by: str, seed: int) -> Balanced:
    """Find the groups to balance.

    Parameters
    ----------
    table : Table
        Knows its known groups.
    choice : Balance
        How.
    by : str
        A column; the known groups where it is empty.
    seed : int
        Of the draw.

    Returns
    -------
    Balanced

    Raises
    ------
    PreparationError
        Where there is no such column.
    """
    if choice == "none":
        return Balanced(choice)
    if not by and table.truth is None:
        raise PreparationError(
            "Balancing needs groups, and this table has no column of known groups; choose the "
            "column to balance by."
        )
    return Balanced(choice, by or str(table.truth), seed)


def groups_of(table: Table, by: str, rows: Integers) -> "np.ndarray[Any, np.dtype[np.intp]]":
    """Give the number of the group of each row; missing cells are the last group."""
    if by not in table.frame.columns:
        raise DataError(
            f"'{table.name}' lacks column {shown(by)}, by which to balance; choose another one."
        )
    return pd.factorize(table.frame[by].iloc[rows], sort=True, use_na_sentinel=False)[0]


def drawn_evenly(groups: Integers, weights: Floats, number: int, seed: int) -> Floats:
    """Count how often each row is drawn: from each group the same number of rows.

    Notes
    -----
    ``sklearn.utils.resample(rows of the group, n_samples=n // number, random_state=seed)``.
    """
    places = np.repeat(np.arange(len(groups)), weights.astype(np.int64))
    size = max(len(places) // number, 1)
    drawn = [
        resample(places[groups[places] == group], n_samples=size, random_state=seed)
        for group in range(number)
    ]
    return np.bincount(np.concatenate(drawn), minlength=len(groups)).astype(np.float64)
