"""The map of a page: its plane, its points before anything is known, its clusters, a selection."""

from collections.abc import Callable

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from clustering.dataset import Dataset, Integers
from clustering.figures import Figure
from clustering.figures import map as figures
from clustering.figures import sizes as size_figures
from clustering.geometry.projection import View
from clustering.geometry.selection import Window
from clustering.partition import Partition
from dashboard.ui.chart import Click, chart
from dashboard.ui.members import selected
from dashboard.ui.words import note

__all__ = ["bare", "cluster_map", "height_of", "plane", "pointed", "sizes"]

BAR, SCALE, SHOWN = 20, 64, 7
"""Pixels of a bar and of the scale below the bars, and bars that are seen where many scroll."""
LEAST, FRAME = 0.6, 80
"""Height of the flattest map, as a share of the highest; pixels of a map that are not plane."""


def plane(dataset: Dataset, key: str) -> tuple[int, int] | None:
    """Let the user choose what the map of more than two columns shows.

    Parameters
    ----------
    dataset : Dataset
        Its columns are offered.
    key : str
        Beginning of the names of the two parameters in the URL.

    Returns
    -------
    pair of int, or None
        Places of two columns; None for principal components, or where there is
        nothing to choose: with two columns or fewer, or distances without coordinates.
    """
    if dataset.d <= 2 or not dataset.metric.is_euclidean:
        return None
    names = ["principal components", *dataset.columns]
    across = st.selectbox("Map, across", names, key=f"{key}_across", bind="query-params")
    if across == names[0]:
        return None
    rest = [name for name in dataset.columns if name != across]
    upwards = st.selectbox("Map, upwards", rest, key=f"{key}_up", bind="query-params")
    return dataset.columns.index(across), dataset.columns.index(upwards)


def height_of(view: View, *, most: int, across: int = 490) -> int:
    """Give the height of a map on which points that lie wide leave little room empty.

    Parameters
    ----------
    view : View
        The plane, both of whose axes have one scale, but for a strip.
    most : int
        Pixels at most.
    across : int
        How wide the points are on a wide screen, in pixels.

    Examples
    --------
    >>> from clustering.geometry import projection
    >>> square, flat = ([[0.0, 0.0], [wide, 1.0]] for wide in (1.0, 100.0))
    >>> for points in (square, flat):
    ...     height_of(projection.view(Dataset.from_points(points)), most=540)
    540
    324
    """
    low, high = view.points.min(axis=0), view.points.max(axis=0)
    wide, up = (high - low).tolist()
    if view.kind == "strip" or not wide > 0:
        return most
    if view.kind == "places":  # where a degree of longitude is the shorter one
        up /= np.cos(np.radians((low[1] + high[1]) / 2))
    return int(np.clip(across * up / wide + FRAME, LEAST * most, most))


def bare(
    place: DeltaGenerator, dataset: Dataset, view: View, key: str, *, height: int, said: str = ""
) -> None:
    """Show the points while no cluster is known yet, or where none can be.

    Parameters
    ----------
    place : container
        Where the map will be.
    dataset, view
        The points and their plane.
    key : str
        Of the chart.
    height : int
        Pixels, as the map will have them.
    said : str
        What stands above.
    """
    with place.container():
        note(said)
        chart(lambda window: figures.bare(dataset, view, window=window), key, height=height)


def cluster_map(
    draw: Callable[[Window | None], Figure],
    key: str,
    dataset: Dataset,
    partition: Partition,
    view: View,
    *,
    height: int,
    said: str = "",
    on_click: Callable[[Click], None] | None = None,
    selectable: bool = True,
) -> None:
    """Show a map of clusters, what is to be said of it, and what was selected on it.

    Parameters
    ----------
    draw : callable
        Gives the figure for what is seen, as `chart` asks for it.
    key : str
        Of the chart.
    dataset, partition, view
        What the map shows, and in which plane.
    height : int
        Pixels.
    said : str
        What stands below the map, above the selection.
    on_click : callable, optional
        What a click does.
    selectable : bool
        Whether a box and a lasso are offered.
    """
    region = chart(draw, key, height=height, on_click=on_click, selectable=selectable)
    note(said)
    selected(dataset, partition, view, region)


def pointed(view: View, click: Click) -> int:
    """Give the point nearest to a click."""
    return int(((view.points - [click.x, click.y]) ** 2).sum(axis=1).argmin())


def sizes(
    dataset: Dataset, partition: Partition, numbers: Integers, key: str, *, shown: int = SHOWN
) -> None:
    """Draw how large the clusters are, in the colours of the map.

    Parameters
    ----------
    dataset, partition
        Whose clusters, and of what.
    numbers : ndarray of shape (k,), int
        Colour number of each.
    key : str
        Of the chart.
    shown : int
        Bars that are seen at once where there are so many that they scroll.
    """
    tall = SCALE + BAR * partition.k
    scrolled = SCALE + BAR * shown + BAR // 2
    # What is hidden is bars, one of them in half: the scale alone would not be missed.
    with st.container(height=scrolled if tall > scrolled + SCALE else "content", border=False):
        figure = size_figures.bars(partition, numbers=numbers, member=dataset.source.member)
        chart(figure, key, height=tall)
