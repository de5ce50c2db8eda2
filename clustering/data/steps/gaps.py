"""Gaps: rows with a missing cell are left out, or the cell is filled.

Leaving rows out is honest where few are lost, and where whether a cell is missing has
nothing to do with what it would say. A filled cell is a guess: a mean pulls its row to
the middle of the data, the mean of the five nearest rows to its own kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.preprocessing import StandardScaler

from clustering.data.choices import Missing
from clustering.data.steps.columns import Columns, all_dropped
from clustering.data.steps.stages import Stage, Work, listed, shown
from clustering.data.steps.vocabulary import vocabulary
from clustering.dataset import Floats
from clustering.errors import PreparationError
from clustering.words import amount, count

__all__ = ["NEIGHBOURS", "Gaps", "Neighbours", "fitted"]

TITLE = "Missing cells"
NEIGHBOURS = 5
LONGEST = 30.0  # seconds that finding neighbours may take
PAIRS = 8e7  # pairs of cells that are compared in a second, two cores
STRATEGIES = {"mean": "mean", "median": "median", "frequent": "most_frequent"}
CALLED = {"mean": "the mean", "median": "the median", "frequent": "the most frequent value"}
UNDO = "choose to drop rows, or another filling, to undo this."


@dataclass(frozen=True, eq=False, slots=True)
class Neighbours:
    """The mean of the five nearest rows of the fitted table, by standardised numbers.

    Attributes
    ----------
    scaler : fitted StandardScaler
        Puts the columns of numbers on one scale.
    imputer : fitted KNNImputer
        Holds the fitted rows.
    rows : int
        How many these are.
    """

    scaler: StandardScaler
    imputer: KNNImputer
    rows: int

    def __call__(self, cells: Floats) -> Floats:
        """Fill cells of shape (n, d), NaN where missing; the others stay as they are."""
        check_time(cells, self.rows)
        filled = self.scaler.inverse_transform(self.imputer.transform(self.scaler.transform(cells)))
        return np.where(np.isnan(cells), filled, cells)


@dataclass(frozen=True, eq=False, slots=True)
class Gaps:
    """What becomes of missing cells.

    Attributes
    ----------
    choice : {"drop", "mean", "median", "frequent", "neighbours"}
        As in `Choices`.
    numbers : tuple of str
        Columns of numbers.
    fills : mapping of str to value
        What stands in a missing cell of each column; for neighbours not of numbers.
    neighbours : Neighbours or None
        Fills numbers where they are chosen.
    """

    choice: Missing
    numbers: tuple[str, ...] = ()
    fills: Mapping[str, Any] | None = None
    neighbours: Neighbours | None = None

    def __call__(self, work: Work) -> tuple[Work, Stage]:
        """Leave rows out, or fill cells."""
        gaps = {name: work.frame[name].isna().to_numpy() for name in work.frame.columns}
        gaps = {name: gap for name, gap in gaps.items() if gap.any()}
        if not gaps:
            return work, Stage("missing", TITLE)
        if self.choice == "drop":
            return self.without(work, gaps)
        return self.filled(work, gaps)

    def without(self, work: Work, gaps: Mapping[str, Any]) -> tuple[Work, Stage]:
        """Leave out every row with a gap."""
        whole = ~np.logical_or.reduce(list(gaps.values()))
        if not whole.any():
            raise PreparationError(all_dropped(list(gaps), np.column_stack(list(gaps.values()))))
        dropped = int((~whole).sum())
        said = (
            f"{dropped:,} of {count(len(whole), 'row')} left out for a missing value in "
            f"{listed(list(gaps))}; choose to fill missing cells instead."
        )
        return work.keep(whole, "missing value"), Stage("missing", TITLE, (said,), dropped=dropped)

    def filled(self, work: Work, gaps: Mapping[str, Any]) -> tuple[Work, Stage]:
        """Fill every gap; columns without one stay the very same."""
        fills = self.fills or {}
        frame = work.frame.copy(deep=False)
        if self.neighbours is not None and not gaps.keys().isdisjoint(self.numbers):
            cells = np.asfortranarray(work.frame[list(self.numbers)])
            cells = self.neighbours(cells)
            for place, name in enumerate(self.numbers):
                if name in gaps:
                    frame[name] = cells[:, place]
        for name in gaps:
            if name in fills:
                frame[name] = work.frame[name].fillna(fills[name])
        measured = [name for name in gaps if name in self.numbers] if work.watched else []
        filled = sum(int(gap.sum()) for gap in gaps.values())
        stage = Stage(
            "missing",
            TITLE,
            tuple(self.sentences(gaps)),
            filled=filled,
            before=work.frame[measured],
            after=frame[measured],
        )
        return replace(work, frame=frame), stage

    def sentences(self, gaps: Mapping[str, Any]) -> list[str]:
        """Say what stands in the gaps: one sentence for a few columns, else for all together."""
        fills = self.fills or {}
        known = [name for name in gaps if name in fills]
        near = [name for name in gaps if name not in fills]
        said = []
        if near:
            cells = count(sum(int(gaps[name].sum()) for name in near), "missing cell")
            said.append(
                f"{cells} in {listed(near)} filled with the mean of the {NEIGHBOURS} nearest rows; "
                + UNDO
            )
        if len(known) <= 5:
            return said + [
                f"{count(int(gaps[name].sum()), 'missing cell')} of column {shown(name)} filled "
                f"with {self.called(name)}, {told(fills[name])}; {UNDO}"
                for name in known
            ]
        cells = count(sum(int(gaps[name].sum()) for name in known), "missing cell")
        measured = [name for name in known if self.called(name) == CALLED.get(self.choice)]
        what = CALLED.get(self.choice, "")
        if len(measured) < len(known):
            what += (" or " if what and measured else "") if measured else ""
            what = (what if measured else "") + "the most frequent word (of categories)"
        return [*said, f"{cells} in {listed(known)} filled with {what} of the column; {UNDO}"]

    def called(self, name: str) -> str:
        """Say what the fill of a column is."""
        fill = (self.fills or {})[name]
        if isinstance(fill, str):
            return "the most frequent word"
        return CALLED.get(self.choice, CALLED["median"])


def fitted(work: Work, columns: Columns, choice: Missing) -> Gaps:
    """Compute from these rows what fills a gap.

    Parameters
    ----------
    work : Work
        Rows before the gaps are filled.
    columns : Columns
        Their roles.
    choice : Missing
        How to fill.

    Returns
    -------
    Gaps
        For categories the most frequent word, the first in order of several; for dates
        that are filled by neighbours their median.

    Raises
    ------
    PreparationError
        Where finding neighbours would take too long.
    """
    if choice == "drop":
        return Gaps("drop")
    numbers = [name for name, role in columns.roles.items() if role == "number"]
    cells = np.asfortranarray(work.frame[numbers], dtype=np.float64)
    fills: dict[str, Any] = {}
    neighbours = None
    if numbers and choice == "neighbours":
        if np.isnan(cells).any():
            check_time(cells, len(cells))
        scaler = StandardScaler().fit(cells)
        with np.errstate(all="ignore"):
            imputer = KNNImputer(n_neighbors=NEIGHBOURS).fit(scaler.transform(cells))
        neighbours = Neighbours(scaler, imputer, len(cells))
    elif numbers:
        with np.errstate(all="ignore"):
            imputed = SimpleImputer(strategy=STRATEGIES[choice]).fit(cells)
        fills = dict(zip(numbers, imputed.statistics_.tolist(), strict=True))
    for name, role in columns.roles.items():
        if role == "category":
            fills[name] = most_frequent(work, name)
        elif role == "date":
            fills[name] = middle(work.frame[name], choice)
    return Gaps(choice, tuple(numbers), fills, neighbours)


def most_frequent(work: Work, name: str) -> str:
    """Give the word that stands most often in a column, the first in order of several."""
    counts = work.frame[name].value_counts()
    known = vocabulary(work.frame[name], work.table.frame[name], work.table.form(name))
    return max(known, key=lambda word: int(counts[word]))


def middle(dates: "pd.Series[Any]", choice: Missing) -> pd.Timestamp:
    """Give the date that fills gaps: a day where all dates are days, for else it had an hour."""
    if choice == "frequent":
        return pd.Timestamp(dates.mode().iloc[0])
    found = pd.Timestamp(dates.mean() if choice == "mean" else dates.median())
    present = dates.dropna()
    return found.floor("D") if (present == present.dt.normalize()).all() else found


def told(fill: object) -> str:
    """Write what fills a gap."""
    if isinstance(fill, pd.Timestamp):
        return str(fill.floor("s")).removesuffix(" 00:00:00")
    return amount(fill, digits=6) if isinstance(fill, float) else shown(fill)


def check_time(cells: Floats, known: int) -> None:
    """Refuse to look for neighbours where that takes too long."""
    open_rows = int(np.isnan(cells).any(axis=1).sum())
    seconds = open_rows * known * (cells.shape[1] + 8.0) / PAIRS
    if seconds > LONGEST:
        raise PreparationError(
            f"Finding the nearest of {known:,} rows for {open_rows:,} rows with gaps would take "
            f"about {seconds / 60:,.0f} minutes; fill with the median, or take a smaller file."
        )
