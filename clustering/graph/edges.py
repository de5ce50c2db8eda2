"""Edges: who is joined to whom in a graph of neighbours, and how its parts are made one.

An agglomerative tree without a graph may merge any two clusters. With one it merges only
clusters that an edge joins: it follows what hangs together, such as the arm of a spiral, and
does not jump across a gap because the other side happens to be near.

A graph may fall into parts, which no edge joins. A tree needs one whole; so for every two
parts the edge between their nearest points is added, as scikit-learn does, and the number of
parts is told.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from clustering.checks import is_whole, shown
from clustering.dataset import Dataset, Integers, frozen
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.graph.near import BLOCK, MOST_EDGES, nearest, within

__all__ = ["Graph", "connected", "crossing", "graph_of", "numbered", "whole"]

MOST = 20_000
"""Points up to which distances without coordinates are computed, each with each other."""
MOST_PARTS = 500
"""Parts of which every two are joined by an edge."""


@dataclass(frozen=True, eq=False, slots=True)
class Graph:
    """Edges between points, each once.

    Attributes
    ----------
    first, second : ndarray of shape (e,), int32
        The two ends, ``first < second``.
    part : ndarray of shape (n,), int32
        Which part of the graph each point is in, from 0.
    said : str
        How the edges were chosen: "10 nearest neighbours".
    """

    first: NDArray[np.int32]
    second: NDArray[np.int32]
    part: NDArray[np.int32]
    said: str

    @property
    def parts(self) -> int:
        """In how many parts it falls."""
        return int(self.part.max(initial=-1)) + 1

    @property
    def joined(self) -> str:
        """Say what is done about its parts; empty where there is one."""
        if self.parts <= 1:
            return ""
        return (
            f"The graph of {self.said} falls into {self.parts:,} parts; for every two of them the "
            "edge between their nearest points was added."
        )

    def matrix(self) -> sparse.csr_matrix:
        """Give the edges as a symmetric matrix of ones, shape (n, n)."""
        n = len(self.part)
        ends = np.concatenate([self.first, self.second]), np.concatenate([self.second, self.first])
        return sparse.csr_matrix((np.ones(len(ends[0])), ends), shape=(n, n))


def connected(dataset: Dataset, *, neighbours: int = 0, radius: float = 0.0) -> Graph:
    """Join every point with its nearest ones, or with all within a radius.

    Parameters
    ----------
    dataset : Dataset
        Any metric.
    neighbours : int
        With how many nearest others each point is joined; a pair is joined where one of them
        is among the nearest of the other.
    radius : float
        Where `neighbours` is 0: pairs up to this distance are joined.

    Returns
    -------
    Graph
        As the data have it; parts are not joined.

    Raises
    ------
    ParameterError
        Where neither is given, or there are not so many others.
    UnsupportedError
        Where there would be too many edges, or too many distances.

    Examples
    --------
    >>> graph = connected(Dataset.from_points([[0.0], [1.0], [3.0], [9.0]]), neighbours=1)
    >>> list(zip(graph.first.tolist(), graph.second.tolist())), graph.parts
    ([(0, 1), (1, 2), (2, 3)], 1)
    """
    if neighbours and not (is_whole(neighbours) and 1 <= neighbours < dataset.n):
        raise ParameterError(f"{shown(neighbours)} nearest neighbours; {_allowed(dataset.n)}.")
    if not neighbours and not 0 < radius < np.inf:
        raise ParameterError("A graph needs a number of neighbours or a positive radius.")
    if not dataset.metric.is_euclidean and dataset.n > MOST:
        raise UnsupportedError(
            f"{dataset.metric.name.capitalize()} distances have to be computed each with each "
            f"other, which takes too long for {dataset.n:,} points; take a sample of {MOST:,} or "
            "fewer on the Data page."
        )
    if neighbours:
        if dataset.n * int(neighbours) > 2 * MOST_EDGES:
            raise UnsupportedError(
                f"{neighbours:,} nearest neighbours of {dataset.n:,} points are more than "
                f"{MOST_EDGES:,} edges; choose {2 * MOST_EDGES // dataset.n:,} or fewer."
            )
        return graph_of(nearest(dataset, int(neighbours)))
    unit = f" {dataset.metric.unit}" if dataset.metric.unit else ""
    return _of_ends(dataset.n, within(dataset, radius), f"radius {radius:.4g}{unit}")


def graph_of(found: Integers) -> Graph:
    """Make the graph of the nearest others of every point, shape (n, neighbours)."""
    n, neighbours = found.shape
    ends = np.column_stack([np.repeat(np.arange(n), neighbours), found.ravel()])
    return _of_ends(n, ends, f"{neighbours} nearest neighbour{'s' if neighbours > 1 else ''}")


def _allowed(n: int) -> str:
    """Say how many neighbours each of `n` points may have."""
    if n <= 2:
        return "a single point has none" if n == 1 else "with 2 points there is one"
    return f"with {n:,} points choose from 1 to {n - 1:,}"


def _of_ends(n: int, ends: Integers, said: str) -> Graph:
    """Make a graph of pairs of points, shape (e, 2)."""
    keys = np.unique(ends.min(axis=1) * n + ends.max(axis=1))
    first, second = keys // n, keys % n
    edges = sparse.coo_matrix((np.ones(len(keys)), (first, second)), shape=(n, n))
    part = connected_components(edges, directed=False)[1]
    return Graph(frozen(first, np.int32), frozen(second, np.int32), frozen(part, np.int32), said)


def crossing(graph: Graph, groups: ArrayLike) -> NDArray[np.bool_]:
    """Tell which edges have their ends in different groups.

    Parameters
    ----------
    graph : Graph
        Any.
    groups : array_like of shape (n,)
        Known group of each point: numbers or words.

    Returns
    -------
    ndarray of shape (e,), bool
        One for each edge.

    Raises
    ------
    DataError
        Where there are not as many groups as points.

    Examples
    --------
    >>> graph = connected(Dataset.from_points([[0.0], [1.0], [3.0]]), neighbours=1)
    >>> crossing(graph, ["a", "a", "b"]).tolist()
    [False, True]
    """
    known = numbered(groups, len(graph.part))
    across: NDArray[np.bool_] = known[graph.first] != known[graph.second]
    return across


def numbered(groups: ArrayLike, n: int) -> Integers:
    """Give known groups, numbers or words, as numbers from 0, shape (n,).

    Raises
    ------
    DataError
        Where there are not as many groups as points.
    """
    known: Integers = np.unique(np.asarray(groups), return_inverse=True)[1].ravel()
    if len(known) != n:
        raise DataError(f"{len(known):,} groups for {n:,} points.")
    return known


def whole(dataset: Dataset, graph: Graph) -> tuple[Integers, Integers]:
    """Give the edges of a graph whose parts are joined, each two by their nearest points.

    Parameters
    ----------
    dataset : Dataset
        The points.
    graph : Graph
        Made of them.

    Returns
    -------
    first, second : ndarray of shape (e,), int64
        The ends of each edge, ``first < second``, sorted; each pair once.

    Raises
    ------
    UnsupportedError
        Where there are more than 500 parts.

    Notes
    -----
    The edges are those that scikit-learn adds, O(n^2) distances. Of pairs that are equally
    near the one is taken whose end in the later part comes first.
    """
    first, second = graph.first.astype(np.int64), graph.second.astype(np.int64)
    if graph.parts == 1:
        return first, second
    if graph.parts > MOST_PARTS:
        raise UnsupportedError(
            f"The graph of {graph.said} falls into {graph.parts:,} parts, too many to join every "
            f"two of them; choose more neighbours or a larger radius, so that at most "
            f"{MOST_PARTS:,} are left."
        )
    n = dataset.n
    order = np.argsort(graph.part, kind="stable")
    begin = np.searchsorted(graph.part[order], np.arange(graph.parts + 1))
    keys = [first * n + second]
    for i in range(1, graph.parts):
        mine, others = order[begin[i] : begin[i + 1]], order[: begin[i]]
        best = np.full(len(others), np.inf)
        row = np.zeros(len(others), dtype=np.int64)
        for block in range(0, len(mine), BLOCK):
            apart = dataset.metric.between(
                dataset.points[mine[block : block + BLOCK]], dataset.points[others]
            )
            near = apart.argmin(axis=0)
            least = apart[near, np.arange(len(others))]
            closer = least < best
            best[closer], row[closer] = least[closer], block + near[closer]
        ranked = np.lexsort((np.arange(len(others)), row, best, graph.part[others]))
        there = ranked[begin[:i]]
        one, two = mine[row[there]], others[there]
        keys.append(np.minimum(one, two) * n + np.maximum(one, two))
    joined = np.unique(np.concatenate(keys))
    return joined // n, joined % n
