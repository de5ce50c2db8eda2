"""Text: delimited text as columns of cells, none of which is changed.

Whatever the parser stumbles over is told in one sentence of this module; the words of a
parser are no help to somebody who has a spreadsheet and a deadline.
"""

import io
import re
from dataclasses import replace

import pandas as pd

from clustering.data import detection
from clustering.data.labels import unique, unnamed
from clustering.data.leading import lines, lines_above, trailing, without_comments
from clustering.data.raw import Raw
from clustering.data.reading import Given, Reading
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["above", "read_text"]

TOLD = re.compile(r"sep=(.)\r?\n")  # what spreadsheets write for one another
WIDEST = 10_000  # columns; a line of a million commas is an accident, not a table


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
        All columns of dtype str.

    Raises
    ------
    ReadError
        Where this is no table.
    """
    encoding = given.get("encoding") or detection.encoding_of(content)
    head = content[:262_144]
    try:
        text = head.decode(encoding, "strict" if len(content) <= len(head) else "ignore")
    except (UnicodeError, LookupError):
        raise ReadError(f"{called} is not written in {encoding}; try another encoding.") from None
    if not detection.is_text(text):
        raise ReadError(f"{called} does not hold text; choose a CSV or XLSX file.")
    if len(content) > len(head):
        text = text[: text.rfind("\n") + 1] or text
    found = find_out(text, replace(reading, encoding=encoding), given)
    if found.delimiter != detection.BLANKS and (
        len(found.delimiter) != 1 or found.delimiter in '"\r\n'
    ):
        raise ReadError(f"Cells of {called} are kept apart by one character; choose such a one.")
    preview = detection.records("".join(lines(text)[found.skip :]), found.delimiter)
    width = len(preview[0]) + found.trailing if preview else 0
    if width > WIDEST:
        raise ReadError(f"{called} has {width:,} columns; at most {WIDEST:,} are read.")
    for line, cells in enumerate(preview):
        if len(cells) > width:
            raise ReadError(ragged(called, line + 1 + found.skip, width, len(cells)))
    frame = parse_text(content, called, found)
    if found.trailing and frame.iloc[:, -1].notna().any():
        line = found.skip + 2 + int(frame.iloc[:, -1].notna().to_numpy().argmax())
        raise ReadError(ragged(called, line, width - 1, width))
    if found.trailing:
        frame = frame.iloc[:, :-1]
    names = preview[0] if found.header and preview else unnamed(frame.shape[1])
    frame.columns = unique(names)
    note = above(found.skip - bool(found.skip and TOLD.match(text)))
    return Raw(frame, found, notes=(note,) if note else ())


def above(skip: int) -> str:
    """Say that lines above the table are passed over; nothing where there are none."""
    if not skip:
        return ""
    return f"{count(skip, 'line')} above the table {'is' if skip == 1 else 'are'} passed over."


def find_out(text: str, known: Reading, given: Given) -> Reading:
    """Find out how a text is read from its first lines, around what is told."""
    told = TOLD.match(text)
    text = text[told.end() :] if told else text
    delimiter = given.get("delimiter") or (
        told.group(1) if told else detection.delimiter_of(without_comments(text))
    )
    skip = lines_above(text, delimiter) + (1 if told else 0)
    skip = given.get("skip", skip)
    preview = detection.records("".join(lines(text)[skip - (1 if told else 0) :]), delimiter)
    header = detection.has_header(preview) if preview else True
    return replace(
        known,
        delimiter=delimiter,
        header=given.get("header", header),
        skip=skip,
        trailing=trailing(preview),
        missing=given.get("missing", known.missing),
    )


def ragged(called: str, line: int, expected: int, found: int) -> str:
    """Say that a line holds too many cells."""
    return (
        f"Line {line} of {called} has {found} cells where the first has {expected}; "
        "put cells that hold the delimiter into quotes, or choose another delimiter."
    )


def parse_text(content: bytes, called: str, reading: Reading) -> pd.DataFrame:
    """Call pandas and say in a sentence what it stumbles over."""
    given = {
        "sep": reading.delimiter,
        "encoding": reading.encoding,
        "header": None,
        "skiprows": reading.skip + reading.header,
        "dtype": str,
        "keep_default_na": False,
        "na_values": list(reading.missing),
    }
    try:
        frame: pd.DataFrame = pd.read_csv(io.BytesIO(content), **given)  # type: ignore[call-overload]
        return frame
    except pd.errors.EmptyDataError:
        return pd.DataFrame()
    except pd.errors.ParserError as error:
        place = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", str(error))
        if place:
            expected, line, found = map(int, place.groups())
            raise ReadError(ragged(called, line, expected, found)) from None
        opened = re.search(r"string starting at row (\d+)", str(error))
        if opened is None:
            raise ReadError(f"{called} cannot be cut into rows and columns.") from None
        raise ReadError(
            f"{called} opens a quote in row {opened.group(1)} and never closes it; mend that cell."
        ) from None
    except (ValueError, LookupError, TypeError, OverflowError):
        raise ReadError(
            f"{called} cannot be read with encoding {reading.encoding} and delimiter "
            f"{reading.delimiter!r}; choose others."
        ) from None
