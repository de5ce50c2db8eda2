"""Agglomerative spirals: who joins whom, and what does connectivity change?"""

from functools import partial

import streamlit as st

from clustering import graph as graphs
from clustering.data.curves import Curve
from clustering.figures import Figure, shares, steps
from clustering.figures import dendrogram as drawing
from clustering.figures import graph as maps
from clustering.geometry import projection
from clustering.geometry.selection import Window
from clustering.trees import branches as laid_out
from dashboard import ui
from dashboard.structure.agglomerative import parts, words
from dashboard.structure.agglomerative import side as sidebar
from dashboard.structure.agglomerative import tabs as content
from dashboard.structure.agglomerative.parts import WITH, WITHOUT, Side

RECIPE = {
    "ag_k": 3, "ag_linkage": "ward", "ag_by": "neighbours", "ag_neighbours": 10,
    "ag_metric": "euclidean",
}  # fmt: skip

MAP, ROW = 380, 190  # pixels

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
    leaves = st.slider(
        "Branches shown", 10, 400, 60, 10, key="ag_leaves", bind="query-params",
        help="Of the dendrogram; smaller branches are folded into the ends of these.",
    )  # fmt: skip
    pair = ui.plane(room.dataset, "ag") if room.dataset.metric.is_euclidean else None
    ui.preset("agglomerative", RECIPE)

warnings, figures_row, work_place = st.container(), st.container(), st.container()
columns = dict(zip((WITHOUT, WITH), st.columns(2, gap="medium"), strict=True))
sights = {name: place.empty() for name, place in columns.items()}
slider_place, told_place = st.columns([1.3, 1], gap="medium", vertical_alignment="bottom")
tree_place, curve_place = st.columns([1.3, 1], gap="medium")
dataset, member = chosen.dataset, chosen.dataset.source.member
unit = f" ({dataset.metric.unit})" if dataset.metric.unit else ""

# ---- the two trees ----------------------------------------------------------------------------
with work_place, ui.explained():
    view = ui.computed(projection.view, room.dataset, columns=pair)
    tall = parts.height_of(view, most=MAP)
    equal = words.all_equal(dataset)
    trees = {}
    for name, sight in sights.items():  # which shows the points alone, while their tree is grown
        points = partial(
            parts.bare, sight, room.dataset, view, f"ag_sight_{parts.SHORT[name]}", height=tall
        )
        trees[name] = equal or parts.grown(chosen, along=name == WITH, meanwhile=points)
for sight in sights.values():
    sight.empty()
axes = {name: tree for name, tree in trees.items() if not isinstance(tree, str)}
if chosen.said:
    warnings.warning(ui.literal(chosen.said, most=400))
for name, why in trees.items():
    if isinstance(why, str):
        columns[name].markdown(f"**{name.capitalize()}**")
        columns[name].error(ui.literal(why, most=600))
        parts.bare(columns[name], room.dataset, view, f"ag_bare_{parts.SHORT[name]}", height=tall)
if not axes:
    st.page_link("dashboard/data/page.py", label="Change how the data are prepared")
    st.stop()

# ---- where they are cut -----------------------------------------------------------------------
most = min(axis.most for axis in axes.values())
opening = parts.opening(room, axes)
with slider_place:
    k = int(
        ui.value_control(
            "ag_k", ui.ladder(1, most, whole=True), label="Number of clusters k",
            default=opening.k, on=parts.ground(room), help="Both trees are cut into so many.",
        )
    )  # fmt: skip
with told_place:
    told = st.segmented_control(
        "Dendrogram and heights", [WITHOUT, WITH], default=WITH, required=True, key="ag_side",
        bind="query-params",
    )  # fmt: skip
sides = parts.cut(axes, k, anchor=opening.k)
shown = sides.get(told, next(iter(sides.values())))
axis, here = shown.axis, shown.partition.k
node = parts.branch(shown)
lit = None if node is None else axis.tree.members(node)
groups = parts.truth(room)


def draw_map(side: Side, window: Window | None = None, *, plain: bool = False) -> Figure:
    """Draw the map of a side, anew for a window where the points are an image."""
    graph = side.axis.graph if with_edges and not plain else None
    return maps.clusters(
        room.dataset, side.partition, view, numbers=side.numbers, lit=None if plain else lit,
        graph=graph, window=window,
        crossing=None if graph is None or groups is None else graphs.crossing(graph, groups),
    )  # fmt: skip


with figures_row:
    ui.key_figures(words.key_figures(sides, shown))
for name, side in sides.items():
    with columns[name].container(gap="xxsmall"):
        st.markdown(f"**{name.capitalize()}**")
        region = ui.chart(
            partial(draw_map, side), f"ag_map_{parts.SHORT[name]}", height=tall, selectable=True
        )
        strip = shares.strip(side.partition, numbers=side.numbers, member=member)
        ui.chart(strip, f"ag_sizes_{parts.SHORT[name]}", height=26)
        ui.note(words.about_side(room, side, view))
        ui.selected(room.dataset, side.partition, view, region)

# ---- dendrogram and heights -------------------------------------------------------------------
keep = f"{dataset.key} {shown.name} {chosen.linkage}"
branches = laid_out.dendrogram(axis.tree, merges=dataset.n - here, leaves=leaves)
with tree_place.container(gap="xxsmall"):
    tree = drawing.dendrogram(
        branches, numbers=shown.numbers, lit=node, member=member,
        title=f"height of the merge{unit}", keep=keep,
    )  # fmt: skip
    ui.chart(tree, "ag_tree", height=ROW, on_click=parts.light(branches))
    parts.show_branch(shown, node)
with curve_place.container(gap="xxsmall"):
    curve = steps.staircase(
        axis, max(branches.height, float(axis.values[0])), window=parts.window(axis, here),
        plateaus=axis.plateaus[:3], here=axis.range(here),
        title=f"height of the cut{unit}", keep=keep,
    )  # fmt: skip
    move = ui.value_go_to("ag_k", low=1, high=most, of=lambda height: axis.at(max(height, 0.0)).k)
    ui.chart(curve, "ag_axis", height=ROW, on_click=move)
    ui.note(words.about_gap(shown, opening))

ui.tabs("ag", content.tabs(room, chosen, sides, shown, view, draw_map))
