"""Data: what is in the file, and how is it made ready?"""

from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from clustering.data import samples
from clustering.data.passport import Column
from clustering.errors import ClusterloomError
from clustering.figures import spread
from clustering.words import count
from dashboard import ui
from dashboard.ui import room as door
from dashboard.ui import shelf

PREVIEW_ROWS = 500

ui.header("What is in the file, and what will be clustered?", "data", key="dt")


def taken() -> None:
    """Read an uploaded file and open it."""
    brought = st.session_state["dt_upload"]
    if brought is None:
        return
    try:
        door.select(shelf.keep_upload(brought.getvalue(), brought.name))
        st.session_state["dt_refused"] = ""
    except ClusterloomError as error:
        st.session_state["dt_refused"] = str(error)


bring, choose = st.columns(2, gap="large")
with bring:
    st.file_uploader(
        "Bring your own file: CSV, TSV, TXT, XLSX or XLS, up to 200 MB",
        type=["csv", "tsv", "txt", "xlsx", "xls"], key="dt_upload", on_change=taken,
        help="It stays in this session, on the machine that runs Clusterloom, and ends with it.",
    )  # fmt: skip
    if st.session_state.get("dt_refused"):
        st.error(ui.literal(st.session_state["dt_refused"], most=400))
data, table, choices = door.open_room("four-blobs")
with choose:
    door.pick(data, label="Or choose a data set", key="dt_pick")
    for card in samples.catalogue():
        if card.id == data:
            if card.shows:
                st.markdown(ui.literal(card.shows))
            ui.note(f"{card.origin} Licence: {card.licence}." if card.licence else card.origin)
    ui.note(" ".join(table.notes))

passport = shelf.passport_of(shelf.identity(table), table)
ui.key_figures(
    [
        ui.KeyFigure("Rows", f"{passport.rows:,}", "Rows in the file, headings not counted."),
        ui.KeyFigure("Columns", f"{len(passport.columns):,}", "Columns in the file."),
        ui.KeyFigure("Missing", f"{passport.missing:,}", "Empty cells; infinite ones come extra."),
        ui.KeyFigure("Repeated", f"{passport.duplicates:,}", "Rows that repeat an earlier row."),
        ui.KeyFigure(
            "Numbers", str(sum(c.kind == "number" and c.distinct > 0 for c in passport.columns)),
            "Columns that hold numbers, the only ones that can be clustered here.",
        ),
    ]
)  # fmt: skip


def changed() -> None:
    """Take the choices from the widgets."""
    now = st.session_state
    door.select(
        data,
        replace(
            choices,
            columns=tuple(now["dt_columns"]),
            missing=now["dt_missing"],
            scaling=now["dt_scaling"],
            components=min(int(now.get("dt_pca", 0)), len(now["dt_columns"])),
            sample=int(now["dt_sample"] or 0),
        ),
    )


numeric = [column.name for column in passport.columns if column.kind == "number"]
now = st.session_state
now["dt_columns"] = [name for name in choices.columns if name in numeric]
now["dt_missing"], now["dt_scaling"] = choices.missing, choices.scaling
now["dt_pca"], now["dt_sample"] = choices.components, choices.sample
prepare, result = st.columns([1, 1.5], gap="large")
with prepare:
    st.markdown("#### Preparation")
    st.multiselect(
        f"Columns to cluster: {len(now['dt_columns'])} of {len(numeric)}", numeric,
        key="dt_columns", on_change=changed,
        help="Ids, texts and known groups are left out by themselves.",
    )  # fmt: skip
    st.segmented_control(
        "Missing values", ["drop", "mean", "median"], key="dt_missing", on_change=changed,
        required=True,
        help="Drop the rows that miss a value in a chosen column, or fill it with the mean or "
        "the median of that column. Infinite values count as missing.",
    )  # fmt: skip
    st.segmented_control(
        "Scaling", ["none", "standard", "min-max", "robust"], key="dt_scaling",
        on_change=changed, required=True,
        help="Distances add up over columns: the one with the widest numbers counts most. "
        "Standard: mean 0, standard deviation 1. Min-max: from 0 to 1. Robust: median 0, "
        "interquartile range 1.",
    )  # fmt: skip
    if len(choices.columns) > 1:
        st.slider(
            "Principal components", 0, len(choices.columns), key="dt_pca", on_change=changed,
            help="Keep only so many directions of the largest spread; 0 keeps the columns.",
        )  # fmt: skip
    st.number_input(
        "Sample", 0, max(len(table.frame), 1), step=100, key="dt_sample", on_change=changed,
        help="Cluster a stratified sample of so many rows; 0 takes all.",
    )  # fmt: skip
    st.button("As suggested", on_click=door.select, args=(data,))
with result:
    st.markdown("#### What will be clustered")
    try:
        dataset = shelf.prepared(shelf.identity(table), choices, table)
    except ClusterloomError as error:
        st.error(ui.literal(error, most=400))
    else:
        lines = [
            f"{count(dataset.n, 'row')} with {count(dataset.d, 'column')}.",
            *(dataset.passport.changes if dataset.passport else ()),
        ]
        st.markdown("\n".join(f"- {ui.literal(line, most=400)}" for line in lines))
        ui.chart(spread.boxes(dataset), "dt_spread", height=90 + 30 * min(dataset.d, 12))
        ui.note(
            "How wide each column is after preparation: the wider, the more it counts in every "
            "distance."
        )
        if st.button("Cluster it with k-means", type="primary"):
            st.switch_page("dashboard/partition/kmeans.py")


def columns() -> None:
    """Show what is known about each column."""
    st.dataframe(
        pd.DataFrame(
            {
                "column": [column.name for column in passport.columns],
                "kind": [column.kind for column in passport.columns],
                "missing": [column.missing for column in passport.columns],
                "different": [column.distinct for column in passport.columns],
                "lowest": [digits(column.low) for column in passport.columns],
                "mean": [digits(column.mean) for column in passport.columns],
                "highest": [digits(column.high) for column in passport.columns],
                "remark": [remark(column) for column in passport.columns],
                "examples": [", ".join(column.examples) for column in passport.columns],
            }
        ),
        hide_index=True,
        column_config={
            "column": st.column_config.TextColumn(width="medium"),
            "remark": st.column_config.TextColumn(width="medium"),
        },
    )


def digits(value: float) -> str:
    """Give four digits of a number, and nothing where there is none."""
    return "" if np.isnan(value) else f"{value:,.4g}"


def remark(column: Column) -> str:
    """Say what is odd about a column."""
    if column.name == table.truth:
        return "known groups, left out"
    if column.missing == passport.rows:
        return "empty"
    if column.constant:
        return "constant"
    if column.odd:
        return f"{count(column.odd, 'cell')} no number: {column.odd_example!r}"
    if column.infinite:
        return f"{column.infinite} infinite"
    return "looks like an id" if column.id_like else ""


def rows() -> None:
    """Show the file as it was read."""
    st.dataframe(table.frame.head(PREVIEW_ROWS), height=360)
    if len(table.frame) > PREVIEW_ROWS:
        ui.note(f"The first {PREVIEW_ROWS} of {len(table.frame):,} rows.")


ui.tabs("dt", {"Columns": columns, "Rows": rows})
