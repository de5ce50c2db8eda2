"""All days beside the chosen ones: their clusters, and the colours that go on from them."""

from dataclasses import dataclass, replace

import numpy as np

from clustering import affinity, validity
from clustering.data import prices as reading
from clustering.data.prices import Prices
from clustering.dataset import Dataset, Integers
from clustering.errors import ClusterloomError
from clustering.partition import Partition
from dashboard import ui
from dashboard.applications.stocks.sidebar import Chosen

__all__ = ["Whole", "recoloured", "whole"]


@dataclass(frozen=True, eq=False, slots=True)
class Whole:
    """The clusters over all days, at the recipe's preference.

    Attributes
    ----------
    dataset : Dataset
        Moves over all days.
    partition : Partition
        Their clusters.
    """

    dataset: Dataset
    partition: Partition


def whole(prices: Prices, chosen: Chosen) -> Whole | None:
    """Compute the clusters over all days with the same choices otherwise.

    None where all days are chosen, or where they give no clusters.
    """
    if not chosen.restricted:
        return None
    every = replace(chosen, begin=None, end=None)
    try:
        dataset = ui.computed(reading.moves, prices, kind=every.kind, begin=None, end=None)
        relations = ui.computed(affinity.relations, dataset, by=every.similarity)
        partition = ui.computed(
            affinity.fit, dataset, similarity=every.similarity, relations=relations,
            damping=every.damping,
        )  # fmt: skip
    except ClusterloomError:
        return None
    return Whole(dataset, partition)


def recoloured(every: Whole | None, dataset: Dataset, partition: Partition) -> Integers:
    """Give each cluster the colour number of the group over all days that it goes on from.

    Parameters
    ----------
    every : Whole or None
        Its clusters have the colours 0, 1, 2 ... in order.
    dataset, partition
        The chosen days, at their own median.

    Returns
    -------
    ndarray of shape (k,), int64
        New groups, and all where there is nothing to go on from, take the lowest free ones.
    """
    numbers = np.full(partition.k, -1, dtype=np.int64)
    if every is not None:
        _, was, now = np.intersect1d(every.dataset.rows, dataset.rows, return_indices=True)
        old, new = every.partition.labels[was], partition.labels[now]
        partner = validity.match(old, new)
        known = partner <= old.max(initial=-1)
        numbers[: len(partner)] = np.where(known, partner, -1)
    fresh = np.flatnonzero(numbers < 0)
    numbers[fresh] = np.setdiff1d(np.arange(2 * partition.k), numbers)[: len(fresh)]
    return numbers
