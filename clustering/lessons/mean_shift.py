"""The ascent told in sentences: who goes where, among how many, and where it ends."""

from collections.abc import Sequence

import numpy as np

from clustering import mean_shift
from clustering.dataset import Dataset, Integers
from clustering.mean_shift import Trails
from clustering.partition import Partition
from clustering.words import amount, count

__all__ = ["SEEING", "climbers", "retold", "tell"]

STILL = "All points stand still."
CLIMBERS = 60
"""Points whose way is drawn."""

SEEING = """
**What to see.** Each point looks at all points within the bandwidth (the circle around the one
that is followed) and goes to their mean, looks again from there, and goes on. The steps become
short where points are dense, since there are as many on every side. Points that meet go on as
one. Where they stand still is a *mode*, and modes within a bandwidth of one another are one.

**What the bandwidth decides.** A small one sees many hills, a large one a single mountain: move
the quantile and come back. A giant far from all has nobody within the bandwidth but itself: it
never moves and is a cluster of its own, which is why a table with a few giants gives one huge
cluster and many of one customer. A logarithm brings the giants nearer.

**The circle is honest** only as far as the picture is: of more than two columns it shows the two
directions in which they spread most, and points inside of the circle may be far in the others.
"""
"""What a lesson on mean-shift leaves behind, as Markdown."""


def climbers(partition: Partition, *, most: int = CLIMBERS) -> Integers:
    """Choose points whose ways are shown: from every cluster, evenly.

    Parameters
    ----------
    partition : Partition
        The answer.
    most : int
        About how many.

    Returns
    -------
    ndarray of shape (m,), int64
        Ascending places.

    Examples
    --------
    >>> climbers(Partition([0] * 6 + [1] * 2, range(8), "by hand"), most=4).tolist()
    [0, 2, 5, 6]
    """
    n, chosen = len(partition.labels), list[int]()
    order = np.argsort(-partition.sizes, kind="stable")
    for cluster in order[:most].tolist():
        members = np.flatnonzero(partition.labels == cluster)
        share = min(len(members), max(1, round(most * len(members) / n)))
        chosen += members[np.linspace(0, len(members) - 1, share).astype(int)].tolist()
    return np.unique(np.array(chosen, dtype=np.int64))


def retold(dataset: Dataset, *, partition: Partition) -> tuple[Trails, int, tuple[str, ...]]:
    """Record the ascent of some points, and tell it.

    Parameters
    ----------
    dataset, partition
        The points, and an answer of mean-shift.

    Returns
    -------
    trails : Trails
        The ways.
    followed : int
        Which of them the sentences follow: the one with the most steps.
    words : tuple of str
        A few sentences for each step.
    """
    seen = mean_shift.trails(dataset, partition=partition, points=climbers(partition))
    followed = int(seen.steps.argmax())
    return seen, followed, tell(dataset, seen, followed)


def tell(dataset: Dataset, seen: Trails, followed: int) -> tuple[str, ...]:
    """Give a few plain sentences for each step of recorded trails.

    Parameters
    ----------
    dataset : Dataset
        Names the points.
    seen : Trails
        What `mean_shift.trails` recorded.
    followed : int
        Which of the trails is followed.

    Returns
    -------
    tuple of str
        As many as there are moments, the names of points the user's own.

    Examples
    --------
    >>> import textwrap
    >>> data = Dataset.from_points([[0.0], [1.0], [2.0], [10.0], [11.0]])
    >>> answer = mean_shift.fit(data, bandwidth=1.5)
    >>> for text in retold(data, partition=answer)[2]:
    ...     print(textwrap.fill(text, 80, subsequent_indent="  "))
    All 5 points stand where they are. Row 1 sees 2 points within the bandwidth of
      1.5, itself included.
    Row 1 goes 0.5 to the mean of these, where it sees 3. 2 of 5 points still move.
    Row 1 goes 0.5 to the mean of these, where it sees 3. All points stand still.
    All have arrived, at 2 different modes: row 1 took 2 steps to that of cluster 1.
    """
    name = dataset.name_of(int(seen.points[followed]))
    title = name[:1].upper() + name[1:]
    m, last = len(seen.points), len(seen.paths) - 1
    near = [count(round(weight), "point") for weight in seen.within[:, followed].tolist()]
    told = [
        f"All {count(m, 'point')} stand where they are. {title} sees {near[0]} within the "
        f"bandwidth of {amount(seen.bandwidth)}, itself included."
    ]
    for step in range(1, last + 1):
        moves = (seen.paths[step] != seen.paths[step - 1]).any(axis=1)
        far = float(np.linalg.norm(seen.paths[step, followed] - seen.paths[step - 1, followed]))
        still = int((seen.steps > step).sum())
        going = (
            f"{still} of {count(m, 'point')} still move." if still else "All points stand still."
        )
        if moves[followed]:
            sees = near[step].split(" ")[0]
            told.append(
                f"{title} goes {amount(far)} to the mean of these, where it sees {sees}. {going}"
            )
        else:
            told.append(f"{title} stands still. {going}")
    kinds = len(set(_modes(seen)))
    told.append(
        f"All have arrived, at {count(kinds, 'different mode')}: {name} took "
        f"{count(int(seen.steps[followed]), 'step')} to that of cluster {seen.ends[followed] + 1}."
    )
    return tuple(told)


def _modes(seen: Trails) -> Sequence[int]:
    """Give the cluster at which each trail ends."""
    return [int(end) for end in seen.ends]
