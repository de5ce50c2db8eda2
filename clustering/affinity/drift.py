"""Drift: the same question asked in window after window of the days.

Each window is clustered as the whole range is: with its own median where the median was chosen,
else with the chosen preference (of distances, which grow with the days, by the share of the days).
It keeps the damping, and the graphical lasso the penalty, of the whole range, so that windows
differ by their days alone.
"""

from dataclasses import dataclass, replace

import numpy as np

from clustering import validity
from clustering.affinity.again import again
from clustering.affinity.similarity import Relations
from clustering.checks import is_whole, shown
from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.errors import DataError, ParameterError
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step, silent

__all__ = ["Drift", "Window", "drift", "window_of"]

LEAST = 30
"""Days of a window at least."""


@dataclass(frozen=True, eq=False, slots=True)
class Window:
    """One window of the days.

    Attributes
    ----------
    first, last : str
        Names of its first and last column.
    labels : ndarray of shape (n,), int32
        Clusters of the window, numbered as those of the whole range that they share most
        members with; further ones count on. -1 for points that do not move in it.
    partition : Partition
        The answer itself.
    together : float
        Adjusted Rand index of the window with the whole range; NaN where undefined.
    """

    first: str
    last: str
    labels: Labels
    partition: Partition
    together: float


@dataclass(frozen=True, eq=False, slots=True)
class Drift:
    """Who is with whom in each window.

    Attributes
    ----------
    windows : tuple of Window
        In the order of the days.
    stays : ndarray of shape (n,)
        Share of the windows in which each point is in the cluster that goes on from its own.
    converged : int
        Windows in which the messages settled.
    """

    windows: tuple[Window, ...]
    stays: Floats
    converged: int

    @property
    def labels(self) -> Integers:
        """Clusters of every point in every window, shape (n, windows)."""
        return np.stack([window.labels for window in self.windows], axis=1).astype(np.int64)


def drift(
    dataset: Dataset,
    partition: Partition,
    *,
    relations: Relations,
    days: int = 250,
    step: int = 60,
    report: Report = silent,
) -> Drift:
    """Cluster window after window, and compare with the whole range.

    Parameters
    ----------
    dataset : Dataset
        Points whose columns are days in their order.
    partition : Partition
        What `fit` gave over all of them.
    relations : Relations
        The similarities it was found with.
    days : int
        Length of a window, from 30.
    step : int
        Days from one window to the next.
    report : callable
        Told after each window.

    Returns
    -------
    Drift
        The last window ends with the last day.

    Raises
    ------
    ParameterError
        Where the windows do not fit into the days.
    DataError
        Where the answer is about other points.
    """
    if not np.array_equal(partition.rows, dataset.rows) or relations.n != dataset.n:
        raise DataError("This answer is about other points; compute it again.")
    for name, value, least in (("days", days, LEAST), ("step", step, 1)):
        if not is_whole(value) or value < least:
            raise ParameterError(f"{name} = {shown(value)}; choose a whole number from {least}.")
    if days >= dataset.d:
        raise ParameterError(
            f"A window of {days:,} days does not move within {dataset.d:,}; choose a shorter one."
        )
    ends = np.arange(dataset.d, days - 1, -int(step))[::-1]
    windows = []
    for done, end in enumerate(ends):
        windows.append(_window(dataset, partition, relations, int(end) - int(days), int(end)))
        report(Step(done + 1, len(ends), f"days to {dataset.columns[end - 1]}"))
    stays = np.mean([window.labels == partition.labels for window in windows], axis=0)
    settled = sum(bool(window.partition.converged) for window in windows)
    return Drift(tuple(windows), frozen(stays), settled)


def window_of(dataset: Dataset, first: int, last: int) -> Dataset:
    """Give the points over columns `first` to before `last`, in standard deviations of these.

    Points that do not move there are left out.
    """
    cut = dataset.points[:, first:last]
    spread = cut.std(axis=1)
    moved = np.flatnonzero((np.ptp(cut, axis=1) > 0) & (spread > 0))
    if len(moved) < 2:
        raise DataError("Fewer than two points move in these days; choose a longer window.")
    names = dataset.source.names
    return Dataset(
        points=cut[moved] / spread[moved, None],
        columns=dataset.columns[first:last],
        rows=dataset.rows[moved],
        source=replace(dataset.source, names=tuple(names[i] for i in moved) if names else ()),
        metric=dataset.metric,
    )


def _window(dataset: Dataset, whole: Partition, known: Relations, first: int, last: int) -> Window:
    """Cluster one window."""
    part = window_of(dataset, first, last)
    found = again(
        part,
        similarity=known.by,
        alpha=known.alpha if known.by == "graphical lasso" else None,
        preference=_preference(whole, known, (last - first) / dataset.d),
        damping=float(str(whole.parameters["damping"])),
        max_iter=int(str(whole.parameters["max_iter"])),
        seed=int(str(whole.parameters["seed"])),
    )
    places = np.flatnonzero(np.isin(dataset.rows, part.rows))
    labels = np.full(dataset.n, -1, dtype=np.int32)
    if found.k:
        labels[places] = validity.match(whole.labels[places], found.labels)[found.labels]
    together = validity.adjusted_rand(whole.labels[places], found.labels).value
    return Window(dataset.columns[first], dataset.columns[last - 1], labels, found, together)


def _preference(whole: Partition, known: Relations, share: float) -> float | None:
    """Give the preference of a window that means what the chosen one means for all days.

    None, which is the window's own median, where that of all days was chosen.
    """
    chosen = float(str(whole.parameters["preference"]))
    if np.isclose(chosen, known.median, rtol=1e-9, atol=0.0):
        return None
    return chosen * share if known.by == "distance" else chosen
