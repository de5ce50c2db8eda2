r"""Scalar quantization: the best few levels for the numbers of one column.

In one dimension k-means need not be searched for. The clusters of the best answer are runs of
neighbouring values, so that with the distinct values :math:`x_1 < \dots < x_n`, their weights,
and the cost c(i, j) of one level for the values i to j (their weighted sum of squares about
their mean), the least cost of k levels follows from that of k - 1:

.. math:: D_k(j) = \min_{i \le j} D_{k-1}(i - 1) + c(i, j) .

Prefix sums give every c(i, j) at once. The answer is the best there is, for every k together,
and no start decides anything.

References
----------
J. D. Bruce, Optimum quantization, MIT Research Laboratory of Electronics, Technical Report 429,
1965. X. Wu, Optimal quantization by matrix searching, Journal of Algorithms 12, 1991. H. Wang,
M. Song, Ckmeans.1d.dp: optimal k-means clustering in one dimension by dynamic programming, The R
Journal 3, 2011.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from clustering.checks import check_coordinates, check_k, is_whole, shown
from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.geometry.nearest import NearestCenter
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step, silent
from clustering.snippets import block, carried

__all__ = ["Levels", "axis", "fit", "in_python"]

MOST = 50_000
"""Distinct values that are worth the wait; a column of measurements rounds to fewer."""

DENSE = 512
"""Distinct values up to which all costs c(i, j) together are quicker than looking for few."""

K_MAX = 256
"""Levels that eight bits can tell apart."""


def fit(dataset: Dataset, *, k: int) -> Partition:
    """Find the `k` levels with the least error.

    Parameters
    ----------
    dataset : Dataset
        One column of numbers, weighted or not: grey levels with the count of their pixels.
    k : int
        Number of levels, from 1 to the number of distinct values.

    Returns
    -------
    Partition
        Clusters numbered by ascending level, ``centers`` of shape (k, 1). Fact: ``inertia``, the
        weighted sum of squared distances to the own level, than which there is no lower.

    Raises
    ------
    ParameterError
        Where `k` is more than the number of distinct values.
    UnsupportedError
        Where there are more columns than one, or distances that are not euclidean.
    DataError
        Where there are more than 50,000 distinct values, or too large ones.

    Notes
    -----
    O(k n^2) for up to 512 distinct values, O(k n log n) beyond. Of several answers with the same
    error it is the one whose last level begins lowest.

    Examples
    --------
    >>> answer = fit(Dataset.from_points([[0.0], [1.0], [10.0], [11.0], [30.0]]), k=3)
    >>> answer.labels.tolist(), answer.centers[:, 0].tolist(), answer.facts["inertia"]
    ([0, 0, 1, 1, 2], [0.5, 10.5, 30.0], 1.0)
    """
    _check(dataset)
    check_k(dataset, k)
    return _structure(dataset, int(k), silent).at(k)


def axis(dataset: Dataset, *, k_max: int = K_MAX, report: Report = silent) -> "Levels":
    """Find the best levels for every number of them at once.

    Parameters
    ----------
    dataset : Dataset
        As for `fit`.
    k_max : int
        Largest number of levels; no more than there are distinct values are made.
    report : callable
        Told while the structure is built.

    Returns
    -------
    Levels
        A structural axis: any k from 1 on is answered from one table.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `fit` does.

    Examples
    --------
    >>> levels = axis(Dataset.from_points([[0.0], [1.0], [10.0], [11.0], [30.0]]))
    >>> levels.values.tolist(), levels.curves["inertia"].round(2).tolist()
    ([1.0, 2.0, 3.0, 4.0, 5.0], [581.2, 101.0, 1.0, 0.5, 0.0])
    """
    _check(dataset)
    if not is_whole(k_max) or k_max < 1:
        raise ParameterError(f"k_max = {shown(k_max)}; choose a whole number from 1.")
    return _structure(dataset, min(int(k_max), dataset.distinct), report)


@dataclass(frozen=True, eq=False, slots=True)
class Levels:
    """The table that holds the best levels for every number of them.

    Attributes
    ----------
    rows : ndarray of shape (p,), int64
        Rows of the p points.
    places : ndarray of shape (p,), int32
        Which of the n distinct values each point is.
    centre : float
        What was subtracted from the values, so that their squares keep their digits.
    levels : ndarray of shape (n,)
        Distinct values, ascending, about that centre.
    weights : ndarray of shape (n,)
        Their weights.
    begins : ndarray of shape (m, n), int32
        Where the last of k + 1 runs begins if they end with each of the values.
    inertias : ndarray of shape (m,)
        Least error for 1, 2, ... m levels.
    """

    rows: Integers
    places: Labels
    centre: float
    levels: Floats
    weights: Floats
    begins: Labels
    inertias: Floats

    @property
    def parameter(self) -> str:
        """Name of the parameter."""
        return "k"

    @property
    def values(self) -> Floats:
        """Numbers of levels, ascending."""
        return np.arange(1.0, len(self.inertias) + 1.0)

    @property
    def curves(self) -> Mapping[str, Floats]:
        """``clusters`` and ``inertia`` for each number of levels."""
        return {"clusters": self.values, "inertia": self.inertias}

    def starts(self, k: int) -> Labels:
        """Give the place of the first value of each of `k` runs, shape (k,)."""
        found = np.empty(k, dtype=np.int32)
        end = len(self.levels) - 1
        for run in range(k - 1, -1, -1):
            found[run] = self.begins[run, end]
            end = found[run] - 1
        return found

    def at(self, value: float) -> Partition:
        """Give the best `value` levels.

        Raises
        ------
        ParameterError
            Where it is no whole number, or one beyond the table.
        """
        if not is_whole(value) or not 1 <= value <= len(self.inertias):
            raise ParameterError(
                f"k = {shown(value)}; choose a whole number from 1 to {len(self.inertias)}."
            )
        k = int(value)
        starts = self.starts(k)
        mass = np.add.reduceat(self.weights, starts)
        means = np.add.reduceat(self.weights * self.levels, starts) / mass
        labels = np.repeat(np.arange(k), np.diff(starts, append=len(self.levels)))
        error = self.weights @ (self.levels - means[labels]) ** 2
        centers = frozen(means[:, None] + self.centre)
        return Partition(
            labels=labels[self.places].astype(np.int32),
            rows=self.rows,
            method="scalar_quantization",
            parameters={"k": k},
            facts={"inertia": float(error)},
            centers=centers,
            assigner=NearestCenter(centers, frozen([self.centre])),
        )


def _check(dataset: Dataset) -> None:
    """Raise UnsupportedError or DataError where these are no numbers of one column."""
    check_coordinates(dataset, "Scalar quantization")
    if dataset.d != 1:
        raise UnsupportedError(
            f"Scalar quantization works on one column of numbers, and here are {dataset.d}; "
            "choose one of them, or k-means for all."
        )


def _structure(dataset: Dataset, k_max: int, report: Report) -> Levels:
    """Fill the table for 1 ... `k_max` levels."""
    values, places = np.unique(dataset.points[:, 0], return_inverse=True)
    if len(values) > MOST:
        raise DataError(
            f"There are {len(values):,} different values, and {MOST:,} are as many as can be "
            "waited for; round them, or take a sample."
        )
    weights = np.bincount(places, dataset.mass).astype(np.float64)
    # Whole numbers stay whole, so that grey levels lose nothing at all.
    centre = float(np.rint(weights @ values / weights.sum()))
    levels = values - centre
    begins = np.zeros((k_max, len(levels)), dtype=np.int32)
    inertias = np.empty(k_max)
    for k, (first, least) in enumerate(_layers(levels, weights, k_max)):
        begins[k], inertias[k] = first, least[-1]
        if not k % 16 or k + 1 == k_max:
            report(Step(k + 1, k_max, f"{k + 1} of {k_max} levels"))
    return Levels(
        rows=dataset.rows,
        places=frozen(places, np.int32),
        centre=centre,
        levels=frozen(levels),
        weights=frozen(weights),
        begins=frozen(begins),
        inertias=frozen(inertias),
    )


def _layers(levels: Floats, weights: Floats, k_max: int) -> Iterator[tuple[Labels, Floats]]:
    """Give for 1, 2, ... `k_max` runs where the last begins and what they cost, for every end."""
    n = len(levels)
    sums = running(levels, weights)
    ends = np.arange(n)
    least = cost(sums, 0 * ends, ends)
    yield 0 * ends.astype(np.int32), least
    whole = None
    if n <= DENSE:
        whole = cost(sums, ends[None, :], np.maximum(ends[:, None], ends[None, :]))
        whole[ends[:, None] < ends[None, :]] = np.inf
    for _ in range(1, k_max):
        before = np.concatenate([[np.inf], least[:-1]])
        if whole is None:
            first, least = divided(sums, before)
        else:
            candidates = whole + before
            first = candidates.argmin(axis=1)
            least = candidates[ends, first]
        yield first.astype(np.int32), least


def running(levels: Floats, weights: Floats) -> Floats:
    """Give the sums of weights, weighted values and weighted squares before each value."""
    powers = np.stack([weights, weights * levels, weights * levels**2])
    sums: Floats = np.concatenate([np.zeros((3, 1)), powers.cumsum(axis=1)], axis=1)
    return sums


def cost(sums: Floats, begin: Integers, end: Integers) -> Floats:
    """Give the error of one level for the values from `begin` to `end`, both among them."""
    mass, first, second = sums[:, end + 1] - sums[:, begin]
    error: Floats = np.maximum(second - first**2 / mass, 0.0)
    return error


def divided(sums: Floats, before: Floats) -> tuple[Integers, Floats]:
    """Find for every end the begin of its last run that costs least, by divide and conquer.

    The begins ascend with the ends, so that the ends between two that are known need be looked
    for only between their begins: n log n looks and not n^2.
    """
    n = len(before)
    begins, least = np.zeros(n, dtype=np.int64), np.full(n, np.inf)
    step = 1 << (n - 1).bit_length()
    while step:
        ends = np.arange(step - 1, n, 2 * step)
        low = np.where(ends >= step, begins[ends - step], 0)
        high = np.minimum(
            ends, np.where(ends + step < n, begins[np.minimum(ends + step, n - 1)], n)
        )
        counts = high - low + 1
        offsets = np.concatenate([[0], np.cumsum(counts)])[:-1]
        tried = np.arange(counts.sum()) + np.repeat(low - offsets, counts)
        prices = before[tried] + cost(sums, tried, np.repeat(ends, counts))
        least[ends] = np.minimum.reduceat(prices, offsets)
        hits = np.flatnonzero(prices == np.repeat(least[ends], counts))
        begins[ends] = tried[hits[np.searchsorted(hits, offsets)]]
        step //= 2
    return begins, least


def best_levels(values: Floats, weights: Floats, k: int) -> Integers:
    """Give points the numbers of the best `k` levels; a script carries this along."""
    distinct, places = np.unique(values, return_inverse=True)
    heavy = np.bincount(places, weights).astype(np.float64)
    sums = running(distinct - np.rint(heavy @ distinct / heavy.sum()), heavy)
    ends = np.arange(len(distinct))
    least, begins = cost(sums, 0 * ends, ends), [0 * ends]
    for _ in range(1, k):
        begin, least = divided(sums, np.concatenate([[np.inf], least[:-1]]))
        begins.append(begin)
    labels, end = np.zeros(len(distinct), dtype=int), len(distinct) - 1
    for run in range(k - 1, -1, -1):
        begin = begins[run][end]
        labels[begin : end + 1], end = run, begin - 1
    found: Integers = labels[places]
    return found


def in_python(parameters: Mapping[str, object], *, weights: str, distances: str) -> str:
    """Write the lines of a script that set `labels` to what `fit` gives."""
    given = weights or "np.ones(len(points))"
    return "\n\n".join(
        [
            *carried(running, cost, divided, best_levels),
            block(
                "The best levels there are for these numbers, by dynamic programming: clusters "
                "are runs of neighbouring values.",
                f"labels = best_levels(points[:, 0], {given}, {parameters['k']!r})",
            ),
        ]
    )
