"""Books: workbooks of every age, by Calamine.

It reads the old binary ones too and is several times faster than the alternatives. Dates,
times and percentages are values here, because in a workbook only their look is text.
"""

import datetime
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from clustering.data.formats import bounds
from clustering.data.formats.headings import heading
from clustering.data.formats.labels import unique, unnamed
from clustering.data.formats.plain import plain_table, words_of
from clustering.data.formats.raw import Raw
from clustering.data.reading import Given, Reading
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["cells_below", "merged_down", "read_book"]

HEAD = 200  # rows in which the beginning of a table is looked for
SHOWN = 60  # characters of a name in a sentence
FEWEST = 8  # rows of words in several columns that make a table, not a cover

Span = tuple[tuple[int, int], tuple[int, int]]

BROKEN = (
    CalamineError, zipfile.BadZipFile, ValueError, KeyError, OSError, IndexError, OverflowError,
)  # fmt: skip


def read_book(content: bytes, called: str, reading: Reading, given: Given) -> Raw:
    """Read a sheet of a workbook: the told one, or the first that holds a table.

    Parameters
    ----------
    content : bytes
        The whole workbook.
    called : str
        How sentences name the file.
    reading : Reading
        What is known already.
    given : Given
        May name the sheet (`part`), the rows above the table and whether it has names.

    Returns
    -------
    Raw
        With all sheets as its parts.

    Raises
    ------
    ReadError
        Where the workbook cannot be opened, or holds no cells.
    """
    bounds.check(content, called)
    try:
        return read_sheet(
            CalamineWorkbook.from_filelike(io.BytesIO(content)), called, reading, given
        )
    except BROKEN:
        raise ReadError(bounds.broken(called)) from None


def read_sheet(book: CalamineWorkbook, called: str, reading: Reading, given: Given) -> Raw:
    """Read a sheet of an open workbook."""
    names = sheets(book)
    told = given.get("part")
    if not names:
        raise ReadError(f"{called} holds no cells, because it has no sheets; choose another.")
    if told and told not in names:
        raise ReadError(
            f"{called} has no sheet '{told[:SHOWN]}'; choose one of the {len(names)} it has."
        )
    sheet, passed = (book.get_sheet_by_name(told), 0) if told else first_table(book, names)
    part, rows = sheet.name, sheet.to_python(skip_empty_area=False)
    if not any(cell != "" for row in rows for cell in row):
        where = (
            f"its sheet '{told[:SHOWN]}'" if told else f"any of its {count(len(names), 'sheet')}"
        )
        raise ReadError(f"{called} holds no cells in {where}; choose another.")
    place, _ = heading(rows[:HEAD])
    skip = given.get("skip", place)
    header = given.get("header", heading(rows[skip : skip + HEAD])[1])
    spans = sheet.merged_cell_ranges or ()
    filled = merged_down(rows, spans, skip + header)
    labels, columns = cells_below(rows, skip, header)
    bounds.check_shape(len(rows) - skip, len(columns), called)
    missing = given.get("missing", reading.missing)
    frame = plain_table(columns, missing)
    frame.columns = unique(labels) if header else unnamed(len(columns))
    found = replace(reading, part=part, header=header, skip=skip, missing=missing)
    notes = [said_above(rows[:skip]), said_merged(spans, skip + header, filled)]
    if len(names) > 1 and not told:
        more = count(len(names) - 1, "more sheet")
        first = ", the first that holds a table" if passed else ""
        notes.insert(0, f"Sheet '{part[:SHOWN]}' is shown{first}; the workbook has {more}.")
    return Raw(frame, found, parts=names, notes=tuple(filter(None, notes)))


def first_table(book: CalamineWorkbook, names: Sequence[str]) -> tuple[CalamineSheet, int]:
    """Find the first sheet that holds a table, else the first that holds cells.

    Returns
    -------
    sheet : CalamineSheet
        Blank where all are.
    passed : int
        Sheets before it that hold only a title or a few words.
    """
    worded: list[CalamineSheet] = []
    for name in names:
        sheet = book.get_sheet_by_name(name)
        if is_table(sheet.to_python(skip_empty_area=False, nrows=HEAD)):
            return sheet, len(worded)
        if any(cell != "" for row in sheet.to_python() for cell in row):
            worded.append(sheet)
    return (worded[0] if worded else sheet), 0


def is_table(rows: Sequence[Sequence[Any]]) -> bool:
    """Tell whether rows hold a table rather than the few words of a cover.

    Two rows with numbers below the first are one, and so are words in several columns
    if there are rows enough.

    Examples
    --------
    >>> is_table([["Report"], ["by Ann"]]), is_table([["x"], [1.0], [2.0]])
    (False, True)
    """
    filled = [[cell for cell in row if cell != ""] for row in rows]
    filled = [row for row in filled if row]
    wide = sum(len(row) > 1 for row in filled)
    counted = sum(any(isinstance(cell, (int, float)) for cell in row) for row in filled[1:])
    if counted > 1:  # yes and no count, too
        return wide > 1 or max(map(len, filled)) == 1
    return wide >= FEWEST


def sheets(book: CalamineWorkbook) -> tuple[str, ...]:
    """Give the names of the sheets that hold cells, hidden ones last."""
    found = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    found.sort(key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)
    return tuple(sheet.name for sheet in found)


def cells_below(
    rows: list[list[Any]], skip: int, header: bool
) -> tuple[list[str], list[list[Any]]]:
    """Cut the rows of a sheet into names and columns of cells, without blank margins.

    It stands alone, with `words_of`, because an exported script carries it along.

    Examples
    --------
    >>> cells_below([["", "t", ""], ["", "x", ""], ["", 1.0, ""], ["", "", ""]], 1, True)
    (['x'], [[1]])
    """
    last = len(rows)
    while last > skip + header and all(cell == "" for cell in rows[last - 1]):
        last -= 1
    names, columns = [], []
    for place in range(max((len(row) for row in rows[skip:last]), default=0)):
        cells = [row[place] if place < len(row) else "" for row in rows[skip:last]]
        if all(cell == "" for cell in cells):
            continue
        if header:
            names.append(words_of(cells.pop(0)))
        kept: list[Any] = []
        for cell in cells:
            if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
                cell = int(cell)  # a sheet knows no whole numbers
            elif isinstance(cell, datetime.date) and not isinstance(cell, datetime.datetime):
                cell = datetime.datetime(cell.year, cell.month, cell.day)
            kept.append(cell)
        columns.append(kept)
    return names, columns


def merged_down(
    rows: list[list[Any]], spans: "Sequence[tuple[tuple[int, int], tuple[int, int]]]", first: int
) -> int:
    """Repeat the value of merged cells in the rows that they go over, and count these cells.

    It stands alone, because an exported script carries it along.

    Parameters
    ----------
    rows : list of n lists
        A sheet; blank cells are empty texts. Changed in place.
    spans : sequence of ((row, column), (row, column))
        First and last place of each merged cell.
    first : int
        Row from which on they count; what is merged above are names.

    Examples
    --------
    >>> rows = [["town", "n"], ["Oslo", 1], ["", 2]]
    >>> merged_down(rows, [((1, 0), (2, 0))], 1), rows[2]
    (1, ['Oslo', 2])
    """
    filled = 0
    for (top, place), (last, _) in spans:
        if top < first or top >= len(rows) or place >= len(rows[top]) or rows[top][place] == "":
            continue
        below = top + 1
        while below <= min(last, len(rows) - 1) and place < len(rows[below]):
            if rows[below][place] != "":
                break
            rows[below][place] = rows[top][place]
            below += 1
        filled += below > top + 1
    return filled


def said_above(rows: list[list[Any]]) -> str:
    """Say that rows above the table are passed over; nothing where they are blank."""
    held = sum(any(cell != "" for cell in row) for row in rows)
    if not held:
        return ""
    return f"{count(held, 'row')} above the table {'is' if held == 1 else 'are'} passed over."


def said_merged(spans: Sequence[Span], first: int, filled: int) -> str:
    """Say what became of merged cells below the names; nothing where there are none."""
    left = sum(span[1][0] >= first for span in spans) - filled
    said = []
    if filled:
        verb = "stands" if filled == 1 else "stand"
        said.append(f"{count(filled, 'merged cell')} {verb} for each row that is merged.")
    if left > 0:
        verb = "counts" if left == 1 else "count"
        said.append(
            f"{count(left, 'merged cell')} {verb} as one value in the first place and missing "
            "ones in the others."
        )
    return " ".join(said)
