"""Merges told one by one as frames: who merges, what decided it, who may not."""

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Floats
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
    many = 1 + max((int(merge.before.max()) for merge in told.merges), default=0)
    scale = [
        (edge / many, colors.color(i)) for i in range(many) for edge in (i, i + 1)
    ]  # one even step a cluster
    size = 9 if len(flat) <= 600 else 6
    frames = []
    for place, merge in enumerate(told.merges):
        part = np.zeros(len(flat), dtype=bool)
        part[merge.left_points] = part[merge.right_points] = True
        line, barred = _line(merge, flat), _barred(told, merge, flat)
        both = (merge.left_points, merge.right_points)
        middles = np.stack([flat[mine].mean(axis=0) for mine in both])
        names = [f"{merge.before[mine[0]] + 1}" if len(mine) > 1 else "" for mine in both]
        frames.append(
            go.Frame(
                name=str(place),
                data=[
                    {"type": "scatter", "x": barred[:, 0], "y": barred[:, 1]},
                    {
                        "type": "scatter",
                        "marker": {
                            "color": merge.before.astype(np.int16),
                            "cmin": -0.5,
                            "cmax": many - 0.5,
                            "colorscale": scale,
                            "size": size,
                            "opacity": np.where(part, 1.0, PALE).astype(np.float32),
                            "line": {"width": 0.7},
                        },
                    },
                    {"type": "scatter", "x": line[:, 0], "y": line[:, 1]},
                    {"type": "scatter", "x": middles[:, 0], "y": middles[:, 1], "text": names},
                ],
                layout={"meta": {"words": merge.text}},
                traces=[0, 1, 2, 3],
            )
        )
    if not frames:
        figure = go.Figure(go.Scatter(x=flat[:, 0], y=flat[:, 1], mode="markers"))
        return plane.ground(
            figure, view, alt="A single point, which merges with nothing.", keep=(), note=told.said
        )
    first = frames[0].data
    figure = go.Figure(
        data=[
            go.Scatter(
                x=first[0].x,
                y=first[0].y,
                mode="lines",
                line={"width": 1.5, "dash": "dot", "color": JUMP},
                hoverinfo="skip",
            ),
            go.Scatter(
                x=flat[:, 0],
                y=flat[:, 1],
                mode="markers",
                marker=first[1].marker,
                meta={"outline": "paper"},
                text=[plain(dataset.name_of(i)) for i in range(dataset.n)],
                hovertemplate="%{text}<extra></extra>",
            ),
            go.Scatter(
                x=first[2].x,
                y=first[2].y,
                mode="lines+markers",
                line={"width": 2.5},
                marker={"size": size + 5, "symbol": "circle-open", "line": {"width": 2}},
                meta={"line": "ink", "outline": "ink"},
                hoverinfo="skip",
            ),
            go.Scatter(
                x=first[3].x,
                y=first[3].y,
                text=first[3].text,
                mode="text",
                textposition="top center",
                textfont={"size": 15, "weight": "bold"},
                hoverinfo="skip",
            ),
        ],
        frames=frames,
    )
    alt = f"{count(len(frames), 'merge')} of {plain(dataset.source.name)}, {told.axis.linkage}."
    return plane.ground(figure, view, alt=alt, keep=(dataset.key, view.axes), note=told.said)


def _line(merge: Merge, flat: Floats) -> Floats:
    """Give the two ends of what decided a merge, shape (2, 2)."""
    if merge.decided is not None:
        return flat[list(merge.decided)]
    return np.stack([flat[merge.left_points].mean(axis=0), flat[merge.right_points].mean(axis=0)])


def _barred(told: Lesson, merge: Merge, flat: Floats) -> Floats:
    """Give the middles of the nearest clusters that may not merge, shape (2, 2)."""
    if merge.barred_pair is None:
        return np.full((2, 2), np.nan)
    members = (told.axis.tree.members(node) for node in merge.barred_pair)
    return np.stack([flat[mine].mean(axis=0) for mine in members])
