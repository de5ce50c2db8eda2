"""The door for texts with labels: a sample, one's own table, or IMDb where there is a network."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from clustering import engine
from clustering.data import samples
from clustering.data.tables import ENDINGS, Table, read
from clustering.dataset import digest
from clustering.deep import sentiment
from clustering.deep.texts import Texts
from clustering.errors import ClusterloomError
from clustering.progress import Report
from clustering.words import count
from dashboard import ui
from dashboard.neural.sequences import common

__all__ = ["Opened", "opened"]

OWN = {"reviews": "Short reviews", "reviews-zh": "Short reviews in Chinese"}
HELP = "A table with a column of texts and a column of labels: CSV, a workbook, Parquet, JSON."
MOST_LABELS = 50
"""Different values up to which a column is offered as a label first."""


@dataclass(frozen=True, eq=False, slots=True)
class Opened:
    """Texts with labels, and where they are from.

    Attributes
    ----------
    texts : Texts
        What was brought.
    own : bool
        Whether they are one of the project's samples, trained on by themselves.
    table : Table or None
        The file; None for IMDb.
    columns : tuple of (str, str)
        Of the texts and of the labels.
    """

    texts: Texts
    own: bool
    table: Table | None
    columns: tuple[str, str]


@dataclass(frozen=True, eq=False, slots=True)
class Ground:
    """A table, or nothing at all, as what is computed once is known by."""

    table: Table | None
    key: str
    n: int


def opened() -> Opened:
    """Show which texts there are, and give those of the columns that are chosen."""
    found = ui.brought(
        "la_s", "Texts", own=OWN, make=samples.load, read=read, endings=ENDINGS,
        default="reviews", upload="Your own table", help=HELP,
    )  # fmt: skip
    with st.sidebar:
        imdb = _imdb()
    if imdb is not None:
        return Opened(imdb, False, None, ("text", "label"))
    table = found.content
    with st.sidebar:
        ui.note(f"{count(len(table.frame), 'text')}.", *table.notes)
        if found.own:
            ui.note("Made up by code from templates: nobody wrote them.")
        text, label = _columns(table)
    with ui.explained():
        ground = Ground(table, digest(table.key, table.name), len(table.frame))
        return Opened(
            ui.computed(_texts, ground, text=text, label=label), found.own, table, (text, label)
        )


def _texts(ground: Ground, *, text: str, label: str) -> Texts:
    assert ground.table is not None
    return sentiment.of_table(ground.table, text=text, label=label)


def _columns(table: Table) -> tuple[str, str]:
    """Show which column holds texts and which labels, the likeliest ones first."""
    frame = table.frame
    names = [str(name) for name in frame.columns]
    if len(names) < 2:
        st.error(f"{ui.literal(table.name)} has a single column; bring one with texts and labels.")
        st.stop()
    wordy = sorted(names, key=lambda name: -_length(frame, name))
    common.fits("la_s_text", names)
    text = st.selectbox(
        "Texts", wordy, key="la_s_text", bind="query-params",
        format_func=lambda name: " ".join(str(name).split())[:60],
    )  # fmt: skip
    others = sorted(
        (name for name in names if name != text),
        key=lambda name: not 2 <= _different(frame, name) <= MOST_LABELS,
    )
    known = table.truth if table.truth in others else None
    others = ([known] if known else []) + [name for name in others if name != known]
    common.fits("la_s_label", others)
    label = st.selectbox(
        "Labels", others, key="la_s_label", bind="query-params",
        format_func=lambda name: " ".join(str(name).split())[:60],
    )  # fmt: skip
    return text, label


def _length(frame: pd.DataFrame, name: str) -> float:
    """Give how long the texts of a column are; numbers are none."""
    cells: pd.Series[Any] = frame[name].dropna().head(1_000)
    if cells.dtype.kind in "ifbMm" or cells.empty:
        return 0.0
    return float(cells.astype(str).str.len().mean())


def _different(frame: pd.DataFrame, name: str) -> int:
    """Count the different values of a column."""
    cells: pd.Series[Any] = frame[name]
    return int(cells.nunique())


# ---- IMDb ---------------------------------------------------------------------------------------
def _imdb() -> Texts | None:
    """Offer IMDb's reviews, which Keras downloads when asked; None where they are not open."""
    if st.session_state.get("la_s_imdb"):
        try:
            texts = ui.computed(_fetched, Ground(None, "imdb", 50_000))
        except ClusterloomError as error:
            st.session_state["la_s_imdb"] = False
            st.error(ui.literal(error, most=400))
        else:
            ui.note(f"IMDb is open in place of it: {texts.n:,} film reviews.")
            st.button("Close IMDb", key="la_s_imdb_close", on_click=lambda: _ask(False))
            return texts
    st.button(
        "Fetch IMDb", key="la_s_imdb_open", on_click=lambda: _ask(True),
        help="50,000 film reviews by Keras' own loader, about 19 MB; this needs the internet.",
    )  # fmt: skip
    return None


def _ask(wanted: bool) -> None:
    st.session_state["la_s_imdb"] = wanted


def _fetched(ground: Ground, *, report: Report) -> Texts:
    """Have them loaded on a worker."""
    return engine.run(sentiment.imdb, report=report)
