"""The Export tab: everything that can be carried away from a result."""

import re
from collections.abc import Callable

import pandas as pd
import streamlit as st

from clustering import export
from clustering.data import samples
from clustering.data.curves import PREFIX as CURVES
from clustering.data.tables import Table
from clustering.dataset import Dataset
from clustering.figures import Figure
from clustering.figures.style import standalone
from clustering.partition import Partition
from clustering.words import count
from dashboard.ui.jobs import computed
from dashboard.ui.room import Room
from sample_data import CARDS

__all__ = ["export_tab"]

PREVIEW_ROWS = 200
OWN = frozenset(card.id for card in CARDS if card.file)


def _stem(name: str) -> str:
    """Give a file name's beginning that every system accepts."""
    return re.sub(r"[^\w-]+", "_", name.rsplit(".", 1)[0])[:60].strip("_") or "data"


def labelled(
    dataset: Dataset, *, table: Table, partition: Partition, as_written: bool
) -> pd.DataFrame:
    """Join the labels to the user's own rows, as they stand in the file or with types."""
    return export.labels_frame(table, dataset, partition, as_written=as_written)


def export_tab(
    room: Room,
    partition: Partition,
    draw: Callable[[], Figure],
    *,
    key: str,
    method: str,
    caption: str = "",
) -> None:
    """Offer labels, script and chart.

    Parameters
    ----------
    room : Room
        The user's table, its preparation and the Dataset made of it.
    partition : Partition
        The result.
    draw : callable
        Gives the page's main chart, when it is downloaded.
    key : str
        Beginning of the keys of the buttons.
    method : str
        How the page calls the method.
    caption : str
        What the page says under the chart, which goes along with it.
    """
    heading = f"{room.table.name}: {method}, {count(partition.k, 'cluster')}. {caption}".strip()
    stem = f"{_stem(room.table.name)}_{partition.method}"
    table = room.table
    frame = computed(labelled, room.dataset, table=table, partition=partition, as_written=True)
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**Labels**, joined to every row of your own table")
        with st.container(horizontal=True):
            st.download_button(
                "CSV", lambda: export.labels_csv(frame), f"{stem}_labels.csv", "text/csv",
                key=f"{key}_csv", on_click="ignore",
                help="Cells that a spreadsheet would run as a formula are neutralised with '.",
            )  # fmt: skip
            st.download_button(
                "Parquet",
                lambda: export.labels_parquet(
                    labelled(room.dataset, table=table, partition=partition, as_written=False)
                ),
                f"{stem}_labels.parquet",
                "application/octet-stream", key=f"{key}_parquet", on_click="ignore",
                help="Numbers and dates have their types; in the CSV words, codes, dates and "
                "amounts stand as in your file, and plain numbers with the same value.",
            )  # fmt: skip
        found = list(frame.columns[-2:])
        shown = frame.head(PREVIEW_ROWS)
        st.dataframe(shown[found + list(shown.columns[:-2])], height=240, hide_index=True)
        if len(frame) > PREVIEW_ROWS:
            st.caption(f"The first {PREVIEW_ROWS} of {len(frame):,} rows; the files hold all.")
    with right:
        st.markdown("**Script**: the same labels without the dashboard, from public packages")
        text = export.script(room.table, room.choices, partition, dataset=room.dataset)
        with st.container(horizontal=True):
            st.download_button(
                "Python script", text, f"{stem}.py", "text/x-python",
                key=f"{key}_script", on_click="ignore",
            )  # fmt: skip
            if room.data in OWN or room.data.startswith(CURVES):
                st.download_button(
                    "The data it reads", lambda: samples.content(room.data), room.table.name,
                    "text/csv", key=f"{key}_data", on_click="ignore",
                )  # fmt: skip
            st.download_button(
                "Chart (HTML)", lambda: standalone(draw(), heading=heading), f"{stem}.html",
                "text/html", key=f"{key}_html", on_click="ignore",
                help="Works offline. A PNG comes from the camera in the chart's own corner.",
            )  # fmt: skip
        st.code(text, language="python", height=280)
