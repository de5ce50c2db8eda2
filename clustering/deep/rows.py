"""Rows of the table that stands beside every deep answer: the same figures for all of them.

A silhouette says how far apart groups are *in some space*. A network may lay its points apart
as it likes, so that the silhouette of its own space praises it whatever it did; the one in the
space of the input does not. Both are here, and both are named by their space.
"""

from collections.abc import Sequence

from clustering import validity
from clustering.dataset import Dataset
from clustering.partition import Labels
from clustering.validity.rows import Row, agreements

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
