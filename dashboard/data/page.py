"""Data: what is in the file, and how is it made ready?"""

import streamlit as st

from clustering.errors import ClusterloomError
from clustering.words import count
from dashboard import ui
from dashboard.data import bringing, looking, preparing, reading
from dashboard.ui import shelf
from dashboard.ui.room import open_room

WARNINGS_SHOWN = 4

ui.header("What is in the file, and what will be clustered?", "data", key="dt")

brought, chosen = st.columns(2, gap="large")
with brought:
    bringing.bring()
opened = open_room("four-blobs")
table = opened.table
with chosen:
    bringing.choose(opened.data)
    bringing.card_of(opened.data)
    for note in table.notes:
        ui.note(note)
reading.panel(opened)

passport = shelf.passport_of(table)
kinds = [column.kind for column in passport.columns if column.distinct > 0]
cells = passport.rows * len(passport.columns)
ui.key_figures(
    [
        ui.KeyFigure("Rows", f"{passport.rows:,}", "Rows in the file, headings not counted."),
        ui.KeyFigure("Columns", f"{len(passport.columns):,}", "Columns in the file."),
        ui.KeyFigure(
            "Missing", f"{passport.missing:,}",
            f"Empty cells, {ui.percent(passport.missing / cells, 1)} of all; infinite ones come "
            "extra.",
        ),
        ui.KeyFigure("Repeated", f"{passport.duplicates:,}", "Rows that repeat an earlier row."),
        ui.KeyFigure("Numbers", str(kinds.count("number")), "Columns that hold numbers."),
    ]
)  # fmt: skip

found = shelf.warnings_of(table)
if found:
    st.caption("About the file as it is, the gravest first; the steps below can settle most of it")
    lines = [f"- {ui.literal(warning.said, most=400)}" for warning in found]
    st.markdown("\n".join(lines[:WARNINGS_SHOWN]))
    if len(lines) > WARNINGS_SHOWN:
        with st.expander(count(len(lines) - WARNINGS_SHOWN, "more remark")):
            st.markdown("\n".join(lines[WARNINGS_SHOWN:]))

prepare, result = st.columns([1, 1.3], gap="large")
with prepare:
    st.markdown("#### Preparation")
    preparing.choose(opened, passport)
dataset = None
with result:
    st.markdown("#### What will be clustered")
    try:
        dataset = shelf.prepared(table, opened.choices)
    except ClusterloomError as error:
        st.error(ui.literal(error, most=400))
    else:
        preparing.show(opened, dataset)

ui.tabs("dt", looking.tabs(opened, passport, dataset))
