"""What every deep method begins with: a trained autoencoder, and k-means in its space."""

from collections.abc import Mapping
from typing import Any

from clustering import kmeans
from clustering.checks import check_k, check_run, largest_k
from clustering.dataset import Dataset, Floats
from clustering.deep import autoencoder
from clustering.deep.method import Head, Method
from clustering.deep.model import Model
from clustering.deep.points import check_points
from clustering.deep.recurrent import LSTM
from clustering.errors import DataError
from clustering.partition import Labels, Partition
from clustering.progress import Report, silent
from clustering.words import count

__all__ = ["beginning", "check_start", "parted", "pretrained", "space", "started"]

STARTS = 20
"""Starts of the k-means with which a method begins, as the DEC paper has it."""


def pretrained(
    dataset: Dataset,
    *,
    k: int,
    latent: int,
    network: str,
    pretraining: int,
    seed: int,
    more: Mapping[str, Any] | None = None,
    report: Report = silent,
) -> Model:
    """Train the autoencoder with which a method begins; `more` are other arguments of it.

    What makes no sense about `k` and `seed` is said before the training, not after it.
    """
    check_clusters(dataset, k=k, seed=seed, title="A network", series=network == LSTM)
    settings: dict[str, Any] = {"seed": seed, **(more or {})}
    return autoencoder.fit(
        dataset, latent=latent, network=network, epochs=pretraining, report=report, **settings
    )


def started(model: Model) -> dict[str, object]:
    """Give the arguments of `fit` that train `model` again, as far as it knows them."""
    rest = {
        name: value
        for name, value in model.settings.items()
        if name not in ("latent", "network", "epochs")
    }
    return {
        "latent": model.latent,
        "network": model.network,
        "pretraining": model.epochs,
        "autoencoder": rest,
    }


def check_clusters(
    dataset: Dataset, *, k: int, seed: int, title: str, series: bool = False
) -> None:
    """Raise where there cannot be `k` clusters of these points, whatever the network."""
    check_points(dataset, title, series=series)
    check_k(dataset, k)
    check_run(n_init=1, max_iter=1, tol=0.0, seed=seed)


def check_start(dataset: Dataset, model: Model, *, k: int, seed: int, title: str) -> None:
    """Raise where there cannot be `k` clusters of these points in the space of this model."""
    check_clusters(dataset, k=k, seed=seed, title=title, series=model.network == LSTM)
    if model.d != dataset.d:
        raise DataError(
            f"The network was trained on points of {model.d:,} numbers; these have {dataset.d:,}. "
            "Train it on these data, or prepare them as those were."
        )


def beginning(
    dataset: Dataset, model: Model, method: Method, *, k: int, seed: int
) -> tuple[Head, Labels]:
    """Cluster the space of the autoencoder, and give the head and the labels of that."""
    codes = model.encode(dataset.points)
    found = parted(space(dataset, codes), k=k, n_init=STARTS, seed=seed)
    assert found.centers is not None
    return method.head(found.centers, codes, dataset), found.labels


def parted(codes: Dataset, *, k: int, **settings: Any) -> Partition:
    """Run k-means on codes; where too few of these differ, it is the network that is to blame.

    Raises
    ------
    DataError
        Where the network leads the points to fewer than `k` places.
    """
    places = largest_k(codes, k)
    if places < k:
        raise DataError(
            f"The network leads all points to {count(places, 'place')}, which is too few for "
            f"{count(k, 'cluster')}; train it longer, or choose another network or seed."
        )
    return kmeans.fit(codes, k=k, **settings)


def space(dataset: Dataset, codes: Floats) -> Dataset:
    """Give codes as points with the weights of `dataset`."""
    return Dataset(
        points=codes,
        columns=tuple(f"latent {place + 1}" for place in range(codes.shape[1])),
        rows=dataset.rows,
        source=dataset.source,
        weights=dataset.weights,
    )
