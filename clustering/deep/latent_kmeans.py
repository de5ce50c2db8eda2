"""An autoencoder, then k-means in its latent space: the plainest of the deep methods.

The network is trained to give points back and knows nothing of clusters; what it learns on the
way may still lay them further apart than the columns do. Every other method here begins with
this answer, and so it is what they must improve on.
"""

import time
from collections.abc import Mapping
from typing import Any

from clustering.checks import check_run
from clustering.dataset import Dataset
from clustering.deep import rules
from clustering.deep.beginning import check_start, parted, pretrained
from clustering.deep.clustered import Clustered
from clustering.deep.embedding import embed
from clustering.deep.model import Model
from clustering.deep.settled import settled
from clustering.partition import Partition
from clustering.progress import Report, Step, part, silent

__all__ = ["fit", "refine"]


def refine(
    dataset: Dataset,
    *,
    model: Model,
    k: int,
    n_init: int = 20,
    seed: int = 0,
    epochs: int = 1,
    begin: Clustered | None = None,
    within: float | None = None,
    report: Report = silent,
) -> Clustered:
    """Cluster the space of a trained autoencoder by k-means.

    Parameters
    ----------
    dataset : Dataset
        Coordinates, weighted or not: what `model` was trained on.
    model : Model
        A trained autoencoder.
    k : int
        Number of clusters, from 1 to the number of distinct points.
    n_init : int
        Starts, of which the best is kept.
    seed : int
        Fixes the starts.
    epochs, begin, within
        Taken as all methods here take them: there is one step, and it is done.
    report : callable
        Told before and after k-means.

    Returns
    -------
    Clustered
        Of one epoch. ``centers`` are decoded; ``membership`` is Student's t around the centers,
        whose length is the root of the mean squared distance to the own one.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `kmeans.fit` does, and where the model is for other points.
    """
    check_start(dataset, model, k=k, seed=seed, title="k-means in the latent space")
    check_run(n_init=n_init, max_iter=1, tol=0.0, seed=seed)
    if begin is not None:
        return begin
    began = time.monotonic()
    codes = embed(dataset, model=model, report=part(report, 0, 30))
    report(Step(30, 100, "k-means in the latent space"))
    found = parted(codes, k=k, n_init=n_init, seed=seed)
    assert found.centers is not None
    scale = float((found.facts["inertia"] / dataset.mass.sum()) ** 0.5) or 1.0
    answer = settled(
        dataset, model, method="deep.latent_kmeans", codes=codes.points, space="latent space",
        labels=found.labels, before=found.labels, head=(found.centers,),
        membership=rules.student(codes.points, found.centers, scale=scale),
        centers=rules.decoded_centers(model, found.centers),
        rule=rules.InLatent(model, found.centers), facts=found.facts, converged=found.converged,
        settings={"k": int(k), "n_init": n_init, "seed": seed}, began=began,
    )  # fmt: skip
    report(Step(100, 100, "k-means in the latent space"))
    return answer


def fit(
    dataset: Dataset,
    *,
    k: int,
    latent: int = 10,
    network: str = "deep",
    pretraining: int = 20,
    autoencoder: Mapping[str, Any] | None = None,
    n_init: int = 20,
    epochs: int = 1,
    seed: int = 0,
    report: Report = silent,
) -> Partition:
    """Train an autoencoder of `pretraining` epochs, and cluster its space by k-means.

    Parameters
    ----------
    dataset, k, n_init, epochs, seed, report
        As for `refine`.
    latent, network, pretraining, autoencoder
        As for `dec.fit`.

    Returns
    -------
    Partition
        The answer of `refine`.

    Raises
    ------
    ParameterError, UnsupportedError, DataError, TrainingError
        As `refine` and `autoencoder.fit` do.
    """
    model = pretrained(
        dataset, k=k, latent=latent, network=network, pretraining=pretraining, seed=seed,
        more=autoencoder, report=part(report, 0, 90),
    )  # fmt: skip
    return refine(
        dataset, model=model, k=k, n_init=n_init, seed=seed, report=part(report, 90, 100)
    ).partition
