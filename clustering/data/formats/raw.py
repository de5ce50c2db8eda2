"""Raw: what a reader of one format gives, before anybody asks what the cells mean."""

from dataclasses import dataclass

import pandas as pd

from clustering.data.reading import Reading

__all__ = ["Raw"]


@dataclass(frozen=True, eq=False, slots=True)
class Raw:
    """The cells of a table, and how they were found.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a row of the file, in its order, labels unique strings. A column is of
        dtype str (missing cells NaN) where the file holds text, and of a type with
        values (int64, float64, bool, datetime64, timedelta64) where the file has one.
    reading : Reading
        How it was read; signs in numbers are not yet found.
    parts : tuple of str
        The sheets of the workbook, the arrays of the NPZ file, that can be chosen.
    notes : tuple of str
        What must be said about this table, a sentence each.
    """

    frame: pd.DataFrame
    reading: Reading
    parts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
