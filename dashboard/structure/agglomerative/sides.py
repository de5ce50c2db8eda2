"""The two sides of the agglomerative page: a tree without connectivity and one with, and a cut."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from clustering import agglomerative, graph
from clustering.agglomerative import HeightAxis
from clustering.data.curves import PREFIX
from clustering.dataset import Dataset, Integers
from clustering.errors import ClusterloomError, DataError
from clustering.figures import colors
from clustering.geometry.projection import View
from clustering.partition import Partition
from dashboard import ui
from dashboard.structure.agglomerative.sidebar import Chosen

WITHOUT, WITH = NAMES = ("without connectivity", "with connectivity")
KEYS = {WITHOUT: "free", WITH: "bound"}

EQUAL = (
    "All {:,} points are equal, so that there is nothing to merge step by step; choose other "
    "columns on the Data page."
)


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

    @property
    def key(self) -> str:
        """How its charts are called."""
        return KEYS[self.name]


@dataclass(frozen=True, slots=True)
class Opening:
    """The number of clusters on which data open, and why, as the end of a sentence."""

    k: int
    why: str


# ---- the trees --------------------------------------------------------------------------------
def tree(chosen: Chosen, name: str, *, meanwhile: Callable[[], None] | None = None) -> HeightAxis:
    """Give the tree of a side."""
    edges = chosen.edges if name == WITH else {}
    return ui.computed(
        agglomerative.axis, chosen.dataset, linkage=chosen.linkage, meanwhile=meanwhile, **edges
    )


def grown(
    chosen: Chosen,
    columns: Mapping[str, DeltaGenerator],
    dataset: Dataset,
    view: View,
    *,
    height: int,
) -> dict[str, HeightAxis]:
    """Grow the trees; a side that has none shows its points, and why.

    Parameters
    ----------
    chosen : Chosen
        What merges with what.
    columns : mapping of str to container
        Where each side stands; until its tree is grown, its points alone.
    dataset, view, height
        What is drawn there, and how high.
    """
    axes = {}
    sights = {name: column.empty() for name, column in columns.items()}
    bare = partial(ui.bare, dataset=dataset, view=view, height=height)
    for name, sight in sights.items():
        first = partial(bare, sight, key=f"ag_sight_{KEYS[name]}")
        try:
            if (dataset.points == dataset.points[:1]).all():
                raise DataError(EQUAL.format(dataset.n))
            axes[name] = tree(chosen, name, meanwhile=first)
        except ClusterloomError as error:
            columns[name].markdown(f"**{name.capitalize()}**")
            columns[name].error(ui.literal(error, most=600))
            bare(columns[name], key=f"ag_bare_{KEYS[name]}")
    for sight in sights.values():
        sight.empty()
    return axes


# ---- the cut ----------------------------------------------------------------------------------
def opening(room: ui.Room, axes: Mapping[str, HeightAxis]) -> Opening:
    """Give the k on which data open: the known number of a curve's parts, or the largest gap."""
    name, axis = next(iter(axes.items()))
    k, why = axis.gap, f"the largest gap {name}"
    if room.data.startswith(PREFIX) and room.table.truth is not None:
        k, why = int(room.table.frame[room.table.truth].nunique()), "the known groups of the curve"
    most = min(axis.most for axis in axes.values())
    return Opening(k, why) if k <= most else Opening(most, "as many as there are distinct points")


def ground(room: ui.Room) -> str:
    """Give the ground on which k stands: a curve stays the same one when its noise moves."""
    return "/".join(room.data.split("/")[:2]) if room.data.startswith(PREFIX) else room.data


def cut(axes: Mapping[str, HeightAxis], k: int, *, anchor: int) -> dict[str, Side]:
    """Cut the trees into k clusters and colour them.

    The first tree, cut into `anchor` clusters, has the colours in order; its present clusters
    are matched with those, and the clusters of the other tree with these.
    """
    sides: dict[str, Side] = {}
    known = next(iter(axes.values())).of(anchor)
    numbers: Integers = np.arange(known.k)
    for name, axis in axes.items():
        here = axis.of(k)
        numbers = colors.follow(here, known, numbers)
        known, sides[name] = here, Side(name, axis, here, numbers)
    return sides


# ---- what is drawn ----------------------------------------------------------------------------
def truth(room: ui.Room) -> Integers | None:
    """Give the known group of each point, where there are groups."""
    known = ui.groups_of(room.table, room.dataset)
    if known is None:
        return None
    return np.unique(known.astype(str).to_numpy(), return_inverse=True)[1]


def crossing(room: ui.Room, edges: graph.Graph | None) -> NDArray[np.bool_] | None:
    """Tell which edges join different known groups; None without groups or edges."""
    groups = truth(room)
    return None if edges is None or groups is None else graph.crossing(edges, groups)


def window(axis: HeightAxis, k: int) -> tuple[float, float]:
    """Give the heights that are drawn first: from a hundred clusters or so, or from k, to one."""
    most = max(3.0 * np.sqrt(axis.dataset.n), 20.0, 1.3 * k)
    few = min(int(np.searchsorted(-axis.curves["clusters"], -most)), len(axis.values) - 1)
    low, high = float(axis.values[few]), 1.15 * float(axis.values[-1])
    return (low if low < high / 1.3 else high / 1.5), high
