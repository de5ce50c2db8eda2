"""The parameters of the page, and the presets of its two sources."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from clustering.checks import largest_k
from clustering.deep.networks import AT_ONCE, SMALLEST
from clustering.deep.separation import LAMBDAS
from dashboard.neural.deep.door import IMAGES, SAMPLE, TABLE, Ground
from dashboard.ui.room import select

__all__ = [
    "AUTOENCODER", "DEC", "IDEC", "INFORMATION", "METHODS", "N2D", "SEPARATION", "Chosen", "chosen",
]  # fmt: skip

AUTOENCODER, SEPARATION, DEC, IDEC, INFORMATION, N2D = METHODS = (
    "Autoencoder, then clustering", "Separation penalty", "DEC", "IDEC",
    "Information maximisation", "N2D",
)  # fmt: skip

THEN = ("k-means", "Gaussian mixture", "Agglomerative (Ward)", "k-medoids", "Bisecting k-means")
"""What may part the latent space of a plain autoencoder."""

MOST = 30
"""Clusters at most."""
BATCHES = (16, 32, 64, 128, 256, 512)
FEW = 3_000
"""Points up to which small batches are usual, so that there are enough steps."""

AUGMENTS = ("none", "shift and rotate", "noise")

EXPLAINED = {
    AUTOENCODER: "Learn to say each point in a few numbers, then cluster these.",
    SEPARATION: "Reconstruct, and be paid for centres that lie far apart relative to the spread "
    "within their clusters.",
    DEC: "Sharpen the clusters themselves: each point is drawn to the centre that it is already "
    "nearest to. The decoder is dropped.",
    IDEC: "As DEC, but the decoder stays, so that the space cannot tear away from the data.",
    INFORMATION: "Let the cluster tell as much about the point as it can, and stay the same when "
    "the point is changed a little (IMSAT, IIC).",
    N2D: "Lay the latent space out by UMAP, then a Gaussian mixture, the likeliest of several.",
}

PRESETS: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "Four blobs": (
        "Autoencoder, then k-means on four blobs (1,000 x 2, spread 0.6): a linear bottleneck and "
        "a decoder, beside k-means on the points as they are. Learn shows what was wrong.",
        {
            "dc_method": AUTOENCODER, "dc_then": "k-means", "dc_k": 4, "dc_latent": 2,
            "dc_network": "deep", "dc_epochs": 20, "dc_augment": "none", "dc_seed": 0,
        },
    ),
    "Separation penalty": (
        "The penalty as it was meant: a bounded reward for distance between centres relative to "
        "the spread within, lambda as an axis under Views. Learn shows what was wrong.",
        {
            "dc_method": SEPARATION, "dc_k": 4, "dc_latent": 2, "dc_network": "deep",
            "dc_epochs": 20, "dc_steps": 20, "dc_lambda": 0.1, "dc_augment": "none", "dc_seed": 0,
        },
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the sidebar says.

    Attributes
    ----------
    method : str
        One of `METHODS`.
    then : str
        One of `THEN`.
    k : int
        Number of clusters.
    network : str
        Kind of the autoencoder.
    latent : int
        Numbers that a point becomes.
    epochs, steps : int
        Epochs of the autoencoder, and of the method after it.
    augment : str
        What is changed about the points while it learns.
    batch : int
        Points for each step of the optimizer.
    weight : float
        Lambda of the separation penalty, or gamma of IDEC.
    seed : int
        Of all that is random.
    """

    method: str
    then: str
    k: int
    network: str
    latent: int
    epochs: int
    steps: int
    augment: str
    batch: int
    weight: float
    seed: int

    @property
    def trains(self) -> bool:
        """Whether the method goes on training after the autoencoder."""
        return self.method not in (AUTOENCODER, N2D)


def chosen(ground: Ground) -> Chosen:
    """Show the parameters."""
    method = st.selectbox(
        "Method", METHODS, key="dc_method", bind="query-params",
        help="\n".join(f"- **{name}.** {said}" for name, said in EXPLAINED.items()),
    )  # fmt: skip
    then = THEN[0]
    if method == AUTOENCODER:
        then = st.selectbox(
            "Clustering of the latent space", THEN, key="dc_then", bind="query-params"
        )
    k = _number(
        "Number of clusters k", "dc_k", 2, largest_k(ground.dataset, MOST), ground.groups or 4,
        ground,
        "As many as there are known classes, where any are known.",
    )  # fmt: skip
    weight = _weight(method)
    with st.expander("Network", expanded=False):
        network, latent, augment, batch = _network(ground)
    epochs = st.slider(
        "Epochs of the autoencoder", 1, 200, 20, key="dc_epochs", bind="query-params",
        help="How often the network sees every point before the clusters are looked for.",
    )  # fmt: skip
    steps = 20
    if method not in (AUTOENCODER, N2D):
        steps = st.slider(
            "Epochs of the clustering", 1, 200, 20, key="dc_steps", bind="query-params",
            help="How often it then sees every point while the clusters are sharpened.",
        )  # fmt: skip
    seed = st.slider(
        "Seed", 0, 99, 0, key="dc_seed", bind="query-params",
        help="The same seed gives the same network on the same machine.",
    )  # fmt: skip
    return Chosen(method, then, k, network, latent, epochs, steps, augment, batch, weight, seed)


def _network(ground: Ground) -> tuple[str, int, str, int]:
    """Show what the autoencoder is made of, and what is changed about the points."""
    image = ground.kind == IMAGES and min(ground.shape[:2]) >= SMALLEST
    offered = [each for each in AT_ONCE if each != "convolutional" or image]
    usual = "deep"
    if st.session_state.get("dc_network") not in (None, *offered):
        del st.session_state["dc_network"]
    network = st.selectbox(
        "Autoencoder", offered, offered.index(usual), key="dc_network", bind="query-params",
        help="recipe: one layer each way. deep: 128, 64. wide: 500, 500, 2000, as DEC and N2D have "
        "it. convolutional: for images. variational: 256, 64 and a normal distribution.",
    )  # fmt: skip
    latent = _number(
        "Latent size", "dc_latent", 1, min(64, ground.dataset.d), min(10, ground.dataset.d),
        ground, "Numbers that a point becomes; never more than it has.",
    )  # fmt: skip
    changes = [each for each in AUGMENTS if each != "shift and rotate" or image]
    if st.session_state.get("dc_augment") not in (None, *changes):
        del st.session_state["dc_augment"]
    augment = st.selectbox(
        "Changed while it learns", changes, key="dc_augment", bind="query-params",
        help="Augmentation: every epoch sees the points a little shifted and turned, or with noise "
        "on them, and must give the originals back.",
    )  # fmt: skip
    usual_batch = 32 if ground.dataset.n <= FEW else 256
    known, on = st.session_state.get("dc_batch"), "dc_batch_on"
    if known is not None and st.session_state.get(on) not in (None, usual_batch):
        st.session_state["dc_batch"] = usual_batch
    st.session_state[on] = usual_batch
    batch = st.select_slider(
        "Batch", BATCHES, usual_batch, key="dc_batch", bind="query-params",
        help="Points for each step of the optimizer: fewer mean more steps an epoch.",
    )  # fmt: skip
    return network, latent, augment, batch


def _weight(method: str) -> float:
    """Show the one number of a loss that has two parts."""
    if method == SEPARATION:
        return st.select_slider(
            "λ, reward for separation", LAMBDAS, 0.1, key="dc_lambda",
            bind="query-params",
            help="Loss = reconstruction − λ times the mean over pairs of centres of "
            "d² / (d² + s²); 0 is the autoencoder alone.",
        )  # fmt: skip
    if method == IDEC:
        return st.select_slider(
            "γ, weight of the clustering", (0.01, 0.03, 0.1, 0.3, 1.0), 0.1, key="dc_gamma",
            bind="query-params", help="Loss = reconstruction + γ times DEC's; 0.1 in the paper.",
        )  # fmt: skip
    return 0.0


def _number(
    label: str, key: str, low: int, high: int, usual: int, ground: Ground, help: str
) -> int:
    """Show a slider that goes to its usual value with other data; nothing where one is possible."""
    known, on = st.session_state.get(key), f"{key}_on"
    other = st.session_state.get(on) not in (None, (ground.kind, ground.data))
    if known is not None and (other or not low <= known <= high):
        st.session_state[key] = min(max(usual, low), high)
    st.session_state[on] = ground.kind, ground.data
    if low >= high:
        st.caption(f"{label}: only {high} is possible with these data.")
        return high
    return st.slider(
        label, low, high, min(max(usual, low), high), key=key, bind="query-params", help=help
    )


def presets() -> None:
    """Show the buttons that open the examples of the two sources, done as meant."""
    st.caption("PRESETS")
    with st.container(horizontal=True):
        for name, (said, values) in PRESETS.items():
            st.button(name, on_click=_apply, args=(values,), help=said, key=f"dc_preset_{name}")


def _apply(values: Mapping[str, object]) -> None:
    """Open a preset; what it names is then no other than before."""
    select(SAMPLE)
    st.session_state["dc_kind"] = TABLE
    for name, value in values.items():
        st.session_state[name] = value
        st.session_state.pop(f"{name}_on", None)
