"""The sidebar of classification: what is read, what is told apart, and how the network is built."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from clustering.data.sequences import SequenceSet, Stream
from dashboard import ui
from dashboard.neural.sequences import common

__all__ = ["Chosen", "chosen", "targets"]

UNITS = (8, 16, 32, 50, 64, 128)
RATES = ("0.0003", "0.001", "0.003", "0.01")
RULES = {"its last step": "last", "its first step": "first", "most of its steps": "most"}
FEW = 20
"""Different values up to which a column of numbers is offered as a target."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the sidebar says.

    Attributes
    ----------
    target : str
        The column of classes; empty where the series carry their own.
    features : tuple of str
        The columns that are read.
    cut : dict
        How windows are cut or series split.
    epochs : int
        How often the network sees all examples.
    settings : dict
        Every other argument of the training.
    """

    target: str
    features: tuple[str, ...]
    cut: dict[str, Any]
    epochs: int
    settings: dict[str, Any]


def targets(stream: Stream) -> list[str]:
    """Give the columns that may hold classes, the likeliest first."""
    others = [str(name) for name in stream.others.columns]
    numbers = [
        name for name in stream.channels if pd.unique(stream.column(name).dropna()).size <= FEW
    ]
    first = [stream.label] if stream.label in (*others, *numbers) else []
    return first + [name for name in (*others, *numbers) if name not in first]


def chosen(content: Stream | SequenceSet) -> Chosen:
    """Show the parameters."""
    if isinstance(content, Stream):
        target, features = _columns(content)
        cut = _windows()
    else:
        target, features = "", content.channels
        own = ["own"] if content.test.any() else []
        by = st.segmented_control(
            "Test part", [*own, "drawn"], default=[*own, "drawn"][0], required=True,
            key="la_c_by", bind="query-params",
            help="As the file says, or drawn so that each class has its share.",
        )  # fmt: skip
        cut = {
            "by": "own" if by == "own" else "series",
            "share": common.share("la_c_share", how=common.DRAWN, given=by == "own"),
        }
    st.caption("NETWORK")
    layers = st.slider("LSTM layers", 1, 3, 2, key="la_c_layers", bind="query-params")
    units = st.select_slider(
        "Units", UNITS, 50, key="la_c_units", bind="query-params", help="Cells in each layer."
    )
    dropout = st.slider(
        "Dropout", 0.0, 0.6, 0.2, 0.1, key="la_c_dropout", bind="query-params",
        help="Share of the inputs of each layer that are left out at random while it learns.",
    )  # fmt: skip
    epochs = st.slider("Epochs", 1, 200, 20, key="la_c_epochs", bind="query-params")
    batch = st.select_slider("Batch", common.BATCHES, 32, key="la_c_batch", bind="query-params")
    rate = st.select_slider("Learning rate", RATES, "0.003", key="la_c_rate", bind="query-params")
    seed = st.slider("Seed", 0, 99, 0, key="la_c_seed", bind="query-params",
                     help="Fixes the first weights and the order of the examples.")  # fmt: skip
    settings = {
        "layers": layers, "units": units, "dropout": dropout, "batch": batch,
        "learning_rate": float(rate), "seed": seed,
    }  # fmt: skip
    return Chosen(target, tuple(features), cut, epochs, settings)


def _windows() -> dict[str, Any]:
    """Show how windows are cut."""
    window = st.slider(
        "Window", 1, 120, 10, key="la_c_window", bind="query-params",
        help="Steps that the network reads before it says a class.",
    )  # fmt: skip
    stride = st.slider(
        "Stride", 1, 60, 1, key="la_c_stride", bind="query-params",
        help="Steps from one window to the next. Smaller than the window, and windows overlap, "
        "but never over the seam.",
    )  # fmt: skip
    rule = st.selectbox(
        "Its class is that of", list(RULES), key="la_c_rule", bind="query-params",
        help="Which steps give a window its class.",
    )  # fmt: skip
    share = common.share("la_c_share")
    return {"window": window, "stride": stride, "share": share, "label": RULES[rule]}


def _columns(stream: Stream) -> tuple[str, tuple[str, ...]]:
    """Show which column is told apart, and which are read."""
    offered = targets(stream)
    if not offered:
        st.error(
            "There is no column of classes: bring a table with a column of texts, or of up to "
            f"{FEW} different numbers, beside the values."
        )
        st.stop()
    common.fits("la_c_target", offered)
    target = st.selectbox(
        "Target", offered, key="la_c_target", bind="query-params", help="The column of classes.",
        format_func=lambda name: " ".join(str(name).split())[:60],
    )  # fmt: skip
    features = [name for name in stream.channels if name != target]
    ground = f"{stream.key} {target}"
    if st.session_state.get("la_c_features_on") != ground:
        st.session_state["la_c_features_on"] = ground
        st.session_state["la_c_features"] = features
    picked = st.multiselect(
        "Features", features, key="la_c_features", persist_state="session",
        help="The columns that are read.",
    )  # fmt: skip
    if not picked:
        ui.note("Nothing is picked, so that all columns of numbers are read.")
    return target, tuple(picked or features)
