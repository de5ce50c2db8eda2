"""What the silhouette page says, and the point whose silhouette is explained."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from clustering import validity
from clustering.dataset import Dataset, Floats
from clustering.figures import silhouette as drawing
from clustering.figures.silhouette import Blades
from clustering.geometry.projection import View
from clustering.judging.structure import NullTest
from clustering.partition import Partition
from clustering.words import count
from dashboard import ui

NAMED = 3
CONVINCING = 0.05
MANY_COLUMNS = 10
"""Columns beyond which evenly filled boxes are no measure any more."""


def verdict(dataset: Dataset, found: NullTest) -> None:
    """Say first whether there is anything to count."""
    chance = f"{found.reached} of {found.references}"
    reached = f"k-means reaches a silhouette of {ui.number(found.silhouette, 3)}"
    uniform = (
        f"Hopkins statistic {found.hopkins:.2f} (0.5 where points are spread evenly, near 1 where "
        f"they crowd; p = {found.hopkins_p:.2f})."
    )
    if dataset.d > MANY_COLUMNS:
        uniform = ""
    sample = " Always tested with k-means"
    sample += f", on a sample of {found.n:,} points." if found.sampled else "."
    if dataset.weights is not None:
        sample += " Each row counts once here."
    if found.silhouette_p < CONVINCING:
        head = ":green[**There is structure.**]"
        text = (
            f"{reached}; of data sets without "
            f"clusters, as many rows in a box as wide as this one's, {chance} come as high "
            f"(p = {found.silhouette_p:.2f})."
        )
    elif dataset.d > MANY_COLUMNS:
        head = ":orange[**This test cannot tell.**]"
        text = (
            f"{reached}, and as much in {chance} data "
            f"sets that have no clusters (p = {found.silhouette_p:.2f}). But with {dataset.d} "
            "columns nearly all of an evenly filled box is corner, so that hardly any data stand "
            "out: choose fewer columns, or some principal components, on the Data page."
        )
    else:
        head = ":orange[**Nothing here supports clusters.**]"
        text = (
            f"{reached}, and as much in {chance} data "
            f"sets that have none (p = {found.silhouette_p:.2f}). Whatever k is chosen below "
            "divides what is one."
        )
    with st.container(border=True):
        st.markdown(f"{head} {text} :gray[{(uniform + sample).strip()}]")


def key_figures(here: ui.Here, score: validity.Score) -> list[ui.KeyFigure]:
    """Give the five figures on top of the page."""
    partition = here.partition
    means = cluster_means(partition, score)
    weakest = float(np.nanmin(means)) if np.isfinite(means).any() else float("nan")
    return [
        ui.KeyFigure("k", f"{partition.k}", "Number of clusters."),
        ui.silhouette_figure(score.value, score.low, score.high),
        ui.KeyFigure(
            "Plateau",
            plateau(here.peak),
            "The run of neighbouring k whose silhouette lies within 0.01 of the highest: as far "
            "as this index can tell, they are equally good.",
        ),
        ui.KeyFigure(
            "Badly placed",
            ui.percent(badly(score), 1),
            "Share of the points with a silhouette below 0: nearer to another cluster than to "
            "their own.",
        ),
        ui.KeyFigure(
            "Weakest",
            ui.number(weakest, 3),
            "Lowest mean silhouette of any cluster: how well the least convincing one stands "
            "apart.",
        ),
    ]


def badly(score: validity.Score) -> float:
    """Give the share of points, among those looked at, that lie nearer to another cluster."""
    values = score.per_point
    known = np.zeros(0) if values is None else values[np.isfinite(values)]
    return float((known < 0).mean()) if len(known) else float("nan")


def cluster_means(partition: Partition, score: validity.Score) -> Floats:
    """Give the mean silhouette of each cluster, NaN where no point of it was looked at."""
    if score.per_point is None:
        return np.full(partition.k, np.nan)
    known = np.isfinite(score.per_point) & (partition.labels >= 0)
    labels = partition.labels[known]
    total = np.bincount(labels, weights=score.per_point[known], minlength=partition.k)
    size = np.bincount(labels, minlength=partition.k)
    means: Floats = np.divide(total, size, out=np.full(partition.k, np.nan), where=size > 0)
    return means


def plateau(peak: validity.Peak | None) -> str:
    """Say where the plateau lies, briefly."""
    if peak is None:
        return "–"
    first, last = peak.plateau
    return f"{first:.0f}" if first == last else f"{first:.0f} – {last:.0f}"


def about_placement(dataset: Dataset, score: validity.Score, blades: Blades) -> str:
    """Say who is badly placed, by name."""
    if score.per_point is None:
        return f"No silhouettes: {score.reason}"
    values = score.per_point[blades.points]
    bad = int((values < 0).sum())
    shown = min(bad or NAMED, NAMED)
    worst = blades.points[np.argsort(values, kind="stable")[:shown]].tolist()
    named = ", ".join(f"{dataset.name_of(i)} ({ui.number(score.per_point[i], 2)})" for i in worst)
    if not bad:
        return f"No {dataset.source.member} lies nearer to another cluster. Lowest: {named}."
    verb = "lies" if bad == 1 else "lie"
    more = " All are listed under Clusters." if bad > NAMED else ""
    return (
        f"{count(bad, dataset.source.member)} of {len(values):,} {verb} nearer to another cluster: "
        f"{named}{' and more' if bad > NAMED else ''}.{more}"
    )


# ---- the point whose silhouette is explained ----------------------------------------------------
def blades(dataset: Dataset, partition: Partition, score: validity.Score) -> Blades:
    """Give the order in which the profile shows the points."""
    values = np.full(dataset.n, np.nan) if score.per_point is None else score.per_point
    return drawing.arrange(partition.labels, values)


def chosen(dataset: Dataset, score: validity.Score) -> int | None:
    """Give the point that was clicked on these data; else the one placed worst."""
    clicked = ui.recall("si_point", low=1, high=dataset.n, on=dataset.key)
    values = score.per_point
    if clicked is not None and values is not None and np.isfinite(values[clicked - 1]):
        return clicked - 1
    return None if values is None else int(np.nanargmin(values))


def choose_blade(blades: Blades) -> Callable[[ui.Click], None]:
    """Give what a click on the profile does: choose the point that is drawn there."""
    return lambda click: ui.remember("si_point", blades.nearest(click.y) + 1)


def choose(view: View) -> Callable[[ui.Click], None]:
    """Give what a click on the map does: choose the nearest point."""
    return lambda click: ui.remember("si_point", ui.pointed(view, click) + 1)
