"""The same deep way with several seeds: how much of its answer is luck."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from clustering.deep import seeds
from clustering.deep.rows import Row
from dashboard import ui
from dashboard.neural.deep.parts import SEEDS, Here
from dashboard.neural.deep.sidebar import (
    AUTOENCODER,
    DEC,
    IDEC,
    INFORMATION,
    N2D,
    SEPARATION,
    THEN,
    Chosen,
)

__all__ = ["known", "repeat"]

MODULES = {
    AUTOENCODER: "latent_kmeans", SEPARATION: "separation", DEC: "dec", IDEC: "idec",
    INFORMATION: "information", N2D: "n2d",
}  # fmt: skip


def repeat(here: Here) -> None:
    """Offer to train the whole way anew with other seeds."""
    chosen = here.chosen
    if chosen.then != THEN[0]:
        return
    if not _asked(here):
        epochs = chosen.epochs + (chosen.steps if chosen.trains else 0)
        st.button(
            f"Train with {SEEDS} seeds", on_click=_ask, args=(here,),
            help=f"{SEEDS} trainings of {epochs} epochs, autoencoder included; mean and spread "
            "then stand above, as those of the plain ways do.",
        )  # fmt: skip


def known(here: Here) -> Row | None:
    """Give the row over several seeds, once it was asked for."""
    chosen = here.chosen
    if here.live or chosen.then != THEN[0] or not _asked(here):
        return None
    return ui.computed(
        seeds.over_seeds, here.dataset, method=MODULES[chosen.method], k=chosen.k,
        latent=chosen.latent, network=chosen.network, pretraining=chosen.epochs,
        autoencoder={
            "shape": here.ground.shape, "batch": chosen.batch, "augment": chosen.augment,
        },
        settings=settings(chosen), seeds=SEEDS, truth=here.ground.truth,
        name=here.name,
    )  # fmt: skip


def settings(chosen: Chosen) -> Mapping[str, Any]:
    """Give what a method is told beside its model, its data and its seed."""
    if not chosen.trains:
        return {}
    more: dict[str, Any] = {"epochs": chosen.steps, "batch": chosen.batch}
    # Information maximisation has nothing to hold on to without variants of the points.
    variants = chosen.method == INFORMATION and chosen.augment == "none"
    more["augment"] = "noise" if variants else chosen.augment
    if chosen.method == SEPARATION:
        more["strength"] = chosen.weight
    if chosen.method == IDEC:
        more["gamma"] = chosen.weight
    return more


def _asked(here: Here) -> bool:
    return bool(st.session_state.get("dc_seeds") == _what(here))


def _ask(here: Here) -> None:
    st.session_state["dc_seeds"] = _what(here)


def _what(here: Here) -> tuple[str, Chosen]:
    """Give what is repeated: whatever changes it asks anew."""
    return here.dataset.key, here.chosen
