"""The Export tab: everything that can be carried away from a result."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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

__all__ = ["Carried", "carry_away", "export_tab", "stem_of"]

PREVIEW_ROWS = 200
OWN = frozenset(card.id for card in CARDS if card.file)


def stem_of(name: str) -> str:
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
    table = room.table
    more = []
    if room.data in OWN or room.data.startswith(CURVES):
        more.append(
            Carried("The data it reads", lambda: samples.content(room.data), table.name, "text/csv")
        )
    carry_away(
        computed(labelled, room.dataset, table=table, partition=partition, as_written=True),
        lambda: labelled(room.dataset, table=table, partition=partition, as_written=False),
        export.script(table, room.choices, partition, dataset=room.dataset),
        draw,
        key=key,
        stem=f"{stem_of(table.name)}_{partition.method}",
        heading=heading,
        joined="joined to every row of your own table",
        more=more,
    )


@dataclass(frozen=True, slots=True)
class Carried:
    """One more file to carry away.

    Attributes
    ----------
    label : str
        Of its button.
    content : callable
        Gives its bytes, when it is downloaded.
    name, mime : str
        Its name and its type.
    help : str
        What it is for.
    """

    label: str
    content: Callable[[], bytes | str]
    name: str
    mime: str
    help: str = ""


def carry_away(
    frame: pd.DataFrame,
    typed: Callable[[], pd.DataFrame],
    text: str,
    draw: Callable[[], Figure],
    *,
    key: str,
    stem: str,
    heading: str,
    joined: str,
    more: Sequence[Carried] = (),
) -> None:
    """Offer labels, script, chart, and whatever else a page has.

    Parameters
    ----------
    frame : pandas.DataFrame
        The labels, as the CSV file has them; its last two columns are shown first.
    typed : callable
        Gives the same with types, for the Parquet file.
    text : str
        The script.
    draw : callable
        Gives the page's main chart, when it is downloaded.
    key : str
        Beginning of the keys of the buttons.
    stem : str
        Beginning of the names of the files (`stem_of`).
    heading : str
        What stands above the downloaded chart.
    joined : str
        What the labels stand beside.
    more : sequence of Carried
        Further files, beside the script.
    """
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**Labels**, {joined}")
        with st.container(horizontal=True):
            st.download_button(
                "CSV", lambda: export.labels_csv(frame), f"{stem}_labels.csv", "text/csv",
                key=f"{key}_csv", on_click="ignore",
                help="Cells that a spreadsheet would run as a formula are neutralised with '.",
            )  # fmt: skip
            st.download_button(
                "Parquet", lambda: export.labels_parquet(typed()), f"{stem}_labels.parquet",
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
        with st.container(horizontal=True):
            st.download_button(
                "Python script", text, f"{stem}.py", "text/x-python",
                key=f"{key}_script", on_click="ignore",
            )  # fmt: skip
            for place, each in enumerate(more):
                st.download_button(
                    each.label, each.content, each.name, each.mime,
                    key=f"{key}_more{place}", on_click="ignore", help=each.help or None,
                )  # fmt: skip
            st.download_button(
                "Chart (HTML)", lambda: standalone(draw(), heading=heading), f"{stem}.html",
                "text/html", key=f"{key}_html", on_click="ignore",
                help="Works offline. A PNG comes from the camera in the chart's own corner.",
            )  # fmt: skip
        st.code(text, language="python", height=280)
