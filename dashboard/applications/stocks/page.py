"""Stock affinity propagation: which companies move together?"""

import streamlit as st

from clustering.figures import plane
from dashboard import ui
from dashboard.applications.stocks import carrying, learn, parts, sidebar, stability, views, words

ui.header("Which companies move together?", "affinity propagation", key="st")
brought, found = sidebar.prices()
with ui.parameters():
    chosen = sidebar.parameters(brought.content, brought.data)
    sidebar.recipe()

at = ui.places(1.35)
with ui.working(at):
    ground = parts.computed(brought.content, chosen, brought.data)
with found:
    for each in ground.dataset.changes:
        ui.note(each)
with at.side, st.container(horizontal=True, vertical_alignment="bottom", key="st_stand"):
    here = parts.stand(ground)
    parts.refine(here)

with at.figures:
    ui.key_figures(words.key_figures(here))
    odd = words.remarks(here)
    if odd:
        st.warning(ui.literal(odd, most=600))
    ui.note(words.missing(ground.dataset))
with at.map:
    ui.chart(parts.draw(here), "st_network", height=560, on_click=parts.pick(here))
with at.curve:
    parts.chart(here, "st_axis")
with at.side:
    ui.note(words.settled(here), words.parting(here))
    parts.lists(here, [plane.shade_of(here.numbers, i) for i in range(here.partition.k)])

ui.tabs(
    "st",
    {
        "Views": lambda: views.views(here),
        "Stability": lambda: stability.stability(here),
        "Learn": lambda: learn.learn(here),
        "Export": lambda: carrying.export(here, brought.name, own=brought.own),
    },
)
