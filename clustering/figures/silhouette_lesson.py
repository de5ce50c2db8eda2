"""The silhouette of one point, drawn: the distances inside, and those to the next cluster."""

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Dataset, Floats, Integers
from clustering.figures import Figure, colors, plane
from clustering.figures.style import plain
from clustering.geometry.projection import View
from clustering.lessons.silhouette import Placement
from clustering.partition import Labels, Partition

__all__ = ["lesson"]

MOST_POINTS = 2_000
MOST_LINES = 80
"""Distances drawn to one cluster; of more, evenly spaced ones."""

CIRCLE = np.linspace(0.0, 2.0 * np.pi, 121)


def lesson(
    dataset: Dataset,
    partition: Partition,
    view: View,
    placement: Placement,
    *,
    numbers: Integers | None = None,
) -> Figure:
    """Draw the four steps that `clustering.lessons.silhouette` tells.

    Parameters
    ----------
    dataset, partition
        What is judged.
    view : View
        The plane on which it is drawn.
    placement : Placement
        The point, its two distances and the sentences.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster.

    Returns
    -------
    Figure
        Shows the point; its frames are the steps. Where the plane shows every column,
        circles have the two mean distances as radius.
    """
    flat, labels = view.points, partition.labels
    shown = _spread(np.flatnonzero(labels >= 0), MOST_POINTS)
    here = flat[placement.point]
    own, rival = (plane.shade_of(numbers, c) for c in (placement.own, placement.rival))
    empty = np.full((1, 2), np.nan)
    inner = _rays(flat, here, _members(labels, placement.own, placement.point))
    outer = _rays(flat, here, _members(labels, placement.rival, placement.point))
    whole = view.kind == "identity"
    near = _circle(here, placement.a) if whole else empty
    far = _circle(here, placement.b) if whole else empty
    drawn = [(empty, empty, empty, empty), (inner, empty, near, empty)]
    drawn += [(inner, outer, near, far), (empty, empty, near, far)]
    frames = [
        go.Frame(
            name=str(i),
            data=[{"type": "scatter", "x": part[:, 0], "y": part[:, 1]} for part in parts],
            layout={"meta": {"words": sentence}},
            traces=[1, 2, 3, 4],
        )
        for i, (parts, sentence) in enumerate(zip(drawn, placement.words, strict=True))
    ]
    shades = np.array([plane.shade_of(numbers, c) for c in range(partition.k)])
    figure = go.Figure(
        data=[
            go.Scatter(
                x=flat[shown, 0],
                y=flat[shown, 1],
                mode="markers",
                marker={
                    "color": shades[labels[shown]],
                    "size": 8 if len(shown) <= 600 else 5,
                    "line": {"width": 0.7},
                },
                meta={"outline": "paper"},
                text=[plain(dataset.name_of(i)) for i in shown.tolist()],
                hovertemplate="%{text}<extra></extra>",
            ),
            _line(colors.translucent(own, 0.55), 1.0),
            _line(colors.translucent(rival, 0.55), 1.0),
            _line(own, 2.5),
            _line(rival, 2.5),
            go.Scatter(
                x=here[:1],
                y=here[1:],
                mode="markers",
                marker={"size": 15, "symbol": "diamond", "color": own, "line": {"width": 2}},
                meta={"outline": "ink"},
                hovertemplate=f"{plain(dataset.name_of(placement.point))}<extra></extra>",
            ),
        ],
        frames=frames,
    )
    note = (
        "" if whole else "distances are taken in all columns, of which the map shows two directions"
    )
    if len(shown) < len(labels):
        note = "; ".join(filter(None, (f"{len(shown):,} of {len(labels):,} points drawn", note)))
    alt = f"The silhouette of {plain(dataset.name_of(placement.point))} in four steps."
    return plane.ground(figure, view, alt=alt, keep=(dataset.key, view.axes), note=note)


def _line(shade: str, width: float) -> go.Scatter:
    """Give a line that frames fill."""
    return go.Scatter(
        x=[np.nan], y=[np.nan], mode="lines", line={"color": shade, "width": width},
        hoverinfo="skip",
    )  # fmt: skip


def _spread(places: Integers, most: int) -> Integers:
    """Take at most so many of them, evenly."""
    if len(places) <= most:
        return places
    return places[np.linspace(0, len(places) - 1, most).round().astype(np.int64)]


def _members(labels: Labels, cluster: int, but: int) -> Integers:
    """Give the points of a cluster to which distances are drawn."""
    found = np.flatnonzero(labels == cluster)
    return _spread(found[found != but], MOST_LINES)


def _rays(flat: Floats, here: Floats, members: Integers) -> Floats:
    """Draw lines from one place to others, as one line broken by NaN."""
    rays = np.full((len(members), 3, 2), np.nan)
    rays[:, 0], rays[:, 1] = here, flat[members]
    return rays.reshape(-1, 2) if len(members) else np.full((1, 2), np.nan)


def _circle(here: Floats, radius: float) -> Floats:
    """Draw the circle around a place; nothing where there is no radius."""
    if not np.isfinite(radius):
        return np.full((1, 2), np.nan)
    return here + radius * np.column_stack([np.cos(CIRCLE), np.sin(CIRCLE)])
