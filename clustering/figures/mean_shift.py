"""Customers over two of their own columns, with the centroids, in the units of the file."""

from collections.abc import Sequence

import numpy as np

from clustering.dataset import Dataset, Floats, Integers
from clustering.figures import Figure, plane, scatter
from clustering.figures.style import plain, styled
from clustering.partition import Partition
from clustering.words import count, plural

__all__ = ["pair"]

ROOM = 0.06


def pair(
    dataset: Dataset,
    partition: Partition,
    flat: Floats,
    centers: Floats,
    axes: tuple[str, str],
    *,
    numbers: Integers,
    names: Sequence[str],
    log: bool = False,
) -> Figure:
    """Draw members over two columns and the centroids on top of them.

    Parameters
    ----------
    dataset, partition
        What was clustered, and the answer.
    flat : ndarray of shape (n, 2)
        The two columns in the units of the file.
    centers : ndarray of shape (k, 2)
        The centroids in the same units.
    axes : pair of str
        Names of the columns.
    numbers : ndarray of shape (k,), int
        Colour number of each cluster.
    names : sequence of k str
        What each cluster is called, the user's own words.
    log : bool
        Put both axes on a logarithm; all values must be above 0.

    Returns
    -------
    Figure
        Members as points, centroids as numbered discs.
    """
    figure = Figure()
    labels = partition.labels
    drawn = scatter.add(
        figure, dataset, flat, labels, numbers=numbers,
        extra=lambda i: str(names[labels[i]]) if labels[i] >= 0 else "",
    )  # fmt: skip
    titles = [f"{i}, {name}: its centroid" for i, name in enumerate(names, 1)]
    figure.add_trace(plane.discs(centers, numbers, drawn.trace, names=titles))
    told = ", ".join(f"{i} {size:,}" for i, size in enumerate(partition.sizes.tolist()[:8], 1))
    styled(
        figure,
        x=axes[0],
        y=axes[1],
        alt=f"{dataset.n:,} {plural(dataset.source.member)} over {plain(axes[0])} and "
        f"{plain(axes[1])} in "
        f"{count(partition.k, 'cluster')} ({told}) with their centroids.",
        keep=(dataset.key, axes, log),
        note=drawn.note,
    )
    for name, values in (("xaxis", flat[:, 0]), ("yaxis", flat[:, 1])):
        ends = np.array([values.min(), values.max()], dtype=np.float64)
        ends = np.log10(ends) if log else ends
        room = ROOM * (float(np.ptp(ends)) or 1.0)
        figure.update_layout({name: {"range": [ends[0] - room, ends[1] + room]}})
        if log:
            figure.update_layout({name: {"type": "log", "dtick": 1}})
    return figure
