"""Silhouette sweep: how many clusters are there?"""

import numpy as np
import streamlit as st

from clustering import validity
from clustering.figures import axis as axis_figures
from clustering.figures import map as maps
from clustering.figures import silhouette as drawing
from clustering.geometry import projection
from clustering.judging import counting
from dashboard import ui
from dashboard.partition.silhouette import parts
from dashboard.partition.silhouette import tabs as content

RECIPE = {"si_k": 5, "si_method": "k-means", "si_restarts": 10, "si_seed": 0, "si_most": 9}

ui.header("How many clusters are there?", "silhouette sweep", key="si")
room = ui.data_room("five-blobs")
dataset = room.dataset
with st.sidebar:
    st.caption("PARAMETERS")
    method = st.selectbox(
        "Method", counting.METHODS, key="si_method", bind="query-params",
        help="Whose answers are judged: k-means (round groups), Gaussian mixture (ellipses, "
        "overlapping), agglomerative (Ward's criterion, no random start).",
    )  # fmt: skip
    k_max = st.slider(
        "Largest k", 2, 30, 10, key="si_most", bind="query-params", help="Where the axis ends."
    )
    n_init = st.slider(
        "Restarts", 1, 30, 10, key="si_restarts", bind="query-params",
        disabled=method == "agglomerative",
        help="Each k is tried from so many starts; the best is kept.",
    )  # fmt: skip
    seed = st.slider(
        "Seed", 0, 99, 0, key="si_seed", bind="query-params",
        help="The same seed draws the same starts and the same reference data.",
    )  # fmt: skip
    pair = ui.plane(dataset, "si")
    ui.preset("silhouette", RECIPE)

verdict_place = st.container()
figures_row = st.container()
left, right = st.columns([1.15, 1], gap="medium")
with ui.explained():
    axis = ui.computed(counting.axis, dataset, method=method, k_max=k_max, n_init=n_init, seed=seed)
    scores = ui.computed(counting.placements, dataset, axis=axis, seed=seed)
    shades = ui.shades(dataset, axis)
    view = ui.computed(projection.view, dataset, columns=pair)
peak = validity.peak(axis.values, axis.curves["silhouette"])
with right:
    curve_place = st.container()
    k = int(
        ui.axis_control(
            axis, "si_k", label="Number of clusters k", least=2, on=room.data,
            default=peak.value if peak else axis.values[-1],
        )
    )  # fmt: skip
here = int(np.searchsorted(axis.values, k))
partition, score, numbers = axis.at(k), scores[here], shades[here]
blades = drawing.arrange(
    partition.labels, np.full(dataset.n, np.nan) if score.per_point is None else score.per_point
)
chosen = content.chosen_point(dataset, score)
with figures_row:
    ui.key_figures(parts.key_figures(axis, here, score, peak))
with left:
    profile = drawing.profile(dataset, partition, score, blades, numbers=numbers, chosen=chosen)
    ui.chart(profile, "si_profile", height=560, on_click=content.choose_blade(blades))
    ui.note(parts.about_placement(dataset, score, blades))
with curve_place:
    curve = axis_figures.curves(
        axis, k, left="silhouette", best=peak.value if peak else None,
        support=[peak.plateau] if peak else (), keep=dataset.key,
    )  # fmt: skip
    move = None if len(axis.values) < 3 else ui.go_to(axis, "si_k", least=2)
    ui.chart(curve, "si_axis", height=205, on_click=move)
with right:
    region = ui.chart(
        lambda window: maps.clusters(
            dataset, partition, view, numbers=numbers, chosen=chosen, window=window
        ),
        "si_map", height=300, on_click=content.choose_point(view), selectable=True,
    )  # fmt: skip
    ui.selected(dataset, partition, view, region)
    ui.note(f"{parts.about_axis(peak, last_k=axis.values[-1])} {axis.notes.get('silhouette', '')}")
    ui.note(" ".join(axis.notes.get(name, "") for name in ("fits", "clusters")).strip())
    ui.note(ui.against_truth(room, partition))
with verdict_place, ui.explained():
    parts.verdict(dataset, ui.computed(counting.structure, dataset, seed=seed))

ui.tabs(
    "si",
    {
        "Views": lambda: content.views(dataset, axis, k, shades, method, n_init, seed),
        "Clusters": lambda: content.clusters(dataset, partition, score),
        "Learn": lambda: content.learn(dataset, partition, score, view, numbers, chosen),
        "Export": lambda: ui.export_tab(
            room, partition, profile, key="si", method=method,
            caption=f"Mean silhouette {ui.number(score.value, 3)}.",
        ),
    },
)  # fmt: skip
