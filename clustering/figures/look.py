"""A first look: points laid flat before anything is clustered."""

from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from clustering.dataset import Dataset, Floats
from clustering.figures import Figure, scatter
from clustering.figures.style import plain, styled
from clustering.geometry.selection import Window
from clustering.words import count

__all__ = ["look"]


def look(
    dataset: Dataset,
    flat: Floats,
    axes: tuple[str, str],
    groups: "pd.Series[Any] | None" = None,
    *,
    window: Window | None = None,
) -> Figure:
    """Draw points that were laid flat, in the colours of their known groups.

    Parameters
    ----------
    dataset : Dataset
        Names the points.
    flat : ndarray of shape (n, 2)
        Where they stand; points at NaN are left out, and the note says so.
    axes : tuple of (str, str)
        Titles of the two axes.
    groups : Series of shape (n,), optional
        Known groups.
    window : Window, optional
        What is seen, for points that are drawn as an image.

    Returns
    -------
    Figure
        Points, and nothing else.
    """
    labels = np.zeros(dataset.n, dtype=np.int32)
    named = ""
    if groups is not None:
        found, words = pd.factorize(groups, sort=True)
        labels = found.astype(np.int32)
        named = f"coloured by {plain(groups.name)} ({count(len(words), 'group')})"
    placed = np.isfinite(flat).all(axis=1)
    figure = go.Figure()
    if placed.all():
        drawn = scatter.add(figure, dataset, flat, labels, window=window)
    else:
        some = Dataset.from_points(flat[placed], name=dataset.source.name)
        drawn = scatter.add(figure, some, some.points, labels[placed], window=window)
        chosen = f"{int(placed.sum()):,} of {dataset.n:,} points, evenly chosen"
        named = "; ".join(filter(None, (chosen, named)))
    alt = f"{dataset.n:,} points over {plain(axes[0])} and {plain(axes[1])}; {named}."
    return styled(
        figure,
        x=axes[0],
        y=axes[1],
        alt=alt,
        equal=True,
        keep=(dataset.key, axes),
        note="; ".join(filter(None, (named, drawn.note))),
        windowed=drawn.windowed,
    )
