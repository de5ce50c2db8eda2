"""Ending: lines that stand below a table and are no part of it.

A source, a note, a total: people add them under the last row, and a program takes them
for rows. A short last line may be a row whose last cells are missing, too, so a line is
only left out where it says by a word what it is, stands behind a blank line, or holds
one text where every row begins with a number.
"""

import re
from collections.abc import Sequence

from clustering.data.formats.detection import is_missing, is_number, is_value, records
from clustering.data.formats.lines import lines

__all__ = ["lines_below"]

MOST = 30
"""Lines that may stand below a table."""

NOTE = re.compile(
    r"[\s*(\[\"'#]*(sources?|notes?|nb|remarks?|quellen?|stand|anmerkung(en)?|hinweise?"
    r"|fuentes?|notas?|fonte|nota|remarques?|bron|data (from|source)|retrieved|downloaded|exported"
    r"|generated|created|copyright|©|\(c\)|last updated|end of (file|report|data)|eof"
    r"|数据来源|来源|资料来源|注释?|备注|出典|注記|出所|источник|примечание)\s*[:：.)\d©=]",
    re.I,
)
TOTAL = re.compile(
    r"[\s*\"'(]*(grand |sub)?(total(e|s|es)?|sum|summe|gesamt(summe)?|insgesamt|somme|suma|ensemble"
    r"|totaal|合计|总计|小计|總計|合計|総計|계|합계|итого|всего)\s*[:：)]?\s*",
    re.I,
)
MARK = "\x1a"
"""The sign with which DOS ends a file."""


def lines_below(
    text: str, delimiter: str, rows: Sequence[Sequence[str]], *, width: int, quote: str = '"'
) -> int:
    r"""Count the lines below a table.

    Parameters
    ----------
    text : str
        The end of the file, or the whole of it.
    delimiter : str
        What stands between two cells.
    rows : sequence of sequences of str
        Rows of the table from its beginning, without names.
    width : int
        How many columns it has.
    quote : str
        The sign around cells.

    Returns
    -------
    int
        Lines that are no rows, blank ones between and behind them counted; 0 where
        only blank lines follow and nobody could take them for rows.

    Examples
    --------
    >>> rows = [["1", "2"], ["3", "4"]]
    >>> lines_below("1,2\n3,4\n\nSource: a, b\n", ",", rows, width=2)
    2
    >>> lines_below("1,2\n3\n\n", ",", rows, width=2)
    0
    """
    found = lines(text)
    below: list[str] = []
    numbered = all(is_value(row[0]) for row in rows if row and not is_missing(row[0]))
    totals = any(TOTAL.fullmatch(row[0]) for row in rows[:-1] if row)
    for line in reversed(found[-MOST:]):
        if line.strip():
            cells = (records(line, delimiter, quote=quote) or [[line]])[0]
            if (quote and line.count(quote) % 2) or not may_end(cells, width, numbered, totals):
                break
        below.insert(0, line)
    said = [place for place, line in enumerate(below) if line.strip()]
    if not said:
        return len(below) if width == 1 else 0
    if len(below) == len(found) or len(rows) <= len(said):
        return 0
    behind_blank = said[0] > 0
    for place in said:
        cells = (records(below[place], delimiter, quote=quote) or [[below[place]]])[0]
        first = next((cell for cell in cells if cell.strip()), "")
        plain = TOTAL.fullmatch(first) or NOTE.match(below[place]) or is_mark(below[place])
        alone = numbered and width > 1 and sum(bool(cell.strip()) for cell in cells) == 1
        if not (plain or alone or (behind_blank and width > 1)):
            return lines_below_from(below, place + 1)
    return len(below)


def lines_below_from(below: Sequence[str], place: int) -> int:
    """Count what is left of the lines below once one of them is a row after all."""
    rest = below[place:]
    known = any(NOTE.match(line) or is_mark(line) for line in rest)
    return len(rest) if known else 0


def is_mark(line: str) -> bool:
    """Tell whether a line holds the sign that ends a file, and nothing else."""
    return MARK in line and not line.strip(f"{MARK} \t\r\n")


def may_end(cells: Sequence[str], width: int, numbered: bool, totals: bool) -> bool:
    """Tell whether a line could stand below a table rather than be its last row."""
    filled = [cell for cell in cells if cell.strip()]
    if is_mark("".join(cells)):
        return True
    if filled and TOTAL.fullmatch(filled[0]) and not totals:
        return width > 1 and cells[0] == filled[0]
    if NOTE.match(" ".join(filled)):
        return width > 1 or numbered
    return width > 1 and len(filled) == 1 and not is_number(filled[0]) and cells[0] == filled[0]
