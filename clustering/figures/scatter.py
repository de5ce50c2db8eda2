"""Points in the plane, coloured by cluster; decides alone how they are drawn.

Up to 3,000 points are SVG, the sharpest; up to 30,000 WebGL, in float32, one trace a
cluster. More are an image (`clustering.figures.raster`), drawn for the window that
is seen: a figure of one must be drawn anew when its reader zooms, and says so in
``layout.meta["windowed"]``. Where few enough are left in the window, these are drawn
as points again.

Whoever sends a figure need not send its points twice. Every trace says in
``meta["place"]`` which of all points it holds, and in ``meta["of"]`` of which lot.
What a point says and where it stands never depends on its cluster, which the trace's
hovertemplate names: all but the places stays the same when the labels change.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from clustering.dataset import Dataset, Floats, Integers
from clustering.figures import Figure, colors, raster
from clustering.figures.hover import Places, rows_said
from clustering.figures.style import plain
from clustering.geometry.selection import Window
from clustering.partition import Labels

__all__ = ["SVG_LIMIT", "WEBGL_LIMIT", "Drawn", "add"]

SVG_LIMIT = 3_000
WEBGL_LIMIT = 30_000
NAMES_LIMIT = 5_000
MOST_TRACES = 60
MARGINS = (0.5, 0.25, 0.1, 0.0)
"""Shares of the window drawn beyond each of its sides, so that panning shows points."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """How points were drawn.

    Attributes
    ----------
    kind : {"svg", "webgl", "raster"}
        What stands in the figure now.
    note : str
        What must be said beside the figure, or empty.
    windowed : bool
        True where the figure shows one window and must be drawn anew for another.
    """

    kind: Literal["svg", "webgl", "raster"]
    note: str
    windowed: bool = False

    @property
    def trace(self) -> type:
        """The kind of trace that covers these points: only WebGL covers WebGL."""
        kind: type = go.Scattergl if self.kind == "webgl" else go.Scatter
        return kind


def add(
    figure: Figure,
    dataset: Dataset,
    flat: Floats,
    labels: Labels,
    *,
    numbers: Integers | None = None,
    size: float | Floats | None = None,
    hollow: NDArray[np.bool_] | None = None,
    extra: Callable[[int], str] | None = None,
    window: Window | None = None,
    webgl: int = WEBGL_LIMIT,
) -> Drawn:
    """Add points to a figure: a trace for each cluster, or an image.

    Parameters
    ----------
    figure : Figure
        Changed in place.
    dataset : Dataset
        Names the points on hover.
    flat : ndarray of shape (n, 2)
        Where the points stand.
    labels : ndarray of shape (n,), int
        Cluster of each; -1 is drawn in grey, as crosses where points are single.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster, by `colors.along`; its own number else.
    size : float or ndarray of shape (n,), optional
        Diameter in pixels; chosen by the number of points when left out. An image
        has no sizes.
    hollow : ndarray of shape (n,), bool, optional
        Points of a cluster that only touch it, drawn as rings; not in an image.
    extra : callable, optional
        Gives a further line of hover text for a point.
    window : Window, optional
        What is seen; everything where left out. Heeded beyond `webgl` points.
    webgl : int
        Points beyond which an image is drawn.

    Returns
    -------
    Drawn
        How they were drawn, and what must be said about it.
    """
    n = len(labels)
    look = _Look(numbers, size, hollow, extra)
    if n <= webgl:
        return Drawn(_points(figure, dataset, flat, labels, np.arange(n, dtype=np.int32), look), "")
    place = None if window is None else _few(flat, window, webgl)
    if window is not None and place is not None:
        kind = _points(figure, dataset, flat, labels, place, look)
        seen = int(_within(flat[place], window, 0.0).sum())
        return Drawn(kind, f"{seen:,} of {n:,} points are in view, each drawn.", windowed=True)
    _image(figure, dataset, flat, labels, look, window or raster.whole(flat))
    note = (
        f"{n:,} points as an image: a pixel has the colour of one of its rows, and is the "
        "more opaque the more there are. Zoom in to see single rows."
    )
    if hollow is not None:
        note += " In an image border points look like core points."
    return Drawn("raster", note, windowed=True)


def _within(flat: Floats, window: Window, margin: float) -> NDArray[np.bool_]:
    """Mark the points in a window with a margin, which is a share of its sides."""
    x, y = flat[:, 0], flat[:, 1]
    wide = margin * (window.right - window.left)
    high = margin * (window.high - window.low)
    found: NDArray[np.bool_] = (x >= window.left - wide) & (x <= window.right + wide)
    found &= (y >= window.low - high) & (y <= window.high + high)
    return found


def _few(flat: Floats, window: Window, most: int) -> Places | None:
    """Give the points in and around a window, or None where they are too many."""
    for margin in MARGINS:
        place = np.flatnonzero(_within(flat, window, margin))
        if len(place) <= most:
            return place.astype(np.int32)
    return None


def _named(cluster: int) -> str:
    """Call a cluster by its number from 1."""
    return f"cluster {cluster + 1}" if cluster >= 0 else "noise"


@dataclass(frozen=True, eq=False, slots=True)
class _Look:
    """How points look, as `add` is asked."""

    numbers: Integers | None
    size: float | Floats | None
    hollow: NDArray[np.bool_] | None
    extra: Callable[[int], str] | None

    def shade(self, cluster: int) -> str:
        """Give the colour of a cluster, grey for noise."""
        number = cluster if self.numbers is None or cluster < 0 else self.numbers[cluster]
        return colors.color(int(number))


@dataclass(frozen=True, eq=False, slots=True)
class _Part:
    """Points that one trace draws: where they stand among those drawn, and how they look."""

    mine: Integers
    named: str
    shade: str
    symbol: str


def _parts(there: Labels, place: Places, look: _Look) -> Iterator[_Part]:
    """Divide points into traces: noise, then each cluster, its rings after its discs.

    A chart of a thousand traces is slow: where clusters are very many, those beyond the
    largest share a trace with others of their colour.
    """
    present, sizes = np.unique(there, return_counts=True)
    large = {-1, *present[np.argsort(-sizes, kind="stable")[:MOST_TRACES]].tolist()}
    pools: dict[tuple[int | None, str], list[int]] = {}
    for cluster in present.tolist():
        own = cluster if cluster in large else None
        pools.setdefault((own, look.shade(cluster)), []).append(cluster)
    for (_, shade), clusters in pools.items():
        mine = np.isin(there, clusters)
        named = _named(clusters[0]) if len(clusters) == 1 else "a small cluster"
        if clusters[0] < 0:
            yield _Part(np.flatnonzero(mine), named, shade, "x-thin-open")
            continue
        rings = np.zeros_like(mine) if look.hollow is None else mine & look.hollow[place]
        if (mine & ~rings).any():
            yield _Part(np.flatnonzero(mine & ~rings), named, shade, "circle")
        if rings.any():
            yield _Part(np.flatnonzero(rings), f"{named}, at its border", shade, "circle-open")


def _points(
    figure: Figure, dataset: Dataset, flat: Floats, labels: Labels, place: Places, look: _Look
) -> Literal["svg", "webgl"]:
    """Add one trace a cluster, and one for its rings, noise first, for these points."""
    sharp = len(place) <= SVG_LIMIT
    kind = go.Scatter if sharp else go.Scattergl
    width = np.float64 if sharp else np.float32
    diameter: Any = look.size
    if diameter is None:
        diameter = 9 if len(place) <= 600 else 6 if sharp else 4
    texts = None
    if len(place) <= NAMES_LIMIT:
        texts = rows_said(dataset, place)
        if look.extra is not None:
            texts = [f"{text}<br>{look.extra(i)}" for text, i in zip(texts, place, strict=True)]
    member = plain(dataset.source.member)
    for part in _parts(labels[place], place, look):
        points = place[part.mine]
        if texts is None:
            words: dict[str, Any] = {
                "customdata": (dataset.rows[points] + 1).astype(np.int32),
                "hovertemplate": f"{member} %{{customdata}}<br>{part.named}<extra></extra>",
            }
        else:
            words = {
                "text": [texts[i] for i in part.mine.tolist()],
                "hovertemplate": f"%{{text}}<br>{part.named}<extra></extra>",
            }
        disc = part.symbol == "circle"
        marker: dict[str, Any] = {
            "color": part.shade,
            "size": diameter[points].astype(np.float32)
            if isinstance(diameter, np.ndarray)
            else float(diameter),
            "opacity": 1.0,
            "symbol": part.symbol,
        }
        if sharp:
            marker["line"] = {"width": 0.7 if disc else 1.2, "color": part.shade}
        outline = {"outline": "paper"} if sharp and disc else {}
        figure.add_trace(
            kind(
                x=flat[points, 0].astype(width),
                y=flat[points, 1].astype(width),
                mode="markers",
                marker=marker,
                meta={"place": points, "of": "points", **outline},
                name=part.named,
                **words,
            )
        )
    return "svg" if sharp else "webgl"


def _image(
    figure: Figure,
    dataset: Dataset,
    flat: Floats,
    labels: Labels,
    look: _Look,
    window: Window,
) -> None:
    """Add the image of a window, and unseen markers that name a row of each region."""
    lowest, highest = int(labels.min()), int(labels.max())
    # Clusters may share a colour: the palette ends where nobody tells more of them apart.
    shades, places = np.unique(
        [look.shade(cluster) for cluster in range(lowest, highest + 1)], return_inverse=True
    )
    painted = raster.image(raster.pixels(flat, window), places[labels - lowest], shades.tolist())
    figure.add_layout_image(
        source=painted,
        xref="x",
        yref="y",
        x=window.left,
        y=window.high,
        sizex=window.right - window.left,
        sizey=window.high - window.low,
        xanchor="left",
        yanchor="top",
        sizing="stretch",
        layer="below",
    )
    place, counts = raster.representatives(flat, window)
    there = labels[place]
    said = np.column_stack([dataset.rows[place] + 1, counts]).astype(np.int32)
    member = plain(dataset.source.member)
    for cluster in np.unique(there).tolist():
        mine = there == cluster
        figure.add_scatter(
            x=flat[place[mine], 0],
            y=flat[place[mine], 1],
            mode="markers",
            marker={"color": look.shade(cluster), "size": 14.0, "opacity": 0.0},
            meta={"place": place[mine].astype(np.int32), "of": "regions"},
            name=_named(cluster),
            customdata=said[mine],
            hovertemplate=f"{member} %{{customdata[0]:,}}<br>{_named(cluster)}"
            "<br>%{customdata[1]:,} points around here<extra></extra>",
        )
