r"""What happens as epsilon grows, as sorted lists; every curve of DBSCAN is a count in these.

Points become core, other points come within reach of one, and edges of the spanning tree join
what was apart, so that the number of clusters at any epsilon is a difference of two counts.

Where points are many, most clusters of most epsilons are crumbs: a few points of the noise that
happen to lie together. They come and go with every step of epsilon and say nothing about the
shape of the data. So there is a second count, of *large* clusters alone, those with at least
:math:`\lceil\sqrt n\,\rceil` core points (no more than about :math:`\sqrt n` clusters can have
so many). A large cluster appears with the merge that makes it large of parts that were not, and
one is lost with each merge of two large ones; crumbs that are swallowed change nothing:

.. math:: \text{large}(\varepsilon) = \#\{\text{appeared} \le \varepsilon\}
          - \#\{\text{fused} \le \varepsilon\} .

A *plateau* is a range of epsilon over which this number stays the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from clustering.dataset import Dataset, Floats, Integers
from clustering.geometry.neighbourhood import Neighbourhood
from clustering.trees.merge_tree import MergeTree, plateaus

__all__ = ["DOMINANT", "LOST", "Events", "counted", "events", "large_from", "touching", "widest"]

LOST = 0.5
"""Share of the points that may be noise on a plateau."""
DOMINANT = 0.9
"""Share of the points in one cluster from which the others say little."""


@dataclass(frozen=True, eq=False, slots=True)
class Events:
    """At which epsilons anything changes; each list ascending.

    Attributes
    ----------
    core : ndarray of shape (n,)
        Where a point becomes core.
    reached : ndarray of shape (n,)
        Where a point stops being noise.
    joined : ndarray of shape (n - 1,)
        Where two clusters become one.
    appeared : ndarray of shape (a,)
        Where a cluster becomes large that has no large part.
    fused : ndarray of shape (f,)
        Where two large clusters become one.
    biggest : ndarray of shape (n,)
        Core points of the largest cluster after so many merges, from none to all.
    """

    core: Floats
    reached: Floats
    joined: Floats
    appeared: Floats
    fused: Floats
    biggest: Integers

    @property
    def values(self) -> Floats:
        """Every epsilon at which anything changes, and before them one for all below."""
        values = np.unique(np.concatenate([self.reached, self.core, self.joined]))
        values = values[(values > 0) & np.isfinite(values)]
        if not len(values):
            return np.ones(1)
        below = values[:1] / 2
        return np.concatenate([below[below > 0], values])

    def curves(self, values: Floats) -> dict[str, Floats]:
        """Count everything at these epsilons, whatever they are; see `EpsilonAxis.curves`."""

        def up_to(events: Floats) -> Integers:
            return np.searchsorted(events, values, side="right")

        cores, joined = up_to(self.core), up_to(self.joined)
        n = len(self.core)
        return {
            "clusters": (cores - joined).astype(np.float64),
            "large": (up_to(self.appeared) - up_to(self.fused)).astype(np.float64),
            "noise": (n - up_to(self.reached)).astype(np.float64),
            "core": cores.astype(np.float64),
            "largest": np.maximum(self.biggest[joined], cores > 0) / n,
        }


def events(dataset: Dataset, near: Neighbourhood, touch: Floats, tree: MergeTree) -> Events:
    """Sort what happens as epsilon grows.

    Parameters
    ----------
    dataset : Dataset
        Its weights say how many points a row stands for.
    near : Neighbourhood
        Knows from where on each point is core.
    touch : ndarray of shape (n,)
        As `touching` gives it.
    tree : MergeTree
        Of mutual reachability.

    Notes
    -----
    O(n log n) time.
    """
    big = tree.weighed(dataset.mass) >= large_from(dataset)
    parts = big[tree.children].sum(axis=1)
    alone = big[: tree.n]
    return Events(
        core=np.sort(near.core),
        reached=np.sort(np.minimum(near.core, touch)),
        joined=tree.levels,
        appeared=np.sort(np.append(near.core[alone], tree.levels[big[tree.n :] & (parts == 0)])),
        fused=tree.levels[parts == 2],
        biggest=np.concatenate([[0], np.maximum.accumulate(tree.sizes)]),
    )


def touching(near: Neighbourhood) -> Floats:
    """Give from which epsilon on each point lies within reach of another core point."""
    others = near.places != np.arange(len(near.core))[:, None]
    ways = np.where(others, np.maximum(near.distances, near.core[near.places]), np.inf)
    touch: Floats = ways.min(axis=1, initial=np.inf)
    return touch


def large_from(dataset: Dataset) -> int:
    """Give the core points, by weight, from which on a cluster is large.

    Examples
    --------
    >>> large_from(Dataset.from_points([[0.0]] * 10)), large_from(Dataset.from_points([[0.0]]))
    (4, 1)
    """
    return int(np.ceil(np.sqrt(dataset.mass.sum())))


def counted(curves: Mapping[str, Floats]) -> str:
    """Name the curve that plateaus are of, as `EpsilonAxis.counted`."""
    return "large" if curves["large"].max() >= 2 else "clusters"


def widest(values: Floats, curves: Mapping[str, Floats]) -> tuple[tuple[float, float], ...]:
    """Give the plateaus that `EpsilonAxis.plateaus` promises, of any curves."""
    n = curves["core"][-1]  # in the end all are core
    half = curves["noise"] <= LOST * n
    few = half & (curves["clusters"] ** 2 <= n)
    for allowed in (few & (curves["largest"] < DOMINANT), few, half, True):
        found = plateaus(values, curves[counted(curves)], allowed=allowed)
        if found:
            return found
    return ()
