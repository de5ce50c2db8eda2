"""Workbooks: a sheet for each symbol, as one table of all rows.

Every sheet is opened once, its rows are put below one another with the name of the sheet beside
them, and what the cells mean is found out over all of them together.
"""

import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
from python_calamine import CalamineWorkbook

from clustering.data.formats import bounds
from clustering.data.formats.books import BROKEN, HEAD, cells_below, sheets
from clustering.data.formats.files import Inside, unpacked
from clustering.data.formats.headings import heading
from clustering.data.formats.labels import unique
from clustering.data.formats.plain import plain_table
from clustering.data.kinds import typed
from clustering.data.reading import Kind
from clustering.data.tables import Table
from clustering.dataset import digest
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["SHEET", "Sheets", "sheets_of"]

SHEET = "(sheet)"
"""The column with the names of the sheets."""
SYMBOLS = 2
"""Sheets that make a workbook of symbols."""


class Sheets:
    """The rows of all sheets that look alike.

    Attributes
    ----------
    names : tuple of str
        The sheets, in their order.
    skip : int
        Rows above the names of the columns; -1 where it differs.
    notes : tuple of str
        What was passed over.
    """

    def __init__(self, raw: pd.DataFrame, inside: Inside, name: str, skip: int) -> None:
        self.raw, self.inside, self.name, self.skip = raw, inside, name, skip
        self.names: tuple[str, ...] = tuple(dict.fromkeys(raw[SHEET]))
        self.notes: tuple[str, ...] = ()

    def table(self, kinds: Mapping[str, Kind]) -> Table:
        """Give all rows as a table, the kinds of some columns told."""
        made = typed(self.raw, kinds={SHEET: "category", **kinds})
        reading = replace(
            self.inside.reading,
            part=self.names[0],
            header=True,
            skip=max(self.skip, 0),
            decimal=made.decimal,
            thousands=made.thousands,
            kinds=tuple(kinds.items()),
        )
        return Table(
            made.frame, self.name, reading, digest(self.inside.content), made.forms,
            notes=(*self.inside.notes, *self.notes), parts=self.names,
        )  # fmt: skip


def sheets_of(content: bytes, name: str, called: str) -> Sheets | None:
    """Open a workbook of symbols.

    Parameters
    ----------
    content : bytes
        Any file.
    name, called : str
        Its name, and how sentences call it.

    Returns
    -------
    Sheets or None
        None where it is no workbook, or its sheets are no symbols: most of at least two of them
        must have the same two columns or more.

    Raises
    ------
    ReadError
        Where it is a workbook that cannot be opened.
    """
    inside = unpacked(content, name, called, {})
    if inside.reading.format != "book":
        return None
    bounds.check(inside.content, called)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(inside.content))
        found = {
            sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            for sheet in sheets(book)
        }
    except BROKEN:
        raise ReadError(bounds.broken(called)) from None
    frames, skips = dict[str, pd.DataFrame](), dict[str, int]()
    for sheet, rows in found.items():
        skip, header = heading(rows[:HEAD])
        if not header or len(rows) < skip + 2:
            continue
        labels, columns = cells_below(rows, skip, header)
        bounds.check_shape(len(rows), len(columns), called)
        frame = plain_table(columns, inside.reading.missing)
        frame.columns = pd.Index(unique(labels))
        frames[sheet], skips[sheet] = frame, skip
    layouts = Counter(tuple(frame.columns) for frame in frames.values())
    if not layouts:
        return None
    columns_of, often = layouts.most_common(1)[0]
    if often < SYMBOLS or len(columns_of) < 2 or often < len(found) / 2:
        return None
    kept = [sheet for sheet in frames if tuple(frames[sheet].columns) == columns_of]
    raw = pd.concat([frames[sheet].assign(**{SHEET: sheet}) for sheet in kept], ignore_index=True)
    place = skips[kept[0]] if len({skips[sheet] for sheet in kept}) == 1 else -1
    whole = Sheets(raw, inside, name, place)
    if len(kept) < len(found):
        whole.notes = (
            f"{count(len(found) - len(kept), 'sheet')} with other columns than the rest passed "
            "over.",
        )
    return whole
