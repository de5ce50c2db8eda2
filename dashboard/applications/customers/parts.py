"""What was found, and the charts above the tabs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from clustering import mean_shift
from clustering.axis import FittedAxis
from clustering.data.order_columns import look_like_orders
from clustering.dataset import Dataset, Integers
from clustering.figures import Figure
from clustering.figures import axis as curve_figures
from clustering.figures import map as maps
from clustering.figures import mean_shift as figures
from clustering.geometry import projection
from clustering.mean_shift import Profiles
from clustering.partition import Partition
from dashboard import ui
from dashboard.applications.customers import names as naming
from dashboard.applications.customers.sidebar import Pair

HEIGHT = 340
MOST = 0.8
"""Share of the customers in one cluster from which it is said that this tells little."""


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """The answer on the page, and what there is to say of it.

    Attributes
    ----------
    room : Room
        The data.
    here : Here
        The axis, and where the user stands on it.
    told : Profiles
        The clusters in the units of the file.
    names : tuple of k str
        What each cluster is called.
    pair : Pair
        What the map shows.
    seeded : bool
        Whether seeds are the corners of a grid.
    """

    room: ui.Room
    here: ui.Here
    told: Profiles
    names: tuple[str, ...]
    pair: Pair
    seeded: bool

    @property
    def dataset(self) -> Dataset:
        """What was clustered."""
        return self.room.dataset

    @property
    def partition(self) -> Partition:
        """The answer."""
        return self.here.partition

    @property
    def numbers(self) -> Integers:
        """Colour number of each cluster."""
        return self.here.numbers

    @property
    def member(self) -> str:
        """What one point is called."""
        return self.dataset.source.member

    def curve(self, name: str) -> float:
        """Give what the axis measured here."""
        return float(self.here.axis.curves[name][self.here.place])


def of_customers(room: ui.Room) -> ui.Room:
    """Call the rows of a table customers; orders where it is a log of these."""
    table, dataset = room.table, room.dataset
    log = table.log is None and look_like_orders(table.frame, table.forms)
    source = replace(dataset.source, member="order" if log else "customer")
    return replace(room, dataset=replace(dataset, source=source))


def found(room: ui.Room, here: ui.Here, pair: Pair, *, seeded: bool) -> Found:
    """Describe the answer, and give its clusters the names that they have or might have."""
    told = ui.computed(mean_shift.profiles, room.dataset, partition=here.partition)
    called = naming.of(room.dataset, here.partition, told)
    return Found(room, here, told, called, pair, seeded)


def opening(axis: FittedAxis, *, eased: bool) -> float:
    """Give the quantile of the highest silhouette; the middle one where none has any.

    After a logarithm, which is there to part the crowd, it is one that parts it.
    """
    if eased:
        return float(axis.values[parting(axis)])
    curve = axis.curves["silhouette"]
    if np.isfinite(curve).any():
        return float(axis.values[int(np.nanargmax(curve))])
    return float(axis.values[len(axis.values) // 2])


def parting(axis: FittedAxis) -> int:
    """Give the place of the highest silhouette among those whose largest cluster is no crowd."""
    score = np.where(axis.curves["largest"] <= MOST, axis.curves["silhouette"], np.nan)
    score = score if np.isfinite(score).any() else axis.curves["silhouette"]
    return int(np.nanargmax(score)) if np.isfinite(score).any() else 0


def bare(place: DeltaGenerator, dataset: Dataset) -> None:
    """Show the customers while no cluster is known yet."""
    view = ui.computed(projection.view, dataset)
    ui.bare(place, dataset, view, "cu_sight", height=HEIGHT)


def draw(found: Found) -> Figure:
    """Draw the customers over two of their own columns; turned, where there are no two."""
    told, pair = found.told, found.pair
    if len(told.names) < 2 or found.dataset.features is None:
        view = ui.computed(projection.view, found.dataset)
        return maps.clusters(found.dataset, found.partition, view, numbers=found.numbers)
    if pair.across in told.names and pair.upwards in told.names:
        columns = [told.names.index(pair.across), told.names.index(pair.upwards)]
    else:
        columns = list(mean_shift.widest(told))
    flat, centers = told.values[:, columns], told.centers[:, columns]
    return figures.pair(
        found.dataset, found.partition, flat, centers,
        (told.names[columns[0]], told.names[columns[1]]),
        numbers=found.numbers, names=found.names,
        log=pair.log and bool(flat.min() > 0 and centers.min() > 0),
    )  # fmt: skip


CURVES: Mapping[str, str] = {
    "largest": "largest share",
    "silhouette": "silhouette",
    "singles": "singles",
    "bandwidth": "bandwidth",
}


def curves(here: ui.Here) -> None:
    """Draw the number of clusters over all quantiles, and beside it another curve."""
    shown = st.segmented_control(
        "Beside the number of clusters", list(CURVES), format_func=CURVES.__getitem__,
        default="largest", key="cu_curve", bind="query-params", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    name = shown if shown in here.axis.curves else "largest"
    figure = curve_figures.curves(
        here.axis, here.value, left="clusters", right=name, keep=here.ground
    )
    scale: dict[str, object] = {"title": {"text": CURVES[name]}}
    if name == "largest":
        scale |= {"range": [0, 1.22], "tickvals": [0, 0.5, 1], "tickformat": ".0%"}
    figure.update_layout(yaxis2=scale)
    ui.chart(figure, "cu_axis", height=215, on_click=here.move if here.free else None)
