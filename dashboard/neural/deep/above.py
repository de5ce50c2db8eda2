"""What stands above the tabs: the map and its replay, the ways side by side, the conclusion."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from clustering.deep.rows import MEASURES
from clustering.figures import Figure
from clustering.figures import deep as figures
from clustering.figures import training as curves
from dashboard import ui
from dashboard.neural.deep import parts, words
from dashboard.neural.deep.parts import Here

__all__ = ["compare", "conclude", "learning", "map_of"]

LATENT, INPUT, RAW, LAYOUT = "Latent space", "Input space", "k-means", "UMAP"
HELP = (
    "The latent space is where the network lays the points, replayed over the epochs. The input "
    "space is that of the prepared columns, with the deep clusters or with those of k-means. "
    "Clusters that share most points have one colour in all of them."
)
WAYS = {
    "yes": ":material/trending_up:", "no": ":material/trending_flat:",
    "worse": ":material/trending_down:",
}  # fmt: skip
"""Where learning led."""
TALL = 360
"""Pixels of a map."""


def map_of(here: Here) -> Callable[[], Figure]:
    """Show the chosen map, and give what draws it."""
    offered = [RAW] if here.found is None else [INPUT, RAW]
    if here.found is not None and here.found.space.startswith(LAYOUT):
        offered.insert(0, LAYOUT)
    if st.session_state.get("dc_map") not in (None, LATENT, *offered):
        del st.session_state["dc_map"]
    which = st.segmented_control(
        "Map", [LATENT, *offered], default=LATENT,
        required=True, key="dc_map", bind="query-params", label_visibility="collapsed", help=HELP,
    )  # fmt: skip
    if which == LATENT and here.trail is not None:
        draw: Callable[[], Figure] = partial(parts.draw_replay, here)
        ui.chart(draw(), "dc_replay", height=TALL)
        return draw
    if which == LATENT:
        which = RAW
        ui.note("No network has laid the points yet: this is k-means, in the input space.")
    drawn = {INPUT: parts.draw_input, RAW: parts.draw_raw, LAYOUT: parts.draw_layout}[which]
    ui.chart(partial(drawn, here), "dc_plane", height=TALL)
    return partial(drawn, here)


def compare(here: Here) -> None:
    """Show one figure of all ways side by side."""
    offered = words.offered(here)
    if st.session_state.get("dc_measure") not in (None, *offered):
        del st.session_state["dc_measure"]
    measure = st.selectbox(
        "Judged by", offered, offered.index(here.measure) if here.measure in offered else 0,
        key="dc_measure", bind="query-params", format_func=MEASURES.__getitem__,
        label_visibility="collapsed",
        help="Against true classes where they are known; or from the inside, in the space of the "
        "input or in that which the network made, which are not to be compared with one another.",
    )  # fmt: skip
    figure = figures.bars(
        here.rows, measure, deep=[row.name for row in here.deep], keep=here.dataset.key
    )
    ui.chart(figure, "dc_bars", height=70 + 34 * max(len(here.rows), 3))
    ui.note(words.about(here))


def conclude(here: Here) -> None:
    """Say whether learning the space helped, and what is wrong with the answer."""
    if here.live:
        st.info("The network is learning; what came of it is judged when it is done or stopped.")
    elif here.verdict is None:
        st.info("What is below needed no training. Press Train to see whether a network helps.")
    else:
        better = st.success if here.verdict.helped == "yes" else st.info
        tell = st.warning if here.alarm else better
        text = ui.literal(f"{here.verdict.sentence} {here.alarm}".strip(), most=900)
        tell(text, icon=WAYS[here.verdict.helped])


def learning(here: Here) -> None:
    """Draw how the loss went."""
    if here.net is None:
        return
    if here.refined and here.found is not None:
        history = {"loss": here.found.history["loss"]}
        wanted, said = here.chosen.steps, here.name
    else:
        history = {"loss": here.net.history["loss"]}
        wanted, said = here.chosen.epochs, "autoencoder"
    ui.chart(
        curves.losses(history, epochs=wanted, y=f"loss, {said}", keep=here.dataset.key),
        "dc_loss", height=150,
    )  # fmt: skip
