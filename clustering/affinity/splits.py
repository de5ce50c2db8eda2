"""Splits: what happens to the groups when the preference rises or falls by as much as it takes.

The clusters of two preferences are not nested as those of a tree are: mostly one group falls
apart, but a few points may change over. So each cluster of the finer answer is taken for a part
of that cluster of the coarser one in which most of its members are.
"""

from dataclasses import dataclass

import numpy as np

from clustering.axis import Axis
from clustering.dataset import Dataset, Integers
from clustering.partition import Labels, Partition
from clustering.words import count

__all__ = ["Change", "Splits", "Turn", "changed", "splits"]

NAMED = 4
"""Members of a part that a sentence names."""


@dataclass(frozen=True, eq=False, slots=True)
class Change:
    """One group that splits, or some that merge.

    Attributes
    ----------
    groups : tuple of int
        Clusters of the answer one stands on: the one that splits, or those that merge.
    parts : tuple of ndarray of int64
        Places of the members: of each part of the one that splits, or of each that merges.
    """

    groups: tuple[int, ...]
    parts: tuple[Integers, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Turn:
    """The next answer with another number of clusters.

    Attributes
    ----------
    value : float
        Preference at which it is.
    clusters : int
        How many there are.
    changes : tuple of Change
        The groups that split or merge, the largest part that comes off first.
    moved : ndarray of int64
        Places of the points that change over beside that.
    """

    value: float
    clusters: int
    changes: tuple[Change, ...]
    moved: Integers

    def told(self, dataset: Dataset) -> str:
        """Say in a sentence what happens."""
        said = []
        for change in self.changes:
            parts = [_names(dataset, part) for part in change.parts]
            if len(change.groups) == 1:
                listed = " | ".join(parts)
                said.append(f"Cluster {change.groups[0] + 1} splits into {listed}.")
            else:
                numbers = ", ".join(str(group + 1) for group in change.groups)
                said.append(f"Clusters {numbers} merge: {' | '.join(parts)}.")
        if len(self.moved):
            verb = "changes" if len(self.moved) == 1 else "change"
            said.append(f"{_names(dataset, self.moved)} {verb} over.")
        told = " ".join(said)
        return f"At preference {self.value:.4g} ({count(self.clusters, 'cluster')}): {told}"


@dataclass(frozen=True, eq=False, slots=True)
class Splits:
    """What comes next on either side of a preference.

    Attributes
    ----------
    rising : Turn or None
        Where the preference rises: what splits. None where the axis ends before that.
    falling : Turn or None
        Where it falls: what merges.
    """

    rising: Turn | None
    falling: Turn | None


def splits(axis: Axis, value: float) -> Splits:
    """Find which group splits first when the preference rises, and which merge when it falls.

    Parameters
    ----------
    axis : Axis
        Over preferences.
    value : float
        A value of it.

    Returns
    -------
    Splits
        The nearest values on both sides with more clusters, and with fewer.

    Raises
    ------
    ParameterError
        Where this value was not computed.

    Examples
    --------
    >>> from clustering.affinity import axis
    >>> data = Dataset.from_points([[0.0], [1.0], [10.0], [11.0], [40.0]])
    >>> answers = axis(data, preferences=[-2000.0, -300.0, -50.0])
    >>> answers.curves["clusters"].tolist()
    [1.0, 2.0, 3.0]
    >>> print(splits(answers, -300.0).rising.told(data))
    At preference -50 (3 clusters): Cluster 1 splits into row 1, row 2 | row 3, row 4.
    """
    here = axis.at(value)
    place = int(np.abs(axis.values - value).argmin())
    counts = axis.curves["clusters"]
    above = [i for i in range(place + 1, len(counts)) if counts[i] > counts[place]]
    below = [i for i in range(place) if 0 < counts[i] < counts[place]]
    rising = falling = None
    if above:
        finer = axis.at(float(axis.values[above[0]]))
        rising = _turn(float(axis.values[above[0]]), here.labels, finer.labels, split=True)
    if below:
        coarser = axis.at(float(axis.values[below[-1]]))
        falling = _turn(float(axis.values[below[-1]]), coarser.labels, here.labels, split=False)
    return Splits(rising, falling)


def _turn(value: float, coarse: Labels, fine: Labels, *, split: bool) -> Turn:
    """Compare two answers, of which the first has fewer clusters."""
    table = np.zeros((coarse.max(initial=-1) + 1, fine.max(initial=-1) + 1), dtype=np.int64)
    both = (coarse >= 0) & (fine >= 0)
    np.add.at(table, (coarse[both], fine[both]), 1)
    parent = table.argmax(axis=0)
    changes = []
    for group in range(len(table)):
        children = np.flatnonzero(parent == group)
        if len(children) < 2:
            continue
        parts = [
            np.flatnonzero((fine == child) & ((coarse == group) | (not split)))
            for child in children
        ]
        groups = (group,) if split else tuple(map(int, children))
        changes.append((sorted(map(len, parts))[-2], Change(groups, tuple(parts))))
    changes.sort(key=lambda each: -each[0])
    moved = np.flatnonzero(both & (parent[np.maximum(fine, 0)] != coarse))
    clusters = int(fine.max(initial=-1) if split else coarse.max(initial=-1)) + 1
    return Turn(value, clusters, tuple(change for _, change in changes), moved)


def changed(before: Partition, after: Partition) -> tuple[Integers, Integers, Integers]:
    """Find who changed company between two answers about some of the same rows.

    Parameters
    ----------
    before, after : Partition
        Answers, of which `rows` say who is who; a row may be missing from either.

    Returns
    -------
    rows : ndarray of int64
        Rows that are in both.
    lost, gained : ndarray of int64
        How many of the others each of them was together with and is no more, and is together
        with now and was not.

    Examples
    --------
    >>> one = Partition([0, 0, 0, 1, 1], range(5), "by hand")
    >>> two = Partition([0, 0, 1, 1, 1], range(5), "by hand")
    >>> rows, lost, gained = changed(one, two)
    >>> lost.tolist(), gained.tolist()
    ([1, 1, 2, 0, 0], [0, 0, 2, 1, 1])
    """
    rows, first, second = np.intersect1d(before.rows, after.rows, return_indices=True)
    was, now = _together(before.labels[first]), _together(after.labels[second])
    return rows, (was & ~now).sum(axis=1), (now & ~was).sum(axis=1)


def _together(labels: Labels) -> np.ndarray:
    """Mark who is with whom; noise is with nobody."""
    same: np.ndarray = (labels[:, None] == labels[None, :]) & (labels >= 0)[:, None]
    return same


def _names(dataset: Dataset, places: Integers) -> str:
    """Name a few members."""
    named = ", ".join(dataset.name_of(int(place)) for place in places[:NAMED])
    return f"{named} and {len(places) - NAMED} more" if len(places) > NAMED else named
