"""A recorded expansion of DBSCAN as frames, one a point."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Dataset, Floats, Integers
from clustering.dbscan.expansion import Moment, Steps
from clustering.figures import Figure, colors, plane, reach
from clustering.figures.style import MUTED, plain
from clustering.geometry.projection import View
from clustering.partition import Partition

__all__ = ["lesson"]

OTHERS = 1_500
SHADES = 40
SIGNS = ("circle-open", "circle", "x-thin-open")


def lesson(
    dataset: Dataset,
    steps: Steps,
    words: Sequence[str],
    view: View,
    *,
    partition: Partition,
    numbers: Integers | None = None,
) -> Figure:
    """Draw a recorded expansion as frames, one a point.

    Parameters
    ----------
    dataset : Dataset
        What was clustered.
    steps : Steps
        The recorded expansion.
    words : sequence of str
        One sentence a moment, kept in each frame's ``layout.meta["words"]``.
    view : View
        The plane on which it is drawn.
    partition : Partition
        The answer, after whose clusters those of the expansion are coloured.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster of the answer.

    Returns
    -------
    Figure
        Small dots: points that are not followed. Grey rings: not yet looked at; filled: core;
        coloured rings: reached and not core, or not yet asked; crosses: noise. The line shows
        how far epsilon reaches around the point that is being asked.
    """
    flat = view.points[steps.points]
    shades = _shades(steps, partition, numbers)
    scale = {"cmin": -0.5, "cmax": len(shades) - 0.5, "colorscale": colors.stepped(shades)}
    frames = [
        {
            "name": str(i),
            "data": _moment(dataset, steps, view, moment),
            "layout": {"meta": {"words": sentence}},
            "traces": list(range(1, 1 + len(SIGNS) + 3)),
        }
        for i, (moment, sentence) in enumerate(zip(steps.moments, words, strict=True))
    ]
    rest = _others(dataset, steps.points)
    figure = go.Figure(
        data=[
            go.Scatter(
                x=view.points[rest, 0], y=view.points[rest, 1], mode="markers",
                marker={"size": 3, "color": MUTED, "opacity": 0.45}, hoverinfo="skip",
            ),
            *(
                go.Scatter(
                    mode="markers", marker={"symbol": sign, "size": 9},
                    hovertemplate=f"{plain(dataset.source.member)} %{{customdata}}<extra></extra>",
                )
                for sign in SIGNS
            ),
            go.Scatter(
                mode="markers", hoverinfo="skip",
                marker={"size": 15, "symbol": "circle-open", "color": colors.CHOSEN[0],
                        "line": {"width": 1.5}},
            ),
            go.Scatter(
                mode="lines", line={"width": 1.5}, meta={"line": "ink"}, hoverinfo="skip"
            ),
            go.Scatter(
                mode="markers", hoverinfo="skip",
                marker={"size": 14, "symbol": "diamond", "line": {"width": 2}},
                meta={"fill": "ink", "outline": "paper"},
            ),
        ],
        frames=frames,
    )  # fmt: skip
    points = steps.points
    alt = f"DBSCAN on {plain(dataset.source.name)}, {len(frames)} steps."
    figure.update_layout(coloraxis={**scale, "showscale": False})
    plane.ground(figure, view, alt=alt, keep=(dataset.key, view.axes, len(points)), note="")
    if len(points) < dataset.n and view.kind != "strip":
        _closer(figure, flat)
    return figure


def _moment(dataset: Dataset, steps: Steps, view: View, moment: Moment) -> list[dict[str, Any]]:
    """Give what a moment shows: points by their signs, who was reached, and the one asked."""
    inside = moment.labels >= 0
    color = np.where(inside, 1 + moment.labels % SHADES, 0).astype(np.int16)
    filled, lost = inside & moment.asked & steps.core, moment.labels == -1
    shown = []
    for sign, mine in zip(SIGNS, (~filled & ~lost, filled, lost), strict=True):
        flat = view.points[steps.points[mine]]
        line = {"width": 1.4, "color": color[mine], "coloraxis": "coloraxis"}
        shown.append(
            {
                "type": "scatter",
                "x": flat[:, 0],
                "y": flat[:, 1],
                "customdata": dataset.rows[steps.points[mine]] + 1,
                "marker": {
                    "symbol": sign,
                    "size": 9,
                    "color": color[mine],
                    "coloraxis": "coloraxis",
                    "line": line,
                },
            }
        )
    nowhere = np.full((1, 2), np.nan)
    fresh = view.points[moment.reached] if len(moment.reached) else nowhere
    here = view.points[[moment.point]] if moment.point >= 0 else nowhere
    line_ = _reach(dataset, view, moment, steps.eps)
    return shown + [
        {"type": "scatter", "x": at[:, 0], "y": at[:, 1]} for at in (fresh, line_, here)
    ]


def _reach(dataset: Dataset, view: View, moment: Moment, eps: float) -> Floats:
    """Give how far epsilon reaches around the point that is asked."""
    line = None
    if moment.point >= 0:
        line = reach.outline(dataset, view, moment.point, eps)
    return np.full((1, 2), np.nan) if line is None else line


def _shades(steps: Steps, partition: Partition, numbers: Integers | None) -> list[str]:
    """Give the colours of the expansion's clusters, after grey: those of the answer's."""
    last = steps.moments[-1].labels
    shades = [colors.NOISE]
    for cluster in range(min(int(last.max(initial=-1)) + 1, SHADES)):
        first = steps.points[(last == cluster) & steps.core][0]
        shades.append(plane.shade_of(numbers, int(partition.labels[first])))
    return shades


def _others(dataset: Dataset, points: Integers) -> Integers:
    """Choose points that are drawn although they are not followed."""
    rest = np.setdiff1d(np.arange(dataset.n), points)
    return rest[:: max(1, -(-len(rest) // OTHERS))]


def _closer(figure: Figure, flat: Floats) -> None:
    """Look at what is followed, and a little around it."""
    low, high = plane.box(flat)
    span = high - low
    figure.update_xaxes(range=[low[0] - 0.1 * span[0], high[0] + 0.1 * span[0]])
    figure.update_yaxes(range=[low[1] - 0.1 * span[1], high[1] + 0.1 * span[1]])
