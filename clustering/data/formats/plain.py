"""Plain: the few types that the columns of a table have, whatever the file called them.

Spreadsheets, JSON and databases know dozens of types, and let one column mix them. A
table knows whole numbers, numbers, yes and no, dates, durations and text; a column that
is none of these throughout is text, written as a person would write it. Each function
stands alone, because an exported script carries it along word for word.
"""

import datetime
import json
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["plain_column", "plain_table", "words_of"]


def words_of(cell: Any) -> str:
    """Write a cell as text: lists as JSON, dates as ISO 8601, whole numbers without a point.

    Examples
    --------
    >>> words_of(3.0), words_of(datetime.datetime(2024, 1, 31)), words_of([1, "é"])
    ('3', '2024-01-31', '[1, "é"]')
    """
    if isinstance(cell, str):
        text = cell
    elif isinstance(cell, (dict, list, tuple)):
        text = json.dumps(cell, ensure_ascii=False, default=str)
    elif isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        text = str(int(cell))
    elif isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        text = cell.date().isoformat()
    elif isinstance(cell, bytes):
        text = cell.decode("utf-8", "replace")
    else:
        text = str(cell)
    # Half of a surrogate pair is no character, nor is what lies beyond Unicode.
    return re.sub("[^\\x00-\\ud7ff\\ue000-\\U0010ffff]", "\ufffd", text)


def plain_column(cells: Sequence[Any], missing: Sequence[str]) -> "pd.Series[Any]":
    """Give cells of any Python types one type.

    Parameters
    ----------
    cells : sequence
        Numbers, text, dates, None ...
    missing : sequence of str
        Texts that stand for a missing value.

    Returns
    -------
    Series
        bool or "boolean", int64, float64, datetime64[us] in UTC, timedelta64[us], or str.

    Examples
    --------
    >>> plain_column([1, None, 2.5], [""]).tolist(), plain_column([1, "a"], [""]).tolist()
    ([1.0, nan, 2.5], ['1', 'a'])
    """
    gaps = {*missing, None}
    kept = [
        None if cell is None or cell != cell or (isinstance(cell, str) and cell in gaps) else cell
        for cell in cells
    ]
    types = set(map(type, kept)) - {type(None)}
    if types == {bool}:
        return pd.Series(kept, dtype="boolean" if None in kept else "bool")
    if types and types <= {int, float}:
        whole = [abs(cell) for cell in kept if type(cell) is int]
        most = max(whole, default=0)
        if types == {int} and None not in kept and most < 2**63:
            return pd.Series(kept, dtype="int64")
        if most <= 2**53 or (types != {int} and most < 10**308):
            numbers = [np.nan if cell is None else float(cell) for cell in kept]
            return pd.Series(numbers, dtype="float64")
    if types and types <= {datetime.datetime, datetime.date}:
        dates = []
        for cell in kept:
            if isinstance(cell, datetime.datetime) and cell.tzinfo is not None:
                try:
                    cell = cell.astimezone(datetime.UTC).replace(tzinfo=None)
                except OverflowError:  # within a day of the years 1 and 9999
                    cell = cell.replace(tzinfo=None)
            dates.append(cell)
        return pd.Series(np.array(dates, dtype="datetime64[us]"))
    if types and types <= {datetime.time, datetime.timedelta}:
        spans = [
            datetime.timedelta(
                hours=cell.hour,
                minutes=cell.minute,
                seconds=cell.second,
                microseconds=cell.microsecond,
            )
            if isinstance(cell, datetime.time)
            else cell
            for cell in kept
        ]
        return pd.Series(np.array(spans, dtype="timedelta64[us]"))
    return pd.Series([None if cell is None else words_of(cell) for cell in kept], dtype="str")


def plain_table(columns: Sequence[Sequence[Any]], missing: Sequence[str]) -> pd.DataFrame:
    """Put columns of cells beside one another, each with one type; they are numbered."""
    return pd.DataFrame(
        {place: plain_column(cells, missing) for place, cells in enumerate(columns)}
    )
