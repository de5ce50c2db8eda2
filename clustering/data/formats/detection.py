"""Detection: what stands between and around the cells of a text table.

A CSV file says none of this about itself, so each is found by what the other
readings would make of the text:

delimiter
    The one by which lines fall into equally many cells, and cells into numbers.
quotes
    The ones with which all lines are of one width.
"""

import csv
import re
from collections import Counter
from collections.abc import Sequence

from clustering.data.formats.lines import lines
from clustering.data.reading import MISSING

__all__ = [
    "BLANKS",
    "decimal_of",
    "delimiter_of",
    "is_missing",
    "is_number",
    "is_text",
    "is_value",
    "padded",
    "quotes_of",
    "records",
    "regular",
]

BLANKS = r"\s+"
"""Delimiter of tables whose columns are kept apart by any number of blanks."""

COMMON = ("\t", ";", "|", ",")
RARE = ("^", "~", "\x1f", "\x01", "\u00a6", "\u00a7", "!", "&", "/", ":")
"""Delimiters to look at where the common ones make no table."""

GROUPED = r"\d{1,3}([., '\u2019]\d{3})+([.,]\d*)?"
NUMBER = re.compile(
    rf"\s*[-+]?(({GROUPED}|\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?|inf|infinity)\s*", re.I
)
COMMA = re.compile(r"\s*[-+]?\d*,\d+([eE][-+]?\d+)?\s*")
POINT = re.compile(r"\s*[-+]?\d*\.\d+([eE][-+]?\d+)?\s*")
VALUE = re.compile(
    r"[-+(]{0,2}[^\w\s]?\s?\d[\d.,\'\u2019\s]*(e[-+]?\d+)?\s?([^\w\s]|[a-z]{1,3})?\)?"
    r"|\d{1,4}([-/.])\d{1,2}\3\d{1,4}([ t]+\d.*)?|\d{1,3}:\d\d(:\d\d(\.\d+)?)?",
    re.I,
)
GAPS = frozenset(mark.lower() for mark in MISSING) - {"-", "?"}
csv.field_size_limit(1 << 26)  # one for the whole process, and a cell may hold a book
CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f]")


def is_text(text: str) -> bool:
    """Tell whether decoded bytes are a text: hardly any control characters."""
    return len(CONTROL.findall(text)) <= 4 + len(text) // 50


def records(
    text: str,
    delimiter: str,
    *,
    limit: int = 200,
    quote: str = '"',
    escape: str = "",
    padded: bool = False,
) -> list[list[str]]:
    """Cut a text into lines of cells.

    Parameters
    ----------
    text : str
        Delimited text.
    delimiter : str
        One character, or `BLANKS`.
    limit : int
        Lines to give at most.
    quote, escape : str
        The sign around cells, and that before a quote inside of one; empty for none.
    padded : bool
        True where blanks behind a delimiter do not belong to the cell.

    Returns
    -------
    list of lists of str
        The cells of each line; blank lines do not count.
    """
    found: list[list[str]] = []
    if delimiter == BLANKS:
        for line in lines(text):
            cells = [a or b for a, b in re.findall(r'"([^"]*)"(?!\S)|(\S+)', line)]
            found += [cells] if cells else []
            if len(found) == limit:
                break
        return found
    reader = csv.reader(
        lines(text),
        delimiter=delimiter,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        escapechar=escape or None,
        doublequote=not escape,
        skipinitialspace=padded,
    )
    try:
        for cells in reader:
            if cells and (len(cells) > 1 or cells[0].strip()):
                found.append(cells)
            if len(found) == limit:
                break
    except csv.Error:  # what came before must do
        pass
    return found


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number, with a point or a comma."""
    return NUMBER.fullmatch(cell) is not None


def is_missing(cell: str) -> bool:
    """Tell whether a cell is empty or says that it is missing."""
    return cell.strip().lower() in GAPS


def is_value(cell: str) -> bool:
    """Tell whether a cell looks like an amount, a date or a time, not like a name."""
    return VALUE.fullmatch(cell.strip()) is not None or is_number(cell)


def regular(rows: Sequence[Sequence[str]]) -> float:
    """Give the share of lines that have the commonest width, or one delimiter more."""
    widths = Counter(map(len, rows))
    if not widths:
        return 0.0
    width, often = widths.most_common(1)[0]
    return often / len(rows) if width > 1 else 0.0


def core(rows: list[list[str]]) -> list[list[str]]:
    """Leave out lines above and below those of the commonest width: a title, a source.

    Examples
    --------
    >>> core([["Sales"], ["a", "b"], ["1", "2"], ["3", "4"]])
    [['a', 'b'], ['1', '2'], ['3', '4']]
    """
    above, below = margins(rows)
    return rows[above : len(rows) - below]


def margins(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Count the lines above and below those of the commonest width, where they are few."""
    widths = Counter(map(len, rows)).most_common(1)
    if not widths or widths[0][0] < 2:
        return 0, 0
    fits = [len(row) == widths[0][0] for row in rows]
    above, below = fits.index(True), fits[::-1].index(True)
    return (above, below) if above + below <= len(rows) // 2 else (0, 0)


def delimiter_of(text: str, *, quote: str = '"') -> str:
    r"""Find what stands between two cells.

    Parameters
    ----------
    text : str
        The first lines of the file, the last of them whole.
    quote : str
        The sign around cells that hold a delimiter.

    Returns
    -------
    str
        One of ``, ; tab |``, `BLANKS`, or a rarer sign where it makes a plain table; a
        comma where there is only one column.

    Examples
    --------
    >>> delimiter_of("a;b\n1,5;2\n"), delimiter_of("1 2\n 3   4\n"), delimiter_of("a\n1\n")
    (';', '\\s+', ',')
    >>> delimiter_of("a^b\n1^2\n3^4\n")
    '^'
    """
    best, found = (False, -99, 0.0, -99, 0.0, 0.0, 0), ""
    for candidate in (*COMMON, BLANKS, *RARE):
        if candidate not in COMMON and found:
            break
        if candidate != BLANKS and candidate not in text:
            continue
        rows = records(text, candidate, quote=quote)
        widths = Counter(map(len, rows))
        width, often = widths.most_common(1)[0] if widths else (0, 0)
        if width < 2:
            continue
        above = next(place for place, row in enumerate(rows) if len(row) == width)
        below = margins(rows)[1]
        rows = core(rows)
        cells = [cell for row in rows for cell in row if not is_missing(cell)]
        numbers = sum(map(is_number, cells)) / max(len(cells), 1)
        agreement = often / len(rows)
        if candidate == BLANKS and (agreement < 1.0 or numbers < 0.5):
            continue  # words of a sentence, not cells of a table
        if candidate in RARE and (agreement < 1.0 or len(rows) < 3 or is_clock(rows, candidate)):
            continue
        tight = sum(is_tight(cell, candidate) for cell in cells)
        score = (
            agreement >= 0.9, -above, round(numbers, 2), -below,
            round(tight / max(len(cells), 1), 2), agreement, width,
        )  # fmt: skip
        if score > best:
            best, found = score, candidate
    return found or ","


def is_tight(cell: str, delimiter: str) -> bool:
    """Tell whether a cell is as if cut where it was meant to be."""
    if cell[:1] == " " or is_stray(cell):
        return False
    return is_number(cell) or not any(sign in cell for sign in COMMON if sign != delimiter)


def is_stray(cell: str) -> bool:
    """Tell whether a cell begins or ends with a quote that has no partner in it."""
    return cell.count('"') % 2 == 1


DAY = re.compile(r"(\d{1,2}/\d{1,2}/(\d{2}|\d{4})|\d{4}/\d{1,2}/\d{1,2})( .*)?")


def is_clock(rows: Sequence[Sequence[str]], delimiter: str) -> bool:
    """Tell whether a sign stands inside of dates and times, not between cells."""
    if delimiter not in ":/!&":
        return False
    below = rows[1:]
    times = all(
        len(row) in (2, 3) and all(re.fullmatch(r"\d\d(\.\d+)?", cell) for cell in row[1:])
        for row in below
    )
    dates = all(DAY.fullmatch("/".join(row)) for row in below)
    words = not any(is_number(cell) for row in below for cell in row)
    return times or dates or words or any(cell[:1] in " /" for row in rows for cell in row)


def quotes_of(text: str, delimiter: str) -> tuple[str, str]:
    r"""Find the sign around cells, and the one before a quote inside of them.

    Returns
    -------
    tuple of str
        ``('"', '')`` unless the text plainly speaks for something else.

    Examples
    --------
    >>> quotes_of("a,b\n'1,5',x\n'2,5',y\n", ","), quotes_of('n,x\n5" pipe,1\n"3 foot,2\n', ",")
    (("'", ''), ('', ''))
    """
    if delimiter == BLANKS:
        return '"', ""
    bare = records(text, delimiter, quote="")
    # A title and a source hold no delimiter.
    above, below = margins([row[:2] for row in bare])

    def within(quote: str, escape: str = "") -> list[list[str]]:
        found = records(text, delimiter, quote=quote, escape=escape)
        return found[above : len(found) - below]

    rows, bare = within('"'), within("")
    usual = regular(rows)
    if '\\"' in text and '"' in text:
        escaped = within('"', "\\")
        wrong = usual < regular(escaped) or any(is_stray(cell) for row in rows for cell in row)
        lost = any(swallows(cell, delimiter) for row in escaped for cell in row)
        if wrong and regular(escaped) == 1.0 and not lost:
            return '"', "\\"
    if '"' not in text:
        cells = [cell for row in rows[1:] for cell in row if cell[:1] == "'"]
        single = within("'")
        if len(cells) > 1 and regular(single) == 1.0 and usual <= 1.0:
            framed = sum(
                cell[:1] == cell[-1:] == "'" and len(cell) > 1 for row in bare[1:] for cell in row
            )
            if usual < 1.0 or framed == len(cells):
                return "'", ""
        return '"', ""
    swallowed = any("\n" in cell or "\r" in cell for row in rows for cell in row)
    if regular(bare) == 1.0 and (usual < 1.0 or (swallowed and len(rows) < len(bare))):
        return "", ""
    return '"', ""


def swallows(cell: str, delimiter: str) -> bool:
    r"""Tell whether a cell goes over a line and holds a quote where cells begin or end.

    Where ``"\"`` is a backslash in quotes, its cell would go on into the next row.

    Examples
    --------
    >>> swallows('",1\nb', ","), swallows('5" wide\n7" high', ",")
    (True, False)
    """
    sign = re.escape(delimiter)
    return "\n" in cell and re.search(rf'^"{sign}|"{sign}.*\n|\n.*{sign}"|"\r?\n', cell) is not None


def padded(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether blanks stand behind nearly all delimiters, so that they mean nothing.

    Examples
    --------
    >>> padded([["a", " b"], ["1", " 2"], ["3", " 4"]]), padded([["a", "b"], ["1", " 2"]])
    (True, False)
    """
    cells = [cell for row in rows for cell in row[1:] if cell]
    return len(rows) > 1 and len(cells) > 1 and all(cell[0] == " " for cell in cells)


def decimal_of(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    """Find the decimal sign: a comma where more cells need one than need a point."""
    if delimiter == ",":
        return "."
    cells = [cell for row in rows for cell in row]
    commas = sum(COMMA.fullmatch(cell) is not None for cell in cells)
    return "," if commas > sum(POINT.fullmatch(cell) is not None for cell in cells) else "."
