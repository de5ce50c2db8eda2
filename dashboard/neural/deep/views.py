"""The Views tab: all figures of all ways, the losses, lambda as an axis, other seeds."""

import streamlit as st

from clustering.figures import training as curves
from dashboard import ui
from dashboard.neural.deep import penalties, repeating, words
from dashboard.neural.deep.parts import WAITING, Here
from dashboard.neural.deep.sidebar import SEPARATION

__all__ = ["views"]

PARTS = {
    "clusters_loss": "clusters", "apart_loss": "not apart", "decoder_loss": "way back",
}  # fmt: skip
"""Parts of losses, by the names that Keras gives them, and what they are of."""


def views(here: Here) -> None:
    """Show what does not stand above."""
    st.markdown("**All ways, all figures**")
    st.dataframe(words.table(here.rows), hide_index=True, height="content")
    ui.note(
        "Mean ± standard deviation over the seeds. A silhouette in the latent space is measured "
        "where the network itself laid the points; only those in the input space can be compared "
        "with ways that learned nothing."
    )
    if here.found is None or here.live:
        ui.note(WAITING if here.live else "There is no network yet: press Train.")
        return
    repeating.repeat(here)
    if here.refined:
        losses(here)
    if here.chosen.method == SEPARATION:
        penalties.axis(here)


def losses(here: Here) -> None:
    """Draw the losses of both trainings, of which only the second stands above."""
    found = here.found
    assert found is not None
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**Loss of the autoencoder**")
        ui.chart(
            curves.losses(
                dict(found.model.history), epochs=found.model.epochs, keep=found.model.key
            ),
            "dc_loss_model", height=240,
        )  # fmt: skip
    with right:
        st.markdown(f"**Loss of {here.name}**")
        known = found.history
        history = {"all": known["loss"]} | {
            said: known[name] for name, said in PARTS.items() if name in known
        }
        ui.chart(
            curves.losses(history, epochs=found.epochs, keep=found.key), "dc_loss_found",
            height=240,
        )  # fmt: skip
