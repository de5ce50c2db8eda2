"""Opening: series or a stream out of a file, whatever its format and layout."""

import re
from dataclasses import replace
from pathlib import PurePath
from zipfile import ZipInfo

import numpy as np

from clustering.data import image_sets, reading, tables
from clustering.data.formats.packing import member_of, members_of
from clustering.data.sequences.archive import is_archive, read_archive
from clustering.data.sequences.arrays import of_images, read_array, read_arrays
from clustering.data.sequences.columns import nearly_numbers
from clustering.data.sequences.kept import Layout, SequenceSet
from clustering.data.sequences.layouts import laid_out
from clustering.data.sequences.stream import Stream
from clustering.data.sequences.tabled import series_from
from clustering.dataset import Integers
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["ENDINGS", "other_part", "read", "together"]

ENDINGS = tuple(dict.fromkeys((".ts", ".npz", ".npy", *tables.ENDINGS)))
"""Endings of the files that can be read."""

PARTS = re.compile(r"(.*?)[_-](train|test)(\.\w+)", re.IGNORECASE)


def read(content: bytes, name: str, *, layout: Layout | None = None) -> SequenceSet | Stream:
    r"""Read series, or a stream, out of a file.

    Parameters
    ----------
    content : bytes
        A ``.ts`` file of the UCR and UEA archives; arrays of NumPy, series (n, T) or (n, T, D),
        images among them; or any table that `tables.read` takes: wide (a row a series), long
        (id, time, values) or a single stream (time, values). Nothing in it is executed.
    name : str
        Name of the file.
    layout : Layout, optional
        What is known of the layout of a table: its kind, and columns by name. What it leaves open
        is found out.

    Returns
    -------
    SequenceSet or Stream
        ``notes`` tell what was found.

    Raises
    ------
    ReadError
        Where the file holds no series, in a sentence.

    Examples
    --------
    >>> rows = ["id,t,load", "a,0,1.5", "a,1,2.5", "b,0,3.5"]
    >>> long = read("\n".join(rows).encode(), "loads.csv")
    >>> long.names, long.lengths.tolist(), long.channels
    (('a', 'b'), [2, 1], ('load',))
    >>> wide = read(b"1.5,2.5,3.5,4.5,up\n4.5,3.5,2.5,1.5,down\n" * 2, "wide.csv")
    >>> wide.n, wide.classes, wide.lengths.tolist()
    (4, ('down', 'up'), [4, 4, 4, 4])
    """
    name = " ".join(name.encode("utf-8", "replace").decode().split())
    called = f"'{name[:80]}'"
    if not content:
        raise ReadError(f"{called} is empty: it holds no bytes; save the file again.")
    if is_archive(content, name):
        return read_archive(content, name, called)
    if content.startswith(b"\x93NUMPY"):
        return read_array(content, name, called, layout)
    if content.startswith(b"PK"):
        found = from_archive(content, name, called)
        if found is not None:
            return found
    table = tables.read(content, name)
    asked = {*nearly_numbers(table), *(layout.values if layout else ())}
    kinds: tuple[tuple[str, reading.Kind], ...] = tuple(
        (str(column), "number")
        for column in table.frame.columns
        if column in asked and table.frame[column].dtype.kind not in "iuf"
    )
    if kinds:
        table = tables.read(content, name, given={"kinds": kinds})
        table = replace(table, notes=(*table.notes, *damaged(table)))
    return series_from(table, laid_out(table, layout, called), called)


def damaged(table: tables.Table) -> tuple[str, ...]:
    """Say how many cells of columns of numbers hold none."""
    odd = [form for form in table.forms if form.kind == "number" and form.odd]
    cells = sum(form.odd for form in odd)
    if not cells:
        return ()
    verb = "is no number and counts" if cells == 1 else "are no numbers and count"
    return (f"{count(cells, 'cell')} {verb} as missing, such as '{odd[0].odd_example}'.",)


def from_archive(content: bytes, name: str, called: str) -> SequenceSet | None:
    """Read an NPZ file, or a packed ``.ts`` file; None where it is neither."""
    infos = members_of(content, called)
    inside = [info for info in infos if info.filename.lower().endswith(".ts")]
    if len(inside) == 1:
        path = PurePath(inside[0].filename).name
        return read_archive(member_of(content, inside[0], called), path, called)
    if len(inside) == 2:
        first, last = (PurePath(info.filename).name for info in inside)
        if other_part(first).lower() == last.lower():
            both = [
                read_archive(member_of(content, info, called), PurePath(info.filename).name, called)
                for info in inside
            ]
            return together(*(both[::-1] if "train" in last.lower() else both))
    if not any(info.filename.lower().endswith(".npy") for info in infos):
        return None
    if any(is_image(content, info, called) for info in infos):
        return of_images(image_sets.read(content, name))
    return read_arrays(content, name, called)


def is_image(content: bytes, info: ZipInfo, called: str) -> bool:
    """Say whether an array of an NPZ file holds grey images: bytes of three axes."""
    head = member_of(content, info, called)[:200]
    shape = re.search(rb"'shape': \(([^)]*)\)", head)
    return b"'|u1'" in head and shape is not None and shape[1].count(b",") == 2


def other_part(name: str) -> str:
    """Give the name of the file with the other part; empty where the name speaks of none.

    Examples
    --------
    >>> other_part("GunPoint_TRAIN.ts"), other_part("trace.npz")
    ('GunPoint_TEST.ts', '')
    """
    found = PARTS.fullmatch(name)
    if found is None:
        return ""
    swapped = {"TRAIN": "TEST", "TEST": "TRAIN", "train": "test", "test": "train"}
    word = swapped.get(found[2], swapped[found[2].lower()])
    return name[: found.start(2)] + word + name[found.end(2) :]


def together(train: SequenceSet, test: SequenceSet) -> SequenceSet:
    """Make one set of a training part and a test part that are two files.

    Parameters
    ----------
    train, test : SequenceSet
        Of the same channels.

    Returns
    -------
    SequenceSet
        First the training part, then the test part, which ``test`` marks; classes go by name.

    Raises
    ------
    ReadError
        Where channels differ.

    Examples
    --------
    >>> a = SequenceSet(([[1.0]],), ("x",), labels=[0], classes=("up",), name="s_TRAIN")
    >>> b = SequenceSet(([[2.0]],), ("x",), labels=[0], classes=("down",))
    >>> both = together(a, b)
    >>> both.labels.tolist(), both.classes, both.test.tolist(), both.name
    ([1, 0], ('down', 'up'), [False, True], 's')
    """
    if train.d != test.d:
        raise ReadError(
            f"The training part has {train.d:,} channels and the test part {test.d:,}; bring two "
            "parts of the same data."
        )
    classes = tuple(dict.fromkeys(sorted({*train.classes, *test.classes})))
    if set(train.classes) == set(test.classes):
        classes = train.classes
    labels = None
    if train.labels is not None and test.labels is not None:
        labels = np.concatenate([renamed(each, classes) for each in (train, test)])
    names = (*train.names, *test.names) if train.names and test.names else ()
    times = (*train.times, *test.times) if train.times and test.times else ()
    found = PARTS.fullmatch(f"{train.name}.x")
    return SequenceSet(
        (*train.series, *test.series),
        train.channels,
        times=times,
        labels=labels,
        classes=classes,
        names=names,
        test=np.repeat([False, True], [train.n, test.n]),
        name=found[1] if found else train.name,
        member=train.member,
        notes=(
            f"Training part: {train.notes[0] if train.notes else train.n}",
            f"Test part: {test.notes[0] if test.notes else test.n}",
        ),
        layout=train.layout,
    )


def renamed(sequences: SequenceSet, classes: tuple[str, ...]) -> Integers:
    """Give the labels of a set by the places of their names."""
    assert sequences.labels is not None
    table = np.array([classes.index(name) for name in sequences.classes] + [-1], dtype=np.int64)
    return np.asarray(table[sequences.labels])
