"""The point whose silhouette is explained: clicked in the profile or on the map."""

from collections.abc import Callable

import numpy as np

from clustering import validity
from clustering.dataset import Dataset
from clustering.figures import silhouette as drawing
from clustering.figures.silhouette import Blades
from clustering.geometry.projection import View
from clustering.partition import Partition
from dashboard import ui


def blades(dataset: Dataset, partition: Partition, score: validity.Score) -> Blades:
    """Give the order in which the profile shows the points."""
    values = np.full(dataset.n, np.nan) if score.per_point is None else score.per_point
    return drawing.arrange(partition.labels, values)


def chosen(dataset: Dataset, score: validity.Score) -> int | None:
    """Give the point that was clicked on these data; else the one placed worst."""
    clicked = ui.recall("si_point", low=1, high=dataset.n, on=dataset.key)
    values = score.per_point
    if clicked is not None and values is not None and np.isfinite(values[clicked - 1]):
        return clicked - 1
    return None if values is None else int(np.nanargmin(values))


def choose_blade(blades: Blades) -> Callable[[ui.Click], None]:
    """Give what a click on the profile does: choose the point that is drawn there."""
    return lambda click: ui.remember("si_point", blades.nearest(click.y) + 1)


def choose(view: View) -> Callable[[ui.Click], None]:
    """Give what a click on the map does: choose the nearest point."""
    return lambda click: ui.remember("si_point", ui.pointed(view, click) + 1)
