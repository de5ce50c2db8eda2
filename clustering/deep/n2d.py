r"""N2D, not too deep: an autoencoder, its space laid out anew by UMAP, and normal distributions.

An autoencoder leads alike points to places near each other, but it does not lay groups apart.
UMAP does: it keeps who is near whom and pulls neighbourhoods together. With as many dimensions
as there are clusters and no distance kept between neighbours, the groups come out dense and far
apart, and a mixture of k normal distributions finds them. Nothing is trained towards clusters.

A mixture ends in a local maximum of the likelihood, and a poor one costs more than all the rest
of the method together; so it is started several times, and the likeliest is kept.

References
----------
.. [1] R. McConville, R. Santos-Rodriguez, R. J. Piechocki, I. Craddock, N2D: (not too) deep
       clustering via clustering the local manifold of an autoencoded embedding, ICPR 2020.
.. [2] L. McInnes, J. Healy, J. Melville, UMAP: Uniform manifold approximation and projection
       for dimension reduction, arXiv:1802.03426, 2018.
"""

import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from clustering import mixture
from clustering.checks import check_run, is_finite, is_whole, shown
from clustering.dataset import Dataset, Floats, frozen
from clustering.deep import rules
from clustering.deep.beginning import check_start, parted, pretrained, space
from clustering.deep.clustered import Clustered
from clustering.deep.embedding import embed
from clustering.deep.model import Model
from clustering.deep.settled import settled
from clustering.errors import ParameterError, UnsupportedError
from clustering.geometry.embedding import package
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step, part, silent

__all__ = ["ByNeighbours", "fit", "refine"]

FEWEST = 5
"""Points that UMAP needs."""
NEAR = 5
"""Neighbours between which a new point is placed."""


@dataclass(frozen=True, eq=False, slots=True)
class ByNeighbours:
    """The rule for new points: between the places of their neighbours, then the mixture.

    Attributes
    ----------
    model : Model
        What leads points into the latent space.
    codes : ndarray of shape (n, latent)
        Where the clustered points are there.
    places : ndarray of shape (n, m)
        Where UMAP put them.
    clouds : callable
        Labels of places.
    """

    model: Model
    codes: Floats
    places: Floats
    clouds: Any

    def __call__(self, points: Floats) -> Labels:
        """Give the labels of `points` (m, d), shape (m,)."""
        from sklearn.neighbors import NearestNeighbors

        near = NearestNeighbors(n_neighbors=min(NEAR, len(self.codes))).fit(self.codes)
        far, which = near.kneighbors(self.model.encode(points).astype(np.float32))
        # A point that is one of the clustered lies at no distance, and so has its place.
        share = 1.0 / np.maximum(far, 1e-12)
        share /= share.sum(axis=1, keepdims=True)
        placed = np.einsum("ij,ijk->ik", share, self.places[which])
        found: Labels = self.clouds(placed)
        return found


def refine(
    dataset: Dataset,
    *,
    model: Model,
    k: int,
    n_neighbors: int = 20,
    n_init: int = 10,
    components: int | None = None,
    seed: int = 0,
    epochs: int = 1,
    begin: Clustered | None = None,
    within: float | None = None,
    report: Report = silent,
) -> Clustered:
    """Lay the space of a trained autoencoder out by UMAP, and find k normal distributions there.

    Parameters
    ----------
    dataset : Dataset
        Coordinates without weights: what `model` was trained on.
    model : Model
        A trained autoencoder.
    k : int
        Number of clusters, from 1 to the number of distinct points.
    n_neighbors : int
        How many neighbours of each point count for UMAP; at most n - 1 are used.
    n_init : int
        Starts of the mixture, of which the likeliest is kept.
    components : int, optional
        Dimensions of the layout; `k`, as the paper has it, where left out.
    seed : int
        Fixes layout and starts.
    epochs, begin, within
        Taken as all methods here take them: there is one step, and it is done.
    report : callable
        Told between the steps; UMAP itself is silent, for minutes with many points.

    Returns
    -------
    Clustered
        Of one epoch; its ``codes`` are the layout. ``centers`` are decoded from the mean code of
        each cluster. Facts: ``log_likelihood`` of the kept start.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        Where the points have weights, are too few, or the model is for others.

    Notes
    -----
    UMAP takes about O(n^1.14) time, on one core, so that equal seeds give equal layouts.
    """
    check_start(dataset, model, k=k, seed=seed, title="N2D")
    check_run(n_init=n_init, max_iter=1, tol=0.0, seed=seed)
    _check(dataset, n_neighbors=n_neighbors, components=components)
    if begin is not None:
        return begin
    began = time.monotonic()
    codes = embed(dataset, model=model, report=part(report, 0, 5)).points
    before = parted(space(dataset, codes), k=k, n_init=4, seed=seed).labels
    report(Step(10, 100, f"N2D: UMAP lays out {dataset.n:,} points and says nothing meanwhile"))
    wanted = min(components or max(2, int(k)), dataset.n - 2)
    places = _laid_out(codes, n_neighbors=n_neighbors, components=wanted, seed=seed)
    report(Step(70, 100, f"N2D: {n_init} starts of a mixture of {k} normal distributions"))
    found = _likeliest(
        Dataset.from_points(places), k=int(k), n_init=n_init, seed=seed,
        report=part(report, 70, 100),
    )  # fmt: skip
    assert found.membership is not None and not isinstance(found.assigner, str)
    return settled(
        dataset, model, method="deep.n2d", codes=places, space="UMAP of the latent space",
        labels=found.labels, before=before, head=(), membership=found.membership,
        centers=rules.decoded_centers(
            model, rules.mean_centers(space(dataset, codes), found.membership)
        ),
        rule=ByNeighbours(model, frozen(codes, np.float32), frozen(places), found.assigner),
        facts={"log_likelihood": found.facts["log_likelihood"]}, converged=found.converged,
        settings={
            "k": int(k), "n_neighbors": int(n_neighbors), "n_init": n_init,
            "components": components, "seed": seed,
        },
        began=began,
    )  # fmt: skip


def fit(
    dataset: Dataset,
    *,
    k: int,
    latent: int = 10,
    network: str = "deep",
    pretraining: int = 20,
    autoencoder: Mapping[str, Any] | None = None,
    n_neighbors: int = 20,
    n_init: int = 10,
    components: int | None = None,
    epochs: int = 1,
    seed: int = 0,
    report: Report = silent,
) -> Partition:
    """Train an autoencoder of `pretraining` epochs, and cluster its space as `refine` does.

    Parameters
    ----------
    dataset, k, n_neighbors, n_init, components, epochs, seed, report
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
    _check(dataset, n_neighbors=n_neighbors, components=components)
    model = pretrained(
        dataset, k=k, latent=latent, network=network, pretraining=pretraining, seed=seed,
        more=autoencoder, report=part(report, 0, 50),
    )  # fmt: skip
    return refine(
        dataset, model=model, k=k, n_neighbors=n_neighbors, n_init=n_init,
        components=components, seed=seed, report=part(report, 50, 100),
    ).partition  # fmt: skip


def _check(dataset: Dataset, *, n_neighbors: int, components: int | None) -> None:
    """Raise where UMAP or the mixture cannot take these points."""
    if dataset.weights is not None:
        raise UnsupportedError(
            "UMAP and the Gaussian mixture of N2D take every point once and know no weights; "
            "choose IDEC or k-means in the latent space, which do."
        )
    if dataset.n < FEWEST:
        raise UnsupportedError(f"UMAP needs at least {FEWEST} points; these are {dataset.n}.")
    if not is_whole(n_neighbors) or n_neighbors < 2:
        raise ParameterError(f"n_neighbors = {shown(n_neighbors)}; choose a whole number from 2.")
    if components is not None and not (is_whole(components) and is_finite(components)):
        raise ParameterError(f"components = {shown(components)}; choose a whole number from 1.")
    if components is not None and components < 1:
        raise ParameterError(f"components = {components}; choose a whole number from 1.")


def _laid_out(codes: Floats, *, n_neighbors: int, components: int, seed: int) -> Floats:
    """Lay codes out by UMAP, no distance kept between neighbours, shape (n, components)."""
    umap = package()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about one thread for a seed, and small data
        places = umap(
            n_neighbors=min(int(n_neighbors), len(codes) - 1),
            min_dist=0.0,
            n_components=components,
            random_state=int(seed),
            n_jobs=1,
            init="spectral" if len(codes) > components + 15 else "random",
        ).fit_transform(codes.astype(np.float32))
    return np.asarray(places, dtype=np.float64)


def _likeliest(places: Dataset, *, k: int, n_init: int, seed: int, report: Report) -> Partition:
    """Start a mixture several times, one by one so that it can be stopped between."""
    best: Partition | None = None
    for start in range(n_init):
        try:
            found = mixture.fit(places, k=k, n_init=1, seed=(seed + 7919 * start) % 2**32)
        except mixture.Collapsed:
            if start == n_init - 1 and best is None:
                raise
            continue
        if best is None or found.facts["log_likelihood"] > best.facts["log_likelihood"]:
            best = found
        report(Step(start + 1, n_init, f"N2D: start {start + 1} of {n_init} of the mixture"))
    assert best is not None
    return best
