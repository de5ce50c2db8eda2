r"""The gap statistic: how much tighter the clusters are than those of even data.

The sum of squares within clusters falls with every k, in structureless data, too. So its
logarithm is held against what reference data give, which are drawn evenly from a box of
the size and direction of the points (`clustering.judging.references`) and clustered by the same
method:

.. math:: \mathrm{Gap}(k) = \frac{1}{B}\sum_b \ln W_{kb} - \ln W_k .

Its error over B references is :math:`s_k = \mathrm{sd}_b(\ln W_{kb})\sqrt{1 + 1/B}`, and the k
to choose is the smallest that the next one does not beat by more than its error,

.. math:: \mathrm{Gap}(k) \ge \mathrm{Gap}(k+1) - s_{k+1} .

Unlike the silhouette it can say k = 1.

References
----------
R. Tibshirani, G. Walther, T. Hastie, Estimating the number of clusters in a data set via
the gap statistic, Journal of the Royal Statistical Society B 63, 2001.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from clustering.axis import FittedAxis
from clustering.dataset import Dataset, Floats, frozen
from clustering.errors import ParameterError, UnsupportedError
from clustering.judging import references as evenly
from clustering.partition import Labels
from clustering.progress import Report, Step, silent
from clustering.validity.spread import means_of

__all__ = ["Gap", "gap"]


@dataclass(frozen=True, eq=False, slots=True)
class Gap:
    """The gap statistic over an axis.

    Attributes
    ----------
    values : ndarray of shape (m,)
        Values of the axis, k.
    gap, error : ndarray of shape (m,)
        The statistic and its error s; NaN where undefined.
    log_within : ndarray of shape (m,)
        ln W of the data; NaN where W is 0.
    expected : ndarray of shape (m,)
        Mean of ln W over the references.
    chosen : int or None
        The smallest k that the next value of the axis does not beat by more than its
        error; None where there is none in range.
    references : int
        Number of reference sets, B.
    note : str
        Why it is undefined where it is; empty where it is defined throughout.
    """

    values: Floats
    gap: Floats
    error: Floats
    log_within: Floats
    expected: Floats
    chosen: int | None
    references: int
    note: str


def gap(
    dataset: Dataset,
    axis: FittedAxis,
    *,
    cluster: Callable[[Dataset], Sequence[Labels]],
    references: int = 20,
    seed: int = 0,
    report: Report = silent,
) -> Gap:
    """Hold the spread within clusters against that of evenly spread points.

    Parameters
    ----------
    dataset : Dataset
        Coordinates, weighted or not.
    axis : FittedAxis
        Answers for the data over k.
    cluster : callable
        ``cluster(reference)`` gives labels for each of ``axis.values``, by the method that
        gave the axis: e.g. a `functools.partial` of `sweep.labels_over_k`.
    references : int
        Number of reference sets, two at least.
    seed : int
        Seed of the reference sets.
    report : callable
        Told after each reference set.

    Returns
    -------
    Gap
        Over ``axis.values``. Weights are taken relative to their mean, so that W of the
        data and of the references, which have none, are about equally many points.

    Raises
    ------
    UnsupportedError
        Where the distances are not euclidean.
    ParameterError
        Where there are fewer than two references, or `cluster` does not give labels for
        each value.

    Notes
    -----
    B times what `cluster` takes. Where `cluster` looks less hard for the best answer than
    the axis did, the references come out wider than they need be and every gap larger.

    Examples
    --------
    >>> from functools import partial
    >>> from clustering import kmeans, sweep
    >>> numbers = np.random.default_rng(0)
    >>> middles = np.repeat([[0, 0], [40, 0], [0, 30]], 20, axis=0)
    >>> data = Dataset.from_points(middles + numbers.normal(size=(60, 2)))
    >>> axis = kmeans.axis(data, k_max=5)
    >>> cluster = partial(sweep.labels_over_k, fit=kmeans.fit, values=range(1, 6))
    >>> gap(data, axis, cluster=cluster, references=5).chosen
    3
    """
    if not dataset.metric.is_euclidean:
        raise UnsupportedError(
            f"The gap statistic adds squares around means, and points with {dataset.metric.name} "
            "distances have none; look at the silhouettes."
        )
    if references < 2:
        raise ParameterError(f"references = {references}; two are the least that have a spread.")
    mass = 1.0 if dataset.weights is None else float(dataset.weights.mean())
    within = np.array([_within(dataset, each.labels) / mass for each in axis.partitions])
    log_within = _log(within)
    drawn = np.empty((references, len(axis.values)))
    for i, each in enumerate(np.random.SeedSequence(seed).generate_state(references).tolist()):
        even = evenly.draw(dataset, seed=each)
        labelings = cluster(even)
        if len(labelings) != len(axis.values):
            raise ParameterError(
                f"The references were clustered for {len(labelings)} values, the data for "
                f"{len(axis.values)}; choose the same."
            )
        drawn[i] = _log(np.array([_within(even, labels) for labels in labelings]))
        report(Step(i + 1, references, f"{i + 1} of {references} sets without clusters"))
    expected = drawn.mean(axis=0)
    statistic = expected - log_within
    error = drawn.std(axis=0) * np.sqrt(1.0 + 1.0 / references)
    return Gap(
        values=frozen(axis.values),
        gap=frozen(statistic),
        error=frozen(np.where(np.isnan(statistic), np.nan, error)),
        log_within=frozen(log_within),
        expected=frozen(expected),
        chosen=_chosen(axis.values, statistic, error),
        references=references,
        note=_note(axis, statistic),
    )


def _within(dataset: Dataset, labels: Labels) -> float:
    """Give the weighted sum of squared distances to the mean of the own cluster."""
    return float(means_of(dataset, labels, "exclude").squares.sum())


def _log(within: Floats) -> Floats:
    """Give the logarithm, NaN for 0."""
    return np.log(within, out=np.full(within.shape, np.nan), where=within > 0.0)


def _chosen(values: Floats, statistic: Floats, error: Floats) -> int | None:
    """Give the smallest value that the next does not beat by more than its error."""
    # NaN compares as false, so that nothing is chosen beside a hole.
    enough = np.flatnonzero(statistic[:-1] >= statistic[1:] - error[1:])
    return int(values[enough[0]]) if len(enough) else None


def _note(axis: FittedAxis, statistic: Floats) -> str:
    """Say where the statistic is undefined, and why."""
    holes = ", ".join(f"{value:g}" for value in axis.values[np.isnan(statistic)])
    if not holes:
        return ""
    return (
        f"At {axis.parameter} = {holes} all points of a cluster are equal, so that nothing is left "
        "to compare."
    )
