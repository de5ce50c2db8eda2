"""Tables that pages take down: samples, files of the folder, and the session's uploads.

Reading, inspecting and preparing a table is done once, under what tells tables apart:
the digest of their content and the name under which they came. Uploaded tables, and
all that is made of them, stay in their session and end with it.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st

from clustering import engine
from clustering.data import samples
from clustering.data.curves import PREFIX as CURVES
from clustering.data.curves import Curve
from clustering.data.passport import Passport, inspect
from clustering.data.preparation import Choices, Preparation, Stage, prepare, suggest
from clustering.data.reading import given_from
from clustering.data.tables import Table, read
from clustering.data.warnings import Warning, warnings
from clustering.dataset import Dataset, digest
from clustering.errors import DataError
from clustering.figures import raster
from clustering.figures.scatter import WEBGL_LIMIT

__all__ = [
    "Upload",
    "fitted",
    "keep_upload",
    "passport_of",
    "prepared",
    "source",
    "stages_of",
    "title_of",
    "uploads",
    "usual_for",
    "warnings_of",
]

UPLOADS_KEPT = 4
LOOKING = "Looking at the columns …"
TABLES: dict[str | type[Any], Callable[[Any], Any]] = {Table: lambda table: (table.key, table.name)}
"""What tells two tables apart: their content, and the name under which it came."""


@dataclass(frozen=True, eq=False, slots=True)
class Upload:
    """A file that this session brought."""

    content: bytes
    name: str


@st.cache_resource(max_entries=24, show_spinner=False)
def _sample(data: str, how: str, stamp: str) -> Table:
    """Load a sample or a file of the folder; `stamp` changes when the file does."""
    return samples.load(data, given=given_from(how))


@st.cache_resource(max_entries=UPLOADS_KEPT, scope="session", show_spinner="Reading the file …")
def _uploaded(data: str, how: str, _upload: Upload) -> Table:
    """Read a file that was brought; the id in `data` follows from its content and name."""
    return read(_upload.content, _upload.name, given=given_from(how))


def uploads() -> dict[str, Upload]:
    """Give the files that this session brought, by id, the newest last."""
    kept: dict[str, Upload] = st.session_state.setdefault("uploads", {})
    return kept


def keep_upload(content: bytes, name: str, how: str = "") -> str:
    """Read a file into this session and give its id.

    Parameters
    ----------
    content : bytes
        The whole file.
    name : str
        Its name.
    how : str
        What is told of how to read it, as a link carries it.

    Raises
    ------
    ReadError
        Where it cannot be read; nothing is kept then.
    """
    data, upload = f"upload/{digest(content)}/{name}", Upload(content, name)
    _uploaded(data, how, upload)
    kept = uploads()
    kept.pop(data, None)
    kept[data] = upload
    for old in list(kept)[:-UPLOADS_KEPT]:
        del kept[old]
    return data


@cache
def warmed() -> threading.Thread:
    """Begin, once for the server, what only many points need and what takes seconds to begin."""

    def warm() -> None:
        raster.warm()
        engine.run(digest, 0)

    thread = threading.Thread(target=warm, name="warming", daemon=True)
    thread.start()
    return thread


def source(data: str, how: str = "") -> Table:
    """Give the table with this id, read as is told.

    Raises
    ------
    DataError
        Where there is none, or it cannot be read so; for an upload that is not here the
        sentence names the file.
    """
    if data in uploads():
        return _ready(_uploaded(data, how, uploads()[data]))
    if data.startswith("upload/"):
        name = data.split("/", 2)[-1]
        raise DataError(
            f"This view belongs to the file {name!r}, which stays in the session that "
            "uploaded it. Upload that file below and the same view opens."
        )
    return _ready(_sample(data, how, samples.stamp(data)))


def _ready(table: Table) -> Table:
    """Give a table, having begun what it will need."""
    if len(table.frame) > WEBGL_LIMIT:
        warmed()
    return table


def title_of(data: str) -> str:
    """Give the title of data that are on no list: a drawn curve, or a file that is not here."""
    return Curve.from_id(data).title if data.startswith(CURVES) else data.split("/", 2)[-1]


@st.cache_resource(max_entries=24, scope="session", show_spinner=LOOKING, hash_funcs=TABLES)
def passport_of(table: Table) -> Passport:
    """Inspect a table once."""
    return inspect(table)


@st.cache_resource(max_entries=24, scope="session", show_spinner=False, hash_funcs=TABLES)
def usual_for(table: Table) -> Choices:
    """Suggest choices for a table once."""
    return suggest(table, passport=passport_of(table))


@st.cache_resource(max_entries=24, scope="session", show_spinner=LOOKING, hash_funcs=TABLES)
def warnings_of(table: Table) -> tuple[Warning, ...]:
    """Give what must be said about a table before it is clustered, once."""
    return warnings(table, passport_of(table))


@st.cache_resource(
    max_entries=12, scope="session", show_spinner="Preparing the data …", hash_funcs=TABLES
)
def _made(table: Table, choices: Choices) -> tuple[Preparation, Dataset]:
    """Fit a preparation and apply it, once for each set of choices."""
    return prepare(table, choices, passport=passport_of(table))


def fitted(table: Table, choices: Choices) -> Preparation:
    """Give a preparation, fitted to a table."""
    return _made(table, choices)[0]


def prepared(table: Table, choices: Choices) -> Dataset:
    """Give a table, made ready."""
    return _made(table, choices)[1]


@st.cache_resource(max_entries=3, scope="session", show_spinner=False, hash_funcs=TABLES)
def stages_of(table: Table, choices: Choices) -> tuple[Stage, ...]:
    """Give what each step of a preparation did, kept for a few, since they are large."""
    return fitted(table, choices).stages(table)
