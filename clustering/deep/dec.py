r"""DEC, deep embedded clustering: the network learns to be sure of its clusters.

A trained encoder leads points :math:`x_i` to codes :math:`z_i`, and k-means finds centers
:math:`\mu_j` among them. Student's t shares each point among the centers, and a target sharpens
these shares:

.. math:: q_{ij} \propto (1 + \lVert z_i - \mu_j \rVert^2)^{-1}, \qquad
          p_{ij} \propto q_{ij}^2 / \sum_i q_{ij} .

Encoder and centers are then trained to lower :math:`KL(P \Vert Q)`. The network teaches itself
what it already believes: where the beginning is right in most points, the rest follow their
neighbours; where it is wrong, nothing tells it. The decoder is given up, so that nothing keeps
the codes from forgetting what the points looked like (`idec` keeps it).

The paper renews P every few hundred steps; here it is renewed before each epoch. With
augmentation the targets are those of the points as they are, and variants are trained towards
them [2]_.

References
----------
.. [1] J. Xie, R. Girshick, A. Farhadi, Unsupervised deep embedding for clustering analysis,
       ICML 2016.
.. [2] X. Guo, E. Zhu, X. Liu, J. Yin, Deep embedded clustering with data augmentation,
       ACML 2018.
"""

from collections.abc import Mapping
from typing import Any

from clustering.dataset import Dataset
from clustering.deep import rules, soft, training
from clustering.deep.backend import keras
from clustering.deep.beginning import pretrained
from clustering.deep.clustered import Clustered
from clustering.deep.method import Head, Look, Method, Settings
from clustering.deep.model import Model
from clustering.deep.refining import refine as course
from clustering.partition import Partition
from clustering.progress import Report, part, silent

__all__ = ["fit", "refine"]


def refine(
    dataset: Dataset,
    *,
    model: Model,
    k: int,
    epochs: int = 20,
    batch: int = 256,
    optimizer: str = "adam",
    learning_rate: float | None = None,
    augment: str = "none",
    seed: int = 0,
    begin: Clustered | None = None,
    within: float | None = None,
    report: Report = silent,
) -> Clustered:
    """Refine the clusters that k-means finds in the space of a trained autoencoder.

    Parameters
    ----------
    dataset : Dataset
        Coordinates, weighted or not: what `model` was trained on.
    model : Model
        A trained autoencoder.
    k : int
        Number of clusters, from 1 to the number of distinct points.
    epochs : int
        How often all points are seen; the targets are renewed before each.
    batch : int
        Points for each step of the optimizer.
    optimizer : str
        One of `training.OPTIMIZERS`.
    learning_rate : float, optional
        Its own in that table when left out.
    augment : {"none", "shift and rotate", "noise"}
        What is changed about the points in every epoch.
    seed : int
        Fixes the starting centers, the variants and the order of the points.
    begin : Clustered, optional
        An unfinished answer of the same settings, to go on with.
    within : float, optional
        Seconds after which it ends with the epoch that it is at.
    report : callable
        Told after every batch.

    Returns
    -------
    Clustered
        ``history``: ``loss``, the divergence, and ``changed``, the share of points that
        changed their cluster. The decoder of its model no longer fits the encoder; ``centers``
        are the means of the members.

    Raises
    ------
    ParameterError, UnsupportedError, DataError, TrainingError
        Where it cannot be trained like this; the sentence says why.

    Notes
    -----
    An epoch costs O(n) times the encoder's weights. ``converged`` is True where the last
    epoch changed the cluster of at most one point in a thousand.
    """
    return course(
        dataset, METHOD, model=model, k=k, epochs=epochs, batch=batch, seed=seed,
        augment=augment, settings={"optimizer": optimizer, "learning_rate": learning_rate},
        begin=begin, within=within, report=report,
    )  # fmt: skip


def fit(
    dataset: Dataset,
    *,
    k: int,
    latent: int = 10,
    network: str = "deep",
    pretraining: int = 20,
    autoencoder: Mapping[str, Any] | None = None,
    epochs: int = 20,
    batch: int = 256,
    optimizer: str = "adam",
    learning_rate: float | None = None,
    augment: str = "none",
    seed: int = 0,
    report: Report = silent,
) -> Partition:
    """Train an autoencoder of `pretraining` epochs, and refine its clusters.

    Parameters
    ----------
    dataset, k, epochs, batch, optimizer, learning_rate, augment, seed, report
        As for `refine`.
    latent, network, pretraining
        Of the autoencoder: numbers that a point becomes, kind, epochs.
    autoencoder : mapping of str to value, optional
        Other arguments of `autoencoder.fit`, such as ``shape``; its ``seed`` is `seed` where
        this names none.

    Returns
    -------
    Partition
        The answer of `refine`.

    Raises
    ------
    ParameterError, UnsupportedError, DataError, TrainingError
        As `refine` does.
    """
    model = pretrained(
        dataset, k=k, latent=latent, network=network, pretraining=pretraining, seed=seed,
        more=autoencoder, report=part(report, 0, 50),
    )  # fmt: skip
    return refine(
        dataset, model=model, k=k, epochs=epochs, batch=batch, optimizer=optimizer,
        learning_rate=learning_rate, augment=augment, seed=seed, report=part(report, 50, 100),
    ).partition  # fmt: skip


def _trainer(autoencoder: Any, head: Head, settings: Settings) -> Any:
    """Put the clusters behind the encoder."""
    k = keras()
    points = k.Input(autoencoder.inputs[0].shape[1:], name="points")
    codes = soft.codes_of(autoencoder.get_layer("encoder"), points)
    trainer = k.Model(points, soft.assigning(codes, head))
    trainer.compile(
        optimizer=training.optimizer(settings["optimizer"], settings["learning_rate"]), loss="kld"
    )
    return trainer


def _feed(look: Look) -> tuple[Any, Any, Any]:
    """Train the variants towards the sharpened shares of the points."""
    return look.shown, soft.target(look), look.weights


METHOD = Method(
    name="deep.dec",
    title="DEC",
    head=soft.begin,
    trainer=_trainer,
    learned=soft.learned,
    shares=lambda codes, head: rules.student(codes, head[0]),
    feed=_feed,
    rule=lambda model, head: rules.InLatent(model, head[0]),
    centers=lambda model, head, dataset, shares: rules.mean_centers(dataset, shares),
)
