"""Further indices over an axis: each likes another kind of cluster.

The silhouette is on every axis over k. Three more are added on request, since their
disagreement says more than any of them:

======================  =========================================================
``calinski_harabasz``   spread of the means over the spread within: largest is best
``davies_bouldin``      likeness of each cluster to its next: smallest is best
``bic``                 misfit plus a price for every parameter: smallest is best
======================  =========================================================
"""

from collections.abc import Callable
from dataclasses import replace

from clustering import sweep, validity
from clustering.axis import FittedAxis
from clustering.dataset import Dataset, frozen
from clustering.progress import Report, Step, silent

__all__ = ["judged"]


def judged(dataset: Dataset, axis: FittedAxis, *, report: Report = silent) -> FittedAxis:
    """Add further indices to an axis.

    Parameters
    ----------
    dataset : Dataset
        The points that were clustered.
    axis : FittedAxis
        Answers over the range of one parameter.
    report : callable
        Told after each answer.

    Returns
    -------
    FittedAxis
        The same axis with the curves ``calinski_harabasz``, ``davies_bouldin`` and
        ``bic``, NaN where undefined, which is said in notes such as ``bic_undefined``.
        An axis that has such a curve already, as a mixture has its own BIC, keeps it.

    Notes
    -----
    O(n d) an answer and index, exact for any number of points.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [10.0], [11.0]])
    >>> from clustering.partition import Partition
    >>> answers = [
    ...     Partition(labels, data.rows, "by hand", {"k": k})
    ...     for k, labels in enumerate([[0, 0, 0, 0], [0, 0, 1, 1]], 1)
    ... ]
    >>> axis = judged(data, sweep.fitted(data, answers))
    >>> axis.curves["calinski_harabasz"].tolist()
    [nan, 200.0]
    >>> axis.curves["bic"].round(2).tolist()
    [27.04, 16.9]
    """
    indices: dict[str, Callable[..., validity.Score]] = {
        "calinski_harabasz": validity.calinski_harabasz,
        "davies_bouldin": validity.davies_bouldin,
        "bic": validity.bic,
    }
    indices = {name: index for name, index in indices.items() if name not in axis.curves}
    found: dict[str, list[validity.Score]] = {name: [] for name in indices}
    for done, partition in enumerate(axis.partitions, 1):
        for name, index in indices.items():
            found[name].append(index(dataset, partition.labels))
        report(Step(done, len(axis.partitions), f"indices of {done} of {len(axis.partitions)}"))
    curves, notes = dict(axis.curves), dict(axis.notes)
    for name, scores in found.items():
        curves[name] = frozen([score.value for score in scores])
        notes |= sweep.undefined(name, axis.values, scores, parameter=axis.parameter)
    return replace(axis, curves=curves, notes=notes)
