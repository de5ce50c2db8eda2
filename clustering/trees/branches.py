"""Branches: a merge tree condensed to what a drawing can show.

A dendrogram of ten thousand leaves is a black bar. Here only its top is laid out: the last
`leaves` - 1 merges, and below them the branches that they join, each drawn as one *end* with
the number of its points. Nothing is recursive, so that a chain of any length is laid out too.

Ends stand side by side at x = 0, 1, 2, ...; a merge stands in the middle between the two
branches that it joins, at its height. Along a graph a merge can be lower than one before it;
it is drawn at the height at which a cut makes it (`MergeTree.levels`), so that a line across the
drawing meets as many branches as the cut has clusters.
"""

from dataclasses import dataclass

import numpy as np

from clustering.checks import is_whole, shown
from clustering.dataset import Floats, Integers, frozen
from clustering.errors import ParameterError
from clustering.partition import Labels
from clustering.trees.merge_tree import MergeTree

__all__ = ["Branches", "dendrogram", "nearest"]

MOST = 5_000
"""Ends beyond which nothing can be told apart in a drawing."""


@dataclass(frozen=True, eq=False, slots=True)
class Branches:
    """The top of a merge tree, laid out, with the colours of one cut.

    Attributes
    ----------
    n : int
        Leaves of the whole tree.
    k : int
        Clusters of the cut.
    height : float
        Where a line shows the cut: half-way between the last merge that is made and the
        next; above the top where all is one.
    x : ndarray of shape (m, 2)
        Where the two branches stand that each merge joins, left one first.
    low : ndarray of shape (m, 2)
        Height of the top of each of the two.
    high : ndarray of shape (m,)
        Height of the merge.
    nodes : ndarray of shape (m,), int64
        Number of the merge in the tree, for `MergeTree.members`.
    joined : ndarray of shape (m, 2), int64
        Numbers of the two branches.
    clusters : ndarray of shape (m,), int32
        Cluster in which the merge lies, as ``tree.cut`` numbers it; -1 above the cut.
    end_x : ndarray of shape (e,)
        Where each end stands: 0, 1, 2, ...
    end_height : ndarray of shape (e,)
        Height of its last merge; 0 for a single leaf.
    end_nodes : ndarray of shape (e,), int64
        Its number in the tree: below n a leaf.
    end_sizes : ndarray of shape (e,), int64
        How many leaves it holds.
    end_clusters : ndarray of shape (e,), int32
        Its cluster; -1 where it holds several.
    said : str
        What the drawing leaves out; empty where it shows every leaf.
    """

    n: int
    k: int
    height: float
    x: Floats
    low: Floats
    high: Floats
    nodes: Integers
    joined: Integers
    clusters: Labels
    end_x: Floats
    end_height: Floats
    end_nodes: Integers
    end_sizes: Integers
    end_clusters: Labels
    said: str

    @property
    def top(self) -> float:
        """Height of the last merge; 0 for a single leaf."""
        return float(self.high[-1]) if len(self.high) else 0.0


def dendrogram(tree: MergeTree, *, merges: int, leaves: int = 60) -> Branches:
    """Lay out the top of a tree.

    Parameters
    ----------
    tree : MergeTree
        Any.
    merges : int
        Merges that the cut makes, from 0 to n - 1; n - k give k clusters.
    leaves : int
        How many ends are drawn, from 2 to 5,000; fewer where the tree has fewer leaves.

    Returns
    -------
    Branches
        Merges in the order in which they are made, the last one last.

    Raises
    ------
    ParameterError
        Where a number is out of its range.

    Notes
    -----
    O(n) time.

    Examples
    --------
    >>> from clustering.trees.merge_tree import grow
    >>> tree = grow([[0, 1], [2, 3], [4, 5]], [1.0, 2.0, 9.0])
    >>> drawn = dendrogram(tree, merges=2, leaves=3)
    >>> drawn.end_sizes.tolist(), drawn.x.tolist(), drawn.low.tolist()
    ([2, 1, 1], [[1.0, 2.0], [0.0, 1.5]], [[0.0, 0.0], [1.0, 2.0]])
    >>> drawn.clusters.tolist(), drawn.end_clusters.tolist(), drawn.height
    ([1, -1], [0, 1, 1], 5.5)
    """
    if not is_whole(merges) or not 0 <= merges <= tree.n - 1:
        raise ParameterError(
            f"{shown(merges)} merges; choose a whole number from 0 to {tree.n - 1:,}."
        )
    if not is_whole(leaves) or not 2 <= leaves <= MOST:
        raise ParameterError(f"{shown(leaves)} ends; choose a whole number from 2 to {MOST:,}.")
    k = tree.n - int(merges)
    first = tree.n - min(int(leaves), tree.n)
    ends = tree.roots(first)
    count = len(ends)
    # Everything that is drawn gets a place in one list: the ends, then the merges above them.
    place = np.full(2 * tree.n - 1, -1, dtype=np.int64)
    place[ends] = np.arange(count)
    place[tree.n + first :] = count + np.arange(count - 1)
    joined = tree.children[first:]
    pairs = place[joined]
    x = np.concatenate([np.arange(count, dtype=np.float64), np.zeros(count - 1)])
    for merge, (one, two) in enumerate(pairs.tolist(), count):
        x[merge] = (x[one] + x[two]) / 2
    inside = ends >= tree.n
    tops = np.zeros(count)
    tops[inside] = tree.levels[ends[inside] - tree.n]
    high = tree.levels[first:]
    heights = np.concatenate([tops, high])
    turned = x[pairs[:, 0]] > x[pairs[:, 1]]
    pairs = np.where(turned[:, None], pairs[:, ::-1], pairs)
    sizes = np.ones(count, dtype=np.int64)
    sizes[inside] = tree.sizes[ends[inside] - tree.n]
    nodes = np.arange(tree.n + first, 2 * tree.n - 1)
    # A branch lies within one cluster where it is made before the cut; any of its leaves tells.
    labels = tree.cut(int(merges))
    begin = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    whole = ends < tree.n + merges
    end_clusters = np.where(whole, labels[tree.order[begin]], -1)
    clusters = np.where(nodes < tree.n + merges, labels[tree.order[tree.starts[first:]]], -1)
    return Branches(
        n=tree.n,
        k=k,
        height=_between(tree, int(merges)),
        x=frozen(x[pairs]),
        low=frozen(heights[pairs]),
        high=frozen(high),
        nodes=frozen(nodes),
        joined=frozen(np.where(turned[:, None], joined[:, ::-1], joined)),
        clusters=frozen(clusters, np.int32),
        end_x=frozen(x[:count]),
        end_height=frozen(tops),
        end_nodes=frozen(ends),
        end_sizes=frozen(sizes),
        end_clusters=frozen(end_clusters, np.int32),
        said=_said(tree.n, k, count),
    )


def nearest(branches: Branches, x: float, y: float) -> int:
    """Tell which branch a place in the drawing means.

    Parameters
    ----------
    branches : Branches
        What is drawn.
    x, y : float
        A place in its units: ends apart and heights.

    Returns
    -------
    int
        Number of the node whose lines are nearest, where width and height of the drawing
        count alike: the bar of a merge means the merge, the line that leads up from a branch
        means that branch. For `MergeTree.members`.

    Examples
    --------
    >>> from clustering.trees.merge_tree import grow
    >>> drawn = dendrogram(grow([[0, 1], [2, 3], [4, 5]], [1.0, 2.0, 9.0]), merges=2)
    >>> nearest(drawn, 1.0, 9.1), nearest(drawn, 0.6, 5.0), nearest(drawn, 2.1, 0.3)
    (6, 4, 2)
    """
    if not len(branches.high):
        return int(branches.end_nodes[0])
    wide = max(len(branches.end_x) - 1.0, 1.0)
    tall = branches.top or 1.0
    bars = np.hypot(
        _outside(x, branches.x[:, 0], branches.x[:, 1]) / wide, (y - branches.high) / tall
    )
    # An end reaches down to the ground, whatever its own height.
    low = np.where(np.isin(branches.joined, branches.end_nodes), 0.0, branches.low)
    high = np.broadcast_to(branches.high[:, None], low.shape)
    legs = np.hypot((x - branches.x) / wide, _outside(y, low, high) / tall)
    if bars.min() <= legs.min():
        return int(branches.nodes[bars.argmin()])
    return int(branches.joined.ravel()[legs.argmin()])


def _outside(value: float, low: Floats, high: Floats) -> Floats:
    """Give how far a value is from each of several ranges; 0 within."""
    away: Floats = np.maximum(np.maximum(low - value, value - high), 0.0)
    return away


def _between(tree: MergeTree, merges: int) -> float:
    """Give a height between the last merge that is made and the next one."""
    made = float(tree.levels[merges - 1]) if merges else 0.0
    if merges < tree.n - 1:
        return (made + float(tree.levels[merges])) / 2
    return made * 1.05


def _said(n: int, k: int, ends: int) -> str:
    """Say what is not drawn."""
    if ends == n:
        return ""
    text = f"The top {ends:,} branches of {n:,} leaves; the rest is folded into them."
    if k > ends:
        text += f" The cut makes {k:,} clusters, of which several share a branch."
    return text
