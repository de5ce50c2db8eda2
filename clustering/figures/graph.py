"""Points of an answer with the graph along which they may merge, or with one branch lit.

The graph is a line broken at every gap, under the points: thin and grey, and red where an
edge joins points that are known to belong to different groups. Lit points keep their colour
and all others fade, so that a branch of the dendrogram is seen where it lies.
"""

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from clustering.dataset import Dataset, Floats, Integers
from clustering.figures import Figure, plane, scatter
from clustering.figures.style import MUTED, plain
from clustering.geometry.projection import View
from clustering.geometry.selection import Window
from clustering.graph import Graph
from clustering.partition import Partition
from clustering.words import count

__all__ = ["JUMP", "MOST_EDGES", "clusters", "segments"]

JUMP = "#d5352b"
"""Red of edges that jump between known groups."""
MOST_EDGES = 300_000
SVG_EDGES = 6_000
FADED = 0.1


def clusters(
    dataset: Dataset,
    partition: Partition,
    view: View,
    *,
    numbers: Integers | None = None,
    lit: Integers | None = None,
    graph: Graph | None = None,
    crossing: NDArray[np.bool_] | None = None,
    window: Window | None = None,
) -> Figure:
    """Draw the points of an answer, its graph under them.

    Parameters
    ----------
    dataset, partition
        What is drawn.
    view : View
        The plane on which it is drawn.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster.
    lit : ndarray of shape (m,), int, optional
        Points that stay as they are while the others fade.
    graph : Graph, optional
        Its edges are drawn, where they are not too many.
    crossing : ndarray of shape (e,), bool, optional
        Which of its edges join different known groups.
    window : Window, optional
        What of the plane is seen, for points that are drawn as an image.

    Returns
    -------
    Figure
        Edges, then points.
    """
    figure = go.Figure()
    bright = np.full(dataset.n, lit is None)
    if lit is not None:
        bright[lit] = True
    image = dataset.n > scatter.WEBGL_LIMIT  # whose pixels know no opacity of single points
    labels = np.where(bright, partition.labels, -1).astype(np.int32) if image else partition.labels
    drawn = scatter.add(figure, dataset, view.points, labels, numbers=numbers, window=window)
    if lit is not None and not image:
        for trace in figure.data:
            place = trace.meta["place"]
            trace.marker.opacity = np.where(bright[place], 1.0, FADED).astype(np.float32)
    notes = [drawn.note]
    if graph is not None:
        notes.append(_add_edges(figure, view, graph, crossing))
    sizes = ", ".join(f"{size:,}" for size in np.sort(partition.sizes)[::-1][:8])
    alt = (
        f"{dataset.n:,} points of {plain(dataset.source.name)} in "
        f"{count(partition.k, 'cluster')} of {sizes}{' and fewer' if partition.k > 8 else ''} "
        f"points, over {plain(view.axes[0])} and {plain(view.axes[1])}"
        + ("" if graph is None else f", with {len(graph.first):,} edges of the graph")
        + ("." if lit is None else f"; {len(lit):,} points are lit.")
    )
    plane.ground(
        figure,
        view,
        alt=alt,
        keep=(dataset.key, view.axes),
        note=" ".join(filter(None, notes)),
        windowed=drawn.windowed,
    )
    if view.kind == "places":  # in a narrow column there is no latitude to fill its height
        figure.update_xaxes(constrain="domain").update_yaxes(constrain="domain")
    return figure


def segments(
    view: View, first: NDArray[np.integer], second: NDArray[np.integer]
) -> tuple[Floats, Floats]:
    """Give edges as one line that is broken after each of them.

    Parameters
    ----------
    view : View
        Where the points stand; on a map edges across its own border are left out.
    first, second : ndarray of shape (e,), int
        The two ends of each.

    Returns
    -------
    x, y : ndarray of shape (3 e,)
        Two ends and a gap (NaN) for each edge.

    Examples
    --------
    >>> from clustering.geometry.projection import view
    >>> flat = view(Dataset.from_points([[0, 0], [1, 5]]))
    >>> x, y = segments(flat, np.array([0]), np.array([1]))
    >>> x.tolist(), y.tolist()
    ([0.0, 1.0, nan], [0.0, 5.0, nan])
    """
    ends = np.full((len(first), 3, 2), np.nan)
    ends[:, 0], ends[:, 1] = view.points[first], view.points[second]
    if view.kind == "places":
        ends = ends[np.abs(ends[:, 0, 0] - ends[:, 1, 0]) <= 180]
    return ends[:, :, 0].ravel(), ends[:, :, 1].ravel()


def _add_edges(figure: Figure, view: View, graph: Graph, crossing: NDArray[np.bool_] | None) -> str:
    """Put the edges under the points; give what must be said about them."""
    many = len(graph.first)
    if many > MOST_EDGES:
        return f"{many:,} edges are too many to draw; choose fewer neighbours or a smaller radius."
    webgl = many > SVG_EDGES or any(isinstance(trace, go.Scattergl) for trace in figure.data)
    kind = go.Scattergl if webgl else go.Scatter
    width = np.float32 if webgl else np.float64
    points = [_glowing(trace) for trace in figure.data] if webgl else list(figure.data)
    jumps = np.zeros(many, dtype=bool) if crossing is None else crossing
    lines = []
    for mine, line in (
        (~jumps, {"color": MUTED, "width": 0.6}),
        (jumps, {"color": JUMP, "width": 1.6}),
    ):
        x, y = segments(view, graph.first[mine], graph.second[mine])
        lines.append(
            kind(
                x=x.astype(width),
                y=y.astype(width),
                mode="lines",
                line=line,
                opacity=0.75,
                hoverinfo="skip",
            )
        )
    figure.data = ()
    figure.add_traces([*lines, *points])
    return ""


def _glowing(trace: go.Scatter | go.Scattergl) -> go.Scattergl:
    """Give a trace as WebGL, which alone covers WebGL."""
    if isinstance(trace, go.Scattergl):
        return trace
    told = {name: each for name, each in trace._props.items() if name != "type"}
    return go.Scattergl(told)
