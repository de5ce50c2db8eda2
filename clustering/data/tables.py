"""Tables: from the bytes of a file to a frame, and how it was read.

Two things make a table that came from anybody's disk hard. It does not say how it is
written (`clustering.data.detection` finds that out), and it may be anything at all:
empty, a picture with the wrong ending, a page of HTML. What comes out of `read` is
either a `Table` or one sentence.

A `Reading` is all that was found out, as a small value. A script that calls
``pandas.read_csv(path, **reading.arguments)`` meets the same cells in the same rows,
which is why nothing here mends a cell behind the user's back.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

import pandas as pd

from clustering.data.reading import Reading, is_book, parse_text, read_book, read_text
from clustering.dataset import digest
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["ENDINGS", "MOST_GROUPS", "Reading", "Table", "read"]

TEXTS = (".csv", ".tsv", ".txt", ".tab", ".dat", ".data")
BOOKS = (".xlsx", ".xlsm", ".xls")
ENDINGS = TEXTS + BOOKS
"""Endings of the files that `read` takes."""

OTHERS = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PAR1", "a Parquet file"),
    (b"\x93NUMPY", "a NumPy file"),
    (b"\x7fELF", "a program"),
)
LONG = ("integer", "mixed-integer-float")  # what pandas calls Python's own whole numbers
GROUPS = ("label", "labels", "group", "class", "truth", "species", "target")
MOST_GROUPS = 100
"""Different values up to which a column may hold known groups."""


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """What the file says, cell for cell.

    Attributes
    ----------
    frame : pandas.DataFrame
        All rows; its RangeIndex is the place of each row in the user's file. Cells
        are those of ``pandas.read_csv(path, **reading.arguments)``, but whole numbers
        beyond 64 bits, which no other program takes, are rounded; labels are
        unique strings: pandas' own as text, or "column 1" ... without a header.
    name : str
        Name of the file or sample.
    reading : Reading
        How it was read.
    key : str
        Digest of the bytes and of the reading.
    truth : str or None
        Name of a column with known groups.
    note : str
        Empty, or one sentence that must be said about this table.
    written : mapping of str to tuple of str
        Cells as they stand in the file, for columns of numbers that lose leading zeros
        ("0017") or digits in reading.
    """

    frame: pd.DataFrame
    name: str
    reading: Reading
    key: str
    truth: str | None = None
    note: str = ""
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read(content: bytes, name: str, *, reading: Reading | None = None) -> Table:
    r"""Read the bytes of a file as a table.

    Parameters
    ----------
    content : bytes
        The whole file.
    name : str
        Its name; the ending only counts where the bytes leave a doubt.
    reading : Reading, optional
        How to read it; found out when left out.

    Returns
    -------
    Table
        At least one row and one column.

    Raises
    ------
    ReadError
        Where the bytes are no table, or one without rows.

    Notes
    -----
    Finding out looks at the first 200 lines, and once at every byte for the encoding;
    the rest is the time of `pandas.read_csv`.

    Examples
    --------
    >>> table = read("x;y\n1,5;2\n".encode("utf-16"), "mine.csv")
    >>> table.frame.to_dict("list"), table.reading.encoding, table.reading.decimal
    ({'x': [1.5], 'y': [2]}, 'utf-16', ',')
    >>> read(b"x,y\n", "mine.csv")
    Traceback (most recent call last):
    ...
    clustering.errors.ReadError: 'mine.csv' names 2 columns but holds no rows below them.
    """
    called = f"'{' '.join(name.split())[:80]}'"
    if not content.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise ReadError(f"{called} is empty; choose a file with a line of names and rows below.")
    ending = PurePath(name).suffix.lower()
    book = is_book(content)
    if reading is not None:
        book = reading.kind == "xlsx"
    elif ending and ending not in ENDINGS:
        raise ReadError(
            f"{called} ends in {ending}; files ending in {', '.join(ENDINGS)} are read."
        )
    kind = next((kind for start, kind in OTHERS if content.startswith(start)), "")
    if re.match(rb"(\xef\xbb\xbf)?\s*(\{\s*[\"}]|\[\s*[\[{])", content[:4096]):
        kind = "a JSON file"
    if kind or re.match(rb"\s*<(!doctype|html|\?xml)", content[:200], re.I):
        raise ReadError(
            f"{called} is {kind or 'a web page'}, not a table; choose a CSV or XLSX file."
        )
    table = read_book if book else read_text
    frame, reading, preview, note = table(content, called, reading)
    if frame.shape[0] == 0:
        named = count(frame.shape[1], "column")
        raise ReadError(f"{called} names {named} but holds no rows below them.")
    frame.columns = labels(frame.columns, reading)
    rounded = round_off(frame)
    return Table(
        frame=frame,
        name=name,
        reading=reading,
        key=digest(content, reading),
        truth=known_groups(frame),
        note=note,
        written={} if book else written(content, frame, reading, preview, rounded),
    )


def labels(columns: "pd.Index[str]", reading: Reading) -> list[str]:
    """Give unique strings for the labels that pandas gave."""
    if not reading.header:
        return [f"column {place + 1}" for place in range(len(columns))]
    unique: list[str] = []
    taken: set[str] = set()
    for label in map(str, columns):
        name, number = label, 1
        while name in taken:
            name, number = f"{label}.{number}", number + 1
        taken.add(name)
        unique.append(name)
    return unique


def known_groups(frame: pd.DataFrame) -> str | None:
    """Find a column that by its name and few values holds known groups."""
    for name in frame.columns:
        if str(name).strip().lower() in GROUPS:
            different = frame[name].nunique()
            if 2 <= different <= min(MOST_GROUPS, len(frame) / 2) and frame[name].dtype.kind != "f":
                return str(name)
    return None


def round_off(frame: pd.DataFrame) -> list[int]:
    """Make whole numbers beyond 64 bits float64, in place, and say in which columns.

    Numbers that are beyond float64 as well become text.
    """
    rounded = []
    for place, name in enumerate(frame.columns):
        cells = frame[name]
        if cells.dtype != object or pd.api.types.infer_dtype(cells, skipna=True) not in LONG:
            continue
        try:
            frame[name] = cells.astype("float64")
            rounded.append(place)
        except OverflowError:
            frame[name] = cells.map(str, na_action="ignore")
    return rounded


def written(
    content: bytes,
    frame: pd.DataFrame,
    reading: Reading,
    preview: list[list[str]],
    rounded: list[int],
) -> dict[str, tuple[str, ...]]:
    """Give the cells as they stand in the file where numbers lost digits or leading zeros."""
    rows = preview[1:] if reading.header else preview
    lost = [
        place
        for place, name in enumerate(frame.columns)
        if place in rounded
        or frame[name].dtype.kind in "iuf"
        and any(len(row) > place and re.fullmatch(r"\s*0\d+\s*", row[place]) for row in rows)
    ]
    if not lost:
        return {}
    again = parse_text(content, "", reading, usecols=lost, dtype=str, keep_default_na=False)
    return {str(frame.columns[j]): tuple(again.iloc[:, i]) for i, j in enumerate(lost)}
