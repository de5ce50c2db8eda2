"""Names: whether the first line of a table holds the names of its columns.

A line of names differs from the lines below it: where these hold numbers, dates or
times, it does not.
"""

from collections.abc import Sequence

from clustering.data.formats.detection import is_missing, is_number, is_value

__all__ = ["has_header"]


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
    if len(numbers) == len(first):
        return False
    if numbers and not is_number(first[0]) and all(cell.strip().isdecimal() for cell in numbers):
        values = [int(cell) for cell in numbers]
        steps = {after - before for before, after in zip(values, values[1:], strict=False)}
        years = all(1800 <= value <= 2200 for value in values)
        if (len(steps) <= 1 and 0 not in steps) and (len(values) >= 3 or years):
            return True
    values = [place for place in range(len(first)) if is_typed(below, place)]
    if not values:
        return bool(numbers) or not recurs(rows)
    return not all(is_value(first[place]) or is_missing(first[place]) for place in values)


def is_typed(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Tell whether nearly all cells of a column are amounts, dates or times."""
    cells = [row[place] for row in rows if len(row) > place and not is_missing(row[place])]
    return bool(cells) and sum(map(is_value, cells)) >= 0.9 * len(cells)


def recurs(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether most words of the first line stand in their columns again, as data do."""
    first, below = list(rows[0]), [list(row) for row in rows[1:]]
    if first in below or len(below) < 4:
        return False
    again = sum(any(row[j : j + 1] == [cell] for row in below) for j, cell in enumerate(first))
    return 2 * again > len(first)
