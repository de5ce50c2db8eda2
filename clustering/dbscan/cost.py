"""How long a run will take, found out by running a small part of it.

What a spanning tree costs depends on the columns, the shape of the data and the machine, so
that no formula knows it. Samples are run instead, each twice as large as the one before, and
the way in which their times grow is followed to all points: along a power of n where distances
are looked up in a tree, and as n steps and n^2 distances where they are computed each with each
other. Expect the truth within a factor of two or three.
"""

import time
from dataclasses import dataclass

import numpy as np

from clustering.dataset import Dataset, Integers
from clustering.dbscan.checks import check
from clustering.dbscan.epsilons import axis
from clustering.geometry.neighbourhood import has_fast_path

__all__ = ["Estimate", "estimate"]

FIRST, ENOUGH = 16, 0.25
"""Points of the first sample, and seconds that tell enough."""


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
    memory = dataset.n * (30.0 * m + 32.0 * dataset.d + 400.0)
    if not has_fast_path(dataset):
        memory += 8.0 * min(256, dataset.n) * dataset.n * (4 + dataset.d)
    return Estimate(_seconds(dataset, m), memory)


def _seconds(dataset: Dataset, m: int) -> float:
    """Run ever larger samples until they take long enough to tell, and look ahead."""
    order = np.random.default_rng(0).permutation(dataset.n)
    _timed(dataset, order[:FIRST], m)  # code is compiled or loaded when it first runs
    sizes, seconds = [], []
    size = FIRST
    while True:
        size = min(size, dataset.n)
        sizes.append(size)
        seconds.append(_timed(dataset, order[:size], m))
        if size == dataset.n or (seconds[-1] > ENOUGH and len(sizes) > 2):
            break
        size *= 2
    n, t, many = sizes[-1], seconds[-1], dataset.n / sizes[-1]
    if len(sizes) < 3:
        return float(t * many**2)
    if has_fast_path(dataset):
        power = np.log(t / seconds[-3]) / np.log(n / sizes[-3])
        return float(t * many ** np.clip(power, 1.0, 2.0))
    # n steps, and n^2 distances
    each = max(t / n - seconds[-3] / sizes[-3], 0.0) / (n - sizes[-3])
    return float(dataset.n * (t / n + each * (dataset.n - n)))


def _timed(dataset: Dataset, rows: Integers, m: int) -> float:
    """Run an axis over some of the points."""
    weights = None if dataset.weights is None else dataset.weights[rows]
    some = Dataset.from_points(dataset.points[rows], weights=weights, metric=dataset.metric)
    began = time.perf_counter()
    axis(some, min_samples=min(m, some.n))
    return time.perf_counter() - began


def _round(value: float) -> float:
    """Keep one digit, for no more of them are known."""
    digits = 10.0 ** np.floor(np.log10(value))
    return float(round(value / digits) * digits)
