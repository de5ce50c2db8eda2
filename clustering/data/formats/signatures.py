"""Signatures: what a file is by its first bytes, and what to do with one that is no table.

The ending of a name is a rumour: spreadsheets are mailed as ``.csv``, pictures saved as
``.txt``. The bytes rarely lie. Where they leave a doubt (a list in brackets may be JSON,
or the first line of a text), the ending decides.
"""

import re
from pathlib import PurePath

from clustering.data.reading import Format

__all__ = ["format_of", "refusal_of"]

TABLE = "choose a CSV, XLSX, Parquet or JSON file"
PICTURE = "bring it on the page Image vector quantization, or choose a CSV, XLSX or Parquet file"
UNPACK = "unpack it and choose one of its files"
SAVE = "save the table as CSV or Parquet"

OTHERS = (
    (b"\x89PNG", "a PNG picture", PICTURE),
    (b"\xff\xd8\xff", "a JPEG picture", PICTURE),
    (b"GIF8", "a GIF picture", PICTURE),
    (b"II*\x00", "a TIFF picture", PICTURE),
    (b"MM\x00*", "a TIFF picture", PICTURE),
    (b"RIFF", "a picture, sound or film", TABLE),
    (b"%PDF", "a PDF document", "copy its table into a spreadsheet and save that"),
    (b"{\\rtf", "a text document", "copy its table into a spreadsheet and save that"),
    (b"\x7fELF", "a program", TABLE),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"PK\x05\x06", "an empty archive", "pack the table again"),
    (b"SQLite format 3\x00", "an SQLite database", SAVE),
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file", SAVE),
    (b"ARROW1", "an Arrow or Feather file", SAVE),
    (b"FEA1", "a Feather file", SAVE),
    (b"ORC", "an ORC file", SAVE),
    (b"Obj\x01", "an Avro file", SAVE),
    (b"$FL2", "an SPSS file", SAVE),
    (b"<stata_dta>", "a Stata file", SAVE),
    (b"MATLAB 5.0 MAT-file", "a MATLAB file", SAVE),
    (b"RDX2\n", "an R file", SAVE),
    (b"RDX3\n", "an R file", SAVE),
)
"""First bytes, what they say, and what to do."""

BLANK = "\\s\ufeff"
MARKUP = re.compile(rf"[{BLANK}]*<(!doctype\s+html|html|head|body|table)\b", re.I)
XML = re.compile(rf"[{BLANK}]*<(\?xml|!doctype|svg|kml|rss)\b", re.I)
JSON_SURE = re.compile(rf'[{BLANK}]*(\{{\s*("[^"\r\n]*"\s*:|\}}|"[^"]{{200}})|\[\s*[\[{{])')
JSON_MAYBE = re.compile(rf"[{BLANK}]*[\[{{]")
ARFF = re.compile(
    rf"[{BLANK}]*(%[^\r\n]*[\r\n]\s*)*@(relation[ \t]|attribute[ \t]+\S+[ \t]+\S)", re.I
)


def refusal_of(content: bytes) -> tuple[str, str]:
    r"""Say what a file is that holds no table, and what to do.

    Parameters
    ----------
    content : bytes
        The whole file.

    Returns
    -------
    kind, advice : str
        Both empty where the file may be read.

    Examples
    --------
    >>> refusal_of(b"SQLite format 3\x00...")
    ('an SQLite database', 'save the table as CSV or Parquet')
    >>> refusal_of(b"a,b\n1,2\n")
    ('', '')
    """
    for start, kind, advice in OTHERS:
        if content.startswith(start) and (start.isascii() is False or not is_lines(content)):
            return kind, advice
    if content.startswith(b"MZ") and b"\x00" in content[:64]:
        return "a program", TABLE
    if content[257:262] == b"ustar":
        return "a tar archive", UNPACK
    if re.match(rb"\x80[\x02-\x05][\x80-\xff}\](\\clhX]", content[:3]) and b"." in content[-2:]:
        return "a pickle, which may run any program when it is opened", SAVE
    head = text_of(content[:4096])
    if MARKUP.match(head):
        return "a web page", "save its table as CSV, or copy it into a spreadsheet"
    if XML.match(head):
        return "an XML file", TABLE
    return "", ""


def is_lines(content: bytes) -> bool:
    """Tell whether bytes that begin like a signature in letters are lines of cells after all."""
    head = content[:400]
    return not content.startswith((b"%PDF-", b"{\\rtf", b"<stata_dta>", b"MATLAB")) and not (
        re.search(rb"[\x00-\x08\x0e-\x1f]", head) or b"\n" not in head
    )


def text_of(head: bytes) -> str:
    """Read the first bytes as text, well enough to tell signs of markup."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if len(head) >= 4 and head[1] == 0 and head[3] == 0:
        return head.decode("utf-16-le", "replace")
    if len(head) >= 4 and head[0] == 0 and head[2] == 0:
        return head.decode("utf-16-be", "replace")
    return head.decode("utf-8", "replace")


def format_of(content: bytes, name: str) -> Format:
    r"""Tell in which format a table is written.

    Parameters
    ----------
    content : bytes
        The whole file, unpacked; `refusal_of` has nothing against it.
    name : str
        Its name, of which the ending counts where the bytes leave a doubt.

    Returns
    -------
    Format
        ``"text"`` where nothing else fits.

    Examples
    --------
    >>> format_of(b'[{"a": 1}]', "x.csv"), format_of(b"[1, 2]", "x.csv")
    ('json', 'text')
    >>> format_of(b"[1, 2]", "x.json"), format_of(b"% x\n@RELATION y\n", "x.txt")
    ('json', 'arff')
    """
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "book"
    if content.startswith(b"PAR1"):
        return "parquet"
    if content.startswith(b"\x93NUMPY"):
        return "npy"
    ending = PurePath(name).suffix.lower()
    head = text_of(content[:65_536])
    if ARFF.match(head):
        return "arff"
    named = ending in (".json", ".jsonl", ".ndjson", ".geojson")
    if JSON_SURE.match(head) or (named and JSON_MAYBE.match(head)):
        return "jsonl" if is_in_lines(head) else "json"
    return "text"


def is_in_lines(head: str) -> bool:
    r"""Tell whether a line ends what it begins, and another begins below.

    Examples
    --------
    >>> is_in_lines('{"a": 1}\n{"a": 2}'), is_in_lines('[[1, 2],\n[3, 4]]')
    (True, False)
    """
    lines = [line.strip() for line in head.splitlines() if line.strip("\ufeff \t")]
    if len(lines) < 2:
        return False
    return lines[0].endswith(("}", "]")) and lines[1].startswith(("{", "["))
