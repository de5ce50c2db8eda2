"""Duplicates: rows that say the same in every used column.

Often the same thing was written down twice, and counts twice for no reason; often two
customers are just alike, and both count. Only their owner knows.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from clustering.data.choices import Duplicates
from clustering.data.steps.stages import Stage, Work
from clustering.words import count

__all__ = ["Repeats"]


@dataclass(frozen=True, slots=True)
class Repeats:
    """What becomes of rows that repeat an earlier one; missing cells equal each other.

    Attributes
    ----------
    choice : {"keep", "drop", "weight"}
        As in `Choices`.
    """

    choice: Duplicates

    def __call__(self, work: Work) -> tuple[Work, Stage]:
        """Leave repeated rows out, or count them."""
        if self.choice == "keep":
            return work, Stage("duplicates", "Repeated rows")
        repeated = work.frame.duplicated().to_numpy()
        number = int(repeated.sum())
        if not number:
            return work, Stage("duplicates", "Repeated rows", ("No row repeats another one.",))
        what = "left out"
        if self.choice == "weight":
            what = "left out, and the first of each counts as many times"
            work = replace(work, weights=copies(work.frame))
        said = (
            f"{count(number, 'row')} that {'repeats' if number == 1 else 'repeat'} an earlier one "
            f"in the used columns {'was' if number == 1 else 'were'} {what}; choose to keep "
            "repeated rows to undo this."
        )
        return work.keep(~repeated, "duplicate"), Stage(
            "duplicates", "Repeated rows", (said,), dropped=number
        )


def copies(frame: pd.DataFrame) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Count how many rows are equal to each row, shape (n,)."""
    group = frame.groupby(list(frame.columns), dropna=False, sort=False).ngroup().to_numpy()
    return np.bincount(group).astype(np.float64)[group]
