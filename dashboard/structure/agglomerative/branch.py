"""The branch of the dendrogram that was clicked: whose points are lit, and what they are."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from clustering.trees.branches import Branches, nearest
from clustering.words import count
from dashboard import ui
from dashboard.structure.agglomerative.sides import Side

NAMED = 4


def chosen(side: Side) -> int | None:
    """Give the node that was clicked in this tree."""
    axis = side.axis
    ground = (axis.dataset.key, axis.linkage, axis.neighbours, axis.radius)
    known = ui.recall("ag_branch", low=1, high=2 * axis.dataset.n - 1, on=ground)
    return None if known is None else known - 1


def light(branches: Branches) -> Callable[[ui.Click], None]:
    """Give what a click on the dendrogram does: light the branch that is meant."""
    return lambda click: ui.remember("ag_branch", nearest(branches, click.x, click.y) + 1)


def told(side: Side, node: int | None) -> None:
    """Say what is lit, with a way back; or how to light something."""
    with st.container(height=64, border=False):  # the same without a branch: nothing jumps
        said, clear = st.columns([4, 1], vertical_alignment="center")
        if node is None:
            said.caption("Click a branch, and its points light up on the maps.")
            return
        said.caption(ui.literal(about(side, node), most=400))
        clear.button(
            "Clear", key="ag_clear", width="stretch",
            on_click=lambda: ui.remember("ag_branch", None),
        )  # fmt: skip


def about(side: Side, node: int) -> str:
    """Say how many points a branch holds, which, and at what height it was merged."""
    dataset, tree = side.axis.dataset, side.axis.tree
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
