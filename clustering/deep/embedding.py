"""From a Model back to a Dataset: the latent space, to be clustered by anything."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import EUCLIDEAN, Dataset, Floats
from clustering.deep.model import Model
from clustering.errors import DataError
from clustering.progress import Report, Step, silent

__all__ = ["decoded", "embed", "reconstructed", "summary"]

BLOCK = 8192
"""Points after which it is reported how far it is."""


def embed(dataset: Dataset, *, model: Model, report: Report = silent) -> Dataset:
    """Lead the points of a Dataset into the latent space of a Model.

    Parameters
    ----------
    dataset : Dataset
        Prepared as what the model was trained on; n points of d coordinates.
    model : Model
        What was trained.
    report : callable
        Told how far it is.

    Returns
    -------
    Dataset
        The same rows, weights, features and names; points of shape (n, latent).

    Raises
    ------
    DataError
        Where the points have another number of columns, or the network leads one of them
        to infinity.
    """
    blocks = []
    for begin in range(0, dataset.n, BLOCK):
        blocks.append(model.encode(dataset.points[begin : begin + BLOCK]))
        report(Step(min(begin + BLOCK, dataset.n), dataset.n, "into the latent space"))
    codes = np.concatenate(blocks)
    if not np.isfinite(codes).all():
        raise DataError("The network leads some points to infinity; train it anew, more slowly.")
    return replace(
        dataset,
        points=codes,
        columns=tuple(f"latent {i + 1}" for i in range(model.latent)),
        metric=EUCLIDEAN,
        changes=(
            *dataset.changes,
            f"A network of {model.epochs} epochs made {model.latent} numbers of each "
            f"{dataset.source.member}.",
        ),
    )


def reconstructed(dataset: Dataset, *, model: Model, report: Report = silent) -> Floats:
    """Lead the points of a Dataset through a Model and back, shape (n, d)."""
    blocks = []
    for begin in range(0, dataset.n, BLOCK):
        blocks.append(model.reconstruct(dataset.points[begin : begin + BLOCK]))
        report(Step(min(begin + BLOCK, dataset.n), dataset.n, "through the network and back"))
    return np.concatenate(blocks)


def decoded(model: Model, *, codes: ArrayLike) -> Floats:
    """Lead points of the latent space (m, latent) back to what they stand for, shape (m, d)."""
    return model.decode(codes)


def summary(model: Model) -> str:
    """Give Keras' table of the layers, for a process that does not load Keras itself."""
    return model.summary()
