"""What the page of DBSCAN says: its figures, plateaus, silhouettes, and what is odd."""

from dataclasses import replace

import numpy as np
import streamlit as st

from clustering import dbscan, validity
from clustering.data.places import places
from clustering.dataset import Dataset
from clustering.dbscan import EpsilonAxis
from clustering.figures import dbscan as drawing
from clustering.geometry import metrics
from clustering.geometry.projection import View
from clustering.partition import Partition
from clustering.words import count
from dashboard import ui
from dashboard.structure.dbscan.point import Around
from dashboard.structure.dbscan.sights import Plateau, Sights
from dashboard.ui.room import select
from dashboard.ui.shelf import identity, passport_of


def about_point(
    dataset: Dataset, partition: Partition, found: Around | None, min_samples: int, unit: str
) -> str:
    """Say who is near a chosen point, and what that makes of it."""
    if found is None:
        return "Click on a point to see how far epsilon reaches and who lies within."
    i = found.point
    eps = f"{partition.parameters['eps']:.4g} {unit}".strip()
    weights = dataset.weights
    held = len(found.beside) if weights is None else float(weights[found.beside].sum())
    many = f"{held:,.4g}" if held < 10_000 else f"{held:,.0f}"
    said = (
        f"{dataset.name_of(i).capitalize()}: {many} "
        f"{'point' if held == 1 else 'points'} within {eps}, itself included"
    )
    cluster = f"cluster {partition.labels[i] + 1}"
    if partition.core is not None and partition.core[i]:
        return f"{said}: at least {min_samples}, so it is core, of {cluster}."
    if partition.labels[i] >= 0:
        return f"{said}: fewer than {min_samples}, but one of them is core: border of {cluster}."
    return f"{said}: fewer than {min_samples}, and none of them is core: noise."


def with_unit(value: float, unit: str) -> str:
    """Write an epsilon."""
    return f"{value:.4g} {unit}".strip()


def key_figures(partition: Partition, score: validity.Score, *, unit: str) -> list[ui.KeyFigure]:
    """Give the five figures on top of the page."""
    n, eps = len(partition.labels), float(partition.parameters["eps"])  # type: ignore[arg-type]
    dense = 0 if partition.core is None else int(partition.core.sum())
    return [
        ui.KeyFigure(
            "Epsilon", with_unit(eps, unit), "Points at most this far apart are neighbours."
        ),
        ui.KeyFigure(
            "Clusters", f"{partition.k:,}", "Groups of core points that reach one another."
        ),
        ui.KeyFigure(
            "Noise",
            f"{partition.noise:,} · {ui.percent(partition.noise / n, 1)}",
            "Points that are not core and not within epsilon of a core point.",
        ),
        ui.KeyFigure(
            "Core points",
            f"{dense:,} · {ui.percent(dense / n)}",
            f"Points with at least {partition.parameters['min_samples']} points within epsilon, "
            "itself included. The others of a cluster are its border.",
        ),
        ui.KeyFigure(
            "Silhouette, no noise",
            ui.with_band(score.value, score.low, score.high),
            "Mean over the points that are in a cluster of (b - a) / max(a, b): a is the mean "
            "distance to the own cluster, b to the nearest other one. Noise is left out.",
        ),
    ]


def both(found: dbscan.Grid) -> str:
    """Say the silhouette of one epsilon under both noise policies, or why there is none."""
    without, whole = found.without_noise[0], found.with_noise[0]
    if not np.isfinite(without.value) and not np.isfinite(whole.value):
        return f"Undefined at the present epsilon: {without.reason}"
    one, two = (
        ui.with_band(score.value, score.low, score.high)
        if np.isfinite(score.value)
        else f"undefined ({score.reason.rstrip('.')})"
        for score in (without, whole)
    )
    sampled = f", from {without.sampled:,} points" if without.sampled else ""
    return f"At the present epsilon {one} without noise, {two} with it{sampled}."


def about_plateaus(seen: Sights, eps: float, unit: str) -> str:
    """Say where the number of clusters stays the same, and whether epsilon is there."""
    if not seen.plateaus:
        return (
            "No range of epsilon gives two clusters or more: one cluster or noise is all there is."
        )
    first, longer = seen.plateaus[0], seen.longer
    here = "lies in it" if first.holds(eps) else "does not lie in it"
    more = ""
    if longer:
        more = (
            f" Longer, but with nearly all in one cluster: {longer.low:.4g} to "
            f"{with_unit(longer.high, unit)}, {count(longer.clusters, 'cluster')}."
        )
    return (
        f"Longest plateau: {first.low:.4g} to {with_unit(first.high, unit)}, "
        f"{on_plateau(first)}. The present epsilon {here}.{more}"
    )


def on_plateau(found: Plateau) -> str:
    """Say what an epsilon on a plateau gives: clusters, and how much noise from end to end."""
    least, most = (ui.percent(share, 1) for share in found.noise)
    lost = most if least == most else f"{least.removesuffix(' %')} to {most}"
    crumbs = f" ({found.small} of them with less than 1 % of the points)" if found.small else ""
    return f"{count(found.clusters, 'cluster')}{crumbs}, {lost} noise"


def plateau_buttons(seen: Sights, eps: float, unit: str) -> None:
    """Offer a way to each plateau that is marked."""
    with st.container(horizontal=True, gap="small"):
        for rank, each in enumerate(seen.marked):
            order = f"plateau {rank + 1} by length" if each is not seen.longer else "the longer one"
            st.button(
                f"{count(each.clusters, 'cluster')} at {each.eps:.4g}",
                key=f"db_plateau_{rank}",
                type="primary" if each.holds(eps) else "secondary",
                on_click=ui.remember,
                args=("db_eps", each.eps),
                help=f"Go to {order}: {each.low:.4g} to {with_unit(each.high, unit)}, "
                f"{on_plateau(each)}.",
            )


def about_ten(found: dbscan.Grid) -> str:
    """Say which of the ten is best, and whether the two policies agree on it."""
    best = [found.best(policy) for policy in ("exclude", "cluster")]
    if best[0] < 0 and best[1] < 0:
        reason = found.without_noise[0].reason
        return f"No silhouette is defined at any of these. {reason}"
    shown = [
        f"{found.values[place]:,.6g} ({count(int(found.clusters[place]), 'cluster')})"
        for place in best
    ]
    if best[0] < 0:
        return f"Without noise none of these has a silhouette; with it as one, {shown[1]} is best."
    if best[0] == best[1]:
        return f"Best by both: {shown[0]}."
    return f"They disagree: best is {shown[0]} without noise, {shown[1]} with it."


def remarks(dataset: Dataset, partition: Partition, axis: EpsilonAxis) -> str:
    """Say what is empty or odd about an answer; nothing where all is well."""
    first = float(axis.core.min())
    if axis.tree.n > 1 and axis.tree.levels[-1] == 0:
        return "All points are equal: every epsilon gives one cluster."
    if partition.k == 0:
        return (
            "No point is core at this epsilon, so that all are noise. The first one becomes core "
            f"at {first:.4g}: move the slider to the right."
        )
    return metrics.remark(dataset)


def legend(partition: Partition) -> str:
    """Say what the signs on the map mean, and how many there are of each."""
    edge = int(drawing.border(partition).sum())
    dense = len(partition.labels) - partition.noise - edge
    return (
        f"● core ({dense:,}), ○ border ({edge:,}), × noise ({partition.noise:,}). "
        "The colour is the cluster."
    )


def about_view(view: View, dataset: Dataset) -> str:
    """Say how far a map of more than two columns may be trusted."""
    if view.kind in ("columns", "pca"):
        return (
            f"The map shows {ui.percent(view.explained)} of the variance: points that look near "
            "may be far apart in other columns."
        )
    if view.kind == "distances":
        name = dataset.metric.name.capitalize()
        return f"A flat layout of {name} distances, as true as two directions allow."
    return ""


def caption(axis: EpsilonAxis, partition: Partition, scored: dbscan.Grid, unit: str) -> str:
    """Say the answer in one line, for what is carried away."""
    eps = with_unit(float(partition.parameters["eps"]), unit)  # type: ignore[arg-type]
    return f"Epsilon {eps}, min_samples {axis.min_samples}. {legend(partition)} {both(scored)}"


def kilometres(room: ui.Room) -> None:
    """Offer distances along the globe where degrees are measured as if the world were flat."""
    pair = places(passport_of(identity(room.table), room.table))
    if room.choices.places != "columns" or not pair or not set(pair) <= set(room.choices.columns):
        return
    ui.note(f"'{pair[0]}' and '{pair[1]}' are measured in degrees, as if the world were flat.")
    st.button(
        "Measure in kilometres", key="db_kilometres", on_click=select,
        args=(room.data, replace(room.choices, places="great-circle")),
        kwargs={"how": st.query_params.get("how", "")},
        help="Distances along the globe, with its coasts on the map.",
    )  # fmt: skip
