"""Rounding drawn: levels on a line, and a cloud of colours with its cells."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from clustering.dataset import Dataset, Floats, Integers
from clustering.figures import Figure, colors, plane
from clustering.figures.style import AXIS, GRID, MUTED, styled
from clustering.geometry.projection import View
from clustering.lessons.quantization import Rounding, Splits

__all__ = ["cloud", "line", "some", "splits"]

COLOURS = 4_000
"""Colours of the cloud that are drawn."""
RAMP = [[0.0, "#000000"], [1.0, "#ffffff"]]


# ---- one dimension ------------------------------------------------------------------------------
def line(dataset: Dataset, steps: Sequence[Rounding]) -> Figure:
    """Draw how levels and thresholds move on the line of grey levels.

    Parameters
    ----------
    dataset : Dataset
        Grey levels from 0 to 255, weighted with the count of their pixels.
    steps : sequence of Rounding
        What `clustering.lessons.quantization.rounding` tells.

    Returns
    -------
    Figure
        Shows the first step; its frames are the steps. Above how many pixels have each level,
        with the thresholds as lines and the levels as diamonds; below the ramp from black to
        white, and the same ramp rounded.
    """
    counts = np.bincount(dataset.points[:, 0].astype(int), dataset.mass, minlength=256)
    top = float(counts.max())
    ramp = np.arange(256.0)
    frames: list[dict[str, Any]] = []
    for number, step in enumerate(steps):
        rounded = step.levels[np.searchsorted(step.thresholds, ramp)]
        sides = np.repeat(step.thresholds, 3)
        sides[2::3] = np.nan
        frames.append(
            {
                "name": str(number),
                "data": [
                    {"type": "scatter", "x": sides, "y": np.tile([0.0, 1.05 * top, np.nan],
                                                                 len(step.thresholds))},
                    {"type": "scatter", "x": step.levels, "y": np.zeros(len(step.levels))},
                    {"type": "heatmap", "z": np.stack([rounded, ramp])},
                ],
                "traces": [1, 2, 3],
                "layout": {"meta": {"words": step.words}},
            }
        )  # fmt: skip
    lines, levels, strip = frames[0]["data"]
    figure = go.Figure(
        data=[
            go.Bar(x=ramp, y=counts, marker={"color": MUTED, "line": {"width": 0}}, width=1.0,
                   opacity=0.7, hovertemplate="grey level %{x}: %{y:,} pixels<extra></extra>"),
            {**lines, "mode": "lines", "line": {"width": 1.6, "dash": "dot"},
             "meta": {"line": "ink"}, "hoverinfo": "skip"},
            {**levels, "mode": "markers", "cliponaxis": False,
             "marker": {"size": 13, "symbol": "diamond", "color": colors.CHOSEN[0],
                        "line": {"width": 1.5}},
             "meta": {"outline": "paper"}, "hovertemplate": "level %{x:.2f}<extra></extra>"},
            {**strip, "x0": 0, "dx": 1, "y": [0, 1], "yaxis": "y2", "zmin": 0, "zmax": 255,
             "colorscale": RAMP, "showscale": False, "hoverinfo": "skip"},
        ],
        frames=frames,
    )  # fmt: skip
    alt = f"{len(steps[0].levels)} levels on the line from black to white, {len(steps)} steps."
    styled(figure, x="grey level", y="pixels", alt=alt, keep=(dataset.key, len(steps[0].levels)))
    figure.update_layout(
        xaxis={"range": [-4, 259], "anchor": "y2"},
        yaxis={"domain": [0.3, 1.0], "range": [0, 1.08 * top], "rangemode": "tozero"},
        yaxis2={**AXIS, "domain": [0.0, 0.2], "showgrid": False, "range": [-0.5, 1.5],
                "tickvals": [0, 1], "ticktext": ["rounded", "as it is"]},
        bargap=0,
    )  # fmt: skip
    return figure


# ---- three dimensions ---------------------------------------------------------------------------
def some(dataset: Dataset, *, most: int = COLOURS, seed: int = 0) -> Integers:
    """Choose the colours that are drawn: heavy ones more often, none twice, ascending.

    Parameters
    ----------
    dataset : Dataset
        Weighted colours.
    most : int
        How many.
    seed : int
        The choice is the same for the same seed.
    """
    if dataset.n <= most:
        return np.arange(dataset.n)
    # Half by their pixels, half evenly, so that the rare ones at the border of the cloud are seen.
    draws = np.random.default_rng(seed).exponential(size=dataset.n)
    heavy = np.argsort(draws / dataset.mass)[: most // 2]
    rest = np.setdiff1d(np.arange(dataset.n), heavy)
    evenly = rest[np.argsort(draws[rest])[: most - len(heavy)]]
    return np.sort(np.concatenate([heavy, evenly]))


def cloud(
    places: Floats,
    shades: NDArray[np.uint8],
    labels: Integers,
    palette: NDArray[np.uint8],
    centers: Floats,
    *,
    axes: tuple[str, ...],
    words: Sequence[str],
    keep: str = "",
) -> Figure:
    """Draw colours as a cloud in their space, and how it is rounded to a palette.

    Parameters
    ----------
    places : ndarray of shape (m, 3)
        Where the colours are.
    shades : ndarray of shape (m, 3), uint8
        The colours themselves.
    labels : ndarray of shape (m,), int
        Entry of the palette that each is rounded to.
    palette : ndarray of shape (k, 3), uint8
        The entries.
    centers : ndarray of shape (k, 3)
        Where the entries are.
    axes : tuple of three str
        Names of the three numbers.
    words : sequence of five str
        What is told of each frame: `clustering.lessons.quantization.cells`.
    keep : str
        The camera is kept while this stays the same.

    Returns
    -------
    Figure
        Five frames: the colours, the palette among them, every colour painted as the entry
        of its cell, and all of them half the way and the whole way to it.
    """
    k = len(palette)
    own, entry = _written(shades), _written(palette)
    painted = entry[labels]
    rest = np.full((1, 3), np.nan)
    half = places + 0.5 * (centers[labels] - places)
    told = zip(
        (places, places, places, half, centers[labels]),
        (own, own, painted, painted, painted),
        (rest, centers, centers, centers, centers),
        words,
        strict=True,
    )
    frames: list[dict[str, Any]] = []
    for number, (at, paint, marks, said) in enumerate(told):
        frames.append(
            {
                "name": str(number),
                "data": [
                    {"type": "scatter3d", **dict(zip("xyz", at.T.astype(np.float32), strict=True)),
                     "marker": {"size": 2.4, "color": paint, "line": {"width": 0}}},
                    {"type": "scatter3d", **dict(zip("xyz", marks.T, strict=True))},
                ],
                "traces": [0, 1],
                "layout": {"meta": {"words": said}},
            }
        )  # fmt: skip
    points, entries = frames[0]["data"]
    figure = go.Figure(
        data=[
            {**points, "mode": "markers", "hoverinfo": "skip"},
            {**entries, "mode": "markers", "hovertemplate": "%{text}<extra></extra>",
             "text": entry, "marker": {"size": 9 if k <= 32 else 6, "color": entry.tolist(),
                                       "line": {"width": 1.5, "color": MUTED}}},
        ],
        frames=frames,
    )  # fmt: skip
    alt = f"{len(places):,} colours over {', '.join(axes)}, rounded to {k:,} in five steps."
    styled(figure, alt=alt, keep=(keep, axes))
    scene = {
        name: {"title": {"text": title, "font": {"color": MUTED, "size": 12}}, "gridcolor": GRID,
               "tickfont": {"color": MUTED, "size": 10}, "showbackground": False,
               "zerolinecolor": GRID, "showspikes": False, "range": _span(column)}
        for name, title, column in zip(("xaxis", "yaxis", "zaxis"), axes, places.T, strict=True)
    }  # fmt: skip
    figure.update_layout(
        scene={**scene, "aspectmode": "data", "dragmode": "turntable",
               "camera": {"eye": {"x": 1.35, "y": -1.45, "z": 0.75}}},
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
    )  # fmt: skip
    return figure


def _span(column: Floats) -> list[float]:
    """Give the ends of an axis, with a little room."""
    low, high = float(column.min()), float(column.max())
    room = 0.04 * (high - low) or 1.0
    return [low - room, high + room]


def _written(shades: NDArray[np.uint8]) -> NDArray[np.str_]:
    """Write colours as ``#rrggbb``."""
    return np.array([f"#{row.tobytes().hex()}" for row in np.ascontiguousarray(shades)])


# ---- LBG ----------------------------------------------------------------------------------------
def splits(
    dataset: Dataset, told: Splits, view: View, shades: Sequence[NDArray[np.uint8]]
) -> Figure:
    """Draw how a codebook grows, on a plane of the colours.

    Parameters
    ----------
    dataset : Dataset
        The colours.
    told : Splits
        What `clustering.lessons.quantization.splits` tells.
    view : View
        The plane.
    shades : sequence of ndarray of shape (k, 3), uint8
        Colour of every codeword, for each moment.

    Returns
    -------
    Figure
        Points painted as the codeword that they go to, codewords as discs in their own colour,
        a short line from where each came to where it is, and the borders between them.
    """
    frames: list[dict[str, Any]] = []
    low, high = plane.box(view.points)
    before = view.project(told.moments[0].centers)
    size = 5 if dataset.n > 200 else 9
    for number, (moment, words) in enumerate(zip(told.moments, told.words, strict=True)):
        at = view.project(moment.centers)
        entry = _written(shades[number])
        came = before[moment.parents] if len(moment.parents) == len(at) else at
        broken = np.full((3, len(at), 2), np.nan)
        broken[0], broken[1] = came, at
        sides = plane.outline(plane.cells(at, low, high))
        ways = broken.transpose(2, 1, 0).reshape(2, -1)
        frames.append(
            {
                "name": str(number),
                "data": [
                    {"type": "scatter", "x": sides[0], "y": sides[1]},
                    {"type": "scatter", "marker": {"size": size, "line": {"width": 0},
                                                   "color": entry[moment.labels].tolist()}},
                    {"type": "scatter", "x": ways[0], "y": ways[1]},
                    {"type": "scatter", "x": at[:, 0], "y": at[:, 1],
                     "marker": {"size": 15, "color": entry.tolist(), "line": {"width": 2.5}}},
                ],
                "traces": [0, 1, 2, 3],
                "layout": {"meta": {"words": words}},
            }
        )  # fmt: skip
        before = at
    borders, points, came_by, discs = frames[0]["data"]
    figure = go.Figure(
        data=[
            {**borders, "mode": "lines", "line": {"color": MUTED, "width": 1}, "hoverinfo": "skip"},
            {**points, "x": view.points[:, 0], "y": view.points[:, 1], "mode": "markers",
             "hoverinfo": "skip"},
            {**came_by, "mode": "lines", "line": {"width": 1.5}, "meta": {"line": "ink"},
             "hoverinfo": "skip"},
            {**discs, "mode": "markers", "meta": {"outline": "ink"}, "hoverinfo": "skip"},
        ],
        frames=frames,
    )  # fmt: skip
    alt = f"LBG on the colours of a picture, {len(frames)} steps."
    return plane.ground(figure, view, alt=alt, keep=(dataset.key, view.axes), note="")
