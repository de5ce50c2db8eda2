"""Convex clustering in the plane: the way of every centroid as lambda grows."""

import numpy as np
from plotly import graph_objects as go

from clustering.convex import ConvexPath
from clustering.dataset import Integers
from clustering.figures import Figure, plane, scatter
from clustering.figures.style import MUTED, plain
from clustering.geometry.projection import View
from clustering.partition import Partition
from clustering.words import amount, count

__all__ = ["way"]


def way(
    path: ConvexPath,
    view: View,
    partition: Partition,
    value: float,
    *,
    numbers: Integers | None = None,
) -> Figure:
    """Draw how centroids go from their points to the mean of all, and where they are now.

    Parameters
    ----------
    path : ConvexPath
        Centroids at every lambda that was solved.
    view : View
        The plane.
    partition : Partition
        The clusters at the present lambda.
    value : float
        The present lambda.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster.

    Returns
    -------
    Figure
        The ways, in soft grey to their ends and in colour up to the present lambda; the points;
        a diamond for the centroid of each cluster.
    """
    dataset = path.dataset
    m, n, d = path.centroids.shape
    ways = view.project(path.centroids.reshape(-1, d)).reshape(m, n, 2)
    figure = go.Figure()
    broken = np.concatenate([ways, np.full((1, n, 2), np.nan)])
    figure.add_scatter(
        x=broken[:, :, 0].T.ravel(), y=broken[:, :, 1].T.ravel(), mode="lines", opacity=0.35,
        line={"color": MUTED, "width": 0.7}, hoverinfo="skip",
    )  # fmt: skip
    now = max(int(np.searchsorted(path.values, value, side="right")), 1)
    gone = np.concatenate([ways[:now], np.full((1, n, 2), np.nan)])
    for cluster in range(partition.k):
        mine = partition.labels == cluster
        figure.add_scatter(
            x=gone[:, mine, 0].T.ravel(),
            y=gone[:, mine, 1].T.ravel(),
            mode="lines",
            line={"color": plane.shade_of(numbers, cluster), "width": 1.2},
            hoverinfo="skip",
        )
    scatter.add(figure, dataset, view.points, partition.labels, numbers=numbers, size=5.0)
    if partition.k <= scatter.MOST_TRACES:
        first = np.unique(partition.labels, return_index=True)[1]
        figure.add_scatter(
            x=ways[now - 1, first, 0],
            y=ways[now - 1, first, 1],
            mode="markers",
            marker={
                "symbol": "diamond",
                "size": 11,
                "color": [plane.shade_of(numbers, i) for i in range(partition.k)],
                "line": {"width": 1.5},
            },
            meta={"outline": "ink"},
            text=[f"cluster {i + 1}, {size:,} points" for i, size in enumerate(partition.sizes)],
            hovertemplate="centroid of %{text}<extra></extra>",
        )
    return plane.ground(
        figure,
        view,
        alt=f"Convex clustering of {dataset.n:,} points of {plain(dataset.source.name)}: the ways "
        f"of their centroids over lambda up to {amount(path.values[-1])}; at lambda "
        f"{amount(value)} there are {count(partition.k, 'cluster')}.",
        keep=(dataset.key, view.axes, "convex"),
        note="",
    )
