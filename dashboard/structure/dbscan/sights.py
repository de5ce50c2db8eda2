"""Where the axis of DBSCAN is looked at: its plateaus, the window around them, where it opens."""

from dataclasses import dataclass

import numpy as np

from clustering import dbscan
from clustering.dataset import Dataset
from clustering.dbscan import EpsilonAxis
from clustering.dbscan import epsilons as dbscan_axis
from clustering.trees import merge_tree as trees

ENOUGH, NEARLY_ALL, LOST = 0.02, 0.98, 0.5
SHOWN = 3
"""Plateaus that are marked and named."""
SMALL = 0.01
"""Share of the points below which a cluster is called small."""

Ranges = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Plateau:
    """A range of epsilon over which the number of clusters stays the same.

    Attributes
    ----------
    low, high : float
        Its ends.
    clusters : int
        How many there are.
    small : int
        How many of them hold less than 1 % of the points.
    noise : (least, most)
        Share of the points, from end to end.
    """

    low: float
    high: float
    clusters: int
    small: int
    noise: tuple[float, float]

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends."""
        return self.low, self.high

    @property
    def eps(self) -> float:
        """A short number in its middle."""
        return rounded(self.low, self.high)

    def holds(self, eps: float) -> bool:
        """Say whether an epsilon lies in it."""
        return self.low <= eps < self.high


def plateau(axis: EpsilonAxis, low: float, high: float) -> Plateau:
    """Say what there is to say of a range."""
    n, found = axis.dataset.n, axis.at(low)
    crumbs = np.bincount(found.labels[found.labels >= 0]) < SMALL * n
    last = axis.count(float(np.nextafter(high, 0)))["noise"]
    return Plateau(low, high, found.k, int(crumbs.sum()), (last / n, found.noise / n))


@dataclass(frozen=True, eq=False, slots=True)
class Sights:
    """What is to be seen on an axis, found out once.

    Attributes
    ----------
    plateaus : tuple of Plateau
        The longest ones, the longest first.
    longer : Plateau or None
        A longer one, which is none of them as nearly all points are in one cluster there.
    window : (low, high)
        Between which epsilons anything is to be seen.
    opening : float
        The epsilon on which new data open.
    knee : Knee
        The k-distance curve.
    """

    plateaus: tuple[Plateau, ...]
    longer: Plateau | None
    window: tuple[float, float]
    opening: float
    knee: dbscan.Knee

    @property
    def marked(self) -> tuple[Plateau, ...]:
        """Those that are marked on the curve."""
        return (*self.plateaus[: SHOWN - 1], self.longer) if self.longer else self.plateaus


def sights(dataset: Dataset, *, axis: EpsilonAxis) -> Sights:
    """Look at an axis: the middle of its longest plateau is where new data open."""
    knee = dbscan.knee(axis)
    plateaus = tuple(plateau(axis, *ends) for ends in few(axis, axis.plateaus)[:SHOWN])
    longer = longest_of_all(axis, plateaus)
    if plateaus:
        opening = plateaus[0].eps
    else:
        opening = knee.eps if knee.place >= 0 else float(axis.values[len(axis.values) // 2])
    seen = window(axis, tuple(each.ends for each in (*plateaus[:1], longer) if each))
    return Sights(plateaus, longer, seen, opening, knee)


def few(axis: EpsilonAxis, found: Ranges) -> Ranges:
    """Leave out where nearly every point is a cluster, which is nobody's answer."""
    kept = [ends for ends in found if axis.count(ends[0])["clusters"] ** 2 <= axis.dataset.n]
    return tuple(kept) or found


def longest_of_all(axis: EpsilonAxis, plateaus: tuple[Plateau, ...]) -> Plateau | None:
    """Give a plateau on which nearly all are in one cluster, where it is the longest of all."""
    if not plateaus:
        return None
    first = plateaus[0]
    curves = axis.curves
    told = (curves["noise"] <= LOST * axis.dataset.n) & (curves["largest"] < NEARLY_ALL)
    for low, high in trees.plateaus(axis.values, curves["clusters"], allowed=told):
        if high / low <= 1.001 * first.high / first.low:
            return None
        last = axis.count(float(np.nextafter(high, 0)))
        if last["clusters"] ** 2 <= axis.dataset.n and last["largest"] >= dbscan_axis.DOMINANT:
            return plateau(axis, low, high)
    return None


def window(axis: EpsilonAxis, plateaus: Ranges) -> tuple[float, float]:
    """Give between which epsilons anything is to be seen.

    From where some points are core to where nearly all are in one cluster: a single point
    far away does not squeeze what the others do. Plateaus are always within.
    """
    values, curves = axis.values, axis.curves
    n = axis.dataset.n
    begun = values[int((curves["core"] >= ENOUGH * n).argmax())]
    joined = curves["largest"] >= NEARLY_ALL
    ended = values[int(joined.argmax())] if joined.any() else values[-1]
    low, high = float(begun), float(ended)
    for begin, end in plateaus:
        low, high = min(low, begin), max(high, end)
    low, high = 0.9 * low, 1.15 * high
    return (low, high) if high > 1.3 * low else (low / 1.5, 1.5 * high)


def rounded(low: float, high: float) -> float:
    """Give the shortest number near the geometric middle of a range, never outside.

    Examples
    --------
    >>> rounded(0.6134, 0.9211), rounded(1.0, 1.0001)
    (0.75, 1.00005)
    """
    middle = float(np.sqrt(low * high))
    for digits in range(2, 16):
        short = float(f"{middle:.{digits}g}")
        if low + 0.25 * (high - low) * (low < high) <= short < high - 0.25 * (high - low):
            return short
    return middle


def here(axis: EpsilonAxis, eps: float, seen: Sights) -> tuple[float, float] | None:
    """Give the range around an epsilon with as many clusters, where it is no marked plateau."""
    if any(each.holds(eps) for each in seen.marked):
        return None
    values, curve = axis.values, axis.curves["clusters"]
    place = int(np.searchsorted(values, eps, side="right")) - 1
    if place < 0:
        return None
    other = np.flatnonzero(curve != curve[place])
    after = other[other > place]
    before = other[other < place]
    first = int(before[-1]) + 1 if len(before) else 0
    last = float(values[after[0]]) if len(after) else np.inf
    return float(values[first]), last
