"""Points on a plane and nothing else: before any cluster is known, and with any answer."""

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Dataset, Integers
from clustering.figures import Figure, plane, scatter
from clustering.figures.style import plain
from clustering.geometry.projection import View
from clustering.geometry.selection import Window
from clustering.partition import Partition
from clustering.words import count

__all__ = ["bare", "clusters"]


def clusters(
    dataset: Dataset,
    partition: Partition,
    view: View,
    *,
    numbers: Integers | None = None,
    chosen: int | None = None,
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
    window : Window, optional
        What of the plane is seen, for points that are drawn as an image.

    Returns
    -------
    Figure
        Points, then the mark.
    """
    figure = go.Figure()
    drawn = scatter.add(
        figure, dataset, view.points, partition.labels, numbers=numbers, window=window
    )
    if chosen is not None:
        figure.add_trace(plane.mark(dataset, view, chosen, drawn.trace))
    sizes = ", ".join(f"{size:,}" for size in partition.sizes)
    alt = (
        f"{dataset.n:,} points of {plain(dataset.source.name)} in "
        f"{count(partition.k, 'cluster')} of {sizes} points, over {plain(view.axes[0])} and "
        f"{plain(view.axes[1])}."
    )
    return plane.ground(
        figure,
        view,
        alt=alt,
        keep=(dataset.key, view.axes),
        note=drawn.note,
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
