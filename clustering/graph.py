"""Who is joined to whom: graphs of nearest neighbours along which clusters may merge.

An agglomerative tree without a graph may merge any two clusters. With one it merges only
clusters that an edge joins: it follows what hangs together, such as the arm of a spiral, and
does not jump across a gap because the other side happens to be near.

A graph may fall into parts, which no edge joins. A tree needs one whole; so for every two
parts the edge between their nearest points is added, as scikit-learn does, and the number of
parts is told.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from sklearn.neighbors import NearestNeighbors

from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.errors import ParameterError, UnsupportedError

__all__ = ["Graph", "connected"]

MOST = 20_000
"""Points up to which distances without coordinates are computed, each with each other."""
MOST_EDGES = 5_000_000
BLOCK = 256


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
    if neighbours and not 1 <= neighbours < dataset.n:
        raise ParameterError(
            f"{neighbours} nearest neighbours; with {dataset.n:,} points choose from 1 to "
            f"{dataset.n - 1:,}."
        )
    if not neighbours and not 0 < radius < np.inf:
        raise ParameterError("A graph needs a number of neighbours or a positive radius.")
    if not dataset.metric.is_euclidean and dataset.n > MOST:
        raise UnsupportedError(
            f"{dataset.metric.name.capitalize()} distances have to be computed each with each "
            f"other, which takes too long for {dataset.n:,} points; take a sample of {MOST:,} or "
            "fewer on the Data page."
        )
    if neighbours:
        found = _nearest(dataset, neighbours)
        ends = np.column_stack([np.repeat(np.arange(dataset.n), neighbours), found.ravel()])
        said = f"{neighbours} nearest neighbour{'s' if neighbours > 1 else ''}"
    else:
        ends = _within(dataset, radius)
        said = f"radius {radius:.4g}{' ' if dataset.metric.unit else ''}{dataset.metric.unit}"
    ends.sort(axis=1)
    keys = np.unique(ends[:, 0] * dataset.n + ends[:, 1])
    first, second = keys // dataset.n, keys % dataset.n
    edges = sparse.coo_matrix((np.ones(len(keys)), (first, second)), shape=(dataset.n,) * 2)
    part = connected_components(edges, directed=False)[1]
    return Graph(frozen(first, np.int32), frozen(second, np.int32), frozen(part, np.int32), said)


def _nearest(dataset: Dataset, neighbours: int) -> Integers:
    """Give the nearest others of every point, shape (n, neighbours)."""
    if dataset.metric.is_euclidean:
        model = NearestNeighbors(n_neighbors=neighbours).fit(dataset.points)
        found: Integers = model.kneighbors(return_distance=False)
        return found
    found = np.empty((dataset.n, neighbours), dtype=np.int64)
    for first in range(0, dataset.n, BLOCK):
        block = _block(dataset, first)
        rows = np.arange(len(block))
        block[rows, first + rows] = np.inf
        near = np.argpartition(block, neighbours - 1, axis=1)[:, :neighbours]
        found[first : first + BLOCK] = near
    return found


def _within(dataset: Dataset, radius: float) -> Integers:
    """Give the pairs up to a distance, shape (e, 2)."""
    pairs = []
    edges = 0
    for first in range(0, dataset.n, BLOCK):
        block = _block(dataset, first)
        one, two = np.nonzero(block <= radius)
        later = two > first + one
        pairs.append(np.column_stack([first + one[later], two[later]]))
        edges += int(later.sum())
        if edges > MOST_EDGES:
            raise UnsupportedError(
                f"A radius of {radius:.4g} joins more than {MOST_EDGES:,} pairs; choose a smaller "
                "one, or nearest neighbours."
            )
    return np.concatenate(pairs)


def _block(dataset: Dataset, first: int) -> Floats:
    """Give the distances of some points to all, shape (m, n)."""
    return dataset.metric.between(dataset.points[first : first + BLOCK], dataset.points)
