"""Views of the agglomerative page: other linkages, other graphs, other ways to a tree."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from clustering import agglomerative, graph
from clustering.agglomerative import HeightAxis, linkages
from clustering.dataset import Dataset
from clustering.errors import ClusterloomError
from clustering.figures import linkages as drawing
from clustering.geometry.projection import View
from clustering.words import count
from dashboard import ui
from dashboard.structure.agglomerative import others, sides
from dashboard.structure.agglomerative.sidebar import Chosen
from dashboard.structure.agglomerative.sides import WITH, WITHOUT, Side

MOST_NEIGHBOURS = 30
LEGEND = (
    "Red: edges that jump; grey: edges between known groups, some of which only lead from one turn "
    "to the next. Click to go to a number of neighbours."
)
SEEN = 0.0005
"""Difference of correlations that is seen in three digits."""
MANY = 2_000
"""Points beyond which many trees are grown only when they are asked for."""


def views(room: ui.Room, chosen: Chosen, both: Mapping[str, Side], shown: Side, view: View) -> None:
    """Show one of the views."""
    name = st.segmented_control(
        "View", ["linkages", "neighbours", "top-down", "convex"], default="linkages",
        required=True, key="ag_view", bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    try:
        if name == "neighbours":
            over_neighbours(room, chosen, shown)
        elif name == "linkages":
            over_linkages(room, chosen, shown)
        elif name == "top-down":
            others.top_down(room, both, shown, view)
        else:
            others.fused(room, chosen, shown, view)
    except ClusterloomError as error:
        st.info(ui.literal(error, most=600))


def asked(dataset: Dataset, label: str, key: str) -> bool:
    """Ask before many trees of many points are grown."""
    return dataset.n <= MANY or st.toggle(
        label, key=key, bind="query-params",
        help=f"With {dataset.n:,} points this takes a while; it can be stopped.",
    )  # fmt: skip


# ---- neighbours -------------------------------------------------------------------------------
def over_neighbours(room: ui.Room, chosen: Chosen, shown: Side) -> None:
    """Show at how many neighbours the graph holds together, and where it begins to leak."""
    k = held(room, shown)
    st.markdown(f"**How many neighbours?** Graphs of 1 to {MOST_NEIGHBOURS}, {count(k, 'cluster')}")
    if not asked(chosen.dataset, "Grow a tree for each number of neighbours", "ag_run"):
        return
    found = ui.computed(
        graph.over_neighbours, chosen.dataset, groups=sides.truth(room), k=k,
        linkage=chosen.linkage, values=tuple(range(1, MOST_NEIGHBOURS + 1)),
    )  # fmt: skip
    figure = drawing.neighbours(found, chosen.neighbours or 0, keep=chosen.dataset.key)

    def move(click: ui.Click) -> None:
        near = int(np.clip(round(click.x), found.values[0], found.values[-1]))
        st.session_state["ag_neighbours"] = near
        st.session_state["ag_by"] = "neighbours"

    ui.chart(figure, "ag_over", height=400, on_click=move)
    ui.note(about_neighbours(found))
    ui.note(found.notes.get("crossing", ""))


def held(room: ui.Room, shown: Side) -> int:
    """Give the k for which trees are grown: held while the cut moves, since each takes long."""
    k, kept = shown.partition.k, st.session_state.get("ag_held")
    if kept is None or kept[0] != room.dataset.key or kept[1] > shown.axis.most:
        kept = st.session_state["ag_held"] = (room.dataset.key, k)
    if kept[1] != k:

        def follow() -> None:
            st.session_state["ag_held"] = (room.dataset.key, k)

        st.button(f"Grow them for {count(k, 'cluster')}", key="ag_follow", on_click=follow)
    return int(kept[1])


def about_neighbours(found: graph.Neighbours) -> str:
    """Say where the graph is whole, where it leaks, and where it agrees best."""
    whole = found.values[found.curves["parts"] == 1]
    words = [
        f"The graph is in one part from {whole[0]:.0f} neighbours on."
        if len(whole)
        else f"Up to {found.values[-1]:.0f} neighbours the graph falls into parts.",
        found.notes.get("leak", ""),
    ]
    ari = found.curves["ari"]
    if np.isfinite(ari).any():
        best = int(np.nanargmax(ari))
        words.append(
            f"The clusters agree best with the known groups at {found.values[best]:.0f} "
            f"(ARI {ari[best]:.2f})."
        )
    return " ".join([*filter(None, words), LEGEND])


# ---- linkages ---------------------------------------------------------------------------------
def kept(dataset: Dataset, *, axis: HeightAxis) -> float:
    """Give the cophenetic correlation of a tree."""
    return agglomerative.cophenetic(axis)


def correlation(chosen: Chosen, name: str) -> float:
    """Give the cophenetic correlation of the tree of a side; NaN where there is none."""
    try:
        tree = sides.tree(chosen, name)
    except ClusterloomError:
        return float("nan")
    return ui.computed(kept, tree.dataset, axis=tree)


def over_linkages(room: ui.Room, chosen: Chosen, shown: Side) -> None:
    """Show how far all linkages agree, and how well their trees keep the distances."""
    dataset = chosen.dataset
    if not asked(dataset, "Grow the trees of all linkages", "ag_all"):
        return
    left, right = st.columns([1.7, 1], gap="large")
    with left:
        st.markdown(f"**Linkage by k**, {shown.name}")
        found = ui.computed(
            linkages.grid, dataset, truth=sides.truth(room), k_values=tuple(range(2, 11)),
            **(chosen.edges if shown.name == WITH else {}),
        )  # fmt: skip

        def move(click: ui.Click) -> None:
            row = int(np.clip(round(click.y), 0, len(found.linkages) - 1))
            st.session_state["ag_linkage"] = found.linkages[row]
            ui.remember("ag_k", int(found.k_values[np.abs(found.k_values - click.x).argmin()]))

        figure = drawing.grid(found, chosen.linkage, shown.partition.k, keep=dataset.key)
        ui.chart(figure, "ag_grid", height=240, on_click=move)
        best, k = found.best
        ui.note(
            f"{found.said} Highest: {best} linkage with {count(k, 'cluster')}. Click a cell to go "
            "there."
        )
        ui.note(*found.left_out.values())
    with right:
        st.markdown("**Cophenetic correlation**")
        kept_by = {
            name: [correlation(replace(chosen, linkage=each), name) for each in found.linkages]  # type: ignore[arg-type]
            for name in (WITHOUT, WITH)
        }
        st.dataframe(
            {"linkage": found.linkages, "without": kept_by[WITHOUT], "with": kept_by[WITH]},
            hide_index=True,
            column_config={
                name: st.column_config.NumberColumn(format="%.3f")
                for name in ("without", "with")
            },
        )  # fmt: skip
        ui.note(about_cophenetic(kept_by[WITHOUT], kept_by[WITH]))


def about_cophenetic(free: Sequence[float], bound: Sequence[float]) -> str:
    """Say what the correlation means, and what the graph does to it."""
    pairs = np.column_stack([free, bound])
    pairs = pairs[np.isfinite(pairs).all(axis=1)]
    lower = int((pairs[:, 1] < pairs[:, 0] - SEEN).sum())
    said = (
        "Correlation between the distances of all pairs and the heights at which they come "
        "together: near 1 the tree keeps the distances."
    )
    if not len(pairs):
        return said
    return (
        f"{said} The graph lowers it for {lower} of {count(len(pairs), 'linkage')}: it asks who is "
        "joined, not how far apart all pairs are."
    )
