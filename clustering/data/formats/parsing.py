"""Parsing: the body of a table as columns of text, by Arrow where it can, else by pandas.

Arrow cuts large files on all cores and makes no Python object of any cell. It refuses what
is not quite regular (short rows, blanks before quotes, escapes); then pandas reads the same
bytes, slower and more forgiving. Both give the same cells, which a test holds.

Columns that begin as decimal numbers are made numbers at once. Where that turns out to be
wrong, at whatever cell, they are read as text after all: nothing is lost on the way.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from clustering.data.formats.detection import BLANKS
from clustering.data.formats.digits import EXACT
from clustering.data.formats.quoting import may_break
from clustering.data.reading import Reading

__all__ = ["Columns", "by_arrow", "by_pandas", "cells_of_lines", "parse"]

TEXT = pa.large_string()
BLOCK = 1 << 21  # bytes; a row must fit, or pandas reads the file
REFUSED = re.compile(r"In CSV column #(\d+)")
TRIES = 3  # times a file is read anew because a column is not what it seemed


@dataclass(frozen=True, eq=False, slots=True)
class Columns:
    """Columns of text, and of numbers.

    Attributes
    ----------
    columns : list of pyarrow.ChunkedArray
        Of large strings or float64, all of one length; missing cells are null.
    short : int
        Rows that ended before the last column.
    """

    columns: list[pa.ChunkedArray]
    short: int = 0


def parse(
    data: memoryview,
    reading: Reading,
    width: int,
    *,
    quoted: bool = True,
    decimals: Collection[int] = (),
) -> Columns:
    """Cut rows of UTF-8 into columns.

    Parameters
    ----------
    data : memoryview
        The rows alone, without names.
    reading : Reading
        Delimiter, quotes, padding and what counts as missing.
    width : int
        How many columns there are, an empty one behind a trailing delimiter included.
    quoted : bool
        False where there is surely no quote in them.
    decimals : collection of int
        Columns that by all that was seen of them hold decimal numbers.

    Returns
    -------
    Columns
        As Arrow or pandas read them.

    Raises
    ------
    pandas.errors.ParserError
        Where a row is too long, or a quote is never closed.
    """
    found = by_arrow(data, reading, width, quoted=quoted, decimals=decimals)
    return found or by_pandas(bytes(data), reading, width)


def by_arrow(
    data: memoryview,
    reading: Reading,
    width: int,
    *,
    quoted: bool = True,
    decimals: Collection[int] = (),
) -> Columns | None:
    """Parse by Arrow; None where it cannot, or might not agree with pandas."""
    quoted = quoted and bool(reading.quote)
    delimiter = reading.delimiter
    if len(delimiter) != 1 or not delimiter.isascii() or reading.escape or not data:
        return None
    if quoted and (reading.padded or not reading.quote.isascii()):
        return None
    breaks = quoted and may_break(data, delimiter, reading.quote)
    numbers = set() if reading.padded else set(decimals)
    numbers -= {width - 1} if breaks else set()  # whose last cell is looked at
    table: pa.Table | None = None
    for tries in range(TRIES + 1):
        try:
            table = cut(data, reading, range(width), numbers, quoted=quoted, breaks=breaks)
            break
        except pa.ArrowInvalid as error:
            refused = REFUSED.match(str(error))
            if not refused or not numbers:
                return None
            numbers = numbers - {int(refused[1])} if tries < TRIES - 1 else set()
        except ValueError:
            return None
    assert table is not None
    columns = table.columns
    lost = [place for place in sorted(numbers) if not is_kept(columns[place])]
    if lost:
        again = cut(data, reading, range(width), set(), quoted=quoted, breaks=breaks, only=lost)
        for place, column in zip(lost, again.columns, strict=True):
            columns[place] = column
    if breaks and not is_closed(data, columns[-1], reading):
        return None
    return Columns([trimmed(column, reading) if reading.padded else column for column in columns])


def cut(
    data: memoryview,
    reading: Reading,
    places: range,
    numbers: set[int],
    *,
    quoted: bool,
    breaks: bool,
    only: list[int] | None = None,
) -> pa.Table:
    """Let Arrow cut rows into columns, some of them numbers; `only` some columns."""
    names = [str(place) for place in places]
    kinds = {name: TEXT for name in names} | {str(place): pa.float64() for place in numbers}
    return pyarrow.csv.read_csv(
        pa.BufferReader(pa.py_buffer(data)),
        read_options=pyarrow.csv.ReadOptions(block_size=BLOCK, column_names=names),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=reading.delimiter,
            quote_char=reading.quote if quoted else False,
            # Without this a newline inside of quotes at the end of a block is misread.
            newlines_in_values=breaks,
            ignore_empty_lines=len(names) > 1,
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            check_utf8=False,
            column_types=kinds,
            null_values=[] if reading.padded else list(reading.missing),
            strings_can_be_null=True,
            include_columns=None if only is None else [str(place) for place in only],
        ),
    )


def is_kept(numbers: pa.ChunkedArray) -> bool:
    """Tell whether numbers surely say all that their cells do.

    The word "nan" is no number, and of what is too large only the text knows all digits.
    """
    ends = pc.min_max(numbers)
    low, high = ends["min"].as_py(), ends["max"].as_py()
    if low is None or not -EXACT < low <= high < EXACT:
        return False
    return not pc.any(pc.is_nan(numbers)).as_py()


def is_closed(view: memoryview, last: pa.ChunkedArray, reading: Reading) -> bool:
    """Tell whether the last cell surely closes its quote, which Arrow does not ask."""
    cell = (last[-1].as_py() if len(last) else None) or ""
    data = bytes(view[-(8 * len(cell) + 8) :])
    if data.endswith((b"\n", b"\r")):
        return not cell.endswith(("\n", "\r"))
    quote = reading.quote
    if not cell or data.endswith(f"{quote}{quote}".encode()):
        return False
    bare = tuple(f"{sign}{cell}".encode() for sign in (reading.delimiter, "\n", "\r"))
    framed = f"{quote}{cell.replace(quote, quote * 2)}{quote}"
    closed = tuple(f"{sign}{framed}".encode() for sign in (reading.delimiter, "\n", "\r"))
    return data.endswith(bare + closed)


def trimmed(column: pa.ChunkedArray, reading: Reading) -> pa.ChunkedArray:
    """Take blanks off cells, and see what is missing then."""
    bare = pc.utf8_trim(column, " \t")
    gone = pc.is_in(bare, value_set=pa.array(reading.missing, TEXT))
    return pc.if_else(gone, pa.scalar(None, TEXT), bare)


def by_pandas(data: bytes, reading: Reading, width: int) -> Columns:
    """Parse by pandas; a row that is too long raises its ParserError."""
    frame = pd.read_csv(
        io.BytesIO(data),
        sep=reading.delimiter,
        header=None,
        names=range(width),
        dtype=str,
        keep_default_na=False,
        na_values=list(reading.missing),
        quotechar=reading.quote or '"',
        quoting=csv.QUOTE_MINIMAL if reading.quote else csv.QUOTE_NONE,
        escapechar=reading.escape or None,
        doublequote=not reading.escape,
        skipinitialspace=reading.padded,
        skip_blank_lines=width > 1,
    )
    if not isinstance(frame.index, pd.RangeIndex):
        raise pd.errors.ParserError("too long from the first row on")
    columns = [
        pa.chunked_array([pa.array(frame[place], type=TEXT, from_pandas=True)])
        for place in frame.columns
    ]
    if reading.padded:
        columns = [trimmed(column, reading) for column in columns]
    short = 0
    if columns and columns[-1].null_count:
        short = sum(len(cells) < width for _, cells in cells_of_lines(data, reading))
    return Columns(columns, short)


def cells_of_lines(data: bytes, reading: Reading) -> Iterator[tuple[int, list[str]]]:
    """Give each row with the line it begins in, counted from 1, as slowly as Python does."""
    text = io.StringIO(data.decode("utf-8", "replace"), newline="")
    if reading.delimiter == BLANKS:
        for place, line in enumerate(text, start=1):
            if line.strip():
                yield place, line.split()
        return
    reader = csv.reader(
        text,
        delimiter=reading.delimiter,
        quotechar=reading.quote or None,
        quoting=csv.QUOTE_MINIMAL if reading.quote else csv.QUOTE_NONE,
        escapechar=reading.escape or None,
        doublequote=not reading.escape,
        skipinitialspace=reading.padded,
    )
    begin = 1
    try:
        for cells in reader:
            if len(cells) > 1 or (cells and cells[0].strip()):
                yield begin, cells
            begin = reader.line_num + 1
    except csv.Error:
        return
