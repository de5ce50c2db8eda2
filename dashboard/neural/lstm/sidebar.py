"""The network and the clustering, as the sidebar of the page asks for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from clustering.checks import largest_k
from clustering.dataset import Dataset
from clustering.deep import over_k
from dashboard import ui

__all__ = ["DEC", "IDEC", "METHODS", "Chosen", "chosen", "preset"]

DEC, IDEC = "DEC", "IDEC"
REFINED = {
    DEC: "k-means, then sharpened: each series is drawn to the centre that it is nearest to",
    IDEC: "as DEC, but the decoder stays, so that the space cannot tear away from the series",
}
METHODS = (*over_k.METHODS, *REFINED)
"""What parts the latent space."""

DECODERS = ("dense", "lstm")
BATCHES = (4, 8, 16, 32, 64, 128, 256)
RATES = (0.0003, 0.001, 0.002, 0.003, 0.01)
LARGEST = 10
"""Largest k at first."""
MOST = 20

RECIPE: Mapping[str, object] = {
    "ls_layers": 1, "ls_units": 50, "ls_dropout": 0.0, "ls_both": False, "ls_decoder": "lstm",
}  # fmt: skip
"""The network of the source: LSTM(50)."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the sidebar says of network and clustering.

    Attributes
    ----------
    method : str
        One of `METHODS`.
    k_max : int
        Where the axis ends.
    epochs, steps : int
        Epochs of the autoencoder, and of the refinement after it.
    layers, units, dropout, bidirectional, decoder, latent, batch, learning_rate, seed
        As `clustering.deep.autoencoder.fit` takes them.
    """

    method: str
    k_max: int
    epochs: int
    steps: int
    layers: int
    units: int
    dropout: float
    bidirectional: bool
    decoder: str
    latent: int
    batch: int
    learning_rate: float
    seed: int

    @property
    def refines(self) -> bool:
        """Whether something is trained after the autoencoder."""
        return self.method in REFINED

    @property
    def on_axis(self) -> str:
        """The method of the axis: k-means where it is refined."""
        return over_k.KMEANS if self.refines else self.method

    @property
    def settings(self) -> dict[str, Any]:
        """Every argument of a training of the autoencoder but its epochs."""
        return {
            "network": "lstm", "latent": self.latent, "layers": self.layers, "units": self.units,
            "dropout": self.dropout, "bidirectional": self.bidirectional, "decoder": self.decoder,
            "batch": self.batch, "learning_rate": self.learning_rate, "seed": self.seed,
        }  # fmt: skip


def chosen(dataset: Dataset) -> Chosen:
    """Show the parameters of network and clustering."""
    method = st.selectbox(
        "Clustering of the latent space", METHODS, key="ls_method", bind="query-params",
        help="\n".join(
            ["- **k-means** and the others part the latent space as it is."]
            + [f"- **{name}.** {said}." for name, said in REFINED.items()]
        ),
    )  # fmt: skip
    steps = 20
    if method in REFINED:
        steps = st.slider(
            "Epochs of the sharpening", 1, 100, 20, key="ls_steps", bind="query-params",
            help="How often the network sees every series while the clusters are sharpened.",
        )  # fmt: skip
    epochs = st.slider(
        "Epochs", 1, 300, 40, key="ls_epochs", bind="query-params",
        help="How often the network sees every series. More go on with what is trained already.",
    )  # fmt: skip
    with st.expander("Network", key="ls_network"):
        network = _network(dataset)
    most = largest_k(dataset, MOST)
    k_max = min(LARGEST, most)
    if most > 2:
        if st.session_state.get("ls_most", 2) > most:
            st.session_state["ls_most"] = most
        k_max = ui.largest_k("ls", k_max, most=most)
    return Chosen(method=method, k_max=k_max, epochs=epochs, steps=steps, **network)


def _network(dataset: Dataset) -> dict[str, Any]:
    """Show what the autoencoder is made of and how it learns."""
    latent_most = min(32, dataset.d)
    if st.session_state.get("ls_latent", 1) > latent_most:
        st.session_state["ls_latent"] = latent_most
    return {
        "layers": st.slider(
            "LSTM layers", 1, 4, 1, key="ls_layers", bind="query-params",
            help="Each layer reads what the one before it says at every step.",
        ),
        "units": st.slider(
            "Units", 8, 128, 32, key="ls_units", bind="query-params",
            help="Cells of a layer, each with three gates and a memory of its own (see Learn).",
        ),
        "latent": st.slider(
            "Latent size", 1, latent_most, min(8, latent_most), key="ls_latent",
            bind="query-params", help="Numbers that a series becomes.",
        ) if latent_most > 1 else 1,
        "decoder": st.selectbox(
            "Decoder", DECODERS, key="ls_decoder", bind="query-params",
            help="What tells the series again from its numbers: full layers, which learn "
            "quickly, or another LSTM, step by step.",
        ),
        "bidirectional": st.toggle(
            "Read both ways", key="ls_both", bind="query-params",
            help="The encoder also reads every series from its end.",
        ),
        "dropout": st.slider(
            "Dropout", 0.0, 0.8, 0.0, 0.1, key="ls_dropout", bind="query-params",
            help="Share of what a layer hears that is left out while it learns.",
        ),
        "batch": st.select_slider(
            "Batch", BATCHES, _batch(dataset.n), key="ls_batch", bind="query-params",
            help="Series for each step of the optimizer; fewer mean more steps an epoch.",
        ),
        "learning_rate": st.select_slider(
            "Learning rate", RATES, 0.002, key="ls_rate", bind="query-params",
        ),
        "seed": st.slider(
            "Seed", 0, 99, 0, key="ls_seed", bind="query-params",
            help="The same seed gives the same network on the same machine.",
        ),
    }  # fmt: skip


def _batch(n: int) -> int:
    """Give the usual batch, with some ten steps an epoch; once, so that a slider stays put."""
    usual = next((size for size in BATCHES if n <= 12 * size), BATCHES[-1])
    known, on = st.session_state.get("ls_batch"), "ls_batch_on"
    if known is not None and st.session_state.get(on) not in (None, usual):
        st.session_state["ls_batch"] = usual
    st.session_state[on] = usual
    return usual


def preset() -> None:
    """Show the button that opens the source's own scenario."""

    def apply() -> None:
        ui.choose_brought("ls", "digits")
        for name, value in RECIPE.items():
            st.session_state[name] = value

    st.caption("PRESET")
    st.button(
        "recipe", on_click=apply, key="ls_recipe",
        help="The source's own scenario: digits as sequences of rows, an LSTM of 50 units. Its "
        "softmax on the known classes stands under Labels.",
    )  # fmt: skip
