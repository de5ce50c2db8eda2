"""Fusions: how points that come together step by step make a merge tree.

Each step of lambda says which points are together. Two clusters are one as soon as any two of
their points are, and stay so.
"""

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from clustering.dataset import Floats, Integers
from clustering.partition import Labels

__all__ = ["Fusions", "together"]


class Fusions:
    """Which points are one so far, and the merges that made them so."""

    def __init__(self, groups: Integers) -> None:
        """Make equal points one, at height 0."""
        n = len(groups)
        self.labels: Integers = np.arange(n)
        self.nodes: Integers = np.arange(n)
        self.children: list[tuple[int, int]] = []
        self.heights: list[float] = []
        self.add(groups, np.zeros((n, 1)), 0.0)

    @property
    def count(self) -> int:
        """Clusters that are left."""
        return len(self.nodes)

    def lost(self, labels: Labels | Integers) -> int:
        """Count the merges that these components would add."""
        return self.count - int(together(self.labels, labels)[0])

    def add(self, labels: Labels | Integers, centroids: Floats, height: float) -> None:
        """Merge the clusters that share a component, the nearest ones first."""
        count, group = together(self.labels, labels)
        if count == self.count:
            return
        sizes = np.bincount(self.labels)[:, None]
        sums = np.zeros((self.count, centroids.shape[1]))
        np.add.at(sums, self.labels, centroids)
        middles = sums / sizes
        pairs: list[tuple[float, int, int]] = []
        for each in np.flatnonzero(np.bincount(group) > 1):
            some = np.flatnonzero(group == each)
            apart = np.linalg.norm(middles[some, None] - middles[None, some], axis=2)
            rows, columns = np.triu_indices(len(some), 1)
            ends = some[rows].tolist(), some[columns].tolist()
            pairs += zip(apart[rows, columns].tolist(), *ends, strict=True)
        top = {i: (i, int(node)) for i, node in enumerate(self.nodes)}
        for _, here, there in sorted(pairs):
            (one, left), (two, right) = top[here], top[there]
            if one == two:
                continue
            self.children.append((left, right))
            self.heights.append(height)
            made = len(self.labels) + len(self.children) - 1
            top = {
                at: ((one, made) if name in (one, two) else (name, node))
                for at, (name, node) in top.items()
            }
        self.nodes = np.array(
            [top[int(np.flatnonzero(group == each)[0])][1] for each in range(count)]
        )
        self.labels = group[self.labels]


def together(old: Integers, new: Labels | Integers) -> tuple[int, Integers]:
    """Join old clusters that share a new component: how many are left, and which is where."""
    wide = int(old.max()) + 1
    total = wide + int(new.max()) + 1
    links = sparse.coo_matrix((np.ones(len(old)), (old, wide + new)), shape=(total, total))
    count, part = connected_components(links, directed=False)
    return int(count), part[:wide].astype(np.int64)
