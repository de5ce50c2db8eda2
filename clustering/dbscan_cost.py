"""How long a run will take, found out by running a small part of it.

What a spanning tree costs depends on the columns, the shape of the data and the machine, so
that no formula knows it. Two small samples are run instead and the line through both, on
logarithmic axes, is followed to all points. For distances that are computed each with each
other, some rows of them are timed. Expect the truth within a factor of two.
"""

import time
from dataclasses import dataclass

import numpy as np

from clustering.dataset import Dataset, Integers
from clustering.dbscan_axis import axis, check
from clustering.neighbourhood import has_fast_path

__all__ = ["Estimate", "estimate"]

SMALL, LARGE = 1_500, 6_000
"""Points of the two samples."""
ROWS = 64


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one axis will cost on this machine.

    Attributes
    ----------
    seconds : float
        How long.
    memory : float
        Bytes beside the data, at the most.
    """

    seconds: float
    memory: float

    @property
    def words(self) -> str:
        """Say it in one sentence.

        Examples
        --------
        >>> Estimate(75.0, 3e8).words
        'This will take about 80 s and 0.3 GB of memory.'
        >>> Estimate(0.4, 1e6).words
        'This will take less than a second and 1 MB of memory.'
        """
        if self.seconds < 1:
            time_ = "less than a second"
        elif self.seconds < 100:
            time_ = f"about {_round(self.seconds):.0f} s"
        else:
            time_ = f"about {_round(self.seconds / 60):.0f} minutes"
        size = self.memory / 1e9
        room = f"{_round(size):.1f} GB" if size >= 0.095 else f"{max(1, round(1000 * size))} MB"
        return f"This will take {time_} and {room} of memory."


def estimate(dataset: Dataset, min_samples: int = 5) -> Estimate:
    """Estimate what `clustering.dbscan.axis` will cost.

    Parameters
    ----------
    dataset, min_samples
        As for `clustering.dbscan.axis`.

    Returns
    -------
    Estimate
        For one axis; an atlas takes about as long for each of its rows.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `clustering.dbscan.axis` does, so that what cannot be run is not begun.

    Notes
    -----
    Takes up to about a second.
    """
    check(dataset, min_samples)
    m = min(int(min_samples), dataset.n)
    # The table of neighbours and its copies, the tree and its curves; and a block of rows.
    memory = dataset.n * (30.0 * m + 8.0 * dataset.d + 400.0)
    if not has_fast_path(dataset):
        block = min(256, dataset.n)
        return Estimate(_rows(dataset), memory + 8.0 * block * dataset.n * (4 + dataset.d))
    sample = np.random.default_rng(0).permutation(dataset.n)[:LARGE]
    small = _timed(dataset, sample[:SMALL], m)
    if dataset.n <= SMALL:
        return Estimate(small, memory)
    large = _timed(dataset, sample, m)
    power = np.log(large / small) / np.log(len(sample) / SMALL)
    seconds = large * (dataset.n / len(sample)) ** float(np.clip(power, 1.0, 2.0))
    return Estimate(float(seconds), memory)


def _timed(dataset: Dataset, rows: Integers, m: int) -> float:
    """Run an axis over some of the points."""
    weights = None if dataset.weights is None else dataset.weights[rows]
    some = Dataset.from_points(dataset.points[rows], weights=weights, metric=dataset.metric)
    axis(Dataset.from_points(some.points[:10], metric=dataset.metric), min_samples=1)
    began = time.perf_counter()
    axis(some, min_samples=min(m, some.n))
    return time.perf_counter() - began


def _rows(dataset: Dataset) -> float:
    """Time some rows of distances, and the work around each."""
    began = time.perf_counter()
    some = dataset.points[:ROWS]
    dataset.metric.between(some, dataset.points)
    block = time.perf_counter() - began
    began = time.perf_counter()
    for row in some[:16]:
        best = dataset.metric.between(row[None], dataset.points)[0]
        np.delete(np.maximum(best, best[::-1]), 0).argmin()
    single = time.perf_counter() - began
    # All rows once in blocks, and once more one by one, of which ever fewer points are left.
    return dataset.n * (block / len(some) + single / min(16, len(some)) / 2)


def _round(value: float) -> float:
    """Keep one digit, for no more of them are known."""
    digits = 10.0 ** np.floor(np.log10(value))
    return float(round(value / digits) * digits)
