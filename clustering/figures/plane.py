"""The plane on which centers, cells and points are drawn.

What figures of center-based methods share: the range of the view, cells cut beyond
it so that one can zoom out, and centers as numbered discs, whose numbers carry the
meaning where colours cannot.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Dataset, Floats, Integers
from clustering.figures import Figure, coast, colors
from clustering.figures.style import plain, styled
from clustering.geometry import voronoi
from clustering.geometry.projection import View

__all__ = ["box", "cells", "discs", "ground", "mark", "outline", "shade_of"]

MARGIN = 0.06
REACH = 2.0
ELONGATED = 12.0


def box(flat: Floats) -> tuple[Floats, Floats]:
    """Give the corners of the view: the points, and a little room around them.

    Parameters
    ----------
    flat : ndarray of shape (n, 2)
        Positions of the points.

    Returns
    -------
    low, high : ndarray of shape (2,)
        Lower left and upper right corner, apart even where all points are equal.
    """
    # Column by column, which is ten times faster than along the rows of a million points.
    low = np.array([flat[:, 0].min(), flat[:, 1].min()])
    high = np.array([flat[:, 0].max(), flat[:, 1].max()])
    span = np.where(high > low, high - low, np.maximum(np.abs(high), 1.0))
    return low - MARGIN * span, high + MARGIN * span


def cells(centers: Floats, low: Floats, high: Floats) -> tuple[Floats, ...]:
    """Cut the plane into the cells of `centers`, beyond the view too.

    Parameters
    ----------
    centers : ndarray of shape (k, 2)
        On the plane.
    low, high : ndarray of shape (2,)
        Corners of the view.

    Returns
    -------
    tuple of k ndarrays of shape (m, 2)
        Polygons, within twice the view on every side.
    """
    far = REACH * (high - low)
    return voronoi.cells(centers, low=low - far, high=high + far)


def outline(polygons: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Join polygons (m, 2) into the x and y of one line, broken between them by NaN."""
    gap = np.full((1, 2), np.nan)
    parts = [part for polygon in polygons if len(polygon) for part in (polygon, polygon[:1], gap)]
    joined = np.vstack(parts) if parts else gap
    return joined[:, 0], joined[:, 1]


def ground(
    figure: Figure,
    view: View,
    *,
    alt: str,
    keep: Sequence[object],
    note: str,
    windowed: bool = False,
) -> Figure:
    """Give the axes the range of the points, with equal scales where that can be read.

    Parameters
    ----------
    figure : Figure
        Changed in place.
    view : View
        The plane.
    alt, keep, note, windowed
        As for `clustering.figures.style.styled`; where the points are twelve times as
        wide as high, scales differ and the note says so.

    Returns
    -------
    Figure
        The same figure.
    """
    low, high = box(view.points)
    span = high - low
    flat = view.kind == "strip" or max(span) > ELONGATED * min(span)
    if flat and view.kind != "strip":
        note = "; ".join(filter(None, (note, "the two scales differ")))
    styled(
        figure,
        x=view.axes[0],
        y=view.axes[1],
        alt=alt,
        equal=not flat,
        keep=keep,
        note=note,
        windowed=windowed,
    )
    figure.update_layout(
        xaxis={"range": [low[0], high[0]], "constrain": "range"},
        yaxis={"range": [low[1], high[1]], "constrain": "range"},
    )
    if view.kind == "strip":
        figure.update_yaxes(visible=False)
    if view.kind == "places":
        coast.under(figure, low, high)
    return figure


def mark(dataset: Dataset, view: View, point: int, kind: type = go.Scatter) -> Any:
    """Mark one point by a diamond in ink.

    Parameters
    ----------
    dataset : Dataset
        Names it.
    view : View
        Where it stands.
    point : int
        Which, from 0.
    kind : type
        ``Scattergl`` where the points are: WebGL is only covered by WebGL.

    Returns
    -------
    plotly trace
        Of this kind.
    """
    return kind(
        x=view.points[[point], 0],
        y=view.points[[point], 1],
        mode="markers",
        marker={"size": 15, "symbol": "diamond", "line": {"width": 2}},
        meta={"fill": "ink", "outline": "paper"},
        hovertemplate=f"<b>{plain(dataset.name_of(point))}</b><extra></extra>",
    )


def shade_of(numbers: Integers | None, cluster: int) -> str:
    """Give the colour of a cluster: that of its number on the axis, or of its own."""
    return colors.color(cluster if numbers is None else int(numbers[cluster]))


def discs(
    flat: Floats,
    numbers: Integers | None,
    kind: type = go.Scatter,
    *,
    names: Sequence[str] | None = None,
) -> Any:
    """Draw centers as numbered discs.

    Parameters
    ----------
    flat : ndarray of shape (k, 2)
        Where they are.
    numbers : ndarray of shape (k,), int, or None
        Colour number of each cluster.
    kind : type
        ``Scattergl`` where the points are: WebGL is only covered by WebGL.
    names : sequence of k str, optional
        What each is, for hover; the centre of its cluster where it is left out.

    Returns
    -------
    plotly trace
        Of this kind.
    """
    names = names or [f"centre of cluster {i + 1}" for i in range(len(flat))]
    shades = [shade_of(numbers, i) for i in range(len(flat))]
    return kind(
        x=flat[:, 0],
        y=flat[:, 1],
        mode="markers+text",
        text=[f"{i + 1}" for i in range(len(flat))],
        textfont={
            "size": 13,
            "weight": "bold",
            "color": [colors.ink_on(shade) for shade in shades],
        },
        marker={"size": 22, "color": shades, "line": {"width": 2}},
        meta={"outline": "ink"},
        hovertext=[plain(name) for name in names],
        hovertemplate="%{hovertext}<extra></extra>",
    )
