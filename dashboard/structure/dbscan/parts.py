"""Where the user of the DBSCAN page stands, what that takes to compute, and ways to elsewhere."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from clustering import dbscan, hdbscan
from clustering.data.places import places
from clustering.dataset import Dataset, Integers
from clustering.dbscan import EpsilonAxis
from clustering.figures import colors
from clustering.geometry.projection import View
from clustering.partition import Partition
from clustering.progress import Report, silent
from clustering.words import count
from dashboard import ui
from dashboard.ui.room import change
from dashboard.ui.shelf import passport_of

EXACT, SAMPLED, AFFORDED = 10_000, 2_000, 1e9
"""Points up to which silhouettes are exact, the limit of their sample beyond, and the distances
that one epsilon may take, so that the slider is quick."""
MARKED = 200_000
"""Points beyond which HDBSCAN is computed only where it is looked at."""
ASKED_FIRST = 60.0
"""Seconds beyond which the page asks before it begins."""


@dataclass(frozen=True, eq=False, slots=True)
class Here:
    """Where the user stands: an epsilon on an axis, the answer there, and how it is drawn.

    Attributes
    ----------
    dataset, axis, sights, view
        What the page is about, whatever epsilon is.
    eps : float
        The present epsilon.
    partition : Partition
        Its answer.
    numbers : ndarray of shape (k,), int
        Colour number of each cluster.
    scored : Grid
        The silhouettes of this one epsilon.
    point : int or None
        The point that was clicked.
    beside : ndarray of shape (b,), int, or None
        Who lies within epsilon of it, itself included.
    """

    dataset: Dataset
    axis: EpsilonAxis
    sights: dbscan.Sights
    view: View
    eps: float
    partition: Partition
    numbers: Integers
    scored: dbscan.Grid
    point: int | None
    beside: Integers | None

    @property
    def unit(self) -> str:
        """Unit of the distances."""
        return self.dataset.metric.unit

    def go_up(self, click: ui.Click) -> None:
        """Go to the epsilon at the height of a click."""
        ui.remember("db_eps", float(np.clip(click.y, *reach(self.axis))))


def reach(axis: EpsilonAxis) -> tuple[float, float]:
    """Give the smallest and the largest epsilon that may be asked for."""
    return 0.5 * float(axis.values[0]), 10 * float(axis.values[-1])


def stand(
    dataset: Dataset, axis: EpsilonAxis, sights: dbscan.Sights, view: View, eps: float
) -> Here:
    """Look up what there is at an epsilon; colours are those of where the page opened."""
    partition, anchor = axis.at(eps), axis.at(sights.opening)
    point = chosen_point(dataset)
    return Here(
        dataset, axis, sights, view, eps, partition,
        numbers=colors.follow(partition, anchor, np.arange(anchor.k)),
        scored=ui.computed(scored, dataset, axis=axis, values=(eps,)),
        point=point,
        beside=None if point is None else ui.computed(within, dataset, point=point, eps=eps),
    )  # fmt: skip


# ---- work ---------------------------------------------------------------------------------------
def costly(dataset: Dataset) -> bool:
    """Say whether the axis may take more than a moment."""
    return dataset.n > (30_000 if dataset.metric.name in ("euclidean", "great-circle") else 3_000)


def allowed(dataset: Dataset, min_samples: int) -> str:
    """Say what a long computation will cost, and end the page where it was not asked for.

    Returns
    -------
    str
        What the page says while it computes; empty where it takes a moment only.
    """
    place = st.empty()  # a button that was pressed must not stay while the work goes on
    if not costly(dataset):
        return ""
    cost = ui.computed(dbscan.estimate, dataset, min_samples=min_samples)
    if cost.seconds < 3:
        return ""
    ground = (dataset.key, min_samples)
    agreed = st.session_state.setdefault("db_agreed", [])
    if cost.seconds > ASKED_FIRST and ground not in agreed:
        with place.container():
            ui.note(f"{cost.words} Take a sample on the Data page for a quicker look.")
            st.button("Compute it", type="primary", on_click=lambda: agreed.append(ground))
        st.stop()
    return f"{count(dataset.n, 'point')} and min_samples = {min_samples}: {cost.words}"


def scored(
    dataset: Dataset, *, axis: EpsilonAxis, values: tuple[float, ...], report: Report = silent
) -> dbscan.Grid:
    """Score some epsilons under both noise policies; by a sample where points are many."""
    limit = EXACT if dataset.n <= EXACT else SAMPLED
    return dbscan.grid(dataset, axis, values, limit=limit, afford=AFFORDED, report=report)


def condensed(dataset: Dataset, *, axis: EpsilonAxis, min_cluster_size: int) -> hdbscan.Condensed:
    """Condense the tree of an axis."""
    return hdbscan.condensed(axis, min_cluster_size)


def within(dataset: Dataset, *, point: int, eps: float) -> Integers:
    """Give the points within epsilon of one, itself included."""
    away = dataset.metric.between(dataset.points[[point]], dataset.points)[0]
    return np.flatnonzero(away <= eps)


def marks(here: Here, min_cluster_size: int) -> dict[str, float]:
    """Give the epsilons that other methods would choose."""
    found = {"knee": here.sights.knee.eps}
    if here.dataset.n <= MARKED:
        tree = ui.computed(
            condensed, here.dataset, axis=here.axis, min_cluster_size=min_cluster_size
        )
        found["HDBSCAN"] = tree.together
    return {name: eps for name, eps in found.items() if np.isfinite(eps)}


# ---- the chosen point ---------------------------------------------------------------------------
def chosen_point(dataset: Dataset) -> int | None:
    """Give the point that was clicked on these data."""
    clicked = ui.recall("db_point", low=1, high=dataset.n, on=dataset.key)
    return None if clicked is None else clicked - 1


def choose_point(view: View, click: ui.Click) -> None:
    """Choose the point nearest to a click on the map, or none if it is chosen."""
    place = ui.pointed(view, click) + 1
    ui.remember("db_point", None if st.session_state.get("db_point") == place else place)


# ---- ways to elsewhere --------------------------------------------------------------------------
def kilometres(room: ui.Room) -> None:
    """Offer distances along the globe where degrees are measured as if the world were flat."""
    pair = places(passport_of(room.table))
    if room.choices.places != "columns" or not pair or not set(pair) <= set(room.choices.columns):
        return
    ui.note(f"'{pair[0]}' and '{pair[1]}' are measured in degrees, as if the world were flat.")
    st.button(
        "Measure in kilometres", key="db_kilometres", on_click=change,
        args=(room,), kwargs={"places": "great-circle"},
        help="Distances along the globe, with its coasts on the map.",
    )  # fmt: skip
