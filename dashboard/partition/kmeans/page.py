"""k-means boundaries: where does one group end and the next begin?"""

from functools import partial

import streamlit as st

from clustering import kmeans
from clustering.figures import Figure
from clustering.figures import kmeans as drawing
from clustering.geometry import projection
from clustering.geometry.selection import Window
from dashboard import ui
from dashboard.partition.kmeans import parts, starts
from dashboard.partition.kmeans import tabs as content

RECIPE = {"km_k": 4, "km_init": "k-means++", "km_restarts": 10, "km_seed": 0, "km_most": 12}

ui.header("Where does one group end and the next begin?", "k\u2011means", key="km")
room = ui.data_room("four-blobs")
dataset = room.dataset
with ui.parameters():
    pair = ui.plane(dataset, "km")
    init, places = starts.choose(on=(room.data, pair))
    k_max, n_init, seed = ui.tries("km", k_max=12, most=40)
    draw = st.selectbox(
        "Lottery starts", ["random", "k-means++"], key="km_draw", bind="query-params",
        help="How the fifty starts under Views are drawn.",
    )  # fmt: skip
    ui.preset("kmeans", RECIPE)

at = ui.places(1.5)
with ui.working(at):
    view = ui.computed(projection.view, dataset, columns=pair)
    axis = ui.computed(
        kmeans.axis, dataset, k_max=k_max, n_init=n_init, seed=seed,
        init="k-means++" if init == "placed" else init,
        meanwhile=partial(ui.bare, at.sight, dataset, view, "km_sight", height=540),
    )  # fmt: skip
with at.side:
    here = ui.stand_on(axis, "km_k", room, given=len(places) or None)
    answer = parts.Answer(here.partition, here.numbers, here.silhouette)
    if len(places):
        ui.note(f"k = {len(places)} follows from the placed starts.")
        with ui.explained():
            answer = starts.placed(dataset, here, view.lift(places))
partition, numbers = answer.partition, answer.numbers


def draw_map(window: Window | None = None) -> Figure:
    """Draw the map, anew for a window where the points are an image."""
    return drawing.boundaries(
        dataset, partition, view, numbers=numbers, starts=places, window=window
    )


with at.figures:
    ui.key_figures(parts.key_figures(answer))
with at.map:
    ui.cluster_map(
        draw_map, "km_map", dataset, partition, view, height=540,
        said=parts.about_map(view, partition, starts.about(len(places), init)),
        on_click=starts.place if init == "placed" else None, selectable=init != "placed",
    )  # fmt: skip
with at.curve:
    ui.axis_chart(here, "km_axis", right="inertia")
with at.side:
    ui.about_axis(here, judged=answer.judged)
    ui.note(ui.against_truth(room, partition))
    ui.sizes(dataset, partition, numbers, "km_sizes")

ui.forget("km_replay", unless_on=(dataset.key, partition.k, draw, seed))
bench = partial(content.bench, dataset, partition, view, numbers, init=draw, seed=seed)
ui.tabs(
    "km",
    {
        "Views": lambda: content.views(bench()),
        "Learn": lambda: content.learn(bench()),
        "Export": lambda: ui.export_tab(
            room, partition, draw_map, key="km", method="k-means",
            caption=parts.about_view(view, partition),
        ),
    },
)  # fmt: skip
