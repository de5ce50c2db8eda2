"""What is set once: seeds, the two columns of the map, the book's own example."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from clustering.data import samples
from clustering.data.choices import Choices
from clustering.words import count
from dashboard import ui
from dashboard.ui.room import select

SPENDINGS = ("Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen")
FIRST = ("milk", "grocery")
USUAL = "where they differ"
"""What stands for the two columns in which the clusters differ most."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Which columns the map shows: their names, empty where nobody has chosen; and how."""

    across: str
    upwards: str
    log: bool


def seeding() -> bool:
    """Show whether seeds are the corners of a grid."""
    return st.toggle(
        "Bin seeding", True, key="cu_bins", bind="query-params",
        help="Climb from the corners of a grid of one bandwidth instead of from every customer: "
        "faster, and nearly always the same modes.",
    )  # fmt: skip


def pair(room: ui.Room) -> Pair:
    """Show which two columns the map is of; wholesale tables open on milk and groceries."""
    names = columns(room)
    if len(names) < 2:
        return Pair("", "", False)
    usual = [next((name for name in names if word in name.casefold()), "") for word in FIRST]
    options = [USUAL if not all(usual) else " and ".join(usual), *names]
    across = st.selectbox("Map, across", options, key="cu_across", bind="query-params")
    rest = [name for name in names if name != across]
    upwards = usual[1] if all(usual) else ""
    if across == options[0]:
        across = usual[0] if all(usual) else ""
    else:
        upwards = st.selectbox("Map, upwards", rest, key="cu_up", bind="query-params") or rest[0]
    log = st.toggle(
        "Logarithmic axes", key="cu_log", bind="query-params",
        help="Where all values of both columns are above 0: ten times as much is one step.",
    )  # fmt: skip
    return Pair(across or "", upwards, log)


def columns(room: ui.Room) -> list[str]:
    """Name the columns of numbers that are clustered on."""
    features = room.dataset.features
    if features is None:
        return []
    return [str(name) for name in features.select_dtypes(np.number).columns]


def recipe() -> None:
    """Show the button that opens the book's own example."""
    data, instead = samples.recipe("mean_shift")

    def apply() -> None:
        select(data, Choices(columns=SPENDINGS))
        st.session_state["cu_bins"] = True
        st.session_state["cu_quantile"] = 0.8
        st.session_state.pop("cu_quantile_on", None)

    st.caption("PRESET")
    st.button(
        "recipe", on_click=apply,
        help=f"The book's own example: {count(len(SPENDINGS), 'spending')} of a wholesaler's "
        "clients as they are, quantile 0.8, bin seeding.",
    )  # fmt: skip
    ui.note(instead)
