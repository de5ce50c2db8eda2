"""Arrays: series in the files of NumPy, and images whose rows are the steps of a series."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clustering.data.formats.arrays import array_of
from clustering.data.formats.packing import members_of
from clustering.data.image_files.arrays import array_in, holding, labels_in, parts_of, whole_of
from clustering.data.image_files.classes import coded
from clustering.data.image_files.image_set import ImageSet, Part
from clustering.data.sequences.kept import Layout, SequenceSet
from clustering.data.sequences.stream import Stream
from clustering.dataset import Floats
from clustering.errors import ReadError, UnsupportedError
from clustering.words import count, plural

__all__ = ["of_images", "read_array", "read_arrays"]

LARGEST = 100_000_000
"""Numbers of all series, at most."""

FEWEST = 4
"""Columns from which on each row of a table of numbers is a series."""

MOST_IMAGES = 5_000
"""Images that are drawn where nobody says how many."""


def read_array(
    content: bytes, name: str, called: str, given: Layout | None
) -> SequenceSet | Stream:
    """Read a single array: series (n, T) or (n, T, D), or a stream (m,) or (m, D) of few columns.

    Parameters
    ----------
    content : bytes
        The whole file, of NumPy's NPY format; nothing in it is executed.
    name : str
        Its name.
    called : str
        How sentences name it.
    given : Layout or None
        ``kind`` "stream" or "arrays" tells which of the two it is.

    Returns
    -------
    SequenceSet or Stream
    """
    array = numeric(array_of(content, called), called)
    kind = given.kind if given else ""
    flat = array.ndim == 1 or (array.ndim == 2 and array.shape[1] < FEWEST)
    if array.ndim <= 2 and kind != "arrays" and (flat or kind == "stream"):
        values = array.reshape(len(array), -1)
        names = ("value",) if values.shape[1] == 1 else channels(values.shape[1])
        return Stream(
            np.arange(len(values), dtype=np.float64), values, names, name=name,
            notes=(f"A row a time: {count(len(values), 'row')}, evenly spaced.",),
            layout=Layout("stream"),
        )  # fmt: skip
    array = stack(array, called)
    return of_rows(list(array), name, array.shape[2])


def read_arrays(content: bytes, name: str, called: str) -> SequenceSet:
    """Read series, and labels and a test part where there are such, from an NPZ file.

    Parameters
    ----------
    content : bytes
        The whole file; nothing in it is executed.
    name : str
        Its name.
    called : str
        How sentences name it.

    Returns
    -------
    SequenceSet
        First the training part, then the test part.

    Raises
    ------
    ReadError
        Where no array has a known name, or parts and labels do not fit together.
    """
    infos = {
        info.filename[:-4]: info
        for info in members_of(content, called)
        if info.filename.lower().endswith(".npy")
    }
    pairs = parts_of(infos) or [pair for pair in [whole_of(infos)] if pair[0]]
    if not pairs:
        raise ReadError(
            f"{called} has no array of series: none is called X_train, X or data. It holds "
            f"{holding(content, infos, called)}; save it with these names."
        )
    stacks, words = list[Floats](), list[NDArray[Any] | None]()
    for held, beside in pairs:
        inside = f"'{held[:60]}' in {called}"
        series = stack(numeric(array_in(content, infos, held, called), inside), inside)
        stacks.append(series)
        words.append(labels_in(content, infos, (held, beside), len(series), called))
    if len({each.shape[2] for each in stacks}) > 1:
        raise ReadError(f"The two parts of {called} differ in their channels.")
    known = [each.reshape(len(each), -1) for each in words if each is not None]
    whole = [row for each in stacks for row in each]
    found = of_rows(whole, name, stacks[0].shape[2])
    if len(known) == len(words):
        labels, classes = coded(np.concatenate(known), len(whole), f"The labels of {called}")
        found = replace(found, labels=labels, classes=classes)
    if len(stacks) > 1:
        found = replace(found, test=np.repeat([False, True], [len(each) for each in stacks]))
    return found


def numeric(array: NDArray[Any], called: str) -> Floats:
    """Refuse what holds no numbers, or too many."""
    if array.dtype.kind not in "biuf" or not array.size:
        raise ReadError(f"{called} holds no numbers.")
    if array.size > LARGEST:
        raise ReadError(
            f"{called} holds {array.size:,} numbers, and at most {LARGEST:,} are taken; bring "
            "fewer series."
        )
    values = array.astype(np.float64)
    return np.where(np.isfinite(values), values, np.nan)


def stack(array: Floats, called: str) -> Floats:
    """Give an array as (n, T, D)."""
    if array.ndim == 2:
        return array[:, :, None]
    if array.ndim != 3:
        raise ReadError(
            f"{called} has {'one axis' if array.ndim == 1 else f'{array.ndim} axes'}, and series "
            "have two or three: series, steps and channels."
        )
    return array


def of_rows(rows: list[Floats], name: str, width: int) -> SequenceSet:
    """Make a set of series, each as far as its last value."""
    series = [trimmed(row) for row in rows]
    short = sum(len(a) < len(b) for a, b in zip(series, rows, strict=True))
    notes = [f"{len(rows):,} series of {len(rows[0]):,} steps and {count(width, 'channel')}."]
    if short:
        notes.append(f"{short:,} of them end before the last step, where values are missing.")
    return SequenceSet(
        tuple(series),
        ("value",) if width == 1 else channels(width),
        name=name,
        notes=tuple(notes),
        layout=Layout("arrays"),
    )


def trimmed(row: Floats) -> Floats:
    """Take missing steps off the end of a series; one without any value stays."""
    known = np.flatnonzero(~np.isnan(row).all(axis=1))
    return row[: known[-1] + 1] if len(known) else row


def channels(width: int) -> tuple[str, ...]:
    """Name channels that have no names."""
    return tuple(f"channel {place + 1}" for place in range(width))


def of_images(
    images: ImageSet, *, part: Part = "all", most: int | None = MOST_IMAGES, seed: int = 0
) -> SequenceSet:
    """Take the rows of images for the steps of series: 28 steps of 28 values.

    Parameters
    ----------
    images : ImageSet
        Of grey images.
    part : {"train", "test", "all"}
        Which of them.
    most : int or None
        How many are drawn without replacement; all when None.
    seed : int
        Of the draw.

    Returns
    -------
    SequenceSet
        Values from 0 to 1, from the uppermost row to the lowest; ``places`` are those of the
        images.

    Raises
    ------
    UnsupportedError
        Where the images are in colour.

    Examples
    --------
    >>> from clustering.data import image_sets
    >>> rows = of_images(image_sets.sample("digits"), most=100)
    >>> rows.n, rows.series[0].shape, rows.member
    (100, (8, 8), 'digit')
    """
    if len(images.shape) != 2:
        raise UnsupportedError("Images in colour are no series of rows; bring grey ones.")
    places = images.places(part)
    notes = list(images.notes)
    if most is not None and most < len(places):
        of = len(places)
        places = np.sort(np.random.default_rng(seed).choice(places, most, replace=False))
        notes.append(f"A sample of {most:,} of {of:,} {plural(images.member)} is used.")
    height, width = images.shape
    notes.append(f"The {height:,} rows of an image are the steps, of {width:,} values each.")
    return SequenceSet(
        tuple(images.pixels[places] / 255.0),
        tuple(f"column {column + 1}" for column in range(width)),
        labels=None if images.labels is None else images.labels[places],
        classes=images.classes,
        names=tuple(images.names[place] for place in places) if images.names else (),
        test=images.test[places],
        places=places,
        name=images.name,
        member="digit" if images.member == "digit" else "series",
        notes=tuple(notes),
        layout=Layout("images"),
    )
