r"""Arrivals: series that come later, each assigned at once and looked at.

An arrival gets the cluster that the fitted model gives it, the very one that it gets in a batch.
Whether it belongs there is another question: a rule for new points sends everything somewhere,
also what is like nothing before. So each cluster keeps how far its own members lie from its
center in the latent space, and how badly the network gives them back; what goes far beyond the
one or the other is strange. "Far" is Tukey's outer fence [1]_ over the members,

.. math:: Q_3 + r \, (Q_3 - Q_1), \qquad r = 3,

which a stranger or two among the members do not move.

References
----------
.. [1] J. W. Tukey, "Exploratory Data Analysis", Addison-Wesley 1977.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clustering.checks import is_finite, shown
from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.deep.embedding import embed
from clustering.deep.model import Model
from clustering.deep.points import check_points, errors_of
from clustering.deep.recurrent import LSTM
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.partition import Labels, Partition
from clustering.progress import Report, part, silent
from clustering.words import amount, count

__all__ = ["FEW", "REACH", "Arrivals", "Watch", "arrivals", "watch"]

REACH = 3.0
"""Interquartile ranges above the upper quartile at which an arrival is strange."""

FEW = 8
"""Members below which a cluster has no quartiles of its own."""


@dataclass(frozen=True, eq=False, slots=True)
class Watch:
    """What arrivals are held against: the fitted model, and the spread of its own members.

    Attributes
    ----------
    model : Model
        What leads series into the latent space and back.
    partition : Partition
        The clusters, with a rule for new series.
    means : ndarray of shape (k, latent)
        Middle of each cluster's members in the latent space.
    distance_limits, error_limits : ndarrays of shape (k,)
        Beyond which a distance to that middle, or an error, is strange.
    sizes : ndarray of shape (k,), int64
        Members of each cluster.
    reach : float
        The r of the fence.
    rule : str
        What is done, in one sentence.
    note : str
        Which clusters are too small for quartiles of their own; empty where none is.
    """

    model: Model
    partition: Partition
    means: Floats
    distance_limits: Floats
    error_limits: Floats
    sizes: Integers
    reach: float
    rule: str
    note: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Arrivals:
    """What was said of each arrival.

    Attributes
    ----------
    labels : ndarray of shape (m,), int32
        Clusters, as the partition assigns them.
    codes : ndarray of shape (m, latent)
        Where they lie in the latent space.
    distances : ndarray of shape (m,)
        To the middle of the own cluster there; infinite where there is no cluster.
    errors : ndarray of shape (m,)
        Mean squared error of the way through the network and back, padding not counted.
    distance_limits, error_limits : ndarrays of shape (m,)
        Those of the own cluster.
    strange : ndarray of shape (m,), bool
        What lies beyond the one or the other.
    reasons : tuple of m str
        A sentence for each that is strange, empty for the others.
    """

    labels: Labels
    codes: Floats
    distances: Floats
    errors: Floats
    distance_limits: Floats
    error_limits: Floats
    strange: NDArray[np.bool_]
    reasons: tuple[str, ...]

    @property
    def m(self) -> int:
        """Number of arrivals."""
        return len(self.labels)


def watch(
    dataset: Dataset,
    *,
    model: Model,
    partition: Partition,
    reach: float = REACH,
    report: Report = silent,
) -> Watch:
    """Learn from the members of the clusters how far a member lies.

    Parameters
    ----------
    dataset : Dataset
        What was clustered.
    model : Model
        The network of the answer: `Clustered.model` after a refinement.
    partition : Partition
        The answer, with a rule for new points.
    reach : float
        Interquartile ranges above the upper quartile at which something is strange; above 0.
    report : callable
        Told how far it is.

    Returns
    -------
    Watch

    Raises
    ------
    UnsupportedError
        Where the answer has no rule for new points; the sentence says why.
    ParameterError, DataError
        Where `reach` makes no sense, or the answer belongs to other data.
    """
    if isinstance(partition.assigner, str):
        raise UnsupportedError(partition.assigner)
    if not is_finite(reach) or reach <= 0:
        raise ParameterError(f"reach = {shown(reach)}; choose a positive number, such as 3.")
    _check(dataset, model)
    if len(partition.labels) != dataset.n:
        raise DataError("This result belongs to other data; compute it again.")
    codes, errors = _seen(dataset, model, report)
    labels = np.asarray(partition.labels)
    held = labels >= 0
    k = partition.k
    means = np.stack(
        [
            codes[labels == each].mean(axis=0) if (labels == each).any() else codes.mean(axis=0)
            for each in range(k)
        ]
    )
    away = np.linalg.norm(codes - means[labels], axis=1)
    sizes = np.bincount(labels[held], minlength=k)
    small = np.flatnonzero(sizes < FEW)
    return Watch(
        model=model,
        partition=partition,
        means=frozen(means),
        distance_limits=_fences(away, labels, k, reach, least=1e-5 * float(np.abs(codes).max())),
        error_limits=_fences(errors, labels, k, reach, least=1e-9),
        sizes=frozen(sizes, np.int64),
        reach=float(reach),
        rule=(
            "Strange is what lies further from the middle of its cluster in the latent space, or "
            "comes back from the network with a larger error, than the upper quartile of that "
            f"cluster's own members and {reach:g} times their interquartile range."
        ),
        note=_note(small, k),
    )


def arrivals(
    new: Dataset, *, watch: Watch, names: Sequence[str] = (), report: Report = silent
) -> Arrivals:
    """Assign new series, and say which of them are strange.

    Parameters
    ----------
    new : Dataset
        Series prepared as the old ones were, one or many.
    watch : Watch
        Of the fitted model.
    names : sequence of k str, optional
        What the clusters are called; "cluster 1", ... when left out.
    report : callable
        Told how far it is.

    Returns
    -------
    Arrivals
        The same for each series, whether it comes alone or among others.

    Raises
    ------
    UnsupportedError, DataError
        Where the points are no such series as the network was trained on.

    Notes
    -----
    O(m) times the weights of the network; an arrival takes a few milliseconds.
    """
    _check(new, watch.model)
    codes, errors = _seen(new, watch.model, report)
    labels = watch.partition.assign(new.points)
    away = np.linalg.norm(codes - watch.means[labels], axis=1)
    away[labels < 0] = np.inf
    limits = watch.distance_limits[labels], watch.error_limits[labels]
    far, poor = away > limits[0], errors > limits[1]
    called = tuple(names) or tuple(f"cluster {each + 1}" for each in range(watch.partition.k))
    reasons = tuple(
        _reason(
            called[labels[i]] if labels[i] >= 0 else "",
            (away[i], limits[0][i]) if far[i] else None,
            (errors[i], limits[1][i]) if poor[i] else None,
        )
        for i in range(new.n)
    )
    return Arrivals(
        labels=frozen(labels, np.int32),
        codes=frozen(codes),
        distances=frozen(away),
        errors=frozen(errors),
        distance_limits=frozen(limits[0]),
        error_limits=frozen(limits[1]),
        strange=frozen(far | poor, np.bool_),
        reasons=reasons,
    )


def _check(dataset: Dataset, model: Model) -> None:
    """Raise where the points are not of the kind that the network was trained on."""
    check_points(dataset, "A network", series=model.network == LSTM)
    if dataset.d != model.d:
        raise DataError(
            f"The network was trained on points of {model.d:,} numbers; these have "
            f"{dataset.d:,}. Prepare them as those were."
        )


def _seen(dataset: Dataset, model: Model, report: Report) -> tuple[Floats, Floats]:
    """Lead series into the latent space and back, and give codes and errors."""
    codes = embed(dataset, model=model, report=part(report, 0, 50)).points
    return codes, errors_of(dataset.points, model.decode(codes))


def _fences(values: Floats, labels: Labels, k: int, reach: float, *, least: float) -> Floats:
    """Give each cluster's outer fence; of all members together where it has few."""
    held = values[labels >= 0]

    def fence(own: Floats) -> float:
        low, high = np.quantile(own, [0.25, 0.75])
        return float(high + reach * (high - low)) + least

    every = fence(held)
    own = [values[labels == each] for each in range(k)]
    return frozen([fence(each) if len(each) >= FEW else every for each in own])


def _note(small: Integers, k: int) -> str:
    """Say which clusters have no quartiles of their own."""
    if not len(small):
        return ""
    if len(small) == k:
        return f"No cluster has {FEW} members, so that limits are those of all members together."
    return (
        f"{count(len(small), 'cluster')} of {k} with fewer than {FEW} members "
        f"{'takes' if len(small) == 1 else 'take'} the limits of all members together."
    )


def _reason(name: str, far: tuple[float, float] | None, poor: tuple[float, float] | None) -> str:
    """Say in one sentence why an arrival is strange, or nothing."""
    if not name:
        return "It lies in no cluster."
    parts = []
    if far is not None:
        parts.append(
            f"it lies {amount(far[0])} from the middle of {name}, whose members lie within "
            f"{amount(far[1])}"
        )
    if poor is not None:
        parts.append(
            f"the network gives it back with an error of {amount(poor[0])}, members of {name} "
            f"with at most {amount(poor[1])}"
        )
    text = ", and ".join(parts)
    return f"{text[0].upper()}{text[1:]}." if text else ""
