"""Quoting: whether a cell in quotes may go over several lines.

A parser that must reckon with that cannot look for the end of a line, and takes half as
long again. Nearly all files have no such cell, and it takes little to be sure of it.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

__all__ = ["may_break"]

PART = 1 << 20  # bytes, looked at in one go
LONGEST = 1 << 16  # bytes of a line, beyond which nothing is sure
NEWLINE, RETURN = ord("\n"), ord("\r")


def may_break(data: memoryview, delimiter: str, quote: str) -> bool:
    r"""Tell whether a line may end inside of quotes.

    Parameters
    ----------
    data : memoryview
        Whole lines.
    delimiter, quote : str
        One ASCII character each.

    Returns
    -------
    bool
        False only where each quote plainly begins a cell, ends one or stands twice, and
        no line ends between the two.

    Notes
    -----
    Parts that begin with a line are looked at on their own: as long as none of them ends
    within quotes, no other begins there. O(bytes).

    Examples
    --------
    >>> breaks = lambda text: may_break(memoryview(text), ",", "|")
    >>> breaks(b"|a, ||b|||,1\nc,2\n"), breaks(b"|a\nb|,1\n"), breaks(b"5| pipe,1\n3| pipe,2\n")
    (False, True, True)
    """
    marks = np.frombuffer(data, dtype=np.uint8)
    ends = [0]
    for place in range(PART, len(marks), PART):
        if place > ends[-1]:
            found = np.flatnonzero(marks[place : place + LONGEST] == NEWLINE)
            if not len(found):
                return True
            ends.append(place + int(found[0]) + 1)
    parts = [marks[a:b] for a, b in zip(ends, [*ends[1:], len(marks)], strict=True)]
    signs = np.zeros(256, dtype=bool)
    signs[[ord(delimiter), ord(quote), NEWLINE, RETURN]] = True

    def breaks(part: NDArray[np.uint8]) -> bool:
        return breaks_in(part, ord(quote), signs)

    if len(parts) == 1:
        return breaks(parts[0])
    with ThreadPoolExecutor(2) as pool:
        return any(pool.map(breaks, parts))


def breaks_in(part: NDArray[np.uint8], quote: int, signs: NDArray[np.bool_]) -> bool:
    """Tell the same of whole lines, the first of which begins outside of quotes."""
    at = np.flatnonzero(part == quote)
    if len(at) % 2:
        return True
    first, last = at[::2], at[1::2]
    for sign in (NEWLINE, RETURN):
        ends = np.flatnonzero(part == sign)
        if len(ends) and (np.searchsorted(at, ends) % 2).any():
            return True
    before, after = part[first - 1], part[np.minimum(last + 1, len(part) - 1)]
    begins = signs[before] | (first == 0)
    return not (begins.all() and (signs[after] | (last == len(part) - 1)).all())
