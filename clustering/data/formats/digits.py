"""Digits: columns of text of which every cell is a plainly written number.

Most columns of most files are of this sort: digits, perhaps a point, a minus in front,
nothing else. They are converted at once by Arrow, which rounds as Python does. What
needs thought stays text: leading zeros, plus signs, blanks, units, decimal commas,
``nan`` and ``inf``, whole numbers too large for a float, and 1.234, which may be read in
two ways.
"""

import re
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

__all__ = ["EXACT", "decimal_columns", "plain_numbers"]

EXACT = 2**53
"""Up to here every whole number is a float."""

ZERO, MINUS, POINT = (ord(sign) for sign in "0-.")
GROUPED = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+")
DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)?(?:\.\d*)?(?:[eE][-+]?\d+)?")
SEEN = 100  # rows that are looked at before a column is given out as numbers
SHOWN = 1000  # cells after which a decimal point has mostly shown to be one


def plain_numbers(cells: pa.ChunkedArray, *, decimals: bool = True) -> NDArray[Any] | None:
    """Convert a column, if every cell is a plainly written number.

    Parameters
    ----------
    cells : pyarrow.ChunkedArray of n large_string
        Missing cells are null. Numbers are given back as they are.
    decimals : bool
        False where a point is known to be no decimal sign.

    Returns
    -------
    ndarray of shape (n,) or None
        int64 where all cells are whole and none is missing, else float64 with NaN for
        missing cells; None where the column must stay text, or holds nothing.

    Examples
    --------
    >>> column = lambda *cells: pa.chunked_array([cells], pa.large_string())
    >>> plain_numbers(column("7", "-12")), plain_numbers(column("0.5", None))
    (array([  7, -12]), array([0.5, nan]))
    >>> plain_numbers(column("0017", "12")), plain_numbers(column("1.234", "12.345"))
    (None, None)
    """
    if cells.null_count == len(cells):
        return None
    if pa.types.is_floating(cells.type):
        return np.asarray(cells.to_numpy())
    some = [cell.as_py() for cell in cells.slice(0, SEEN) if cell.is_valid]
    if not all(DECIMAL.fullmatch(cell) for cell in some):
        return None
    if (found := bare_digits(cells)) is not None:
        return found
    kinds = set()
    for chunk in cells.chunks:
        kinds.add(kind := spelling(chunk))
        if kind == "text":
            return None
    if not decimals and "decimal" in kinds:
        return None
    whole = "decimal" not in kinds
    try:
        values = pc.cast(cells, pa.int64() if whole else pa.float64())
    except pa.ArrowInvalid:
        return None
    if not whole and grouped(cells):
        return None
    gaps = values.null_count > 0
    if gaps:
        values = pc.cast(values, pa.float64(), safe=False)
        found = np.concatenate([chunk.to_numpy(zero_copy_only=False) for chunk in values.chunks])
    else:
        found = values.to_numpy()
    top = max(np.fmax.reduce(found), -np.fmin.reduce(found))
    if top < EXACT:
        return found
    if whole or not np.isfinite(top):
        return None
    large = np.flatnonzero(np.abs(found) >= EXACT)
    if any(str(cells[int(place)]).lstrip("-").isdigit() for place in large[:SHOWN]):
        return None
    return found


def bare_digits(cells: pa.ChunkedArray) -> NDArray[Any] | None:
    """Convert a column that holds digits alone, written as short as can be; else None.

    A whole number in its shortest writing has as many letters as it has digits. Where the
    letters of all cells are as many as the digits of all values, no cell has a zero in
    front, a blank or a plus.
    """
    first = next((cell.as_py() for cell in cells.slice(0, SHOWN) if cell.is_valid), "x")
    if not first.removeprefix("-").isdigit():
        return None
    try:
        values = pc.cast(cells, pa.int64())
    except pa.ArrowInvalid:
        return None
    present = (values.drop_null() if values.null_count else values).to_numpy()
    low, high = int(present.min()), int(present.max())
    if max(high, -low) >= EXACT:
        return None
    size = np.abs(present) if low < 0 else present
    digits = len(size) + (np.count_nonzero(present < 0) if low < 0 else 0)
    power = 10
    while power <= max(high, -low):
        digits += np.count_nonzero(size >= power)
        power *= 10
    letters = 0
    for chunk in cells.chunks:
        begin, end = np.frombuffer(chunk.buffers()[1], np.int64)[
            [chunk.offset, chunk.offset + len(chunk)]
        ]
        held = memoryview(chunk.buffers()[2] or b"")[begin:end].tobytes()
        if b"x" in held or b"X" in held:
            return None
        letters += len(held)
    if letters != digits:
        return None
    if values.null_count:
        values = pc.cast(values, pa.float64(), safe=False)
    return np.asarray(values.to_numpy())


def spelling(chunk: pa.LargeStringArray) -> str:
    """Tell whether all texts of a chunk are "whole" numbers, "decimal", "text" or "nothing"."""
    if chunk.null_count == len(chunk):
        return "nothing"
    offsets = np.frombuffer(chunk.buffers()[1], dtype=np.int64)
    offsets = offsets[chunk.offset : chunk.offset + len(chunk) + 1]
    data = np.frombuffer(chunk.buffers()[2] or b"", dtype=np.uint8)[: offsets[-1]]
    begins, lengths = offsets[:-1], np.diff(offsets)
    if chunk.null_count:
        held = lengths > 0
        if np.count_nonzero(held) != len(chunk) - chunk.null_count:
            return "text"  # an empty cell that is not missing
        begins, lengths = begins[held], lengths[held]
    elif lengths.min(initial=1) == 0:
        return "text"
    if lengths.max() > 40:
        return "text"
    first = data[begins]
    last = data[begins + lengths - 1]
    minus = first == MINUS
    if minus.any():
        begins, lengths = begins + minus, lengths - minus
        if lengths.min() == 0:
            return "text"
        first = data[begins]
    digit = (first - ZERO) <= 9  # what lies below zero wraps around
    if not (digit | (first == POINT)).all() or not (((last - ZERO) <= 9) | (last == POINT)).all():
        return "text"
    zeros = begins[(first == ZERO) & (lengths > 1)]
    second = data[zeros + 1]
    if (((second - ZERO) <= 9) | ((second | 32) == ord("x"))).any():
        return "text"
    held_text = data[offsets[0] : offsets[-1]].tobytes()
    return "whole" if not held_text.translate(None, b"0123456789-") else "decimal"


def grouped(cells: pa.ChunkedArray) -> bool:
    """Tell whether every point of a column could as well group digits by three."""
    shown = (cell.as_py() for cell in cells.slice(0, SHOWN))
    if any(
        cell and not cell.lstrip("-").isdigit() and not GROUPED.fullmatch(cell) for cell in shown
    ):
        return False
    pattern = rf"^(-?[0-9]+|{GROUPED.pattern})$"
    return bool(pc.all(pc.match_substring_regex(cells, pattern)).as_py())


def decimal_columns(
    rows: Sequence[Sequence[str]], further: Sequence[Sequence[str]], missing: Collection[str]
) -> set[int]:
    """Find the columns that by all that is seen of them hold decimal numbers.

    Parameters
    ----------
    rows : sequence of sequences of str
        The first rows as cells.
    further : sequence of sequences of str
        Rows from further down, which may have been cut amiss.
    missing : collection of str
        What counts as missing.

    Returns
    -------
    set of int
        Their places. One cell at least shows that the point groups no digits.

    Examples
    --------
    >>> sorted(decimal_columns([["0.5", "1", "1.234", "2.5"]], [["2", "3", "4", "x"]], ["NA"]))
    [0]
    """
    gaps = set(missing)
    found = set()
    for place in range(len(rows[0]) if rows else 0):
        cells = [row[place] for row in rows[:SEEN] if len(row) > place and row[place] not in gaps]
        if not any("." in cell and not GROUPED.fullmatch(cell) for cell in cells):
            continue
        cells += [row[place] for row in further if len(row) > place and row[place] not in gaps]
        if all(cell and DECIMAL.fullmatch(cell) for cell in cells):
            found.add(place)
    return found
