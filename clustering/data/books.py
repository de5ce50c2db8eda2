"""Books: workbooks of every age, by Calamine.

It reads the old binary ones too and is several times faster than the alternatives. Dates,
times and percentages are values here, because in a workbook only their look is text.
"""

import datetime
import io
import zipfile
from dataclasses import replace
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from clustering.data import bounds
from clustering.data.headings import heading
from clustering.data.labels import unique, unnamed
from clustering.data.plain import plain_table, words_of
from clustering.data.raw import Raw
from clustering.data.reading import Given, Reading
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["cells_below", "read_book"]

HEAD = 200  # rows in which the beginning of a table is looked for
SHOWN = 60  # characters of a name in a sentence

BROKEN = (
    CalamineError, zipfile.BadZipFile, ValueError, KeyError, OSError, IndexError, OverflowError,
)  # fmt: skip


def read_book(content: bytes, called: str, reading: Reading, given: Given) -> Raw:
    """Read a sheet of a workbook: the told one, or the first that holds cells.

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
    if told and told not in names:
        raise ReadError(
            f"{called} has no sheet '{told[:SHOWN]}'; choose one of the {len(names)} it has."
        )
    rows: list[list[Any]] = []
    for part in (told,) if told else names:
        sheet = book.get_sheet_by_name(part)
        rows = sheet.to_python(skip_empty_area=False)
        if any(cell != "" for row in rows for cell in row):
            break
    else:
        where = (
            f"its sheet '{told[:SHOWN]}'" if told else f"any of its {count(len(names), 'sheet')}"
        )
        raise ReadError(f"{called} holds no cells in {where}; choose another.")
    place, _ = heading(rows[:HEAD])
    skip = given.get("skip", place)
    header = given.get("header", heading(rows[skip : skip + HEAD])[1])
    labels, columns = cells_below(rows, skip, header)
    bounds.check_shape(len(rows) - skip, len(columns), called)
    missing = given.get("missing", reading.missing)
    frame = plain_table(columns, missing)
    frame.columns = unique(labels) if header else unnamed(len(columns))
    found = replace(reading, part=part, header=header, skip=skip, missing=missing)
    notes = [said_above(rows[:skip]), said_merged(sheet, skip + header)]
    if len(names) > 1 and not told:
        more = count(len(names) - 1, "more sheet")
        notes.insert(0, f"Sheet '{part[:SHOWN]}' is shown; the workbook has {more}.")
    return Raw(frame, found, parts=names, notes=tuple(filter(None, notes)))


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


def said_above(rows: list[list[Any]]) -> str:
    """Say that rows above the table are passed over; nothing where they are blank."""
    held = sum(any(cell != "" for cell in row) for row in rows)
    if not held:
        return ""
    return f"{count(held, 'row')} above the table {'is' if held == 1 else 'are'} passed over."


def said_merged(sheet: CalamineSheet, first: int) -> str:
    """Say that merged cells of the table hold their value only once."""
    ranges = [place for place in sheet.merged_cell_ranges or () if place[1][0] >= first]
    if not ranges:
        return ""
    verb = "counts" if len(ranges) == 1 else "count"
    return (
        f"{count(len(ranges), 'merged cell')} of the sheet {verb} as one value in the first place "
        "and missing ones in the others."
    )
