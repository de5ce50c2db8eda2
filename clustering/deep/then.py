"""Another method of the library in the latent space, in the place of k-means.

A latent space is a Dataset like any other, so that whatever parts points may part it. What
comes back is the answer of `latent_kmeans` with other labels; new points are led through the
network first, and then by the method's own rule, where it has one.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from clustering import agglomerative, bisecting, kmedoids, mixture
from clustering.dataset import Dataset, Floats, digest
from clustering.deep import latent_kmeans, rules
from clustering.deep.clustered import Clustered
from clustering.deep.model import Model
from clustering.errors import ParameterError
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step, part, silent

__all__ = ["METHODS", "Through", "refine"]

METHODS: dict[str, Callable[..., Partition]] = {
    "Gaussian mixture": mixture.fit,
    "Agglomerative (Ward)": partial(agglomerative.fit, linkage="ward"),
    "k-medoids": kmedoids.fit,
    "Bisecting k-means": bisecting.fit,
}
"""What may part a latent space, beside k-means."""


@dataclass(frozen=True, eq=False, slots=True)
class Through:
    """A rule for points of the latent space, for points of the input.

    Attributes
    ----------
    model : Model
        What leads points there.
    inner : callable
        The rule there.
    """

    model: Model
    inner: Callable[[Floats], Labels]

    def __call__(self, points: Floats) -> Labels:
        """Give the labels of `points` (m, d), shape (m,)."""
        return self.inner(self.model.encode(points))


def refine(
    dataset: Dataset, *, model: Model, k: int, then: str, seed: int = 0, report: Report = silent
) -> Clustered:
    """Cluster the space of a trained autoencoder by one of `METHODS`.

    Parameters
    ----------
    dataset : Dataset
        What `model` was trained on.
    model : Model
        A trained autoencoder.
    k : int
        Number of clusters, from 1 to the number of distinct points.
    then : str
        A key of `METHODS`.
    seed : int
        Of the methods that draw.
    report : callable
        Told before and after each part.

    Returns
    -------
    Clustered
        Of one epoch; ``before`` are the labels of k-means in the same space.

    Raises
    ------
    ParameterError
        Where there is no such method.
    ClusterloomError
        As the method raises for such data.
    """
    if then not in METHODS:
        raise ParameterError(f"No method '{then}' here; choose one of {', '.join(METHODS)}.")
    first = latent_kmeans.refine(dataset, model=model, k=k, seed=seed, report=part(report, 0, 50))
    report(Step(50, 100, f"{then} in the latent space"))
    drawn: dict[str, Any] = {} if then.startswith("Agglomerative") else {"seed": seed}
    space = first.latent(dataset)
    found = METHODS[then](space, k=k, **drawn)
    report(Step(100, 100, f"{then} in the latent space"))
    means = [space.points[found.labels == each].mean(axis=0) for each in range(found.k)]
    partition = replace(
        found,
        rows=dataset.rows,
        method=f"deep.{found.method}",
        parameters={**first.partition.parameters, "then": then, **found.parameters},
        centers=rules.decoded_centers(model, np.stack(means)),
        exemplars=found.exemplars,
        assigner=found.assigner
        if isinstance(found.assigner, str)
        else Through(model, found.assigner),
    )
    shown = replace(first.trail, labels=(partition.labels[first.trail.places],))
    return replace(
        first, partition=partition, before=first.partition.labels, trail=shown, head=(),
        key=digest(first.key, then),
    )  # fmt: skip
