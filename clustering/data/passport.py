"""Passport: what the file holds, column by column.

Before anything is clustered, four questions decide whether a column can take part:
what its cells are, how many are missing, whether they differ at all, and whether they
measure something or only name the row. A customer number is a number, but the
distance between customers 17 and 18 means nothing; such columns are called *id-like*
and serve to name points instead.
"""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from clustering.data.kinds import Form
from clustering.data.reading import Kind
from clustering.data.tables import Table
from clustering.dataset import Floats
from clustering.words import count

__all__ = ["Column", "Kind", "Passport", "inspect", "numbers"]

# "Customer ID", "customer_no", "CustomerID", "postcode" name rows; "citric acid" does not.
ID_NAME = re.compile(
    r"(^|.*[^a-z])(id|no|nr|key|uuid|index)\.?$|.*code$|unnamed: \d+$", re.IGNORECASE | re.DOTALL
)
CAMEL_ID = re.compile(r".*[a-z](ID|Id|No|Nr|Key)$", re.DOTALL)
DATE = re.compile(
    r"\s*(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})\b.*", re.DOTALL
)
SHORTEST_COUNT = 8  # rows; 1, 2, 3 in a file of three rows may well be measured


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
    id_like : bool
        True where it names rows rather than measures them.
    low, high, mean, std : float
        Of the finite values of a number column, NaN otherwise; `std` divides by n.
    examples : tuple of str
        Up to three different values in the order of the file.
    odd : int
        Cells that are no numbers in a text column where at least nine of ten are; 0 in
        all other columns.
    odd_example : str
        The first of them, cut to 20 characters.
    """

    name: str
    kind: Kind
    missing: int
    infinite: int
    distinct: int
    constant: bool
    id_like: bool
    low: float
    high: float
    mean: float
    std: float
    examples: tuple[str, ...]
    odd: int = 0
    odd_example: str = ""


@dataclass(frozen=True, slots=True)
class Passport:
    """What a table holds, and what was changed.

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
    changes : tuple of str
        Sentences: what preparation did, in order, each with the choice that undoes it.
    dropped : int
        Rows that preparation left out because a chosen column misses a value there.
    """

    name: str
    rows: int
    columns: tuple[Column, ...]
    duplicates: int
    missing: int
    changes: tuple[str, ...] = ()
    dropped: int = 0

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
        Without changes.

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
    >>> [(column.kind, column.id_like) for column in passport.columns]
    [('number', True), ('number', False), ('text', True)]
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
    present = series.dropna()
    distinct = int(present.nunique())
    values = numbers(series)
    kind = form.kind
    infinite, low, high, mean, std = 0, np.nan, np.nan, np.nan, np.nan
    odd, odd_example = 0, ""
    if values is None:
        odd, odd_example = odd_cells(present) if kind in ("text", "category") else (0, "")
    else:
        infinite = int(np.isinf(values).sum())
        finite = values[np.isfinite(values)]
        if kind in ("number", "code") and len(finite):
            low, high, mean, std = moments(finite)
    return Column(
        name=name,
        kind=kind,
        missing=len(series) - len(present),
        infinite=infinite,
        distinct=distinct,
        constant=distinct <= 1,
        id_like=names_rows(name, kind, values, distinct, len(series))
        and (not odd or named_id(name)),
        low=low,
        high=high,
        mean=mean,
        std=std,
        examples=tuple(str(value)[:60] for value in present.head(1000).unique()[:3]),
        odd=odd,
        odd_example=odd_example,
    )


def odd_cells(present: "pd.Series[Any]") -> tuple[int, str]:
    """Count the cells that keep a column from being numbers, and give the first.

    Examples
    --------
    >>> odd_cells(pd.Series([*"0123456789" * 2, "?", "-"]))
    (2, '?')
    """
    some = present.iloc[:: max(len(present) // 100, 1)]  # most texts are none at all
    if pd.to_numeric(some, errors="coerce").notna().mean() < 0.5:
        return 0, ""
    odd = pd.to_numeric(present, errors="coerce").isna().to_numpy()
    count = int(odd.sum())
    if not count or count > 0.1 * len(present):
        return 0, ""
    return count, str(present.iloc[int(odd.argmax())])[:20]


def moments(finite: Floats) -> tuple[float, float, float, float]:
    """Give lowest, highest, mean and standard deviation of huge numbers, too."""
    low, high = float(finite.min()), float(finite.max())
    scale = max(abs(low), abs(high))
    if scale < 1e100:
        return low, high, float(finite.mean()), float(finite.std())
    small = finite / scale  # squares of 1e308 would be infinite
    return low, high, float(small.mean()) * scale, float(small.std()) * scale


def is_date(present: "pd.Series[Any]") -> bool:
    """Tell whether the present cells are dates, or texts that look like dates."""
    if present.dtype.kind == "M":
        return True
    sample = present.head(100)
    if not len(sample):
        return False
    return sum(DATE.fullmatch(str(cell)) is not None for cell in sample) >= 0.9 * len(sample)


def names_rows(name: str, kind: Kind, values: Floats | None, distinct: int, rows: int) -> bool:
    """Tell whether a column names rows: by its own name, or by what its cells are."""
    if kind == "id":
        return True
    if kind in ("text", "category"):
        return rows >= 2 and distinct == rows or (distinct > 1 and named_id(name))
    if kind != "number" or values is None:
        return False
    present = values[~np.isnan(values)]
    whole = bool(np.isfinite(present).all() and (present == np.floor(present)).all())
    if not whole:
        return False
    running = distinct == rows >= SHORTEST_COUNT and bool((np.diff(present) == 1).all())
    return running or named_id(name)


def named_id(name: str) -> bool:
    """Tell whether a column's name says that it names rows."""
    return (ID_NAME.match(name.strip()) or CAMEL_ID.match(name.strip())) is not None
