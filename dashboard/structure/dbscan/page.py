"""DBSCAN epsilon search: how close is close?"""

import numpy as np
import streamlit as st

from clustering import dbscan
from clustering.figures import Figure, colors, steps
from clustering.figures import dbscan as drawing
from clustering.figures import map as maps
from clustering.geometry import metrics, projection
from clustering.geometry.selection import Window
from dashboard import ui
from dashboard.structure.dbscan import parts, point, views, words
from dashboard.structure.dbscan import sights as looking
from dashboard.structure.dbscan import tabs as content

ui.header("How close is close?", "DBSCAN", key="db")
room = ui.data_room("odd-shapes", distances=True)
with st.sidebar:
    st.caption("PARAMETERS")
    name = room.dataset.metric.name
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
    pair = ui.plane(room.dataset, "db") if room.dataset.metric.is_euclidean else None
    min_cluster_size = st.slider(
        "min_cluster_size", 2, 100, 15, key="db_least", bind="query-params",
        help="Smallest cluster that HDBSCAN counts, under Views.",
    )  # fmt: skip
    ui.preset("dbscan", parts.RECIPE)

work_place, figures_row = st.container(), st.container()
left, right = st.columns([1.35, 1], gap="medium")
sight = left.empty()
with work_place, ui.explained():
    dataset = metrics.measured(room.dataset, name)
    view = ui.computed(projection.view, room.dataset, columns=pair)
    tall, cost = parts.height(view), parts.allowed(dataset, min_samples)

    def meanwhile() -> None:
        """Show the points alone, and what it costs, while the axis is computed."""
        with sight.container():
            ui.note(cost)
            ui.chart(
                lambda window: maps.bare(dataset, view, window=window), "db_sight", height=tall
            )

    axis = ui.computed(dbscan.axis, dataset, min_samples=min_samples, meanwhile=meanwhile)
sight.empty()
sights = ui.computed(looking.sights, dataset, axis=axis)
seen, default, unit = sights.window, sights.opening, dataset.metric.unit
on = repr((room.data, name))
lowest, highest = 0.5 * float(axis.values[0]), 10 * float(axis.values[-1])
with right:
    curve_place = st.container()
    eps = ui.value_control(
        "db_eps", ui.ladder(*seen), label="Epsilon", default=default, on=on,
        low=lowest, high=highest, unit=unit,
        help="Points at most this far apart are neighbours.",
    )  # fmt: skip
partition, anchor = axis.at(eps), axis.at(default)
numbers = colors.follow(partition, anchor, np.arange(anchor.k))
with work_place:
    scored = ui.computed(parts.scored, dataset, axis=axis, values=(eps,))
    beside = point.around(dataset, eps)
    marks = parts.marks(dataset, axis, sights.knee, min_cluster_size)


def draw_map(window: Window | None = None) -> Figure:
    """Draw the map, anew for a window where the points are an image."""
    return drawing.map(
        dataset, partition, view, numbers=numbers, radius=eps, window=window,
        chosen=beside.point if beside else None, beside=beside.beside if beside else None,
    )  # fmt: skip


with figures_row:
    ui.key_figures(words.key_figures(partition, scored.without_noise[0], unit=unit))
    odd = words.remarks(dataset, partition, axis)
    if odd:
        st.warning(ui.literal(odd, most=400))
with left:
    region = ui.chart(
        draw_map, "db_map", height=tall, on_click=point.choose_point(view), selectable=True
    )
    ui.note(
        f"{words.legend(partition)} "
        + words.about_point(dataset, partition, beside, min_samples, unit)
    )
    ui.selected(dataset, partition, view, region)
    ui.note(" ".join((words.about_view(view, dataset), ui.against_truth(room, partition))).strip())
    words.kilometres(room)
with curve_place:
    curves = steps.staircase(
        axis, eps, window=seen, left="clusters", right="noise", right_of=dataset.n,
        right_title="noise (%)", plateaus=[each.ends for each in sights.marked],
        here=looking.here(axis, eps, sights), marks=marks, keep=axis.dataset.key + str(min_samples),
        title=f"epsilon ({unit})" if unit else "epsilon",
    )  # fmt: skip
    ui.chart(
        curves, "db_axis", height=200, on_click=ui.value_go_to("db_eps", low=lowest, high=highest)
    )
with right:
    ui.note(words.about_plateaus(sights, eps, unit))
    words.plateau_buttons(sights, eps, unit)
    content.ten(dataset, axis, room.data, seen, eps, scored)

bench = views.Bench(dataset, axis, partition, view, numbers, eps, sights)
ui.tabs(
    "db",
    {
        "Views": lambda: views.views(bench, min_cluster_size),
        "Clusters": lambda: content.clusters(dataset, axis, partition, numbers),
        "Learn": lambda: content.learn(bench, point.chosen_point(dataset)),
        "Export": lambda: ui.export_tab(
            room,
            partition,
            draw_map,
            key="db",
            method="DBSCAN",
            caption=words.caption(axis, partition, scored, unit),
        ),
    },
)
