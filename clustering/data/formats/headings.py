"""Headings: where a table begins on a sheet, and whether its first row holds names.

Unlike text, the cells of a workbook have types: a row of words above a row of numbers
is a row of names. What stands higher, a title, a date, a blank row, is told from it by
filling fewer cells than the table below does.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

__all__ = ["heading"]

MOST = 30
"""Rows that may stand above a table."""

Cells = Sequence[Any]


def heading(rows: Sequence[Cells]) -> tuple[int, bool]:
    """Find the first row of a table, and whether it holds names.

    Parameters
    ----------
    rows : sequence of rows
        The first rows of a sheet; blank cells are None or an empty text.

    Returns
    -------
    skip : int
        Rows above the table.
    header : bool
        True where its first row holds the names of the columns.

    Examples
    --------
    >>> heading([["Sales", "", ""], ["", "", ""], ["town", "sum", "n"], ["Oslo", 5.0, 1]])
    (2, True)
    >>> heading([[1.5, 2.0], [3.0, 4.0]])
    (0, False)
    """
    widths = [len(filled(row)) for row in rows]
    most = max(widths, default=0)
    place = 0
    while place < len(rows) - 1 and not widths[place]:
        place += 1
    first = place
    edge = min((left(row) for row in rows if filled(row)), default=0)
    while place < min(first + MOST, len(rows) - 1) and is_apart(rows[place], most, edge):
        place += 1
    if place > first and not (
        is_names(rows[place], most) or all(width <= 1 for width in widths[first:place])
    ):
        place = first  # a gap among the names, not a title above them
    return place, has_names(rows[place:])


def filled(row: Cells) -> list[Any]:
    """Give the cells that hold something."""
    return [cell for cell in row if not is_blank(cell)]


def is_blank(cell: object) -> bool:
    """Tell whether a cell holds nothing, or blanks."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_word(cell: object) -> bool:
    """Tell whether a cell is text that is no number."""
    if not isinstance(cell, str):
        return False
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return True
    return False


def left(row: Cells) -> int:
    """Give the place of the first cell that holds something."""
    return next((place for place, cell in enumerate(row) if not is_blank(cell)), len(row))


def is_apart(row: Cells, most: int, edge: int) -> bool:
    """Tell whether a row fills so few cells that it is a title, or blank."""
    width = len(filled(row))
    if width == 0:
        return True
    titled = most > 2 or left(row) == edge  # of two names the first may be missing
    return most > 1 and width <= most // 2 and titled and is_word(filled(row)[0])


def is_names(row: Cells, most: int) -> bool:
    """Tell whether a row has a word in nearly every cell."""
    words = [cell for cell in filled(row) if is_word(cell)]
    return len(words) == len(filled(row)) and len(words) >= 0.8 * most


def has_names(rows: Sequence[Cells]) -> bool:
    """Tell whether the first row holds names rather than data."""
    first = filled(rows[0]) if rows else []
    others = [cell for cell in first if not is_word(cell)]
    if not others:
        return bool(first)
    if is_word(first[0]) or is_blank(rows[0][0]):
        return is_run(others)
    return False


def is_run(cells: Cells) -> bool:
    """Tell whether cells are years, running numbers or days, as names of columns are."""
    if all(isinstance(cell, date) for cell in cells):
        days = [cell.toordinal() for cell in cells]
        return len(days) >= 2 and days == sorted(set(days))
    if not all(
        isinstance(cell, (int, float)) and not isinstance(cell, bool) and float(cell).is_integer()
        for cell in cells
    ):
        return False
    values = [int(cell) for cell in cells]
    steps = {after - before for before, after in zip(values, values[1:], strict=False)}
    years = all(1800 <= value <= 2200 for value in values)
    return len(values) >= 2 and len(steps) == 1 and 0 not in steps and (years or len(values) >= 3)
