"""What the sidebar of the MNIST page asks: which images, which network, how it is trained."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st

from clustering.data import image_sets, samples
from clustering.data.image_sets import ImageSet
from clustering.deep.autoencoder import LOSSES
from clustering.deep.networks import AT_ONCE
from clustering.deep.training import OPTIMIZERS
from dashboard import ui

__all__ = ["DEFAULT", "Chosen", "images", "offers", "parameters", "recipe", "take"]

DEFAULT, CACHED = "digits", "mnist"
"""Ids of the project's own digits, and of MNIST in the cache of Keras."""

LATENT, MOST_EPOCHS = (2, 64), 100
RECIPE = {
    "mn_network": "recipe", "mn_latent": 32, "mn_optimizer": "adam", "mn_epochs": 100,
    "mn_loss": "binary cross-entropy", "mn_batch": 256, "mn_rate": "usual", "mn_seed": 0,
}  # fmt: skip
"""The book's example, but for its optimizer: adadelta no longer means what it did then."""
RATES = ("usual", "0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "10")
BATCHES = (16, 32, 64, 128, 256, 512, 1024)
SIZES = (1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000)
AT_FIRST = 10_000
"""Images that are trained on at first, where there are more."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a network is built and trained.

    Attributes
    ----------
    network, latent, optimizer, learning_rate, loss, batch, seed
        As `clustering.deep.autoencoder.fit` takes them.
    epochs : int
        How often all images are seen.
    most : int or None
        Images that are trained on; None for all.
    """

    network: str
    latent: int
    optimizer: str
    learning_rate: float | None
    loss: str
    batch: int
    seed: int
    epochs: int
    most: int | None

    @property
    def settings(self) -> dict[str, Any]:
        """Every argument of a training but its epochs."""
        return {
            "network": self.network, "latent": self.latent, "optimizer": self.optimizer,
            "learning_rate": self.learning_rate, "loss": self.loss, "batch": self.batch,
            "seed": self.seed,
        }  # fmt: skip


# ---- which images -------------------------------------------------------------------------------
def images() -> ui.Brought[ImageSet]:
    """Show which images there are, and let the user bring others."""
    own = dict(image_sets.SAMPLES)
    if _shelved() is None and _cached() is not None:
        own[CACHED] = "MNIST, from the cache of Keras"
    found = ui.brought(
        "mn", "Images", own=own, make=_made, read=image_sets.read, endings=image_sets.ENDINGS,
        default=DEFAULT, upload="Your own images",
        help="mnist.npz, other NPZ or NPY arrays of images, or a ZIP of pictures of one size, in "
        "a folder for each class.",
    )  # fmt: skip
    with st.sidebar:
        ui.note(*found.content.notes)
        if found.data == DEFAULT and _shelved() is None and _cached() is None:
            ui.note(
                f"MNIST is not at hand: put mnist.npz into the folder named by {samples.VARIABLE}, "
                "or bring it here."
            )
    return found


def _shelved() -> str | None:
    """Give the id of MNIST in the user's folder; None where it is not there."""
    files = samples.shelf(image_sets.ENDINGS)
    return next((id for id, path in files.items() if path.name.lower() == "mnist.npz"), None)


@cache
def _cached() -> ImageSet | None:
    """Give MNIST as the cache of Keras has it, read once."""
    return image_sets.mnist()


def _made(id: str) -> ImageSet:
    """Give one of the sets that need no file of the user's."""
    found = _cached() if id == CACHED else None
    return image_sets.sample(id) if found is None else found


# ---- parameters ---------------------------------------------------------------------------------
def parameters(content: ImageSet) -> Chosen:
    """Show how the network is built and trained."""
    n, d = len(content.places("train")), int(content.pixels[0].size)
    network = st.selectbox(
        "Network", AT_ONCE, index=1, key="mn_network", bind="query-params",
        help="recipe: one layer each way, as in the book. deep: 128 and 64 numbers on the way. "
        "wide: 500, 500 and 2,000. convolutional: filters of 3 by 3 pixels. variational: the "
        "latent space is paid for being without gaps.",
    )  # fmt: skip
    latent = _latent(d)
    optimizer = st.selectbox(
        "Optimizer", list(OPTIMIZERS), key="mn_optimizer", bind="query-params",
        help="adadelta stands at a learning rate of 1.0, as its authors have it: Keras' present "
        "0.001 hardly moves the weights (see Learn).",
    )  # fmt: skip
    rate = st.select_slider(
        "Learning rate", RATES, "usual", key="mn_rate", bind="query-params",
        help="usual: " + ", ".join(f"{name} {value:g}" for name, value in OPTIMIZERS.items()) + ".",
    )  # fmt: skip
    loss = st.selectbox(
        "Loss", list(LOSSES), key="mn_loss", bind="query-params",
        help="What a wrong pixel costs. The cross-entropy takes grey as a probability; the "
        "squared error is what the figures on the page measure.",
    )  # fmt: skip
    epochs = st.slider(
        "Epochs", 1, MOST_EPOCHS, 30 if n <= AT_FIRST else 20, key="mn_epochs", bind="query-params",
        help="How often all images are seen. More epochs go on with what is trained already.",
    )  # fmt: skip
    batch = st.select_slider(
        "Batch", BATCHES, 32, key="mn_batch", bind="query-params",
        help="Images for each step downhill. Larger ones make an epoch faster, and more epochs "
        "necessary.",
    )  # fmt: skip
    most = None
    if n > SIZES[0]:
        sizes = [size for size in SIZES if size < n] + [n]
        if st.session_state.get("mn_most") not in (None, *sizes):
            st.session_state["mn_most"] = min(n, AT_FIRST)
        picked = st.select_slider(
            "Training images", sizes, min(n, AT_FIRST), key="mn_most", bind="query-params",
            format_func=lambda size: f"{size:,}",
            help="Drawn once from the training part. Fewer train faster.",
        )  # fmt: skip
        most = None if picked == n else picked
    seed = st.slider(
        "Seed", 0, 99, 0, key="mn_seed", bind="query-params",
        help="Fixes the first weights and the order of the images.",
    )  # fmt: skip
    learning_rate = None if rate == "usual" else float(rate)
    return Chosen(network, latent, optimizer, learning_rate, loss, batch, seed, epochs, most)


def _latent(d: int) -> int:
    """Show how many numbers an image becomes; small images open on fewer."""
    low, high = LATENT[0], min(LATENT[1], d)
    usual = max(low, min(32, d // 8))
    known = st.session_state.get("mn_latent")
    other = st.session_state.get("mn_latent_on") not in (None, d)
    if known is not None and (other or not low <= known <= high):
        st.session_state["mn_latent"] = usual
    st.session_state["mn_latent_on"] = d
    return st.slider(
        "Latent size", low, high, usual, key="mn_latent", bind="query-params",
        help=f"Numbers that the {d:,} of an image have to pass through.",
    )  # fmt: skip


def recipe() -> None:
    """Show the button that opens the book's own example."""
    shelved = _shelved()
    data = shelved or (CACHED if _cached() is not None else DEFAULT)

    def apply() -> None:
        ui.choose_brought("mn", data)
        take(RECIPE)
        st.session_state["mn_latent_on"] = None

    st.caption("PRESET")
    st.button(
        "recipe", on_click=apply, key="mn_recipe",
        help="The book's own example: 784 - 32 - 784, a batch of 256, 100 epochs; with adam. Its "
        "adadelta meant a learning rate of 1.0, and means 0.001 today, which learns next to "
        "nothing: see Learn, or choose adadelta, which stands at 1.0 here.",
    )  # fmt: skip
    if data == DEFAULT:
        ui.note("MNIST is not at hand, so that the project's own digits stand in.")


def offers(name: str, value: object) -> bool:
    """Say whether a widget has a value among what it offers."""
    offered: dict[str, object] = {
        "mn_network": AT_ONCE, "mn_latent": range(LATENT[0], LATENT[1] + 1), "mn_loss": LOSSES,
        "mn_optimizer": OPTIMIZERS, "mn_batch": BATCHES, "mn_seed": range(100), "mn_rate": RATES,
        "mn_epochs": range(1, MOST_EPOCHS + 1),
    }  # fmt: skip
    return value in offered[name]  # type: ignore[operator]


def take(values: Mapping[str, object]) -> None:
    """Let widgets show other values; to be called from a callback."""
    for name, value in values.items():
        st.session_state[name] = value
