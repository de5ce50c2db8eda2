"""Views of DBSCAN: the k-distances, the atlas of both parameters, HDBSCAN from the same tree."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from clustering import dbscan, hdbscan, validity
from clustering.dataset import Dataset, Integers
from clustering.dbscan import EpsilonAxis
from clustering.dbscan.over_min_samples import Atlas
from clustering.errors import ClusterloomError
from clustering.figures import Figure, colors, condensed
from clustering.figures import atlas as atlas_figures
from clustering.figures import dbscan as drawing
from clustering.figures import map as maps
from clustering.geometry.projection import View
from clustering.geometry.selection import Window
from clustering.partition import Labels, Partition
from clustering.words import count
from dashboard import ui
from dashboard.structure.dbscan import parts, words
from dashboard.structure.dbscan import sights as looking

JUDGED = 3_000
"""Points beyond which DBCV is computed only where it is asked for."""
MOST = 30_000
"""Points beyond which the atlas is computed only where it is asked for."""


@dataclass(frozen=True, eq=False, slots=True)
class Bench:
    """What a tab looks at: the axis, the present answer on it, and how that is drawn."""

    dataset: Dataset
    axis: EpsilonAxis
    partition: Partition
    view: View
    numbers: Integers
    eps: float
    sights: looking.Sights

    @property
    def unit(self) -> str:
        """Unit of the distances."""
        return self.dataset.metric.unit


def views(on: Bench, min_cluster_size: int) -> None:
    """Show what the map cannot: the k-distances, other min_samples, other densities."""
    one, two = st.columns(2, gap="large")
    with one:
        k_distances(on)
    with two:
        atlas(on)
    hdbscan_beside(on, min_cluster_size)


def k_distances(on: Bench) -> None:
    """Show the distance at which each point becomes core, with the knee."""
    axis = on.axis
    st.markdown(f"**k-distances**: how far each point is from its neighbour {axis.min_samples}")
    knee = on.sights.knee
    if knee.place >= 0:
        there = axis.count(knee.eps)
        ui.note(
            f"The knee is at {words.with_unit(knee.eps, on.unit)}: "
            f"{count(int(there['clusters']), 'cluster')}, "
            f"{ui.percent(there['noise'] / on.dataset.n, 1)} noise. Above the line of epsilon are "
            "the points that are not core. Click to go to a height."
        )
    else:
        ui.note(knee.reason)
    figure = drawing.k_distances(knee, on.eps, min_samples=axis.min_samples, unit=on.unit)
    low, high = 0.5 * float(axis.values[0]), 2 * float(axis.values[-1])
    ui.chart(
        figure, "db_knee", height=330,
        on_click=lambda click: ui.remember("db_eps", float(np.clip(click.y, low, high))),
    )  # fmt: skip


def atlas(on: Bench) -> None:
    """Show epsilon and min_samples at once, where a click goes to both."""
    st.markdown("**Atlas**: every epsilon, many min_samples")
    shown = st.segmented_control(
        "Shown", ["Clusters", "Noise"], default="Clusters", key="db_atlas", bind="query-params",
        required=True, label_visibility="collapsed",
    )  # fmt: skip
    if on.dataset.n > MOST and not st.toggle(
        "Compute the atlas", key="db_many", bind="query-params",
        help="Ten spanning trees, about ten times as long as the page took to open.",
    ):  # fmt: skip
        return
    try:
        found = ui.computed(dbscan.atlas, on.dataset)
    except ClusterloomError as error:
        ui.note(str(error))
        return
    figure = atlas_figures.heat(
        found, on.eps, on.axis.min_samples,
        of="clusters" if shown == "Clusters" else "noise", unit=on.unit, keep=on.dataset.key,
    )  # fmt: skip

    def go(click: ui.Click) -> None:
        row = int(np.clip(round(click.y), 0, len(found.min_samples) - 1))
        column = int(np.abs(np.log(found.eps / max(click.x, 1e-300))).argmin())
        ui.remember("db_eps", float(f"{found.eps[column]:.6g}"))
        st.session_state["db_samples"] = int(found.min_samples[row])

    ui.chart(figure, "db_atlas_map", height=300, on_click=go)
    ui.note(about_atlas(found))
    way_to_widest(on, found)


def way_to_widest(on: Bench, found: Atlas) -> None:
    """Offer the longest plateau of all rows, where the page is not on it."""
    few = found.plateau**2 <= on.dataset.n
    wide = np.log(found.high / found.low)
    wide = np.where(few, wide, np.nan) if few.any() else wide
    if not np.isfinite(wide).any():
        return
    row = int(np.nanargmax(wide))
    low, high, least = float(found.low[row]), float(found.high[row]), int(found.min_samples[row])
    there = least == on.axis.min_samples and low <= on.eps < high

    def go() -> None:
        ui.remember("db_eps", looking.rounded(low, high))
        st.session_state["db_samples"] = least

    clusters = count(int(found.plateau[row]), "cluster")
    st.button(
        f"Longest of all: {clusters} at {looking.rounded(low, high):.4g}, min_samples {least}",
        key="db_widest", on_click=go, type="primary" if there else "secondary",
        help=f"The plateau of this row reaches from {low:.4g} to {high:.4g}.",
    )  # fmt: skip


def about_atlas(found: Atlas) -> str:
    """Say whether min_samples changes the story."""
    known = np.isfinite(found.plateau)
    if not known.any():
        return "No row has a plateau of two clusters or more."
    counts = found.plateau[known].astype(int)
    often = int(np.bincount(counts).argmax())
    same = found.min_samples[known][counts == often]
    total = len(found.min_samples)
    words_ = (
        f"The longest plateau of {len(same)} of {total} rows has {count(often, 'cluster')}: "
        f"min_samples {', '.join(map(str, same.tolist()))}. "
    )
    if len(same) == total:
        return words_ + "min_samples does not change the story. Click a cell to go there."
    others = [
        f"{row} ({'none' if not np.isfinite(k) else f'{k:.0f}'})"
        for row, k in zip(found.min_samples.tolist(), found.plateau.tolist(), strict=True)
        if k != often
    ]
    return words_ + f"The others: {', '.join(others)}. Click a cell to go there."


def hdbscan_beside(on: Bench, min_cluster_size: int) -> None:
    """Show what HDBSCAN chooses from the same tree."""
    dataset, axis = on.dataset, on.axis
    tree = ui.computed(parts.condensed, dataset, axis=axis, min_cluster_size=min_cluster_size)
    answer = ui.computed(hdbscan_answer, dataset, axis=axis, min_cluster_size=min_cluster_size)
    numbers = colors.follow(answer, on.partition, on.numbers)
    agreed = validity.adjusted_rand(on.partition.labels, answer.labels)
    st.markdown(f"**HDBSCAN from the same tree**, clusters of at least {min_cluster_size}")
    ui.note(about_hdbscan(tree, answer, agreed, on.unit))
    one, two = st.columns(2, gap="large")

    def draw(window: Window | None) -> Figure:
        return maps.clusters(dataset, answer, on.view, numbers=numbers, window=window)

    with one:
        ui.chart(draw, "db_hdbscan", height=min(parts.height(on.view), 380))
    with two:
        figure = condensed.icicle(tree, eps=on.eps, numbers=numbers, unit=on.unit, keep=dataset.key)
        low, high = 0.5 * float(axis.values[0]), 2 * float(axis.values[-1])
        ui.chart(
            figure, "db_icicle", height=380,
            on_click=lambda click: ui.remember("db_eps", float(np.clip(click.y, low, high))),
        )  # fmt: skip
        ui.note(
            "Each shape is a cluster, as wide as it has points at that epsilon. It splits where "
            "both parts are large enough; the chosen ones are coloured. Click to go to a height."
        )
    density(on, answer)


def hdbscan_answer(dataset: Dataset, *, axis: EpsilonAxis, min_cluster_size: int) -> Partition:
    """Give what HDBSCAN chooses."""
    return hdbscan.fit(axis, min_cluster_size=min_cluster_size)


def about_hdbscan(
    tree: hdbscan.Condensed, answer: Partition, agreed: validity.Score, unit: str
) -> str:
    """Say what HDBSCAN would choose, and how far it agrees with the present answer."""
    n = len(answer.labels)
    if answer.k == 0:
        return (
            "HDBSCAN chooses no cluster: nothing splits into two parts of at least "
            f"{tree.min_cluster_size} points. Lower min_cluster_size in the sidebar."
        )
    lows, highs = zip(*tree.lives, strict=True)
    one = max(lows) < min(highs)
    lives = (
        f"All of them live at one epsilon, from {max(lows):.4g} to "
        f"{words.with_unit(min(highs), unit)}: DBSCAN can find them at once."
        if one
        else "They live at different epsilons, so that no single one gives them all: "
        "this is what HDBSCAN is for."
    )
    return (
        f"It would choose {count(answer.k, 'cluster')} and leave out "
        f"{ui.percent(answer.noise / n, 1)} as noise. {lives} Agreement with the present answer: "
        f"ARI {ui.number(agreed.value, 3)}, over points that are noise in neither."
    )


def density(on: Bench, answer: Partition) -> None:
    """Put DBCV beside the silhouette, for this answer and for HDBSCAN's."""
    if on.dataset.n > JUDGED and not st.toggle(
        "Compare by DBCV", key="db_valid", bind="query-params",
        help="Goes over all distances, which takes a second or more for so many points.",
    ):  # fmt: skip
        return
    rows = []
    for name, labels in (("DBSCAN", on.partition.labels), ("HDBSCAN", answer.labels)):
        valid = ui.computed(validity.dbcv, on.dataset, labels=labels)
        if not np.isfinite(valid.value):
            ui.note(f"DBCV of {name} is undefined: {valid.reason}")
            continue
        round_ = ui.computed(silhouette, on.dataset, labels=labels)
        rows.append(f"{name}: DBCV {valid.value:.3f}, silhouette {ui.number(round_.value, 3)}")
    if rows:
        ui.note(
            f"{'. '.join(rows)}. DBCV asks whether each cluster is denser inside than on the "
            "way to the next, whatever its shape, and noise lowers it; from -1 to 1. The "
            "silhouette, here without noise, likes round clusters."
        )


def silhouette(dataset: Dataset, *, labels: Labels) -> validity.Score:
    """Score one answer with noise left out."""
    return validity.silhouette(dataset, labels)
