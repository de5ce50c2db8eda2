"""The same method with several seeds: how much of an answer is luck."""

import time
from collections.abc import Mapping
from typing import Any

import numpy as np

from clustering.dataset import Dataset
from clustering.deep import dec, idec, information, latent_kmeans, n2d, separation
from clustering.deep.beginning import pretrained
from clustering.deep.clustered import judged
from clustering.deep.rows import Row
from clustering.errors import ParameterError
from clustering.partition import Labels
from clustering.progress import Report, part, silent

__all__ = ["METHODS", "over_seeds"]

METHODS = {
    "latent_kmeans": latent_kmeans.refine,
    "separation": separation.refine,
    "dec": dec.refine,
    "idec": idec.refine,
    "information": information.refine,
    "n2d": n2d.refine,
}
"""Every method that goes on from an autoencoder, by the name of its module."""


def over_seeds(
    dataset: Dataset,
    *,
    method: str,
    k: int,
    latent: int = 10,
    network: str = "deep",
    pretraining: int = 20,
    autoencoder: Mapping[str, Any] | None = None,
    settings: Mapping[str, Any] | None = None,
    seeds: int = 3,
    truth: Labels | None = None,
    name: str = "",
    report: Report = silent,
) -> Row:
    """Train the whole method anew for each seed, the autoencoder included.

    Parameters
    ----------
    dataset : Dataset
        What the method takes.
    method : str
        One of `METHODS`.
    k : int
        Number of clusters.
    latent, network, pretraining, autoencoder
        As for `dec.fit`.
    settings : mapping of str to value, optional
        Other arguments of the method's ``refine``.
    seeds : int
        Runs, with the seeds 0, 1, ...
    truth : ndarray of shape (n,), optional
        The class of each point.
    name : str
        What the row is called; the method, where it is left out.
    report : callable
        Told as the trainings are.

    Returns
    -------
    Row
        One figure a seed.

    Raises
    ------
    ParameterError, UnsupportedError, DataError, TrainingError
        As the method does.
    """
    if method not in METHODS:
        raise ParameterError(f"No method '{method}'; choose one of {', '.join(METHODS)}.")
    if seeds < 1:
        raise ParameterError(f"seeds = {seeds}; choose a whole number from 1.")
    rows, seconds = [], []
    for seed in range(seeds):
        begin, middle, end = (100 * (seed + share) / seeds for share in (0.0, 0.5, 0.95))
        began = time.monotonic()
        more = dict(autoencoder or {})
        more.pop("seed", None)
        model = pretrained(
            dataset, k=k, latent=latent, network=network, pretraining=pretraining, seed=seed,
            more=more, report=part(report, begin, middle),
        )  # fmt: skip
        refine: Any = METHODS[method]
        found = refine(
            dataset, model=model, k=k, seed=seed, report=part(report, middle, end),
            **(settings or {}),
        )  # fmt: skip
        seconds.append(time.monotonic() - began)
        rows.append(judged(dataset, found, truth=truth).values)
    return Row(
        name or method,
        {measure: tuple(float(np.sum(row[measure])) for row in rows) for measure in rows[0]},
        tuple(seconds),
    )
