"""What stands above the tabs: the series of each cluster, the curves over k, what is learned."""

import math

import numpy as np
import streamlit as st

from clustering.dataset import Dataset, Floats, Integers
from clustering.deep import embedding
from clustering.deep.model import Model
from clustering.figures import Figure, colors
from clustering.figures import axis as curves
from clustering.figures import series as figures
from clustering.figures import training as losses
from clustering.figures.series import Panel
from clustering.partition import Labels
from clustering.progress import Report, silent
from clustering.series import barycentres
from dashboard import ui
from dashboard.neural.lstm import effort
from dashboard.neural.lstm.parts import Ground, Here, members

__all__ = ["channel", "curve", "draw", "learning", "loss", "multiples"]

TALL, ROW = 520, 150
"""Pixels of the panels in all, and of one row of them at least."""


def channel(ground: Ground) -> int:
    """Show which of several channels is drawn."""
    names = ground.sequences.channels
    if len(names) < 2:
        return 0
    if st.session_state.get("ls_channel") not in (None, *names):
        del st.session_state["ls_channel"]
    if len(names) <= 4:
        picked = st.segmented_control(
            "Channel", names, default=names[0], required=True, key="ls_channel",
            bind="query-params", label_visibility="collapsed",
            format_func=lambda name: ui.literal(name, most=40),
        )  # fmt: skip
    else:
        picked = st.selectbox(
            "Channel", names, key="ls_channel", bind="query-params", label_visibility="collapsed"
        )
    return names.index(picked)


# ---- the series of each cluster -----------------------------------------------------------------
def middles(
    dataset: Dataset,
    *,
    labels: Labels,
    shape: tuple[int, int],
    kind: barycentres.Kind,
    report: Report = silent,
) -> tuple[tuple[Floats, ...], tuple[barycentres.Band, ...]]:
    """Give the barycentre and the band of each cluster."""
    centers = barycentres.of_clusters(dataset, labels, shape=shape, kind=kind, report=report)
    return centers, barycentres.bands(dataset, labels, shape=shape)


def unit(ground: Ground, which: int) -> str:
    """Say what is drawn: the channel, and that it was scaled."""
    name = ground.sequences.channels[which]
    return name if ground.preparation.choices.scaling == "none" else f"{name}, scaled"


def draw(here: Here, which: int) -> Figure:
    """Draw the series of each cluster with their barycentre and the band of their middle."""
    ground, partition = here.ground, here.partition
    kind: barycentres.Kind = "dba" if effort.averaged(here.dataset, ground.shape) else "mean"
    centers, bands = ui.computed(
        middles, here.dataset, labels=partition.labels, shape=ground.shape, kind=kind
    )
    series = ground.series
    rows = []
    for cluster in range(here.k):
        mine = np.flatnonzero(partition.labels == cluster).tolist()
        known = cluster < len(centers) and len(centers[cluster]) > 0
        rows.append(
            Panel(
                title=f"{here.called(cluster)} · {len(mine):,}",
                shade=here.shade(cluster),
                lines=[series[i][:, which] for i in mine],
                names=[ground.name_of(i) for i in mine],
                center=centers[cluster][:, which] if known else None,
                low=bands[cluster].low[:, which] if known else None,
                high=bands[cluster].high[:, which] if known else None,
            )
        )
    told = ", ".join(f"{row.title.replace(' · ', ' with ')}" for row in rows)
    said = members(2, ground.member).partition(" ")[2]
    return figures.panels(
        rows, y=unit(ground, which), across=across(len(rows)), keep=(here.dataset.key, which),
        alt=f"The {said} of each cluster with their barycentre: {told}.",
        note=f"Black or white: the {barycentres.KINDS[kind]}. Band: where the middle 80 % of "
        f"the {said} lie that last to a step.",
    )  # fmt: skip


def across(n: int) -> int:
    """Give how many panels stand in a row."""
    return 2 if n in (2, 4) else min(n, 3) if n <= 9 else 4


def multiples(here: Here, which: int) -> None:
    """Show the panels; a click marks nothing, names are given under Clusters."""
    rows = math.ceil(here.k / across(here.k))
    ui.chart(draw(here, which), "ls_panels", height=max(TALL, ROW * rows))


# ---- the axis -----------------------------------------------------------------------------------
def curve(here: Here) -> None:
    """Draw both silhouettes over k; a click moves the slider."""
    axis = here.axis
    lines = {
        "latent space": (axis.values, axis.curves["silhouette"]),
        "DTW distance": (axis.values, axis.curves["silhouette_dtw"]),
    }
    figure = curves.together(
        lines, here.stood.value, parameter="k", y="silhouette", keep=here.dataset.key
    )
    ui.chart(figure, "ls_axis", height=225, on_click=here.stood.move if here.stood.free else None)


# ---- while it learns ----------------------------------------------------------------------------
def learning(ground: Ground, net: Model | None, which: int) -> None:
    """Draw a few series, and over them what the network makes of them so far."""
    few = _few(ground)
    lines = [ground.series[i][:, which] for i in few]
    back: list[Floats | None] = [None] * len(few)
    epochs = "before training"
    if net is not None:
        some = Dataset.from_points(ground.dataset.points[few], metric=ground.dataset.metric)
        found = ui.computed(embedding.reconstructed, some, model=net)
        steps = found.reshape(len(few), *ground.shape)
        back = [steps[i, : len(line), which] for i, line in enumerate(lines)]
        epochs = f"after {net.epochs:,} epochs"
    rows = [
        Panel(ground.name_of(i), colors.CHOSEN[0], [line], [ground.name_of(i)], told,
              said="from the network", dash="dash")
        for i, line, told in zip(few, lines, back, strict=True)
    ]  # fmt: skip
    figure = figures.panels(
        rows, y=unit(ground, which), keep=(ground.dataset.key, which),
        alt=f"{members(len(few), ground.member)} {epochs}.",
        note=f"Dashed: what the network makes of each, {epochs}." if net else "",
    )  # fmt: skip
    ui.chart(figure, "ls_panels", height=TALL)


def _few(ground: Ground) -> list[int]:
    """Choose nine series, of each class some where classes are known."""
    n, truth = ground.dataset.n, ground.truth
    if truth is None:
        order: Integers = np.arange(n)
    else:
        order = np.argsort(truth, kind="stable")
    return [int(order[i]) for i in np.unique(np.linspace(0, n - 1, min(n, 9)).astype(int))]


def loss(ground: Ground, net: Model, *, epochs: int, height: int = 150) -> None:
    """Draw how the loss went."""
    figure = losses.losses(
        {"loss": net.history["loss"]}, epochs=max(epochs, net.epochs), y="squared error",
        keep=ground.dataset.key,
    )  # fmt: skip
    ui.chart(figure, "ls_loss", height=height)
