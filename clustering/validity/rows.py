"""Rows of a table that sets ways of clustering side by side, each measured once a seed."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from clustering.errors import DataError
from clustering.validity.agreement import (
    adjusted_rand,
    matched_accuracy,
    normalized_mutual_information,
)

__all__ = ["Row", "agreements"]


@dataclass(frozen=True, slots=True)
class Row:
    """One way of clustering, measured once for each seed.

    Attributes
    ----------
    name : str
        What was done, in a few words.
    values : mapping of str to tuple of float
        For each measure one number a seed; NaN where it is undefined, or where there is
        no truth to compare with.
    seconds : tuple of float
        How long each took, NaN where unknown.
    note : str
        What must be said beside the figures, e.g. that series were resampled; empty where
        nothing must.

    Examples
    --------
    >>> row = Row("k-means", {"accuracy": (0.5, 0.7)}, (1.0, 3.0))
    >>> row.mean("accuracy"), round(row.spread("accuracy"), 3), row.seeds
    (0.6, 0.141, 2)
    """

    name: str
    values: Mapping[str, tuple[float, ...]]
    seconds: tuple[float, ...] = ()
    note: str = ""

    @property
    def seeds(self) -> int:
        """How many seeds were tried."""
        return len(next(iter(self.values.values()), ()))

    def mean(self, measure: str) -> float:
        """Give the mean over the seeds, NaN where one is undefined."""
        values = self.values.get(measure, ())
        return float(np.mean(values)) if values else float("nan")

    def spread(self, measure: str) -> float:
        """Give the sample standard deviation over the seeds, NaN for a single one."""
        values = self.values.get(measure, ())
        return float(np.std(values, ddof=1)) if len(values) > 1 else float("nan")


def agreements(labels: ArrayLike, truth: ArrayLike | None) -> dict[str, float]:
    """Compare labels with the truth: accuracy of the best naming, NMI and ARI.

    Parameters
    ----------
    labels, truth : array_like of shape (n,), int
        Clusters and classes; without classes all is NaN.

    Returns
    -------
    dict of str to float
        ``accuracy``, ``nmi`` and ``ari``.

    Raises
    ------
    DataError
        Where there are not as many classes as labels.

    Examples
    --------
    >>> agreements(np.array([1, 1, 0]), np.array([0, 0, 1]))
    {'accuracy': 1.0, 'nmi': 1.0, 'ari': 1.0}
    """
    if truth is None:
        return dict.fromkeys(("accuracy", "nmi", "ari"), float("nan"))
    if np.size(truth) != np.size(labels):
        raise DataError(f"{np.size(truth):,} true classes for {np.size(labels):,} points.")
    return {
        "accuracy": float(matched_accuracy(truth, labels).value),
        "nmi": float(normalized_mutual_information(truth, labels).value),
        "ari": float(adjusted_rand(truth, labels).value),
    }
