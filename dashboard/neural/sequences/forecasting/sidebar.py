"""The sidebar of forecasting: which series, how it is split, and how the network is built."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from clustering.data.sequences import Stream
from dashboard.neural.sequences import common

__all__ = ["Chosen", "chosen"]

UNITS = (4, 8, 16, 32, 64, 128)
RATES = ("0.0003", "0.001", "0.003", "0.01", "0.03")
MOST_WINDOW, MOST_EPOCHS, MOST_AHEAD = 120, 300, 60
LEARNS = {"the change": "change", "the value": "value"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the sidebar says.

    Attributes
    ----------
    target : str
        The channel that is forecast.
    features : tuple of str
        The channels that are read, the target first.
    window : int
        Steps that are read for the next one.
    share : float
        Of the training part.
    steps : int
        How many are forecast beyond the end.
    epochs : int
        How often the network sees all windows.
    settings : dict
        Every other argument of the training.
    """

    target: str
    features: tuple[str, ...]
    window: int
    share: float
    steps: int
    epochs: int
    settings: dict[str, Any]


def chosen(stream: Stream) -> Chosen:
    """Show the parameters."""
    target, features = _columns(stream)
    window = st.slider(
        "Window", 1, MOST_WINDOW, 10, key="la_f_window", bind="query-params",
        help="Steps that the network reads to say the next one.",
    )  # fmt: skip
    share = common.share("la_f_share")
    steps = st.slider(
        "Steps ahead", 1, MOST_AHEAD, 12, key="la_f_ahead", bind="query-params",
        help="How far beyond the end of the series: each forecast becomes the newest value of "
        "the next window.",
    )  # fmt: skip
    st.caption("NETWORK")
    learns = st.segmented_control(
        "It learns", list(LEARNS), default="the change", required=True, key="la_f_learns",
        bind="query-params",
        help="The next value itself, or how far it lies from the last one of the window. A "
        "network that was only shown small values does not know how to say larger ones: where "
        "there is a trend, the change is the better question.",
    )  # fmt: skip
    layers = st.slider("LSTM layers", 1, 3, 2, key="la_f_layers", bind="query-params")
    units = st.select_slider(
        "Units", UNITS, 32, key="la_f_units", bind="query-params",
        help="Cells in each layer.",
    )  # fmt: skip
    dropout = st.slider(
        "Dropout", 0.0, 0.6, 0.0, 0.1, key="la_f_dropout", bind="query-params",
        help="Share of the inputs of each layer that are left out at random while it learns.",
    )  # fmt: skip
    epochs = st.slider(
        "Epochs", 1, MOST_EPOCHS, 40, key="la_f_epochs", bind="query-params",
        help="How often all windows are seen. More epochs go on with what is trained already.",
    )  # fmt: skip
    batch = st.select_slider("Batch", common.BATCHES, 16, key="la_f_batch", bind="query-params")
    rate = st.select_slider("Learning rate", RATES, "0.003", key="la_f_rate", bind="query-params")
    seed = st.slider(
        "Seed", 0, 99, 0, key="la_f_seed", bind="query-params",
        help="Fixes the first weights and the order of the windows.",
    )  # fmt: skip
    settings = {
        "learns": LEARNS[learns], "layers": layers, "units": units, "dropout": dropout,
        "batch": batch, "learning_rate": float(rate), "seed": seed,
    }  # fmt: skip
    return Chosen(target, features, window, share, steps, epochs, settings)


def _columns(stream: Stream) -> tuple[str, tuple[str, ...]]:
    """Show what is forecast, and what is read beside it."""
    channels = list(stream.channels)
    if len(channels) == 1:
        return channels[0], tuple(channels)
    common.fits("la_f_target", channels)
    target = st.selectbox(
        "Value", channels, key="la_f_target", bind="query-params", help="What is forecast.",
        format_func=lambda name: " ".join(str(name).split())[:60],
    )  # fmt: skip
    others = [name for name in channels if name != target]
    if "la_f_beside" in st.session_state:
        known = [name for name in st.session_state["la_f_beside"] if name in others]
        st.session_state["la_f_beside"] = known
    picked = st.multiselect(
        "Read beside it", others, key="la_f_beside", persist_state="session",
        help="Further columns in each window. Beyond the end they are forecast along with it.",
    )  # fmt: skip
    return target, (target, *picked)
