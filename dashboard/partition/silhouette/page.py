"""Silhouette sweep: how many clusters are there?"""

from functools import partial

import streamlit as st

from clustering.figures import Figure
from clustering.figures import map as maps
from clustering.figures import silhouette as drawing
from clustering.geometry import projection
from clustering.geometry.selection import Window
from clustering.judging import counting
from dashboard import ui
from dashboard.partition.silhouette import parts
from dashboard.partition.silhouette import tabs as content

RECIPE = {"si_k": 5, "si_method": "k-means", "si_restarts": 10, "si_seed": 0, "si_most": 9}

ui.header("How many clusters are there?", "silhouette sweep", key="si")
room = ui.data_room("five-blobs")
dataset = room.dataset
with ui.parameters():
    method = st.selectbox(
        "Method", counting.METHODS, key="si_method", bind="query-params",
        help="Whose answers are judged: k-means (round groups), Gaussian mixture (ellipses, "
        "overlapping), agglomerative (Ward's criterion, no random start).",
    )  # fmt: skip
    k_max, n_init, seed = ui.tries(
        "si", k_max=10, most=30, restarts=30, fixed=method == "agglomerative"
    )
    pair = ui.plane(dataset, "si")
    ui.preset("silhouette", RECIPE)

at = ui.places(1.15)
with ui.working(at):
    view = ui.computed(projection.view, dataset, columns=pair)
    axis = ui.computed(
        counting.axis, dataset, method=method, k_max=k_max, n_init=n_init, seed=seed,
        meanwhile=partial(ui.bare, at.sight, dataset, view, "si_sight", height=560),
    )  # fmt: skip
    scores = ui.computed(counting.placements, dataset, axis=axis, seed=seed)
with at.side:
    here = ui.stand_on(axis, "si_k", room, least=2)
partition, numbers, score = here.partition, here.numbers, scores[here.place]
blades = parts.blades(dataset, partition, score)
chosen = parts.chosen(dataset, score)


def draw_profile() -> Figure:
    """Draw the silhouette of every point, cluster by cluster."""
    return drawing.profile(dataset, partition, score, blades, numbers=numbers, chosen=chosen)


def draw_map(window: Window | None) -> Figure:
    """Draw the map, anew for a window where the points are an image."""
    return maps.clusters(dataset, partition, view, numbers=numbers, chosen=chosen, window=window)


with at.figures:
    ui.key_figures(parts.key_figures(here, score))
with at.map:
    ui.chart(draw_profile(), "si_profile", height=560, on_click=parts.choose_blade(blades))
    ui.note(parts.about_placement(dataset, score, blades))
with at.curve:
    ui.axis_chart(here, "si_axis", height=205)
with at.side:
    ui.cluster_map(
        draw_map, "si_map", dataset, partition, view, height=300, on_click=parts.choose(view)
    )
    ui.about_axis(here)
    ui.note(ui.against_truth(room, partition))
with at.top, ui.explained():
    parts.verdict(dataset, ui.computed(counting.structure, dataset, seed=seed))

ui.tabs(
    "si",
    {
        "Views": lambda: content.views(dataset, here, method, n_init, seed),
        "Clusters": lambda: content.clusters(dataset, partition, score),
        "Learn": lambda: content.learn(dataset, partition, score, view, numbers, chosen),
        "Export": lambda: ui.export_tab(
            room, partition, draw_profile, key="si", method=method,
            caption=f"Mean silhouette {ui.number(score.value, 3)}.",
        ),
    },
)  # fmt: skip
