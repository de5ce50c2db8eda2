"""What the separation penalty makes of the data over the range of its weight lambda."""

from collections.abc import Sequence

import numpy as np

from clustering.axis import FittedAxis
from clustering.checks import is_finite, shown
from clustering.dataset import Dataset, frozen
from clustering.deep.clustered import Clustered
from clustering.deep.model import Model
from clustering.deep.rows import agreements, spaces
from clustering.deep.separation.fitting import refine
from clustering.deep.separation.rewarding import reward
from clustering.errors import ParameterError
from clustering.partition import Labels
from clustering.progress import Report, part, silent

__all__ = ["LAMBDAS", "axis"]

LAMBDAS = (0.0, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
"""Weights that are tried where nobody names others."""


def axis(
    dataset: Dataset,
    *,
    model: Model,
    k: int,
    lambdas: Sequence[float] = LAMBDAS,
    truth: Labels | None = None,
    epochs: int = 10,
    batch: int = 256,
    optimizer: str = "adam",
    learning_rate: float | None = None,
    augment: str = "none",
    seed: int = 0,
    report: Report = silent,
) -> FittedAxis:
    """Go on training the same autoencoder once for each lambda.

    Parameters
    ----------
    dataset, model, k, epochs, batch, optimizer, learning_rate, augment, seed
        As for `separation.refine`.
    lambdas : sequence of float
        Weights of the reward, from 0; repeated ones count once.
    truth : ndarray of shape (n,), optional
        The class of each point.
    report : callable
        Told after every batch.

    Returns
    -------
    FittedAxis
        ``parameter`` is "lambda". Curves: ``clusters``, ``error`` (mean squared, of the way
        back), ``separation`` (the reward R over all points), ``silhouette`` in the space of the
        input, ``silhouette_latent`` in the network's own, ``accuracy`` and ``ari``, NaN without
        a truth.

    Raises
    ------
    ParameterError, UnsupportedError, DataError, TrainingError
        As `separation.refine` does.
    """
    for value in lambdas:
        if not is_finite(value) or value < 0:
            raise ParameterError(f"lambda = {shown(value)}; choose numbers from 0.")
    values = sorted({float(value) for value in lambdas})
    if not values:
        raise ParameterError("An axis needs values of lambda, at least one.")
    found = [
        refine(
            dataset, model=model, k=k, strength=value, epochs=epochs, batch=batch,
            optimizer=optimizer, learning_rate=learning_rate, augment=augment, seed=seed,
            report=part(report, 90 * place / len(values), 90 * (place + 1) / len(values)),
        )
        for place, value in enumerate(values)
    ]  # fmt: skip
    inside = spaces(dataset, [each.partition.labels for each in found], space="input")
    measured = [
        _measured(dataset, each, truth) | {"silhouette": own["silhouette_input"]}
        for each, own in zip(found, inside, strict=True)
    ]
    return FittedAxis(
        parameter="lambda",
        values=frozen(np.array(values)),
        partitions=tuple(each.partition for each in found),
        curves={name: frozen([each[name] for each in measured]) for name in measured[0]},
        notes={
            "silhouette": "Silhouette: in the space of the input; the network's own space is "
            "laid apart by the penalty itself and praises it."
        },
    )


def _measured(dataset: Dataset, clustered: Clustered, truth: Labels | None) -> dict[str, float]:
    """Measure one answer of the axis, but for the space of the input."""
    labels = clustered.partition.labels
    back = clustered.model.decode(clustered.codes)
    wrong = ((back - dataset.points) ** 2).mean(axis=1)
    owners = np.eye(clustered.partition.k)[labels] * dataset.mass[:, None]
    latent = spaces(clustered.latent(dataset), [labels], space="latent")[0]
    against = agreements(labels, truth)
    return {
        "clusters": float((clustered.partition.sizes > 0).sum()),
        "error": float(np.average(wrong, weights=dataset.mass)),
        "separation": float(reward(clustered.codes.astype(np.float64), owners)),
        "silhouette_latent": latent["silhouette_latent"],
        "accuracy": against["accuracy"],
        "ari": against["ari"],
    }
