"""k-means boundaries: where does one group end and the next begin?"""

import numpy as np
import streamlit as st

from clustering import kmeans, sweep, validity
from clustering.figures import Figure, colors, sizes
from clustering.figures import axis as axis_figures
from clustering.figures import kmeans as drawing
from clustering.geometry import projection
from clustering.geometry.selection import Window
from dashboard import ui
from dashboard.partition.kmeans import parts
from dashboard.partition.kmeans import tabs as content

RECIPE = {"km_k": 4, "km_init": "k-means++", "km_restarts": 10, "km_seed": 0, "km_most": 12}


ui.header("Where does one group end and the next begin?", "k\u2011means", key="km")
room = ui.data_room("four-blobs")
dataset = room.dataset
with st.sidebar:
    st.caption("PARAMETERS")
    pair = ui.plane(dataset, "km")
    ui.forget("km_starts", unless_on=(room.data, pair))
    init = st.selectbox(
        "Starts", ["k-means++", "random", "placed"], key="km_init", bind="query-params",
        help="How the first centres are drawn: k-means++ spreads them out, random takes any "
        "rows, placed ones you set by clicking on the map.",
    )  # fmt: skip
    placing = init == "placed"
    if placing:
        st.text_input(
            "Placed starts", key="km_starts", bind="query-params", placeholder="x, y; x, y",
            help="Click on the map to add a centre, or write the places here.",
        )  # fmt: skip
    n_init = st.slider(
        "Restarts", 1, 50, 10, key="km_restarts", bind="query-params",
        help="Each k is tried from so many starts; the one with the lowest inertia is kept.",
    )  # fmt: skip
    k_max = st.slider(
        "Largest k", 2, 40, 12, key="km_most", bind="query-params", help="Where the axis ends."
    )
    seed = st.slider(
        "Seed", 0, 99, 0, key="km_seed", bind="query-params",
        help="The same seed draws the same starts.",
    )  # fmt: skip
    draw = st.selectbox(
        "Lottery starts", ["random", "k-means++"], key="km_draw", bind="query-params",
        help="How the fifty starts under Views are drawn.",
    )  # fmt: skip
    ui.preset("kmeans", RECIPE)

work_place, figures_row = st.container(), st.container()
left, right = st.columns([1.5, 1], gap="medium")
sight = left.empty()  # the points alone, while the axis is computed
with work_place, ui.explained():
    view = ui.computed(projection.view, dataset, columns=pair)
    axis = ui.computed(
        kmeans.axis, dataset, k_max=k_max, n_init=n_init, seed=seed,
        init="k-means++" if placing else init,
        meanwhile=lambda: parts.first_sight(sight, dataset, view),
    )  # fmt: skip
    shades = ui.shades(dataset, axis)
sight.empty()
peak = validity.peak(axis.values, axis.curves["silhouette"])
best = peak.value if peak else 1
places = parts.read_places(st.session_state.get("km_starts", "")) if placing else np.empty((0, 2))
with right:
    curve_place = st.container()
    if len(places):
        k = min(len(places), len(axis.values))
        ui.note(f"k = {len(places)} follows from the placed starts.")
    else:
        k = int(
            ui.axis_control(axis, "km_k", label="Number of clusters k", default=best, on=room.data)
        )
here = int(np.searchsorted(axis.values, k))
partition, numbers = axis.at(k), shades[here]
band = [axis.curves[f"silhouette{end}"][here] for end in ("", "_low", "_high")]
judged = axis.notes["silhouette"]
if not np.isfinite(band[0]):
    judged = axis.notes["silhouette_undefined"]
if len(places):
    starts = tuple(map(tuple, view.lift(places).tolist()))
    with ui.explained():
        placed = ui.computed(kmeans.fit, dataset, k=len(starts), init=starts)
        score = ui.computed(validity.silhouette, dataset, labels=placed.labels)
    numbers = colors.follow(placed, partition, numbers)
    partition, judged = placed, sweep.how((score,))
    band = [score.value, score.low, score.high]


def draw_map(window: Window | None = None) -> Figure:
    """Draw the map, anew for a window where the points are an image."""
    return drawing.boundaries(
        dataset, partition, view, numbers=numbers, starts=places, window=window
    )


with figures_row:
    ui.key_figures(parts.key_figures(partition, ui.with_band(*band)))
with left:
    region = ui.chart(
        draw_map, "km_map", height=540, on_click=parts.place_start if placing else None,
        selectable=not placing,
    )  # fmt: skip
    ui.selected(dataset, partition, view, region)
    ui.note(parts.about_starts(len(places)) if placing else "")
    ui.note(parts.about_view(view, partition))
    if not partition.converged:
        ui.note("The run did not converge: it stopped after its last permitted iteration.")
with curve_place:
    curves = axis_figures.curves(
        axis, partition.k, left="silhouette", right="inertia", best=best if peak else None,
        support=[(near, near) for near in peak.near] if peak else (), keep=dataset.key,
    )  # fmt: skip
    move = None if len(places) or len(axis.values) == 1 else ui.go_to(axis, "km_k")
    ui.chart(curves, "km_axis", height=230, on_click=move)
with right:
    ui.note(" ".join((parts.supported(peak), judged, axis.notes.get("clusters", ""))))
    ui.note(axis.notes.get("fits", ""))
    ui.note(ui.against_truth(room, partition))
    with st.container(height=220 if partition.k > 7 else "content", border=False):
        bars = sizes.bars(partition, numbers=numbers, member=dataset.source.member)
        ui.chart(bars, "km_sizes", height=64 + 20 * partition.k)

ui.forget("km_replay", unless_on=(dataset.key, partition.k, draw, seed))
ui.tabs(
    "km",
    {
        "Views": lambda: content.views(
            content.bench(dataset, partition, view, numbers, init=draw, seed=seed)
        ),
        "Learn": lambda: content.learn(
            content.bench(dataset, partition, view, numbers, init=draw, seed=seed)
        ),
        "Export": lambda: ui.export_tab(
            room,
            partition,
            draw_map(),
            key="km",
            method="k-means",
            caption=parts.about_view(view, partition),
        ),
    },
)
