"""Cells: columns of a table as one array of numbers, or the sentence why not.

Distances square their coordinates and add them up, so what may take part is decided
here, once: numbers, finite, not so large that a square overflows, in columns whose
values differ by more than what vanishes in a square.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clustering.data.passport import numbers
from clustering.data.tables import Table
from clustering.dataset import Floats, Integers
from clustering.errors import DataError, PreparationError
from clustering.words import count

__all__ = ["LARGEST", "SMALLEST", "all_dropped", "keep_varying", "matrix", "without_incomplete"]

LARGEST = 1e100
"""Largest coordinate, of a cell and of a prepared point alike.

A square is at most 1e200, so that sums over any number of rows and columns, and the
products of such sums with weights, stay below 1e308, where numbers end.
"""

SMALLEST = 1e-100
"""Smallest spread of a column: a smaller one vanishes when it is squared."""


def matrix(table: Table, columns: tuple[str, ...]) -> tuple[Floats, int]:
    """Give columns of a table as one array of numbers.

    Parameters
    ----------
    table : Table
        Any table.
    columns : tuple of d str
        Labels of columns of numbers.

    Returns
    -------
    cells : ndarray of shape (n, d)
        The numbers; NaN where a cell is missing or infinite.
    infinite : int
        How many cells were infinite.

    Raises
    ------
    DataError
        Where a column is not there or holds no numbers.
    PreparationError
        Where a number is larger than `LARGEST`.
    """
    present = set(table.frame.columns)
    absent = [f"'{name}'" for name in columns if name not in present]
    if absent:
        raise DataError(
            f"'{table.name}' lacks {count(len(absent), 'column')} that were chosen: "
            f"{', '.join(absent[:10])}; choose others, or the file they are in."
        )
    cells = np.empty((len(table.frame), len(columns)))
    for place, name in enumerate(columns):
        values = numbers(table.frame[name])
        if values is None:
            raise DataError(f"Column '{name}' does not hold numbers; leave it out.")
        cells[:, place] = values
    infinite = np.isinf(cells)
    if infinite.any():
        cells[infinite] = np.nan
    for place, name in enumerate(columns):
        largest = np.fmax.reduce(np.abs(cells[:, place]), initial=0.0)
        if largest > LARGEST:
            raise PreparationError(
                f"Column '{name}' holds values up to {largest:.3g}; beyond {LARGEST:g} distances "
                "cannot be computed, so leave it out or divide it by a constant."
            )
    return cells, int(infinite.sum())


def keep_varying(
    cells: Floats, places: Integers, names: tuple[str, ...]
) -> tuple[Integers, tuple[str, ...]]:
    """Find the columns whose values differ.

    Parameters
    ----------
    cells : ndarray of shape (n, d)
        Numbers, NaN where missing.
    places : ndarray of int
        The columns to look at.
    names : tuple of d str
        What the columns are called.

    Returns
    -------
    places : ndarray of int
        Those whose values differ; at least one.
    sentences : tuple of str
        Why each of the others is left out.

    Raises
    ------
    PreparationError
        Where no column is kept.
    """
    kept, sentences = [], []
    for place in places:
        low = np.fmin.reduce(cells[:, place])
        high = np.fmax.reduce(cells[:, place])
        if high - low >= SMALLEST:
            kept.append(place)
            continue
        why = "every cell is missing" if np.isnan(low) else f"all its values are {low:.6g}"
        sentences.append(
            f"Column '{names[place]}' was left out: {why}; choose other columns to undo this."
        )
    if not kept:
        raise PreparationError(
            f"Nothing differs between the {len(cells):,} rows in {count(len(places), 'column')} "
            "(equal values, or none at all); choose columns whose values differ."
        )
    return np.array(kept), tuple(sentences)


def all_dropped(names: Sequence[str], gaps: NDArray[np.bool_]) -> str:
    """Say that dropping leaves no row, and which column to blame."""
    worst = int(gaps.sum(axis=0).argmax())
    return (
        f"Every one of {len(gaps):,} rows misses a value; fill with mean or median, or leave "
        f"out column '{names[worst]}', where {int(gaps[:, worst].sum()):,} are missing."
    )


def without_incomplete(
    cells: Floats, places: Integers, names: tuple[str, ...]
) -> tuple[Floats, Integers, tuple[str, ...]]:
    """Drop rows with gaps, and columns that no longer vary, until neither is left.

    A column that goes gives back the rows that were dropped for its sake alone.

    Parameters
    ----------
    cells : ndarray of shape (n, d)
        Numbers, NaN where missing.
    places : ndarray of int
        The columns to look at.
    names : tuple of d str
        What the columns are called.

    Returns
    -------
    cells : ndarray of shape (m, d)
        The rows without gaps at the kept places.
    places : ndarray of int
        The kept columns.
    sentences : tuple of str
        Why each of the others is left out.

    Raises
    ------
    PreparationError
        Where no row or no column is left.
    """
    sentences: tuple[str, ...] = ()
    while True:
        gaps = np.isnan(cells[:, places])
        kept = ~gaps.any(axis=1)
        if not kept.any():
            raise PreparationError(all_dropped([names[place] for place in places], gaps))
        varying, flat = keep_varying(cells[kept], places, names)
        sentences += flat
        if not flat:
            return cells[kept], places, sentences
        places = varying
