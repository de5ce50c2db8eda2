"""Rows of the table that stands beside every deep answer: the same figures for all of them.

A silhouette says how far apart groups are *in some space*. A network may lay its points apart
as it likes, so that the silhouette of its own space praises it whatever it did; the one in the
space of the input does not. Both are here, and both are named by their space.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from clustering import validity
from clustering.dataset import Dataset
from clustering.errors import DataError
from clustering.partition import Labels

__all__ = ["MEASURES", "Row", "agreements", "spaces"]

MEASURES = {
    "accuracy": "Accuracy",
    "nmi": "NMI",
    "ari": "ARI",
    "silhouette_input": "Silhouette, input space",
    "silhouette_latent": "Silhouette, latent space",
    "calinski_harabasz_input": "Calinski-Harabasz, input space",
    "calinski_harabasz_latent": "Calinski-Harabasz, latent space",
}
"""The figures of a row, and what they are called."""

SAMPLE = 5_000
"""Points on which a silhouette is measured; of more, a stratified sample."""


@dataclass(frozen=True, slots=True)
class Row:
    """One way of clustering, measured once for each seed.

    Attributes
    ----------
    name : str
        What was done, in a few words.
    values : mapping of str to tuple of float
        For each name in `MEASURES` one number a seed; NaN where it is undefined, where there
        is no truth to compare with, or no latent space.
    seconds : tuple of float
        How long each took, NaN where unknown.

    Examples
    --------
    >>> row = Row("k-means", {"accuracy": (0.5, 0.7)}, (1.0, 3.0))
    >>> row.mean("accuracy"), round(row.spread("accuracy"), 3), row.seeds
    (0.6, 0.141, 2)
    """

    name: str
    values: Mapping[str, tuple[float, ...]]
    seconds: tuple[float, ...] = ()

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


def agreements(labels: Labels, truth: Labels | None) -> dict[str, float]:
    """Compare labels with the truth: accuracy of the best naming, NMI and ARI.

    Parameters
    ----------
    labels, truth : ndarray of shape (n,)
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
    if len(truth) != len(labels):
        raise DataError(f"{len(truth):,} true classes for {len(labels):,} points.")
    return {
        "accuracy": float(validity.matched_accuracy(truth, labels).value),
        "nmi": float(validity.normalized_mutual_information(truth, labels).value),
        "ari": float(validity.adjusted_rand(truth, labels).value),
    }


def spaces(
    dataset: Dataset, labels: Sequence[Labels], *, space: str, seed: int = 0
) -> list[dict[str, float]]:
    """Measure silhouette and Calinski-Harabasz of several labelings in one space.

    Parameters
    ----------
    dataset : Dataset
        The points of that space.
    labels : sequence of ndarrays of shape (n,)
        The labelings.
    space : {"input", "latent"}
        Which space it is.
    seed : int
        Fixes the sample.

    Returns
    -------
    list of dict of str to float
        ``silhouette_`` and ``calinski_harabasz_`` of each, NaN where undefined.
    """
    scores = validity.silhouettes(dataset, list(labels), limit=SAMPLE, seed=seed)
    return [
        {
            f"silhouette_{space}": score.value,
            f"calinski_harabasz_{space}": validity.calinski_harabasz(dataset, each).value,
        }
        for score, each in zip(scores, labels, strict=True)
    ]
