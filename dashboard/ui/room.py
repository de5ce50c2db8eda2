"""The data room's door on every page: which data, how prepared, the same everywhere.

What the user chose is a handful of short texts. They live in the session, so that
they survive going to another page, and in the URL, so that a link opens the same
view; whichever is newer wins. Uploaded tables stay in their session and end with
it: their link names the file that is needed.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal

import streamlit as st

from clustering.data import samples
from clustering.data.choices import QUERY, Choices
from clustering.data.tables import Table
from clustering.dataset import Dataset
from clustering.errors import ClusterloomError
from clustering.words import count
from dashboard.ui.shelf import keep_upload, prepared, source, title_of, uploads, usual_for
from dashboard.ui.words import literal

__all__ = ["Opened", "Room", "change", "data_room", "open_room", "pick", "select"]

NAMES = ("data", "how", *QUERY)
PLAIN = "plain"
"""What stands in a link for the plain choice where another one is suggested."""

DATA_PAGE = "dashboard/data/page.py"


@dataclass(frozen=True, eq=False, slots=True)
class Opened:
    """The file as read, before it is prepared.

    Attributes
    ----------
    data : str
        Id of the data set.
    how : str
        What is told of how its file is read, as a link carries it.
    table : Table
        As read.
    choices : Choices
        How to prepare it.
    """

    data: str
    how: str
    table: Table
    choices: Choices


@dataclass(frozen=True, eq=False, slots=True)
class Room(Opened):
    """What every page works on: the file as read, the choices, the Dataset made of both."""

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
    for name in set(NAMES) & set(st.query_params) - set(state):
        del st.query_params[name]
    fresh = {name: state[name] for name in NAMES if st.query_params.get(name) != state.get(name)}
    if fresh:
        st.query_params.update(fresh)


def select(data: str, choices: Choices | None = None, *, how: str = "") -> None:
    """Choose a data set, and how to prepare it; without choices as is suggested for it.

    To be called from a widget's callback: the page runs again afterwards.

    Parameters
    ----------
    data : str
        Id of the data set.
    choices : Choices, optional
        How to prepare it.
    how : str
        What is told of how its file is read; all is found out where it is empty.
    """
    state = {"data": data} | ({"how": how} if how else {})
    if choices is not None:
        table = source(data, how)
        state |= _differences(choices, usual_for(table))
    st.session_state["room"] = state
    st.session_state["room_written"] = None
    for name in NAMES:
        if name in st.query_params:
            del st.query_params[name]


def change(opened: Opened, **choices: Any) -> None:
    """Prepare the open file otherwise; to be called from a widget's callback.

    What was chosen since the page ran, while it was still busy, is kept.

    Parameters
    ----------
    opened : Opened
        The file.
    **choices
        Fields of `Choices` with their new values.
    """
    now = _choices(opened.table, _wanted())
    select(opened.data, replace(now, **choices), how=opened.how)


def _choices(table: Table, state: dict[str, str]) -> Choices:
    """Give choices as suggested, but for what is wanted; columns that are not there are not."""
    usual = usual_for(table)
    given = {name: state[name] for name in QUERY if name in state}
    choices = Choices.from_query(usual.to_query() | given)
    if given.get("cols") in (None, PLAIN):
        return choices
    known = tuple(name for name in choices.columns if name in table.frame.columns)
    return replace(choices, columns=known or usual.columns)


def _differences(choices: Choices, usual: Choices) -> dict[str, str]:
    """Give the texts of choices that are not the suggested ones."""
    mine, theirs = choices.to_query(), usual.to_query()
    return {
        name: mine.get(name, PLAIN) for name in mine | theirs if mine.get(name) != theirs.get(name)
    }


# ---- the door --------------------------------------------------------------------------------
def open_room(default: str) -> Opened:
    """Find out what is wanted, and show the way where it is not at hand.

    Parameters
    ----------
    default : str
        Sample on which the page opens while nothing was chosen.

    Returns
    -------
    Opened
        The table as read, and choices as suggested, but for what the user or the link
        says.
    """
    state = _wanted()
    data, how = state.get("data") or default, state.get("how", "")
    try:
        table = source(data, how)
    except ClusterloomError as error:
        _missing(data, how, default, error)
        st.stop()
    choices = _choices(table, state)
    told = {"data": data} if state.get("data") else {}
    _write(told | ({"how": how} if how else {}) | _differences(choices, usual_for(table)))
    return Opened(data, how, table, choices)


def _missing(data: str, how: str, default: str, error: ClusterloomError) -> None:
    """Say that the wanted data are not here, and offer what can be done."""
    st.warning(literal(error, most=400))
    if data.startswith("upload/"):
        brought = st.file_uploader("The file that this view needs", key="room_needed")
        if brought is not None:
            try:
                found = keep_upload(brought.getvalue(), brought.name, how)
            except ClusterloomError as wrong:
                st.error(literal(wrong, most=400))
                return
            if found != data:
                st.toast("This is not the link's own file: its content or its name differs.")
            _write({**st.session_state["room"], "data": found})
            st.rerun()
    elif how:
        st.button("Read the file as it is found out", on_click=select, args=(data,))
    st.button("Open a sample instead", on_click=select, args=(default,))


INSTEAD = {
    "great-circle": ("distances along the globe", "choose places on the sphere"),
    "gower": ("Gower's distances", "choose one-hot or ordinal words"),
}
"""What distances without coordinates are called, and what gives coordinates instead."""


def data_room(default: str, *, distances: bool = False) -> Room:
    """Show in the sidebar which data the page works on, and give them.

    Parameters
    ----------
    default : str
        Sample on which the page opens while nothing was chosen.
    distances : bool
        Whether the page also works on distances without coordinates.

    Returns
    -------
    Room
        With euclidean points, unless `distances`. Where preparation is impossible, or
        gives what the page does not take, the page ends with the reason instead.
    """
    with st.sidebar:
        st.caption("DATA")
        place = st.container()
    opened = open_room(default)
    data, table, choices = opened.data, opened.table, opened.choices
    with place:
        pick(data, label="Data set", key="room_pick", label_visibility="collapsed")
    try:
        dataset = prepared(table, choices)
    except ClusterloomError as error:
        st.error(literal(error, most=400))
        st.page_link(DATA_PAGE, label="Change how the data are prepared")
        st.stop()
    if not (distances or dataset.metric.is_euclidean):
        name = dataset.metric.name
        called, way = INSTEAD.get(name, (f"{name} distances", "choose other columns"))
        st.error(
            f"This page averages coordinates, and {called} have none to average; {way} on the "
            "Data page."
        )
        st.page_link(DATA_PAGE, label="Change how the data are prepared")
        st.stop()
    with place:
        parts = [count(dataset.n, "row"), count(dataset.d, "column")]
        if not dataset.metric.is_euclidean:  # these take columns as they are
            parts.append(f"{dataset.metric.name} distance")
        elif choices.scaling != "none":
            parts.append(f"{choices.scaling} scaling")
        if dataset.n < len(table.frame):
            parts.append(f"{count(len(table.frame) - dataset.n, 'row')} left out")
        st.caption(", ".join(parts))
        if table.notes:
            st.caption(literal(" ".join(table.notes)))
        st.page_link(
            DATA_PAGE, label="change →", help="Columns, missing values, scaling, your own file"
        )
    return Room(data, opened.how, table, choices, dataset)


def pick(
    data: str,
    *,
    label: str,
    key: str,
    label_visibility: Literal["visible", "collapsed"] = "visible",
) -> None:
    """Offer every data set in one list, the present one chosen."""
    titles = {card.id: card.title for card in samples.catalogue()}
    titles |= {upload: upload.split("/", 2)[-1] for upload in reversed(uploads())}
    titles |= {} if data in titles else {data: title_of(data)}
    st.session_state[key] = data
    st.selectbox(
        label,
        list(titles),
        format_func=titles.__getitem__,
        key=key,
        label_visibility=label_visibility,
        on_change=lambda: select(st.session_state[key]),
    )
