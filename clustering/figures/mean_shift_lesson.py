"""Recorded trails of mean-shift as frames, one a step."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Dataset, Floats, Integers
from clustering.figures import Figure, plane
from clustering.figures.kmeans_lesson import sample
from clustering.figures.style import MUTED, plain
from clustering.geometry.projection import View
from clustering.mean_shift import Trails
from clustering.partition import Partition

__all__ = ["lesson"]

POINTS = 2_000


def lesson(
    dataset: Dataset,
    partition: Partition,
    seen: Trails,
    words: Sequence[str],
    view: View,
    *,
    followed: int,
    numbers: Integers | None = None,
) -> Figure:
    """Draw recorded trails as frames, one a step and one for the end.

    Parameters
    ----------
    dataset, partition
        What was clustered, and the answer.
    seen : Trails
        The recorded ways.
    words : sequence of str
        Sentences, one a frame, kept in each frame's ``layout.meta["words"]``.
    view : View
        The plane on which it is drawn.
    followed : int
        The trail around which the bandwidth is drawn.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster.

    Returns
    -------
    Figure
        Points in grey, climbers in the colour of the cluster that they reach.
    """
    shown = sample(partition.labels, most=POINTS)
    flat = np.stack([view.project(step) for step in seen.paths])
    shades = [plane.shade_of(numbers, int(end)) for end in seen.ends]
    sizes = np.where(np.arange(len(shades)) == followed, 15, 9)
    moments = [*range(len(flat)), len(flat) - 1]
    frames: list[dict[str, Any]] = [
        {
            "name": str(i),
            "data": [
                _line(_trails(flat[: at + 1])),
                _line(_circle(flat[at, followed], seen.bandwidth)),
                {"type": "scatter", "x": flat[at, :, 0], "y": flat[at, :, 1]},
            ],
            "layout": {"meta": {"words": sentence}},
            "traces": [1, 2, 3],
        }
        for i, (at, sentence) in enumerate(zip(moments, words, strict=True))
    ]
    trails, circle, heads = frames[0]["data"]
    quiet: dict[str, Any] = {"mode": "lines", "hoverinfo": "skip"}
    figure = go.Figure(
        data=[
            {
                "type": "scatter",
                "x": view.points[shown, 0],
                "y": view.points[shown, 1],
                "mode": "markers",
                "marker": {"size": 5, "color": MUTED, "opacity": 0.45},
                "text": [plain(dataset.name_of(i)) for i in shown.tolist()],
                "hovertemplate": "%{text}<extra></extra>",
            },
            {**trails, **quiet, "line": {"width": 1}, "meta": {"line": "ink"}},
            {**circle, **quiet, "line": {"width": 1.5, "dash": "dot"}, "meta": {"line": "ink"}},
            {
                **heads,
                "mode": "markers",
                "marker": {"size": sizes, "color": shades, "line": {"width": 1.5}},
                "meta": {"outline": "paper"},
                "text": [plain(dataset.name_of(i)) for i in seen.points.tolist()],
                "hovertemplate": "%{text}<extra></extra>",
            },
        ],
        frames=frames,
    )
    note = f"{len(shades)} of {dataset.n:,} points climb" if len(shades) < dataset.n else ""
    alt = f"Mean-shift on {plain(dataset.source.name)}, {len(frames)} steps."
    keep = (dataset.key, view.axes, seen.bandwidth)
    return plane.ground(figure, view, alt=alt, keep=keep, note=note)


def _line(places: Sequence[Floats] | Floats) -> dict[str, Any]:
    """Give a trace at `places`: all x, then all y."""
    x, y = places
    return {"type": "scatter", "x": x, "y": y}


def _circle(middle: Floats, radius: float) -> Floats:
    """Give a circle, shape (2, 73)."""
    turn = np.linspace(0.0, 2.0 * np.pi, 73)
    return np.stack([middle[0] + radius * np.cos(turn), middle[1] + radius * np.sin(turn)])


def _trails(paths: Floats) -> Floats:
    """Give ways (steps, m, 2) as one broken line, shape (2, m * (steps + 1))."""
    gaps = np.full((1, *paths.shape[1:]), np.nan)
    return np.concatenate([paths, gaps]).transpose(2, 1, 0).reshape(2, -1)
