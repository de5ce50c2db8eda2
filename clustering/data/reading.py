"""Reading: how a file was read, as a small value, and the two ways of reading.

Text goes through `pandas.read_csv`, workbooks of every age through Calamine, which
reads the old binary ones too and is several times faster than the alternatives.
Whatever either of them stumbles over is told in one sentence of this module; the words
of a parser are no help to somebody who has a spreadsheet and a deadline.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from python_calamine import CalamineError

from clustering.data import bounds, detection
from clustering.data.leading import leading, lines, lines_above, trailing, without_comments
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["Reading", "is_book", "parse_text", "read_book", "read_text"]

TOLD = re.compile(r"sep=(.)\r?\n")  # what spreadsheets write for one another
WIDEST = 10_000  # columns; a line of a million commas is an accident, not a table


@dataclass(frozen=True, slots=True)
class Reading:
    r"""How a file was read, so that a script reads it the same way.

    Attributes
    ----------
    kind : {"csv", "xlsx", "sample"}
        Delimited text, a workbook of any sort, or a sample of scikit-learn.
    encoding : str
        Name of the encoding as Python knows it.
    delimiter : str
        One character, or ``\s+`` for any number of blanks.
    header : bool
        True where the first line holds the names of the columns.
    decimal : str
        Decimal sign, ``"."`` or ``","``.
    skip : int
        Lines before the header (a title, blank rows, a line ``sep=;``).
    trailing : bool
        True where every line but that of the names ends with one delimiter too many.
    sheet : str
        Name of the sheet of a workbook.
    loader : str
        ``"iris"``, ``"wine"`` or ``"digits"``: ``sklearn.datasets.load_...`` of a sample.

    Examples
    --------
    >>> Reading(delimiter=";", header=False).arguments
    {'sep': ';', 'header': None}
    """

    kind: Literal["csv", "xlsx", "sample"] = "csv"
    encoding: str = "utf-8"
    delimiter: str = ","
    header: bool = True
    decimal: str = "."
    skip: int = 0
    trailing: bool = False
    sheet: str = ""
    loader: str = ""

    @property
    def arguments(self) -> dict[str, object]:
        """Keywords for `pandas.read_csv` or `pandas.read_excel`, defaults left out."""
        given: dict[str, object] = {}
        if self.kind == "xlsx":
            given = {"sheet_name": self.sheet, "engine": "calamine"}
        elif self.kind == "csv":
            pairs = (
                ("encoding", self.encoding, "utf-8"),
                ("sep", self.delimiter, ","),
                ("decimal", self.decimal, "."),
            )
            given = {name: value for name, value, usual in pairs if value != usual}
        if self.skip:
            given["skiprows"] = self.skip
        if not self.header:
            given["header"] = None
        if self.trailing:
            given["index_col"] = False
        return given


Parts = tuple[pd.DataFrame, Reading, list[list[str]], str]


def read_text(content: bytes, called: str, reading: Reading | None) -> Parts:
    """Read delimited text: the frame, how, the first records, a note."""
    found = reading or Reading(encoding=detection.encoding_of(content))
    if found.delimiter != detection.BLANKS and (
        len(found.delimiter) != 1 or found.delimiter in '"\r\n'
    ):
        raise ReadError(f"Cells of {called} are kept apart by one character; choose such a one.")
    head = content[:262_144]
    try:
        text = head.decode(found.encoding, "strict" if len(content) <= len(head) else "ignore")
    except (UnicodeError, LookupError):
        raise ReadError(
            f"{called} is not written in {found.encoding}; try another encoding."
        ) from None
    if not detection.is_text(text):
        raise ReadError(f"{called} does not hold text; choose a CSV or XLSX file.")
    if len(content) > len(head):
        text = text[: text.rfind("\n") + 1] or text
    if reading is None:
        found = find_out(text, found.encoding)
    preview = detection.records("".join(lines(text)[found.skip :]), found.delimiter)
    width = len(preview[0]) + found.trailing if preview else 0
    if width > WIDEST:
        raise ReadError(f"{called} has {width:,} columns; at most {WIDEST:,} are read.")
    for line, cells in enumerate(preview):
        if len(cells) > width:
            raise ReadError(ragged(called, line + 1 + found.skip, width, len(cells)))
    if found.trailing:
        check_surplus(content, called, found, width)
    note = above(found.skip - bool(found.skip and TOLD.match(text)))
    return parse_text(content, called, found), found, preview, note


def check_surplus(content: bytes, called: str, reading: Reading, width: int) -> None:
    """Raise ReadError where a cell stands behind what was taken for a spare delimiter."""
    surplus = parse_text(
        content,
        called,
        reading,
        header=None,
        names=list(range(width)),
        usecols=[width - 1],
        dtype=str,
        skiprows=reading.skip + 1,
    )
    beyond = surplus[width - 1].notna().to_numpy()
    if beyond.any():
        line = reading.skip + 2 + int(beyond.argmax())
        raise ReadError(ragged(called, line, width - 1, width))


def above(skip: int) -> str:
    """Say that lines above the table are passed over; nothing where there are none."""
    if not skip:
        return ""
    return f"{count(skip, 'line')} above the table {'is' if skip == 1 else 'are'} passed over."


def find_out(text: str, encoding: str) -> Reading:
    """Find out how a text is read from its first lines."""
    told = TOLD.match(text)
    text = text[told.end() :] if told else text
    delimiter = told.group(1) if told else detection.delimiter_of(without_comments(text))
    skip = lines_above(text, delimiter)
    preview = detection.records("".join(lines(text)[skip:]), delimiter)
    return Reading(
        encoding=encoding,
        delimiter=delimiter,
        header=detection.has_header(preview) if preview else True,
        decimal=detection.decimal_of(preview, delimiter),
        skip=skip + (1 if told else 0),
        trailing=trailing(preview),
    )


def ragged(called: str, line: int, expected: int, found: int) -> str:
    """Say that a line holds too many cells."""
    return (
        f"Line {line} of {called} has {found} cells where the first has {expected}; "
        "put cells that hold the delimiter into quotes, or choose another delimiter."
    )


def parse_text(content: bytes, called: str, reading: Reading, **more: object) -> pd.DataFrame:
    """Call pandas and say in a sentence what it stumbles over."""
    try:
        # Types are guessed from the whole column, not piece by piece.
        given = {"low_memory": False, **reading.arguments, **more}
        frame: pd.DataFrame = pd.read_csv(io.BytesIO(content), **given)  # type: ignore[call-overload]
        return frame
    except pd.errors.EmptyDataError:
        raise ReadError(f"{called} holds no table; choose a file with names and rows.") from None
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


def is_book(content: bytes) -> bool:
    """Tell by the first bytes whether a file is a workbook, whatever its ending."""
    return content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def open_book(content: bytes, called: str) -> pd.ExcelFile:
    """Open a workbook, or say that it is none."""
    bounds.check(content, called)
    try:
        return pd.ExcelFile(io.BytesIO(content), engine="calamine")
    except (CalamineError, zipfile.BadZipFile, ValueError, KeyError, OSError):
        raise ReadError(bounds.broken(called)) from None


def read_book(content: bytes, called: str, reading: Reading | None) -> Parts:
    """Read a sheet of a workbook: the frame, how, no records, a note."""
    passed = 0
    with open_book(content, called) as book:
        names = [str(sheet) for sheet in book.sheet_names]
        try:
            if reading is None:
                reading, preview = Reading(kind="xlsx"), pd.DataFrame()
                for sheet in names:
                    preview = pd.read_excel(book, sheet_name=sheet, header=None, nrows=200)
                    if len(preview):
                        break
                if preview.empty:
                    raise ReadError(f"{called} holds no cells in any of its {len(names)} sheets.")
                blank = preview.isna().all(axis=1).to_numpy()
                skip = int(blank.argmin())
                cells = preview.iloc[skip:].astype(object).where(preview.notna(), "").to_numpy()
                rows = [[str(cell) for cell in row] for row in cells]
                passed = leading(rows)
                header = detection.has_header(rows[passed:])
                reading = Reading(kind="xlsx", sheet=sheet, header=header, skip=skip + passed)
            elif reading.sheet not in names:
                raise ReadError(f"{called} has no sheet '{reading.sheet}'; it has {len(names)}.")
            frame = pd.read_excel(
                book,
                sheet_name=reading.sheet,
                header=0 if reading.header else None,
                skiprows=reading.skip,
            )
        except (CalamineError, ValueError, KeyError, TypeError, IndexError):
            raise ReadError(f"{called} has a sheet that is not a table; save it as CSV.") from None
    others = len(names) - 1
    note = f"Sheet '{reading.sheet}' is shown; the workbook has {others} more." if others else ""
    return frame, reading, [], " ".join(filter(None, (note, above(passed))))
