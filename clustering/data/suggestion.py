"""Suggestion: choices with which clustering makes sense at first sight.

A first picture should be neither empty nor nonsense. So ids and known groups stay out,
and where units differ so much that one column alone would decide every distance, the
columns are put on one scale.
"""

import re

import numpy as np

from clustering.data.cells import LARGEST, matrix
from clustering.data.choices import Choices
from clustering.data.passport import Column, Passport, inspect
from clustering.data.tables import MOST_GROUPS, Table

__all__ = ["suggest"]

MANY, SAMPLE = 50_000, 20_000  # rows from which a sample is suggested, and its size
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
        the known groups. Scaling where one column spreads more than ten times as far
        as another; filling where dropping would cost more than half of the rows; a
        sample of 20,000 where there are more than 50,000 rows, so that the first
        answer takes seconds.
        ``columns=()`` where nothing is left.

    Examples
    --------
    >>> from clustering.data.samples import load
    >>> suggest(load("customers")).columns
    ('Age', 'Annual Income (k$)', 'Spending Score (1-100)')
    """
    usable = [
        column
        for column in (passport or inspect(table)).columns
        if column.kind == "number" and not (column.constant or column.id_like)
        # The lowest of no finite values is NaN, which is not <= anything.
        if max(abs(column.low), abs(column.high)) <= LARGEST
        if not is_truth(column, table.truth)
    ]
    if not usable:
        return Choices()
    names = tuple(column.name for column in usable)
    cells, _ = matrix(table, names)
    spreads = [column.std for column in usable if column.std > 0.0]
    unequal = bool(spreads) and max(spreads) / UNEQUAL > min(spreads)
    lost = np.isnan(cells).any(axis=1).mean()
    return Choices(
        columns=names,
        scaling="standard" if unequal else "none",
        missing="mean" if lost > 0.5 else "drop",
        sample=SAMPLE if len(table.frame) > MANY else 0,
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
