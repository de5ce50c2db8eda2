"""What the agglomerative page says: its key figures, its graph, its gap, its view."""

import numpy as np

from clustering import validity
from clustering.agglomerative import HeightAxis
from clustering.geometry.projection import View
from clustering.partition import Partition
from clustering.trees.levels import few
from clustering.words import amount, apart, count
from dashboard import ui
from dashboard.structure.agglomerative.sidebar import Chosen
from dashboard.structure.agglomerative.sides import WITH, WITHOUT, Opening, Side

SIZES, WIDEST = 3, 15
"""Clusters whose sizes are told one by one, and signs that fit into a key figure."""
LONG = 1e5
"""Heights from which two of them do not fit into a key figure when written in full."""


def sizes(partition: Partition | None) -> str:
    """Write the sizes of clusters, briefly."""
    if partition is None:
        return "–"
    found = np.sort(partition.sizes)[::-1]
    every = " / ".join(f"{size:,}" for size in found[:SIZES])
    if len(found) <= SIZES and len(every) <= WIDEST:
        return every
    return f"{found[-1]:,} – {found[0]:,}"


def between(low: float, high: float) -> str:
    """Write the heights that give a cut, so that they are told apart and fit."""
    if not np.isfinite(high):
        return f"≥ {amount(low)}" if low < LONG else f"≥ {ui.amount(low)}"
    if low == high:
        return amount(low)
    written = apart(low, high) if high < LONG else (ui.amount(low), ui.amount(high))
    return " – ".join(written)


def key_figures(both: dict[str, Side], shown: Side) -> list[ui.KeyFigure]:
    """Give the five figures on top of the page."""
    free, bound = both.get(WITHOUT), both.get(WITH)
    k = shown.partition.k
    low, high = shown.axis.range(k)
    unit = shown.axis.dataset.metric.unit
    heights = between(low, high)
    agree = float("nan")
    if free and bound:
        agree = validity.adjusted_rand(free.partition.labels, bound.partition.labels).value
    many = "Points in each cluster, the largest first; of many clusters the smallest and the "
    return [
        ui.KeyFigure("k", f"{k:,}", "Number of clusters, the same in both trees."),
        ui.KeyFigure(
            "Sizes without", sizes(free.partition if free else None),
            f"{many}largest size. Any two clusters may merge.",
        ),
        ui.KeyFigure(
            "Sizes with", sizes(bound.partition if bound else None),
            f"{many}largest size. Only clusters that an edge of the graph joins may merge.",
        ),
        ui.KeyFigure(
            f"Height{f' ({unit})' if unit else ''}", heights,
            f"A cut of the tree {shown.name} between these heights gives {count(k, 'cluster')}.",
        ),
        ui.KeyFigure(
            "Agreement", ui.number(agree, 3),
            "Adjusted Rand index between the two answers: 1 where they are the same, about 0 "
            "where they agree as by chance.",
        ),
    ]  # fmt: skip


def about_graph(axis: HeightAxis) -> str:
    """Say how many edges the graph has and whether it is whole."""
    if axis.graph is None:
        return ""
    n, edges = axis.dataset.n, len(axis.graph.first)
    text = f"{edges:,} edges ({axis.graph.said})"
    if n > 1 and edges == n * (n - 1) // 2:
        return f"{text}: every pair is joined, so that the graph forbids nothing."
    if not edges:
        text = f"No two points are joined ({axis.graph.said})"
    if axis.graph.parts == 1:
        return f"{text}, in one part."
    return (
        f"{text}, in {axis.graph.parts:,} parts. A tree needs one whole: for every two parts the "
        "edge between their nearest points was added."
    )


def about_gap(shown: Side, opening: Opening) -> str:
    """Say on which k the page opens, and where the largest gap and the widest plateau are."""
    axis, k = shown.axis, shown.partition.k
    words = [f"The page opens on k = {opening.k:,}: {opening.why}."]
    if axis.gap > 1:
        ends = " to ".join(map(ui.amount, axis.range(axis.gap)))
        words.append(
            f"Largest gap {shown.name}, of up to {few(axis.dataset.n):.0f} clusters: "
            f"{ends}, {count(axis.gap, 'cluster')}."
        )
    if axis.plateaus:
        flat = axis.at(axis.plateaus[0][0]).k
        words.append(f"Widest plateau (relative): {count(flat, 'cluster')}.")
    low, high = axis.range(k)
    if low == high:
        words.append(f"Merges tie here: no height gives exactly {k:,}.")
    return " ".join(words)


def about_side(room: ui.Room, side: Side, view: View) -> str:
    """Say what stands under a map."""
    said = (about_graph(side.axis), ui.against_truth(room, side.partition), about_view(view))
    return " ".join(filter(None, said))


def caption(chosen: Chosen, shown: Side) -> str:
    """Say what merged with what, for what is carried away."""
    edges = f" ({shown.axis.graph.said})" if shown.axis.graph is not None else ""
    return f"{chosen.linkage.capitalize()} linkage, {shown.name}{edges}."


def about_view(view: View) -> str:
    """Say how far a map of more than two columns may be trusted."""
    if view.kind not in ("columns", "pca"):
        return ""
    return f"The map shows {ui.percent(view.explained)} of the variance."
