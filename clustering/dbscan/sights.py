"""Where an axis of DBSCAN is worth a look: its plateaus, the window around them, where to open."""

from dataclasses import dataclass

import numpy as np

from clustering.dataset import Dataset
from clustering.dbscan.epsilons import EpsilonAxis
from clustering.dbscan.events import DOMINANT, LOST, counted
from clustering.dbscan.k_distances import Knee, knee
from clustering.trees.merge_tree import plateaus

__all__ = ["Plateau", "Sights", "rounded", "sights"]

ENOUGH, NEARLY_ALL = 0.02, 0.98
SHOWN = 3
"""Plateaus that are marked and named."""


@dataclass(frozen=True, slots=True)
class Plateau:
    """A range of epsilon over which the number of large clusters stays the same.

    Attributes
    ----------
    low, high : float
        Its ends.
    clusters : int
        How many large ones there are; of any size where no two are ever large at once.
    others : (least, most)
        How many smaller ones there are beside them, from where there are fewest.
    noise : (least, most)
        Share of the points, from end to end.
    """

    low: float
    high: float
    clusters: int
    others: tuple[int, int]
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


@dataclass(frozen=True, eq=False, slots=True)
class Sights:
    """What is to be seen on an axis.

    Attributes
    ----------
    plateaus : tuple of Plateau
        The longest ones, the longest first, at most three.
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
    knee: Knee

    @property
    def marked(self) -> tuple[Plateau, ...]:
        """Those that are marked on the curve."""
        return (*self.plateaus[: SHOWN - 1], self.longer) if self.longer else self.plateaus


def sights(dataset: Dataset, *, axis: EpsilonAxis) -> Sights:
    """Look at an axis: the middle of its longest plateau is where new data open.

    Parameters
    ----------
    dataset : Dataset
        The points of the axis.
    axis : EpsilonAxis
        Of any data.

    Returns
    -------
    Sights
        Where there is no plateau, it opens at the knee, and without one halfway.

    Notes
    -----
    O(m log m) for m values of the axis.

    Examples
    --------
    >>> from clustering import dbscan
    >>> data = Dataset.from_points([[0.0], [1.0], [2.0], [9.0], [10.0], [11.0]])
    >>> found = sights(data, axis=dbscan.axis(data, min_samples=2))
    >>> [(each.ends, each.clusters, each.others) for each in found.plateaus], found.opening
    ([((1.0, 7.0), 2, (0, 0))], 2.6)
    """
    bends = knee(axis)
    longest = tuple(_plateau(axis, *ends) for ends in axis.plateaus[:SHOWN])
    longer = _longer(axis, longest[0]) if longest else None
    if longest:
        opening = longest[0].eps
    else:
        opening = bends.eps if bends.place >= 0 else float(axis.values[len(axis.values) // 2])
    ends = [each.ends for each in (*longest[:1], longer) if each]
    return Sights(longest, longer, _window(axis, ends), opening, bends)


def rounded(low: float, high: float) -> float:
    """Give the shortest number near the geometric middle of a range, never outside.

    Examples
    --------
    >>> rounded(0.6134, 0.9211), rounded(1.0, 1.0001), rounded(91.5, 2085.0)
    (0.75, 1.00005, 440.0)
    """
    middle, margin = float(np.sqrt(low * high)), (high / low) ** 0.25
    for digits in range(2, 16):
        short = float(f"{middle:.{digits}g}")
        if low * margin <= short < high / margin:
            return short
    return middle


def _plateau(axis: EpsilonAxis, low: float, high: float) -> Plateau:
    """Say what there is to say of a range."""
    curves = axis.curves
    first, last = np.searchsorted(axis.values, [low, high])
    clusters = curves[counted(curves)][first]
    others = curves["clusters"][first:last] - clusters
    noise = curves["noise"][[last - 1, first]] / axis.dataset.n
    return Plateau(
        low, high, int(clusters), (int(others.min()), int(others.max())), tuple(noise.tolist())
    )


def _longer(axis: EpsilonAxis, first: Plateau) -> Plateau | None:
    """Give a plateau on which nearly all are in one cluster, where it is the longest of all."""
    n, curves = axis.dataset.n, axis.curves
    told = (curves["noise"] <= LOST * n) & (curves["largest"] < NEARLY_ALL)
    told &= curves["clusters"] ** 2 <= n
    for low, high in plateaus(axis.values, curves[counted(curves)], allowed=told):
        if high / low <= 1.001 * first.high / first.low:
            return None
        if axis.count(float(np.nextafter(high, 0)))["largest"] >= DOMINANT:
            return _plateau(axis, low, high)
    return None


def _window(axis: EpsilonAxis, within: list[tuple[float, float]]) -> tuple[float, float]:
    """Give between which epsilons anything is to be seen.

    From where some points are core to where nearly all are in one cluster: a single point
    far away does not squeeze what the others do. The ranges given are always within.
    """
    values, curves = axis.values, axis.curves
    begun = values[int((curves["core"] >= ENOUGH * axis.dataset.n).argmax())]
    joined = curves["largest"] >= NEARLY_ALL
    ended = values[int(joined.argmax())] if joined.any() else values[-1]
    low = 0.9 * min([float(begun), *(begin for begin, _ in within)])
    high = 1.15 * max([float(ended), *(end for _, end in within)])
    return (low, high) if high > 1.3 * low else (low / 1.5, 1.5 * high)
