"""Merges told one by one as frames: who merges, what decided it, who may not."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Floats, Integers
from clustering.figures import Figure, colors, plane
from clustering.figures.graph import JUMP
from clustering.figures.style import plain
from clustering.geometry.projection import View
from clustering.lessons.agglomerative import Lesson, Merge
from clustering.words import count

__all__ = ["lesson"]

PALE = 0.35
"""Opacity of points that have no part in a merge."""


def lesson(told: Lesson, view: View) -> Figure:
    """Draw merges as frames, one a merge.

    Parameters
    ----------
    told : Lesson
        What `clustering.lessons.agglomerative.tell` says; its sentences are kept in each frame's
        ``layout.meta["words"]``.
    view : View
        The plane, with the lesson's own points.

    Returns
    -------
    Figure
        Points in the colours of their clusters before each merge, pale where they have no part
        in it; a line between the two points that decided it, or between the middles of the two
        clusters, with their numbers; a red one between nearer clusters that no edge joins.
    """
    dataset, flat = told.axis.dataset, view.points
    points: dict[str, Any] = {
        "type": "scatter",
        "x": flat[:, 0],
        "y": flat[:, 1],
        "mode": "markers",
        "meta": {"outline": "paper"},
        "text": [plain(dataset.name_of(i)) for i in range(dataset.n)],
        "hovertemplate": "%{text}<extra></extra>",
    }
    if not told.merges:
        alt = "A single point, which merges with nothing."
        return plane.ground(go.Figure([points]), view, alt=alt, keep=(), note=told.said)
    many = 1 + max(int(merge.before.max()) for merge in told.merges)
    look: dict[str, Any] = {
        "cmin": -0.5,
        "cmax": many - 0.5,
        "colorscale": [  # one even step a cluster
            (edge / many, colors.color(i)) for i in range(many) for edge in (i, i + 1)
        ],
        "size": 9 if len(flat) <= 600 else 6,
        "line": {"width": 0.7},
    }
    frames: list[dict[str, Any]] = [
        {
            "name": str(place),
            "data": _frame(told, merge, flat, look),
            "layout": {"meta": {"words": merge.text}},
            "traces": [0, 1, 2, 3],
        }
        for place, merge in enumerate(told.merges)
    ]
    barred, first, line, names = frames[0]["data"]
    ring = {"size": look["size"] + 5, "symbol": "circle-open", "line": {"width": 2}}
    figure = go.Figure(
        data=[
            barred
            | {
                "mode": "lines",
                "line": {"width": 1.5, "dash": "dot", "color": JUMP},
                "hoverinfo": "skip",
            },
            points | first,
            line
            | {
                "mode": "lines+markers",
                "line": {"width": 2.5},
                "marker": ring,
                "meta": {"line": "ink", "outline": "ink"},
                "hoverinfo": "skip",
            },
            names
            | {
                "mode": "text",
                "textposition": "top center",
                "textfont": {"size": 15, "weight": "bold"},
                "hoverinfo": "skip",
            },
        ],
        frames=frames,
    )
    alt = f"{count(len(frames), 'merge')} of {plain(dataset.source.name)}, {told.axis.linkage}."
    return plane.ground(figure, view, alt=alt, keep=(dataset.key, view.axes), note=told.said)


def _frame(told: Lesson, merge: Merge, flat: Floats, look: dict[str, Any]) -> list[dict[str, Any]]:
    """Give what changes from merge to merge: who may not, all points, what decided, the names."""
    both = (merge.left_points, merge.right_points)
    opacity = np.full(len(flat), PALE, dtype=np.float32)
    opacity[np.concatenate(both)] = 1.0
    marker = look | {"color": merge.before.astype(np.int16), "opacity": opacity}
    names = [f"{merge.before[mine[0]] + 1}" if len(mine) > 1 else "" for mine in both]
    return [
        _at(_barred(told, merge, flat)),
        {"type": "scatter", "marker": marker},
        _at(_line(merge, flat)),
        _at(_middles(both, flat)) | {"text": names},
    ]


def _at(places: Floats) -> dict[str, Any]:
    """Give a trace at places, shape (m, 2)."""
    return {"type": "scatter", "x": places[:, 0], "y": places[:, 1]}


def _middles(groups: Iterable[Integers], flat: Floats) -> Floats:
    """Give the middles of groups of points, shape (m, 2)."""
    return np.stack([flat[mine].mean(axis=0) for mine in groups])


def _line(merge: Merge, flat: Floats) -> Floats:
    """Give the two ends of what decided a merge, shape (2, 2)."""
    if merge.decided is not None:
        return flat[list(merge.decided)]
    return _middles((merge.left_points, merge.right_points), flat)


def _barred(told: Lesson, merge: Merge, flat: Floats) -> Floats:
    """Give the middles of the nearest clusters that may not merge, shape (2, 2)."""
    if merge.barred_pair is None:
        return np.full((2, 2), np.nan)
    return _middles(map(told.axis.tree.members, merge.barred_pair), flat)
