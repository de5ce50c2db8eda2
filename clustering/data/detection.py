"""Detection: encoding, delimiter, decimal sign and header of a text table.

A CSV file says none of this about itself, so each is found by what the other
readings would make of the text:

encoding
    A byte order mark decides. Otherwise UTF-8, because text in another encoding is
    practically never valid UTF-8 by accident. Otherwise the accents of western
    languages stand alone between ASCII letters, while Chinese characters are pairs of
    high bytes; only where that leaves doubt are the two compared as language.
delimiter
    The one by which lines fall into equally many cells, and cells into numbers.
header
    A line of names differs from the lines below it: where these hold numbers, it does
    not.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

import charset_normalizer

__all__ = [
    "BLANKS",
    "decimal_of",
    "delimiter_of",
    "encoding_of",
    "has_header",
    "is_text",
    "records",
]

BLANKS = r"\s+"
"""Delimiter of tables whose columns are kept apart by any number of blanks."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NUMBER = re.compile(r"\s*[-+]?((\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?|inf|infinity)\s*", re.I)
COMMA = re.compile(r"\s*[-+]?\d*,\d+([eE][-+]?\d+)?\s*")
POINT = re.compile(r"\s*[-+]?\d*\.\d+([eE][-+]?\d+)?\s*")
MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "-nan", "<na>", "#n/a"})
CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f]")


def decodes(content: bytes, encoding: str) -> bool:
    """Tell whether all of the bytes are valid in this encoding."""
    try:
        content.decode(encoding)
    except UnicodeError:
        return False
    return True


def encoding_of(content: bytes) -> str:
    r"""Find the encoding of a text.

    Parameters
    ----------
    content : bytes
        The whole file.

    Returns
    -------
    str
        ``"utf-8"``, ``"utf-8-sig"``, ``"utf-16"``, ``"utf-16-le"``, ``"utf-16-be"``,
        ``"utf-32"``, ``"gb18030"`` (which contains GBK), ``"cp1252"`` or ``"latin-1"``.

    Examples
    --------
    >>> encoding_of("año,1".encode("latin-1")), encoding_of("年龄,岁\n".encode("gbk"))
    ('latin-1', 'gb18030')
    """
    for mark, encoding in MARKS:
        if content.startswith(mark) and decodes(content, encoding):
            return encoding
    head = content[:4096]
    if len(head) >= 4 and head.count(0) > len(head) // 4:  # every other byte of ASCII in UTF-16
        for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
            if zeros.count(0) > 0.6 * len(zeros) and decodes(content, encoding):
                return encoding
    if content.isascii() or decodes(content, "utf-8"):
        return "utf-8"
    first = re.search(rb"[\x80-\xff]", content)
    place = first.start() if first else 0
    sample = content[max(place - 1000, 0) : place + 65_536]
    runs = re.findall(rb"[\x80-\xff]+", sample)
    alone = sum(len(run) == 1 for run in runs)
    if 2 * alone <= len(runs) and decodes(content, "gb18030"):
        best = charset_normalizer.from_bytes(sample, cp_isolation=["gb18030", "cp1252"]).best()
        if best is None or best.encoding == "gb18030":
            return "gb18030"
    if re.search(rb"[\x80-\x9f]", content) and decodes(content, "cp1252"):
        return "cp1252"
    return "latin-1"


def is_text(text: str) -> bool:
    """Tell whether decoded bytes are a text: hardly any control characters."""
    return len(CONTROL.findall(text)) <= 4 + len(text) // 50


def records(text: str, delimiter: str, *, limit: int = 200) -> list[list[str]]:
    """Cut a text into lines of cells.

    Parameters
    ----------
    text : str
        Delimited text.
    delimiter : str
        One character, or `BLANKS`.
    limit : int
        Lines to give at most.

    Returns
    -------
    list of lists of str
        The cells of each line; blank lines do not count.
    """
    if delimiter == BLANKS:
        lines = (line.split() for line in text.splitlines())
        return [cells for cells, _ in zip(filter(None, lines), range(limit), strict=False)]
    found: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if cells:
                found.append(cells)
            if len(found) == limit:
                break
    except csv.Error:  # a cell longer than the module allows: what came before must do
        pass
    return found


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number, with a point or a comma."""
    return NUMBER.fullmatch(cell) is not None


def is_missing(cell: str) -> bool:
    """Tell whether a cell is empty or says that it is missing."""
    return cell.strip().lower() in MISSING


def delimiter_of(text: str) -> str:
    r"""Find what stands between two cells.

    Parameters
    ----------
    text : str
        The first lines of the file, the last of them whole.

    Returns
    -------
    str
        One of ``, ; tab |``, or `BLANKS`; a comma where there is only one column.

    Examples
    --------
    >>> delimiter_of("a;b\n1,5;2\n"), delimiter_of("1 2\n 3   4\n"), delimiter_of("a\n1\n")
    (';', '\\s+', ',')
    """
    best, delimiter = (False, False, 0.0, 0.0, 0), ""
    for candidate in (",", ";", "\t", "|", BLANKS):
        if candidate == BLANKS and delimiter:
            break
        rows = records(text, candidate)
        widths = Counter(map(len, rows))
        width, often = widths.most_common(1)[0] if widths else (0, 0)
        if width < 2:
            continue
        cells = [cell for row in rows for cell in row if not is_missing(cell)]
        numbers = sum(map(is_number, cells)) / max(len(cells), 1)
        agreement = often / len(rows)
        if candidate == BLANKS and (agreement < 1.0 or numbers < 0.5):
            continue  # words of a sentence, not cells of a table
        score = (len(rows[0]) == width, agreement >= 0.9, numbers, agreement, width)
        if score > best:
            best, delimiter = score, candidate
    return delimiter or ","


def decimal_of(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    """Find the decimal sign: a comma where more cells need one than need a point."""
    if delimiter == ",":
        return "."
    cells = [cell for row in rows for cell in row]
    commas = sum(COMMA.fullmatch(cell) is not None for cell in cells)
    return "," if commas > sum(POINT.fullmatch(cell) is not None for cell in cells) else "."


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first line holds names rather than data.

    Parameters
    ----------
    rows : sequence of sequences of str
        The first lines as cells.

    Returns
    -------
    bool
        False where all of it is numbers, or where it has a number in every column
        that holds numbers below; True otherwise. Years and running numbers behind a
        first cell that is no number are names all the same.

    Examples
    --------
    >>> has_header([["1.5", "2"], ["3", "4"]]), has_header([["x", "y"], ["3", "4"]])
    (False, True)
    >>> has_header([["Adelie", "39"], ["Gentoo", "46"]])
    False
    >>> has_header([["country", "1990", "2000"], ["Peru", "21.8", "26.0"]])
    True
    """
    first, below = rows[0], rows[1:]
    numbers = [cell for cell in first if is_number(cell)]
    if not numbers:
        return True
    if len(numbers) == len(first):
        return False
    if not is_number(first[0]) and all(cell.strip().isdecimal() for cell in numbers):
        values = [int(cell) for cell in numbers]
        steps = {after - before for before, after in zip(values, values[1:], strict=False)}
        years = all(1800 <= value <= 2200 for value in values)
        if (len(steps) <= 1 and 0 not in steps) and (len(values) >= 3 or years):
            return True
    numeric = [
        place
        for place in range(len(first))
        if (
            cells := [
                row[place] for row in below if len(row) > place and not is_missing(row[place])
            ]
        )
        and sum(map(is_number, cells)) >= 0.9 * len(cells)
    ]
    return not numeric or not all(is_number(first[j]) or is_missing(first[j]) for j in numeric)
