"""Agglomerative spirals: who joins whom, and what does connectivity change?"""

from functools import partial

import streamlit as st

from clustering.data.curves import Curve
from clustering.figures import Figure, shares, steps
from clustering.figures import dendrogram as drawing
from clustering.figures import graph as maps
from clustering.geometry import projection
from clustering.geometry.selection import Window
from clustering.trees import branches as laid_out
from dashboard import ui
from dashboard.structure.agglomerative import branch, sidebar, sides, tabs, views, words
from dashboard.structure.agglomerative.sides import NAMES, WITH, Side

RECIPE = {
    "ag_k": 3, "ag_linkage": "ward", "ag_by": "neighbours", "ag_neighbours": 10,
    "ag_metric": "euclidean",
}  # fmt: skip
ROW = 190  # pixels

ui.header("Who joins whom?", "agglomerative clustering", key="ag")
room = ui.data_room(Curve().id, distances=True)
with st.sidebar:
    sidebar.curve(room.data)
with ui.parameters():
    chosen = sidebar.parameters(room.dataset)
    with_edges = st.toggle(
        "Show the graph", key="ag_graph", bind="query-params",
        help="Draws the edges on the right map; those that jump between known groups in red.",
    )  # fmt: skip
    leaves = st.slider(
        "Branches shown", 10, 400, 60, 10, key="ag_leaves", bind="query-params",
        help="Of the dendrogram; smaller branches are folded into the ends of these.",
    )  # fmt: skip
    pair = ui.plane(room.dataset, "ag")
    ui.preset("agglomerative", RECIPE)

top, figures_row = st.container(), st.container()
columns = dict(zip(NAMES, st.columns(2, gap="medium"), strict=True))
slider_place, told_place = st.columns([1.3, 1], gap="medium", vertical_alignment="bottom")
tree_place, curve_place = st.columns([1.3, 1], gap="medium")
dataset, member = chosen.dataset, chosen.dataset.source.member
unit = f" ({dataset.metric.unit})" if dataset.metric.unit else ""

# ---- the two trees ----------------------------------------------------------------------------
with top, ui.explained():
    view = ui.computed(projection.view, room.dataset, columns=pair)
    tall = ui.height_of(view, most=380, across=420)
    axes = sides.grown(chosen, columns, room.dataset, view, height=tall)
with top:
    if chosen.said:
        st.warning(ui.literal(chosen.said, most=400))
    if not axes:
        st.page_link("dashboard/data/page.py", label="Change how the data are prepared")
        st.stop()

# ---- where they are cut -----------------------------------------------------------------------
most = min(axis.most for axis in axes.values())
opening = sides.opening(room, axes)
with slider_place:
    k = ui.value_control(
        "ag_k", ui.ladder(1, most, whole=True), label="Number of clusters k",
        default=opening.k, on=sides.ground(room), help="Both trees are cut into so many.",
    )  # fmt: skip
with told_place:
    told = st.segmented_control(
        "Dendrogram and heights", NAMES, default=WITH, required=True, key="ag_side",
        bind="query-params",
    )  # fmt: skip
both = sides.cut(axes, int(k), anchor=opening.k)
shown = both.get(told, next(iter(both.values())))
axis, here, node = shown.axis, shown.partition.k, branch.chosen(shown)
lit = None if node is None else axis.tree.members(node)


def draw_map(side: Side, window: Window | None = None, *, plain: bool = False) -> Figure:
    """Draw the map of a side, anew for a window where the points are an image."""
    graph = side.axis.graph if with_edges and not plain else None
    return maps.clusters(
        room.dataset, side.partition, view, numbers=side.numbers, lit=None if plain else lit,
        graph=graph, crossing=sides.crossing(room, graph), window=window,
    )  # fmt: skip


with figures_row:
    ui.key_figures(words.key_figures(both, shown))
for name, side in both.items():
    with columns[name].container(gap="xxsmall"):
        st.markdown(f"**{name.capitalize()}**")
        strip = shares.strip(side.partition, numbers=side.numbers, member=member)
        ui.chart(strip, f"ag_sizes_{side.key}", height=26)
        ui.cluster_map(
            partial(draw_map, side), f"ag_map_{side.key}", room.dataset, side.partition, view,
            height=tall, said=words.about_side(room, side, view),
        )  # fmt: skip

# ---- dendrogram and heights -------------------------------------------------------------------
keep = f"{dataset.key} {shown.name} {chosen.linkage}"
branches = laid_out.dendrogram(axis.tree, merges=dataset.n - here, leaves=leaves)
with tree_place.container(gap="xxsmall"):
    tree = drawing.dendrogram(
        branches, numbers=shown.numbers, lit=node, member=member,
        title=f"height of the merge{unit}", keep=keep,
    )  # fmt: skip
    ui.chart(tree, "ag_tree", height=ROW, on_click=branch.light(branches))
    branch.told(shown, node)
with curve_place.container(gap="xxsmall"):
    curve = steps.staircase(
        axis, max(branches.height, float(axis.values[0])), window=sides.window(axis, here),
        plateaus=axis.plateaus[:3], here=axis.range(here), title=f"height of the cut{unit}",
        keep=keep,
    )  # fmt: skip
    move = ui.value_go_to("ag_k", low=1, high=most, of=lambda height: axis.at(max(height, 0.0)).k)
    ui.chart(curve, "ag_axis", height=ROW, on_click=move)
    ui.note(words.about_gap(shown, opening))

ui.tabs(
    "ag",
    {
        "Views": lambda: views.views(room, chosen, both, shown, view),
        "Clusters": lambda: tabs.clusters(room.dataset, shown),
        "Learn": lambda: tabs.learn(room.dataset, shown, view),
        "Export": lambda: ui.export_tab(
            room, shown.partition, partial(draw_map, shown, plain=True), key="ag",
            method="agglomerative clustering", caption=words.caption(chosen, shown),
        ),
    },
)  # fmt: skip
