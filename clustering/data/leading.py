"""Leading: lines that stand above a table and are no part of it.

People write a title over their table, a date, an empty line, and programs a comment or
two. Readers take the first of these for the names of the columns. They are told from a
table by being narrower: a title fills one cell where the lines below fill several. But a
line of names may have a gap, too, so a line is only passed over where the table below it
plainly begins with names of its own, or where it is cut into fewer cells than any name
line could be.
"""

import io
from collections import Counter
from collections.abc import Sequence

from clustering.data.detection import BLANKS, is_missing, is_number, records

__all__ = ["leading", "lines", "lines_above", "trailing", "without_comments"]

MOST = 30
"""Lines that may stand above a table."""

COMMENTS = ("#", "%")


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


def without_comments(text: str) -> str:
    """Leave out comments above a table, whose words say nothing on its delimiter."""
    kept = lines(text)
    first = next((place for place, line in enumerate(kept) if line[:1] not in "#%\r\n"), 0)
    return "".join(kept[first:]) if len(kept) > first + 1 else text


def lines_above(text: str, delimiter: str) -> int:
    """Count the lines of a text above its table, where that is certain."""
    passed = leading(records(text, delimiter))
    if not passed:
        return 0
    for place, line in enumerate(lines(text)):
        passed -= bool(line.split() if delimiter == BLANKS else line.strip("\r\n"))
        if passed < 0:
            return place
        if '"' in line:  # a cell may go on in the next line
            return 0
    return 0


def lines(text: str) -> list[str]:
    """Cut a text into lines as the parsers of tables do."""
    return list(io.StringIO(text, newline=""))


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
    """Tell whether every line but that of the names ends with one delimiter too many.

    Examples
    --------
    >>> trailing([["a", "b"], ["1", "2", ""], ["3", "4", ""]])
    True
    """
    width = len(rows[0]) + 1 if rows else 0
    return len(rows) > 1 and all(len(row) == width and not row[-1].strip() for row in rows[1:])
