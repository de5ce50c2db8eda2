"""When most customers are in one cluster: what a logarithm would change, and the way back."""

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from clustering import mean_shift
from clustering.axis import FittedAxis
from clustering.data.choices import Choices
from clustering.errors import ClusterloomError
from clustering.words import count, plural
from dashboard import ui
from dashboard.applications.customers.parts import MOST, Found, parting
from dashboard.ui import shelf
from dashboard.ui.room import change

SMALL = 3_000
"""Customers up to which the other preparation is tried beside the present one."""
BEFORE, AXES = "cu_before", "cu_before_log"
"""Under what is kept how the columns were prepared, where the user stood, and the map's axes."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a preparation makes of the customers."""

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


def relief(found: Found) -> bool:
    """Warn where most customers are in one cluster, and show what a logarithm would change.

    Returns
    -------
    bool
        Whether this has said how large the clusters are.
    """
    with st.container():
        choices = found.room.choices
        eased = choices.skew == "log" and choices.scaling == "standard"
        crowded = found.curve("largest") > MOST and found.member != "order"
        if crowded:
            size = int(found.told.sizes.max())
            said = f"{size:,} of {found.dataset.n:,} {plural(found.member)} "
            said += f"({ui.percent(found.curve('largest'))}) are in one cluster, which tells "
            st.info(ui.literal(said + "little of them.", most=300), icon="⚠️")
        if crowded or eased:
            _turned(found, eased=eased)
        return crowded


def _turned(found: Found, *, eased: bool) -> None:
    """Offer the other preparation, with its effect where trying it is quick."""
    room = found.room
    other, stood = _before(found) if eased else (_logged(room.choices), None)
    there = None
    if found.dataset.n <= SMALL:
        try:
            dataset = shelf.prepared(room.table, other)
            axis = ui.computed(mean_shift.axis, dataset, bin_seeding=found.seeded)
        except ClusterloomError:
            if not eased:
                return
        else:
            nearest = parting(axis) if stood is None else np.abs(axis.values - stood).argmin()
            there = _effect(axis, int(nearest))
            here = _effect(found.here.axis, found.here.place)
            plain, logged = (there, here) if eased else (here, there)
            st.caption(
                ui.literal(f"{'As before' if eased else 'As it is'}, {plain.line}.") + "  \n"
                + ui.literal(f"Log and scaling, {logged.line}.")
            )  # fmt: skip
    to = stood if there is None else there.quantile

    def turn() -> None:
        if not eased:
            st.session_state[BEFORE] = (room.data, room.how, room.choices, found.here.value)
            st.session_state[AXES] = found.pair.log
        # The map is straight where the columns are, and a logarithm where they are one.
        st.session_state["cu_log"] = not eased or st.session_state.pop(AXES, False)
        change(room, skew=other.skew, scaling=other.scaling)
        if to is not None:
            st.session_state["cu_quantile"] = to
            st.session_state.pop("cu_quantile_on", None)

    label = "Back to the columns as before" if eased else "Use log and scaling"
    st.button(label, key="cu_relief", on_click=turn, type="secondary" if eased else "primary")


def _logged(choices: Choices) -> Choices:
    """Prepare the same columns with a logarithm and scaling."""
    return replace(choices, skew="log", scaling="standard")


def _before(found: Found) -> tuple[Choices, float | None]:
    """Give the preparation of before, and where the user stood; as is suggested after a link."""
    room = found.room
    data, how, choices, stood = st.session_state.get(BEFORE, ("", "", room.choices, None))
    if (data, how) == (room.data, room.how):
        return replace(room.choices, skew=choices.skew, scaling=choices.scaling), stood
    usual = shelf.usual_for(room.table)
    plain = "none" if usual.skew == "log" else usual.skew
    return replace(room.choices, skew=plain, scaling=usual.scaling), None


def _effect(axis: FittedAxis, place: int) -> Effect:
    """Say what stands at a place of an axis."""
    curves = axis.curves
    return Effect(
        float(axis.values[place]), int(curves["clusters"][place]), float(curves["largest"][place]),
        float(curves["silhouette"][place]),
    )  # fmt: skip
