"""Clustered: a network and the clusters in it, as every deep method gives them.

What is in it serves three readers: pages, which draw `history`, `trail` and the Partition;
the training itself, which goes on from `head` and `state`; and the table beside it (`judged`),
with the warning that belongs to it (`alarm`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clustering.dataset import Dataset, Floats, Source
from clustering.deep.model import Model
from clustering.deep.rows import Row, agreements, figures, sampled, silhouettes, spaces
from clustering.deep.trail import Singles, Trail
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step, silent
from clustering.words import count

__all__ = ["Clustered", "alarm", "judged"]

FULL = 0.95
"""Share of the weight in one cluster at which the others have as good as collapsed."""
FLAT = 1.1
"""Mean largest membership, in units of an even share, below which nothing is decided."""
WORSE = 0.02
"""Accuracy that a deep step loses before it is said: less is within the spread of seeds."""


@dataclass(frozen=True, eq=False, slots=True)
class Clustered:
    """A trained network with clusters, finished or to be gone on with.

    Attributes
    ----------
    model : Model
        The autoencoder as the method left it.
    partition : Partition
        The answer: labels, membership, a rule for new points, and centers in the space of the
        input.
    codes : ndarray of shape (n, m), float32
        Every point in the space in which the clusters are.
    space : str
        What that space is: ``"latent space"``, ``"UMAP of the latent space"``.
    before : ndarray of shape (n,), int32
        Labels before the first epoch: k-means in the autoencoder's space.
    head : tuple of ndarray
        What finds the clusters in that space: centers, or the weights of a softmax.
    state : tuple of ndarray
        State of the optimizer, with which the training goes on.
    epochs : int
        Epochs done by this method, those of the autoencoder not counted.
    history : mapping of str to ndarray of shape (epochs,)
        What was measured in each epoch.
    trail : Trail
        Some points at some epochs.
    key : str
        Digest of data, settings and epochs.
    device : str
        What it was trained on.
    seconds : float
        How long the epochs took.
    """

    model: Model
    partition: Partition
    codes: Singles
    space: str
    before: Labels
    head: tuple[Singles, ...]
    state: tuple[NDArray[Any], ...]
    epochs: int
    history: Mapping[str, Floats]
    trail: Trail
    key: str
    device: str
    seconds: float = 0.0
    settings: Mapping[str, object] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """Epochs done, by which a finished chunk is told from another."""
        return self.epochs

    def latent(self, dataset: Dataset) -> Dataset:
        """Give `codes` as a Dataset with rows, weights and names of `dataset`."""
        name = self.space.removesuffix(" of the latent space").removesuffix(" space")
        return Dataset(
            points=self.codes.astype(np.float64),
            columns=tuple(f"{name} {place + 1}" for place in range(self.codes.shape[1])),
            rows=dataset.rows,
            source=Source(
                dataset.source.name,
                dataset.source.member,
                dataset.source.names,
                dataset.source.draws,
            ),
            features=dataset.features,
            weights=dataset.weights,
            left_out=dataset.left_out,
        )


def judged(
    dataset: Dataset,
    clustered: Clustered,
    *,
    truth: Labels | None = None,
    name: str = "",
    seed: int = 0,
    report: Report = silent,
) -> Row:
    """Measure a deep answer as `raw.compared` measures the plain ones.

    Parameters
    ----------
    dataset : Dataset
        The points that were clustered.
    clustered : Clustered
        The answer.
    truth : ndarray of shape (n,), optional
        The class of each point.
    name : str
        What the row is called; the method, where it is left out.
    seed : int
        Fixes the sample on which silhouettes are measured.
    report : callable
        Told after each space.

    Returns
    -------
    Row
        One seed: accuracy, NMI and ARI where there is a truth, silhouette and
        Calinski-Harabasz in the input space and in the space of the clusters. ``note`` says
        where the silhouette in the input space is from a sample.
    """
    labels = clustered.partition.labels
    values = agreements(labels, truth)
    scores = silhouettes(dataset, [labels], seed=seed)
    values |= figures(dataset, [labels], scores, space="input")[0]
    report(Step(1, 2, "Measured in the input space"))
    values |= spaces(clustered.latent(dataset), [labels], space="latent", seed=seed)[0]
    report(Step(2, 2, "Measured in the latent space"))
    return Row(
        name or clustered.partition.method,
        {measure: (value,) for measure, value in values.items()},
        (clustered.seconds,),
        f"The silhouette in the input space is {sampled(scores)}." if sampled(scores) else "",
    )


def alarm(dataset: Dataset, clustered: Clustered, *, truth: Labels | None = None) -> str:
    """Say what is wrong with a deep answer, in one sentence or none.

    Parameters
    ----------
    dataset : Dataset
        The points that were clustered.
    clustered : Clustered
        The answer.
    truth : ndarray of shape (n,), optional
        The class of each point.

    Returns
    -------
    str
        That clusters are empty, that one holds nearly all, that no point is decided, or that
        the deep step made things worse than k-means in the autoencoder's space did: by accuracy
        where there is a truth, by the silhouette in the input space where there is none; where
        that is of a sample, beyond its band. Empty where nothing is wrong.
    """
    return _collapsed(dataset, clustered.partition) or _worse(dataset, clustered, truth)


def _collapsed(dataset: Dataset, partition: Partition) -> str:
    """Say that clusters have collapsed, or nothing."""
    k = partition.k if partition.membership is None else partition.membership.shape[1]
    shares = np.bincount(partition.labels, dataset.mass, minlength=k) / dataset.mass.sum()
    if k < 2:
        return ""
    if shares.max() >= FULL:
        return (
            f"The clusters have collapsed: one of {k} holds {shares.max():.0%} of the weight. "
            "Train the autoencoder longer, or take a smaller learning rate."
        )
    empty = int((shares == 0).sum())
    if empty:
        return (
            f"{count(empty, 'cluster')} of {k} hold{'s' if empty == 1 else ''} no point at all; "
            "choose fewer clusters, or train the autoencoder longer."
        )
    if partition.membership is not None:
        largest = float(np.average(partition.membership.max(axis=1), weights=dataset.mass))
        if largest * k < FLAT:
            return (
                f"No point is decided: the largest membership is {largest:.2f} on average, and "
                f"an even share is {1 / k:.2f}. Labels may be right all the same; how sure the "
                "network is of them says nothing."
            )
    return ""


def _worse(dataset: Dataset, clustered: Clustered, truth: Labels | None) -> str:
    """Say that the deep step made things worse, or nothing."""
    labels, how, sure = clustered.partition.labels, "", True
    if truth is not None:
        what, now = "accuracy", agreements(labels, truth)["accuracy"]
        then = agreements(clustered.before, truth)["accuracy"]
    else:
        found = silhouettes(dataset, [labels, clustered.before])
        what, now, then = "silhouette in the input space", found[0].value, found[1].value
        how = f", {sampled(found)}" if sampled(found) else ""
        sure = not how or found[0].high < found[1].low
    if sure and now < then - WORSE:
        return (
            f"The deep step made things worse: {what} {now:.3f}, and {then:.3f} by k-means in "
            f"the space of the autoencoder before it{how}."
        )
    return ""
