"""The map: points on a plane in the colours of their clusters, under and over which a method draws.

Every map of clusters is this one. What a method adds are layers: cells and edges lie under the
points, centers and marks over them. What covers points that are WebGL must be WebGL too, so
that layers over them are made when it is known how the points are drawn.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from clustering.dataset import Dataset, Integers
from clustering.figures import Figure, plane, scatter
from clustering.figures.style import plain
from clustering.geometry.projection import View
from clustering.geometry.selection import Window
from clustering.partition import Partition
from clustering.words import count

__all__ = ["bare", "clusters"]

FADED = 0.1
"""Opacity of points that are not lit."""
LISTED = 8
"""Clusters whose sizes are told in words."""


def clusters(
    dataset: Dataset,
    partition: Partition,
    view: View,
    *,
    numbers: Integers | None = None,
    chosen: int | None = None,
    lit: Integers | None = None,
    hollow: NDArray[np.bool_] | None = None,
    under: Sequence[Any] = (),
    over: Callable[[type], Sequence[Any]] | None = None,
    told: str = "",
    note: str = "",
    window: Window | None = None,
) -> Figure:
    """Draw the points of an answer, each in the colour of its cluster.

    Parameters
    ----------
    dataset, partition
        What is drawn.
    view : View
        The plane on which it is drawn.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster.
    chosen : int, optional
        A point to mark.
    lit : ndarray of shape (m,), int, optional
        Points that stay as they are while the others fade; in an image, which knows no opacity
        of single points, the others are grey.
    hollow : ndarray of shape (n,), bool, optional
        Points that only touch their cluster, drawn as rings.
    under : sequence of traces
        What lies under the points.
    over : callable, optional
        Gives what lies over them: ``over(kind)`` with the kind of trace that covers points.
    told : str
        What the alt text says of the layers, from its comma on.
    note : str
        What must be said beside the figure because of them.
    window : Window, optional
        What of the plane is seen, for points that are drawn as an image.

    Returns
    -------
    Figure
        The layers under the points, the points, the medoids where there are such, the layers over
        them, the mark.
    """
    figure = go.Figure(data=list(under))
    bright = np.full(dataset.n, lit is None)
    if lit is not None:
        bright[lit] = True
    labels = partition.labels
    if dataset.n > scatter.WEBGL_LIMIT:
        labels = np.where(bright, labels, -1).astype(np.int32)
    drawn = scatter.add(
        figure, dataset, view.points, labels, numbers=numbers, hollow=hollow, window=window
    )
    points = figure.data[len(under) :]
    if lit is not None and dataset.n <= scatter.WEBGL_LIMIT:
        for trace in points:
            trace.marker.opacity = np.where(bright[trace.meta["place"]], 1.0, FADED).astype("f4")
    kind = drawn.trace
    if any(isinstance(trace, go.Scattergl) for trace in under):
        kind, figure.data = go.Scattergl, ()
        figure.add_traces([*under, *map(_as_webgl, points)])
    if partition.exemplars is not None:
        figure.add_trace(_medoids(dataset, partition.exemplars, view, numbers, kind))
    figure.add_traces([] if over is None else list(over(kind)))
    if chosen is not None:
        figure.add_trace(plane.mark(dataset, view, chosen, kind))
    return plane.ground(
        figure,
        view,
        alt=_alt(dataset, partition, view, told, lit),
        keep=(dataset.key, view.axes),
        note=" ".join(filter(None, (drawn.note, note))),
        windowed=drawn.windowed,
    )


def bare(dataset: Dataset, view: View, *, window: Window | None = None) -> Figure:
    """Draw the points while no cluster is known yet.

    Parameters
    ----------
    dataset, view, window
        As for `clusters`.

    Returns
    -------
    Figure
        All points in one colour.
    """
    one = Partition(np.zeros(dataset.n, np.int32), dataset.rows, "none")
    return clusters(dataset, one, view, window=window)


def _medoids(
    dataset: Dataset, places: Integers, view: View, numbers: Integers | None, kind: type
) -> Any:
    """Draw the points that stand for their clusters as numbered discs, by their names."""
    names = [
        f"{dataset.name_of(i)}, medoid of cluster {n}" for n, i in enumerate(places.tolist(), 1)
    ]
    return plane.discs(view.points[places], numbers, kind, names=names)


def _as_webgl(trace: go.Scatter | go.Scattergl) -> go.Scattergl:
    """Give a trace as WebGL, which alone covers WebGL."""
    if isinstance(trace, go.Scattergl):
        return trace
    told = {name: each for name, each in trace._props.items() if name != "type"}
    return go.Scattergl(told)


def _alt(
    dataset: Dataset, partition: Partition, view: View, told: str, lit: Integers | None
) -> str:
    """Say in words what the map shows."""
    sizes = ", ".join(f"{size:,}" for size in np.sort(partition.sizes)[::-1][:LISTED])
    of = f" of {sizes}{' and fewer' if partition.k > LISTED else ''} points" if sizes else ""
    return (
        f"{dataset.n:,} points of {plain(dataset.source.name)} in {count(partition.k, 'cluster')}"
        f"{of}, over "
        f"{plain(view.axes[0])} and {plain(view.axes[1])}{told}"
        + ("." if lit is None else f"; {len(lit):,} points are lit.")
    )
