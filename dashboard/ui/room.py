"""The data room's door on every page: which data, how prepared, the same everywhere.

What the user chose is a handful of short texts. They live in the session, so that
they survive going to another page, and in the URL, so that a link opens the same
view; whichever is newer wins. Uploaded tables stay in their session and end with
it: their link names the file that is needed.
"""

from dataclasses import dataclass, replace
from typing import Literal

import streamlit as st

from clustering.data import samples
from clustering.data.passport import Passport, inspect
from clustering.data.preparation import Choices, fit, suggest
from clustering.data.tables import Table, read
from clustering.dataset import Dataset
from clustering.errors import ClusterloomError, DataError
from clustering.words import count
from dashboard.ui.words import literal

__all__ = [
    "Room",
    "data_room",
    "identity",
    "keep_upload",
    "open_room",
    "passport_of",
    "pick",
    "prepared",
    "select",
]

EXPLICIT = {
    "cols": "[]",
    "missing": "drop",
    "scaling": "none",
    "pca": "0",
    "sample": "0",
    "sample_seed": "0",
}
NAMES = ("data", *EXPLICIT)
UPLOADS_KEPT = 4
DATA_PAGE = "dashboard/data/data.py"


@dataclass(frozen=True, eq=False, slots=True)
class Room:
    """What every page works on: the file as read, the choices, the Dataset made of both."""

    data: str
    table: Table
    choices: Choices
    dataset: Dataset


# ---- what is wanted: session and URL ---------------------------------------------------------
def _wanted() -> dict[str, str]:
    """Give the wanted texts; a URL that this session did not write itself is newer."""
    url = {name: st.query_params[name] for name in NAMES if name in st.query_params}
    state: dict[str, str] = st.session_state.setdefault("room", {})
    if url and url != st.session_state.get("room_written"):
        state = st.session_state["room"] = url
    return state


def _write(state: dict[str, str]) -> None:
    """Put the wanted texts into the session and the URL."""
    st.session_state["room"] = st.session_state["room_written"] = state
    for name in NAMES:
        if name in state:
            if st.query_params.get(name) != state[name]:
                st.query_params[name] = state[name]
        elif name in st.query_params:
            del st.query_params[name]


def select(data: str, choices: Choices | None = None) -> None:
    """Choose a data set, and how to prepare it; without choices as is suggested for it.

    To be called from a widget's callback: the page runs again afterwards.
    """
    state = {"data": data}
    if choices is not None:
        table = source(data)
        mine, usual = (
            EXPLICIT | made.to_query() for made in (choices, usual_for(identity(table), table))
        )
        state |= {name: text for name, text in mine.items() if usual.get(name) != text}
    st.session_state["room"] = state
    st.session_state["room_written"] = None
    for name in NAMES:
        if name in st.query_params:
            del st.query_params[name]


# ---- tables ----------------------------------------------------------------------------------
@st.cache_resource(max_entries=24, show_spinner=False)
def _sample(data: str, stamp: str) -> Table:
    """Load a sample or a file of the folder; `stamp` changes when the file does."""
    return samples.load(data)


def _uploads() -> dict[str, Table]:
    uploads: dict[str, Table] = st.session_state.setdefault("uploads", {})
    return uploads


def keep_upload(content: bytes, name: str) -> str:
    """Read an uploaded file into this session and give its id."""
    table = read(content, name)
    data = f"upload/{table.key}/{name}"
    uploads = _uploads()
    uploads.pop(data, None)
    uploads[data] = table
    for old in list(uploads)[:-UPLOADS_KEPT]:
        del uploads[old]
    return data


def source(data: str) -> Table:
    """Give the table with this id.

    Raises
    ------
    DataError
        Where there is none; for an upload the sentence names the file.
    """
    if data in _uploads():
        return _uploads()[data]
    if data.startswith("upload/"):
        name = data.split("/", 2)[-1]
        raise DataError(
            f"This view belongs to the file {name!r}, which stays in the session that "
            "uploaded it. Upload that file below and the same view opens."
        )
    return _sample(data, samples.stamp(data))


def title_of(data: str) -> str:
    """Give the title of a data set in the list."""
    cards = {card.id: card for card in samples.catalogue()}
    return cards[data].title if data in cards else data.split("/", 2)[-1]


def identity(table: Table) -> str:
    """Give what tells two tables apart: their content, and the name under which it came."""
    return f"{table.key} {table.name}"


@st.cache_resource(max_entries=24, scope="session", show_spinner=False)
def passport_of(key: str, _table: Table) -> Passport:
    """Inspect a table once."""
    return inspect(_table)


@st.cache_resource(max_entries=24, scope="session", show_spinner=False)
def usual_for(key: str, _table: Table) -> Choices:
    """Suggest choices for a table once."""
    return suggest(_table, passport=passport_of(key, _table))


@st.cache_resource(max_entries=12, scope="session", show_spinner="Preparing the data …")
def prepared(key: str, choices: Choices, _table: Table) -> Dataset:
    """Prepare a table once for each set of choices."""
    return fit(_table, choices, passport=passport_of(key, _table)).apply(_table)


# ---- the door --------------------------------------------------------------------------------
def open_room(default: str) -> tuple[str, Table, Choices]:
    """Find out what is wanted, and show the way where it is not at hand.

    Parameters
    ----------
    default : str
        Sample on which the page opens while nothing was chosen.

    Returns
    -------
    data : str
        Id of the data set.
    table : Table
        As read.
    choices : Choices
        How to prepare it: as suggested, but for what the user or the link says.
    """
    state = _wanted()
    data = state.get("data") or default
    try:
        table = source(data)
    except ClusterloomError as error:
        _missing(data, default, error)
        st.stop()
    usual = usual_for(identity(table), table)
    given = {name: state[name] for name in NAMES[1:] if name in state}
    choices = Choices.from_query(EXPLICIT | usual.to_query() | given)
    if given.get("cols", "") != EXPLICIT["cols"]:
        known = tuple(name for name in choices.columns if name in table.frame.columns)
        choices = replace(choices, columns=known or usual.columns)
    choices = replace(choices, components=min(choices.components, len(choices.columns)))
    mine, plain = EXPLICIT | choices.to_query(), EXPLICIT | usual.to_query()
    written = {name: text for name, text in mine.items() if plain.get(name) != text}
    _write(({"data": data} if state.get("data") else {}) | written)
    return data, table, choices


def _missing(data: str, default: str, error: ClusterloomError) -> None:
    """Say that the wanted data are not here, and offer what can be done."""
    st.warning(literal(error, most=400))
    if data.startswith("upload/"):
        brought = st.file_uploader("The file that this view needs", key="room_needed")
        if brought is not None:
            try:
                found = keep_upload(brought.getvalue(), brought.name)
            except ClusterloomError as wrong:
                st.error(literal(wrong, most=400))
                return
            _write({**st.session_state["room"], "data": found})
            st.rerun()
    st.button("Open a sample instead", on_click=select, args=(default,))


def data_room(default: str) -> Room:
    """Show in the sidebar which data the page works on, and give them.

    Parameters
    ----------
    default : str
        Sample on which the page opens while nothing was chosen.

    Returns
    -------
    Room
        Where preparation is impossible the page ends with the reason instead.
    """
    with st.sidebar:
        st.caption("DATA")
        place = st.container()
    data, table, choices = open_room(default)
    with place:
        pick(data, label="Data set", key="room_pick", label_visibility="collapsed")
    try:
        dataset = prepared(identity(table), choices, table)
    except ClusterloomError as error:
        st.error(literal(error, most=400))
        st.page_link(DATA_PAGE, label="Change how the data are prepared")
        st.stop()
    with place:
        parts = [count(dataset.n, "row"), count(dataset.d, "column")]
        if choices.scaling != "none":
            parts.append(f"{choices.scaling} scaling")
        if dataset.n < len(table.frame):
            parts.append(f"{count(len(table.frame) - dataset.n, 'row')} left out")
        st.caption(", ".join(parts))
        if table.note:
            st.caption(literal(table.note))
        st.page_link(
            DATA_PAGE, label="change →", help="Columns, missing values, scaling, your own file"
        )
    return Room(data, table, choices, dataset)


def pick(
    data: str,
    *,
    label: str,
    key: str,
    label_visibility: Literal["visible", "collapsed"] = "visible",
) -> None:
    """Offer every data set in one list, the present one chosen."""
    titles = {card.id: card.title for card in samples.catalogue()}
    titles |= {upload: upload.split("/", 2)[-1] for upload in reversed(_uploads())}
    titles.setdefault(data, title_of(data))
    st.session_state[key] = data
    st.selectbox(
        label,
        list(titles),
        format_func=titles.__getitem__,
        key=key,
        label_visibility=label_visibility,
        on_change=lambda: select(st.session_state[key]),
    )
