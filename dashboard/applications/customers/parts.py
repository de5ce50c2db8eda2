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
from clustering.errors import ClusterloomError
from clustering.figures import Figure
from clustering.figures import axis as curve_figures
from clustering.figures import map as maps
from clustering.figures import mean_shift as figures
from clustering.geometry import projection
from clustering.mean_shift import Profiles
from clustering.partition import Partition
from clustering.words import count
from dashboard import ui
from dashboard.applications.customers import names as naming
from dashboard.applications.customers.sidebar import Pair
from dashboard.ui import shelf
from dashboard.ui.room import change

HEIGHT = 340
MOST = 0.8
"""Share of the customers in one cluster from which it is said that this tells little."""
SMALL = 3_000
"""Customers up to which another preparation is tried beside the present one."""


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
        return best(axis).quantile
    curve = axis.curves["silhouette"]
    if np.isfinite(curve).any():
        return float(axis.values[int(np.nanargmax(curve))])
    return float(axis.values[len(axis.values) // 2])


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


# ---- when most customers are in one cluster ---------------------------------------------------
@dataclass(frozen=True, slots=True)
class Effect:
    """What another preparation makes of the same customers."""

    quantile: float
    clusters: int
    largest: float
    silhouette: float

    @property
    def line(self) -> str:
        """Say it in a few words."""
        return (
            f"quantile {self.quantile:.2f}: {count(self.clusters, 'cluster')}, largest "
            f"{ui.percent(self.largest)}, silhouette {ui.number(self.silhouette, 2)}"
        )


def best(axis: FittedAxis) -> Effect:
    """Give the answer of the highest silhouette among those whose largest cluster is no crowd."""
    curves = axis.curves
    score = np.where(curves["largest"] <= MOST, curves["silhouette"], np.nan)
    score = score if np.isfinite(score).any() else curves["silhouette"]
    at = int(np.nanargmax(score)) if np.isfinite(score).any() else 0
    return Effect(
        float(axis.values[at]), int(curves["clusters"][at]), float(curves["largest"][at]),
        float(curves["silhouette"][at]),
    )  # fmt: skip


def relief(found: Found) -> bool:
    """Warn where most customers are in one cluster, and show what a logarithm would change.

    Returns
    -------
    bool
        Whether most are in one cluster.
    """
    with st.container():
        room, choices = found.room, found.room.choices
        now = Effect(
            found.here.value, int(found.curve("clusters")), found.curve("largest"),
            found.curve("silhouette"),
        )  # fmt: skip
        eased = choices.skew == "log" and choices.scaling == "standard"
        crowded = now.largest > MOST and now.clusters > 0
        if not (crowded or eased):
            return False
        if crowded:
            size = int(found.told.sizes.max())
            said = f"{size:,} of {found.dataset.n:,} {found.member}s ({ui.percent(now.largest)})"
            said += " are in one cluster, which tells little of them."
            st.info(ui.literal(said, most=300), icon="⚠️")
        usual = shelf.usual_for(room.table)
        other = replace(
            choices, skew="none" if eased else "log",
            scaling=usual.scaling if eased else "standard",
        )  # fmt: skip
        if found.dataset.n > SMALL:
            st.button("Use log and scaling", key="cu_relief", on_click=change, args=(room,),
                      kwargs={"skew": "log", "scaling": "standard"}, disabled=eased)  # fmt: skip
            return crowded
        try:
            dataset = shelf.prepared(room.table, other)
            axis = ui.computed(mean_shift.axis, dataset, bin_seeding=found.seeded)
        except ClusterloomError:
            return crowded
        then = best(axis)
        plain, logged = (then, now) if eased else (now, then)
        st.caption(
            ui.literal(f"As it is, {plain.line}.") + "  \n"
            + ui.literal(f"Log and scaling, {logged.line}.")
        )  # fmt: skip

        def turn() -> None:
            change(room, skew=other.skew, scaling=other.scaling)
            st.session_state["cu_quantile"] = then.quantile
            st.session_state.pop("cu_quantile_on", None)

        label = "Back to the columns as they are" if eased else "Use log and scaling"
        st.button(
            label,
            key="cu_relief",
            on_click=turn,
            type="primary" if crowded and not eased else "secondary",
        )
        return crowded
