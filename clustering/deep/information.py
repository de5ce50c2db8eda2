r"""Information maximisation: clusters that say as much as possible about the input.

A softmax behind the encoder gives each point shares :math:`p(y \mid x)`. Between point and
cluster there is the mutual information

.. math:: I(X; Y) = H(Y) - H(Y \mid X) .

It is large where each point is sure of its cluster and all clusters are used. Alone it is met by
cutting the points anywhere. So a variant :math:`T x` of each point, which nobody would call
other than it, is to be in the same cluster:

.. math:: L = \frac1n \sum_i KL\big(p(\cdot \mid x_i) \,\Vert\, p(\cdot \mid T x_i)\big)
          - \lambda \, \big(\mu H(Y) - H(Y \mid X)\big) .

That is IMSAT [1]_ with variants by augmentation, as IIC [2]_ has them; :math:`\mu` makes clusters
of like size worth more than sure points. So it wants clusters of like size: of very unlike ones
it takes a part of the largest for the smallest.

References
----------
.. [1] W. Hu, T. Miyato, S. Tokui, E. Matsumoto, M. Sugiyama, Learning discrete representations
       via information maximizing self-augmented training, ICML 2017.
.. [2] X. Ji, J. F. Henriques, A. Vedaldi, Invariant information clustering for unsupervised image
       classification and segmentation, ICCV 2019.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from clustering.checks import is_finite, shown
from clustering.dataset import Dataset, Floats, frozen
from clustering.deep import rules, soft, training
from clustering.deep.backend import keras
from clustering.deep.beginning import pretrained
from clustering.deep.clustered import Clustered
from clustering.deep.method import Head, Look, Method, Settings
from clustering.deep.model import Model
from clustering.deep.refining import refine as course
from clustering.errors import ParameterError
from clustering.partition import Partition
from clustering.progress import Report, part, silent

__all__ = ["fit", "refine"]


def refine(
    dataset: Dataset,
    *,
    model: Model,
    k: int,
    strength: float = 0.1,
    evenness: float = 4.0,
    epochs: int = 20,
    batch: int = 256,
    optimizer: str = "adam",
    learning_rate: float | None = None,
    augment: str = "noise",
    seed: int = 0,
    begin: Clustered | None = None,
    within: float | None = None,
    report: Report = silent,
) -> Clustered:
    """Train the encoder and a softmax towards clusters that variants do not leave.

    Parameters
    ----------
    dataset, model, k, epochs, batch, optimizer, learning_rate, seed
        As for `dec.refine`.
    strength : float
        The weight lambda of the information beside the agreement of variants; IMSAT has 0.1.
    evenness : float
        The weight mu of clusters of like size beside sure points; IMSAT has 4.
    augment : {"shift and rotate", "noise"}
        How variants are made; there is nothing to learn from points that are not varied.
    begin, within, report
        As for `dec.refine`.

    Returns
    -------
    Clustered
        ``history``: ``loss`` and ``changed``, the share of points that changed their cluster.
        The decoder of its model no longer fits the encoder; ``centers`` are the means of the
        members.

    Raises
    ------
    ParameterError, UnsupportedError, DataError, TrainingError
        Where it cannot be trained like this; the sentence says why.

    Notes
    -----
    An epoch costs O(n) times twice the encoder's weights. The softmax begins where the nearest
    center of k-means is the likeliest cluster.
    """
    for name, value in (("strength", strength), ("evenness", evenness)):
        if not is_finite(value) or value < 0:
            raise ParameterError(f"{name} = {shown(value)}; choose a number from 0.")
    if augment == "none":
        raise ParameterError(
            "Without variants any cut through the points is as good as another; choose noise, or "
            "for images shift and rotate."
        )
    settings = {
        "optimizer": optimizer,
        "learning_rate": learning_rate,
        "strength": float(strength),
        "evenness": float(evenness),
    }
    return course(
        dataset, METHOD, model=model, k=k, epochs=epochs, batch=batch, seed=seed,
        augment=augment, settings=settings, begin=begin, within=within, report=report,
    )  # fmt: skip


def fit(
    dataset: Dataset,
    *,
    k: int,
    latent: int = 10,
    network: str = "deep",
    pretraining: int = 20,
    autoencoder: Mapping[str, Any] | None = None,
    strength: float = 0.1,
    evenness: float = 4.0,
    epochs: int = 20,
    batch: int = 256,
    optimizer: str = "adam",
    learning_rate: float | None = None,
    augment: str = "noise",
    seed: int = 0,
    report: Report = silent,
) -> Partition:
    """Train an autoencoder of `pretraining` epochs, and go on as `refine` does.

    Parameters
    ----------
    dataset, k, strength, evenness, epochs, batch, optimizer, learning_rate, augment, seed, report
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
        As `refine` does.
    """
    model = pretrained(
        dataset, k=k, latent=latent, network=network, pretraining=pretraining, seed=seed,
        more=autoencoder, report=part(report, 0, 50),
    )  # fmt: skip
    return refine(
        dataset, model=model, k=k, strength=strength, evenness=evenness, epochs=epochs,
        batch=batch, optimizer=optimizer, learning_rate=learning_rate, augment=augment, seed=seed,
        report=part(report, 50, 100),
    ).partition  # fmt: skip


def _begin(centers: Floats, codes: Floats, dataset: Dataset) -> Head:
    """Make the softmax whose likeliest cluster is the nearest center.

    ``-|z - c|^2 / (2 s^2)`` is linear in z but for a part that is the same for all centers; s is
    the root of the mean squared distance to the own one, so that nothing is too sure to move.
    """
    scale = rules.spread(codes, centers, dataset) ** -2
    kernel = scale * centers.T
    bias = -0.5 * scale * (centers**2).sum(axis=1)
    return frozen(kernel, np.float32), frozen(bias, np.float32)


def _trainer(autoencoder: Any, head: Head, settings: Settings) -> Any:
    """Lead points and variants through the same encoder and softmax, side by side."""
    k = keras()
    encoder = autoencoder.get_layer("encoder")
    clusters = head[0].shape[1]
    # Of a single cluster Keras warns that a softmax is always 1, which is what is meant.
    bend = "softmax" if clusters > 1 else lambda scores: k.ops.exp(k.ops.log_softmax(scores))
    softmax = k.layers.Dense(clusters, activation=bend, name="clusters")
    width = autoencoder.inputs[0].shape[1:]
    points, variants = k.Input(width, name="points"), k.Input(width, name="variants")
    shares = softmax(soft.codes_of(encoder, points))
    varied = softmax(soft.codes_of(encoder, variants))
    trainer = k.Model([points, variants], k.layers.Concatenate()([shares, varied]))
    softmax.set_weights(list(head))
    trainer.compile(
        optimizer=training.optimizer(settings["optimizer"], settings["learning_rate"]),
        loss=_loss(settings["strength"], settings["evenness"], clusters),
    )
    return trainer


def _loss(strength: float, evenness: float, clusters: int) -> Any:
    """Give the loss of a batch: the marginal over clusters is that of the batch, weighted."""
    ops = keras().ops

    def information(weights: Any, both: Any) -> Any:
        shares = ops.clip(both[:, :clusters], 1e-8, 1.0)
        varied = ops.clip(both[:, clusters:], 1e-8, 1.0)
        mass = weights / ops.sum(weights)
        fixed = ops.stop_gradient(shares)
        apart = ops.sum(mass * fixed * (ops.log(fixed) - ops.log(varied)))
        unsure = -ops.sum(mass * shares * ops.log(shares))
        sizes = ops.sum(mass * shares, axis=0)
        even = -ops.sum(sizes * ops.log(sizes))
        return apart + strength * (unsure - evenness * even)

    return information


def _feed(look: Look) -> tuple[Any, Any, Any]:
    """Show each point beside its variant; the weights are what the loss is told."""
    weights = np.ones(len(look.points), np.float32) if look.weights is None else look.weights
    return [look.points, look.shown], weights[:, None], None


def _softmax(codes: Floats, head: Head) -> Floats:
    """Give the shares of codes, shape (n, k)."""
    scores = codes @ head[0].astype(np.float64) + head[1]
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Floats = shares / shares.sum(axis=1, keepdims=True)
    return found


def _learned(trainer: Any, head: Head, codes: Floats, dataset: Dataset) -> Head:
    """Take the softmax that was trained."""
    kernel, bias = trainer.get_layer("clusters").get_weights()
    return frozen(kernel, np.float32), frozen(bias, np.float32)


METHOD = Method(
    name="deep.information",
    title="Information maximisation",
    head=_begin,
    trainer=_trainer,
    learned=_learned,
    shares=_softmax,
    feed=_feed,
    rule=lambda model, head: rules.Soft(model, head[0], head[1]),
    centers=lambda model, head, dataset, shares: rules.mean_centers(dataset, shares),
)
