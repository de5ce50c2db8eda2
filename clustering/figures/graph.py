"""Points of an answer with the graph along which they may merge, or with one branch lit.

The graph is a line broken at every gap, under the points: thin and grey, and red where an
edge joins points that are known to belong to different groups. Lit points keep their colour
and all others fade, so that a branch of the dendrogram is seen where it lies.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from clustering.dataset import Dataset, Floats, Integers
from clustering.figures import Figure
from clustering.figures import map as maps
from clustering.figures.style import MUTED
from clustering.geometry.projection import View
from clustering.geometry.selection import Window
from clustering.graph import Graph
from clustering.partition import Partition

__all__ = ["JUMP", "MOST_EDGES", "clusters", "segments"]

JUMP = "#d5352b"
"""Red of edges that jump between known groups."""
MOST_EDGES = 300_000
SVG_EDGES = 6_000


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
    dataset, partition, view, numbers, lit, window
        As for `clustering.figures.map.clusters`.
    graph : Graph, optional
        Its edges are drawn, where they are not too many.
    crossing : ndarray of shape (e,), bool, optional
        Which of its edges join different known groups.

    Returns
    -------
    Figure
        Edges, then points.
    """
    figure = maps.clusters(
        dataset,
        partition,
        view,
        numbers=numbers,
        lit=lit,
        under=() if graph is None else _edges(view, graph, crossing),
        told="" if graph is None else f", with {len(graph.first):,} edges of the graph",
        note="" if graph is None else _too_many(graph),
        window=window,
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


def _too_many(graph: Graph) -> str:
    """Say that a graph is not drawn; empty where it is."""
    many = len(graph.first)
    if many <= MOST_EDGES:
        return ""
    return f"{many:,} edges are too many to draw; choose fewer neighbours or a smaller radius."


def _edges(view: View, graph: Graph, crossing: NDArray[np.bool_] | None) -> list[Any]:
    """Give the edges as two lines, plain ones and those that jump; none where too many."""
    many = len(graph.first)
    if many > MOST_EDGES:
        return []
    kind, width = (go.Scattergl, "f4") if many > SVG_EDGES else (go.Scatter, "f8")
    jumps = np.zeros(many, dtype=bool) if crossing is None else crossing
    lines = []
    for mine, line in (
        (~jumps, {"color": MUTED, "width": 0.6}),
        (jumps, {"color": JUMP, "width": 1.6}),
    ):
        x, y = segments(view, graph.first[mine], graph.second[mine])
        lines.append(
            kind(
                x=x.astype(width), y=y.astype(width), mode="lines", line=line, opacity=0.75,
                hoverinfo="skip",
            )
        )  # fmt: skip
    return lines
