"""What stands under the map: views, the lesson, next month, export."""

import pandas as pd
import streamlit as st

from clustering import export as exporting
from clustering.data import samples
from clustering.figures import mean_shift_lesson, parallel
from clustering.geometry import projection
from clustering.lessons import mean_shift as lesson
from clustering.script import free_name
from clustering.words import count
from dashboard import ui
from dashboard.applications.customers import months, parts, tables
from dashboard.applications.customers.parts import Found
from sample_data import CARDS

next_month = months.show


def views(found: Found) -> None:
    """Show all columns side by side."""
    told = found.told
    st.markdown("**Parallel coordinates**: every column an upright scale, in the units of the file")
    figure = parallel.parallel(
        told.values, found.partition.labels, told.names, numbers=found.numbers,
        names=found.names, keep=found.dataset.key,
    )  # fmt: skip
    ui.chart(figure, "cu_parallel", height=420)
    st.markdown("**Segments and their sizes**")
    frame = tables.frame_of(found, full=True)
    st.dataframe(frame, hide_index=True, column_config=tables.forms_of(frame))


def learn(found: Found) -> None:
    """Step through the ascent of some customers."""
    dataset, partition = found.dataset, found.partition
    view = ui.computed(projection.view, dataset)
    seen, followed, sentences = ui.computed(lesson.retold, dataset, partition=partition)
    figure = mean_shift_lesson.lesson(
        dataset, partition, seen, sentences, view, followed=followed, numbers=found.numbers
    )
    ui.chart(figure, "cu_lesson", height=480)
    st.markdown(lesson.SEEING)


def export(found: Found) -> None:
    """Offer labels with the names of their segments, centroids, script and chart."""
    room, table = found.room, found.room.table

    def labelled(as_written: bool) -> pd.DataFrame:
        frame = exporting.labels_frame(table, found.dataset, found.partition, as_written=as_written)
        return named(frame, found)

    more = [
        ui.Carried(
            "Centroids",
            lambda: exporting.labels_csv(tables.frame_of(found, full=True)),
            f"{ui.stem_of(table.name)}_segments.csv",
            "text/csv",
            help="The table of segments in full: names, sizes, means and modes.",
        )
    ]
    if room.data in {card.id for card in CARDS if card.file}:
        data = ui.Carried(
            "The data it reads", lambda: samples.content(room.data), table.name, "text/csv"
        )
        more.insert(0, data)
    ui.carry_away(
        labelled(True),
        lambda: labelled(False),
        exporting.script(table, room.choices, found.partition, dataset=found.dataset),
        lambda: parts.draw(found),
        key="cu",
        stem=f"{ui.stem_of(table.name)}_mean_shift",
        heading=f"{table.name}: mean-shift, {count(found.partition.k, 'cluster')}, quantile "
        f"{found.here.value:g}",
        joined="with the names of the segments, joined to every row of your own table",
        more=more,
    )


def named(frame: pd.DataFrame, found: Found) -> pd.DataFrame:
    """Put the names of the segments beside their numbers, which stay where they are."""
    cluster = frame.columns[-2]
    names = frame[cluster].map(dict(enumerate(found.names, 1)), na_action="ignore")
    frame.insert(len(frame.columns) - 1, free_name("segment", frame.columns), names)
    return frame
