"""What axes over the number of clusters share, whatever method gave the answers.

`over_k` fits k = 1, 2, ... and measures the answers; a method that has a `fit` for one k
has its axis in one call. Where the answers for all k come together, as the cuts of one
tree do, `fitted` makes the axis of them. The silhouette is measured always, for it is
what the peak is read from, and all of them share one pass over the distances.

`labels_over_k` is the shortest way through a method: labels and nothing else, for those
who repeat it many times (`clustering.judging.gap`, `clustering.judging.structure`).
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from clustering import validity
from clustering.axis import FittedAxis
from clustering.checks import is_whole, largest_k, shown
from clustering.dataset import Dataset, Floats, frozen
from clustering.errors import ClusterloomError, ParameterError
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step, part, silent

__all__ = ["Fit", "fitted", "how", "labels_over_k", "over_k", "undefined", "up_to"]

FITTING = 90
"""Per cent of the time that the fits take; the silhouettes of all of them take the rest."""


class Fit(Protocol):
    """A method's `fit`, its other arguments settled (`functools.partial`)."""

    def __call__(self, dataset: Dataset, /, *, k: int) -> Partition:
        """Part the points into `k` clusters."""
        ...


def up_to(dataset: Dataset, k_max: int) -> range:
    """Give the numbers of clusters from 1 to `k_max`, or to as many as there are distinct points.

    Parameters
    ----------
    dataset : Dataset
        The points that are to be clustered.
    k_max : int
        Largest number that is asked for.

    Returns
    -------
    range
        1, 2, ...

    Raises
    ------
    ParameterError
        Where `k_max` is no whole number from 1.

    Examples
    --------
    >>> up_to(Dataset.from_points([[0.0], [0.0], [1.0]]), 12)
    range(1, 3)
    """
    if not is_whole(k_max) or k_max < 1:
        raise ParameterError(f"k_max = {shown(k_max)}; choose a whole number from 1.")
    return range(1, largest_k(dataset, k_max) + 1)


def over_k(
    dataset: Dataset,
    *,
    fit: Fit,
    k_max: int,
    curves: Sequence[str] = (),
    until: type[ClusterloomError] | tuple[()] = (),
    seed: int = 0,
    report: Report = silent,
) -> FittedAxis:
    """Fit k = 1, 2, ... and measure each answer.

    Parameters
    ----------
    dataset : Dataset
        Any points.
    fit : callable
        ``fit(dataset, k=k)`` gives a Partition: a method's, with its other arguments
        settled. What it raises for k = 1 is what the axis raises.
    k_max : int
        Largest number of clusters; no more than there are distinct points are made.
    curves : sequence of str
        Facts of the answers that become curves, e.g. ``inertia``.
    until : type of error, optional
        An error of `fit` at which the axis ends before that k, and says so in
        ``notes["clusters"]``.
    seed : int
        Fixes the draw where silhouettes are sampled.
    report : callable
        Told after each k, and while silhouettes are computed.

    Returns
    -------
    FittedAxis
        As `fitted` makes it.

    Raises
    ------
    ParameterError
        Where `k_max` is no whole number from 1.

    Notes
    -----
    A fit is taken to last as long as its k is large.

    Examples
    --------
    >>> def halves(dataset, *, k):
    ...     labels = np.arange(dataset.n) * k // dataset.n
    ...     return Partition(labels, dataset.rows, "by hand", {"k": k}, {"half": k / 2})
    >>> data = Dataset.from_points([[0.0], [1.0], [10.0], [11.0]])
    >>> axis = over_k(data, fit=halves, k_max=7, curves=["half"])
    >>> axis.curves["half"].tolist(), axis.notes["clusters"]
    ([0.5, 1.0, 1.5, 2.0], 'There are only 4 distinct points, so that k ends there.')
    """
    values = up_to(dataset, k_max)
    partitions: list[Partition] = []
    notes = {}
    fitting = part(report, 0, FITTING)
    for k in values:
        try:
            partitions.append(fit(dataset, k=k))
        except until as error:
            if not partitions:
                raise
            notes["clusters"] = f"The axis ends before k = {k}. {error}"
            break
        fitting(Step(k * (k + 1), values[-1] * (values[-1] + 1), f"k = {k} of {values[-1]}"))
    return fitted(
        dataset,
        partitions,
        k_max=k_max,
        curves=curves,
        notes=notes,
        seed=seed,
        report=part(report, FITTING, 100),
    )


def fitted(
    dataset: Dataset,
    partitions: Sequence[Partition],
    *,
    k_max: int = 0,
    curves: Sequence[str] = (),
    notes: Mapping[str, str] | None = None,
    limit: int | None = None,
    seed: int = 0,
    report: Report = silent,
) -> FittedAxis:
    """Make an axis over k of the answers of one method, and measure their silhouettes.

    Parameters
    ----------
    dataset : Dataset
        The points that were clustered.
    partitions : sequence of m Partitions
        Answers by ascending ``parameters["k"]``.
    k_max : int
        Largest k that was asked for; ``notes["clusters"]`` says where the answers end
        before it, for want of distinct points.
    curves : sequence of str
        Facts of the answers that become curves, e.g. ``inertia``.
    notes : mapping of str to str, optional
        What else must be said; goes before what is said here.
    limit, seed
        As for `validity.silhouettes`: from how many points on they are sampled, and how.
    report : callable
        Told while silhouettes are computed.

    Returns
    -------
    FittedAxis
        ``parameter`` is "k". Beside `curves` there are ``clusters`` (those that hold
        points), and ``silhouette`` with ``silhouette_low`` and ``silhouette_high``,
        NaN where undefined. ``notes["silhouette"]`` says how it was computed,
        ``notes["silhouette_undefined"]`` where it is undefined and why.

    Raises
    ------
    ParameterError
        Where there are no answers, or they do not ascend.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [10.0], [11.0]])
    >>> answers = [
    ...     Partition(labels, data.rows, "by hand", {"k": k})
    ...     for k, labels in enumerate([[0, 0, 0, 0], [0, 0, 1, 1]], 1)
    ... ]
    >>> axis = fitted(data, answers)
    >>> axis.values.tolist(), axis.curves["silhouette"].round(4).tolist()
    ([1.0, 2.0], [nan, 0.8997])
    >>> axis.notes["silhouette_undefined"]
    'k = 1: There is only one cluster; it takes two to compare.'
    """
    values = np.array([partition.parameters["k"] for partition in partitions], dtype=np.float64)
    if not len(values) or (np.diff(values) <= 0).any():
        raise ParameterError("An axis needs answers for ascending k, at least one.")
    scores = validity.silhouettes(
        dataset, [each.labels for each in partitions], limit=limit, seed=seed, report=report
    )
    said = {"silhouette": how(scores), **undefined("silhouette", values, scores)}
    if values[-1] < k_max:
        said["clusters"] = f"There are only {values[-1]:g} distinct points, so that k ends there."
    return FittedAxis(
        parameter="k",
        values=frozen(values),
        partitions=tuple(partitions),
        curves={
            "clusters": frozen([(each.sizes > 0).sum() for each in partitions], np.float64),
            **{
                name: frozen([each.facts[name] for each in partitions], np.float64)
                for name in curves
            },
            "silhouette": frozen([score.value for score in scores]),
            "silhouette_low": frozen([score.low for score in scores]),
            "silhouette_high": frozen([score.high for score in scores]),
        },
        notes=said | dict(notes or {}),
    )


def labels_over_k(dataset: Dataset, *, fit: Fit, values: Sequence[int]) -> tuple[Labels, ...]:
    """Cluster for each of several k, and keep the labels alone.

    Parameters
    ----------
    dataset : Dataset
        Any points.
    fit : callable
        ``fit(dataset, k=k)`` gives a Partition: a method's, with its other arguments
        settled. A `functools.partial` of it can be sent to another process, and so can
        one of this function.
    values : sequence of int
        Numbers of clusters.

    Returns
    -------
    tuple of ndarray of shape (n,), int32
        Labels for each of `values`.

    Examples
    --------
    >>> def halves(dataset, *, k):
    ...     return Partition(np.arange(dataset.n) * k // dataset.n, dataset.rows, "by hand")
    >>> data = Dataset.from_points([[0.0], [1.0], [10.0], [11.0]])
    >>> [labels.tolist() for labels in labels_over_k(data, fit=halves, values=[1, 2])]
    [[0, 0, 0, 0], [0, 0, 1, 1]]
    """
    return tuple(fit(dataset, k=int(k)).labels for k in values)


def how(scores: Sequence[validity.Score]) -> str:
    """Say whether the silhouettes are exact, or why there are none."""
    if not any(score.defined for score in scores):
        return f"Silhouette: undefined. {scores[-1].reason}"
    sampled = max(score.sampled for score in scores)
    if not sampled:
        return "Silhouette: exact, over all points."
    return (
        f"Silhouette: from a stratified sample of {sampled:,} of {scores[0].n:,} points; "
        "the band holds the exact value with 95 % confidence."
    )


def undefined(
    name: str, values: Floats, scores: Sequence[validity.Score], *, parameter: str = "k"
) -> dict[str, str]:
    """Say where an index is undefined and why, in one note or none."""
    reasons = [
        f"{parameter} = {value:g}: {score.reason}"
        for value, score in zip(values, scores, strict=True)
        if score.reason
    ]
    return {f"{name}_undefined": " ".join(reasons)} if reasons else {}
