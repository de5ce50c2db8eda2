"""Classes of windows, predicted without a network: what a network must beat."""

import time
import warnings

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import Dataset, Integers
from clustering.errors import DataError, ParameterError
from clustering.series.resampled import resampled, said
from clustering.supervised.guesses import Guess
from clustering.threads import threads

__all__ = ["check_classes", "logistic", "majority"]

TURNS = 1_000
"""Turns after which logistic regression ends, done or not."""


def majority(labels: ArrayLike, *, n: int, classes: int) -> Guess:
    """Predict the most frequent class of the training part, always.

    Parameters
    ----------
    labels : array_like of shape (m,), int
        Classes of the training part; -1 for unknown.
    n : int
        Members of the test part.
    classes : int
        Number of classes.

    Returns
    -------
    Guess
        With the shares of the training part as probabilities.

    Raises
    ------
    DataError
        Where no class is known.

    Examples
    --------
    >>> majority([0, 1, 1, 1], n=2, classes=2).probabilities.tolist()
    [[0.25, 0.75], [0.25, 0.75]]
    """
    began = time.perf_counter()
    known = np.asarray(labels, dtype=np.int64)
    known = known[known >= 0]
    if not len(known):
        raise DataError("No class is known in the training part.")
    shares = np.bincount(known, minlength=classes) / len(known)
    return Guess(
        "majority class",
        np.full(n, int(shares.argmax()), dtype=np.int64),
        np.tile(shares, (n, 1)),
        time.perf_counter() - began,
    )


def logistic(
    train: Dataset,
    labels: ArrayLike,
    test: Dataset,
    *,
    shape: tuple[int, ...],
    classes: int,
    strength: float = 1.0,
) -> Guess:
    """Predict classes by logistic regression on all values of a window.

    Parameters
    ----------
    train, test : Dataset
        Windows, prepared alike; those of unequal length are brought to T steps, which the note
        says.
    labels : array_like of shape (m,), int
        Classes of the training part; those of -1 are left out.
    shape : tuple of int
        (T, D), as both are laid out.
    classes : int
        Number of classes.
    strength : float
        Inverse of the penalty on large coefficients.

    Returns
    -------
    Guess
        Of the test part.

    Raises
    ------
    DataError
        Where the training part has one class.

    Notes
    -----
    Every value is brought to mean 0 and spread 1 by the training part alone.

    Examples
    --------
    >>> train = Dataset.from_points([[0, 1], [1, 2], [8, 9], [9, 8]])
    >>> test = Dataset.from_points([[0, 0], [9, 9]])
    >>> logistic(train, [0, 0, 1, 1], test, shape=(2, 1), classes=2).predicted.tolist()
    [0, 1]
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    began = time.perf_counter()
    known = check_classes(labels, classes)
    inside = known >= 0
    points, new = (resampled(each, shape=shape).points for each in (train, test))
    way = make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=TURNS))
    with warnings.catch_warnings(record=True) as caught, threads(train.n):
        warnings.simplefilter("always")
        way.fit(points[inside], known[inside])
    unfinished = any(issubclass(each.category, ConvergenceWarning) for each in caught)
    found = np.zeros((test.n, classes))
    found[:, way.classes_] = way.predict_proba(new)
    notes = [said(train, shape=shape)]
    notes += [f"It had not converged after {TURNS:,} turns."] if unfinished else []
    return Guess(
        "logistic regression",
        found.argmax(axis=1),
        found,
        time.perf_counter() - began,
        " ".join(filter(None, notes)),
    )


def check_classes(labels: ArrayLike, classes: int) -> Integers:
    """Give the classes as numbers, or raise DataError where there are too few to learn.

    Raises
    ------
    ParameterError
        Where a number is none of the classes.
    DataError
        Where the training part has one class, or none.
    """
    known = np.asarray(labels, dtype=np.int64)
    if known.size and known.max() >= classes:
        raise ParameterError(f"Class number {known.max()} is none of {classes:,} classes.")
    different = len(np.unique(known[known >= 0]))
    if different < 2:
        raise DataError(
            f"The training part has {different} of {classes:,} classes; it takes two to learn."
        )
    return known
