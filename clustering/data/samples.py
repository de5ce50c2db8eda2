"""Samples: tables that are there without an upload.

Two shelves make one list. The project's own samples are drawn by code or part of
scikit-learn, small but for one, and each shows one thing (`sample_data`). Beside them
stand the files of the folder that the environment variable ``CLUSTERLOOM_DATA`` names:
a teacher's, a team's, the original files of a book.

A file is only ever opened because its id stands in that list, so an id made up by
somebody (``file/../../secret``) is unknown like any other misspelling, and a link that
leads out of the folder is not in the list.
"""

import os
from collections.abc import Collection
from pathlib import Path

import pandas as pd
from sklearn import datasets as sklearn_datasets

from clustering.data.curves import PREFIX as CURVES
from clustering.data.curves import Curve
from clustering.data.tables import ENDINGS, Given, Reading, Table, read
from clustering.dataset import digest
from clustering.errors import DataError
from sample_data import CARDS, FOLDER, TEXTS, Card
from sample_data.large import large

__all__ = ["VARIABLE", "Card", "catalogue", "content", "load", "recipe", "shelf", "stamp"]

VARIABLE = "CLUSTERLOOM_DATA"
"""The environment variable that names a folder of further files."""

PREFIX = "file/"
RECIPES = {
    "kmeans": ("data_multivar.txt", "four-blobs"),
    "silhouette": ("data_perf.txt", "five-blobs"),
    "dbscan": ("data_perf.txt", "five-blobs"),
    "mean_shift": ("wholesale.csv", "wholesale"),
    "agglomerative": ("", Curve().id),  # the book draws it
}


def shelf(endings: Collection[str] = ENDINGS) -> dict[str, Path]:
    """Give the readable files of the user's folder by id, subfolders one level deep.

    Parameters
    ----------
    endings : collection of str
        Of the files that are wanted, as ``".csv"``; those of tables where left out.
    """
    named = os.environ.get(VARIABLE, "")
    if not named or not os.path.isdir(named):
        return {}
    root = Path(named).resolve()
    below = (each for each in sorted(root.glob("*/")) if _within(each, root))
    found = []
    for folder in filter(_readable, (root, *below)):
        for entry in os.scandir(folder):
            path = Path(entry.path)
            if path.suffix.lower() in endings and not path.name.startswith("."):
                if entry.is_file() and (not entry.is_symlink() or _within(path, root)):
                    found.append(path)
    return {PREFIX + path.relative_to(root).as_posix(): path for path in sorted(found)}


def _readable(folder: Path) -> bool:
    """Say whether the files of a folder can be listed and opened."""
    return os.access(folder, os.R_OK | os.X_OK)


def _within(path: Path, root: Path) -> bool:
    """Say whether a path is in a folder, hidden nowhere, and does not lead out of it."""
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return not hidden and path.resolve().is_relative_to(root)


def catalogue() -> tuple[Card, ...]:
    """Give the card of everything that can be loaded.

    Returns
    -------
    tuple of Card
        The project's samples, then the files in the folder named by `VARIABLE`, whose
        size is not known before they are read.

    Examples
    --------
    >>> [card.id for card in catalogue()][:3]
    ['four-blobs', 'five-blobs', 'densities']
    """
    files = tuple(
        Card(
            id=name,
            title=path.name,
            shows="",
            origin=f"{name.removeprefix(PREFIX)} in the folder named by {VARIABLE}.",
            licence="",
            rows=0,
            columns=0,
        )
        for name, path in shelf().items()
    )
    return CARDS + files


def content(id: str) -> bytes:
    """Give the bytes of a sample that is a file, as a user would download it.

    Parameters
    ----------
    id : str
        Id of a card.

    Returns
    -------
    bytes
        The whole file.

    Raises
    ------
    DataError
        Where there is no such sample, no file of it, or the file cannot be opened.
    """
    if id.startswith(CURVES):
        return Curve.from_id(id).content()
    own = {card.id: FOLDER / card.file for card in CARDS + TEXTS if card.file}
    path = own.get(id) or shelf().get(id)
    if path is None:
        shown = " ".join(id.split())[:80]
        raise DataError(f"There is no data file called '{shown}'; choose one from the list.")
    try:
        return path.read_bytes()
    except OSError:
        raise DataError(f"'{path.name}' cannot be opened; check who may read it.") from None


def load(id: str, *, given: Given | None = None) -> Table:
    """Load a sample or a file of the user's folder.

    Parameters
    ----------
    id : str
        Id of a card of `catalogue`, or of the texts of `sample_data.TEXTS`.
    given : Given, optional
        Parts of how to read it, where it is a file.

    Returns
    -------
    Table
        With known groups named by `truth` where there are such.

    Raises
    ------
    DataError
        Where nothing in the catalogue has this id, or its file cannot be read.

    Examples
    --------
    >>> table = load("four-blobs")
    >>> table.frame.shape, table.truth
    ((200, 3), 'group')
    >>> load("file/../../etc/passwd")
    Traceback (most recent call last):
    ...
    clustering.errors.DataError: There is no data file called 'file/../../etc/passwd'; ...
    """
    if id in ("iris", "wine", "digits"):
        return from_sklearn(id)
    if id.startswith(CURVES):
        return read(content(id), Curve.from_id(id).file, given=given)
    if id == "large":
        frame = large()
        reading = Reading(format="sample", loader=id)
        key = digest(frame.iloc[:, :-1].to_numpy(), reading)
        return Table(frame=frame, name=id, reading=reading, key=key, truth="group")
    name = Path(id).name if id.startswith(PREFIX) else f"{id}.csv"
    return read(content(id), name, given=given)


def from_sklearn(id: str) -> Table:
    """Load a data set that scikit-learn brings along, its target as column "group"."""
    bunch = getattr(sklearn_datasets, f"load_{id}")(as_frame=True)
    frame: pd.DataFrame = bunch.data.copy()
    names = [str(name) for name in bunch.target_names]
    frame["group"] = [names[number] for number in bunch.target]
    reading = Reading(format="sample", loader=id)
    return Table(
        frame=frame,
        name=id,
        reading=reading,
        key=digest(frame.iloc[:, :-1].to_numpy(), reading),
        truth="group",
    )


def stamp(id: str, endings: Collection[str] = ENDINGS) -> str:
    """Give a text that changes when the file behind an id does; empty for samples."""
    path = shelf(endings).get(id) if id.startswith(PREFIX) else None
    if path is None:
        return ""
    known = path.stat()
    return f"{known.st_mtime_ns} {known.st_size}"


def recipe(name: str) -> tuple[str, str]:
    """Find the data on which the book's own example of a method works.

    Parameters
    ----------
    name : str
        Name of the method, ``"kmeans"``.

    Returns
    -------
    id : str
        For `load`: the book's file where the user's folder holds it, otherwise the
        project's own sample of the same shape.
    note : str
        Which of the two it is, where it is not the book's.

    Raises
    ------
    DataError
        Where the method has no such example.

    Examples
    --------
    >>> id, note = recipe("kmeans")
    >>> load(id).frame.shape[0]
    200
    """
    if name not in RECIPES:
        raise DataError(f"There is no example of the book for '{name}'.")
    wanted, instead = RECIPES[name]
    if not wanted:
        return instead, ""
    for id, path in shelf().items():
        if path.name == wanted:
            return id, ""
    return instead, (
        f"The book's file {wanted} is not in the folder named by {VARIABLE}; "
        "this is the project's own sample of the same shape."
    )
