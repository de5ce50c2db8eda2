"""Tables: from the bytes of a file to a frame, and how it was read.

Two things make a table that came from anybody's disk hard. It does not say how it is
written, and it may be anything at all: empty, a picture with the wrong ending, a page of
HTML. What comes out of `read` is either a `Table` or one sentence.

Three questions are asked in turn, each by modules of its own: what is in the bytes
(`clustering.data.formats.files`: packed or not, and of which format), where are the cells (a
reader for each format gives a `Raw`), and what do the cells mean
(`clustering.data.kinds`). A row keeps its place through all three, so that every label
finds its way back to the line it belongs to.
"""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from clustering.data.formats.arff import read_arff
from clustering.data.formats.arrays import read_arrays
from clustering.data.formats.books import read_book
from clustering.data.formats.files import ENDINGS, checksum, unpacked
from clustering.data.formats.json_tables import read_json
from clustering.data.formats.parquet import read_parquet
from clustering.data.formats.text import read_text
from clustering.data.kinds import Form, typed
from clustering.data.orders import customers
from clustering.data.reading import Given, Reading
from clustering.dataset import digest
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["ENDINGS", "MOST_GROUPS", "Given", "Reading", "Table", "read"]

GROUPS = ("label", "labels", "group", "class", "truth", "species", "target")
MOST_GROUPS = 100
"""Different values up to which a column may hold known groups."""

READERS = {
    "text": read_text,
    "book": read_book,
    "parquet": read_parquet,
    "json": read_json,
    "jsonl": read_json,
    "npy": read_arrays,
    "arff": read_arff,
}


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """What the file says, cell for cell.

    Attributes
    ----------
    frame : pandas.DataFrame
        All rows; its RangeIndex is the place of each row in the user's file. Labels
        are unique strings. Numbers are float64 or int64, dates datetime64, times
        timedelta64, booleans bool or "boolean", all else text (str); what is missing
        is NaN, NaT or NA.
    name : str
        Name of the file or sample.
    reading : Reading
        How it was read, complete.
    key : str
        Digest of the bytes and of the reading.
    forms : tuple of Form
        What each column holds, and how its cells are written.
    truth : str or None
        Name of a column with known groups.
    notes : tuple of str
        What must be said about this table, a sentence each.
    written : mapping of str to Series of str
        Cells as they stand in the file, for the columns that look different when they
        are written again: dates, numbers with signs and units.
    parts : tuple of str
        The sheets or arrays of the file, of which `reading.part` is read.
    members : tuple of str
        The files of the archive, of which `reading.member` is read.
    log : Table or None
        The orders as they stand in the file, where this is the table of customers that was
        made of them (`reading.orders`).
    """

    frame: pd.DataFrame
    name: str
    reading: Reading
    key: str
    forms: tuple[Form, ...] = ()
    truth: str | None = None
    notes: tuple[str, ...] = ()
    written: Mapping[str, "pd.Series[Any]"] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    log: "Table | None" = None

    def __post_init__(self) -> None:
        """Find out the forms of a frame that comes without."""
        if not self.forms:
            made = typed(self.frame)
            object.__setattr__(self, "frame", made.frame)
            object.__setattr__(self, "forms", made.forms)

    def form(self, name: str) -> Form:
        """Give the form of a column."""
        place = self.frame.columns.get_loc(name)
        assert isinstance(place, int)  # labels are unique
        return self.forms[place]


def read(content: bytes, name: str, *, given: Given | None = None) -> Table:
    r"""Read the bytes of a file as a table.

    Parameters
    ----------
    content : bytes
        The whole file.
    name : str
        Its name; the ending only counts where the bytes leave a doubt.
    given : Given, optional
        Parts of how to read it; all else is found out.

    Returns
    -------
    Table
        At least one row and one column.

    Raises
    ------
    ReadError
        Where the bytes are no table, or one without rows.

    Examples
    --------
    >>> table = read("x;y\n1,5;2\n".encode("utf-16"), "mine.csv")
    >>> table.frame.to_dict("list"), table.reading.encoding, table.reading.decimal
    ({'x': [1.5], 'y': [2]}, 'utf-16', ',')
    >>> read(b"x,y\n", "mine.csv")
    Traceback (most recent call last):
    ...
    clustering.errors.ReadError: 'mine.csv' names 2 columns but holds no rows below them.
    """
    given = given or {}
    name = name.encode("utf-8", "replace").decode()  # half a character cannot be shown
    called = f"'{' '.join(name.split())[:80]}'"
    with ThreadPoolExecutor(1) as pool:
        hashed = pool.submit(checksum, content)  # beside all else, which takes as long
        return as_table(content, name, called, given, hashed)


def as_table(content: bytes, name: str, called: str, given: Given, hashed: "Future[str]") -> Table:
    """Read a table whose bytes are being digested."""
    inside = unpacked(content, name, called, given)
    raw = READERS[inside.reading.format](inside.content, called, inside.reading, given)
    if raw.frame.shape[0] == 0:
        named = count(raw.frame.shape[1], "column")
        raise ReadError(f"{called} names {named} but holds no rows below them.")
    told = (*raw.reading.kinds, *given.get("kinds", ()))
    kinds = {column: kind for column, kind in told if column in raw.frame}
    made = typed(
        raw.frame,
        decimal=given.get("decimal"),
        thousands=given.get("thousands"),
        dayfirst=given.get("dayfirst"),
        kinds=kinds,
    )
    reading = replace(
        raw.reading,
        decimal=made.decimal,
        thousands=made.thousands,
        dayfirst=made.dayfirst,
        kinds=tuple(kinds.items()),
    )
    table = Table(
        frame=made.frame,
        name=name,
        reading=reading,
        key=digest(hashed.result(), reading),
        forms=made.forms,
        truth=known_groups(made.frame),
        notes=(*inside.notes, *raw.notes),
        written=made.written,
        parts=raw.parts,
        members=inside.members,
    )
    return by_customer(table, given["orders"], called) if given.get("orders") else table


def by_customer(log: Table, orders: tuple[str, ...], called: str) -> Table:
    """Make a table with a row a customer of a log of orders."""
    who, when, paid = orders
    made = customers(log.frame, log.forms, (who, when, paid), called)
    reading = replace(log.reading, orders=orders)
    return replace(
        log,
        frame=made.frame,
        reading=reading,
        key=digest(log.key, reading),
        forms=made.forms,
        truth=known_groups(made.frame),
        notes=(*log.notes, *made.notes),
        written={},
        log=log,
    )


def known_groups(frame: pd.DataFrame) -> str | None:
    """Find a column that by its name and few values holds known groups."""
    for name in frame.columns:
        if str(name).strip().lower() in GROUPS:
            different = frame[name].nunique()
            if 2 <= different <= min(MOST_GROUPS, len(frame) / 2) and frame[name].dtype.kind != "f":
                return str(name)
    return None
