"""Looking: the ways in which the columns of a file can be read, and how the file writes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from clustering.data.kinds.dateforms import Dated, dated, formats_of
from clustering.data.kinds.levels import SOME, Levels, levels_of
from clustering.data.kinds.numerals import Numeral, numerals
from clustering.data.reading import Kind
from clustering.dataset import Floats

__all__ = ["PAIRS", "Looked", "Manner", "look", "manner_of", "order_of"]

PAIRS = (
    ("false", "true"), ("no", "yes"), ("nein", "ja"), ("non", "oui"), ("no", "si"), ("no", "sí"),
    ("não", "sim"), ("nee", "ja"), ("nej", "ja"), ("нет", "да"), ("nie", "tak"), ("ne", "ano"),
    ("否", "是"), ("いいえ", "はい"), ("아니요", "예"), ("n", "y"), ("n", "j"), ("f", "t"),
    ("off", "on"), ("falsch", "wahr"), ("faux", "vrai"), ("falso", "verdadero"), ("无", "有"),
)  # fmt: skip


@dataclass(frozen=True, eq=False, slots=True)
class Manner:
    """How the file writes, as far as its columns show.

    Attributes
    ----------
    decimal, thousands : str
        Signs in numbers.
    decided : bool
        True where a column, or the user, leaves no doubt about the decimal sign.
    order : {"", "day", "month"}
        What comes first in dates; empty where no column shows it.
    """

    decimal: str
    thousands: str
    decided: bool
    order: str


@dataclass(frozen=True, eq=False, slots=True)
class Looked:
    """A column of text and the ways in which it can be read.

    Attributes
    ----------
    name : str
        Of the column.
    cells : Series of n str
        As they stand in the file.
    kind : Kind or None
        Where it is told.
    levels : Levels
        The different texts.
    pair : tuple of str
        Words for no and yes, where there is nothing else.
    numbers : tuple of Numeral
        Ways to read numbers.
    dates : tuple of Dated
        Ways to read dates.
    """

    name: str
    cells: "pd.Series[Any]"
    kind: Kind | None
    levels: Levels
    pair: tuple[str, ...] = ()
    numbers: tuple[Numeral, ...] = ()
    dates: tuple[Dated, ...] = ()


def look(name: str, cells: "pd.Series[Any]", kind: Kind | None) -> Looked:
    """Find the ways in which one column of text can be read."""
    levels = levels_of(cells)
    if not len(levels.counts):
        return Looked(name, cells, kind, levels)
    pair = pair_of(levels) if kind in (None, "boolean") else ()
    if pair or kind in ("text", "category", "id", "time", "boolean"):
        return Looked(name, cells, kind, levels, pair=pair)
    numbers: tuple[Numeral, ...] = ()
    dates: tuple[Dated, ...] = ()
    if kind in (None, "number", "code"):
        told = kind is not None
        plain = levels.in_ascii()
        numbers = numerals(plain, told=told)
        levels = plain if numbers else levels
    if kind == "date" or (kind is None and not numbers and levels.may_be(formats_of)):
        dates = dated(levels, told=kind == "date")
    return Looked(name, cells, kind, levels, numbers=numbers, dates=dates)


def pair_of(levels: Levels) -> tuple[str, ...]:
    """Give the words for no and yes where both stand in a column and nothing else."""
    if not 2 <= len(levels.counts) <= 8:  # each word in several cases of letters
        return ()
    found = {text.casefold() for text in levels.some}
    return next((pair for pair in PAIRS if found == set(pair)), ())


def has_fraction(values: Floats) -> bool:
    """Tell whether some number is not whole."""
    return bool((np.isfinite(values) & (values != np.floor(values))).any())


def manner_of(
    looked: "Iterable[Looked | pd.Series[Any]]",
    decimal: str | None,
    thousands: str | None,
    dayfirst: bool | None = None,
) -> Manner:
    """Find out how a file writes from the columns that can be read in one way only.

    Signs that are told decide wherever a column leaves a choice; they do not undo a
    column that can only be read otherwise, so that a file read once with what was found
    out, told as a whole, is read the same again. Numbers that come as such were written
    with a point where they have a fraction.
    """
    points: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    orders: Counter[str] = Counter()
    dotted = False
    for seen in looked:
        if isinstance(seen, Looked):
            if len(seen.numbers) == 1 and seen.numbers[0].signs:
                points[seen.numbers[0].decimal] += 1
            if len(seen.numbers) == 1 and seen.numbers[0].thousands:
                groups[seen.numbers[0].thousands] += 1
            if len(seen.dates) == 1 and seen.dates[0].order:
                orders[seen.dates[0].order] += 1
            if len(seen.dates) > 1:  # dates with points begin with the day wherever they are used
                dotted = dotted or all("/" not in f and "-" not in f for f in seen.dates[0].formats)
        elif seen.dtype == np.float64 and not points["."]:
            values = seen.to_numpy()
            points["."] += has_fraction(values[:SOME]) or has_fraction(values)
    first = points.most_common(1)[0][0] if points else "."
    if not decimal and thousands and thousands in ".,":
        decimal = "," if thousands == "." else "."
    sign = decimal or first
    order = orders.most_common(1)[0][0] if orders else ""
    if dayfirst is not None:
        order = "day" if dayfirst else "month"
    group = next((mark for mark, _ in groups.most_common() if mark != sign), "")
    return Manner(
        decimal=sign,
        thousands=group if thousands is None else thousands,
        decided=bool(decimal or points),
        order=order or ("day" if sign == "," or dotted else ""),
    )


def order_of(looked: "Iterable[Looked | pd.Series[Any]]", manner: Manner) -> bool | None:
    """Say whether the day comes first in dates that can be read in both ways; None without them."""
    either = any(isinstance(seen, Looked) and len(seen.dates) > 1 for seen in looked)
    return manner.order == "day" if either else None
