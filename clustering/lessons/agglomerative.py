"""Merges told one by one: who merges, what decided it, and who had to wait.

The tree is grown again, merge by merge, so that every distance between two clusters is at
hand: the smallest one was chosen, and the next smallest is named beside it.
"""

from dataclasses import dataclass, replace

import numpy as np

from clustering import agglomerative, graph
from clustering.agglomerative import HeightAxis
from clustering.checks import is_whole, shown
from clustering.dataset import Integers, frozen
from clustering.errors import ParameterError
from clustering.lessons.merge_sentences import Sentences
from clustering.lessons.merges import Replay
from clustering.partition import Labels

__all__ = ["SEEING", "Lesson", "Merge", "tell"]

MOST = 1_000
"""Points up to which a lesson tells of all of them."""
SAMPLE = 200
"""Points of a sample, where there are more."""
STRATA = 20
"""Clusters from each of which the sample takes its share."""

SEEING = """
**What to see.** Every point begins alone. Each step merges the two clusters that are nearest,
and what *nearest* means is the linkage: *single* looks at the nearest two points and follows
chains; *complete* at the farthest two and keeps clusters narrow; *average* at all pairs; *Ward*
at how much the sum of squares grows, and likes round clusters of equal size. The height of a
merge is that distance. A long wait before the next merge is a gap between groups.

**What it cannot do.** No merge is ever undone: a wrong one early stays to the end. Without a graph
it jumps across the gap between two arms of a spiral, because the other side is near. Merge along a
graph of ten neighbours, and see the nearer clusters that may not merge since no edge joins
them; then raise the number of neighbours until the first edge jumps.
"""
"""What a lesson on merging leaves behind, as Markdown."""


@dataclass(frozen=True, eq=False, slots=True)
class Merge:
    """One merge.

    Attributes
    ----------
    k : int
        Clusters that are left after it.
    left_points, right_points : ndarray of int64
        The points of the two that merge; the left one has the lower number in `labels`.
    height : float
        The distance at which they merge.
    decided : tuple of (int, int) or None
        The two points that decided it: nearest (single) or farthest (complete) of the two
        clusters; along a graph, of those that an edge joins. None for means.
    runner_up : tuple of (int, int) or None
        The two clusters that were next nearest, as nodes; None where there were no others.
    runner_up_height : float
        Their distance; NaN without them.
    barred : int
        Pairs of clusters that are nearer, but that no edge joins.
    barred_pair : tuple of (int, int) or None
        The nearest of these.
    barred_height : float
        Its distance; NaN without them.
    before, labels : ndarray of shape (n,), int32
        Cluster of each point before and after. Numbers are those of the first merge of the
        lesson; of two that merge, the lower number stays.
    text : str
        The same in a few plain sentences; clusters are numbered from 1.
    """

    k: int
    left_points: Integers
    right_points: Integers
    height: float
    decided: tuple[int, int] | None
    runner_up: tuple[int, int] | None
    runner_up_height: float
    barred: int
    barred_pair: tuple[int, int] | None
    barred_height: float
    before: Labels
    labels: Labels
    text: str


@dataclass(frozen=True, eq=False, slots=True)
class Lesson:
    """A run of merges.

    Attributes
    ----------
    axis : HeightAxis
        The tree that is told of: the one given, or that of a sample.
    merges : tuple of Merge
        In the order in which they are made; the last one joins all.
    said : str
        What is left out; empty where nothing is.
    """

    axis: HeightAxis
    merges: tuple[Merge, ...]
    said: str


def tell(axis: HeightAxis, *, last: int = 30) -> Lesson:
    """Tell the last merges of a tree.

    Parameters
    ----------
    axis : HeightAxis
        Any. Of more than 1,000 points a sample of 200 is merged anew, a share of each of the
        20 largest branches.
    last : int
        How many merges are told; all where there are fewer.

    Returns
    -------
    Lesson
        What happened, as numbers and as text.

    Raises
    ------
    ParameterError
        Where `last` is no number of merges.

    Notes
    -----
    O(n^2) time and memory for the n points that are told of.

    Examples
    --------
    >>> import textwrap
    >>> from clustering.dataset import Dataset
    >>> data = Dataset.from_points([[0.0], [1.0], [5.0], [7.0], [20.0]])
    >>> lesson = tell(agglomerative.axis(data, linkage="single"), last=2)
    >>> for merge in lesson.merges:
    ...     print(textwrap.fill(merge.text, 80, initial_indent="- ", subsequent_indent="  "))
    - Cluster 1 (2 points) and cluster 2 (2 points) merge at 4: their nearest
      points, row 2 and row 3, are that far apart. 2 clusters are left. Next nearest
      were cluster 2 and row 5, at 13.
    - Cluster 1 (4 points) and row 5 merge at 13: their nearest points, row 4 and
      row 5, are that far apart. All points are one cluster now.
    """
    if not is_whole(last) or last < 1:
        raise ParameterError(f"{shown(last)} merges; choose a whole number from 1.")
    said = []
    if axis.dataset.n > MOST:
        said.append(
            f"Told of a sample of {SAMPLE:,} of {axis.dataset.n:,} points, merged anew: a share of "
            f"each of the {STRATA} largest branches."
        )
        axis = sampled(axis)
    tree, n = axis.tree, axis.dataset.n
    first = max(n - 1 - int(last), 0)
    if first:
        said.append(f"These are the last {n - 1 - first:,} of {n - 1:,} merges.")
    edges = None if axis.graph is None else graph.whole(axis.dataset, axis.graph)
    replay = Replay(axis.dataset, axis.linkage, edges)
    for left, right in tree.children[:first]:
        replay.merge(left, right)
    labels = tree.cut(first)
    merges: list[Merge] = []
    for number in range(first, n - 1):
        merges.append(_told(axis, replay, number, labels))
        labels = merges[-1].labels
        replay.merge(*tree.children[number])
    return Lesson(axis=axis, merges=tuple(merges), said=" ".join(said))


def sampled(axis: HeightAxis) -> HeightAxis:
    """Grow the tree of a sample, a share of each of the largest branches."""
    dataset = axis.dataset
    rng = np.random.default_rng(0)
    labels = axis.tree.cut(dataset.n - min(STRATA, axis.most))
    kept = []
    for each in range(int(labels.max()) + 1):
        mine = np.flatnonzero(labels == each)
        share = max(1, round(SAMPLE * len(mine) / dataset.n))
        kept.append(rng.choice(mine, min(share, len(mine)), replace=False))
    chosen = np.sort(np.concatenate(kept))
    names = dataset.source.names
    some = replace(
        dataset,
        points=dataset.points[chosen],
        rows=dataset.rows[chosen],
        features=None if dataset.features is None else dataset.features.iloc[chosen],
        source=replace(dataset.source, names=tuple(names[i] for i in chosen) if names else ()),
    )
    return agglomerative.axis(
        some,
        linkage=axis.linkage,
        neighbours=min(axis.neighbours, some.n - 1),
        radius=axis.radius,
    )


def _told(axis: HeightAxis, replay: Replay, number: int, before: Labels) -> Merge:
    """Tell one merge that is about to be made."""
    tree, n = axis.tree, axis.dataset.n
    left, right = sorted(
        tree.children[number].tolist(), key=lambda node: before[tree.members(node)[0]]
    )
    mine, others = tree.members(left), tree.members(right)
    height = float(tree.heights[number])
    decided = replay.decided(mine, others)
    runner_up, runner_up_height = replay.runner_up(left, right)
    barred, pair, barred_height = replay.barred(height)
    said = Sentences(axis, before)
    squares = float((tree.heights[:number] ** 2).sum() / 2)
    return Merge(
        k=n - 1 - number,
        left_points=frozen(mine),
        right_points=frozen(others),
        height=height,
        decided=decided,
        runner_up=runner_up,
        runner_up_height=runner_up_height,
        barred=barred,
        barred_pair=pair,
        barred_height=barred_height,
        before=frozen(before),
        labels=frozen(np.where(before == before[others[0]], before[mine[0]], before), np.int32),
        text=" ".join(
            filter(
                None,
                (
                    said.merge(left, right, height, decided, squares),
                    said.left(n - 1 - number),
                    said.runner_up(runner_up, height, runner_up_height),
                    said.barred(pair, barred, barred_height),
                ),
            )
        ),
    )
