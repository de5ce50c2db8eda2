"""How far apart two points are, by the names that the literature uses.

The metric belongs to the Dataset and not to the method: `measured` gives the same points
with other distances, and whatever follows (trees, silhouettes, exports) is measured by
these without being told.

===============  ==============================================================
"euclidean"      the straight line
"manhattan"      sum of the differences in all columns
"chebyshev"      the largest difference in any column
"cosine"         one minus the cosine of the angle seen from the origin
"mahalanobis"    the straight line after the columns are made equal and uncorrelated
"hamming"        share of the columns in which two rows differ at all
===============  ==============================================================

Gower's distance and kilometres along the globe come with the data (`clustering.data.steps`),
which have to be prepared for them.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.spatial.distance import cdist

from clustering.dataset import EUCLIDEAN, Dataset, Floats, Metric
from clustering.errors import DataError, ParameterError

__all__ = ["EARTH", "METRICS", "Mahalanobis", "measured", "paired", "remark"]

EARTH = 6371.0088
"""Mean radius of the globe in km, as in `great_circle`."""
SPREAD_OUT = 0.9
"""Share of all pairs of cells that differ, from which Hamming's distance tells nothing."""
SAMPLE = 500
ROUNDING = 1e-14
"""Below, a cosine distance is what rounding makes of rows of one direction."""


def manhattan(a: Floats, b: Floats) -> Floats:
    """Add up the differences between the rows of `a` (m, d) and `b` (n, d), shape (m, n)."""
    distances: Floats = cdist(a, b, "cityblock")
    return distances


def chebyshev(a: Floats, b: Floats) -> Floats:
    """Largest differences between the rows of `a` (m, d) and `b` (n, d), shape (m, n)."""
    distances: Floats = cdist(a, b, "chebyshev")
    return distances


def cosine(a: Floats, b: Floats) -> Floats:
    """One minus the cosine of the angle between rows, shape (m, n); 0 for one direction."""
    distances: Floats = cdist(a, b, "cosine")
    distances[distances < ROUNDING] = 0.0
    return distances


def hamming(a: Floats, b: Floats) -> Floats:
    """Share of columns in which rows differ, shape (m, n)."""
    distances: Floats = cdist(a, b, "hamming")
    return distances


@dataclass(frozen=True, slots=True)
class Mahalanobis:
    """Mahalanobis' distance with a fitted covariance; a callable that can be pickled.

    Attributes
    ----------
    inverse : tuple of d tuples of d float
        Inverse of the covariance of the points.
    """

    inverse: tuple[tuple[float, ...], ...]

    def __call__(self, a: Floats, b: Floats) -> Floats:
        """Distances between the rows of `a` and of `b`, shape (m, n)."""
        distances: Floats = cdist(a, b, "mahalanobis", VI=np.array(self.inverse))
        return distances


PLAIN = {
    "euclidean": EUCLIDEAN,
    "manhattan": Metric("manhattan", manhattan),
    "chebyshev": Metric("chebyshev", chebyshev),
    "cosine": Metric("cosine", cosine),
    "hamming": Metric("hamming", hamming),
}

METRICS: tuple[str, ...] = (
    "euclidean", "manhattan", "chebyshev", "cosine", "mahalanobis", "hamming",
)  # fmt: skip
"""Metrics of coordinates."""


def measured(dataset: Dataset, name: str) -> Dataset:
    """Give the same points with other distances.

    Parameters
    ----------
    dataset : Dataset
        Coordinates, with their euclidean distance.
    name : str
        One of `METRICS`, or the name of the metric that the data have.

    Returns
    -------
    Dataset
        The same where it has this metric already.

    Raises
    ------
    ParameterError
        Where the name is unknown, or the data have distances of their own.
    DataError
        Where the points have no such distance: a row without direction, columns that
        follow from one another.

    Examples
    --------
    >>> data = Dataset.from_points([[0, 0], [3, 4]])
    >>> measured(data, "manhattan").metric.between(data.points, data.points).tolist()
    [[0.0, 7.0], [7.0, 0.0]]
    """
    if name == dataset.metric.name:
        return dataset
    if not dataset.metric.is_euclidean:
        raise ParameterError(
            f"These data have {dataset.metric.name} distances, and no coordinates for "
            f"{name} ones; prepare them otherwise on the Data page."
        )
    if name not in METRICS:
        raise ParameterError(f"'{name}' is no metric; choose {', '.join(METRICS)}.")
    if name == "cosine":
        still = int((dataset.points == 0).all(axis=1).sum())
        if still:
            raise DataError(
                f"{still} of {dataset.n:,} rows are zero in every column and have no direction, "
                "which the cosine needs; leave them out or choose another metric."
            )
    if name == "mahalanobis":
        return replace(dataset, metric=Metric("mahalanobis", _mahalanobis(dataset)))
    return replace(dataset, metric=PLAIN[name])


def _mahalanobis(dataset: Dataset) -> Mahalanobis:
    """Fit the metric to the points."""
    covariance = np.atleast_2d(np.cov(dataset.points.T, aweights=dataset.weights))
    if not np.isfinite(covariance).all() or np.linalg.cond(covariance) > 1e12:
        raise DataError(
            "Mahalanobis' distance needs columns none of which follows from the others; leave "
            "out the constant or repeated ones, or choose another metric."
        )
    return Mahalanobis(tuple(map(tuple, np.linalg.inv(covariance).tolist())))


def paired(dataset: Dataset, first: Floats, second: Floats) -> Floats:
    """Give the distances of pairs of points, the same in every run and order.

    Parameters
    ----------
    dataset : Dataset
        Says how distances are measured: straight lines or along the globe.
    first, second : ndarray of shape (m, d)
        The two points of each pair.

    Returns
    -------
    ndarray of shape (m,)
        Each summed column by column, from the first to the last.
    """
    if dataset.metric.is_euclidean:
        total = np.zeros(len(first))
        for j in range(first.shape[1]):
            total += (first[:, j] - second[:, j]) ** 2
        lines: Floats = np.sqrt(total)
        return lines
    (lon_a, lat_a), (lon_b, lat_b) = np.radians(first).T, np.radians(second).T
    half = np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    half += np.sin((lat_b - lat_a) / 2) ** 2
    arcs: Floats = 2 * EARTH * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return arcs


def remark(dataset: Dataset) -> str:
    """Say where the chosen metric hardly tells these points apart; empty where it does.

    Examples
    --------
    >>> data = measured(Dataset.from_points([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]), "hamming")
    >>> remark(data).split(";")[0]
    'Hamming distance asks only whether two cells are equal, and 100 % of these are not'
    """
    if dataset.metric.name != "hamming" or dataset.n < 2:
        return ""
    some = dataset.points[:: max(1, dataset.n // SAMPLE)][:SAMPLE]
    apart = hamming(some, some)[np.triu_indices(len(some), 1)]
    if apart.mean() < SPREAD_OUT:
        return ""
    return (
        "Hamming distance asks only whether two cells are equal, and "
        f"{100 * apart.mean():.0f} % of these are not; nearly all rows are equally far from one "
        "another. It is meant for columns of few different values; choose another metric."
    )
