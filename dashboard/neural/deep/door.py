"""Which data the page works on: a prepared table, a column of texts, images."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from clustering.data import image_sets, texts
from clustering.data.image_sets import ImageSet
from clustering.data.tables import Table
from clustering.dataset import Dataset
from clustering.errors import ClusterloomError
from clustering.partition import Labels
from clustering.words import count
from dashboard import ui
from dashboard.ui.room import Opened, open_room, pick
from dashboard.ui.shelf import TABLES

__all__ = ["IMAGES", "KINDS", "SAMPLE", "TABLE", "TEXTS", "Ground", "choose_kind", "open_ground"]

TABLE, TEXTS, IMAGES = KINDS = ("Table", "Texts", "Images")
SAMPLE = "thousand-blobs"
"""What the page opens on."""

MESSAGES = "messages"
"""What texts open on while no data were chosen."""

WORDS = 2_000
"""Words of texts that become columns, at most."""

MOST = (1_000, 2_000, 5_000, 10_000, 20_000, 70_000)
"""Images among which one chooses how many take part."""
USUAL = 5_000

DATA_PAGE = "dashboard/data/page.py"


@dataclass(frozen=True, eq=False, slots=True)
class Ground:
    """What the page is about, whichever door it came in by.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    data : str
        Id of what was brought.
    name : str
        As its owner calls it.
    dataset : Dataset
        The points.
    shape : tuple of int
        (d,) of rows, (h, w) or (h, w, 3) of images.
    truth : ndarray of shape (n,), int32, or None
        Known class of each point, -1 where it is not known.
    classes : str
        Where these are from: a column, or the images' own classes.
    opened : Room, Opened or None
        The table, as the data room has it.
    column : str
        Of the texts.
    images : ImageSet or None
        The images.
    own : bool
        Whether it is a sample of the project.
    """

    kind: str
    data: str
    name: str
    dataset: Dataset
    shape: tuple[int, ...]
    truth: Labels | None
    classes: str
    opened: Opened | None = None
    column: str = ""
    images: ImageSet | None = None
    own: bool = False

    @property
    def table(self) -> Table | None:
        """The table, as read."""
        return None if self.opened is None else self.opened.table

    @property
    def groups(self) -> int:
        """How many classes are known, 0 where none are."""
        return 0 if self.truth is None else len(np.unique(self.truth[self.truth >= 0]))


def choose_kind() -> str:
    """Show what can be brought to this page."""
    with st.sidebar:
        return st.segmented_control(
            "What is clustered", KINDS, default=TABLE, required=True, key="dc_kind",
            bind="query-params", label_visibility="collapsed",
            help="A table as the Data page prepares it; one column of it that holds texts; images.",
        )  # fmt: skip


def open_ground() -> Ground:
    """Show the door for the chosen kind, and give what came in by it."""
    kind = choose_kind()
    if kind == IMAGES:
        return _images()
    return _texts() if kind == TEXTS else _table()


def _table() -> Ground:
    """Open the table of the data room, prepared."""
    room = ui.data_room(SAMPLE)
    truth, named = _known(room.table, room.dataset)
    own = room.data == SAMPLE
    return Ground(
        TABLE, room.data, room.table.name, room.dataset, (room.dataset.d,), truth, named, room,
        own=own,
    )  # fmt: skip


def _texts() -> Ground:
    """Open a column of texts of the data room's table."""
    with st.sidebar:
        st.caption("DATA")
        place = st.container()
    opened = open_room(MESSAGES)
    found = tuple(each for each in texts.columns(opened.table) if each != opened.table.truth)
    with place:
        pick(opened.data, label="Data set", key="room_pick", label_visibility="collapsed")
        known = st.session_state.get("dc_column")
        if known is not None and known not in found:
            del st.session_state["dc_column"]
        column: str | None = st.selectbox(
            "Column of texts", found, key="dc_column", bind="query-params", disabled=not found,
            help="Each text becomes a point: one number for each word, its TF-IDF.",
        )  # fmt: skip
    if column is None:
        st.warning(
            "This table has no column of texts. Choose another data set, or bring a file with "
            "sentences in one column on the Data page."
        )
        st.page_link(DATA_PAGE, label="Bring a file")
        st.stop()
    try:
        dataset = _tfidf(opened.table, column)
    except ClusterloomError as error:
        st.error(ui.literal(error, most=400))
        st.page_link(DATA_PAGE, label="Bring another file")
        st.stop()
    with place:
        st.caption(f"{count(dataset.n, 'text')}, {count(dataset.d, 'word')}")
    table = opened.table
    truth, named = _known(table, dataset)
    return Ground(
        TEXTS, opened.data, table.name, dataset, (dataset.d,), truth, named, opened, column
    )


@st.cache_resource(max_entries=4, scope="session", show_spinner=False, hash_funcs=TABLES)
def _tfidf(table: Table, column: str) -> Dataset:
    """Make a point of each text, once."""
    return texts.tfidf(table, column, most=WORDS)


def _images() -> Ground:
    """Open a set of images."""
    brought = ui.brought(
        "dc", "Images", own=image_sets.SAMPLES, make=image_sets.sample, read=image_sets.read,
        endings=image_sets.ENDINGS, default="digits", upload="Your own images",
        help="MNIST as Keras stores it, another NPZ or NPY of images, or a zip of pictures of one "
        "size, folders as classes. It stays in this session.",
    )  # fmt: skip
    images = brought.content
    with st.sidebar:
        most = USUAL
        if images.n > MOST[0]:
            offered = [m for m in MOST if m < images.n] + [images.n]
            if st.session_state.get("dc_images") not in (None, *offered):
                del st.session_state["dc_images"]
            most = st.select_slider(
                "Images that take part", offered, min(USUAL, images.n), key="dc_images",
                bind="query-params",
                format_func="{:,}".format,
                help="Of more, these many are drawn; the passport says so.",
            )  # fmt: skip
        dataset = ui.computed(_pixels, images, most=most)
        size = " × ".join(map(str, images.shape[:2]))
        st.caption(f"{count(dataset.n, dataset.source.member)}, {size} pixels")
        ui.note(*(note for note in images.notes if "test part" not in note), *dataset.changes)
    truth = images.truth(dataset)
    known = None if truth is None else np.asarray(truth, dtype=np.int32)
    return Ground(
        IMAGES, brought.data, brought.name, dataset, images.shape, known,
        "" if known is None else "classes of the images", images=images,
    )  # fmt: skip


def _pixels(images: ImageSet, *, most: int) -> Dataset:
    """Make a point of each image, of train and test part alike: nothing is held back here."""
    return images.dataset("all", most=most)


def _known(table: Table, dataset: Dataset) -> tuple[Labels | None, str]:
    """Give the known group of each point as a number, and the column that holds them."""
    groups = ui.groups_of(table, dataset)
    if groups is None or groups.isna().all():
        return None, ""
    return pd.factorize(groups)[0].astype(np.int32), f"column {table.truth}"
