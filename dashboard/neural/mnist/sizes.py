"""Every latent size: what is lost, and how well the clusters fit."""

import numpy as np
import pandas as pd
import streamlit as st

from clustering.deep import latent_sizes
from clustering.deep.latent_sizes import LatentSizes
from clustering.figures import training
from dashboard import ui
from dashboard.neural.mnist.parts import Ground, Here, part_of

__all__ = ["latent_size", "trained"]

FEW, EPOCHS = 5_000, 30
"""Images and epochs of these trainings, at most: six networks in the time of one."""


def latent_size(here: Here) -> None:
    """Train a network for each latent size, when asked, and draw what each loses."""
    found = trained(here, "mn_sizes")
    if found is None:
        return
    axis = found.axis

    def arrive(click: ui.Click) -> None:
        nearest = axis.values[np.abs(np.log2(axis.values) - click.x).argmin()]
        st.session_state["mn_latent"] = int(nearest)

    left, right = st.columns([1.35, 1], gap="large")
    with left:
        figure = training.sizes(
            axis, here.model.latent, mean_error=found.mean_error, keep=here.ground.train.key
        )
        ui.chart(figure, "mn_latent_sizes", height=360, on_click=arrive)
        ui.note("A click takes that size into the sidebar.", *axis.notes.values())
    with right:
        names = ("error", "pca_error", "accuracy", "nmi", "ari")
        titles = dict(zip(names, ("error", "PCA", "accuracy", "NMI", "ARI"), strict=True))
        frame = pd.DataFrame({"numbers": axis.values.astype(int)})
        for name in names:
            if np.isfinite(axis.curves[name]).any():
                unit = 100.0 if name == "accuracy" else 1.0
                frame[titles[name]] = unit * axis.curves[name]
        decimals = st.column_config.NumberColumn
        st.dataframe(
            frame, hide_index=True,
            column_config={"error": decimals(format="%.4f"), "PCA": decimals(format="%.4f"),
                           "accuracy": decimals(format="%.1f %%"),
                           "NMI": decimals(format="%.3f"), "ARI": decimals(format="%.3f")},
        )  # fmt: skip
        ui.note(
            f"Networks of {found.epochs} epochs on {few(here.ground):,} images, clusters by "
            "k-means. What passes is one thing and what clusters another: the best size for one "
            "is seldom the best for the other."
        )


def trained(here: Here, key: str) -> LatentSizes | None:
    """Give a network for each latent size, once they were asked for."""
    ground, chosen = here.ground, here.ground.chosen
    asked = st.session_state.setdefault("mn_asked_sizes", set())
    kind = chosen.network, chosen.optimizer, chosen.loss, ground.images.key
    if kind not in asked:
        sizes = [size for size in latent_sizes.SIZES if size <= ground.train.d]
        ui.note(
            f"One {chosen.network} network each for {', '.join(map(str, sizes))} numbers, "
            f"{epochs(here)} epochs on {few(ground):,} images."
        )
        st.button("Train them", key=f"{key}_train", on_click=lambda: asked.add(kind))
        return None
    dataset = ui.computed(part_of, ground.images, part="train", most=few(ground))
    return ui.computed(
        latent_sizes.train, dataset, k=max(len(ground.images.classes), 2), network=chosen.network,
        shape=ground.shape, truth=ground.images.truth(dataset), optimizer=chosen.optimizer,
        learning_rate=chosen.learning_rate, loss=chosen.loss, epochs=epochs(here),
        batch=chosen.batch, seed=chosen.seed, validation=ground.test,
    )  # fmt: skip


def few(ground: Ground) -> int:
    """Give how many images these networks are trained on."""
    return min(ground.train.n, FEW)


def epochs(here: Here) -> int:
    """Give how often these networks see them."""
    return min(here.ground.chosen.epochs, EPOCHS)
