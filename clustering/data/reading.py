"""Reading: how a file was read, as one small value.

Files do not say how they are written. Everything that had to be found out (which sheet,
which delimiter, which decimal sign) stands in a `Reading`; whoever knows better gives a
part of it (`Given`), and the rest is found out anew around what was given. The same
value goes into the exported script, which therefore meets the same cells in the same
rows.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, TypedDict, get_args

__all__ = ["MISSING", "Format", "Given", "Kind", "Reading", "given_from"]

Format = Literal["text", "book", "parquet", "json", "jsonl", "npy", "arff", "sample"]
"""What a file is: delimited text, a workbook of any sort ..."""

Kind = Literal["number", "code", "boolean", "date", "time", "category", "text", "id"]
"""What the cells of a column are.

number
    Measured or counted: differences mean something.
code
    Whole numbers that stand for something: a region, a product line, a post code.
boolean, date, time
    Yes or no; a day, perhaps with the time of day; a time of day or a duration.
category
    Words that repeat.
text
    Words that hardly repeat.
id
    Names the row, and differs from row to row.
"""

MISSING = (
    "", "NA", "N/A", "n/a", "na", "NaN", "nan", "-NaN", "-nan", "NULL", "Null", "null",
    "None", "none", "?", "-", "#N/A", "<NA>",
)  # fmt: skip
"""Cells that stand for a missing value, written exactly so."""


@dataclass(frozen=True, slots=True)
class Reading:
    r"""How a file was read.

    Attributes
    ----------
    format : Format
        What the file, or the chosen file of an archive, is.
    unpack : {"", "gzip", "zip"}
        What it was packed with.
    member : str
        Which file of a zip archive.
    part : str
        Which sheet of a workbook, or which array of an NPZ file.
    encoding : str
        Name of the encoding as Python knows it.
    delimiter : str
        One character, or ``\s+`` for any number of blanks.
    quote : str
        The sign around cells that hold a delimiter, doubled inside of them; empty
        where quotes mean nothing.
    escape : str
        The sign before a quote inside of a quoted cell, where it is not doubled.
    line_end : str
        ``"\\r"`` where lines end in a lone carriage return; empty otherwise.
    enclosed : bool
        True where lines as a whole stand in quotes.
    comment : str
        How lines begin that are no rows; empty where there are none.
    padded : bool
        True where blanks behind a delimiter do not belong to the cell.
    header : bool
        True where the first line holds the names of the columns.
    skip, footer : int
        Lines above the header (a title, blank rows, ``sep=;``) and below the table.
    trailing : bool
        True where every line but that of the names ends with one delimiter too many.
    decimal : str
        Decimal sign of numbers written as text, ``"."`` or ``","``.
    thousands : str
        What groups their digits by three; empty where nothing does.
    missing : tuple of str
        Cells that stand for a missing value.
    dayfirst : bool or None
        True where the day stands before the month in dates that can be read in both
        ways; None where there are none and nothing was told.
    kinds : tuple of (str, Kind)
        Columns whose kind was told, by a user or by the file, not found out.
    loader : str
        Which sample.
    orders : tuple of str
        The columns of customer, date and amount where the file is a log of orders of which a
        table with a row a customer was made; empty where rows are taken as they are.

    Examples
    --------
    >>> Reading(delimiter=";", header=False).told()
    '{"delimiter":";","header":false}'
    """

    format: Format = "text"
    unpack: Literal["", "gzip", "zip"] = ""
    member: str = ""
    part: str = ""
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    line_end: str = ""
    enclosed: bool = False
    comment: str = ""
    padded: bool = False
    header: bool = True
    skip: int = 0
    footer: int = 0
    trailing: bool = False
    decimal: str = "."
    thousands: str = ""
    missing: tuple[str, ...] = MISSING
    dayfirst: bool | None = None
    kinds: tuple[tuple[str, Kind], ...] = ()
    loader: str = ""
    orders: tuple[str, ...] = ()

    def told(self) -> str:
        """Write what differs from the defaults as a short JSON text."""
        usual = Reading()
        mine = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if getattr(self, field.name) != getattr(usual, field.name)
        }
        return json.dumps(mine, ensure_ascii=False, separators=(",", ":"))


class Given(TypedDict, total=False):
    """Part of a `Reading` that is told; all else is found out."""

    member: str
    part: str
    encoding: str
    delimiter: str
    quote: str
    escape: str
    enclosed: bool
    comment: str
    padded: bool
    header: bool
    skip: int
    footer: int
    decimal: str
    thousands: str
    missing: tuple[str, ...]
    dayfirst: bool | None
    kinds: tuple[tuple[str, Kind], ...]
    orders: tuple[str, ...]


LONGEST = 200  # characters of one told text
MOST_LINES = 1_000_000


def given_from(text: str) -> Given:
    r"""Read what was told from JSON; whatever makes no sense is passed over in silence.

    Parameters
    ----------
    text : str
        As a link carries it: a JSON object of a part of a `Reading`.

    Returns
    -------
    Given
        Only known names with values of their type; never raises.

    Examples
    --------
    >>> given_from('{"delimiter":";","skip":-1,"kinds":[["zip","code"]],"loader":"x"}')
    {'delimiter': ';', 'kinds': (('zip', 'code'),)}
    >>> given_from("[[")
    {}
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, Mapping):
        return {}
    given: Given = {}
    for name, value in found.items():
        if name in ("enclosed", "padded", "header", "dayfirst"):
            if isinstance(value, bool):
                given[name] = value  # type: ignore[literal-required]
        elif name in ("skip", "footer"):
            if type(value) is int and 0 <= value <= MOST_LINES:
                given[name] = value  # type: ignore[literal-required]
        elif name == "missing":
            if isinstance(value, list) and all(isinstance(item, str) for item in value):
                given["missing"] = tuple(item[:LONGEST] for item in value[:100])
        elif name == "kinds":
            given["kinds"] = kinds_of(value)
        elif name == "orders":
            if isinstance(value, list) and [type(item) for item in value] == [str] * 3:
                given["orders"] = tuple(item[:LONGEST] for item in value)
        elif name in Given.__annotations__ and isinstance(value, str):
            given[name] = value[:LONGEST]  # type: ignore[literal-required]
    return given


def kinds_of(value: object) -> tuple[tuple[str, Kind], ...]:
    """Read pairs of a column and its kind."""
    if not isinstance(value, list):
        return ()
    words = {str(kind): kind for kind in get_args(Kind)}
    return tuple(
        (pair[0], words[pair[1]])
        for pair in value
        if isinstance(pair, list)
        and len(pair) == 2
        and all(isinstance(item, str) for item in pair)
        and pair[1] in words
    )
