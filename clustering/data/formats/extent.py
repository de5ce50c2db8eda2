"""Extent: how far the cells of a sheet reach, from its XML and before it is laid out.

Two ways, because the sure one is slow. `glance` looks for everything that could be a
cell, also in comments, and takes the places it states: never less than the truth, at the
speed of a search. Where that is too far, or a cell states no place in the usual words,
`extent` parses the sheet and counts only cells that hold something, since programs like
to write thousands of empty ones that merely have a colour. Declarations of entities, of
which a few lines make gigabytes, have no business in a sheet and are refused.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from xml.parsers import expat

__all__ = ["extent", "glance"]

# No cell can begin inside of a match, so none escapes.
CELL = re.compile(rb"""<(?:[^\s<>/:"'=]+:)?c(?=[\s/>])(?: r="([A-Z]{1,3})([0-9]{1,7})")?""")
LONGEST = 1_000_000  # bytes of a tag and the text behind it, at which a glance gives up


def glance(xml: Iterator[bytes]) -> tuple[int, int] | None:
    """Give a last row and column that no cell is beyond.

    Parameters
    ----------
    xml : iterator of bytes
        A sheet of an XLSX workbook, in pieces.

    Returns
    -------
    rows, columns : int
        At least those of `extent`; None where a cell does not state its place first.

    Examples
    --------
    >>> glance(iter([b'<row><c r="A1"><v>1</v></c><c r="AB', b'30"/>'])), glance(iter([b"<c/>"]))
    ((30, 28), None)
    """
    rows, rest = 0, b""
    letters: set[bytes] = set()
    for piece in chain(xml, [b"<"]):
        text = rest + piece
        end = text.rfind(b"<")  # the tag that begins last may go on in the next piece
        rest = text[end:] if end >= 0 else b""
        found = CELL.findall(text[: max(end, 0)])
        if found:
            names, numbers = zip(*found, strict=True)
            letters.update(names)
            if b"" in letters:
                return None
            rows = max(rows, max(map(int, set(numbers))))
        if len(rest) > LONGEST:
            return None
    return rows, max((column_of(name.decode()) for name in letters), default=0)


def extent(xml: Iterator[bytes]) -> tuple[int, int]:
    """Find the last row and the last column with a cell that holds something.

    Parameters
    ----------
    xml : iterator of bytes
        A sheet of an XLSX workbook, in pieces.

    Returns
    -------
    rows, columns : int
        Rows and columns from A1 to the last cell; (0, 0) for an empty sheet.

    Raises
    ------
    ValueError, xml.parsers.expat.ExpatError
        Where this is no XML, declares a document type, or places a cell nowhere.

    Examples
    --------
    >>> extent(iter([b'<row><c r="A1"><v>1</v></c><c r="AB', b'30"><v>1</v></c></row>']))
    (30, 28)
    """
    row = column = rows = columns = 0

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, rows, columns
        name = tag.rpartition(":")[2]
        if name == "c":
            place = attributes.get("r")
            if place is None:
                column += 1
            else:
                letters = place.rstrip("0123456789")
                row, column = int(place[len(letters) :]), column_of(letters)
        elif name in ("v", "is", "f"):
            rows, columns = max(rows, row), max(columns, column)
        elif name == "row":
            row, column = int(attributes.get("r", row + 1)), 0

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = opened
    parser.StartDoctypeDeclHandler = refuse
    for piece in xml:
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    return rows, columns


def refuse(*_: object) -> None:
    """Stop at a document type, which may declare entities."""
    raise ValueError("A workbook declares no document type.")


@lru_cache(maxsize=20_000)
def column_of(letters: str) -> int:
    """Give the number of a column from 1, of which A is the first and AA the 27th."""
    if not re.fullmatch("[A-Za-z]{1,8}", letters):
        raise ValueError(f"{letters!r} is no column.")
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number
