r"""IDEC: DEC that does not forget what the points look like.

`dec` gives the decoder up, and nothing keeps the codes from running together. Here it stays, and
what is lowered is the loss of the way back and, a little, the divergence from the sharpened
shares:

.. math:: \frac{1}{n} \sum_i \lVert x_i - g(f(x_i)) \rVert^2 / d + \gamma \, KL(P \Vert Q) .

So the centers can still be decoded and looked at.

References
----------
X. Guo, L. Gao, X. Liu, J. Yin, Improved deep embedded clustering with local structure
preservation, IJCAI 2017.
"""

from collections.abc import Mapping
from typing import Any

from clustering.checks import is_finite, shown
from clustering.dataset import Dataset
from clustering.deep import rules, soft, training
from clustering.deep.autoencoder import loss_of
from clustering.deep.backend import keras
from clustering.deep.beginning import pretrained
from clustering.deep.clustered import Clustered
from clustering.deep.method import Head, Look, Method, Settings
from clustering.deep.model import Model
from clustering.deep.recurrent import LSTM
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
    gamma: float = 0.1,
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
    """Refine the clusters in the space of a trained autoencoder, and keep it one.

    Parameters
    ----------
    dataset, model, k, epochs, batch, optimizer, learning_rate, augment, seed
        As for `dec.refine`.
    gamma : float
        How much the divergence counts beside the mean squared error, from 0; the paper has 0.1.
    begin, within, report
        As for `dec.refine`.

    Returns
    -------
    Clustered
        ``history``: ``loss``, its parts ``clusters_loss`` and ``decoder_loss``, and
        ``changed``, the share of points that changed their cluster. ``centers`` are decoded.

    Raises
    ------
    ParameterError, UnsupportedError, DataError, TrainingError
        Where it cannot be trained like this; the sentence says why.

    Notes
    -----
    An epoch costs O(n) times the weights of encoder and decoder.
    """
    if not is_finite(gamma) or gamma < 0:
        raise ParameterError(f"gamma = {shown(gamma)}; choose a number from 0, such as 0.1.")
    settings = {"optimizer": optimizer, "learning_rate": learning_rate, "gamma": float(gamma)}
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
    gamma: float = 0.1,
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
    dataset, k, gamma, epochs, batch, optimizer, learning_rate, augment, seed, report
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
        dataset, model=model, k=k, gamma=gamma, epochs=epochs, batch=batch, optimizer=optimizer,
        learning_rate=learning_rate, augment=augment, seed=seed, report=part(report, 50, 100),
    ).partition  # fmt: skip


def _trainer(autoencoder: Any, head: Head, settings: Settings) -> Any:
    """Put the clusters behind the encoder, beside the decoder."""
    k = keras()
    points = k.Input(autoencoder.inputs[0].shape[1:], name="points")
    codes = soft.codes_of(autoencoder.get_layer("encoder"), points)
    back = autoencoder.get_layer("decoder")(codes)
    trainer = k.Model(points, [soft.assigning(codes, head), back])
    names = [layer.name for layer in autoencoder.get_layer("encoder").layers]
    network = LSTM if "pass_over" in names else ""
    trainer.compile(
        optimizer=training.optimizer(settings["optimizer"], settings["learning_rate"]),
        loss=["kld", loss_of(network, "mse")],
        loss_weights=[settings["gamma"], 1.0],
    )
    return trainer


def _feed(look: Look) -> tuple[Any, Any, Any]:
    """Train the variants towards the sharpened shares, and back to themselves."""
    weights = None if look.weights is None else [look.weights, look.weights]
    return look.shown, [soft.target(look), look.meant], weights


METHOD = Method(
    name="deep.idec",
    title="IDEC",
    head=soft.begin,
    trainer=_trainer,
    learned=soft.learned,
    shares=lambda codes, head: rules.student(codes, head[0]),
    feed=_feed,
    rule=lambda model, head: rules.InLatent(model, head[0]),
    centers=lambda model, head, dataset, shares: rules.decoded_centers(model, head[0]),
)
