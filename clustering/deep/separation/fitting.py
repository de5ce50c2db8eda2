"""An autoencoder that goes on being trained, and paid for clusters that lie apart."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from clustering.checks import is_finite, shown
from clustering.dataset import Dataset, Floats, frozen
from clustering.deep import rules, soft, training
from clustering.deep.autoencoder import loss_of
from clustering.deep.backend import keras
from clustering.deep.beginning import parted, pretrained, space
from clustering.deep.clustered import Clustered
from clustering.deep.method import Head, Look, Method, Settings
from clustering.deep.model import Model
from clustering.deep.recurrent import LSTM
from clustering.deep.refining import refine as course
from clustering.deep.separation.rewarding import reward
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
    """Go on training an autoencoder, paid for clusters that lie apart.

    Parameters
    ----------
    dataset, model, k, epochs, batch, optimizer, learning_rate, augment, seed
        As for `dec.refine`.
    strength : float
        The weight lambda of the reward, from 0.
    begin, within, report
        As for `dec.refine`.

    Returns
    -------
    Clustered
        ``history``: ``loss``, its parts ``decoder_loss`` and ``apart_loss`` (1 - R), and
        ``changed``, the share of points that changed their cluster. ``centers`` are decoded.

    Raises
    ------
    ParameterError, UnsupportedError, DataError, TrainingError
        Where it cannot be trained like this; the sentence says why.

    Notes
    -----
    An epoch costs O(n) times the weights of encoder and decoder.
    """
    if not is_finite(strength) or strength < 0:
        raise ParameterError(
            f"lambda = {shown(strength)}; choose a number from 0: a negative one would pay for "
            "clusters that overlap."
        )
    settings = {
        "optimizer": optimizer,
        "learning_rate": learning_rate,
        "strength": float(strength),
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
    epochs: int = 20,
    batch: int = 256,
    optimizer: str = "adam",
    learning_rate: float | None = None,
    augment: str = "none",
    seed: int = 0,
    report: Report = silent,
) -> Partition:
    """Train an autoencoder of `pretraining` epochs, and go on as `refine` does.

    Parameters
    ----------
    dataset, k, strength, epochs, batch, optimizer, learning_rate, augment, seed, report
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
        dataset, model=model, k=k, strength=strength, epochs=epochs, batch=batch,
        optimizer=optimizer, learning_rate=learning_rate, augment=augment, seed=seed,
        report=part(report, 50, 100),
    ).partition  # fmt: skip


def _begin(centers: Floats, codes: Floats, dataset: Dataset) -> Head:
    """Begin with the centers of k-means, and the length that memberships are measured in."""
    scale = rules.spread(codes, centers, dataset)
    return frozen(centers, np.float32), frozen([scale], np.float32)


def _trainer(autoencoder: Any, head: Head, settings: Settings) -> Any:
    """Look at the codes beside the way back."""
    k = keras()
    points = k.Input(autoencoder.inputs[0].shape[1:], name="points")
    codes = soft.codes_of(autoencoder.get_layer("encoder"), points)
    back = autoencoder.get_layer("decoder")(codes)
    trainer = k.Model(points, [k.layers.Identity(name="apart")(codes), back])

    names = [layer.name for layer in autoencoder.get_layer("encoder").layers]
    network = LSTM if "pass_over" in names else ""

    def together(owners: Any, found: Any) -> Any:
        return 1.0 - reward(found, owners, ops=k.ops)

    trainer.compile(
        optimizer=training.optimizer(settings["optimizer"], settings["learning_rate"]),
        loss=[together, loss_of(network, "mse")],
        loss_weights=[settings["strength"], 1.0],
    )
    return trainer


def _feed(look: Look) -> tuple[Any, Any, Any]:
    """Tell the loss who is in which cluster, by weight, and train the variants back."""
    owners = np.eye(look.shares.shape[1], dtype=np.float32)[look.shares.argmax(axis=1)]
    if look.weights is None:
        return look.shown, [owners, look.meant], None
    one = np.ones_like(look.weights)
    return look.shown, [owners * look.weights[:, None], look.meant], [one, look.weights]


def _learned(trainer: Any, head: Head, codes: Floats, dataset: Dataset) -> Head:
    """Run k-means from the centers of the epoch before."""
    found = parted(space(dataset, codes), k=len(head[0]), init=head[0].astype(np.float64))
    assert found.centers is not None
    return _begin(found.centers, codes, dataset)


METHOD = Method(
    name="deep.separation",
    title="Separation",
    head=_begin,
    trainer=_trainer,
    learned=_learned,
    shares=lambda codes, head: rules.student(codes, head[0], scale=float(head[1][0])),
    feed=_feed,
    rule=lambda model, head: rules.InLatent(model, head[0]),
    centers=lambda model, head, dataset, shares: rules.decoded_centers(model, head[0]),
)
