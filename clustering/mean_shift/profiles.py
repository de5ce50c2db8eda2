"""Profiles: what the clusters are in the units of the user's own columns.

A mode is a place among *prepared* columns. Where each of these is one column of the file,
scaled, or scaled after a logarithm, the way back is known exactly, and is found from the data
themselves. Otherwise there is none, and the means over the members speak for the clusters.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from clustering.dataset import Dataset, Floats, Integers
from clustering.partition import Partition

__all__ = ["Profiles", "in_units", "profiles", "widest"]

EXACT = 1e-9
"""Share of a column's range within which a way back must meet every cell."""


@dataclass(frozen=True, eq=False, slots=True)
class Profiles:
    """What the members of each cluster are like.

    Attributes
    ----------
    names : tuple of f str
        The columns of numbers of the user's file that are clustered on.
    values : ndarray of shape (n, f)
        What every member has there.
    means : ndarray of shape (k, f)
        Means over the members of each cluster.
    modes : ndarray of shape (k, f), or None
        The modes in the same units, where they can be had.
    sizes : ndarray of shape (k,), int
        Members of each cluster.
    """

    names: tuple[str, ...]
    values: Floats
    means: Floats
    modes: Floats | None
    sizes: Integers

    @property
    def shares(self) -> Floats:
        """Share of all members in each cluster."""
        shares: Floats = self.sizes / self.sizes.sum()
        return shares

    @property
    def centers(self) -> Floats:
        """The modes where they can be had, otherwise the means; shape (k, f)."""
        return self.means if self.modes is None else self.modes


def profiles(dataset: Dataset, *, partition: Partition) -> Profiles:
    """Describe clusters by the columns of the user's file.

    Parameters
    ----------
    dataset : Dataset
        What was clustered.
    partition : Partition
        The answer.

    Returns
    -------
    Profiles
        Of the columns of numbers; of all coordinates where the data have no such columns.

    Examples
    --------
    >>> data = Dataset.from_points([[1.0], [3.0], [10.0]])
    >>> told = profiles(data, partition=Partition([0, 0, 1], range(3), "by hand"))
    >>> told.names, told.means.tolist(), told.sizes.tolist()
    (('x1',), [[2.0], [10.0]], [2, 1])
    """
    names, values = dataset.columns, dataset.points
    if dataset.features is not None:
        frame = dataset.features.select_dtypes("number")
        if frame.shape[1]:
            names, values = tuple(map(str, frame.columns)), frame.to_numpy(np.float64)
    k = partition.k
    weights = np.zeros((k, dataset.n))
    known = np.flatnonzero(partition.labels >= 0)
    weights[partition.labels[known], known] = dataset.mass[known]
    whole = weights.sum(axis=1, keepdims=True)
    means = weights @ values / np.where(whole > 0, whole, np.nan)
    modes = None if partition.centers is None else in_units(dataset, values, partition.centers)
    return Profiles(names, values, means, modes, partition.sizes)


def in_units(dataset: Dataset, values: Floats, places: Floats) -> Floats | None:
    """Lead places among prepared columns back to the units of the file.

    Parameters
    ----------
    dataset : Dataset
        The prepared points.
    values : ndarray of shape (n, f)
        The same rows in the units of the file.
    places : ndarray of shape (k, d)
        Places among the points.

    Returns
    -------
    ndarray of shape (k, f), or None
        None where a coordinate is not one column, scaled or put on a logarithm.

    Examples
    --------
    >>> cells = np.array([[1.0], [10.0], [100.0]])
    >>> in_units(Dataset.from_points(np.log1p(cells) / 2), cells, np.log1p([[50.0]]) / 2).round(6)
    array([[50.]])
    """
    if dataset.d != values.shape[1]:
        return None
    back = []
    for j in range(dataset.d):
        column = _back(dataset.points[:, j], values[:, j], places[:, j])
        if column is None:
            return None
        back.append(column)
    return np.column_stack(back)


def _back(points: Floats, cells: Floats, places: Floats) -> Floats | None:
    """Lead one coordinate back, by a line or by a line and an exponential."""
    low, high = int(points.argmin()), int(points.argmax())
    span = points[high] - points[low]
    if not span > 0:
        return None
    ways: list[tuple[Floats, Callable[[Floats], Floats]]] = [(cells, np.positive)]
    if cells.min() >= 0:
        ways.append((np.log1p(cells), np.expm1))
    for bent, undone in ways:
        slope = (bent[high] - bent[low]) / span
        found = bent[low] + slope * (points - points[low])
        if np.abs(found - bent).max() <= EXACT * max(float(np.ptp(bent)), 1e-300):
            column: Floats = undone(bent[low] + slope * (places - points[low]))
            return column
    return None


def widest(told: Profiles) -> tuple[int, int]:
    """Give the places of the two columns in which the clusters differ most.

    Parameters
    ----------
    told : Profiles
        Of at least two columns.

    Returns
    -------
    pair of int
        By the share of a column's variance that lies between the clusters, the larger first.
    """
    middle, spread = told.values.mean(axis=0), told.values.var(axis=0)
    between = np.nansum(told.shares[:, None] * (told.means - middle) ** 2, axis=0)
    share = between / np.where(spread > 0, spread, np.inf)
    first, second = np.argsort(-share, kind="stable")[:2].tolist()
    return first, second
