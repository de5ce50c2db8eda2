"""DBSCAN epsilon search: how close is close?"""

from functools import partial

import streamlit as st

from clustering import dbscan
from clustering.figures import Figure, steps
from clustering.figures import dbscan as drawing
from clustering.geometry import metrics, projection
from clustering.geometry.selection import Window
from dashboard import ui
from dashboard.structure.dbscan import parts, tabs, views, words

RECIPE = {"db_metric": "euclidean", "db_eps": 0.8, "db_samples": 5}

ui.header("How close is close?", "DBSCAN", key="db")
room = ui.data_room("odd-shapes", distances=True)
with ui.parameters():
    name, pair = room.dataset.metric.name, None
    if room.dataset.metric.is_euclidean:
        name = st.selectbox(
            "Metric", metrics.METRICS, key="db_metric", bind="query-params",
            help="How far apart two points are, in the prepared columns.",
        )  # fmt: skip
    min_samples = st.slider(
        "min_samples", 1, 50, 5, key="db_samples", bind="query-params",
        help="How many points must lie within epsilon of a point, itself included, to make it "
        "core.",
    )  # fmt: skip
    if room.dataset.metric.is_euclidean:
        pair = ui.plane(room.dataset, "db")
    min_cluster_size = st.slider(
        "min_cluster_size", 2, 100, 15, key="db_least", bind="query-params",
        help="Smallest cluster that HDBSCAN counts, under Views.",
    )  # fmt: skip
    ui.preset("dbscan", RECIPE)

at = ui.places()
with ui.working(at):
    dataset = metrics.measured(room.dataset, name)
    view = ui.computed(projection.view, room.dataset, columns=pair)
    tall, cost = ui.height_of(view, most=530), parts.allowed(dataset, min_samples)
    points = partial(ui.bare, at.sight, dataset, view, "db_sight", height=tall, said=cost)
    axis = ui.computed(dbscan.axis, dataset, min_samples=min_samples, meanwhile=points)
    sights = ui.computed(dbscan.sights, dataset, axis=axis)
low, high = parts.reach(axis)
with at.side:
    eps = ui.value_control(
        "db_eps", ui.ladder(*sights.window), label="Epsilon", default=sights.opening,
        on=repr((room.data, name)), low=low, high=high, unit=dataset.metric.unit,
        help="Points at most this far apart are neighbours.",
    )  # fmt: skip
with at.top:
    here = parts.stand(dataset, axis, sights, view, eps)
    marks = parts.marks(here, min_cluster_size)


def draw_map(window: Window | None = None) -> Figure:
    """Draw the map, anew for a window where the points are an image."""
    return drawing.map(
        dataset, here.partition, view, numbers=here.numbers, radius=eps, window=window,
        chosen=here.point, beside=here.beside,
    )  # fmt: skip


with at.figures:
    ui.key_figures(words.key_figures(here))
    odd = words.remarks(here)
    if odd:
        st.warning(ui.literal(odd, most=400))
with at.map:
    ui.cluster_map(
        draw_map, "db_map", dataset, here.partition, view, height=tall,
        said=f"{words.legend(here.partition)} {words.about_point(here)}",
        on_click=partial(parts.choose_point, view),
    )  # fmt: skip
    ui.note(words.about_view(here), ui.against_truth(room, here.partition))
    parts.kilometres(room)
with at.curve:
    of = axis.counted
    curves = steps.staircase(
        axis, eps, window=sights.window, left=of, beside="clusters" if of == "large" else None,
        right="noise", right_of=dataset.n, right_title="noise (%)",
        plateaus=[each.ends for each in sights.marked],
        here=None if any(each.holds(eps) for each in sights.marked) else axis.range(eps),
        marks=marks, keep=dataset.key + str(min_samples), title=words.epsilon(here),
    )  # fmt: skip
    ui.chart(curves, "db_axis", height=200, on_click=ui.value_go_to("db_eps", low=low, high=high))
with at.side:
    ui.note(words.about_plateaus(here))
    tabs.plateau_buttons(here)
    tabs.ten(here, room.data)

ui.tabs(
    "db",
    {
        "Views": lambda: views.views(here, min_cluster_size),
        "Clusters": lambda: tabs.clusters(here),
        "Learn": lambda: tabs.learn(here),
        "Export": lambda: ui.export_tab(
            room, here.partition, draw_map, key="db", method="DBSCAN", caption=words.caption(here)
        ),
    },
)
