"""Joining: at which height each point came to the cluster in which a cut finds it.

A cluster of a merge tree grows around its largest part. Where a smaller part is merged with a
larger one, its points *join*; what counts is the last time that they did, since only from
there on are they with the most of their cluster. Points that were always with the larger
part joined by their own first merge.

Rows that join late are far from all others of their cluster, alone or with a few: the first to
leave where the cut is moved down.
"""

import numpy as np

from clustering.dataset import Floats, frozen
from clustering.trees.merge_tree import MergeTree

__all__ = ["alone_until", "joined"]


def joined(tree: MergeTree, merges: int) -> Floats:
    """Give the height at which each leaf joined its cluster.

    Parameters
    ----------
    tree : MergeTree
        Any.
    merges : int
        Merges that the cut makes; n - k give k clusters.

    Returns
    -------
    ndarray of shape (n,)
        Heights; NaN for leaves that are clusters of their own.

    Notes
    -----
    O(n) time, from the last merge of the cut to the first.

    Examples
    --------
    >>> from clustering.trees.merge_tree import grow
    >>> tree = grow([[0, 1], [4, 2], [3, 5]], [1.0, 2.0, 9.0])   # 3 comes last to (0, 1), 2
    >>> joined(tree, 3).tolist(), joined(tree, 2).tolist()
    ([1.0, 1.0, 2.0, 9.0], [1.0, 1.0, 2.0, nan])
    """
    n = tree.n
    size = [1] * n + tree.sizes.tolist()
    late = [float("nan")] * (n + merges)
    first = [float("nan")] * n
    pairs, levels = tree.children[:merges].tolist(), tree.levels[:merges].tolist()
    for merge in range(merges - 1, -1, -1):
        left, right = pairs[merge]
        above, level = late[n + merge], levels[merge]
        smaller = left if size[left] < size[right] else right
        for child in (left, right):
            known = above == above  # a part that was the smaller one above stays so below
            late[child] = above if known else level if child == smaller else float("nan")
            if child < n:
                first[child] = level
    heights = np.array(late[:n])
    return frozen(np.where(np.isnan(heights), first, heights))


def alone_until(tree: MergeTree) -> Floats:
    """Give the height of the first merge of each leaf, shape (n,); NaN for a single leaf.

    Examples
    --------
    >>> from clustering.trees.merge_tree import grow
    >>> alone_until(grow([[0, 1], [4, 2], [3, 5]], [1.0, 2.0, 9.0])).tolist()
    [1.0, 1.0, 2.0, 9.0]
    """
    heights = np.full(tree.n, np.nan)
    leaves = tree.children < tree.n
    heights[tree.children[leaves]] = np.repeat(tree.levels, leaves.sum(axis=1))
    return frozen(heights)
