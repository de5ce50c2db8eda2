"""Lambda as an axis: what the separation penalty makes of the data, from none to much."""

import numpy as np
import streamlit as st

from clustering.axis import FittedAxis
from clustering.deep import separation
from clustering.figures import axis as figures
from dashboard import ui
from dashboard.neural.deep.parts import Here

__all__ = ["axis"]

CURVES = {
    "separation": "separation reached",
    "error": "reconstruction error",
    "silhouette": "silhouette, input space",
    "silhouette_latent": "silhouette, latent space",
    "accuracy": "accuracy",
}
"""What is measured along lambda, and how a table calls it."""


def axis(here: Here) -> None:
    """Offer to train for each lambda, and show what came of it."""
    st.markdown("**λ as an axis**: the same autoencoder, gone on with once for each λ")
    chosen, net = here.chosen, here.net
    assert net is not None
    asked = (here.dataset.key, net.key, chosen.k, chosen.steps, chosen.seed, chosen.batch)
    if st.session_state.get("dc_lambdas") != asked:
        epochs = f"{len(separation.LAMBDAS)} trainings of {chosen.steps} epochs"
        st.button(
            "Train for every λ", on_click=st.session_state.update, args=({"dc_lambdas": asked},),
            help=f"{epochs} each, from the autoencoder on this page.",
        )  # fmt: skip
        return
    with ui.explained():
        found = ui.computed(
            separation.axis, here.dataset, model=net, k=chosen.k, truth=here.ground.truth,
            epochs=chosen.steps, batch=chosen.batch, seed=chosen.seed,
        )  # fmt: skip
    _shown(here, found)


def _shown(here: Here, found: FittedAxis) -> None:
    """Draw the axis, and what was measured along it; a click goes to that lambda."""
    left = "accuracy" if np.isfinite(found.curves["accuracy"]).all() else "silhouette"
    one, two = st.columns([1.2, 1], gap="medium")
    with one:
        figure = figures.curves(
            found, here.chosen.weight, left=left, right="separation", keep=here.dataset.key
        )
        ui.chart(figure, "dc_lambda_axis", height=260, on_click=lambda click: _go(found, click))
        ui.note(found.notes["silhouette"])
    with two:
        table = {"λ": [f"{value:g}" for value in found.values]}
        for name, said in CURVES.items():
            if np.isfinite(found.curves[name]).any():
                table[said] = [ui.number(value, 3) for value in found.curves[name]]
        st.dataframe(table, hide_index=True, height="content")
        ui.note(
            "λ = 0 is the autoencoder, trained on. More of it lays clusters apart in the network's "
            "own space; whether they are the right ones the other columns say."
        )


def _go(found: FittedAxis, click: ui.Click) -> None:
    """Take the lambda nearest to a click."""
    st.session_state["dc_lambda"] = float(found.values[np.abs(found.values - click.x).argmin()])
