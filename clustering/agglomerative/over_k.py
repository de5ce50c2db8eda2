"""Cuts by the number of clusters: one, several, or every one with its silhouette."""

from clustering import sweep
from clustering.agglomerative.heights import axis
from clustering.axis import FittedAxis
from clustering.checks import check_k
from clustering.dataset import Dataset
from clustering.geometry.metrics import measured
from clustering.partition import Labels, Partition
from clustering.progress import Report, part, silent
from clustering.trees import merging
from clustering.trees.merging import Linkage

__all__ = ["cuts", "fit", "over_k"]


def fit(
    dataset: Dataset,
    *,
    k: int,
    linkage: Linkage = "ward",
    neighbours: int = 0,
    radius: float = 0.0,
    metric: str | None = None,
) -> Partition:
    """Merge the nearest clusters until `k` are left.

    Parameters
    ----------
    dataset, linkage, neighbours, radius
        As for `axis`.
    k : int
        Number of clusters, from 1 to the number of distinct points.
    metric : str, optional
        How coordinates are measured, as in `metrics.measured`; left out, as the data have it.

    Returns
    -------
    Partition
        Clusters numbered by their first point. Facts: ``height``, the distance at which
        the last merge was made, and ``next_height``, at which the next one would be.

    Raises
    ------
    ParameterError
        Where `k` is more than the number of distinct points, or the linkage is unknown.
    UnsupportedError
        Where there are too many points or weights, or Ward's linkage has no coordinates; where
        the graph is too large or falls into too many parts.
    DataError
        Where values are too large to be squared, or points have no such distance.

    Notes
    -----
    O(n^2) time and memory. The clusters are those of scikit-learn's
    ``AgglomerativeClustering(k, linkage=linkage)``, where no two merges are equally near.

    Examples
    --------
    >>> data = Dataset.from_points([[9], [0], [1], [10]])
    >>> answer = fit(data, k=2)
    >>> answer.labels.tolist(), round(answer.facts["next_height"], 3)
    ([0, 1, 1, 0], 12.728)
    """
    check_k(dataset, k)
    dataset = dataset if metric is None else measured(dataset, metric)
    return axis(dataset, linkage=linkage, neighbours=neighbours, radius=radius).of(k)


def over_k(
    dataset: Dataset, *, k_max: int = 12, linkage: Linkage = "ward", report: Report = silent
) -> FittedAxis:
    """Build the tree once and cut it at k = 1, 2, ...

    Parameters
    ----------
    dataset : Dataset
        As for `fit`.
    k_max : int
        Largest number of clusters; no more than there are distinct points are made.
    linkage : {"ward", "complete", "average", "single"}
        What the distance of two clusters is.
    report : callable
        Told while distances are computed, and when the tree and the silhouettes are done.

    Returns
    -------
    FittedAxis
        What `sweep.fitted` makes of it, with the curve ``height``: the distance at which
        the last of the merges was made.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `fit` does.

    Examples
    --------
    >>> data = Dataset.from_points([[0], [1], [10], [11], [20], [21]])
    >>> answers = over_k(data, k_max=4, linkage="single")
    >>> answers.curves["height"].tolist(), answers.at(3).labels.tolist()
    ([9.0, 9.0, 1.0, 1.0], [0, 0, 1, 1, 2, 2])
    """
    merging.check(dataset, linkage)
    values = sweep.up_to(dataset, k_max)
    grown = axis(dataset, linkage=linkage, report=part(report, 0, 50))
    return sweep.fitted(
        dataset,
        [grown.of(k) for k in values],
        k_max=k_max,
        curves=("height",),
        report=part(report, 50, 100),
    )


def cuts(
    dataset: Dataset, *, values: range | list[int], linkage: Linkage = "ward"
) -> tuple[Labels, ...]:
    """Give the labels of several cuts of one tree and nothing else, as `sweep.labels_over_k`.

    Parameters
    ----------
    dataset, linkage
        As for `fit`.
    values : sequence of int
        Numbers of clusters, each as in `fit`.

    Examples
    --------
    >>> [labels.tolist() for labels in cuts(Dataset.from_points([[0], [1], [9]]), values=[2, 3])]
    [[0, 0, 1], [0, 1, 2]]
    """
    grown = axis(dataset, linkage=linkage)
    return tuple(grown.of(k).labels for k in values)
