"""Bounds: how large a workbook will become, found out before it is read.

A workbook says of every cell where it stands, and a reader lays out the whole rectangle
from A1 to the last of them. Two cells, in A1 and XFD1048576, are a file of 1.4 kB and
17 billion cells of memory. No error comes of that: the allocation fails below Python,
and the process ends with everybody's work. So the places are looked at first.

XLSX and XLSM
    A ZIP archive of XML. Its parts are unpacked piece by piece, because the sizes that
    an archive states of itself may be false, and `clustering.data.formats.extent` looks where
    the cells in the pieces stand.
XLS
    A binary file, which a process of its own opens first: where that one ends, or asks
    for more memory than any sheet of that age can need, only the file is refused.
XLSB and ODS
    Are refused; what writes them writes XLSX, too.
"""

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from clustering.data.formats.extent import extent, glance
from clustering.data.formats.packing import UNPACKED, pieces
from clustering.errors import ReadError

__all__ = ["CELLS", "MOST", "WIDEST", "broken", "check", "check_shape"]

CELLS = 20_000_000
"""Rows times columns of a sheet, at most."""

WIDEST = 10_000
"""Columns that are read; a line of a million commas is an accident, not a table."""

MOST = 100_000_000
"""Rows times columns of a file that states them, at most: 0.8 GB of numbers."""

SECONDS = 120  # for opening an old workbook
MEMORY = 3_000_000_000  # bytes for opening one; 65,536 rows of 256 cells need a third

OPEN = """
import io, sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except (ImportError, ValueError, OSError):
    pass
from python_calamine import CalamineWorkbook
CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
"""


def check(content: bytes, called: str) -> None:
    """Refuse a workbook that takes more memory than there is, or cannot be opened.

    Parameters
    ----------
    content : bytes
        The whole file.
    called : str
        Its name, as a sentence says it.

    Raises
    ------
    ReadError
        Where the workbook must not be opened.

    Notes
    -----
    Every part that could be a sheet counts, because which of them a reader takes for
    which sheet is the reader's secret. A glance decides nearly always; where it does
    not, all of the sheet is parsed, with about two seconds for a million cells.
    """
    if not content.startswith(b"PK"):
        check_old(content, called)
        return
    parts = list_parts(content, called)
    names = {part.filename.lower().replace("\\", "/") for part in parts}
    for name, kind in (("content.xml", "an ODS"), ("xl/workbook.bin", "an XLSB")):
        if name in names:
            raise ReadError(f"{called} is {kind} workbook; save it as XLSX or CSV.")
    size = 0
    for part in parts:
        for piece in pieces(content, part, broken(called)):
            size += len(piece)
            if size > UNPACKED:
                raise ReadError(
                    f"{called} unpacks to more than {UNPACKED / 1e9:.0f} GB; save the table as CSV."
                )
    check_cells(content, parts, called)


def check_shape(rows: int, columns: int, called: str) -> None:
    """Refuse a table of more than `WIDEST` columns, or more than `MOST` cells."""
    if columns > WIDEST:
        raise ReadError(f"{called} has {columns:,} columns; at most {WIDEST:,} are read.")
    if rows * columns > MOST:
        raise ReadError(
            f"{called} has {rows:,} rows and {columns:,} columns; at most {MOST:,} cells are "
            "read, so keep fewer of either."
        )


def check_cells(content: bytes, parts: list[zipfile.ZipInfo], called: str) -> None:
    """Refuse a sheet of more than `CELLS` rows times columns."""
    for part in parts:
        if not mentions(pieces(content, part, broken(called)), b"sheetData"):
            continue
        rows, columns = glance(pieces(content, part, broken(called))) or (CELLS, 2)
        if rows * columns <= CELLS:
            continue
        try:
            rows, columns = extent(pieces(content, part, broken(called)))
        except (expat.ExpatError, ValueError):
            raise ReadError(broken(called)) from None
        if rows * columns > CELLS:
            raise ReadError(
                f"{called} has a sheet that reaches over {rows:,} rows and {columns:,} columns; "
                f"at most {CELLS:,} cells are read, so delete what stands far from the table."
            )


def list_parts(content: bytes, called: str) -> list[zipfile.ZipInfo]:
    """Give the parts of an archive, or say that it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return book.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise ReadError(broken(called)) from None


def mentions(parts: Iterator[bytes], word: bytes) -> bool:
    """Tell whether a word stands in any of the pieces or across two of them."""
    before = b""
    for piece in parts:
        if word in before + piece:
            return True
        before = piece[-len(word) :]
    return False


def check_old(content: bytes, called: str) -> None:
    """Open an XLS workbook in a process of its own, which may fail alone."""
    if zipfile.is_zipfile(io.BytesIO(content)):  # behind other first bytes, and read as such
        raise ReadError(broken(called))
    try:
        subprocess.run(
            [sys.executable, "-I", "-c", OPEN.format(memory=MEMORY)],
            input=content,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        raise ReadError(broken(called)) from None


def broken(called: str) -> str:
    """Say that a workbook cannot be opened."""
    return (
        f"{called} is not a workbook that can be opened (broken, or protected by a "
        "password); save it again as XLSX or CSV."
    )
