"""The condensed tree: what splits, what is lost, and which clusters live longest."""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from clustering.checks import shown
from clustering.dataset import Floats, Integers, frozen
from clustering.dbscan.checks import is_count
from clustering.dbscan.epsilons import EpsilonAxis
from clustering.errors import ParameterError
from clustering.partition import Labels
from clustering.trees.merge_tree import numbered

__all__ = ["Condensed", "condensed"]

ROUNDING = 1e-9
"""Share by which two stabilities may differ that are equal but for the order of a sum."""


@dataclass(frozen=True, eq=False, slots=True)
class Condensed:
    """The condensed tree: m clusters, each after the one that it comes from.

    Attributes
    ----------
    min_cluster_size : int
        Smallest part that counts as a cluster.
    parent : ndarray of shape (m,), int64
        Which cluster split; -1 for the first, which holds all points.
    births : ndarray of shape (m,)
        The epsilon below which it lives; infinite for the first.
    deaths : ndarray of shape (m,)
        The epsilon from which on it lives: below, it has split or is too small.
    sizes : ndarray of shape (m,)
        Points, by weight, when it is born.
    stability : ndarray of shape (m,)
        How long its points stay, in 1 / epsilon.
    chosen : ndarray of shape (m,), bool
        Whether it is one of the clusters of the answer.
    names : ndarray of shape (m,), int32
        Its number in the answer; -1 where it is not chosen.
    spans : ndarray of shape (m, 2), int64
        Where its points begin and end in the `order` of the merge tree; those of its parts lie
        within.
    cluster : ndarray of shape (n,), int64
        The last, smallest cluster that each point was in.
    left : ndarray of shape (n,)
        The epsilon below which it is not in that one any more.
    labels : ndarray of shape (n,), int32
        Number of the chosen cluster of each point; -1 for noise.
    membership : ndarray of shape (n,)
        How deep within its cluster a point lies: 1 where it stays to the end, 0 for noise.
    """

    min_cluster_size: int
    parent: Integers
    births: Floats
    deaths: Floats
    sizes: Floats
    stability: Floats
    chosen: NDArray[np.bool_]
    names: Labels
    spans: Integers
    cluster: Integers
    left: Floats
    labels: Labels
    membership: Floats

    @property
    def lives(self) -> tuple[tuple[float, float], ...]:
        """Between which epsilons (low, high) each chosen cluster lives, in its numbering."""
        rank = np.flatnonzero(self.chosen)
        rank = rank[np.argsort(self.names[rank])]
        return tuple(zip(self.deaths[rank].tolist(), self.births[rank].tolist(), strict=True))

    @property
    def together(self) -> float:
        """An epsilon at which chosen clusters of the most points live; NaN where there is none."""
        low, high = self.deaths[self.chosen], self.births[self.chosen]
        ends = np.unique(np.concatenate([low, high]))
        middles = np.sqrt(ends[:-1] * ends[1:])
        middles = middles[np.isfinite(middles) & (middles > 0)]
        if not len(middles):
            return float("nan")
        alive = (low < middles[:, None]) & (middles[:, None] < high)
        return float(middles[int((alive @ self.sizes[self.chosen]).argmax())])


def condensed(axis: EpsilonAxis, min_cluster_size: int = 5) -> Condensed:
    """Condense the merge tree of DBSCAN and choose the most stable clusters.

    Parameters
    ----------
    axis : EpsilonAxis
        Its `min_samples` is HDBSCAN's.
    min_cluster_size : int
        Smallest part that counts as a cluster, from 2; weights count as so many points.

    Returns
    -------
    Condensed
        The clusters, which of them are chosen, and where each point is.

    Raises
    ------
    ParameterError
        Where `min_cluster_size` is no whole number from 2.

    Notes
    -----
    O(n) time and memory. Points at distance 0 are as dense as the closest pair of others.

    Examples
    --------
    >>> from clustering import dbscan
    >>> from clustering.dataset import Dataset
    >>> data = Dataset.from_points([[0.0], [1.0], [2.1], [3.1], [10.0], [11.0], [12.1]])
    >>> found = condensed(dbscan.axis(data, min_samples=1), min_cluster_size=3)
    >>> found.labels.tolist(), [(round(a, 1), round(b, 1)) for a, b in found.lives]
    ([0, 0, 0, 0, 1, 1, 1], [(1.1, 6.9), (1.1, 6.9)])
    """
    if not is_count(min_cluster_size, 2):
        raise ParameterError(
            f"min_cluster_size = {shown(min_cluster_size)}; choose a whole number from 2."
        )
    least, tree = int(min_cluster_size), axis.tree
    mass = axis.dataset.mass
    sizes = tree.weighed(mass)
    parent, born, nodes, cluster, gone = _condense(tree.children, tree.heights, sizes, least)
    births = np.append(tree.heights, np.inf)[born]
    left = np.where(gone < 0, axis.core, np.append(tree.heights, 0.0)[gone])
    heights = np.concatenate([tree.heights, axis.core])
    closest = heights[heights > 0].min(initial=np.inf)
    density = _densities(left, closest)
    beginning = np.where(np.isinf(births), 0.0, _densities(births, closest))
    m = len(parent)
    stay = mass * (density - beginning[cluster])
    stability: Floats = np.bincount(cluster, weights=stay, minlength=m).astype(np.float64)
    deaths = np.full(m, np.inf)
    np.minimum.at(deaths, cluster, left)
    np.add.at(stability, parent[1:], sizes[nodes[1:]] * (beginning[1:] - beginning[parent[1:]]))
    np.minimum.at(deaths, parent[1:], births[1:])
    chosen = _excess_of_mass(parent, stability)
    # Parents stand before their parts, so that one look at each is enough.
    under = np.where(chosen, np.arange(m), -1)
    for each in range(1, m):
        if under[each] < 0:
            under[each] = under[parent[each]]
    home = under[cluster]
    inside = np.flatnonzero(home >= 0)
    first = np.full(m, tree.n)
    np.minimum.at(first, home[inside], inside)
    names = np.full(m, -1, dtype=np.int32)
    names[chosen] = numbered(first[chosen])
    labels = np.where(home >= 0, names[home], -1).astype(np.int32)
    peak = _densities(deaths, closest)[home]
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(peak > 0, np.minimum(density, peak) / peak, 1.0)
    starts = np.concatenate([np.argsort(tree.order), tree.starts])[nodes]
    count = np.concatenate([np.ones(tree.n, dtype=np.int64), tree.sizes])[nodes]
    return Condensed(
        min_cluster_size=least,
        parent=frozen(parent),
        births=frozen(births),
        deaths=frozen(deaths),
        sizes=frozen(sizes[nodes]),
        stability=frozen(stability),
        chosen=frozen(chosen),
        names=frozen(names),
        spans=frozen(np.column_stack([starts, starts + count])),
        cluster=frozen(cluster),
        left=frozen(left),
        labels=frozen(labels),
        membership=frozen(np.where(home >= 0, share, 0.0)),
    )


def _densities(eps: Floats, closest: float) -> Floats:
    """Give 1 / eps, with distances of 0 taken for the closest that is none."""
    density: Floats = 1.0 / np.maximum(eps, closest)
    return density


@njit(cache=True, nogil=True)
def _condense(children, heights, size, least):  # type: ignore[no-untyped-def]
    """Go from the last merge down and tell splits from losses.

    Gives for each cluster its parent, the merge whose undoing bears it and its node; and for
    each leaf its last cluster and the merge at which it left (-1 where it is one itself).
    """
    n = len(children) + 1
    every = 2 * n - 1
    # Large parts of all merges at one height together, counted at the highest of them.
    parts, tied = np.zeros(every, dtype=np.int64), np.zeros(every, dtype=np.bool_)
    for merge in range(n - 1):
        for part in children[merge]:
            tied[part] = part >= n and heights[part - n] == heights[merge]
            parts[n + merge] += parts[part] if tied[part] else int(size[part] >= least)
    home, gone = np.zeros(every, dtype=np.int64), np.full(every, -1)
    parent, born, nodes = np.full(every, -1), np.full(every, n - 1), np.full(every, every - 1)
    m = 1
    for merge in range(n - 2, -1, -1):
        here, lost = home[n + merge], gone[n + merge]
        for part in children[merge]:
            home[part] = here
            if lost >= 0:
                gone[part] = lost
            elif tied[part]:
                parts[part] = parts[n + merge]
            elif size[part] < least:
                gone[part] = merge
            elif parts[n + merge] > 1:
                home[part] = m
                parent[m], born[m], nodes[m] = here, merge, part
                m += 1
    return parent[:m].copy(), born[:m].copy(), nodes[:m].copy(), home[:n].copy(), gone[:n].copy()


def _excess_of_mass(parent: Integers, stability: Floats) -> NDArray[np.bool_]:
    """Choose, from the leaves up, whichever is more stable: a cluster or the best below it."""
    m = len(parent)
    above, own = parent.tolist(), stability.tolist()
    below, best = [0.0] * m, [False] * m
    for each in range(m - 1, 0, -1):
        best[each] = own[each] >= (1.0 - ROUNDING) * below[each]
        below[above[each]] += max(own[each], below[each])
    covered = [False] * m
    for each in range(1, m):  # what lies within a chosen cluster is a part of it
        covered[each] = covered[above[each]] or best[above[each]]
    chosen: NDArray[np.bool_] = np.array(best) & ~np.array(covered)
    return chosen
