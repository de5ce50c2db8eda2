"""Places on a map: points by longitude and latitude over the outline of the land."""

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Dataset, Floats
from clustering.figures import Figure, coast, scatter
from clustering.figures.style import plain, styled
from clustering.geometry.selection import Window
from clustering.partition import Labels

__all__ = ["map"]

MARGIN = 0.06  # of the span, on every side
LEAST = 0.05  # degrees of a map of one place


def map(  # noqa: A001 - the word for it
    dataset: Dataset,
    places: Floats,
    labels: Labels,
    *,
    window: Window | None = None,
) -> Figure:
    """Draw points where they are on the globe.

    Parameters
    ----------
    dataset : Dataset
        Names the points.
    places : ndarray of shape (n, 2)
        Longitude and latitude of each, in degrees.
    labels : ndarray of shape (n,), int
        Group of each.
    window : Window, optional
        What is seen, for points that are drawn as an image.

    Returns
    -------
    Figure
        Coasts, then points.
    """
    figure = go.Figure()
    drawn = scatter.add(figure, dataset, places, labels, window=window)
    low, high = places.min(axis=0), places.max(axis=0)
    span = np.maximum(high - low, LEAST) * MARGIN
    alt = (
        f"{dataset.n:,} places of {plain(dataset.source.name)} from {low[0]:.4g} to "
        f"{high[0]:.4g} degrees of longitude and {low[1]:.4g} to {high[1]:.4g} of latitude."
    )
    styled(
        figure,
        alt=alt,
        x="longitude (degrees)",
        y="latitude (degrees)",
        keep=(dataset.key, "map"),
        note=drawn.note,
        windowed=drawn.windowed,
    )
    figure.update_xaxes(range=[low[0] - span[0], high[0] + span[0]], constrain="range")
    figure.update_yaxes(range=[low[1] - span[1], high[1] + span[1]], constrain="range")
    return coast.under(figure, low, high)
