"""What the agglomerative page is put together from: trees that are kept, colours, a lit branch."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from clustering import agglomerative
from clustering.agglomerative import HeightAxis
from clustering.data.curves import PREFIX
from clustering.dataset import Dataset, Integers
from clustering.errors import ClusterloomError
from clustering.figures import colors
from clustering.figures import map as plain_maps
from clustering.geometry.projection import View
from clustering.partition import Partition
from clustering.trees.branches import Branches, nearest
from clustering.words import count
from dashboard import ui
from dashboard.structure.agglomerative.side import Chosen
from dashboard.ui.room import Room

WITHOUT, WITH = "without connectivity", "with connectivity"
SHORT = {WITHOUT: "free", WITH: "bound"}
MATCHED = 100
"""Clusters that are matched to keep their colours; the largest, where there are more."""
NAMED = 4
WIDE, FRAME = 420, 80
"""Pixels across a map without its scale, and pixels of the scale below it and of the margins."""


@dataclass(frozen=True, eq=False, slots=True)
class Side:
    """One of the two trees and its cut.

    Attributes
    ----------
    name : str
        Without or with connectivity.
    axis : HeightAxis
        The tree.
    partition : Partition
        Its clusters at the present k.
    numbers : ndarray of shape (k,), int
        Colour number of each.
    """

    name: str
    axis: HeightAxis
    partition: Partition
    numbers: Integers


@dataclass(frozen=True, slots=True)
class Opening:
    """The number of clusters on which data open, and why.

    Attributes
    ----------
    k : int
        Number of clusters.
    why : str
        Where it comes from, as the end of a sentence.
    """

    k: int
    why: str


# ---- work -------------------------------------------------------------------------------------
def grown(
    chosen: Chosen, *, along: bool, meanwhile: Callable[[], None] | None = None
) -> HeightAxis | str:
    """Grow a tree, along the graph or without; or say why there is none."""
    try:
        return ui.computed(
            agglomerative.axis, chosen.dataset, linkage=chosen.linkage, meanwhile=meanwhile,
            neighbours=chosen.neighbours if along else 0, radius=chosen.radius if along else 0.0,
        )  # fmt: skip
    except ClusterloomError as error:
        return str(error)


def opening(room: Room, axes: Mapping[str, HeightAxis]) -> Opening:
    """Give the k on which data open: the known number of a curve's parts, or the largest gap."""
    name, axis = next(iter(axes.items()))
    k, why = axis.gap, f"the largest gap {name}"
    if room.data.startswith(PREFIX) and room.table.truth is not None:
        k, why = int(room.table.frame[room.table.truth].nunique()), "the known groups of the curve"
    most = min(axis.most for axis in axes.values())
    return Opening(k, why) if k <= most else Opening(most, "as many as there are distinct points")


def ground(room: Room) -> str:
    """Give the ground on which k stands: a curve stays the same one when its noise moves."""
    return "/".join(room.data.split("/")[:2]) if room.data.startswith(PREFIX) else room.data


def cut(axes: dict[str, HeightAxis], k: int, *, anchor: int) -> dict[str, Side]:
    """Cut the trees into k clusters and colour them.

    The first tree, cut into `anchor` clusters, has the colours in order; its present clusters
    are matched with those, and the clusters of the other tree with these.
    """
    sides: dict[str, Side] = {}
    known: tuple[Partition, Integers] | None = None
    for name, axis in axes.items():
        here = axis.of(min(k, axis.most))
        if known is None:
            first = axis.of(min(anchor, axis.most))
            known = first, np.arange(first.k)
        numbers = tinted(here, *known)
        known = here, numbers
        sides[name] = Side(name, axis, here, numbers)
    return sides


def tinted(partition: Partition, known: Partition, known_numbers: Integers) -> Integers:
    """Give each cluster the colour of the known one that shares most points with it."""
    small, mine = _largest(partition)
    other, theirs = _largest(known)
    found = colors.follow(small, other, known_numbers[theirs])
    numbers = len(mine) + np.arange(partition.k)
    numbers[mine] = found
    return numbers


def _largest(partition: Partition) -> tuple[Partition, Integers]:
    """Give an answer with its largest clusters alone, and which these are."""
    if partition.k <= MATCHED:
        return partition, np.arange(partition.k)
    kept = np.sort(np.argsort(-partition.sizes, kind="stable")[:MATCHED])
    names = np.full(partition.k, -1)
    names[kept] = np.arange(MATCHED)
    return Partition(names[partition.labels], partition.rows, partition.method), kept


def truth(room: Room) -> Integers | None:
    """Give the known group of each point, where there are groups."""
    if room.table.truth is None:
        return None
    known = room.table.frame[room.table.truth].iloc[room.dataset.rows]
    return np.unique(known.astype(str).to_numpy(), return_inverse=True)[1]


# ---- the chosen branch ------------------------------------------------------------------------
def branch(side: Side) -> int | None:
    """Give the branch that was clicked in this tree."""
    axis = side.axis
    here = (axis.dataset.key, axis.linkage, axis.neighbours, axis.radius)
    if st.session_state.get("ag_branch_on") not in (None, here):
        ui.remember("ag_branch", None)
    st.session_state["ag_branch_on"] = here
    known = ui.recall("ag_branch", low=1, high=2 * axis.dataset.n - 1)
    return None if known is None else known - 1


def about_branch(side: Side, node: int) -> str:
    """Say how many points a branch holds, which, and at what height it was merged."""
    axis = side.axis
    dataset, tree = axis.dataset, axis.tree
    members = np.sort(tree.members(node))
    named = ", ".join(dataset.name_of(i) for i in members[:NAMED].tolist())
    more = f" and {len(members) - NAMED:,} more" if len(members) > NAMED else ""
    merged = f", merged at height {ui.amount(tree.levels[node - tree.n])}" * (node >= tree.n)
    several = len(np.unique(side.partition.labels[members]))
    within = f"; {several:,} clusters of this cut" if several > 1 else ""
    return (
        f"The branch holds {count(len(members), dataset.source.member)} of {dataset.n:,}{merged}"
        f"{within}: {named}{more}."
    )


def light(branches: Branches) -> Callable[[ui.Click], None]:
    """Give what a click on the dendrogram does: light the branch that is meant."""
    return lambda click: ui.remember("ag_branch", nearest(branches, click.x, click.y) + 1)


def show_branch(side: Side, node: int | None) -> None:
    """Say what is lit, with a way back; or how to light something."""
    with st.container(height=64, border=False):  # the same without a branch: nothing jumps
        said, clear = st.columns([4, 1], vertical_alignment="center")
        if node is None:
            said.caption("Click a branch, and its points light up on the maps.")
            return
        said.caption(ui.literal(about_branch(side, node), most=400))
        clear.button(
            "Clear", key="ag_clear", width="stretch",
            on_click=lambda: ui.remember("ag_branch", None),
        )  # fmt: skip


# ---- what is drawn first ----------------------------------------------------------------------
def height_of(view: View, *, most: int) -> int:
    """Give the height of a map in pixels: places that lie far east and west need little of it."""
    if view.kind != "places":
        return most
    (west, south), (east, north) = view.points.min(axis=0), view.points.max(axis=0)
    upright = (north - south) / np.cos(np.radians((north + south) / 2))
    return int(np.clip(WIDE * upright / max(east - west, 1e-9) + FRAME, FRAME + 100, most))


def bare(place: DeltaGenerator, dataset: Dataset, view: View, key: str, *, height: int) -> None:
    """Show the points of which no tree is known, or not yet."""
    with place:
        ui.chart(
            lambda window: plain_maps.bare(dataset, view, window=window), key,
            height=height,
        )  # fmt: skip


def window(axis: HeightAxis, k: int) -> tuple[float, float]:
    """Give the heights that are drawn first: from a hundred clusters or so, or from k, to one."""
    most = max(3.0 * np.sqrt(axis.dataset.n), 20.0, 1.3 * k)
    few = min(int(np.searchsorted(-axis.curves["clusters"], -most)), len(axis.values) - 1)
    low, high = float(axis.values[few]), 1.15 * float(axis.values[-1])
    return (low if low < high / 1.3 else high / 1.5), high
