"""Moments: dates as numbers.

Time runs on, and time comes round. Days since the earliest date put what happened
together side by side; the month, the weekday and the hour put every Christmas and every
Monday side by side, whatever the year.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from clustering.data.choices import Dates
from clustering.data.steps.categories import inserted
from clustering.data.steps.columns import Columns
from clustering.data.steps.stages import Stage, Work, begun, listed, shown
from clustering.dataset import Floats
from clustering.errors import PreparationError
from clustering.words import count

__all__ = ["PARTS", "Moments", "fitted"]

PARTS = ("year", "month", "weekday", "hour")
PANDAS = {"weekday": "day_of_week"}
TITLE = "Dates"
DAY = np.timedelta64(1, "D")


@dataclass(frozen=True, slots=True)
class Moments:
    """How dates become coordinates.

    Attributes
    ----------
    choice : {"out", "elapsed", "parts"}
        As in `Choices`.
    parts : tuple of (str, str)
        Columns and which part of each is used: ``"year"``, ``"month"`` (1 to 12),
        ``"weekday"`` (Monday is 0), ``"hour"``, or ``"days"``.
    earliest : tuple of (str, Timestamp)
        The earliest date of each column in the fitted table, from which days count.
    flat : tuple of str
        Columns in which no part differs.
    """

    choice: Dates
    parts: tuple[tuple[str, str], ...] = ()
    earliest: tuple[tuple[str, pd.Timestamp], ...] = ()
    flat: tuple[str, ...] = ()

    def __call__(self, work: Work) -> tuple[Work, Stage]:
        """Put the parts of dates behind the numbers."""
        said = [
            f"Column {shown(name)} was left out: its dates differ in no "
            "year, month, weekday or hour; choose elapsed days to use it."
            for name in self.flat
        ]
        if not self.parts:
            return work, Stage("dates", TITLE, tuple(said))
        earliest = dict(self.earliest)
        blocks = [part_of(work.frame[name], part, earliest[name]) for name, part in self.parts]
        at, size = work.numbers, len(blocks)
        work = inserted(
            work,
            blocks,
            [f"{name} ({part})" for name, part in self.parts],
            at=at,
            scalable=size,
        )
        names = list(dict.fromkeys(name for name, _ in self.parts))
        what = f"turned into {count(size, 'number')}"
        if self.choice == "elapsed":
            first = min(date for name, date in self.earliest if name in names)
            what += f", the days since the earliest date ({first:%Y-%m-%d}"
            what += ")" if len(names) == 1 else ", of each column its own)"
        else:
            what += f" ({', '.join(part for part in PARTS if part in dict(flipped(self.parts)))})"
        said.append(
            f"{begun(listed(names))} of dates {what}; choose to leave dates out to undo this."
        )
        return work, Stage("dates", TITLE, tuple(said), after=work.seen(slice(at, at + size)))


def fitted(work: Work, columns: Columns, choice: Dates) -> Moments:
    """Find the earliest date of each column, or which of its parts differ.

    Parameters
    ----------
    work : Work
        Rows without gaps.
    columns : Columns
        Their roles.
    choice : Dates
        What becomes of dates.

    Returns
    -------
    Moments

    Raises
    ------
    PreparationError
        Where only dates are used, and no part of them differs.
    """
    names = columns.of("date")
    earliest = tuple((name, work.frame[name].min()) for name in names)
    if choice == "elapsed":
        return Moments(choice, tuple((name, "days") for name in names), earliest)
    parts = [
        (name, part)
        for name in names
        for part in PARTS
        if np.ptp(part_of(work.frame[name], part, earliest[0][1])) > 0
    ]
    flat = tuple(name for name in names if name not in dict(parts))
    if flat and not parts and not work.points.shape[1] and not columns.place:
        raise PreparationError(
            f"The dates in {listed(names)} differ in no year, month, weekday or hour; choose "
            "elapsed days."
        )
    return Moments(choice, tuple(parts), earliest, flat)


def part_of(dates: "pd.Series[Any]", part: str, earliest: pd.Timestamp) -> Floats:
    """Give one part of each date as a number, shape (n,)."""
    if part == "days":
        return np.asarray((dates - earliest) / DAY, dtype=np.float64)
    return np.asarray(getattr(dates.dt, PANDAS.get(part, part)), dtype=np.float64)


def flipped(parts: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Put the parts first."""
    return [(part, name) for name, part in parts]
