r"""Reports: how good predicted classes are, class by class.

Of the members that were given a class the *precision* is the share that belongs there, of those
that belong there the *recall* is the share that was found, and F1 is their harmonic mean,

.. math:: F_1 = \frac{2 \cdot \text{precision} \cdot \text{recall}}{\text{precision} +
          \text{recall}} .

Accuracy is the share of right answers; *balanced* accuracy is the mean recall of the classes, so
that a large class does not speak for a small one. All equal scikit-learn's figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import Floats, Integers
from clustering.errors import DataError
from clustering.validity import match

__all__ = ["Matching", "Report", "matched", "report"]


@dataclass(frozen=True, eq=False, slots=True)
class Report:
    """Predicted classes against true ones.

    Attributes
    ----------
    classes : tuple of str
        Names of the c classes.
    confusion : ndarray of shape (c, c), int64
        Members by true class (row) and predicted class (column).
    precision, recall, f1 : ndarray of shape (c,)
        Of each class; 0 where nothing was predicted or nothing was there.
    support : ndarray of shape (c,), int64
        True members of each class.
    accuracy, balanced_accuracy : float
        Share of right answers, and the mean recall of the classes that have members.
    macro, weighted : tuple of float
        Precision, recall and F1, averaged over the classes that occur in either, plainly and
        by support.
    n : int
        Members that were judged.
    strangers : int
        Members whose prediction is none of the classes: they count as wrong.
    """

    classes: tuple[str, ...]
    confusion: Integers
    precision: Floats
    recall: Floats
    f1: Floats
    support: Integers
    accuracy: float
    balanced_accuracy: float
    macro: tuple[float, float, float]
    weighted: tuple[float, float, float]
    n: int
    strangers: int = 0

    @property
    def shares(self) -> Floats:
        """The confusion as shares of each true class, shape (c, c); rows of no member are 0."""
        return self.confusion / np.maximum(self.support, 1)[:, None]


def report(truth: ArrayLike, predicted: ArrayLike, classes: Sequence[str]) -> Report:
    """Compare predicted classes with true ones.

    Parameters
    ----------
    truth : array_like of shape (n,), int
        True classes by number; -1 where unknown, which is not judged.
    predicted : array_like of shape (n,), int
        Predicted classes; -1 for none, which is wrong.
    classes : sequence of c str
        Their names.

    Returns
    -------
    Report
        Every figure.

    Raises
    ------
    DataError
        Where there is nothing to judge, or a number is none of the classes.

    Examples
    --------
    >>> found = report([0, 0, 0, 1], [0, 0, 1, 1], ["calm", "storm"])
    >>> found.accuracy, round(found.balanced_accuracy, 3), found.confusion.tolist()
    (0.75, 0.833, [[2, 1], [0, 1]])
    >>> found.precision.tolist(), found.recall.round(3).tolist(), found.f1.round(3).tolist()
    ([1.0, 0.5], [0.667, 1.0], [0.8, 0.667])
    """
    c = len(classes)
    true, said = (np.asarray(each, dtype=np.int64) for each in (truth, predicted))
    if true.shape != said.shape:
        raise DataError(f"{said.size:,} predictions for {true.size:,} true classes.")
    true, said = true[true >= 0], said[true >= 0]
    if not len(true):
        raise DataError("There is nothing to judge: no member has a known class.")
    if max(true.max(), said.max()) >= c:
        raise DataError(f"Class number {max(true.max(), said.max())} has no name among {c}.")
    confusion = np.zeros((c, c), dtype=np.int64)
    known = said >= 0
    np.add.at(confusion, (true[known], said[known]), 1)
    support = np.bincount(true, minlength=c)
    right, given = confusion.diagonal(), confusion.sum(axis=0)
    precision, recall = right / np.maximum(given, 1), right / np.maximum(support, 1)
    f1 = 2 * right / np.maximum(given + support, 1)
    there = (support > 0) | (given > 0)
    figures = (precision, recall, f1)
    return Report(
        classes=tuple(classes),
        confusion=confusion,
        precision=precision,
        recall=recall,
        f1=f1,
        support=support,
        accuracy=float(right.sum() / len(true)),
        balanced_accuracy=float(recall[support > 0].mean()),
        macro=_three([each[there].mean() for each in figures]),
        weighted=_three([np.average(each, weights=support) for each in figures]),
        n=len(true),
        strangers=int((~known).sum()),
    )


@dataclass(frozen=True, eq=False, slots=True)
class Matching:
    """Which class each cluster stands for.

    Attributes
    ----------
    named : ndarray of shape (k,), int64
        The class of each cluster, -1 for one that is left over.
    """

    named: Integers

    def __call__(self, labels: ArrayLike) -> Integers:
        """Give the classes of clusters; -1 for noise and for clusters that stand for none."""
        clusters = np.asarray(labels, dtype=np.int64)
        inside = (clusters >= 0) & (clusters < len(self.named))
        if not len(self.named):
            return np.full(clusters.shape, -1, dtype=np.int64)
        return np.where(inside, self.named[np.where(inside, clusters, 0)], -1)


def matched(truth: ArrayLike, labels: ArrayLike) -> Matching:
    """Learn which class each cluster stands for: one to one, so that most members are right.

    Parameters
    ----------
    truth, labels : array_like of shape (n,), int
        Classes and clusters of the TRAINING part, -1 for unknown and for noise.

    Returns
    -------
    Matching
        To be called with clusters of the test part.

    Raises
    ------
    ParameterError
        Where they differ in length or hold no whole numbers.

    Notes
    -----
    The Hungarian method. A cluster beyond the number of classes stands for none, and a
    cluster that shares no member with its class does not either.

    Examples
    --------
    >>> names = matched([0, 0, 1, 1], [5, 5, 2, 2])
    >>> names([2, 5, 3, -1]).tolist()
    [1, 0, -1, -1]
    """
    true, clusters = (np.asarray(each, dtype=np.int64) for each in (truth, labels))
    named = match(true, clusters)
    for cluster, each in enumerate(named):
        if not ((clusters == cluster) & (true == each)).any():
            named[cluster] = -1
    return Matching(named)


def _three(values: Sequence[float]) -> tuple[float, float, float]:
    """Give three plain numbers."""
    precision, recall, f1 = map(float, values)
    return precision, recall, f1
