"""k-means in pictures: cells and centers, and the luck of the start."""

from typing import Any

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Dataset, Floats, Integers
from clustering.errors import UnsupportedError
from clustering.figures import Figure, colors, plane, scatter
from clustering.figures import map as maps
from clustering.figures.style import MUTED, styled
from clustering.geometry.projection import View
from clustering.geometry.selection import Window
from clustering.kmeans import Lottery
from clustering.partition import Partition

__all__ = ["DOUBTFUL", "boundaries", "restarts", "uncertainty"]

DOUBTFUL = 0.9  # certainty below which a point is drawn larger


def boundaries(
    dataset: Dataset,
    partition: Partition,
    view: View,
    *,
    numbers: Integers | None = None,
    starts: Floats | None = None,
    window: Window | None = None,
) -> Figure:
    """Draw the points, the centers, and the exact cell of each center.

    Parameters
    ----------
    dataset, partition, view, numbers, window
        As for `clustering.figures.map.clusters`.
    starts : ndarray of shape (m, 2), optional
        Places on the map to mark as starting centers.

    Returns
    -------
    Figure
        Cells, points, starts, centers, in this order.

    Raises
    ------
    UnsupportedError
        Where the answer has no centers.
    """
    if partition.centers is None:
        raise UnsupportedError("This result has no centres, and so no cells to draw.")
    flat = view.project(partition.centers)
    polygons = plane.cells(flat, *plane.box(view.points))
    return maps.clusters(
        dataset,
        partition,
        view,
        numbers=numbers,
        under=[_cell(each, plane.shade_of(numbers, i)) for i, each in enumerate(polygons)],
        over=lambda kind: [_starts(starts, kind), plane.discs(flat, numbers, kind)],
        told=", with the cell and the centre of each",
        window=window,
    )


def restarts(lottery: Lottery, partition: Partition, *, chosen: int | None = None) -> Figure:
    """Draw the inertia of every start, the best first.

    Parameters
    ----------
    lottery : Lottery
        Many runs from different starts.
    partition : Partition
        The answer with which they are compared; those that reach it are coloured.
    chosen : int, optional
        Place of the start to mark, from 0.

    Returns
    -------
    Figure
        One dot a start; the place on the x axis is its rank from 1.
    """
    inertia, reached = lottery.inertias, lottery.reached(partition)
    rank = np.arange(1, len(inertia) + 1)
    above = 100 * lottery.gaps
    figure = go.Figure(
        go.Scatter(
            x=rank,
            y=inertia,
            mode="markers",
            marker={
                "size": 9,
                "color": [colors.CHOSEN[0] if same else colors.NOISE for same in reached],
            },
            customdata=np.column_stack([above, lottery.iterations]),
            hovertemplate="start %{x}<br>inertia %{y:,.6~g} (+%{customdata[0]:.2f} %)"
            "<br>%{customdata[1]} iterations<extra></extra>",
        )
    )
    if chosen is not None:
        figure.add_scatter(
            x=[rank[chosen]],
            y=[inertia[chosen]],
            mode="markers",
            marker={"size": 17, "symbol": "circle-open", "line": {"width": 2}},
            meta={"fill": "ink"},
            hoverinfo="skip",
        )
    alt = (
        f"Inertia of {len(inertia)} starts, sorted, from {inertia[0]:.5g} to {inertia[-1]:.5g}, "
        f"{above[-1]:.1f} per cent above it; {reached.sum()} reach the present answer."
    )
    styled(figure, x="starts, the best first", y="inertia", alt=alt, keep=(inertia.tobytes(),))
    best = inertia[0]
    pad = 0.08 * (inertia[-1] - best or best or 1.0)
    figure.update_yaxes(range=[best - pad, inertia[-1] + pad])
    return figure


def uncertainty(
    dataset: Dataset,
    partition: Partition,
    view: View,
    *,
    certainty: Floats,
    lottery: Lottery,
    numbers: Integers | None = None,
    window: Window | None = None,
) -> Figure:
    """Draw the boundaries of every restart over one another.

    Where lines lie on one another the boundary is the same whatever the start;
    the large points are put into another cluster by more than a tenth of the restarts.

    Parameters
    ----------
    dataset, partition, view
        The answer, and the plane on which it is drawn.
    certainty : ndarray of shape (n,)
        Share of the restarts in which each point keeps its cluster.
    lottery : Lottery
        The restarts.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster.
    window : Window, optional
        What is seen; heeded where there are too many points to draw each.

    Returns
    -------
    Figure
        One faint line for each restart, then the points.
    """
    low, high = plane.box(view.points)
    lines = [
        polygon
        for centers in lottery.centers
        for polygon in plane.cells(view.project(centers), low, high)
    ]
    x, y = plane.outline(lines)
    figure = go.Figure(
        go.Scatter(
            x=x,
            y=y,
            mode="lines",
            line={"color": MUTED, "width": 1},
            opacity=min(1.0, max(0.25, 6 / len(lottery.centers))),
            hoverinfo="skip",
        )
    )
    sizes = np.where(certainty < DOUBTFUL, 13.0, 5.0)
    drawn = scatter.add(
        figure,
        dataset,
        view.points,
        partition.labels,
        numbers=numbers,
        size=sizes,
        extra=lambda i: f"same cluster in {100 * certainty[i]:.0f} % of the starts",
        window=window,
    )
    note = drawn.note
    if drawn.kind == "raster":
        note += " Doubtful points are not larger in it."
    doubtful = int((certainty < DOUBTFUL).sum())
    alt = (
        f"Boundaries of {len(lottery.centers)} starts over one another; {doubtful:,} of "
        f"{dataset.n:,} points change their cluster in more than a tenth of the starts."
    )
    return plane.ground(
        figure,
        view,
        alt=alt,
        keep=(dataset.key, view.axes),
        note=note,
        windowed=drawn.windowed,
    )


def _cell(polygon: Floats, shade: str) -> go.Scatter:
    """Draw the cell of one center."""
    x, y = plane.outline([polygon])
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        fill="toself",
        fillcolor=colors.translucent(shade, 0.15),
        line={"color": MUTED, "width": 1},
        hoverinfo="skip",
    )


def _starts(flat: Floats | None, kind: type) -> Any:
    """Draw starting centers as open diamonds."""
    flat = np.empty((0, 2)) if flat is None else flat
    return kind(
        x=flat[:, 0],
        y=flat[:, 1],
        mode="markers",
        marker={"size": 13, "symbol": "diamond-open", "line": {"width": 2}},
        meta={"fill": "ink"},
        customdata=np.arange(1, len(flat) + 1),
        hovertemplate="start %{customdata}<extra></extra>",
    )
