"""The point that was clicked on the map of DBSCAN, and who is near it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from clustering.dataset import Dataset, Integers
from clustering.dbscan import EpsilonAxis
from clustering.geometry.projection import View
from clustering.partition import Partition
from dashboard import ui


def within(dataset: Dataset, *, point: int, eps: float) -> Integers:
    """Give the points within epsilon of one, itself included."""
    away = dataset.metric.between(dataset.points[[point]], dataset.points)[0]
    return np.flatnonzero(away <= eps)


def chosen_point(dataset: Dataset) -> int | None:
    """Give the point that was clicked on these data."""
    if st.session_state.get("db_point_on") not in (None, dataset.key):
        ui.remember("db_point", None)
    st.session_state["db_point_on"] = dataset.key
    clicked = ui.recall("db_point", low=1, high=dataset.n)
    return None if clicked is None else clicked - 1


def seed_point(axis: EpsilonAxis, partition: Partition) -> int:
    """Give a core point beside a border point, where there is most to be seen; else the first."""
    core = axis.core <= float(partition.parameters["eps"])  # type: ignore[arg-type]
    if not core.any():
        return 0
    edge = np.flatnonzero(~core & (partition.labels >= 0))
    if len(edge):
        beside = axis.places[edge[0]]
        return int(beside[core[beside]][0])
    return int(np.flatnonzero(core)[0])


def choose_point(view: View) -> Callable[[ui.Click], None]:
    """Give what a click on the map does: choose the nearest point, or none if it is chosen."""
    span = np.ptp(view.points, axis=0)
    scale = np.where(span > 0, span, 1.0) if view.kind == "strip" else np.ones(2)

    def choose(click: ui.Click) -> None:
        away = (view.points - [click.x, click.y]) / scale
        place = int((away**2).sum(axis=1).argmin()) + 1
        known = st.session_state.get("db_point")
        ui.remember("db_point", None if known == place else place)

    return choose


@dataclass(frozen=True, eq=False, slots=True)
class Around:
    """A chosen point and who is within epsilon of it."""

    point: int
    beside: Integers


def around(dataset: Dataset, eps: float) -> Around | None:
    """Give the chosen point with its neighbours."""
    point = chosen_point(dataset)
    if point is None:
        return None
    return Around(point, ui.computed(within, dataset, point=point, eps=eps))
