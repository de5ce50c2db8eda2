"""A recorded run of k-means as frames, one a half step."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Dataset, Floats, Integers
from clustering.figures import Figure, colors, plane
from clustering.figures.style import MUTED, plain
from clustering.geometry.projection import View
from clustering.kmeans import Steps
from clustering.partition import Labels

__all__ = ["lesson", "sample"]

LESSON_POINTS = 2_000
TRAIL = 8  # half steps for which the way of a center is drawn


def lesson(
    dataset: Dataset,
    steps: Steps,
    words: Sequence[str],
    view: View,
    *,
    numbers: Integers | None = None,
) -> Figure:
    """Draw a recorded run as frames, one a half step.

    Parameters
    ----------
    dataset : Dataset
        What was clustered.
    steps : Steps
        The recorded run.
    words : sequence of str
        One sentence a step, kept in each frame's ``layout.meta["words"]``.
    view : View
        The plane on which it is drawn.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster.

    Returns
    -------
    Figure
        Shows the start; its frames are the steps.
    """
    shown = sample(steps.last.labels, most=LESSON_POINTS)
    paths = np.stack([view.project(moment.centers) for moment in steps.moments])
    box = plane.box(np.vstack([view.points, paths[0]]))
    k = paths.shape[1]
    look: dict[str, Any] = {
        "cmin": -0.5,
        "cmax": k + 0.5,
        "colorscale": colors.stepped(
            [colors.NOISE, *(plane.shade_of(numbers, i) for i in range(k))]
        ),
        "size": 8 if len(shown) <= 600 else 5,
        "line": {"width": 0.7},
    }
    frames: list[dict[str, Any]] = [
        {
            "name": str(i),
            "data": [
                _line(plane.outline(plane.cells(paths[i], *box))),
                {
                    "type": "scatter",
                    "marker": {**look, "color": (moment.labels[shown] + 1).astype(np.int16)},
                },
                _line(_trails(paths[max(0, i - TRAIL) : i + 1])),
                _line(paths[i].T),
            ],
            "layout": {"meta": {"words": sentence}},
            "traces": [0, 1, 2, 3],
        }
        for i, (moment, sentence) in enumerate(zip(steps.moments, words, strict=True))
    ]
    borders, points, trails, _ = frames[0]["data"]
    figure = go.Figure(
        data=[
            {
                **borders,
                "mode": "lines",
                "line": {"color": MUTED, "width": 1},
                "hoverinfo": "skip",
            },
            {
                **points,
                "x": view.points[shown, 0],
                "y": view.points[shown, 1],
                "mode": "markers",
                "meta": {"outline": "paper"},
                "text": [plain(dataset.name_of(i)) for i in shown.tolist()],
                "hovertemplate": "%{text}<extra></extra>",
            },
            {
                **trails,
                "mode": "lines",
                "line": {"width": 1.5, "dash": "dot"},
                "meta": {"line": "ink"},
                "hoverinfo": "skip",
            },
            plane.discs(paths[0], numbers),
        ],
        frames=frames,
    )
    note = "" if len(shown) == dataset.n else f"{len(shown):,} of {dataset.n:,} points drawn"
    alt = f"k-means on {plain(dataset.source.name)}, {len(frames)} steps."
    return plane.ground(figure, view, alt=alt, keep=(dataset.key, view.axes), note=note)


def _line(places: Sequence[Floats] | Floats) -> dict[str, Any]:
    """Give a trace at `places`: all x, then all y."""
    x, y = places
    return {"type": "scatter", "x": x, "y": y}


def _trails(paths: Floats) -> Floats:
    """Give the ways of centers (steps, k, 2) as one broken line, shape (2, m)."""
    gaps = np.full((1, *paths.shape[1:]), np.nan)
    return np.concatenate([paths, gaps]).transpose(2, 1, 0).reshape(2, -1)


def sample(labels: Labels, *, most: int, seed: int = 0) -> Integers:
    """Choose the points that are drawn, in ascending order.

    Parameters
    ----------
    labels : ndarray of shape (n,), int
        Cluster of each point.
    most : int
        About how many to draw.
    seed : int
        The choice is the same for the same seed.

    Returns
    -------
    ndarray of shape (m,), int64
        All n places where n is at most `most`; else an even sample of about `most`,
        in which every cluster keeps its share and at least 100 points.
    """
    n = len(labels)
    if n <= most:
        return np.arange(n)
    random = np.random.default_rng(seed)
    chosen = []
    for cluster in np.unique(labels):
        members = np.flatnonzero(labels == cluster)
        share = min(len(members), max(100, round(most * len(members) / n)))
        chosen.append(random.choice(members, share, replace=False))
    return np.sort(np.concatenate(chosen))
