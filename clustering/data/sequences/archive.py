"""Archive: the ``.ts`` files of the UCR and UEA archives, of any length and number of channels.

Lines that begin with ``#`` are remarks, those with ``@`` say what follows; behind ``@data`` each
line is a series: its channels are divided by colons, its values by commas, and its class stands
last. With time stamps each value is a pair in brackets. Nothing in a file is ever executed.

References
----------
H. A. Dau et al., "The UCR time series archive", IEEE/CAA Journal of Automatica Sinica 6(6), 2019.
"""

import re
from pathlib import PurePath

import numpy as np
import pandas as pd

from clustering.data.image_files.classes import coded
from clustering.data.sequences.kept import Layout, SequenceSet, Times
from clustering.dataset import Floats
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["is_archive", "read_archive"]

MOST_VALUES = 100_000_000
"""Values of all series, at most."""

PAIR = re.compile(r"\(([^()]*),([^(),]*)\)")
MISSING = ("", "?", "nan", "na")


def is_archive(content: bytes, name: str) -> bool:
    """Say whether bytes are such a file: by a line ``@data``, and no ``@relation`` of ARFF."""
    head = content[:200_000].lower()
    marked = re.search(rb"^\s*@data\s*$", head, re.MULTILINE) is not None
    ours = PurePath(name).suffix.lower() == ".ts" or b"@problemname" in head
    return ours and (marked or b"@problemname" in head) and b"@relation" not in head


def read_archive(content: bytes, name: str, called: str) -> SequenceSet:
    r"""Read a ``.ts`` file.

    Parameters
    ----------
    content : bytes
        The whole file.
    name : str
        Its name, which becomes the set's.
    called : str
        How sentences name it.

    Returns
    -------
    SequenceSet
        Where the channels of a series are of unequal length, the shorter ones lack their last
        values, which is told.

    Raises
    ------
    ReadError
        Where there are no series, or a line is not as the file says; with the line's number.

    Examples
    --------
    >>> text = b"@univariate true\n@classLabel true a b\n@data\n1,2,3:b\n4,?:a\n"
    >>> found = read_archive(text, "mine.ts", "'mine.ts'")
    >>> found.lengths.tolist(), found.classes, found.labels.tolist()
    ([3, 2], ('a', 'b'), [1, 0])
    """
    lines = decoded(content).splitlines()
    header, begin = header_of(lines, called)
    if content.count(b",") > MOST_VALUES:
        raise ReadError(f"{called} holds more than {MOST_VALUES:,} values; bring fewer series.")
    labelled = header.get("classlabel", "false").split()[:1] == ["true"]
    targeted = header.get("targetlabel", "false").split()[:1] == ["true"]
    stamped = header.get("timestamps", "false").strip() == "true"
    series, times, words, uneven = list[Floats](), list[Times](), list[str](), 0
    width = 0
    for number, line in enumerate(lines[begin:], begin + 1):
        if not line.strip() or line.lstrip().startswith(("#", "%")):
            continue
        where = f"Line {number:,} of {called}"
        parts = channels_of(line, stamped)
        if labelled or targeted:
            words.append(class_of(parts, where))
        width = width or len(parts)
        if len(parts) != width:
            raise ReadError(
                f"{where} has {count(len(parts), 'channel')}, and the lines before have {width:,}; "
                "mend this line."
            )
        values, when, same = values_of(parts, stamped, where)
        if times and times[0].dtype != when.dtype:
            raise ReadError(f"{where} has times of another kind than the lines before; mend it.")
        series.append(values)
        times.append(when)
        uneven += not same
    if not series:
        raise ReadError(f"{called} holds no series behind its line '@data'.")
    labels, classes = None, tuple[str, ...]()
    if labelled and any(words):
        labels, classes = coded(np.array(words), len(words), f"The labels of {called}")
    notes = [told(series, width, labelled)]
    if uneven:
        notes.append(
            f"The channels of {uneven:,} series are of unequal length; the shorter ones lack their "
            "last values."
        )
    if targeted:
        notes.append("Each series has a number to predict, which is passed over.")
    one = ("value",)
    return SequenceSet(
        tuple(series),
        one if width == 1 else tuple(f"channel {place + 1}" for place in range(width)),
        times=tuple(times) if stamped else (),
        labels=labels,
        classes=classes,
        name=PurePath(name).stem,
        notes=tuple(notes),
        layout=Layout("ts"),
    )


def decoded(content: bytes) -> str:
    """Give the text of a file: UTF-8, or every byte as it is where it is not."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def header_of(lines: list[str], called: str) -> tuple[dict[str, str], int]:
    """Read the lines before the series, and give the number of the first of these."""
    header = dict[str, str]()
    for number, line in enumerate(lines):
        if line.strip().lower() == "@data":
            return header, number + 1
        if line.lstrip().startswith("@"):
            key, *rest = line.strip()[1:].lower().split(maxsplit=1) or [""]
            header[key] = rest[0] if rest else ""
    raise ReadError(f"{called} has no line '@data', behind which the series stand.")


def channels_of(line: str, stamped: bool) -> list[str]:
    """Split a line at its colons; those within brackets belong to a time of day."""
    if not stamped:
        return line.strip().split(":")
    return re.split(r":(?![^()]*\))", line.strip())


def class_of(parts: list[str], where: str) -> str:
    """Take the last part of a line for its class; empty where it is not known."""
    if len(parts) < 2:
        raise ReadError(f"{where} has no class behind a colon; mend it, or leave it out.")
    word = parts.pop().strip()
    return "" if word == "?" else word


def values_of(parts: list[str], stamped: bool, where: str) -> tuple[Floats, Times, bool]:
    """Give values (T, D) and times of a series, and whether its channels are of one length."""
    if stamped:
        return stamped_values(parts, where)
    columns = [numbers(part.split(","), where) if part.strip() else np.zeros(0) for part in parts]
    longest = max(map(len, columns))
    if not longest:
        raise ReadError(f"{where} holds no values; leave it out.")
    table = np.full((longest, len(columns)), np.nan)
    for channel, column in enumerate(columns):
        table[: len(column), channel] = column
    same = all(len(column) == longest for column in columns)
    return table, np.arange(longest, dtype=np.float64), same


def stamped_values(parts: list[str], where: str) -> tuple[Floats, Times, bool]:
    """Give the values and times of a series whose values stand in pairs, over all its times."""
    found = [PAIR.findall(part) for part in parts]
    if any(PAIR.sub("", part).strip(" ,\t") for part in parts):
        raise ReadError(f"{where} holds more than pairs of a time and a value; mend it.")
    clock = [stamp.strip() for pairs in found for stamp, _ in pairs]
    if not clock:
        raise ReadError(f"{where} holds no pairs of a time and a value; leave it out.")
    moments = moments_of(clock, where)
    whole = np.unique(moments)
    table = np.full((len(whole), len(parts)), np.nan)
    done = 0
    for channel, pairs in enumerate(found):
        at = np.searchsorted(whole, moments[done : done + len(pairs)])
        if len(np.unique(at)) < len(at):
            raise ReadError(f"{where} has two values of one channel at the same time; mend it.")
        table[at, channel] = numbers([value for _, value in pairs], where)
        done += len(pairs)
    return table, whole, all(len(pairs) == len(whole) for pairs in found)


def moments_of(clock: list[str], where: str) -> Times:
    """Give times as numbers, or as date-times where they are none."""
    try:
        found: Times = np.array(clock, dtype=np.float64)
    except ValueError:
        dates = pd.to_datetime(pd.Index(clock), errors="coerce", format="ISO8601", utc=True)
        found = dates.tz_localize(None).to_numpy().astype("datetime64[us]")
    if pd.isna(found).any() or (found.dtype.kind == "f" and np.isinf(found).any()):
        none = np.isnat(found) if found.dtype.kind == "M" else ~np.isfinite(found)
        bad = clock[int(np.argmax(none))]
        raise ReadError(f"{where} has a time that is none: '{bad[:40]}'.")
    return found


def numbers(cells: list[str], where: str) -> Floats:
    """Give cells as numbers, NaN for a missing one."""
    try:
        found = np.array(cells, dtype=np.float64)
    except ValueError:
        found = np.array([number(cell, where) for cell in cells])
    return np.where(np.isfinite(found), found, np.nan)


def number(cell: str, where: str) -> float:
    """Give one cell as a number."""
    if cell.strip().lower() in MISSING:
        return np.nan
    try:
        return float(cell)
    except ValueError:
        raise ReadError(f"{where} has a value that is no number: '{cell.strip()[:40]}'.") from None


def told(series: list[Floats], width: int, labelled: bool) -> str:
    """Say what was found."""
    lengths = [len(each) for each in series]
    long = f"{min(lengths):,} to {max(lengths):,}" if len(set(lengths)) > 1 else f"{lengths[0]:,}"
    known = ", their classes known" if labelled else ""
    steps = "step" if long == "1" else "steps"
    return f"{len(series):,} series of {long} {steps} and {count(width, 'channel')}{known}."
