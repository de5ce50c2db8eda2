"""The Learn tab: one series through one LSTM cell, step by step, with the formulas."""

import numpy as np
import streamlit as st

from clustering.dataset import Floats
from clustering.figures.lstm_lesson import walk_of
from clustering.lessons import lstm_cell
from clustering.lessons.lstm_cell import Cell, Walk
from dashboard import ui
from dashboard.neural.lstm.parts import Here

__all__ = ["learn"]

OWN = "The network of this page"
LESSONS = (OWN, *(hand.title for hand in lstm_cell.HAND.values()))
OFFERED = 40
"""Series that one can choose from."""


def learn(here: Here) -> None:
    """Lead a series through a cell."""
    which = st.segmented_control(
        "Cell", LESSONS, default=OWN, required=True, key="ls_lesson", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    left, right = st.columns([1.5, 1], gap="large")
    hand = next((each for each in lstm_cell.HAND.values() if each.title == which), None)
    with left:
        if hand is None:
            _own(here)
        else:
            st.markdown(f"**{hand.title}**: {ui.literal(hand.said, most=600)}")
            _shown(_walked(hand.series, hand.cell), 0, hand.channels, hand.title)
    with right:
        st.markdown("**What a unit does at a step**")
        for name, formula in lstm_cell.FORMULAS.items():
            st.caption(name)
            st.latex(formula)
        st.markdown(
            "σ leads to a number between 0 and 1, the opening of a gate. What the state holds is "
            "only ever multiplied by the forget gate and added to: nothing squeezes it on the "
            "way, so that it can last over many steps."
        )


def _walked(series: Floats, cell: Cell) -> Walk:
    return lstm_cell.steps(series, cell.kernel, cell.recurrent, cell.bias)


def _own(here: Here) -> None:
    """Lead one of the page's series through the first layer of its network."""
    ground = here.ground
    cell = lstm_cell.of_network(here.model.weights)
    offered = np.unique(
        np.linspace(0, here.dataset.n - 1, min(here.dataset.n, OFFERED)).astype(np.int64)
    ).tolist()
    if st.session_state.get("ls_walked") not in (None, *offered):
        del st.session_state["ls_walked"]
    place: int = st.selectbox(
        ground.member.capitalize(), offered, key="ls_walked", format_func=ground.name_of
    )
    walk = _walked(ground.series[place], cell)
    busy = lstm_cell.busiest(walk) + 1
    unit = st.slider(
        "Unit", 1, cell.units, busy, key="ls_unit",
        help=f"Of the first layer, which has {cell.units}. In this series unit {busy} moves most.",
    )  # fmt: skip
    _shown(walk, min(unit, cell.units) - 1, ground.sequences.channels, ground.name_of(place))
    if here.chosen.bidirectional:
        ui.note("The half that reads forwards.")


def _shown(walk: Walk, unit: int, channels: tuple[str, ...], name: str) -> None:
    """Draw it, with the player."""
    ui.chart(walk_of(walk, unit=unit, channels=channels, keep=(name,)), "ls_walk", height=520)
