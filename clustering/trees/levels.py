"""Levels: what a merge tree says along the heights at which it may be cut.

A cut is named in two ways, by a height or by the number of clusters k that it gives. A height
always gives one k; a k has a range of heights, which is empty where merges tie. These
functions lead from the one to the other, for every axis that is a tree.
"""

import numpy as np

from clustering.checks import is_finite, is_whole, shown
from clustering.dataset import Floats, frozen
from clustering.errors import ParameterError
from clustering.trees.merge_tree import MergeTree

__all__ = ["between", "checked", "clusters_at", "curves", "few", "most", "widest_step"]


def most(tree: MergeTree) -> int:
    """Give the largest number of clusters: leaves at no distance are never parted."""
    return tree.n - int(tree.merges(0.0))


def few(n: int) -> float:
    """Give how many clusters of `n` points are few enough to be an answer: sqrt(n) or less.

    The first merges, of points that happen to be very near, make the widest ranges and steps
    of all and say nothing.

    Examples
    --------
    >>> few(4), few(6), few(400)
    (2.0, 3.0, 20.0)
    """
    return max(2.0, min(3.0, n / 2), float(np.sqrt(n)))


def checked(tree: MergeTree, k: int) -> int:
    """Give `k`, or raise ParameterError where the tree cannot be cut into so many."""
    if not is_whole(k) or not 1 <= k <= most(tree):
        raise ParameterError(
            f"k = {shown(k)}; choose a whole number from 1 to {most(tree):,}, the number of "
            "distinct points."
        )
    return int(k)


def clusters_at(tree: MergeTree, height: float, *, parameter: str) -> int:
    """Give the number of clusters of a cut at a height, merges exactly there included.

    Raises
    ------
    ParameterError
        Where the height is no number from 0; the sentence calls it by its `parameter`.
    """
    if not is_finite(height) or height < 0:
        raise ParameterError(f"{parameter} = {shown(height)}; choose a number from 0.")
    return tree.n - int(tree.merges(float(height)))


def between(tree: MergeTree, k: int) -> tuple[float, float]:
    """Give the heights (low, high) between which a cut gives `k` clusters.

    The first is that of the last merge that is made, 0 where none is; the second that of the
    next one, infinite where there is none.

    Examples
    --------
    >>> from clustering.trees.merge_tree import grow
    >>> tree = grow([[0, 1], [2, 3], [4, 5]], [1.0, 2.0, 9.0])
    >>> between(tree, 2), between(tree, 1)
    ((2.0, 9.0), (9.0, inf))
    """
    made = tree.n - k
    low = float(tree.levels[made - 1]) if made else 0.0
    return low, float(tree.levels[made]) if k > 1 else float("inf")


def curves(tree: MergeTree, heights: Floats) -> dict[str, Floats]:
    """Give what holds from each height on.

    Parameters
    ----------
    tree : MergeTree
        Any.
    heights : ndarray of shape (m,)
        Ascending.

    Returns
    -------
    dict of str to ndarray of shape (m,)
        ``clusters``, and ``largest``: share of all leaves that are in the largest cluster.
    """
    made = tree.merges(heights)
    largest = np.concatenate([[1], np.maximum.accumulate(tree.sizes)])[made]
    return {
        "clusters": frozen(tree.n - made, np.float64),
        "largest": frozen(largest / tree.n, np.float64),
    }


def widest_step(tree: MergeTree) -> int:
    """Give the number of clusters, `few`, after which the largest step of heights comes.

    Returns
    -------
    int
        From 2, of equal steps the fewest clusters; 1 where there is nothing to part.

    Examples
    --------
    >>> from clustering.trees.merge_tree import grow
    >>> merges = [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]]
    >>> widest_step(grow(merges, [1.0, 1.0, 2.0, 9.0, 9.5]))
    3
    """
    last = min(int(few(tree.n)), most(tree))
    if last < 2:
        return 1
    ends = [between(tree, k) for k in range(2, last + 1)]
    return 2 + int(np.argmax([high - low for low, high in ends]))
