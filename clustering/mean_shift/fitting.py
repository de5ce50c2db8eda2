"""Mean-shift at one bandwidth: climb, keep the modes, and give each point the nearest."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from sklearn.neighbors import NearestNeighbors

from clustering.checks import check_coordinates, is_finite, shown
from clustering.dataset import Dataset, Floats
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.mean_shift.ascent import MOST_STEPS, Climbed, Ground, bins, climbed, ground
from clustering.mean_shift.bandwidths import bandwidths
from clustering.partition import Labels, Partition

__all__ = ["MOST", "NearestMode", "answer", "check", "check_quantile", "fit", "modes_of"]

MOST = 10_000
"""Points up to which every distance is measured in a few seconds."""


@dataclass(frozen=True, eq=False, slots=True)
class NearestMode:
    """The nearest mode as a rule that can be pickled and given new points.

    Attributes
    ----------
    modes : ndarray of shape (k, d)
        The modes.
    """

    modes: Floats

    def __call__(self, points: Floats) -> Labels:
        """Give the labels of `points` (m, d), shape (m,)."""
        # Moved to where the modes are: of small differences between large numbers little is left.
        middle = self.modes.mean(axis=0)
        near = NearestNeighbors(n_neighbors=1).fit(self.modes - middle)
        labels: Labels = near.kneighbors(points - middle, return_distance=False)[:, 0]
        return labels.astype(np.int32)


def fit(
    dataset: Dataset,
    *,
    bandwidth: float | None = None,
    quantile: float | None = None,
    bin_seeding: bool = False,
) -> Partition:
    """Let every point climb to where points are dense, and part them by where they end.

    Parameters
    ----------
    dataset : Dataset
        At most 10,000 points with coordinates; weights are whole numbers of equal points.
    bandwidth : float, optional
        How far is near, in the unit of the prepared columns.
    quantile : float, optional
        Share of the points that are near, from which the bandwidth follows; one of the two
        is given.
    bin_seeding : bool
        Climb from the corners of a grid instead of from every point.

    Returns
    -------
    Partition
        Clusters by the weight around their modes, the largest first; ``centers`` are the
        modes. Facts: ``bandwidth`` and ``iterations``, the most that a seed has taken.

    Raises
    ------
    ParameterError
        Where the bandwidth is not above 0, or neither or both are given.
    UnsupportedError
        Where points have no coordinates, weights are no whole numbers, or there are too many
        points.
    DataError
        Where no seed has a point within the bandwidth.

    Notes
    -----
    Equal to ``sklearn.cluster.MeanShift(bandwidth=..., bin_seeding=...)`` unless points lie
    much farther from zero than from one another: for many neighbours or few modes scikit-learn
    takes a distance as the root of |x|^2 + |y|^2 - 2 x.y, of which little is left there (the
    bandwidth is wrong by 1e-5 at a million standard deviations from zero). Distances are sums of
    squared differences here. O(t n^2 d) at worst for t steps; places where seeds have met are
    climbed from once.

    Examples
    --------
    >>> data = Dataset.from_points([[1, 1], [2, 1], [1, 0], [4, 7], [3, 5], [3, 6]])
    >>> answer = fit(data, bandwidth=2.0)
    >>> answer.labels.tolist(), answer.centers.round(2).tolist()
    ([1, 1, 1, 0, 0, 0], [[3.33, 6.0], [1.33, 0.67]])
    """
    check(dataset)
    if (bandwidth is None) == (quantile is None):
        raise ParameterError("Mean-shift needs a bandwidth or a quantile, and not both.")
    if quantile is not None:
        check_quantile(quantile)
        wide = float(bandwidths(dataset.points, dataset.weights, [quantile])[0])
        if not wide > 0.0:
            raise ParameterError(
                f"At a quantile of {quantile:g} the bandwidth is 0, since so many points are "
                "equal; choose a larger quantile."
            )
        named: Mapping[str, object] = {"quantile": float(quantile)}
    else:
        if not is_finite(bandwidth) or not float(bandwidth or 0.0) > 0.0:
            raise ParameterError(f"bandwidth = {shown(bandwidth)}; choose a number above 0.")
        wide = float(bandwidth or 0.0)
        named = {"bandwidth": wide}
    on = ground(dataset.points, dataset.mass)
    return answer(dataset, on, wide, named, bin_seeding=bin_seeding)


def answer(
    dataset: Dataset,
    on: Ground,
    bandwidth: float,
    named: Mapping[str, object],
    *,
    bin_seeding: bool,
) -> Partition:
    """Give the answer at a bandwidth, on ground that is at hand."""
    seeds = bins(dataset.points, dataset.mass, bandwidth) if bin_seeding else dataset.points
    run = climbed(on, seeds, bandwidth)
    modes = modes_of(run, bandwidth)
    rule = NearestMode(modes)
    return Partition(
        labels=rule(dataset.points),
        rows=dataset.rows,
        method="mean_shift",
        parameters={**named, "bin_seeding": bool(bin_seeding)},
        facts={"bandwidth": bandwidth, "iterations": float(run.steps.max())},
        centers=modes,
        converged=bool(run.steps.max() < MOST_STEPS),
        assigner=rule,
    )


def modes_of(run: Climbed, bandwidth: float) -> Floats:
    """Keep of all ends within a bandwidth of one another the one with most points around it."""
    pairs = zip(map(tuple, run.ends.tolist()), run.within.tolist(), strict=True)
    ends = {end: weight for end, weight in pairs if weight > 0.0}
    if not ends:
        raise DataError(
            f"No corner of the grid has a point within the bandwidth of {bandwidth:g}; climb "
            "from every point instead."
        )
    ordered = sorted(ends.items(), key=lambda each: (each[1], each[0]), reverse=True)
    centers = np.array([end for end, _ in ordered])
    left = np.ones(len(centers), dtype=np.bool_)
    for i, center in enumerate(centers):
        if left[i]:
            left &= ((centers - center) ** 2).sum(axis=1) > bandwidth * bandwidth
            left[i] = True
    return centers[left]


def check(dataset: Dataset) -> None:
    """Refuse what cannot be climbed."""
    check_coordinates(dataset, "Mean-shift")
    if dataset.n > MOST:
        raise UnsupportedError(
            f"Mean-shift compares every point with all others, which is too much for "
            f"{dataset.n:,} points; take a sample of {MOST:,} rows or fewer."
        )
    weights = dataset.weights
    if weights is not None and (weights != np.round(weights)).any():
        raise UnsupportedError(
            "Mean-shift counts the points around a place, and weights that are no whole numbers "
            "count no points; let repeated rows be the only weights."
        )


def check_quantile(quantile: float) -> None:
    """Refuse what is no share."""
    if not is_finite(quantile) or not 0.0 < quantile <= 1.0:
        raise ParameterError(
            f"quantile = {shown(quantile)}; choose a share of the points above 0, at most 1."
        )
