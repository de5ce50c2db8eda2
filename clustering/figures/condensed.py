"""HDBSCAN's condensed tree as an icicle: how long each cluster lives, and how many it holds."""

from collections.abc import Sequence

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Floats, Integers
from clustering.figures import Figure, colors, plane
from clustering.figures.style import MUTED, styled
from clustering.hdbscan import Condensed
from clustering.words import count

__all__ = ["icicle", "shapes"]

LEVELS = 40
MOST = 400
"""Clusters that are drawn; of more, those that hold most points."""


def shapes(tree: Condensed, clusters: Integers) -> list[Floats]:
    """Outline clusters: as wide at each epsilon as they have points there.

    Parameters
    ----------
    tree : Condensed
        The tree.
    clusters : ndarray of shape (c,), int
        Which of its clusters.

    Returns
    -------
    list of c ndarrays of shape (m, 2)
        Closed outlines: points across, in the order of the merge tree, epsilon upwards.
    """
    order = np.argsort(tree.cluster, kind="stable")
    bounds = np.searchsorted(tree.cluster[order], np.arange(len(tree.parent) + 1))
    held = tree.spans[:, 1] - tree.spans[:, 0]
    below = np.bincount(
        tree.parent[1:], weights=held[1:].astype(np.float64), minlength=len(tree.parent)
    )
    top = _top(tree)
    found = []
    for each in clusters.tolist():
        low, high = float(tree.deaths[each]), min(float(tree.births[each]), top)
        gone = np.sort(tree.left[order[bounds[each] : bounds[each + 1]]])
        low = max(low, 1e-3 * high)
        levels = np.unique(np.clip(np.geomspace(low, max(high, low), LEVELS), low, max(high, low)))
        wide = below[each] + np.searchsorted(gone, levels, side="right")
        middle = tree.spans[each].mean()
        left, right = middle - wide / 2, middle + wide / 2
        x = np.concatenate([left, right[::-1], left[:1]])
        y = np.concatenate([levels, levels[::-1], levels[:1]])
        found.append(np.column_stack([x, y]))
    return found


def _top(tree: Condensed) -> float:
    """Give where the root begins: a little above where the last point leaves it."""
    ends = np.append(tree.births[1:], tree.left[tree.cluster == 0])
    ends = ends[np.isfinite(ends) & (ends > 0)]
    return 1.15 * float(ends.max(initial=1e-300))


def icicle(
    tree: Condensed,
    *,
    eps: float,
    numbers: Integers | None = None,
    unit: str = "",
    keep: str = "",
) -> Figure:
    """Draw the condensed tree with the chosen clusters in their colours.

    Parameters
    ----------
    tree : Condensed
        The tree.
    eps : float
        The present epsilon of DBSCAN, drawn as a line.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each chosen cluster.
    unit : str
        Unit of epsilon.
    keep : str
        The user's zoom is kept while this stays the same.

    Returns
    -------
    Figure
        Clusters that are not chosen in grey, then those that are.
    """
    held = tree.spans[:, 1] - tree.spans[:, 0]
    drawn = np.sort(np.argsort(-held, kind="stable")[:MOST])
    outlines = dict(zip(drawn.tolist(), shapes(tree, drawn), strict=True))
    figure = go.Figure()
    others = [outlines[each] for each in drawn.tolist() if not tree.chosen[each]]
    figure.add_trace(_filled(others, colors.NOISE, 0.35))
    for each in drawn[tree.chosen[drawn]].tolist():
        name = int(tree.names[each])
        shade = plane.shade_of(numbers, name)
        trace = _filled([outlines[each]], shade, 0.9)
        trace.name = f"cluster {name + 1}"
        trace.hoveron = "fills"
        trace.hoverinfo = "name"
        trace.hoverlabel = {"namelength": -1}
        figure.add_trace(trace)
        figure.add_annotation(
            x=float(tree.spans[each].mean()), y=np.log10(float(outlines[each][:, 1].max())),
            text=f"{name + 1}", showarrow=False, yanchor="bottom", font={"size": 12},
        )  # fmt: skip
    figure.add_hline(y=eps, line={"color": colors.CHOSEN[0], "width": 2})
    top = _top(tree)
    low = min(float(outline[:, 1].min()) for outline in outlines.values())
    chosen = int(tree.chosen.sum())
    left = len(tree.parent) - len(drawn)
    styled(
        figure,
        x="points, in the order of the tree",
        y=f"epsilon ({unit})" if unit else "epsilon",
        alt=f"Condensed tree of {count(len(tree.parent), 'cluster')} of at least "
        f"{tree.min_cluster_size} points; {chosen} are chosen.",
        keep=(keep, tree.min_cluster_size),
        note=f"The {MOST} largest clusters; {left:,} smaller ones are not drawn." if left else "",
    )
    ends = sorted((low, min(eps, top)))
    figure.update_yaxes(
        type="log", range=[np.log10(0.95 * max(ends[0], 1e-3 * top)), np.log10(1.15 * top)],
        nticks=4, exponentformat="none", tickformat="~g", minor={"ticks": ""},
    )  # fmt: skip
    figure.update_xaxes(range=[0, float(tree.spans[0, 1])], showgrid=False, tickformat=",d")
    return figure


def _filled(outlines: Sequence[Floats], shade: str, opacity: float) -> go.Scatter:
    """Fill outlines, all as one trace."""
    gap = np.full((1, 2), np.nan)
    parts = [part for outline in outlines for part in (outline, gap)]
    line = np.vstack(parts) if parts else gap
    return go.Scatter(
        x=line[:, 0],
        y=line[:, 1],
        mode="lines",
        fill="toself",
        fillcolor=colors.translucent(shade, opacity),
        line={"width": 1, "color": shade if opacity > 0.5 else MUTED},
        hoverinfo="skip",
    )
