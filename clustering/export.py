"""Export: what can be carried away from a result.

Labels go home to the user's own table, every row of it in its order, also those
that preparation left out. And the whole way from the file to the labels goes into
a short script that needs this library no more: it names public packages only, and
whoever doubts a result can read, run and change it. The tests run such scripts and
compare their labels with ours, row by row.

A spreadsheet takes a cell that begins with ``=`` for a formula and may run it when
a CSV file is opened. Text that would be taken so gets an apostrophe in front of it
[1]_; numbers stay numbers.

.. [1] OWASP, "CSV Injection",
   https://owasp.org/www-community/attacks/CSV_Injection
"""

import re
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd

from clustering.data.tables import Table
from clustering.dataset import Dataset, Floats
from clustering.errors import DataError
from clustering.partition import Partition
from clustering.script import FORMULA, free_name, script

__all__ = ["labels_csv", "labels_frame", "labels_parquet", "script"]


def labels_frame(
    table: Table,
    dataset: Dataset,
    partition: Partition,
    *,
    certainty: Floats | None = None,
    as_written: bool = True,
) -> pd.DataFrame:
    """Give every row of the user's table with its cluster.

    Parameters
    ----------
    table : Table
        The user's table.
    dataset : Dataset
        What preparation made of it.
    partition : Partition
        The result for that dataset.
    certainty : ndarray of shape (n,), optional
        A number from 0 to 1 for each point, which becomes a column of its own.
    as_written : bool
        True for cells of text just as they stand in the file, as CSV wants them; False
        for numbers, dates and so on with their types, as Parquet does.

    Returns
    -------
    pandas.DataFrame
        All rows in their order and all columns, then
        ``cluster`` (Int64, numbered from 1 as figures and sentences number them, so
        one more than in `partition.labels`; 0 for noise, missing for rows that were
        left out), ``certainty`` where it is given, and ``status``
        (clustered, noise, or why the row was left out: a duplicate, a missing value, an
        outlier, not drawn when balancing, not in the sample). Where the table has a
        column of such a name already, the new one is ``cluster_2`` and so on.

    Raises
    ------
    DataError
        Where table, dataset and partition do not belong together.
    """
    rows, size = partition.rows, len(table.frame)
    if not np.array_equal(rows, dataset.rows) or rows.max(initial=-1) >= size:
        raise DataError("These labels belong to another table; compute them again.")
    frame = table.frame.copy()
    if as_written:
        for name, column in frame.items():
            if table.reading.format == "text" and is_whole(column):
                frame[name] = column.astype("Int64")
        for name, cells in table.written.items():
            frame[name] = cells
    status = np.full(size, "left out: not in the sample", dtype=object)
    for reason, places in dataset.left_out.items():
        status[places] = f"left out: {reason}"
    status[rows] = np.where(partition.labels < 0, "noise", "clustered")
    new = {"cluster": pd.Series(partition.labels + 1, index=rows, dtype="Int64")}
    if certainty is not None:
        new["certainty"] = pd.Series(np.asarray(certainty, dtype=np.float64), index=rows)
    new["status"] = pd.Series(status)
    for name, column in new.items():
        frame[free_name(name, frame.columns)] = column.reindex(frame.index)
    return frame


def is_whole(column: "pd.Series[Any]") -> bool:
    """Tell whether floats are whole numbers, which a missing cell made floats of.

    Written out, they shall be the texts of the file again: "39335" and not "39335.0".
    """
    if column.dtype != np.float64 or not column.hasnans:
        return False
    present = column.dropna()
    return bool(((present % 1 == 0) & (present.abs() < 2**53)).all())


def labels_csv(frame: pd.DataFrame) -> bytes:
    r"""Give a frame as CSV in UTF-8 that spreadsheets open, and run nothing of.

    Parameters
    ----------
    frame : pandas.DataFrame
        What `labels_frame` gave.

    Returns
    -------
    bytes
        With a byte order mark, by which spreadsheets know UTF-8. Text and headers
        that would be taken for a formula begin with an apostrophe.

    Examples
    --------
    >>> frame = pd.DataFrame({"=who": ["=1+1", "-5", "ann"], "x": [-1.5, 2.0, 3.0]})
    >>> print(labels_csv(frame).decode("utf-8-sig").replace("\r\n", "\n"), end="")
    '=who,x
    '=1+1,-1.5
    -5,2.0
    ann,3.0
    """
    safe = frame.rename(columns=_harmless)
    for place, column in enumerate(frame.columns):
        if frame[column].dtype == object or isinstance(frame[column].dtype, pd.StringDtype):
            safe.isetitem(place, frame[column].map(_harmless, na_action="ignore").array)
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig", "replace")


def labels_parquet(frame: pd.DataFrame) -> bytes:
    """Give a frame as Parquet.

    Parameters
    ----------
    frame : pandas.DataFrame
        What `labels_frame` gave.

    Returns
    -------
    bytes
        Types as in `frame`, but a column of text and numbers mixed, which Parquet
        has no type for, becomes text.
    """
    plain = frame.copy(deep=False)
    for place, column in enumerate(frame.columns):
        kind = pd.api.types.infer_dtype(frame[column], skipna=True)
        if frame[column].dtype == object and kind.startswith("mixed"):
            plain.isetitem(place, frame[column].map(str, na_action="ignore").array)
    buffer = BytesIO()
    plain.to_parquet(buffer, index=False)
    return buffer.getvalue()


def _harmless(cell: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run."""
    return re.sub(FORMULA, r"'\g<0>", cell) if isinstance(cell, str) else cell
