"""Agglomerative spirals: who joins whom, and what does connectivity change?"""

import streamlit as st

from clustering import branches as laid_out
from clustering import graph as graphs
from clustering import projection
from clustering.data.curves import Curve
from clustering.figures import Figure, shares, steps
from clustering.figures import dendrogram as drawing
from clustering.figures import graph as maps
from clustering.figures import map as plain_maps
from clustering.selection import Window
from dashboard import ui
from dashboard.structure import agglomerative_parts as parts
from dashboard.structure import agglomerative_side as sidebar
from dashboard.structure import agglomerative_tabs as content
from dashboard.structure.agglomerative_parts import WITH, WITHOUT, Side

RECIPE = {
    "ag_k": 3, "ag_linkage": "ward", "ag_by": "neighbours", "ag_neighbours": 10,
    "ag_metric": "euclidean",
}  # fmt: skip

ui.header(
    "Who joins whom, and what does connectivity change?", "agglomerative clustering", key="ag"
)
room = ui.data_room(Curve().id, distances=True)
with st.sidebar:
    sidebar.curve(room.data)
    st.caption("PARAMETERS")
    chosen = sidebar.parameters(room.dataset)
    with_edges = st.toggle(
        "Show the graph", key="ag_graph", bind="query-params",
        help="Draws the edges on the right map; those that jump between known groups in red.",
    )  # fmt: skip
    pair = ui.plane(room.dataset, "ag") if room.dataset.metric.is_euclidean else None
    ui.preset("agglomerative", RECIPE)

warnings, figures_row = st.container(), st.container()
work_place = st.container()
columns = dict(zip((WITHOUT, WITH), st.columns(2, gap="medium"), strict=True))
below_left, below_right = st.columns([1.35, 1], gap="medium")
dataset = chosen.dataset
with work_place, ui.explained():
    view = ui.computed(projection.view, room.dataset, columns=pair)
    equal = parts.all_equal(dataset)
    trees = {name: equal or parts.grown(chosen, along=name == WITH) for name in (WITHOUT, WITH)}
axes = {name: tree for name, tree in trees.items() if not isinstance(tree, str)}
with warnings:
    if chosen.said:
        st.warning(ui.literal(chosen.said, most=400))


def bare(name: str, why: str) -> None:
    """Show the points where there is no tree, and why."""
    with columns[name]:
        st.markdown(f"**{name.capitalize()}**")
        st.error(ui.literal(why, most=600))
        ui.chart(
            lambda window: plain_maps.bare(room.dataset, view, window=window),
            f"ag_bare_{parts.SHORT[name]}", height=330,
        )  # fmt: skip


for name, tree in trees.items():
    if isinstance(tree, str):
        bare(name, tree)
if not axes:
    st.page_link("dashboard/data/data.py", label="Change how the data are prepared")
    st.stop()

first = next(iter(axes.values()))
most = min(axis.most for axis in axes.values())
anchor = min(parts.usual(room, first), most)
with below_left:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        told = st.segmented_control(
            "Dendrogram and heights", [WITHOUT, WITH], default=WITH, required=True,
            key="ag_side", bind="query-params",
        )  # fmt: skip
        leaves = st.slider(
            "Branches shown", 10, 400, 60, 10, key="ag_leaves", bind="query-params", width=200,
            help="Smaller branches are folded into the ends of these.",
        )  # fmt: skip
    tree_place = st.container()
with below_right:
    curve_place = st.container()
    k = int(
        ui.value_control(
            "ag_k", ui.ladder(1, max(most, 1), whole=True), label="Number of clusters k",
            default=anchor, on=parts.ground(room), help="Both trees are cut into so many.",
        )
    )  # fmt: skip
sides = parts.cut(axes, k, anchor=anchor)
shown = sides.get(told, next(iter(sides.values())))
tree, node = shown.axis.tree, parts.branch(shown)
lit = None if node is None else tree.members(node)
groups = parts.truth(room)


def draw_map(side: Side, window: Window | None = None, *, edges: bool = with_edges) -> Figure:
    """Draw the map of a side, anew for a window where the points are an image."""
    graph = side.axis.graph if edges else None
    jumps = None if graph is None or groups is None else graphs.crossing(graph, groups)
    return maps.clusters(
        room.dataset, side.partition, view, numbers=side.numbers, lit=lit, graph=graph,
        crossing=jumps, window=window,
    )  # fmt: skip


with figures_row:
    ui.key_figures(parts.key_figures(sides, shown))
for name, side in sides.items():
    with columns[name]:
        st.markdown(f"**{name.capitalize()}**")
        ui.chart(
            lambda window, side=side: draw_map(side, window),
            f"ag_map_{parts.SHORT[name]}",
            height=330,
        )
        strip = shares.strip(side.partition, numbers=side.numbers, member=dataset.source.member)
        ui.chart(strip, f"ag_sizes_{parts.SHORT[name]}", height=30)
        ui.note(" ".join(filter(None, (
            parts.about_graph(side.axis), ui.against_truth(room, side.partition),
        ))))  # fmt: skip
with work_place:
    ui.note(parts.about_view(view.kind, view.explained))

branches = laid_out.dendrogram(tree, merges=dataset.n - shown.partition.k, leaves=leaves)
unit = f" ({dataset.metric.unit})" if dataset.metric.unit else ""
with tree_place:
    figure = drawing.dendrogram(
        branches, numbers=shown.numbers, lit=node, member=dataset.source.member,
        title=f"height of the merge{unit}", keep=f"{dataset.key} {shown.name} {chosen.linkage}",
    )  # fmt: skip
    ui.chart(
        figure, "ag_tree", height=290,
        on_click=lambda click: ui.remember(
            "ag_branch", laid_out.nearest(branches, click.x, click.y) + 1
        ),
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        if node is None:
            ui.note("Click a branch, and its points light up on the maps.")
        else:
            ui.note(parts.about_branch(shown, node))
            st.button("Clear", key="ag_clear", on_click=lambda: ui.remember("ag_branch", None))
with curve_place:
    axis = shown.axis
    figure = steps.staircase(
        axis, max(branches.height, float(axis.values[0])), window=parts.window(axis),
        plateaus=[axis.gap, *axis.plateaus[:3]], here=axis.range(shown.partition.k),
        title=f"height of the cut{unit}", keep=f"{dataset.key} {shown.name} {chosen.linkage}",
    )  # fmt: skip
    ui.chart(
        figure, "ag_axis", height=250,
        on_click=ui.value_go_to(
            "ag_k", low=1, high=most, of=lambda height: axis.at(max(height, 0.0)).k
        ),
    )  # fmt: skip
with below_right:
    ui.note(parts.about_gap(axis, shown.partition.k))

ui.tabs("ag", content.tabs(room, chosen, sides, shown, view, draw_map))
