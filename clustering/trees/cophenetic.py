"""The cophenetic correlation: how far a merge tree keeps the distances between points.

The *cophenetic distance* of two points is the height of the merge by which they come
together. Its correlation with their own distance is near 1 where the tree tells them truly.

References
----------
R. R. Sokal, F. J. Rohlf, The comparison of dendrograms by objective methods, Taxon 11, 1962.
"""

import numpy as np

from clustering.dataset import Dataset
from clustering.trees.merge_tree import MergeTree

__all__ = ["WHOLE", "correlation"]

WHOLE = 4_000
"""Points up to which all pairs count; of more, those of a random sample of so many."""


def correlation(dataset: Dataset, tree: MergeTree) -> float:
    """Give the cophenetic correlation of a tree.

    Parameters
    ----------
    dataset : Dataset
        The points, at least three.
    tree : MergeTree
        Their merges.

    Returns
    -------
    float
        From -1 to 1; NaN where all distances or all heights are equal.

    Notes
    -----
    O(n^2) time and memory, of at most 4,000 points.

    Examples
    --------
    >>> from clustering.trees.merge_tree import grow
    >>> data = Dataset.from_points([[0.0], [1.0], [10.0]])
    >>> round(correlation(data, grow([[0, 1], [2, 3]], [1.0, 9.0])), 4)
    0.9948
    """
    places = np.arange(dataset.n)
    if dataset.n > WHOLE:
        places = np.sort(np.random.default_rng(0).choice(dataset.n, WHOLE, replace=False))
    # Between two leaves of the order stand the merges on their way to each other; the last of
    # them joins the two.
    between = (
        np.maximum.reduceat(tree.joins, places[:-1]) if len(places) > 1 else np.empty(0, np.int64)
    )
    if len(places) > 1 and places[-1] < dataset.n - 1:
        between[-1] = tree.joins[places[-2] : places[-1]].max()
    points = dataset.points[tree.order[places]]
    heights, distances = [], []
    for i in range(len(places) - 1):
        heights.append(tree.heights[np.maximum.accumulate(between[i:])])
        distances.append(dataset.metric.between(points[i : i + 1], points[i + 1 :])[0])
    high = np.concatenate(heights) if heights else np.zeros(1)
    far = np.concatenate(distances) if distances else np.zeros(1)
    high, far = high - high.mean(), far - far.mean()
    scale = float(np.linalg.norm(high) * np.linalg.norm(far))
    if not scale or np.ptp(high) == 0 or np.ptp(far) == 0:
        return float("nan")
    return float(high @ far / scale)
