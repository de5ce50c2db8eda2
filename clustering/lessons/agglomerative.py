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
from clustering.lessons.merges import Replay
from clustering.partition import Labels
from clustering.words import amount, apart, count

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
    number : int
        Which merge of the tree it is, from 0.
    k : int
        Clusters that are left after it.
    node : int
        The cluster that it makes, as a node of the tree.
    left, right : int
        The two that merge; `left` has the lower number in `labels`.
    left_points, right_points : ndarray of int64
        Their points.
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

    number: int
    k: int
    node: int
    left: int
    right: int
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
    told = min(int(last), n - 1)
    if told < n - 1:
        said.append(f"These are the last {told:,} of {n - 1:,} merges.")
    edges = None if axis.graph is None else graph.whole(axis.dataset, axis.graph)
    replay = Replay(axis.dataset, axis.linkage, edges)
    for merge in range(n - 1 - told):
        replay.merge(*tree.children[merge])
    labels = tree.cut(n - 1 - told)
    merges: list[Merge] = []
    squares = sum(height**2 / 2 for height in tree.heights[: n - 1 - told])
    for number in range(n - 1 - told, n - 1):
        merges.append(_told(axis, replay, number, labels, float(squares)))
        labels = merges[-1].labels
        squares += tree.heights[number] ** 2 / 2
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


def _told(axis: HeightAxis, replay: Replay, number: int, before: Labels, squares: float) -> Merge:
    """Tell one merge that is about to be made."""
    tree, n = axis.tree, axis.dataset.n
    left, right = (int(node) for node in tree.children[number])
    if before[tree.members(left)[0]] > before[tree.members(right)[0]]:
        left, right = right, left
    mine, others = tree.members(left), tree.members(right)
    height = float(tree.heights[number])
    labels = np.where(before == before[others[0]], before[mine[0]], before).astype(np.int32)
    decided = replay.decided(mine, others)
    runner_up, runner_up_height = replay.runner_up(left, right)
    barred, pair, barred_height = replay.barred(height)
    names = Names(axis, before)
    sentences = [
        f"{_upper(names.of(left))} and {names.of(right)} merge at {amount(height)}: "
        f"{_reason(axis, decided, height, squares)}",
        "All points are one cluster now."
        if number == n - 2
        else f"{count(n - 1 - number, 'cluster')} are left.",
    ]
    if runner_up:
        one, two = (names.short(node) for node in runner_up)
        chosen, next_one = apart(height, runner_up_height)
        how = (
            f"as near, and come later in the order of the points: {one} and {two}"
            if chosen == next_one
            else f"{one} and {two}, at {next_one}"
        )
        sentences.append(f"Next nearest were {how}.")
    if pair:
        one, two = (names.short(node) for node in pair)
        sentences.append(
            f"{count(barred, 'pair')} of clusters "
            f"{'is' if barred == 1 else 'are'} nearer but may not merge, because no edge joins "
            f"them: the nearest, {one} and {two}, at {amount(barred_height)}."
        )
    return Merge(
        number=number,
        k=n - 1 - number,
        node=n + number,
        left=left,
        right=right,
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
        labels=frozen(labels),
        text=" ".join(sentences),
    )


class Names:
    """What clusters are called: a single point by its name, others by their number."""

    def __init__(self, axis: HeightAxis, labels: Labels) -> None:
        """Take the numbers from `labels`."""
        self.axis, self.labels = axis, labels

    def short(self, node: int) -> str:
        """Give the name alone."""
        members = self.axis.tree.members(node)
        if len(members) == 1:
            return self.axis.dataset.name_of(int(members[0]))
        return f"cluster {self.labels[members[0]] + 1}"

    def of(self, node: int) -> str:
        """Give the name and the size."""
        size = len(self.axis.tree.members(node))
        return self.short(node) + (f" ({count(size, 'point')})" if size > 1 else "")


def _reason(
    axis: HeightAxis, decided: tuple[int, int] | None, height: float, squares: float
) -> str:
    """Say what the distance of two clusters is."""
    if axis.linkage == "ward":
        grown = height**2 / 2
        was, now = apart(squares, squares + grown)
        return (
            f"this adds {amount(grown)} to the sum of squares, least of all pairs"
            f"{_allowed(axis)} (from {was} to {now}; the height is the root of twice that)."
        )
    if axis.linkage == "average":
        if axis.graph is not None:
            return "that is their mean distance along the edges between them."
        return "that is the mean distance between a point of one and a point of the other."
    assert decided is not None
    one, two = (axis.dataset.name_of(i) for i in decided)
    which = "nearest" if axis.linkage == "single" else "farthest"
    along = " that an edge joins" if axis.graph is not None else ""
    return f"their {which} points{along}, {one} and {two}, are that far apart."


def _allowed(axis: HeightAxis) -> str:
    """Say among which pairs the least was taken."""
    return " that an edge joins" if axis.graph is not None else ""


def _upper(text: str) -> str:
    """Begin a sentence with a capital where it begins with our own word."""
    return "C" + text[1:] if text.startswith("cluster ") else text
