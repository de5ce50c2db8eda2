"""Arrays: NumPy's own files, of which nothing is ever executed.

An array may hold Python objects, and loading those runs whatever their maker wished.
They are refused. The header of an array states its shape; whether the file holds so many
bytes is seen before any memory is asked for.
"""

import io
import math
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from tokenize import TokenError
from typing import Any

import numpy as np
import pandas as pd

from clustering.data.formats import bounds
from clustering.data.formats.labels import unique, unnamed
from clustering.data.formats.packing import member_of, members_of
from clustering.data.formats.plain import plain_column, words_of
from clustering.data.formats.raw import Raw
from clustering.data.reading import Given, Reading
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["array_columns", "read_arrays"]

LABELS = ("y", "label", "labels", "target", "targets", "class", "classes", "truth", "group")
SHOWN = 60  # characters of a name in a sentence

UNREADABLE = (
    ValueError, TypeError, SyntaxError, LookupError, ArithmeticError, MemoryError, RecursionError,
    OSError, TokenError,
)  # fmt: skip
"""What NumPy raises, each in its own way, where a header is not what it should be."""

Array = np.ndarray[Any, np.dtype[Any]]


def read_arrays(content: bytes, called: str, reading: Reading, given: Given) -> Raw:
    """Read an NPY file, or one array of an NPZ file.

    Parameters
    ----------
    content : bytes
        The whole file.
    called : str
        How sentences name the file.
    reading : Reading
        What is known already.
    given : Given
        May name the array (`part`).

    Returns
    -------
    Raw
        Fields of a structured array are columns; from three dimensions on, each entry
        along the first becomes a row.

    Raises
    ------
    ReadError
        Where it holds objects, is broken, or is too large.
    """
    missing = given.get("missing", reading.missing)
    part, notes = "", list[str]()
    parts: tuple[str, ...] = ()
    if content.startswith(b"PK"):
        infos = {info.filename[:-4]: info for info in members_of(content, called)}
        parts = tuple(infos)
        part = given.get("part") or chosen(content, infos, called)
        if part not in infos:
            raise ReadError(
                f"{called} has no array '{part[:SHOWN]}'; choose one of the {len(parts)} it has."
            )
        notes.append(said_others(content, infos, part, called))
        content = member_of(content, infos[part], called)
        called = f"'{part[:SHOWN]}' in {called}"
    array = array_of(content, called)
    rows = array.shape[0]
    width = len(array.dtype.names or ()) or math.prod(array.shape[1:])
    bounds.check_shape(rows, width * (2 if array.dtype.kind == "c" else 1), called)
    if array.ndim > 2:
        size = " x ".join(str(side) for side in array.shape[1:])
        notes.append(f"Each row is one entry of {size} numbers, laid out as {width:,} columns.")
    try:
        names, columns = array_columns(array, missing)
    except (ValueError, OverflowError, UnicodeError, SystemError):
        raise ReadError(broken(called)) from None
    frame = pd.DataFrame(dict(enumerate(columns)))
    frame.columns = unique(list(map(words_of, names))) if names else unnamed(len(columns))
    found = replace(reading, part=part, header=bool(names), missing=missing)
    return Raw(frame, found, parts=parts, notes=tuple(filter(None, notes)))


def header_of(content: bytes, called: str) -> tuple[tuple[int, ...], bool, np.dtype[Any], int]:
    """Read what an array says of itself: shape, order, type, and where its numbers begin."""
    stream = io.BytesIO(content)
    try:
        version = np.lib.format.read_magic(stream)
        if version == (1, 0):
            shape, fortran, dtype = np.lib.format.read_array_header_1_0(stream)
        else:
            shape, fortran, dtype = np.lib.format.read_array_header_2_0(stream)
    except UNREADABLE:
        raise ReadError(broken(called)) from None
    return shape, fortran, dtype, stream.tell()


def array_of(content: bytes, called: str) -> Array:
    """Lay an array over its bytes."""
    shape, fortran, dtype, start = header_of(content, called)
    if dtype.hasobject:
        raise ReadError(
            f"{called} holds Python objects, which may run any program when they are loaded; save "
            "it as an array of numbers or text."
        )
    if not shape:
        raise ReadError(f"{called} holds a single value; choose an array with rows.")
    size = math.prod(shape)
    if min(shape) < 0 or size * dtype.itemsize > len(content) - start or size > bounds.MOST:
        if size > bounds.MOST and min(shape) >= 0:
            bounds.check_shape(shape[0], size // max(shape[0], 1), called)
        raise ReadError(broken(called))
    if not size or not dtype.itemsize:
        raise ReadError(f"{called} holds no rows; choose another array.")
    try:
        flat = np.frombuffer(content, dtype, size, start)
        return flat.reshape(shape, order="F" if fortran else "C")
    except (ValueError, TypeError):
        raise ReadError(broken(called)) from None


def array_columns(array: Array, missing: Sequence[str]) -> tuple[list[str], "list[pd.Series[Any]]"]:
    """Give the columns of an array, each with one of the few types of a table.

    It stands alone, with `plain_column`, because an exported script carries it along.

    Examples
    --------
    >>> names, columns = array_columns(np.array([(1, b"a")], dtype="u1,S1"), ("",))
    >>> names, [column.tolist() for column in columns]
    (['f0', 'f1'], [[1], ['a']])
    """
    names: list[str] = []
    if array.dtype.names:
        array = array.reshape(-1)
        names = [str(name) for name in array.dtype.names or ()]
        parts = [array[name].reshape(len(array), -1) for name in names]
        if any(part.shape[1] != 1 for part in parts):
            pairs = zip(names, parts, strict=True)
            names = [
                f"{name}.{place}" if part.shape[1] > 1 else name
                for name, part in pairs
                for place in range(part.shape[1])
            ]
        cells = [part[:, place] for part in parts for place in range(part.shape[1])]
    else:
        sheet = array.reshape(len(array), -1)
        cells = [sheet[:, place] for place in range(sheet.shape[1])]
        if array.dtype.kind == "c":
            names = [
                f"{part} {place + 1}" for place in range(len(cells)) for part in ("real", "imag")
            ]
            cells = [part for column in cells for part in (column.real, column.imag)]
    columns = []
    for values in cells:
        kind = values.dtype.kind
        if kind == "b":
            column = pd.Series(values.astype(bool))
        elif kind == "f":
            column = pd.Series(values.astype("float64"))
        elif kind == "i" or (kind == "u" and (values <= 2**63 - 1).all()):
            column = pd.Series(values.astype("int64"))
        elif kind == "M" and np.datetime_data(values.dtype)[0] != "generic":
            column = pd.Series(values.astype("datetime64[us]"))
        elif kind == "m" and np.datetime_data(values.dtype)[0] not in ("generic", "Y", "M"):
            column = pd.Series(values.astype("timedelta64[us]"))
        else:
            column = plain_column(values.tolist(), missing)
        columns.append(column)
    return names, columns


def chosen(content: bytes, infos: dict[str, zipfile.ZipInfo], called: str) -> str:
    """Choose an array: the first with rows and columns of numbers, else the first of numbers."""
    best, part = -1, ""
    for name, info in infos.items():
        shape, _, dtype, _ = header_of(member_of(content, info, called), called)
        numeric = dtype.kind in "biuf" or bool(dtype.names)
        worth = 3 if numeric and len(shape) == 2 else 2 if numeric and len(shape) > 2 else 1
        worth = worth if numeric and len(shape) else 0
        if worth > best:
            best, part = worth, name
    return part


def said_others(content: bytes, infos: dict[str, zipfile.ZipInfo], part: str, called: str) -> str:
    """Say which other arrays the file holds, those that could be known groups by name."""
    others = [name for name in infos if name != part]
    if not others:
        return ""
    rows = header_of(member_of(content, infos[part], called), called)[0][:1]
    groups = [
        name
        for name in others
        if name.lower().split("_")[0] in LABELS
        and header_of(member_of(content, infos[name], called), called)[0] == rows
    ]
    named = f", of which '{groups[0][:SHOWN]}' has a value for each row" if groups else ""
    return (
        f"Array '{part[:SHOWN]}' is shown; the file has {count(len(others), 'more array')}{named}; "
        "another can be chosen in its place."
    )


def broken(called: str) -> str:
    """Say that an array cannot be read."""
    return f"{called} is a NumPy file that is cut short or damaged; save it again."
