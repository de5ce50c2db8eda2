"""Text: delimited text as columns of cells.

How it is cut is found out from its first and last lines (`clustering.data.formats.dialect`), the
cutting is Arrow's or pandas' (`clustering.data.formats.parsing`), and columns of plainly written
numbers become numbers at once (`clustering.data.formats.digits`). Whatever a parser stumbles over
is told in one sentence of this module; the words of a parser are no help to somebody who
has a spreadsheet and a deadline.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from clustering.data.formats.detection import BLANKS, is_text, records
from clustering.data.formats.dialect import TOLD, find_out
from clustering.data.formats.digits import decimal_columns, plain_numbers
from clustering.data.formats.encoding import decodes, encoding_of
from clustering.data.formats.labels import unique, unnamed
from clustering.data.formats.lines import lines, needs_lines, table_lines
from clustering.data.formats.parsing import Columns, cells_of_lines, parse
from clustering.data.formats.raw import Raw
from clustering.data.reading import Given, Reading
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["above", "read_text"]

WIDEST = 10_000  # columns; a line of a million commas is an accident, not a table
HEAD, TAIL = 262_144, 65_536  # bytes from which the dialect is found out
PLACES, PARTS = (0.2, 0.4, 0.6, 0.8, 1.0), 16
STR = pd.StringDtype(storage="pyarrow", na_value=np.nan)


def read_text(content: bytes, called: str, reading: Reading, given: Given) -> Raw:
    """Read delimited text.

    Parameters
    ----------
    content : bytes
        The whole text, unpacked.
    called : str
        How sentences name the file.
    reading : Reading
        What is known before the text is looked at.
    given : Given
        What is told, and not found out.

    Returns
    -------
    Raw
        Columns of plainly written numbers as int64 or float64, all others of dtype str.

    Raises
    ------
    ReadError
        Where this is no table.
    """
    told = replace(
        reading,
        delimiter=given.get("delimiter") or ",",
        quote=given.get("quote", '"'),
        escape=given.get("escape", ""),
    )
    check(told, called)
    told_encoding = given.get("encoding", "")
    encoding = told_encoding or encoding_of(content)
    data = as_utf8(content, encoding, called, sure=not told_encoding)
    zero = data.find(b"\0")
    if zero >= 0:
        line = data.count(b"\n", 0, zero) + 1
        if not is_text(data[:HEAD].decode("utf-8", "ignore")):
            raise ReadError(f"{called} does not hold text; choose a CSV or XLSX file.")
        raise ReadError(
            f"Line {line:,} of {called} holds a zero byte, which no text has; the file is "
            "damaged, so save it anew."
        )
    head, tail = ends(data)
    if not is_text(head):
        raise ReadError(f"{called} does not hold text; choose a CSV or XLSX file.")
    found = find_out(head, tail, replace(reading, encoding=encoding), given)
    check(found, called)
    return cut(data, head, called, found, given)


def as_utf8(content: bytes, encoding: str, called: str, *, sure: bool) -> bytes:
    """Write the text in UTF-8, without a byte order mark; `sure` where it is that encoding."""
    try:
        if encoding.lower().replace("_", "-") in ("utf-8", "utf-8-sig", "ascii", "utf8"):
            if not sure and not decodes(content, "utf-8"):
                raise UnicodeError
            return content.removeprefix(b"\xef\xbb\xbf")
        return content.decode(encoding).removeprefix("\ufeff").encode()
    except (UnicodeError, LookupError, ValueError, TypeError):
        raise ReadError(
            f"{called} is not written in {encoding[:40]}; try another encoding."
        ) from None


def ends(data: bytes) -> tuple[str, str]:
    """Give the first and the last lines, or all of a short text twice."""
    if len(data) <= HEAD:
        text = data.decode()
        return text, text
    size = HEAD
    while size < len(data) and data.count(b"\n", 0, size) < 20:
        size *= 8  # long cells
    head, tail = data[:size], data[-TAIL:]
    head = head[: head.rfind(b"\n") + 1] or head
    tail = tail[tail.find(b"\n") + 1 :]
    return head.decode("utf-8", "ignore"), tail.decode("utf-8", "ignore")


def check(found: Reading, called: str) -> None:
    """Refuse told parts that make no sense."""
    delimiter = found.delimiter
    if delimiter != BLANKS and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise ReadError(f"Cells of {called} are kept apart by one character; choose such a one.")
    if (
        len(found.quote) > 1
        or found.quote in (delimiter, "\r", "\n")
        or "\ud800" <= found.quote <= "\udfff"  # half a character, which no text holds
    ):
        raise ReadError(f"Cells of {called} stand in quotes of one character, or in none.")
    if found.escape and (len(found.escape) > 1 or found.escape in f"\r\n{delimiter}"):
        raise ReadError(f"Quotes in {called} are escaped by one character, or by none.")


def cut(data: bytes, head: str, called: str, found: Reading, given: Given) -> Raw:
    """Cut a text into named columns."""
    data, begin, end = body_of(data, found)
    start = data[begin : min(begin + 4 * len(head), end)].decode("utf-8", "ignore")
    start = "".join(lines(start)[:400])
    top = records(
        start, found.delimiter, quote=found.quote, escape=found.escape, padded=found.padded
    )
    if found.padded:
        top = [[cell.strip(" \t") for cell in row] for row in top]
    names = top[0] if found.header and top else []
    rows = top[1:] if found.header else top
    if found.header and top:
        begin = below_names(data, begin, end, found)
    width = len(names) if found.header else max(map(len, rows[:1]), default=0)
    notes = []
    if found.header and rows and not found.trailing and all(len(r) == width + 1 for r in rows):
        if len(rows) > 2 and all(row[-1].strip() for row in rows):
            names, width = ["", *names], width + 1  # as R writes the names of rows
            notes.append("The names begin at the second column; the first has none.")
    width += found.trailing and not (names and not names[-1].strip())
    if width > WIDEST:
        raise ReadError(f"{called} has {width:,} columns; at most {WIDEST:,} are read.")
    if not width:
        raise ReadError(f"{called} holds no cells below line {found.skip:,}; skip fewer lines.")
    decimals: set[int] = set()
    if with_points(given):
        decimals = decimal_columns(rows, further(data, begin, end, found), found.missing)
        kinds = {name for name, kind in given.get("kinds", ()) if kind != "number"}
        if kinds:
            labels = unique(names) if found.header else unnamed(width)
            decimals -= {place for place, label in enumerate(labels) if label in kinds}
    parsed = parsed_or_told(data, begin, end, called, found, width, decimals)
    columns = parsed.columns
    if found.trailing:
        if columns[-1].null_count < len(columns[-1]):
            if names and not names[-1].strip():
                found = replace(found, trailing=False)
            else:
                raise ReadError(too_long(data, begin, end, called, found, width - 1))
        else:
            columns, names = columns[:-1], names[: len(columns) - 1]
            notes.append("Lines end with a delimiter too many, which is passed over.")
    labels = unique(names) if found.header else unnamed(len(columns))
    frame = framed(labels, columns, given)
    return Raw(frame, found, notes=(*said(found, data, parsed.short), *notes))


def with_points(given: Given) -> bool:
    """Tell whether a point may end the whole part of a number."""
    return given.get("decimal", ".") == "." and given.get("thousands", "") != "."


def further(data: bytes, begin: int, end: int, found: Reading) -> list[list[str]]:
    """Give some rows from the middle and the end of a large text."""
    rows: list[list[str]] = []
    if end - begin > HEAD:
        for share in PLACES:
            place = begin + int(share * (end - begin - HEAD // PARTS))
            part = data[place : place + HEAD // PARTS].decode("utf-8", "ignore")
            part = part[part.find("\n") + 1 : part.rfind("\n") + 1]
            cells = records(part, found.delimiter, limit=20, quote=found.quote, escape=found.escape)
            rows += cells
    return rows


def body_of(data: bytes, found: Reading) -> tuple[bytes, int, int]:
    """Give the text and where in it the table begins and ends, its names included."""
    if needs_lines(replace(found, footer=0)):
        text = table_lines(
            data.decode(), found.skip, found.footer, found.comment, found.enclosed, found.quote
        ).encode()
        return text, 0, len(text)
    begin, end = 0, len(data)
    for _ in range(found.skip):
        begin = data.find(b"\n", begin) + 1 or end
    if found.footer:
        end -= data.endswith(b"\n")
        for _ in range(found.footer):
            end = max(data.rfind(b"\n", begin, end), begin)
        end += 1
    return data, begin, max(begin, end)


def below_names(data: bytes, begin: int, end: int, found: Reading) -> int:
    """Give the place behind the line of names, which may go over several lines of the text."""
    quotes, named = 0, False
    while begin < end:
        stop = data.find(b"\n", begin, end) + 1 or end
        named = named or bool(data[begin:stop].strip())
        if found.quote and found.delimiter != BLANKS:
            quotes += data.count(found.quote.encode(), begin, stop)
        begin = stop
        if named and quotes % 2 == 0:
            break
    return begin


def parsed_or_told(
    data: bytes,
    begin: int,
    end: int,
    called: str,
    found: Reading,
    width: int,
    decimals: set[int],
) -> Columns:
    """Parse, and say in a sentence what the parser stumbles over."""
    rows = memoryview(data)[begin:end]
    if not len(rows) or (width > 1 and len(rows) < 4096 and not bytes(rows).strip()):
        return Columns([pa.chunked_array([[]], pa.large_string())] * width)
    quoted = bool(found.quote) and data.find(found.quote.encode(), begin, end) >= 0
    try:
        return parse(rows, found, width, quoted=quoted, decimals=decimals)
    except pd.errors.ParserError as error:
        if "EOF inside string" in str(error) or "unexpected end of data" in str(error):
            raise ReadError(unclosed(data, called, found)) from None
        raise ReadError(too_long(data, begin, end, called, found, width)) from None
    except pd.errors.EmptyDataError:
        return Columns([pa.chunked_array([[]], pa.large_string())] * width)
    except (ValueError, LookupError, TypeError, OverflowError):
        raise ReadError(
            f"{called} cannot be cut into cells by {found.delimiter!r} and quotes by "
            f"{found.quote!r}; choose others."
        ) from None


def unclosed(data: bytes, called: str, found: Reading) -> str:
    """Say where a quote is opened that is never closed."""
    begins = [line for line, _ in cells_of_lines(data, found)]
    return (
        f"{called} opens a quote near line {begins[-1] if begins else 1:,} and never "
        "closes it; mend that cell, or choose to read it without quotes."
    )


def too_long(data: bytes, begin: int, end: int, called: str, found: Reading, width: int) -> str:
    """Say that a line holds too many cells, by its place in the file."""
    above = data.count(b"\n", 0, begin)
    picked = needs_lines(replace(found, footer=0))
    above += found.skip if picked else 0
    for place, cells in cells_of_lines(data[begin:end], found):
        if any(cell.strip() for cell in cells[width:]) or len(cells) > width + 1:
            where = f"Row {place}" if found.comment else f"Line {place + above}"
            return (
                f"{where} of {called} has {len(cells)} cells where the first has {width}; "
                "put cells that hold the delimiter into quotes, or choose another delimiter."
            )
    return f"{called} cannot be cut into rows of {count(width, 'cell')}; choose another delimiter."


def framed(labels: list[str], columns: list[pa.ChunkedArray], given: Given) -> pd.DataFrame:
    """Put columns under their labels: plain numbers as such, all else as text."""
    told = {name for name, kind in given.get("kinds", ()) if kind != "number"}
    decimals = with_points(given)

    def converted(place: int) -> Any:
        cells = columns[place]
        numbers = None if labels[place] in told else plain_numbers(cells, decimals=decimals)
        return text_of(cells) if numbers is None else numbers

    with ThreadPoolExecutor(2) as pool:
        values = list(pool.map(converted, range(len(labels))))
    frame = pd.DataFrame(dict(enumerate(values)), copy=False)
    frame.columns = pd.Index(labels, dtype="str")
    return frame


def text_of(cells: pa.ChunkedArray) -> Any:
    """Give Arrow's texts to pandas as they lie in memory."""
    return STR.__from_arrow__(cells)  # type: ignore[attr-defined]


def said(found: Reading, data: bytes, short: int) -> list[str]:
    """Say what was done that nobody would expect, a sentence each."""
    told = TOLD.match(data[:20].decode("utf-8", "ignore"))
    notes = [above(found.skip - bool(found.skip and told))]
    if found.footer:
        notes.append(
            f"{count(found.footer, 'line')} below the table "
            f"{'is' if found.footer == 1 else 'are'} passed over."
        )
    if found.comment:
        notes.append(f"Lines that begin with {found.comment} are comments and passed over.")
    if found.enclosed:
        notes.append("Lines stand in quotes as a whole, which are taken off.")
    if found.padded:
        notes.append("Blanks around cells are taken off.")
    if found.quote == "'":
        notes.append("Cells stand in single quotes, which are taken off.")
    if not found.quote:
        notes.append("Quotes are kept as signs like any other.")
    if found.escape:
        notes.append(f"A quote behind {found.escape} belongs to its cell.")
    if short:
        notes.append(
            f"{count(short, 'row')} {'ends' if short == 1 else 'end'} before the last column; "
            "the cells that are not there count as missing."
        )
    return [note for note in notes if note]


def above(skip: int) -> str:
    """Say that lines above the table are passed over; nothing where there are none."""
    if not skip:
        return ""
    return f"{count(skip, 'line')} above the table {'is' if skip == 1 else 'are'} passed over."
