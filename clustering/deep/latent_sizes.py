"""Latent sizes: how many numbers a point needs, by training one network for each size.

The more numbers pass the bottleneck, the less is lost; how much less shows where the data
end and noise begins. Clusters are another question: a space that keeps every stroke of the
pen keeps the slant of the hand too, and the best size for clustering is seldom the largest.
So both are measured, with the error of as many principal components beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from clustering.axis import FittedAxis
from clustering.checks import check_coordinates, check_k, is_whole, largest_k, shown
from clustering.dataset import Dataset, Integers, digest, frozen
from clustering.deep import autoencoder, latent_kmeans, networks
from clustering.deep.embedding import embed
from clustering.deep.model import Model
from clustering.deep.rows import agreements
from clustering.errors import DataError, ParameterError
from clustering.geometry.components import Components, components
from clustering.partition import Partition
from clustering.progress import Report, part, silent
from clustering.validity.reconstruction import error_of
from clustering.words import plural

__all__ = ["SIZES", "LatentSizes", "train"]

SIZES = (2, 4, 8, 16, 32, 64)
"""Sizes that are tried where nobody says which."""

MOST_SIZES = 20
TRAINING = 0.9
"""Part of the time that training takes; measuring takes the rest."""

STARTS = 10  # of each k-means


@dataclass(frozen=True, eq=False, slots=True)
class LatentSizes:
    """One trained network for each size of the latent space.

    Attributes
    ----------
    axis : FittedAxis
        Parameter "latent". Its Partitions are k-means in each latent space; its curves are
        ``error`` (mean squared, of a coordinate), ``pca_error`` of as many principal
        components, ``accuracy``, ``nmi`` and ``ari`` (NaN without known classes) and
        ``clusters``. `notes` say on which points the errors were measured, and which sizes
        were left out.
    models : tuple of Model
        In the order of ``axis.values``.
    plain : Components
        Mean and principal components of the points that were trained on.
    mean_error : float
        Error where every point is taken for that mean.
    device : str
        What they were trained on.
    key : str
        Digest of the models.
    """

    axis: FittedAxis
    models: tuple[Model, ...]
    plain: Components
    mean_error: float
    device: str
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Compute the key."""
        object.__setattr__(self, "key", digest(*(model.key for model in self.models)))

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes, ascending."""
        return tuple(model.latent for model in self.models)

    @property
    def epochs(self) -> int:
        """How often each network has seen all points."""
        return self.models[0].epochs

    @property
    def n(self) -> int:
        """Numbers that were learned, in all networks together."""
        return sum(model.n for model in self.models)

    def model(self, latent: float) -> Model:
        """Give the network of one size.

        Raises
        ------
        ParameterError
            Where this size was not trained.
        """
        for model in self.models:
            if model.latent == latent:
                return model
        raise ParameterError(
            f"latent = {latent:g} was not trained; choose one of {', '.join(map(str, self.sizes))}."
        )


def train(
    dataset: Dataset,
    *,
    k: int,
    network: str = "deep",
    shape: tuple[int, ...] | None = None,
    sizes: Sequence[int] = SIZES,
    truth: Integers | None = None,
    optimizer: str = "adam",
    learning_rate: float | None = None,
    loss: str | None = None,
    epochs: int = 20,
    batch: int = 256,
    seed: int = 0,
    validation: Dataset | None = None,
    report: Report = silent,
) -> LatentSizes:
    """Train a network for each size of the latent space, and cluster in each.

    Parameters
    ----------
    dataset : Dataset
        Points of coordinates, n of d; weights count.
    k : int
        Clusters that k-means makes in each latent space.
    network, shape, optimizer, learning_rate, loss, epochs, batch, seed
        As for `autoencoder.fit`, the same for every size.
    sizes : sequence of int
        Numbers that a point becomes; those above d are left out, with a note.
    truth : ndarray of shape (n,), optional
        Known classes, -1 for unknown; used to judge and never to train.
    validation : Dataset, optional
        Points that are never trained on; the errors are measured on them.
    report : callable
        Told after every batch.

    Returns
    -------
    LatentSizes

    Raises
    ------
    ParameterError
        Where no size is left, or another argument makes no sense.
    UnsupportedError, DataError, TrainingError
        As `autoencoder.fit` raises them.
    """
    check_coordinates(dataset, "A network")
    check_k(dataset, k)
    if truth is not None and len(truth) != dataset.n:
        raise DataError(f"{len(truth):,} known classes for {dataset.n:,} points.")
    known = None if truth is None else truth.astype(np.int32)
    wanted, notes = _sizes(sizes, dataset.d)
    for latent in wanted:
        networks.checked(network, shape=shape or (dataset.d,), latent=latent)
    judged = dataset if validation is None else validation
    models, partitions, errors = list[Model](), list[Partition](), list[float]()
    for place, latent in enumerate(wanted):
        begin, end = (100.0 * each / len(wanted) for each in (place, place + 1))
        turn = begin + (end - begin) * TRAINING
        model = autoencoder.fit(
            dataset,
            network=network,
            shape=shape,
            latent=latent,
            optimizer=optimizer,
            learning_rate=learning_rate,
            loss=loss,
            epochs=epochs,
            batch=batch,
            seed=seed,
            report=_named(part(report, begin, turn), latent),
        )
        models.append(model)
        errors.append(error_of(judged, model.reconstruct, report=part(report, turn, end)))
        partitions.append(_clusters(dataset, model, k, seed))
    plain = components(dataset)
    few = [latent for latent, each in zip(wanted, partitions, strict=True) if each.k < k]
    if few:
        notes["clusters"] = (
            f"At latent size {', '.join(map(str, few))} the network leads the points to fewer than "
            f"{k} places, so that there are fewer clusters; train it longer."
        )
    scores = [agreements(each.labels, known) for each in partitions]
    return LatentSizes(
        FittedAxis(
            parameter="latent",
            values=frozen(wanted, np.float64),
            partitions=tuple(partitions),
            curves={
                "clusters": frozen([(each.sizes > 0).sum() for each in partitions], np.float64),
                "error": frozen(errors),
                "pca_error": frozen([error_of(judged, plain.back(size)) for size in wanted]),
                **{name: frozen([score[name] for score in scores]) for name in scores[0]},
            },
            notes={"error": _measured(dataset, validation, models[0].epochs), **notes},
        ),
        tuple(models),
        plain,
        error_of(judged, plain.back(0)),
        models[0].device,
    )


def _sizes(sizes: Sequence[int], d: int) -> tuple[list[int], dict[str, str]]:
    """Give the sizes that can be trained, and say which cannot."""
    for size in sizes:
        if not is_whole(size) or size < 1:
            raise ParameterError(f"latent = {shown(size)}; choose whole numbers from 1.")
    different = sorted({int(size) for size in sizes})
    if not 1 <= len(different) <= MOST_SIZES:
        raise ParameterError(f"{len(different)} latent sizes; choose from 1 to {MOST_SIZES}.")
    kept = [size for size in different if size <= d]
    if not kept:
        raise ParameterError(
            f"The smallest latent space, {different[0]:,}, is larger than the {d:,} numbers that "
            f"go in, so that nothing would have to be learned; choose at most {d:,}."
        )
    if len(kept) == len(different):
        return kept, {}
    left = ", ".join(f"{size:,}" for size in different[len(kept) :])
    return kept, {"latent": f"Left out, for a point has only {d:,} numbers: {left}."}


def _clusters(dataset: Dataset, model: Model, k: int, seed: int) -> Partition:
    """Cluster in the latent space, in fewer clusters where it holds fewer places."""
    # A network that learned little may lead many points to one place.
    most = largest_k(embed(dataset, model=model), k)
    return latent_kmeans.refine(dataset, model=model, k=most, n_init=STARTS, seed=seed).partition


def _measured(dataset: Dataset, validation: Dataset | None, epochs: int) -> str:
    """Say on which points errors were measured."""
    if validation is None:
        which = f"the {dataset.n:,} {plural(dataset.source.member)} that were trained on"
    else:
        which = f"{validation.n:,} {plural(validation.source.member)} that were never trained on"
    return f"Mean squared error of a coordinate on {which}, after {epochs:,} epochs."


def _named(report: Report, latent: int) -> Report:
    """Say in each step which size is at work."""
    return lambda step: report(replace(step, message=f"latent size {latent}: {step.message}"))
