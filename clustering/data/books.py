"""Books: workbooks of every age, by Calamine.

It reads the old binary ones too and is several times faster than the alternatives.
"""

import io
import zipfile
from dataclasses import replace

import pandas as pd
from python_calamine import CalamineError

from clustering.data import bounds, detection
from clustering.data.labels import unique, unnamed
from clustering.data.leading import leading
from clustering.data.raw import Raw
from clustering.data.reading import Given, Reading
from clustering.data.text import above
from clustering.errors import ReadError

__all__ = ["read_book"]


def read_book(content: bytes, called: str, reading: Reading, given: Given) -> Raw:
    """Read a sheet of a workbook: the told one, or the first that holds cells."""
    bounds.check(content, called)
    try:
        with pd.ExcelFile(io.BytesIO(content), engine="calamine") as book:
            return read_sheet(book, called, reading, given)
    except (CalamineError, zipfile.BadZipFile, ValueError, KeyError, OSError, IndexError):
        raise ReadError(bounds.broken(called)) from None


def read_sheet(book: pd.ExcelFile, called: str, reading: Reading, given: Given) -> Raw:
    """Read a sheet of an open workbook."""
    names = tuple(str(sheet) for sheet in book.sheet_names)
    told = given.get("part")
    if told is not None and told not in names:
        raise ReadError(f"{called} has no sheet '{told}'; it has {len(names)}.")
    preview, sheet = pd.DataFrame(), ""
    for sheet in names if told is None else (told,):
        preview = pd.read_excel(book, sheet_name=sheet, header=None, nrows=200)
        if len(preview):
            break
    if preview.empty:
        raise ReadError(f"{called} holds no cells in any of its {len(names)} sheets.")
    blank = preview.isna().all(axis=1).to_numpy()
    skip = int(blank.argmin())
    cells = preview.iloc[skip:].astype(object).where(preview.notna(), "").to_numpy()
    rows = [[str(cell) for cell in row] for row in cells]
    passed = leading(rows)
    header = given.get("header", detection.has_header(rows[passed:]))
    skip = given.get("skip", skip + passed)
    frame = pd.read_excel(
        book, sheet_name=sheet, header=0 if header else None, skiprows=skip,
        keep_default_na=False, na_values=list(given.get("missing", reading.missing)),
    )  # fmt: skip
    frame.columns = unique(list(frame.columns)) if header else unnamed(frame.shape[1])
    notes = [above(passed)]
    if len(names) > 1 and told is None:
        notes.append(f"Sheet '{sheet}' is shown; the workbook has {len(names) - 1} more.")
    found = replace(reading, part=sheet, header=header, skip=skip)
    return Raw(frame, found, parts=names, notes=tuple(filter(None, notes)))
