"""The silhouette of one point, told step by step with its own distances."""

from dataclasses import dataclass

import numpy as np

from clustering.dataset import Dataset, Floats, frozen
from clustering.errors import DataError
from clustering.partition import Partition
from clustering.validity.distances import exponent
from clustering.words import amount, apart, count

__all__ = ["SEEING", "Placement", "place"]

MOST_NAMED = 4
"""Clusters that a sentence lists."""

SEEING = """
**What to see.** A silhouette asks each point one question: is it nearer, on average, to its own
cluster or to the next one? Near 1 the point lies deep inside; near 0 it lies on a border; below
0 another cluster would be closer. The mean over all points judges the whole answer, and because
it is a mean of distances it is comparable between any numbers of clusters, which inertia is not.

**What it cannot see.** It measures by mean distances, so it likes round clusters of equal
width. On *Rings and moons* the right answer scores lower than a wrong one. And it is never
undefined where it ought to be: on *No structure* some k is highest too. That is what the
comparison with structureless data on top of the page is for.
"""
"""What a lesson on the silhouette leaves behind, as Markdown."""


@dataclass(frozen=True, eq=False, slots=True)
class Placement:
    """How well one point is placed, and why.

    Attributes
    ----------
    point : int
        Which point.
    own, rival : int
        Its cluster, and the nearest other one.
    a, b : float
        Mean distance to the other points of its own cluster and to those of the rival;
        `a` is NaN for a point that is alone in its cluster.
    means : ndarray of shape (k,)
        Mean distance to every cluster, the point itself left out; NaN for empty ones.
    value : float
        Its silhouette, (b - a) / max(a, b); 0 for a point alone.
    words : tuple of str
        Four steps: the point, a, b, and what follows.
    """

    point: int
    own: int
    rival: int
    a: float
    b: float
    means: Floats
    value: float
    words: tuple[str, ...]


def place(dataset: Dataset, partition: Partition, point: int) -> Placement:
    """Tell the silhouette of one point.

    Parameters
    ----------
    dataset, partition
        The points, and the answer that is judged; noise counts as no cluster.
    point : int
        Which point, from 0 to n - 1.

    Returns
    -------
    Placement
        Numbers and sentences; clusters are numbered from 1 in these.

    Raises
    ------
    DataError
        Where the point is noise, there are fewer than two clusters, or no such point.

    Notes
    -----
    O(n d). Weights count as repeated points, as in `clustering.validity`.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [10.0], [11.0]])
    >>> answer = Partition(labels=[0, 0, 1, 1], rows=range(4), method="by hand")
    >>> told = place(data, answer, 1)
    >>> told.a, told.b, round(told.value, 4)
    (1.0, 9.5, 0.8947)
    >>> print(told.words[3])
    s = (b - a) / max(a, b) = (9.5 - 1) / 9.5 = 0.895: it lies well inside its own cluster.
    """
    if not 0 <= point < dataset.n:
        raise DataError(f"There are {dataset.n:,} points; choose one of them.")
    labels, own = partition.labels, int(partition.labels[point])
    if own < 0:
        raise DataError("This point is noise, which belongs to no cluster; choose another one.")
    # In the unit of the index, so that both see the same where squares would be 0.
    unit = exponent(dataset)
    points = np.ldexp(dataset.points, -unit) if unit else dataset.points
    distances = np.ldexp(dataset.metric.between(points[[point]], points)[0], unit)
    weights = dataset.mass.copy()
    weights[point] -= 1.0  # of equal points that it stands for, the others are company
    inside = labels >= 0
    total = np.bincount(labels[inside], weights=weights[inside], minlength=partition.k)
    sums = np.bincount(labels[inside], weights=(weights * distances)[inside], minlength=partition.k)
    means = np.divide(sums, total, out=np.full(partition.k, np.nan), where=total > 0)
    others = np.where(np.arange(partition.k) == own, np.nan, means)
    if not np.isfinite(others).any():
        raise DataError("A silhouette compares two clusters, and there is only one.")
    rival = int(np.nanargmin(others))
    a, b = float(means[own]), float(others[rival])
    alone = bool(np.isnan(a))
    value = 0.0 if alone or max(a, b) == 0.0 else (b - a) / max(a, b)
    name = dataset.name_of(point)
    company = int((labels == own).sum()) - 1
    words = (
        f"{name[:1].upper()}{name[1:]} lies in cluster {own + 1} with "
        f"{count(company, 'other point')}. Is that where it belongs?",
        _inner(name, own, a, company),
        _outer(name, own, rival, others),
        _verdict(own, rival, a, b, value),
    )
    return Placement(point, own, rival, a, b, frozen(means), value, words)


def _inner(name: str, own: int, a: float, company: int) -> str:
    """Tell the mean distance inside."""
    if np.isnan(a):
        return f"{name} is alone in cluster {own + 1}: there is no other point to be near to."
    each = "the only other point" if company == 1 else f"all {company:,} other points"
    return f"a: the distance to {each} of cluster {own + 1} is {amount(a)}" + (
        "." if company == 1 else " on average."
    )


def _outer(name: str, own: int, rival: int, others: Floats) -> str:
    """Tell the mean distances to the other clusters, and which is the nearest."""
    known = np.flatnonzero(np.isfinite(others))
    order = known[np.argsort(others[known], kind="stable")]
    if len(order) == 1:
        return (
            f"b: the mean distance to the points of cluster {rival + 1}, the only other one, is "
            f"{amount(others[rival])}."
        )
    listed = ", ".join(
        f"{amount(others[cluster])} to cluster {cluster + 1}" for cluster in order[:MOST_NAMED]
    )
    more = len(order) - MOST_NAMED
    rest = f", and farther to {more} more" if more > 0 else ""
    return (
        f"b: the mean distance to the points of each other cluster: {listed}{rest}. The nearest "
        f"is cluster {rival + 1}, so b = {amount(others[rival])}."
    )


def _verdict(own: int, rival: int, a: float, b: float, value: float) -> str:
    """Put both together."""
    if np.isnan(a):
        return "A point alone in its cluster has the silhouette 0 by definition."
    small, large = apart(a, b)
    formula = f"s = (b - a) / max(a, b) = ({large} - {small}) / {large if b >= a else small}"
    if abs(value) < 0.05:
        meaning = f"it lies on the border between clusters {own + 1} and {rival + 1}"
    elif value < 0:
        meaning = f"it lies nearer to cluster {rival + 1} than to its own"
    elif value < 0.5:
        meaning = "it lies nearer to its own cluster, but not by much"
    else:
        meaning = "it lies well inside its own cluster"
    return f"{formula} = {amount(value)}: {meaning}."
