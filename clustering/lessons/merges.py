r"""Distances between clusters while a tree is grown again, merge by merge.

The distance of a new cluster to every other follows from those of its two parts (G. N. Lance,
W. T. Williams, A general theory of classificatory sorting strategies, 1967): the smaller one,
the larger one, the mean by their sizes, or for Ward's linkage

.. math:: d(ij, k)^2 = \frac{(n_i + n_k) d_{ik}^2 + (n_j + n_k) d_{jk}^2 - n_k d_{ij}^2}
          {n_i + n_j + n_k} .

Along a graph scikit-learn keeps such a distance for pairs that an edge joins, and where only one
of two parts has an edge, takes that one's.
"""

import numpy as np

from clustering.dataset import Dataset, Floats, Integers
from clustering.trees.merging import Linkage

__all__ = ["Replay"]


class Replay:
    """The clusters that there are, and how far each two are apart.

    Parameters
    ----------
    dataset : Dataset
        The points.
    linkage : {"ward", "complete", "average", "single"}
        What the distance of two clusters is.
    edges : tuple of two ndarrays of shape (e,), or None
        The ends of the edges along which clusters may merge.
    """

    def __init__(
        self, dataset: Dataset, linkage: Linkage, edges: tuple[Integers, Integers] | None
    ) -> None:
        """Begin with every point alone."""
        self.linkage = linkage
        self.free = edges is None
        self.apart = dataset.metric.between(dataset.points, dataset.points)
        n = dataset.n
        self.joined = np.full((n, n), self.free)
        if edges is not None:
            self.joined[edges] = self.joined[edges[::-1]] = True
        np.fill_diagonal(self.joined, False)
        self.touching = self.joined.copy()
        self.true = self.apart.copy()
        np.fill_diagonal(self.true, np.inf)
        self.along = np.where(self.joined, self.apart, np.inf)
        self.nodes = np.arange(n)
        self.places = {i: i for i in range(n)}
        self.sizes = np.ones(n)

    def merge(self, left: int, right: int) -> None:
        """Make one cluster of two; it is the next node."""
        i, j = self.places.pop(int(left)), self.places.pop(int(right))
        node = 2 * len(self.nodes) - 2 - len(self.places)
        both = self.touching[i] & self.touching[j]
        touching = self.touching[i] | self.touching[j]
        true = along = self._joint(self.true, i, j)
        if not self.free and self.linkage == "ward":
            along = np.where(touching, true, np.inf)
        elif not self.free:
            # Where only one of the two has an edge, the other one's distance is infinite.
            one = np.minimum(self.along[i], self.along[j])
            along = np.where(both, self._joint(self.along, i, j), one)
        for matrix, row, none in (
            (self.true, true, np.inf),
            (self.along, along, np.inf),
            (self.touching, touching, False),
        ):
            matrix[i], matrix[:, i] = row, row
            matrix[j], matrix[:, j] = none, none
            matrix[i, i] = none
        self.sizes[i] += self.sizes[j]
        self.sizes[j] = 0
        self.nodes[i], self.places[node] = node, i

    def decided(self, mine: Integers, others: Integers) -> tuple[int, int] | None:
        """Give the two points that decide the distance of two clusters; None for means."""
        if self.linkage in ("ward", "average"):
            return None
        cells = np.ix_(mine, others)
        sign = 1.0 if self.linkage == "single" else -1.0
        measured = np.where(self.joined[cells], sign * self.apart[cells], np.inf)
        i, j = np.unravel_index(int(measured.argmin()), measured.shape)
        return int(mine[i]), int(others[j])

    def runner_up(self, left: int, right: int) -> tuple[tuple[int, int] | None, float]:
        """Give the nearest pair that may merge but for these two, and how far apart it is."""
        places = np.sort(np.fromiter(self.places.values(), np.int64))
        some = self.along[np.ix_(places, places)]
        i, j = np.searchsorted(places, [self.places[left], self.places[right]])
        some[i, j] = some[j, i] = np.inf
        return self._least(some, places)

    def barred(self, height: float) -> tuple[int, tuple[int, int] | None, float]:
        """Count the pairs that are nearer than `height` without an edge, and give the nearest."""
        if self.free:
            return 0, None, float("nan")
        places = np.sort(np.fromiter(self.places.values(), np.int64))
        cells = np.ix_(places, places)
        some = np.where(self.touching[cells], np.inf, self.true[cells])
        some[some >= height] = np.inf
        pair, distance = self._least(some, places)
        return int(np.isfinite(some).sum()) // 2, pair, distance

    def _least(self, some: Floats, places: Integers) -> tuple[tuple[int, int] | None, float]:
        """Give the pair with the smallest distance; None where all are infinite."""
        i, j = sorted(np.unravel_index(int(some.argmin()), some.shape))
        if not np.isfinite(some[i, j]):
            return None, float("nan")
        return (int(self.nodes[places[i]]), int(self.nodes[places[j]])), float(some[i, j])

    def _joint(self, apart: Floats, i: int, j: int) -> Floats:
        """Give the distances of the union of two clusters to all."""
        if self.linkage == "single":
            least: Floats = np.minimum(apart[i], apart[j])
            return least
        if self.linkage == "complete":
            most: Floats = np.maximum(apart[i], apart[j])
            return most
        one, two, n = self.sizes[i], self.sizes[j], self.sizes
        with np.errstate(invalid="ignore"):
            if self.linkage == "average":
                mean: Floats = (one * apart[i] + two * apart[j]) / (one + two)
                return mean
            squared = (one + n) * apart[i] ** 2 + (two + n) * apart[j] ** 2
            squared = (squared - n * apart[i, j] ** 2) / (one + two + n)
        ward: Floats = np.sqrt(np.maximum(squared, 0.0))
        return ward
