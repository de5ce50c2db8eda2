"""Leading: lines that stand above a table and are no part of it.

People write a title over their table, a date, an empty line, and programs a comment or
two. Readers take the first of these for the names of the columns. They are told from a
table by being narrower: a title fills one cell where the lines below fill several. But a
line of names may have a gap, too, so a line is only passed over where the table below it
plainly begins with names of its own, or where it is cut into fewer cells than any name
line could be.
"""

import re
from collections import Counter
from collections.abc import Sequence

from clustering.data.formats.detection import BLANKS, is_missing, is_number, records
from clustering.data.formats.lines import lines

__all__ = ["comments_of", "leading", "lines_above", "trailing", "without_comments"]

MOST = 30
"""Lines that may stand above a table."""

COMMENTS = ("#", "%", "//")


def leading(rows: Sequence[Sequence[str]]) -> int:
    """Count the lines above a table.

    Parameters
    ----------
    rows : sequence of sequences of str
        The first lines as cells.

    Returns
    -------
    int
        How many lines, of at most `MOST`, are a title, blank, or a comment.

    Examples
    --------
    >>> leading([["Sales in 2024"], ["town", "sum"], ["Oslo", "5"], ["Rome", "7"]])
    1
    >>> leading([["", "sum"], ["Oslo", "5"], ["Rome", "7"]])
    0
    """
    widths = Counter(map(len, rows)).most_common(1)
    if not widths or widths[0][0] < 2:
        return 0
    width, often = widths[0]
    if often < 2:
        return 0
    place = 0
    while place < min(MOST, len(rows) - 1) and is_apart(rows[place], width):
        place += 1
    if place == len(rows) - 1 or len(rows[place]) != width:
        return 0
    if all(is_title(row, width) or is_comment(row, width) for row in rows[:place]):
        return place
    # Any other line is only given up for a better line of names.
    return place if begins(rows[place:], width) else 0


def without_comments(text: str, sign: str = "") -> str:
    """Leave out lines that begin as comments do, whose words say nothing on the delimiter."""
    found = lines(text)
    kept = [line for line in found if not line.lstrip().startswith(sign or COMMENTS)]
    return "".join(kept) if sum(map(bool, map(str.strip, kept))) > 1 else text


def comments_of(text: str, delimiter: str, quote: str = '"') -> str:
    r"""Find the sign with which lines below the names begin that are no rows.

    Examples
    --------
    >>> comments_of("a,b\n1,2\n# paused\n3,4\n", ","), comments_of("a,b\n#1,2\n#2,3\n", ",")
    ('#', '')
    """
    rows = records(without_comments(text), delimiter, quote=quote)
    width = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    found = lines(text)
    begun = False
    for line in found:
        sign = next((sign for sign in COMMENTS if line.lstrip().startswith(sign)), "")
        if sign and begun:
            marked = [line for line in found if line.lstrip().startswith(sign)]
            cut = [records(line, delimiter, quote="") for line in marked]
            other = [len(cells[0]) != width for cells in cut if cells]
            if width < 2:
                plain = all(re.match(rf"\s*{sign}\s", line) for line in marked)
                numbers = all(is_number(row[0]) or is_missing(row[0]) for row in rows[1:])
                return sign if plain and numbers and len(rows) > 2 else ""
            return sign if any(other) and len(marked) < len(rows) else ""
        begun = begun or not sign and bool(line.strip())
    return ""


def lines_above(text: str, delimiter: str, quote: str = '"') -> int:
    """Count the lines of a text above its table, where that is certain."""
    passed = leading(records(text, delimiter, quote=quote))
    kept = lines(text)
    if not passed:
        blank = next((place for place, line in enumerate(kept) if line.strip()), 0)
        return blank
    for place, line in enumerate(kept):
        passed -= bool(line.split() if delimiter == BLANKS else line.strip(" \r\n"))
        if passed < 0:
            return place
        if quote and line.count(quote) % 2:  # a cell may go on in the next line
            return 0
    return 0


def is_apart(row: Sequence[str], width: int) -> bool:
    """Tell whether a line is narrower than the table, or holds one cell, or is a comment."""
    if is_comment(row, width) or len(row) < width:
        return True
    filled = [place for place, cell in enumerate(row) if cell.strip()]
    return filled in ([], [0]) or (len(filled) == 1 and width > 2)


def is_title(row: Sequence[str], width: int) -> bool:
    """Tell whether a line of fewer cells than the table holds one, which is no number."""
    return len(row) < width and not any(row[1:]) and not is_number(row[0])


def is_comment(row: Sequence[str], width: int) -> bool:
    """Tell whether a line begins as comments do and is not as wide as the table."""
    return bool(row) and row[0].lstrip().startswith(COMMENTS) and len(row) != width


def begins(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Tell whether a line of words in every cell stands above a line with a number."""
    names, below = rows[0], rows[1:]
    named = len(names) == width and not any(is_number(cell) or is_missing(cell) for cell in names)
    return named and any(is_number(cell) for row in below[:1] for cell in row)


def trailing(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether every line, or every one but that of the names, has a delimiter too many.

    Examples
    --------
    >>> trailing([["a", "b"], ["1", "2", ""], ["3", "4", ""]])
    True
    >>> trailing([["a", "b", ""], ["1", "2", ""]]), trailing([["a", "b"], ["1", ""]])
    (True, False)
    """
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    width = len(rows[0]) + bool(rows[0][-1].strip())
    return width > 2 and all(len(row) == width and not row[-1].strip() for row in rows[1:])
