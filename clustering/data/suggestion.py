"""Suggestion: choices with which clustering makes sense at first sight.

A first picture should be neither empty nor nonsense. So ids and known groups stay out,
and where units differ so much that one column alone would decide every distance, the
columns are put on one scale.
"""

import re

import numpy as np
import pandas as pd

from clustering.checks import LARGEST
from clustering.data.choices import Choices
from clustering.data.passport import Column, Passport, inspect
from clustering.data.steps.stages import SAID, shown
from clustering.data.tables import MOST_GROUPS, Table
from clustering.words import count

__all__ = ["suggest", "why_none"]

MANY, SAMPLE = 2_000_000, 20_000  # rows beyond which a sample is suggested, and its size
YEARS = ("year", "yr", "jahr", "année", "annee", "año", "anno", "ano", "年", "年份")
MOST_WORDS = 20  # different words up to which a column of categories is suggested
UNEQUAL = 10.0  # times the spread of one column over another from which scaling is suggested


def suggest(table: Table, *, passport: Passport | None = None) -> Choices:
    """Suggest choices with which clustering makes sense at first sight.

    Parameters
    ----------
    table : Table
        Any table.
    passport : Passport, optional
        Of this table, where it is at hand.

    Returns
    -------
    Choices
        Every column of numbers that measures something: not id-like, not constant, not
        the known groups, and not a column called "year" of nothing but years, which
        says when a row was taken as an id says which one it is. Categories of at most
        20 words, yes or no, and dates are among them, but stay out until it is chosen
        how they shall take part. Scaling where one column spreads more than ten times
        as far as another; filling where dropping would cost more than half of the rows;
        a sample of 20,000 where there are more than 2,000,000 rows, so that the first
        answer does not take minutes. ``columns=()`` where nothing is left.

    Examples
    --------
    >>> from clustering.data.samples import load
    >>> suggest(load("customers")).columns
    ('Gender', 'Age', 'Annual Income (k$)', 'Spending Score (1-100)')
    """
    usable = [column for column in (passport or inspect(table)).columns if not unfit(column, table)]
    if not usable:
        return Choices()
    measured = [column for column in usable if column.kind == "number"]
    spreads = [column.std for column in measured if column.std > 0.0]
    unequal = bool(spreads) and max(spreads) / UNEQUAL > min(spreads)
    taking_part = [column.name for column in usable if column.kind in ("number", "time")]
    return Choices(
        columns=tuple(column.name for column in usable),
        scaling="standard" if unequal else "none",
        missing="mean" if lost(table.frame, taking_part) > 0.5 else "drop",
        sample=SAMPLE if len(table.frame) > MANY else 0,
    )


def lost(frame: pd.DataFrame, names: list[str]) -> float:
    """Give the share of rows that miss a finite value in one of these columns."""
    holes = np.zeros(len(frame), dtype=bool)
    for name in names:
        holes |= frame[name].isna().to_numpy()
        if frame[name].dtype.kind == "f":
            holes |= np.isinf(frame[name].to_numpy())
    return float(holes.mean())


def unfit(column: Column, table: Table) -> str:
    """Say why a column is not suggested; nothing where it is."""
    if column.missing == len(table.frame):
        return "every cell is missing"
    if column.kind == "number" and np.isnan(column.low):
        return "no value is finite"
    if column.constant or column.low == column.high:
        return "all values are equal"
    if column.kind == "category" and column.distinct > MOST_WORDS:
        return f"{column.distinct:,} different words"
    if column.kind == "number" and max(abs(column.low), abs(column.high)) > LARGEST:
        return f"values beyond {LARGEST:g}"
    if column.id:
        return "it names rows"
    if column.kind in ("text", "code"):
        return "it holds codes" if column.kind == "code" else "it holds free text"
    if is_truth(column, table.truth):
        return "it holds the known groups"
    return "it says when" if is_year(column) else ""


def is_year(column: Column) -> bool:
    """Tell whether a column holds nothing but the year of each row."""
    named = column.kind == "number" and column.name.strip().casefold() in YEARS
    return named and 1800 <= column.low <= column.high <= 2100


def why_none(table: Table, passport: Passport) -> str:
    r"""Say why `suggest` finds no column.

    Parameters
    ----------
    table : Table
        A table for which ``suggest(table).columns`` is empty.
    passport : Passport
        Of this table.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> from clustering.data.tables import read
    >>> table = read(b"a\n7\n7\n", "mine.csv")
    >>> why_none(table, inspect(table))
    "No column of 'mine.csv' is fit to cluster by: 'a' (all values are equal); choose another file."
    """
    odd = next((column for column in passport.columns if column.odd), None)
    if odd is not None:
        cells = count(odd.odd, "cell")
        return (
            f"'{table.name}' has no column of numbers; column {shown(odd.name)} fails by {cells} "
            f"such as '{odd.odd_example}': say that it holds numbers, and they count as missing."
        )
    columns = passport.columns
    named = [f"{shown(column.name)} ({unfit(column, table)})" for column in columns[:SAID]]
    more = f" and {count(len(columns) - SAID, 'more column')}" if len(columns) > SAID else ""
    possible = any(unfit(column, table).startswith("it ") for column in columns)
    return (
        f"No column of '{table.name}' is fit to cluster by: {', '.join(named)}{more}; "
        f"choose {'one of them all the same, or ' if possible else ''}another file."
    )


def is_truth(column: Column, truth: str | None) -> bool:
    """Tell whether a column holds the known groups, or a second opinion on them.

    Collections of benchmarks put further labelings beside the first: "label_alt1",
    "label_2". Such a column is its name with a number, and has as few different values
    as groups may be; "label_size" measures something and stays.
    """
    if truth is None:
        return False
    numbered = re.fullmatch(rf"{re.escape(truth)}(_alt)?_?\d+", column.name) is not None
    return column.name == truth or (numbered and column.distinct <= MOST_GROUPS)
