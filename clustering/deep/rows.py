"""Rows of the table that stands beside every deep answer: the same figures for all of them.

A silhouette says how far apart groups are *in some space*. A network may lay its points apart
as it likes, so that the silhouette of its own space praises it whatever it did; the one in the
space of the input does not. Both are here, and both are named by their space.
"""

from collections.abc import Sequence

from clustering import validity
from clustering.data.sequences.warping import NAME as WARPED
from clustering.dataset import Dataset
from clustering.partition import Labels
from clustering.validity import Score
from clustering.validity.rows import Row, agreements

__all__ = ["MEASURES", "Row", "agreements", "figures", "sampled", "silhouettes", "spaces"]

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

SAMPLE_WARPED = 300
"""The same where distances are warped: each takes the square of the steps."""


def silhouettes(dataset: Dataset, labels: Sequence[Labels], *, seed: int = 0) -> tuple[Score, ...]:
    """Score several labelings, each with its band where the score is of a sample.

    Parameters
    ----------
    dataset : Dataset
        The points.
    labels : sequence of ndarrays of shape (n,)
        The labelings.
    seed : int
        Fixes the sample.

    Returns
    -------
    tuple of Score
        Exact up to 5,000 points, or 300 series under dynamic time warping.
    """
    limit = SAMPLE_WARPED if dataset.metric.name == WARPED else SAMPLE
    return validity.silhouettes(dataset, list(labels), limit=limit, seed=seed)


def sampled(scores: Sequence[Score]) -> str:
    """Say of how many points scores are; empty where all are exact."""
    most = max((each.sampled for each in scores), default=0)
    return f"from a sample of {most:,} of {scores[0].n:,}" if most else ""


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
    return figures(dataset, labels, silhouettes(dataset, labels, seed=seed), space=space)


def figures(
    dataset: Dataset, labels: Sequence[Labels], scores: Sequence[Score], *, space: str
) -> list[dict[str, float]]:
    """Give what `spaces` does, where `silhouettes` gave the scores already."""
    return [
        {
            f"silhouette_{space}": score.value,
            f"calinski_harabasz_{space}": validity.calinski_harabasz(dataset, each).value,
        }
        for score, each in zip(scores, labels, strict=True)
    ]
