r"""Leaks: at how many neighbours a graph begins to jump across a gap.

With few neighbours a graph follows the arm of a spiral; with many it also joins points of
one arm to those of the next, and clusters leak across. Where groups are known, edges that
*cross* them can be counted; but neighbouring turns of one curve are joined where one ends and
the next begins, so that a few edges always cross. An edge *jumps* where the way between its two
ends is long without it:

.. math:: \text{detour} = \frac{\text{shortest way along edges that do not jump}}
          {\text{length of the edge}} \ge 5 ,

where the edges are those of fewer neighbours and of the shortest tree that joins all points.
This needs no groups. Within an arm the way round is hardly longer than the edge; across a gap
it leads along the whole turn.

With very few neighbours the graph falls into parts, of which every two are joined by their
nearest points. These *bridges* may jump as well, so that too few neighbours leak like too many.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse
from scipy.sparse.csgraph import dijkstra, minimum_spanning_tree

from clustering import validity
from clustering.checks import check_k, is_whole, shown
from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.errors import ParameterError, UnsupportedError
from clustering.graph.edges import Graph, crossing, graph_of, numbered, whole
from clustering.graph.near import nearest
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step, silent
from clustering.trees import merging

__all__ = ["JUMP", "Neighbours", "over_neighbours"]

JUMP = 5.0
"""How many times longer the way round is where an edge jumps."""
MOST = 2_000
"""Points up to which the ways round are found within seconds."""
TINY = np.finfo(np.float64).tiny
MOST_TREES = 20_000
"""Points for which a tree is grown at every number of neighbours."""


@dataclass(frozen=True, eq=False, slots=True)
class Neighbours:
    """What graphs of more and more neighbours join, and the clusters along them.

    Attributes
    ----------
    parameter : str
        ``"neighbours"``.
    values : ndarray of shape (m,)
        Numbers of neighbours, ascending.
    curves : mapping of str to ndarray of shape (m,)
        ``parts`` of the graph and ``edges`` in it; ``crossing``, edges between known groups,
        and ``share`` of all edges that is; ``jumps``, edges whose ends are far apart without
        them, and ``detour``, the longest such way in lengths of its edge; ``bridges``, edges
        added between parts that jump; ``clusters``;
        ``largest`` and ``smallest`` (points in that cluster); ``ari``, agreement of the
        clusters with the known groups. NaN where undefined.
    notes : mapping of str to str
        What must be said beside a curve: ``leak``, where the first edge jumps; ``crossing``,
        why some are undefined.
    partitions : tuple of m Partitions
        The clusters at each value.
    jumping : tuple of m ndarrays of shape (j, 2), int64
        The pairs that jump, each at the first value that joins it and at those after it.
    leak : int
        The fewest neighbours with which an edge jumps; 0 where none does.
    """

    parameter: str
    values: Floats
    curves: Mapping[str, Floats]
    notes: Mapping[str, str]
    partitions: tuple[Partition, ...]
    jumping: tuple[Integers, ...]
    leak: int

    def at(self, value: float) -> Partition:
        """Give the clusters for a number of neighbours that was computed."""
        place = np.flatnonzero(self.values == value)
        if not len(place):
            raise ParameterError(
                f"{shown(value)} neighbours were not computed; choose one of "
                f"{self.values[0]:g} to {self.values[-1]:g}."
            )
        return self.partitions[int(place[0])]


def over_neighbours(
    dataset: Dataset,
    groups: ArrayLike | None = None,
    *,
    values: Sequence[int] = range(1, 31),
    k: int = 3,
    linkage: merging.Linkage = "ward",
    report: Report = silent,
) -> Neighbours:
    """Ask for every number of neighbours what the graph joins and what clusters come of it.

    Parameters
    ----------
    dataset : Dataset
        Up to 20,000 points; jumps are looked for among up to 2,000.
    groups : array_like of shape (n,), optional
        Known group of each point.
    values : sequence of int
        Numbers of neighbours; those that are not below n are left out.
    k : int
        Number of clusters.
    linkage : {"ward", "complete", "average", "single"}
        As for `agglomerative.axis`.
    report : callable
        Told after each value.

    Returns
    -------
    Neighbours
        With the labels at every value.

    Raises
    ------
    ParameterError
        Where `k` or `values` makes no sense.
    UnsupportedError
        Where there are too many points, or what `merging.check` refuses.

    Notes
    -----
    Neighbours are searched once. A value takes a tree and, for the jumps, one search for ways
    from every point with a new edge.

    Examples
    --------
    >>> turns = np.linspace(0, 9, 120)
    >>> data = Dataset.from_points(np.column_stack([turns * np.cos(turns), turns * np.sin(turns)]))
    >>> found = over_neighbours(data, values=[2, 5, 40], k=2)
    >>> found.curves["jumps"].tolist()[:2], found.leak
    ([0.0, 0.0], 40)
    """
    merging.check(dataset, linkage, graph=True)
    if dataset.n > MOST_TREES:
        raise UnsupportedError(
            f"A tree for each number of neighbours would take too long for {dataset.n:,} points; "
            f"take a sample of {MOST_TREES:,} or fewer."
        )
    check_k(dataset, k)
    counts = _counts(dataset, values)
    found = nearest(dataset, counts[-1])
    known = None if groups is None else numbered(groups, dataset.n)
    ways = Ways(dataset) if dataset.n <= MOST else None
    partitions: list[Partition] = []
    jumping: list[Integers] = []
    rows: list[dict[str, float]] = []
    for done, neighbours in enumerate(counts, 1):
        graph = graph_of(found[:, :neighbours])
        first, second = whole(dataset, graph)
        answer = Partition(
            labels=merging.along(dataset, linkage, first, second).cut(dataset.n - int(k)),
            rows=dataset.rows,
            method="agglomerative",
            parameters={"k": int(k), "linkage": linkage, "neighbours": neighbours, "radius": 0.0},
            assigner="A merge tree has no rule for new points.",
        )
        pairs, measured = _jumps(ways, graph, first, second)
        partitions.append(answer)
        jumping.append(pairs)
        rows.append(
            {
                "parts": graph.parts,
                "edges": len(graph.first),
                "clusters": answer.k,
                "largest": answer.sizes.max(),
                "smallest": answer.sizes.min(),
            }
            | measured
            | _against(graph, answer.labels, known)
        )
        report(Step(done, len(counts), f"{neighbours} neighbours"))
    leak = next((each for each, new in zip(counts, jumping, strict=True) if len(new)), 0)
    return Neighbours(
        parameter="neighbours",
        values=frozen(counts, np.float64),
        curves={name: frozen([row[name] for row in rows], np.float64) for name in rows[0]},
        notes=_notes(leak, jumping, counts, known=known is not None, ways=ways is not None),
        partitions=tuple(partitions),
        jumping=tuple(jumping),
        leak=leak,
    )


def _counts(dataset: Dataset, values: Sequence[int]) -> list[int]:
    """Give the numbers of neighbours that these points can have, ascending."""
    if not len(values) or not all(is_whole(each) and each >= 1 for each in values):
        raise ParameterError("Numbers of neighbours are whole numbers from 1; give one or more.")
    counts = sorted({int(each) for each in values if each < dataset.n})
    if not counts:
        raise ParameterError(
            f"With {dataset.n:,} points choose numbers of neighbours below {dataset.n:,}."
        )
    return counts


class Ways:
    """The ways along a growing graph, of which edges that jump are no part."""

    def __init__(self, dataset: Dataset) -> None:
        """Begin with the edges of the shortest tree, so that there is always a way."""
        self.dataset = dataset
        apart = dataset.metric.between(dataset.points, dataset.points)
        # scipy takes an edge of length 0 for none.
        tree = minimum_spanning_tree(np.triu(np.maximum(apart, TINY), 1)).tocoo()
        self.keys = np.unique(tree.row.astype(np.int64) * dataset.n + tree.col)

    def round(self, first: Integers, second: Integers) -> Floats:
        """Tell how many times longer the way is than each edge, shape (e,); `first` ascends."""
        detours = np.ones(len(first))
        if not len(first):
            return detours
        n = self.dataset.n
        known = self.keys // n, self.keys % n
        lengths = np.maximum(merging.apart(self.dataset, *known), TINY)
        edges = sparse.csr_matrix((lengths, known), shape=(n, n))
        sources, where = np.unique(first, return_inverse=True)
        ways = dijkstra(edges, directed=False, indices=sources)[where.ravel(), second]
        lengths = merging.apart(self.dataset, first, second)
        longer: Floats = np.divide(ways, lengths, out=detours, where=lengths > 0)
        return longer

    def add(self, keys: Integers) -> tuple[Integers, Floats]:
        """Add edges n * i + j, those that jump left out; give the new (j, 2) and their detours."""
        new = np.setdiff1d(keys, self.keys)
        first, second = new // self.dataset.n, new % self.dataset.n
        detours = self.round(first, second)
        self.keys = np.union1d(self.keys, new[detours < JUMP])
        return np.column_stack([first, second]), detours


def _jumps(
    ways: Ways | None, graph: Graph, first: Integers, second: Integers
) -> tuple[Integers, dict[str, float]]:
    """Add a graph to the ways; give the new pairs that jump, (j, 2), and what to say of them."""
    if ways is None:
        unknown = dict.fromkeys(("bridges", "detour", "jumps"), np.nan)
        return frozen(np.empty((0, 2)), np.int64), unknown
    n = np.int64(len(graph.part))
    own = graph.first * n + graph.second
    added = ~np.isin(first * n + second, own)
    bridges = ways.round(first[added], second[added]) >= JUMP
    new, detours = ways.add(own)
    pairs = frozen(new[detours >= JUMP])
    return pairs, {
        "bridges": bridges.sum(),
        "detour": detours.max(initial=1.0),
        "jumps": len(pairs),
    }


def _against(graph: Graph, labels: Labels, known: Integers | None) -> dict[str, float]:
    """Compare a graph and its clusters with the known groups."""
    if known is None:
        return {"crossing": np.nan, "share": np.nan, "ari": np.nan}
    across = crossing(graph, known)
    return {
        "crossing": float(across.sum()),
        "share": float(across.mean()) if len(across) else 0.0,
        "ari": validity.adjusted_rand(known, labels).value,
    }


def _notes(
    leak: int, jumping: Sequence[Integers], counts: Sequence[int], *, known: bool, ways: bool
) -> dict[str, str]:
    """Say where the first edge jumps, and which curves are missing."""
    notes = {}
    if not known:
        notes["crossing"] = "No groups are known, so that edges between them cannot be counted."
    if not ways:
        notes["leak"] = f"Jumps are looked for among up to {MOST:,} points; take a sample."
    elif not leak:
        notes["leak"] = (
            f"Up to {counts[-1]} neighbours no edge jumps: without it the way between its ends is "
            f"nowhere {JUMP:g} times as long."
        )
    else:
        some = len(jumping[list(counts).index(leak)])
        them, jump = ("it", "edge jumps") if some == 1 else ("them", f"{some} edges jump")
        notes["leak"] = (
            f"With {leak} neighbours the first {jump}: without {them} the way between the two ends "
            f"is at least {JUMP:g} times as long."
        )
    return notes
