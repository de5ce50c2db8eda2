"""Columns: which of the chosen ones take part, and as what.

Measured numbers and times of day are numbers. Words, codes and yes or no are
categories, and dates are dates: both take part only where it is chosen how. A column
in which nothing differs tells no row from another and is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clustering.data.choices import Choices
from clustering.data.kinds import Form
from clustering.data.passport import Passport
from clustering.data.places import off_the_globe, places
from clustering.data.steps.cells import SMALLEST, cells_of
from clustering.data.steps.stages import Stage, Work, begun, listed, shown
from clustering.data.steps.vocabulary import words_of
from clustering.data.tables import Table
from clustering.dataset import Floats
from clustering.errors import DataError, PreparationError
from clustering.words import count

__all__ = ["Columns", "Role", "fitted", "role_of", "spot"]

Role = Literal["number", "category", "date"]
TITLE = "Columns"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that take part.

    Attributes
    ----------
    roles : mapping of str to Role
        The used columns in the order of the choices.
    place : (str, str) or None
        Names of latitude and longitude, where distances shall know the globe.
    said : tuple of str
        Why other chosen columns are not used.
    """

    roles: Mapping[str, Role]
    place: tuple[str, str] | None = None
    said: tuple[str, ...] = ()

    def of(self, role: Role) -> list[str]:
        """Names of the columns of one role, without the places on the globe."""
        globe = self.place or ()
        return [name for name, mine in self.roles.items() if mine == role and name not in globe]

    def begin(self, table: Table, *, watched: bool = False) -> tuple[Work, Stage]:
        """Take these columns of a table; infinite cells count as missing.

        Raises
        ------
        DataError
            Where the table lacks columns, or they hold something else.
        """
        check_present(table, tuple(self.roles))
        columns, infinite = {}, 0
        for name, role in self.roles.items():
            columns[name], wild = taken(table, name, role)
            infinite += wild
        frame = pd.DataFrame(columns, index=np.arange(len(table.frame)))
        said = list(self.said)
        if infinite:
            said.append(
                f"{count(infinite, 'infinite cell')} counted as missing; "
                "mend the file to bring back what they were."
            )
        work = Work(table, frame, np.empty((len(frame), 0)), watched=watched)
        return work, Stage("columns", TITLE, tuple(said))


def fitted(table: Table, choices: Choices, passport: Passport) -> Columns:
    """Find out which of the chosen columns can take part.

    Parameters
    ----------
    table : Table
        What the user brought.
    choices : Choices
        What was chosen.
    passport : Passport
        Of this table.

    Returns
    -------
    Columns
        At least one.

    Raises
    ------
    DataError
        Where a chosen column is not there.
    PreparationError
        Where none is left, or a number is too large.
    """
    check_present(table, choices.columns)
    place = spot(passport, choices)
    roles = {name: role_of(table.frame[name], table.form(name)) for name in choices.columns}
    said = []
    if place is not None and choices.places == "great-circle":
        others = [name for name in roles if name not in place]
        roles = {name: role for name, role in roles.items() if name in place}
        if others:
            said.append(
                f"Distances along the globe take nothing but places, so {listed(others)} "
                "left out; choose places on the sphere, or as columns, to undo this."
            )
    roles, out = without_unasked(roles, choices)
    said += out
    if not roles:
        raise PreparationError(" ".join(["No column of numbers is chosen.", *out]))
    cells = {name: taken(table, name, role)[0] for name, role in roles.items()}
    varying, flat = keep_varying(cells, drop=choices.missing == "drop")
    if place is not None and not set(place) <= set(varying):
        raise PreparationError(
            f"All rows lie at the same {'latitude' if place[0] not in varying else 'longitude'}; "
            "choose places as columns."
        )
    return Columns({name: roles[name] for name in varying}, place, (*said, *flat))


def role_of(cells: "pd.Series[Any]", form: Form) -> Role:
    """Say as what a column takes part."""
    if form.kind == "date" and cells.dtype.kind == "M":
        return "date"
    if form.kind == "time" and cells.dtype.kind == "m":
        return "number"
    if form.kind in ("number", "id", "time", "date") and not isinstance(
        cells.dtype, pd.StringDtype
    ):
        return "number"
    return "category"


def spot(passport: Passport, choices: Choices) -> tuple[str, str] | None:
    """Find latitude and longitude among the chosen columns, where they are asked for."""
    if choices.places == "columns":
        return None
    chosen = tuple(column for column in passport.columns if column.name in choices.columns)
    found = places(replace(passport, columns=chosen))
    if found is None:
        beyond = off_the_globe(replace(passport, columns=chosen))
        if beyond:
            raise PreparationError(beyond)
        raise PreparationError(
            "No latitude and longitude are among the chosen columns; name the columns so "
            "('latitude', 'longitude', in degrees), or choose places as columns."
        )
    return found


def taken(table: Table, name: str, role: Role) -> tuple["pd.Series[Any]", int]:
    """Take one column as what it is; say how many of its cells were infinite."""
    cells = table.frame[name]
    index = pd.RangeIndex(len(cells))
    if role == "number":
        values, infinite = cells_of(name, cells)
        return pd.Series(values, index=index), infinite
    if role == "category":
        return words_of(cells, table.form(name)).set_axis(index), 0
    if cells.isna().all():
        return pd.Series(pd.NaT, index=index, dtype="datetime64[us]"), 0
    if cells.dtype.kind != "M":
        raise DataError(f"Column {shown(name)} does not hold dates; leave it out.")
    dates = cells if getattr(cells.dt, "tz", None) is None else cells.dt.tz_convert(None)
    return dates.astype("datetime64[us]").set_axis(index), 0


def check_present(table: Table, names: tuple[str, ...]) -> None:
    """Say which of these columns a table lacks."""
    absent = [name for name in names if name not in table.frame.columns]
    if absent:
        raise DataError(
            f"'{table.name}' lacks {count(len(absent), 'column')} that were chosen: "
            f"{', '.join(map(shown, absent[:10]))}; choose others, or the file they are in."
        )


def without_unasked(
    roles: dict[str, Role], choices: Choices
) -> tuple[dict[str, Role], tuple[str, ...]]:
    """Leave out categories and dates for which nothing was chosen."""
    said = []
    for role, choice, noun, ways in (
        ("category", choices.categories, "of categories", "one-hot, ordinal or Gower"),
        ("date", choices.dates, "of dates", "elapsed days or parts"),
    ):
        mine = [name for name, each in roles.items() if each == role]
        if choice == "out" and mine:
            takes, it = ("takes", "it") if len(mine) == 1 else ("take", "them")
            said.append(f"{begun(listed(mine))} {noun} {takes} no part; choose {ways} to use {it}.")
            roles = {name: each for name, each in roles.items() if each != role}
    return roles, tuple(said)


def keep_varying(
    cells: Mapping[str, "pd.Series[Any]"], *, drop: bool
) -> tuple[list[str], tuple[str, ...]]:
    """Find the columns whose values differ, and say why the others are left out.

    Where rows with gaps are dropped, columns that no longer vary go until none does; a
    column that goes gives back the rows that were dropped for its sake alone.

    Raises
    ------
    PreparationError
        Where no row or no column is left.
    """
    names = list(cells)
    gone: dict[str, str] = {}
    gaps = {name: cells[name].isna().to_numpy() for name in names}
    whole = ~np.zeros(len(next(iter(gaps.values()))), dtype=bool)
    while True:
        flat = {}
        for name in names:
            why = flatness(cells[name] if whole.all() else cells[name][whole])
            if why:
                flat[name] = why
        gone |= flat
        names = [name for name in names if name not in flat]
        if not names:
            raise PreparationError(
                f"Nothing differs between the {int(whole.sum()):,} rows in "
                f"{count(len(flat), 'column')} "
                "(equal values, or none at all); choose columns whose values differ."
            )
        if not drop or (not flat and not whole.all()):
            return names, tuple(sentences(gone))
        holes = [gaps[name] for name in names]
        now: NDArray[np.bool_] = ~np.logical_or.reduce(holes)
        if not now.any():
            raise PreparationError(all_dropped(names, np.column_stack(holes)))
        if now.all() or (not flat and np.array_equal(now, whole)):
            return names, tuple(sentences(gone))
        whole = now


def flatness(cells: "pd.Series[Any]") -> str:
    """Say why a column tells no rows apart; nothing where it does."""
    if cells.dtype.kind == "f":
        values: Floats = cells.to_numpy()
        low, high = np.fmin.reduce(values), np.fmax.reduce(values)
        if np.isnan(low):
            return "every cell is missing"
        return "" if high - low >= SMALLEST else f"all its values are {low:.6g}"
    present = cells.dropna()
    if not len(present):
        return "every cell is missing"
    first = present.iloc[0]
    return f"all its values are {shown(first)}" if (present == first).all() else ""


def sentences(gone: Mapping[str, str]) -> list[str]:
    """Say which columns are left out, each by itself or many together."""
    if len(gone) <= 5:
        return [
            f"Column {shown(name)} was left out: {why}; choose other columns to undo this."
            for name, why in gone.items()
        ]
    return [
        f"{begun(listed(list(gone)))} were left out: their values are all equal, or missing; "
        "choose other columns to undo this."
    ]


def all_dropped(names: list[str], gaps: NDArray[np.bool_]) -> str:
    """Say that dropping leaves no row, and which column to blame."""
    worst = int(gaps.sum(axis=0).argmax())
    return (
        f"Every one of {len(gaps):,} rows misses a value; fill the cells instead, or leave "
        f"out column {shown(names[worst])}, where {int(gaps[:, worst].sum()):,} are missing."
    )
