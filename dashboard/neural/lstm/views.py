"""The Views tab: the latent map with the series on hover, reconstructions, the worst of them."""

import numpy as np
import streamlit as st

from clustering.data.sequences.padding import series_of
from clustering.dataset import Dataset, Floats, Integers
from clustering.deep import embedding
from clustering.deep.points import errors_of
from clustering.figures import Figure, latent
from clustering.figures import series as figures
from clustering.figures.series import Panel
from clustering.figures.series_map import latent_map
from clustering.geometry import projection
from dashboard import ui
from dashboard.neural.lstm import above
from dashboard.neural.lstm.parts import Here, members

__all__ = ["views"]

SHOWN = 9
"""Reconstructions that are drawn at once."""
COLOURS = ("cluster", "class")


def views(here: Here, which: int) -> None:
    """Show what does not stand above."""
    back = ui.computed(embedding.reconstructed, here.dataset, model=here.model)
    errors = errors_of(here.dataset.points, back)
    left, right = st.columns([1, 1.1], gap="large")
    with left:
        st.markdown("**The latent space**: a point a series, which is drawn when pointed at")
        _map(here, back, which)
    with right:
        st.markdown("**Originals and reconstructions**")
        _retold(here, back, errors, which)
    st.markdown("**Error of each**, the worst first")
    _worst(here, errors)


# ---- the map ------------------------------------------------------------------------------------
def flat(dataset: Dataset) -> tuple[Floats, tuple[str, str]]:
    """Lay the latent space flat, by its two directions of greatest spread."""
    view = projection.view(dataset, columns=None)
    return view.points, view.axes


def _map(here: Here, back: Floats, which: int) -> None:
    """Draw the codes; one that is pointed at shows its series."""
    ground, colour = here.ground, COLOURS[0]
    if ground.truth is not None:
        colour = st.segmented_control(
            "Colours", COLOURS, default=COLOURS[0], required=True, key="ls_colour",
            bind="query-params", label_visibility="collapsed",
        )  # fmt: skip
    laid, axes = ui.computed(flat, here.latent)
    some = latent.some(len(laid), most=1_500)
    ui.chart(_drawn(here, back, which, colour, laid, some, axes), "ls_map", height=430)
    ui.beside_pointer("ls_map", "lines", "dashed: what the network makes of it")


def _drawn(
    here: Here, back: Floats, which: int, colour: str, laid: Floats, some: Integers,
    axes: tuple[str, str],
) -> Figure:  # fmt: skip
    ground, truth = here.ground, here.ground.truth
    by_class = colour == COLOURS[1] and truth is not None
    labels = truth[some] if by_class and truth is not None else here.partition.labels[some]
    originals = series_of(here.dataset.points[some], ground.shape)
    told = back[some].reshape(len(some), *ground.shape)
    return latent_map(
        laid[some], labels, axes=axes, names=[ground.name_of(i) for i in some.tolist()],
        groups=ground.classes if by_class else here.names,
        numbers=np.arange(len(ground.classes)) if by_class else here.numbers,
        lines=(
            [each[:, which] for each in originals],
            [told[i, : len(each), which] for i, each in enumerate(originals)],
        ),
        of=here.dataset.n, member=ground.member, what=colour,
        keep=(here.model.key, here.dataset.key),
    )  # fmt: skip


# ---- reconstructions ----------------------------------------------------------------------------
def _retold(here: Here, back: Floats, errors: Floats, which: int) -> None:
    """Draw some series, and over them what comes out of the network."""
    how = st.segmented_control(
        "Which", ("evenly chosen", "the worst", "the best"), default="evenly chosen",
        required=True, key="ls_retold", bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    order = np.argsort(-errors, kind="stable")
    if how == "evenly chosen":
        order = np.unique(np.linspace(0, here.dataset.n - 1, SHOWN).astype(np.int64))
    few = (order[::-1] if how == "the best" else order)[:SHOWN].tolist()
    originals = series_of(here.dataset.points[few], here.ground.shape)
    told = back[few].reshape(len(few), *here.ground.shape)
    rows = [
        Panel(
            f"{here.dataset.name_of(i)}: {errors[i]:.3f}",
            here.shade(int(here.partition.labels[i])), [original[:, which]],
            [here.ground.name_of(i)], told[place, : len(original), which],
            said="reconstruction", dash="dash",
        )
        for place, (i, original) in enumerate(zip(few, originals, strict=True))
    ]  # fmt: skip
    figure = figures.panels(
        rows, y=above.unit(here.ground, which), keep=(here.dataset.key, how, which),
        alt=f"{members(len(few), here.ground.member)}, {how}, with their reconstructions; mean "
        f"squared error from {errors[few].min():.3f} to {errors[few].max():.3f}.",
        note="Dashed: the reconstruction. Behind the name its mean squared error.",
    )  # fmt: skip
    ui.chart(figure, "ls_retold_chart", height=430)


def _worst(here: Here, errors: Floats) -> None:
    """List the series that come back worst."""
    order = np.argsort(-errors, kind="stable")[:100]
    columns = {
        "cluster": (np.array([here.called(each) for each in here.partition.labels.tolist()]), "",
                    None),
        "error": (errors, "Mean squared error of a value on the prepared scale.", "%.4f"),
    }  # fmt: skip
    truth = here.ground.truth
    if truth is not None:
        named = np.array([*here.ground.classes, "–"])
        columns["class"] = (named[truth], "", None)
    ui.rows(here.dataset, order, columns)
