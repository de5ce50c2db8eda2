"""How data come in: a file dropped, a table pasted, a sample chosen by its picture."""

import numpy as np
import pandas as pd
import streamlit as st

from clustering.data import samples
from clustering.data.places import places
from clustering.errors import ClusterloomError
from clustering.figures.thumbnail import thumbnail
from clustering.geometry import projection
from dashboard import ui
from dashboard.data import reading
from dashboard.ui import room, shelf

__all__ = ["bring", "card_of", "choose"]

PASTED = "pasted table.txt"
BIG = 100_000
"""Rows from which a sample is not drawn as a thumbnail: it would have to be made first."""


def bring() -> None:
    """Offer to drop a file or to paste a table."""
    st.file_uploader(
        "Drop your own file, up to 200 MB",
        key="dt_upload", on_change=_taken,
        help="CSV, TSV, TXT, XLSX, XLS, Parquet, JSON, JSON lines, NPY, NPZ, ARFF, also packed "
        "as gzip or zip. It stays in this session, on the machine that runs Clusterloom, and "
        "ends with it.",
    )  # fmt: skip
    with st.popover("Paste a table"):
        st.text_area(
            "Cells copied from a spreadsheet, or lines of a text file", key="dt_paste", height=200,
            placeholder="town\tsize\nOslo\t7,1\nRome\t28,4",
        )  # fmt: skip
        st.button("Read it", on_click=_pasted, type="primary")
    if st.session_state.get("dt_refused"):
        st.error(ui.literal(st.session_state["dt_refused"], most=400))
        if "dt_refused_file" in st.session_state:
            _another_way()


def _taken() -> None:
    """Read an uploaded file and open it."""
    brought = st.session_state["dt_upload"]
    if brought is not None:
        _open(brought.getvalue(), brought.name)


def _pasted() -> None:
    """Read a pasted table and open it."""
    _open(st.session_state["dt_paste"].encode("utf-8", "replace"), PASTED)


def _open(content: bytes, name: str, how: str = "") -> None:
    """Read a file and open it, or keep the reason why not and what is open already."""
    now = st.session_state
    now.pop("dt_refused_file", None)
    try:
        data = shelf.keep_upload(content, name, how)
    except ClusterloomError as error:
        now["dt_refused"] = str(error)
        now["dt_refused_file"] = shelf.Upload(content, name)
        return
    now["dt_refused"] = ""
    if how or now.get("room", {}).get("data") != data:  # else a link waits for this very file
        room.select(data, how=how)


def _another_way() -> None:
    """Offer to read a refused file as a text of a certain kind."""
    refused: shelf.Upload = st.session_state["dt_refused_file"]

    def again() -> None:
        now = st.session_state
        asked = {name: now[f"dt_try_{name}"] for name in ("delimiter", "encoding")}
        told = {name: reading.sign_of(sign) for name, sign in asked.items() if sign}
        _open(refused.content, refused.name, reading.told(told))

    with st.popover("Read it another way"):
        st.selectbox(
            "Delimiter", reading.DELIMITERS, index=None, key="dt_try_delimiter",
            placeholder="found out", accept_new_options=True, format_func=reading.name_of,
        )  # fmt: skip
        st.selectbox(
            "Encoding", reading.ENCODINGS, index=None, key="dt_try_encoding",
            placeholder="found out", accept_new_options=True,
        )  # fmt: skip
        st.button("Try again", on_click=again)


def choose(data: str) -> None:
    """Offer every data set by name, and the samples by their pictures."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        room.pick(data, label="Or choose a data set", key="dt_pick")
        if st.button("Gallery", help="The samples, with what each of them shows."):
            gallery()


def card_of(data: str) -> None:
    """Say what a sample shows and where it is from."""
    for card in samples.catalogue():
        if card.id == data:
            if card.shows:
                st.markdown(ui.literal(card.shows))
            ui.note(f"{card.origin} Licence: {card.licence}." if card.licence else card.origin)


@st.dialog("Samples", width="large")
def gallery() -> None:
    """Show every sample as a card with a picture."""
    with st.container(horizontal=True):
        for card in samples.catalogue():
            if not card.shows:
                continue
            with st.container(border=True, width=212, height="stretch"):
                picture = picture_of(card.id, card.rows)
                if picture:
                    st.image(picture, width=160)
                st.markdown(f"**{ui.literal(card.title)}**")
                st.caption(f"{card.rows:,} rows, {card.columns} columns. {ui.literal(card.shows)}")
                if st.button("Open", key=f"dt_open_{card.id}"):
                    room.select(card.id)
                    st.rerun()


@st.cache_data(max_entries=64, show_spinner=False)
def picture_of(id: str, rows: int) -> str:
    """Draw a sample as it would be clustered; nothing where that would take long."""
    if rows > BIG:
        return ""
    try:
        table = shelf.source(id)
        dataset = shelf.prepared(table, shelf.usual_for(table))
        found = places(shelf.passport_of(table))
        flat = projection.view(dataset).points
        if found is not None:
            flat = table.frame[[found[1], found[0]]].iloc[dataset.rows].to_numpy(np.float64)
    except ClusterloomError:
        return ""
    known = ui.groups_of(table, dataset)
    groups = np.zeros(dataset.n, int) if known is None else pd.factorize(known, sort=True)[0]
    return thumbnail(flat, groups)
