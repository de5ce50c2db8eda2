"""Every number of clusters in the latent space of an LSTM, measured there and between series.

A network lays series out as it likes, so that the silhouette of its own space praises it
whatever it did. Beside it stands the silhouette of the same labels by dynamic time warping of
the series themselves, in which the network has no say.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from clustering import kmeans, sweep
from clustering.axis import FittedAxis
from clustering.checks import check_run
from clustering.dataset import Dataset, Floats, frozen
from clustering.deep import rules, then
from clustering.deep.beginning import check_start, started
from clustering.deep.embedding import embed
from clustering.deep.model import Model
from clustering.deep.rows import agreements
from clustering.errors import ParameterError, UnsupportedError
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step, part, silent
from clustering.series.beside import silhouettes_dtw

__all__ = ["KMEANS", "METHODS", "axis"]

KMEANS = "k-means"
METHODS = (KMEANS, *then.METHODS)
"""What may part the latent space."""

LIMIT = 300
"""Series beyond which the silhouette by warping is measured on a stratified sample."""


def axis(
    dataset: Dataset,
    *,
    model: Model,
    method: str = KMEANS,
    k_max: int = 8,
    truth: Labels | None = None,
    n_init: int = 10,
    seed: int = 0,
    band: int | None = None,
    limit: int = LIMIT,
    report: Report = silent,
) -> FittedAxis:
    """Cluster the latent space for k = 1, 2, ... and measure each answer in both spaces.

    Parameters
    ----------
    dataset : Dataset
        Series, padded or not: what `model` was trained on, or prepared as that was.
    model : Model
        A trained LSTM autoencoder.
    method : str
        One of `METHODS`.
    k_max : int
        Largest number of clusters; no more than there are different codes are made.
    truth : ndarray of shape (n,), optional
        The class of each series; used to judge and for nothing else.
    n_init : int
        Starts of k-means, of which the best is kept.
    seed : int
        Fixes the starts, and the sample on which silhouettes are measured.
    band : int, optional
        Steps by which a warping path may stray; any when left out.
    limit : int
        Series beyond which the silhouette by warping is of a stratified sample.
    report : callable
        Told after each k and each measure.

    Returns
    -------
    FittedAxis
        Parameter ``"k"``. Curves: ``clusters``, ``silhouette`` (latent space) with
        ``silhouette_low`` and ``silhouette_high``, ``silhouette_dtw`` (between the series),
        ``inertia`` (latent space) and, with `truth`, ``ari`` and ``accuracy``. `notes` say which
        silhouettes are sampled, and where one is undefined. Its Partitions assign new series
        through the encoder, where the method has a rule for new points; those of k-means are
        what `latent_kmeans.refine` gives.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        Where the model is for other data, or there is no such method.

    Notes
    -----
    One pass through the encoder, then O(n k) for each k; the silhouettes of all k share one
    matrix of distances by warping, O(min(n, limit)^2 T^2).
    """
    if method not in METHODS:
        raise ParameterError(f"No method '{method}' here; choose one of {', '.join(METHODS)}.")
    if len(model.shape) != 2:
        raise UnsupportedError(
            "This axis is for series; the network was trained on points of another kind."
        )
    check_start(dataset, model, k=1, seed=seed, title="A network")
    check_run(n_init=n_init, max_iter=1, tol=0.0, seed=seed)
    space = embed(dataset, model=model, report=part(report, 0, 20))
    values = sweep.up_to(space, k_max)
    fitting = part(report, 20, 60)
    partitions = []
    for k in values:
        partitions.append(_cut(dataset, space, model, method, k=k, n_init=n_init, seed=seed))
        fitting(Step(k, values[-1], f"k = {k} of {values[-1]}"))
    found = sweep.fitted(
        space, partitions, k_max=k_max, curves=("inertia",), seed=seed, report=part(report, 60, 70)
    )
    labelings = [each.labels for each in partitions]
    warped = silhouettes_dtw(
        dataset, labelings, shape=model.shape, band=band, limit=limit, seed=seed,
        report=part(report, 70, 100),
    )  # fmt: skip
    agreed = [agreements(each, truth) for each in labelings] if truth is not None else []
    notes = {
        **found.notes,
        "silhouette_dtw": sweep.how(warped).replace("Silhouette", "Silhouette by warping", 1),
        **sweep.undefined("silhouette_dtw", found.values, warped),
    }
    curves = {
        **found.curves,
        "silhouette_dtw": frozen([score.value for score in warped]),
        **{name: frozen([each[name] for each in agreed]) for name in ("ari", "accuracy") if agreed},
    }
    return replace(found, curves=curves, notes=notes)


def _cut(
    dataset: Dataset, space: Dataset, model: Model, method: str, *, k: int, n_init: int, seed: int
) -> Partition:
    """Part the latent space, and give the answer as one about the series."""
    if method == KMEANS:
        return _kmeans(dataset, space, model, k=k, n_init=n_init, seed=seed)
    drawn: dict[str, Any] = {} if method.startswith("Agglomerative") else {"seed": seed}
    found = then.METHODS[method](space, k=k, **drawn)
    means = np.stack([space.points[found.labels == each].mean(axis=0) for each in range(found.k)])
    rule = found.assigner
    return replace(
        found,
        method=f"deep.{found.method}",
        parameters={
            **started(model),
            "n_init": n_init,
            "then": method,
            **found.parameters,
            "k": k,
            "seed": seed,
        },
        facts={**found.facts, "inertia": _inertia(space, found.labels, means)},
        centers=rules.decoded_centers(model, means),
        assigner=rule if isinstance(rule, str) else then.Through(model, rule),
    )


def _kmeans(
    dataset: Dataset, space: Dataset, model: Model, *, k: int, n_init: int, seed: int
) -> Partition:
    """Give what `latent_kmeans.refine` does, without another pass through the encoder."""
    found = kmeans.fit(space, k=k, n_init=n_init, seed=seed)
    assert found.centers is not None
    scale = float((found.facts["inertia"] / dataset.mass.sum()) ** 0.5) or 1.0
    return replace(
        found,
        method="deep.latent_kmeans",
        parameters={**started(model), "k": k, "n_init": n_init, "seed": seed},
        centers=rules.decoded_centers(model, found.centers),
        membership=rules.student(space.points, found.centers, scale=scale),
        assigner=rules.InLatent(model, found.centers),
    )


def _inertia(space: Dataset, labels: Labels, means: Floats) -> float:
    """Sum the squared distances to the mean of the own cluster, by weight."""
    away = ((space.points - means[labels]) ** 2).sum(axis=1)
    return float((away * space.mass).sum())
