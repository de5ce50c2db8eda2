"""Views of DBSCAN: the k-distances, the atlas of both parameters, HDBSCAN from the same tree."""

import numpy as np
import streamlit as st

from clustering import dbscan, hdbscan, validity
from clustering.dbscan.over_min_samples import Atlas
from clustering.errors import ClusterloomError
from clustering.figures import Figure, colors
from clustering.figures import atlas as atlas_figures
from clustering.figures import condensed as condensed_figures
from clustering.figures import dbscan as drawing
from clustering.figures import map as maps
from clustering.geometry.selection import Window
from clustering.partition import Partition
from clustering.words import count
from dashboard import ui
from dashboard.structure.dbscan import parts, words
from dashboard.structure.dbscan.parts import Here

JUDGED = 3_000
"""Points beyond which DBCV is computed only where it is asked for."""
MOST = 30_000
"""Points beyond which the atlas is computed only where it is asked for."""


def views(here: Here, min_cluster_size: int) -> None:
    """Show what the map cannot: the k-distances, other min_samples, other densities."""
    one, two = st.columns(2, gap="large")
    with one:
        k_distances(here)
    with two:
        atlas(here)
    hdbscan_beside(here, min_cluster_size)


def k_distances(here: Here) -> None:
    """Show the distance at which each point becomes core, with the knee."""
    least = here.axis.min_samples
    st.markdown(f"**k-distances**: how far each point is from its neighbour {least}")
    ui.note(words.about_knee(here))
    figure = drawing.k_distances(here.sights.knee, here.eps, min_samples=least, unit=here.unit)
    ui.chart(figure, "db_knee", height=330, on_click=here.go_up)


# ---- the atlas ----------------------------------------------------------------------------------
def atlas(here: Here) -> None:
    """Show epsilon and min_samples at once, where a click goes to both."""
    st.markdown("**Atlas**: every epsilon, many min_samples")
    shown = st.segmented_control(
        "Shown", ["Clusters", "Noise"], default="Clusters", key="db_atlas", bind="query-params",
        required=True, label_visibility="collapsed",
    )  # fmt: skip
    if here.dataset.n > MOST and not st.toggle(
        "Compute the atlas", key="db_many", bind="query-params",
        help="Ten spanning trees, about ten times as long as the page took to open.",
    ):  # fmt: skip
        return
    try:
        found = ui.computed(dbscan.atlas, here.dataset)
    except ClusterloomError as error:
        ui.note(str(error))
        return
    figure = atlas_figures.heat(
        found, here.eps, here.axis.min_samples,
        of="clusters" if shown == "Clusters" else "noise", unit=here.unit, keep=here.dataset.key,
    )  # fmt: skip

    def go(click: ui.Click) -> None:
        row = int(np.clip(round(click.y), 0, len(found.min_samples) - 1))
        column = int(np.abs(np.log(found.eps / max(click.x, 1e-300))).argmin())
        _go(float(f"{found.eps[column]:.6g}"), int(found.min_samples[row]))

    ui.chart(figure, "db_atlas_map", height=300, on_click=go)
    ui.note(words.about_atlas(found))
    _way_to_widest(here, found)


def _go(eps: float, min_samples: int) -> None:
    """Go to a place on the atlas."""
    ui.remember("db_eps", eps)
    st.session_state["db_samples"] = min_samples


def _way_to_widest(here: Here, found: Atlas) -> None:
    """Offer the longest plateau of all rows."""
    wide = np.log(found.high / found.low)
    if not np.isfinite(wide).any():
        return
    row = int(np.nanargmax(wide))
    low, high, least = float(found.low[row]), float(found.high[row]), int(found.min_samples[row])
    there = least == here.axis.min_samples and low <= here.eps < high
    eps = dbscan.rounded(low, high)
    st.button(
        f"Longest of all: {count(int(found.plateau[row]), 'large cluster')} at {eps:.4g}, "
        f"min_samples {least}",
        key="db_widest", on_click=_go, args=(eps, least),
        type="primary" if there else "secondary",
        help=f"The plateau of this row reaches from {low:.4g} to {high:.4g}.",
    )  # fmt: skip


# ---- other densities ----------------------------------------------------------------------------
def hdbscan_beside(here: Here, min_cluster_size: int) -> None:
    """Show what HDBSCAN chooses from the same tree."""
    dataset, axis = here.dataset, here.axis
    tree = ui.computed(parts.condensed, dataset, axis=axis, min_cluster_size=min_cluster_size)
    answer = hdbscan.chosen(axis, tree)
    numbers = colors.follow(answer, here.partition, here.numbers)
    agreed = validity.adjusted_rand(here.partition.labels, answer.labels)
    st.markdown(f"**HDBSCAN from the same tree**, clusters of at least {min_cluster_size}")
    ui.note(words.about_hdbscan(tree, answer, agreed, here.unit))
    one, two = st.columns(2, gap="large")

    def draw(window: Window | None) -> Figure:
        return maps.clusters(dataset, answer, here.view, numbers=numbers, window=window)

    with one:
        ui.chart(draw, "db_hdbscan", height=ui.height_of(here.view, most=380))
    with two:
        figure = condensed_figures.icicle(
            tree, eps=here.eps, numbers=numbers, unit=here.unit, keep=dataset.key
        )
        ui.chart(figure, "db_icicle", height=380, on_click=here.go_up)
        ui.note(
            "Each shape is a cluster, as wide as it has points at that epsilon. It splits where "
            "both parts are large enough; the chosen ones are coloured. Click to go to a height."
        )
    density(here, answer)


def density(here: Here, answer: Partition) -> None:
    """Put DBCV beside the silhouette, for this answer and for HDBSCAN's."""
    if here.dataset.n > JUDGED and not st.toggle(
        "Compare by DBCV", key="db_valid", bind="query-params",
        help="Goes over all distances, which takes a second or more for so many points.",
    ):  # fmt: skip
        return
    rows = []
    for name, labels in (("DBSCAN", here.partition.labels), ("HDBSCAN", answer.labels)):
        valid = ui.computed(validity.dbcv, here.dataset, labels=labels)
        if not np.isfinite(valid.value):
            ui.note(f"DBCV of {name} is undefined: {valid.reason}")
            continue
        score = ui.computed(validity.silhouette, here.dataset, labels=labels)
        rows.append(f"{name}: DBCV {valid.value:.3f}, silhouette {ui.number(score.value, 3)}")
    if rows:
        ui.note(
            f"{'. '.join(rows)}. DBCV asks whether each cluster is denser inside than on the "
            "way to the next, whatever its shape, and noise lowers it; from -1 to 1. The "
            "silhouette, here without noise, likes round clusters."
        )
