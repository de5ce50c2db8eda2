"""Parquet: columns with types of their own, whose sizes are looked at before they are read.

A Parquet file repeats values by reference, so a small one may stand for more cells than
there is memory. Its footer states rows and sizes; what is stated decides what is read,
and where it lies, the reader finds less than was stated and says so.
"""

import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from clustering.data.formats import bounds
from clustering.data.formats.labels import unique
from clustering.data.formats.packing import UNPACKED
from clustering.data.formats.plain import plain_column, words_of
from clustering.data.formats.raw import Raw
from clustering.data.reading import Given, Reading
from clustering.errors import ReadError

__all__ = ["flat", "parquet_column", "read_parquet", "row_numbers"]


def read_parquet(content: bytes, called: str, reading: Reading, given: Given) -> Raw:
    """Read a Parquet file.

    Parameters
    ----------
    content : bytes
        The whole file.
    called : str
        How sentences name the file.
    reading : Reading
        What is known already.
    given : Given
        May say which texts are missing values.

    Returns
    -------
    Raw
        Structures are taken apart, ``a.b``; lists are text.

    Raises
    ------
    ReadError
        Where it is broken, or too large.
    """
    missing = given.get("missing", reading.missing)
    size = len(content)
    try:
        with pq.ParquetFile(io.BytesIO(content)) as file:
            about = file.metadata
            bounds.check_shape(about.num_rows, about.num_columns, called)
            groups = [about.row_group(place) for place in range(about.num_row_groups)]
            if sum(max(group.total_byte_size, 0) for group in groups) > UNPACKED:
                raise ReadError(
                    f"{called} unpacks to more than {UNPACKED / 1e9:.0f} GB; keep the rows and "
                    "columns that are needed."
                )
            if not all(fits(content, group, size) for group in groups):
                raise ReadError(broken(called))
            texts = [field.name for field in file.schema_arrow if pa.types.is_string(field.type)]
        with pq.ParquetFile(io.BytesIO(content), read_dictionary=texts) as file:
            table = flat(file.read())
        if table.num_rows != about.num_rows:
            raise ReadError(broken(called))
        bounds.check_shape(table.num_rows, table.num_columns, called)
        if sum(map(text_size, table.columns)) > UNPACKED:
            raise ReadError(
                f"{called} holds more than {UNPACKED / 1e9:.0f} GB of text; leave long texts out."
            )
        counted = row_numbers(table)
        kept = [place for place in range(table.num_columns) if place not in counted]
        columns = [parquet_column(table.column(place), missing) for place in kept]
    except (pa.ArrowException, OSError, ValueError, KeyError, OverflowError, MemoryError):
        raise ReadError(broken(called)) from None
    except RecursionError:
        raise ReadError(f"{called} nests its cells too deeply; save it as CSV.") from None
    frame = pd.DataFrame(dict(enumerate(columns)))
    stored = re.compile(r"__index_level_(\d+)__")
    names = [words_of(table.column_names[place]) for place in kept]
    frame.columns = unique([stored.sub(r"index \1", name) for name in names])
    if not frame.shape[1]:
        raise ReadError(f"{called} holds no columns; choose another file.")
    return Raw(frame, replace(reading, missing=missing))


def fits(content: bytes, group: pq.RowGroupMetaData, size: int) -> bool:
    """Tell whether the columns of a group lie inside of the file, their first pages inside of them.

    A page says at its beginning for how many bytes there must be room; where damage made
    gigabytes of a few, they would be asked for before anything is read.
    """
    for place in range(group.num_columns):
        about = group.column(place)
        begin = about.dictionary_page_offset or about.data_page_offset
        if not 0 <= begin <= begin + about.total_compressed_size <= size:
            return False
        if about.num_values and first_page(content[begin : begin + 24]) > max(
            about.total_uncompressed_size, 0
        ):
            return False
    return True


def first_page(head: bytes) -> int:
    """Give the bytes that a page unpacks to, from its header; 0 where it is written otherwise.

    Notes
    -----
    The header is a Thrift structure in its compact form: a byte 0x15 before each whole
    number, which stands in groups of seven bits, the lowest first, its sign last.

    Examples
    --------
    >>> first_page(bytes([0x15, 0x00, 0x15, 0xAC, 0x02]))
    150
    """
    place, number = 0, 0
    for _ in ("type", "size"):
        if head[place : place + 1] != b"\x15":
            return 0
        number, shift, more = 0, 0, True
        while more and place + 1 < len(head):
            place += 1
            number |= (head[place] & 0x7F) << shift
            shift, more = shift + 7, head[place] > 0x7F
        place += 1
    return number >> 1


def row_numbers(table: pa.Table) -> list[int]:
    """Find the columns that pandas stored as an index and that only count the rows.

    It stands alone, because an exported script carries it along.

    Examples
    --------
    >>> row_numbers(pa.Table.from_pandas(pd.DataFrame({"x": [1, 2]}, index=[0, 1])))
    [1]
    """
    try:
        about = json.loads((table.schema.metadata or {}).get(b"pandas", b"{}"))
        stored = [name for name in about.get("index_columns", []) if isinstance(name, str)]
    except (ValueError, AttributeError, RecursionError):
        return []
    return [
        place
        for place, name in enumerate(table.column_names)
        if name in stored
        and name.startswith("__index_level_")
        and pa.types.is_int64(table.schema.field(place).type)
        and not table.column(place).null_count
        and bool((table.column(place).to_numpy() == np.arange(table.num_rows)).all())
    ]


def text_size(cells: pa.ChunkedArray) -> int:
    """Count the bytes that texts take once each of them stands for itself."""
    size = 0
    for chunk in cells.chunks:
        if pa.types.is_dictionary(chunk.type) and pa.types.is_string(chunk.type.value_type):
            lengths = pc.binary_length(chunk.dictionary).cast("int64")
            size += pc.sum(lengths.take(chunk.indices)).as_py() or 0
    return size


def flat(table: pa.Table) -> pa.Table:
    """Take structures apart until none is left, or they turn out to be very deep.

    Examples
    --------
    >>> flat(pa.table({"a": [{"b": 1, "c": {"d": 2}}]})).column_names
    ['a.b', 'a.c.d']
    """
    for _ in range(8):
        if not any(pa.types.is_struct(field.type) for field in table.schema):
            break
        table = table.flatten()
    return table


def parquet_column(cells: pa.ChunkedArray, missing: Sequence[str]) -> "pd.Series[Any]":
    """Give a column one of the few types of a table.

    It stands alone, with `plain_column`, because an exported script carries it along.

    Examples
    --------
    >>> parquet_column(pa.chunked_array([[1, None]]), ("",)).tolist()
    [1.0, nan]
    """
    kind = cells.type
    if isinstance(kind, pa.BaseExtensionType):
        cells = pa.chunked_array([chunk.storage for chunk in cells.chunks], kind.storage_type)
        kind = cells.type
    if pa.types.is_dictionary(kind):
        cells, kind = cells.cast(kind.value_type), kind.value_type
    gaps = cells.null_count
    try:
        if pa.types.is_decimal(kind):  # by way of text, which is rounded correctly
            cells, kind = cells.cast("string").cast("float64"), pa.float64()
        if pa.types.is_boolean(kind):
            return pd.Series(cells.to_pandas(), dtype="boolean" if gaps else "bool")
        if pa.types.is_integer(kind):
            whole = cells.cast("int64")
            low, high = pc.min_max(whole).as_py().values()
            if not gaps:
                return pd.Series(whole.to_numpy())
            if low is not None and -(2**53) <= low and high <= 2**53:
                return pd.Series(whole.cast("float64").to_numpy())
        if pa.types.is_floating(kind):
            return pd.Series(cells.cast("float64").to_numpy())
        if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
            fine = pa.types.is_timestamp(kind) and kind.unit == "ns"  # finer than a table knows
            exact = cells.cast(pa.timestamp("us"), safe=not fine)
            return pd.Series(exact.to_numpy(), dtype="datetime64[us]")
        if pa.types.is_time(kind) or pa.types.is_duration(kind):
            if pa.types.is_time(kind):
                cells = cells.cast("int32" if kind.bit_width == 32 else "int64").cast("int64")
            spans = cells.cast(pa.duration(kind.unit)).cast(
                pa.duration("us"), safe=kind.unit != "ns"
            )
            return pd.Series(spans.to_numpy(), dtype="timedelta64[us]")
        if pa.types.is_string(kind) or pa.types.is_large_string(kind):
            text = pd.Series(cells.to_pandas(), dtype="str")
            return text.mask(text.isin(list(missing)))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        pass  # a date beyond the calendar, a whole number beyond 64 bits: text
    return plain_column(cells.to_pylist(), missing)


def broken(called: str) -> str:
    """Say that a Parquet file cannot be read."""
    return f"{called} is a Parquet file that is cut short or damaged; fetch or save it again."
