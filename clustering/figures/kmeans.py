"""k-means in pictures: cells and centers, the restarts, and the run step by step."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from plotly import graph_objects as go

from clustering import voronoi
from clustering.dataset import Dataset, Floats, Integers
from clustering.errors import UnsupportedError
from clustering.figures import Figure, colors, scatter
from clustering.figures.style import MUTED, plain, styled
from clustering.kmeans import Lottery, Steps
from clustering.partition import Partition
from clustering.projection import View

__all__ = ["DOUBTFUL", "boundaries", "lesson", "restarts", "uncertainty"]

MARGIN = 0.06
REACH = 2.0
DOUBTFUL = 0.9  # certainty below which a point is drawn larger
ELONGATED = 12.0
LESSON_POINTS = 2_000
TRAIL = 8  # half steps for which the way of a center is drawn


# ---- the ground on which everything stands ---------------------------------------------------
def _box(flat: Floats) -> tuple[Floats, Floats]:
    """Give the corners of the view: the points, and a little room around them."""
    low, high = flat.min(axis=0), flat.max(axis=0)
    span = np.where(high > low, high - low, np.maximum(np.abs(high), 1.0))
    return low - MARGIN * span, high + MARGIN * span


def _cells(centers: Floats, low: Floats, high: Floats) -> tuple[Floats, ...]:
    """Cut the plane into cells, beyond the view too, so that one can zoom out."""
    far = REACH * (high - low)
    return voronoi.cells(centers, low=low - far, high=high + far)


def _outline(polygons: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Join polygons into one broken line."""
    gap = np.full((1, 2), np.nan)
    parts = [part for polygon in polygons if len(polygon) for part in (polygon, polygon[:1], gap)]
    joined = np.vstack(parts) if parts else gap
    return joined[:, 0], joined[:, 1]


def _ground(figure: Figure, view: View, *, alt: str, keep: Sequence[object], note: str) -> Figure:
    """Give the axes the range of the points, with equal scales where that can be read."""
    low, high = _box(view.points)
    span = high - low
    flat = view.kind == "strip" or max(span) > ELONGATED * min(span)
    if flat and view.kind != "strip":
        note = "; ".join(filter(None, (note, "the two scales differ")))
    styled(figure, x=view.axes[0], y=view.axes[1], alt=alt, equal=not flat, keep=keep, note=note)
    figure.update_xaxes(range=[low[0], high[0]], constrain="range")
    figure.update_yaxes(range=[low[1], high[1]], constrain="range")
    if view.kind == "strip":
        figure.update_yaxes(visible=False)
    return figure


def _colour_of(numbers: Integers | None, cluster: int) -> str:
    return colors.color(cluster if numbers is None else int(numbers[cluster]))


def _flags(flat: Floats, numbers: Integers | None, kind: type = go.Scatter) -> Any:
    """Draw the centers as numbered discs; WebGL points are only covered by WebGL discs."""
    shades = [_colour_of(numbers, i) for i in range(len(flat))]
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
        hovertemplate="centre of cluster %{text}<extra></extra>",
    )


def _starts(flat: Floats) -> go.Scatter:
    """Draw starting centers as open diamonds."""
    return go.Scatter(
        x=flat[:, 0],
        y=flat[:, 1],
        mode="markers",
        marker={"size": 13, "symbol": "diamond-open", "line": {"width": 2}},
        meta={"fill": "ink"},
        hovertemplate="start %{pointNumber}<extra></extra>",
    )


# ---- figures ---------------------------------------------------------------------------------
def boundaries(
    dataset: Dataset,
    partition: Partition,
    view: View,
    *,
    numbers: Integers | None = None,
    starts: Floats | None = None,
    cells: bool = True,
) -> Figure:
    """Draw the points, the centers, and the exact cell of each center.

    Parameters
    ----------
    dataset, partition
        What is drawn.
    view : View
        The plane on which it is drawn.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster.
    starts : ndarray of shape (m, 2), optional
        Places on the map to mark as starting centers.
    cells : bool
        Draw the cells.

    Returns
    -------
    Figure
        Cells, points, centers, in this order.

    Raises
    ------
    UnsupportedError
        Where the answer has no centers.
    """
    if partition.centers is None:
        raise UnsupportedError("This result has no centres, and so no cells to draw.")
    flat = view.project(partition.centers)
    figure = go.Figure()
    if cells:
        for cluster, polygon in enumerate(_cells(flat, *_box(view.points))):
            x, y = _outline([polygon])
            shade = _colour_of(numbers, cluster)
            figure.add_scatter(
                x=x,
                y=y,
                mode="lines",
                fill="toself",
                fillcolor=colors.translucent(shade, 0.15),
                line={"color": MUTED, "width": 1},
                hoverinfo="skip",
            )
    traces, note = scatter.points(dataset, view.points, partition.labels, numbers=numbers)
    figure.add_traces(traces)
    if starts is not None and len(starts):
        figure.add_trace(_starts(starts))
    figure.add_trace(_flags(flat, numbers, kind=type(traces[-1])))
    sizes = ", ".join(f"{size:,}" for size in partition.sizes)
    alt = (
        f"{dataset.n:,} points of {plain(dataset.source.name)} in {partition.k} clusters of "
        f"{sizes} points, over {plain(view.axes[0])} and {plain(view.axes[1])}, with the "
        "cell and the centre of each cluster."
    )
    return _ground(figure, view, alt=alt, keep=(dataset.key, view.axes), note=note)


def restarts(lottery: Lottery, *, chosen: int | None = None) -> Figure:
    """Draw the inertia of every start, the best first.

    Parameters
    ----------
    lottery : Lottery
        Many runs from different starts.
    chosen : int, optional
        Place of the start to mark, from 0.

    Returns
    -------
    Figure
        One dot a start; the place on the x axis is its rank from 1.
    """
    inertia = lottery.inertias
    rank = np.arange(1, len(inertia) + 1)
    above = 100 * lottery.gaps
    figure = go.Figure(
        go.Scatter(
            x=rank,
            y=inertia,
            mode="markers",
            marker={
                "size": 9,
                "color": [colors.CHOSEN[0] if a == 0 else colors.NOISE for a in lottery.answers],
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
        f"Inertia of {len(inertia)} starts, sorted: {lottery.wins} reach the best answer with "
        f"{inertia[0]:.5g}; the worst has {inertia[-1]:.5g}, {above[-1]:.1f} per cent above it."
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

    Returns
    -------
    Figure
        One faint line for each restart, then the points.
    """
    low, high = _box(view.points)
    lines = [
        polygon
        for centers in lottery.centers
        for polygon in _cells(view.project(centers), low, high)
    ]
    x, y = _outline(lines)
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
    traces, note = scatter.points(
        dataset,
        view.points,
        partition.labels,
        numbers=numbers,
        size=sizes,
        extra=lambda i: f"same cluster in {100 * certainty[i]:.0f} % of the starts",
    )
    figure.add_traces(traces)
    doubtful = int((certainty < DOUBTFUL).sum())
    alt = (
        f"Boundaries of {len(lottery.centers)} starts over one another; {doubtful:,} of "
        f"{dataset.n:,} points change their cluster in more than a tenth of the starts."
    )
    return _ground(figure, view, alt=alt, keep=(dataset.key, view.axes), note=note)


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
    shown = scatter.drawn(steps.moments[-1].labels, most=LESSON_POINTS)
    box = _box(np.vstack([view.points, *(view.project(m.centers) for m in steps.moments[:1])]))
    k = len(steps.moments[0].centers)
    scale = _stepped([colors.NOISE] + [_colour_of(numbers, i) for i in range(k)])
    paths = np.stack([view.project(moment.centers) for moment in steps.moments])
    frames = []
    for i, (moment, sentence) in enumerate(zip(steps.moments, words, strict=True)):
        flat = paths[i]
        x, y = _outline(_cells(flat, *box))
        trails = np.concatenate([paths[max(0, i - TRAIL) : i + 1], np.full((1, k, 2), np.nan)])
        frames.append(
            go.Frame(
                name=str(i),
                data=[
                    {"type": "scatter", "x": x, "y": y},
                    {
                        "type": "scatter",
                        "marker": {
                            "color": (moment.labels[shown] + 1).astype(np.int16),
                            "cmin": -0.5,
                            "cmax": k + 0.5,
                            "colorscale": scale,
                            "size": 8 if len(shown) <= 600 else 5,
                            "line": {"width": 0.7},
                        },
                    },
                    {
                        "type": "scatter",
                        "x": trails[:, :, 0].T.ravel(),
                        "y": trails[:, :, 1].T.ravel(),
                    },
                    {"type": "scatter", "x": flat[:, 0], "y": flat[:, 1]},
                ],
                layout={"meta": {"words": sentence}},
                traces=[0, 1, 2, 3],
            )
        )
    first = frames[0].data
    figure = go.Figure(
        data=[
            go.Scatter(
                x=first[0].x,
                y=first[0].y,
                mode="lines",
                line={"color": MUTED, "width": 1},
                hoverinfo="skip",
            ),
            go.Scatter(
                x=view.points[shown, 0],
                y=view.points[shown, 1],
                mode="markers",
                marker=first[1].marker,
                meta={"outline": "paper"},
                text=[plain(dataset.name_of(i)) for i in shown.tolist()],
                hovertemplate="%{text}<extra></extra>",
            ),
            go.Scatter(
                x=first[2].x,
                y=first[2].y,
                mode="lines",
                line={"width": 1.5, "dash": "dot"},
                meta={"line": "ink"},
                hoverinfo="skip",
            ),
            _flags(paths[0], numbers),
        ],
        frames=frames,
    )
    note = "" if len(shown) == dataset.n else f"{len(shown):,} of {dataset.n:,} points drawn"
    alt = f"k-means on {plain(dataset.source.name)}, {len(frames)} steps."
    return _ground(figure, view, alt=alt, keep=(dataset.key, view.axes), note=note)


def _stepped(shades: Sequence[str]) -> list[tuple[float, str]]:
    """Make a colour scale of equal steps, one a shade."""
    m = len(shades)
    return [(edge / m, shade) for i, shade in enumerate(shades) for edge in (i, i + 1)]
