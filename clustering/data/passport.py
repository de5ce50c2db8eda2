"""Passport: what the file holds, column by column.

Before anything is clustered, four questions decide whether a column can take part:
what its cells are, how many are missing, whether they differ at all, and whether they
measure something or only name the row. A customer number is a number, but the
distance between customers 17 and 18 means nothing; such columns are *ids* and serve to
name points instead.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from clustering.data.kinds.forms import Form
from clustering.data.reading import Kind
from clustering.data.tables import Table
from clustering.dataset import Floats
from clustering.words import count

__all__ = ["Column", "Kind", "Passport", "inspect", "numbers"]

SHOWN = 1000  # cells among which examples are looked for


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes
    ----------
    name : str
        Its label.
    kind : Kind
        What its cells are.
    missing, infinite, distinct : int
        Missing cells, infinite cells, different values (missing not counted).
    constant : bool
        True where all present values are equal, or none is present.
    low, high, mean, std : float
        Of the finite values of a number column, NaN otherwise; `std` divides by n.
    examples : tuple of str
        Up to three different values in the order of the file.
    form : Form
        How its cells are written, and what may be otherwise.
    share_missing : float
        Of all cells of the column, from 0 to 1.
    """

    name: str
    kind: Kind
    missing: int
    infinite: int
    distinct: int
    constant: bool
    low: float
    high: float
    mean: float
    std: float
    examples: tuple[str, ...]
    form: Form
    share_missing: float = 0.0

    @property
    def id(self) -> bool:
        """True where it names rows rather than measures them."""
        return self.kind == "id"

    @property
    def odd(self) -> int:
        """Cells that keep a text column from being numbers or dates, or that are lost."""
        return self.form.odd

    @property
    def odd_example(self) -> str:
        """The first of them, cut to 20 characters."""
        return self.form.odd_example


@dataclass(frozen=True, slots=True)
class Passport:
    """What a table holds, before anything is changed.

    Attributes
    ----------
    name : str
        Name of the file or sample.
    rows : int
        Rows in the file.
    columns : tuple of Column
        Its columns in their order.
    duplicates : int
        Rows that repeat an earlier row.
    missing : int
        Missing cells in all.
    """

    name: str
    rows: int
    columns: tuple[Column, ...]
    duplicates: int
    missing: int

    @property
    def line(self) -> str:
        """One line: "200 rows, 5 columns, nothing missing"."""
        infinite = sum(column.infinite for column in self.columns)
        parts = [count(self.rows, "row"), count(len(self.columns), "column")]
        parts.append(count(self.missing, "missing cell") if self.missing else "nothing missing")
        if infinite:
            parts.append(count(infinite, "infinite cell"))
        if self.duplicates:
            parts.append(count(self.duplicates, "repeated row"))
        return ", ".join(parts)


def numbers(series: "pd.Series[Any]") -> Floats | None:
    """Give the cells as float64, missing as NaN; None where they are no numbers.

    Parameters
    ----------
    series : pandas.Series of n cells
        Any column.

    Returns
    -------
    ndarray of shape (n,), or None
        True and False count as 1 and 0; whole numbers too long for 64 bits are rounded.
    """
    kind = series.dtype.kind
    if kind == "O":
        # Whole numbers beyond 64 bits, or numbers and gaps mixed in a workbook.
        found = pd.api.types.infer_dtype(series, skipna=True)
        if found not in ("integer", "floating", "mixed-integer-float", "boolean"):
            return None
        try:
            return np.asarray(series.astype(np.float64), dtype=np.float64)
        except (OverflowError, ValueError, TypeError):
            return None
    if kind not in "iufb":
        return None
    return np.asarray(series.to_numpy(np.float64, na_value=np.nan), dtype=np.float64)


def inspect(table: Table) -> Passport:
    r"""Describe a table before any preparation.

    Parameters
    ----------
    table : Table
        Any table.

    Returns
    -------
    Passport
        Of its cells as they were read.

    Notes
    -----
    O(cells): each column is hashed once to count different values, each row once to
    find repetitions.

    Examples
    --------
    >>> from clustering.data.tables import read
    >>> passport = inspect(read(b"id,size,city\n7,1.5,Rome\n8,,Oslo\n", "mine.csv"))
    >>> passport.line
    '2 rows, 3 columns, 1 missing cell'
    >>> [column.kind for column in passport.columns]
    ['id', 'number', 'id']
    """
    frame = table.frame
    columns = tuple(
        describe(str(name), frame[name], form)
        for name, form in zip(frame.columns, table.forms, strict=True)
    )
    told_apart = any(column.distinct == len(frame) for column in columns)
    return Passport(
        name=table.name,
        rows=len(frame),
        columns=columns,
        duplicates=0 if told_apart else int(frame.duplicated().sum()),
        missing=sum(column.missing for column in columns),
    )


def describe(name: str, series: "pd.Series[Any]", form: Form) -> Column:
    """Describe one column."""
    values = numbers(series)
    present: Any
    if values is not None and series.dtype in (np.float64, np.int64):
        cells = series.to_numpy()
        present = cells[~np.isnan(values)] if series.dtype == np.float64 else cells
        distinct = len(pd.unique(present))
        examples = pd.unique(present[:SHOWN])[:3]
    else:
        present = series.dropna()
        distinct = int(present.nunique())
        examples = present.head(SHOWN).unique()[:3]
    infinite, low, high, mean, std = 0, np.nan, np.nan, np.nan, np.nan
    if values is not None:
        infinite = int(np.isinf(values).sum())
        finite = values[np.isfinite(values)]
        if form.kind in ("number", "code", "id") and len(finite):
            low, high, mean, std = moments(finite)
    missing = len(series) - len(present)
    return Column(
        name=name,
        kind=form.kind,
        missing=missing,
        infinite=infinite,
        distinct=distinct,
        constant=distinct <= 1,
        low=low,
        high=high,
        mean=mean,
        std=std,
        examples=tuple(str(value).removesuffix(" 00:00:00")[:60] for value in examples),
        form=form,
        share_missing=missing / max(len(series), 1),
    )


def moments(finite: Floats) -> tuple[float, float, float, float]:
    """Give lowest, highest, mean and standard deviation of huge numbers, too."""
    low, high = float(finite.min()), float(finite.max())
    scale = max(abs(low), abs(high))
    if scale < 1e100:
        return low, high, float(finite.mean()), float(finite.std())
    small = finite / scale  # squares of 1e308 would be infinite
    return low, high, float(small.mean()) * scale, float(small.std()) * scale
