"""Files: what the bytes are, whatever their ending says, and what they are packed in."""

import re
from dataclasses import dataclass, replace
from pathlib import PurePath

from clustering.data.reading import Given, Reading
from clustering.errors import ReadError

__all__ = ["ENDINGS", "Inside", "unpacked"]

TEXTS = (".csv", ".tsv", ".txt", ".tab", ".dat", ".data")
BOOKS = (".xlsx", ".xlsm", ".xls")
ENDINGS = TEXTS + BOOKS
"""Endings of the files that are read."""

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


@dataclass(frozen=True, eq=False, slots=True)
class Inside:
    """A file out of its packing.

    Attributes
    ----------
    content : bytes
        Of the one file that is read.
    reading : Reading
        With `format`, `unpack` and `member`.
    members : tuple of str
        The files of the archive that could be read; empty without one.
    """

    content: bytes
    reading: Reading
    members: tuple[str, ...] = ()


def unpacked(content: bytes, name: str, called: str, given: Given) -> Inside:
    """Find out what a file is, and take it out of its packing.

    Parameters
    ----------
    content : bytes
        The whole file.
    name, called : str
        Its name, and how sentences call it.
    given : Given
        May name the member of an archive.

    Returns
    -------
    Inside
        What a reader of its format takes.

    Raises
    ------
    ReadError
        Where it is no table, or packs too much.
    """
    if not content.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise ReadError(f"{called} is empty; choose a file with a line of names and rows below.")
    ending = PurePath(name).suffix.lower()
    book = content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    if ending and ending not in ENDINGS:
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
    return Inside(content, replace(Reading(), format="book" if book else "text"))
