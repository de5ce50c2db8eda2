"""The way between two images: what stands halfway in the latent space."""

import numpy as np
import streamlit as st

from clustering.deep import traverse
from clustering.figures import digits
from dashboard import ui
from dashboard.neural.mnist.parts import Here

__all__ = ["between"]

STEPS = 21
EVERY = 2
"""Of the steps that the row shows."""


def between(here: Here) -> None:
    """Choose two images, and go from one to the other."""
    left, right = st.columns(2)
    with left:
        a = one_end(here, "mn_from", "From", default=0)
    with right:
        b = one_end(here, "mn_to", "To", default=1)
    points = here.ground.looked.points
    way = ui.computed(traverse.between, here.model, a=points[a], b=points[b], steps=STEPS)
    walk(here, way, (a, b))


def one_end(here: Here, key: str, label: str, *, default: int) -> int:
    """Show how one end is chosen: its class, and which of its images; give its place."""
    ground = here.ground
    drawn = ui.recall(f"{key}_draw", low=0, high=999) or 0
    truth, classes = ground.truth, ground.images.classes
    mine = np.arange(ground.looked.n)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if truth is not None and len(classes) > 1:
            there = [name for place, name in enumerate(classes) if (truth == place).any()]
            usual = min(3 + 5 * default, len(there) - 1) if len(there) > 3 else default
            if st.session_state.get(key) not in (None, *there):
                del st.session_state[key]
            named = st.selectbox(
                label, there, index=min(usual, len(there) - 1), key=key, bind="query-params",
            )  # fmt: skip
            mine = np.flatnonzero(truth == classes.index(named))
        st.button(
            "Another", key=f"{key}_another",
            on_click=lambda: ui.remember(f"{key}_draw", (drawn + 1) % 1000),
        )  # fmt: skip
    return int(np.random.default_rng([default, drawn]).choice(mine))


@st.fragment
def walk(here: Here, way: np.ndarray, ends: tuple[int, int]) -> None:
    """Show one place on the way, which the slider moves; it alone is drawn anew."""
    share = st.slider(
        "Way", 0, 100, 50, 100 // (STEPS - 1), key="mn_way", bind="query-params", format="%d %%",
        help="A straight line from one code to the other; each place on it is decoded.",
    )  # fmt: skip
    place = round(share * (STEPS - 1) / 100)
    ground, points = here.ground, here.ground.looked.points
    shown = np.stack([points[ends[0]], way[0], way[place], way[-1], points[ends[1]]])
    captions = ["image", "decoded", f"{share} % of the way", "decoded", "image"]
    figure = digits.grid(
        shown, shape=ground.shape, captions=captions, across=5, chosen=2,
        alt=f"From class {ground.class_of(ends[0])} to class {ground.class_of(ends[1])}, "
        f"{share} % of the way.", keep=(here.model.key,),
    )  # fmt: skip
    ui.chart(figure, "mn_between", height=210)
    few = np.arange(0, STEPS, EVERY)
    row = digits.grid(
        way[few], shape=ground.shape, across=len(few),
        captions=[f"{100 * i // (STEPS - 1)} %" for i in few.tolist()],
        chosen=int(np.abs(few - place).argmin()), alt="The whole way, step by step.",
        keep=(here.model.key,),
    )  # fmt: skip
    ui.chart(row, "mn_row", height=120)
    ui.note(
        "Where the latent space has gaps, what stands halfway looks like nothing that was ever "
        "written; a variational network is paid for having none."
    )
