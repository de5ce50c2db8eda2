"""Autoencoder: a network that must say each point in a few numbers, and say it again.

An encoder f leads a point x into a space of few numbers, a decoder g leads it back, and both
are trained to lose as little as possible on the way::

    minimise  sum over points of  L(x, g(f(x)))

L is the squared error, or for points from 0 to 1 the binary cross-entropy [1]_. What is alike
comes to lie together in the latent space, which is why one clusters there. A variational
network [2]_ leads a point to a normal distribution and is also paid for keeping that near to
the standard one, so that there are no gaps between what it has seen.

References
----------
.. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, chapter 14,
       https://www.deeplearningbook.org
.. [2] D. P. Kingma, M. Welling, "Auto-encoding variational Bayes", ICLR 2014,
       https://arxiv.org/abs/1312.6114
"""

import time
from typing import Any

import numpy as np

from clustering.checks import check_run
from clustering.dataset import Dataset
from clustering.deep import augmentation, networks, training
from clustering.deep.backend import device, keras
from clustering.deep.model import Model, encoded
from clustering.deep.points import check_points
from clustering.deep.recurrent import LSTM, Cells, passing_over
from clustering.deep.trail import Trail, looks
from clustering.errors import ParameterError
from clustering.progress import Report, silent

__all__ = ["LOSSES", "fit", "loss_of"]

LOSSES = {"binary cross-entropy": "binary_crossentropy", "mean squared error": "mse"}
"""What is lost on the way and back, by Keras' name."""


def fit(
    dataset: Dataset,
    *,
    network: str = "deep",
    shape: tuple[int, ...] | None = None,
    latent: int = 10,
    optimizer: str = "adam",
    learning_rate: float | None = None,
    loss: str | None = None,
    augment: str = "none",
    layers: int = 1,
    units: int = 32,
    dropout: float = 0.0,
    bidirectional: bool = False,
    decoder: str = "lstm",
    epochs: int = 20,
    batch: int = 256,
    seed: int = 0,
    validation: Dataset | None = None,
    begin: Model | None = None,
    within: float | None = None,
    report: Report = silent,
) -> Model:
    """Train an autoencoder.

    Parameters
    ----------
    dataset : Dataset
        Points of coordinates; weights count.
    network : str
        One of `networks.NETWORKS`.
    shape : tuple of int, optional
        (h, w) or (h, w, channels) where the points are images, (T, D) where they are series
        (which may be padded); (d,) when left out.
    latent : int
        Numbers that a point becomes, at most d.
    optimizer : str
        One of `training.OPTIMIZERS`.
    learning_rate : float, optional
        Its own in that table when left out.
    loss : str, optional
        One of `LOSSES`; when left out the cross-entropy for points from 0 to 1, else the
        squared error.
    augment : str
        ``"none"``, ``"shift and rotate"`` for images or ``"noise"``: what is changed about the
        points in every epoch (`augmentation`).
    layers, units, dropout, bidirectional, decoder
        Of an LSTM, as `recurrent.Cells` says; no other network has them.
    epochs : int
        How often all points are seen.
    batch : int
        Points for each step of the optimizer.
    seed : int
        Fixes the weights at the start and the order of the points.
    validation : Dataset, optional
        Points that are never trained on; their loss is measured after each epoch.
    begin : Model, optional
        An unfinished training with the same settings, to go on with.
    within : float, optional
        Seconds after which training ends with the epoch that it is at.
    report : callable
        Told after every batch.

    Returns
    -------
    Model
        With ``history["loss"]`` and the ``trail``; trained for fewer than `epochs` where
        `within` ended it.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        Where no such network can be trained on such data.
    TrainingError
        Where the loss becomes infinite.

    Notes
    -----
    Takes time proportional to epochs, points and weights. Equal seeds give equal weights on
    the same machine; the last digits may differ on another one.
    """
    check_points(dataset, "A network", series=network == LSTM)
    check_run(n_init=1, max_iter=1, tol=0.0, seed=seed)
    training.check_training(
        dataset, epochs=epochs, batch=batch, optimizer=optimizer, learning_rate=learning_rate
    )
    shape = shape or (dataset.d,)
    if int(np.prod(shape)) != dataset.d:
        raise ParameterError(f"Images of {shape} have not the {dataset.d} numbers of a point.")
    networks.checked(network, shape=shape, latent=latent)
    augmentation.check_augment(augment, shape)
    cells = Cells(layers, units, dropout, bidirectional, decoder)
    loss = _loss(dataset, "mean squared error" if network == LSTM and loss is None else loss)
    settings = {
        "network": network, "shape": shape, "latent": latent, "optimizer": optimizer,
        "learning_rate": learning_rate, "loss": loss, "augment": augment, "epochs": epochs,
        "batch": batch, "seed": seed, **(cells.settings if network == LSTM else {}),
    }  # fmt: skip
    if begin is not None and begin.epochs >= epochs:
        return begin
    began = time.monotonic()
    trainer = (
        training.live(begin.key, lambda: _trainer(settings, begin)) if begin
        else _trainer(settings, None)
    )  # fmt: skip
    points, weights = training.ready(dataset)

    def feed(epoch: int) -> tuple[Any, Any, Any]:
        seen, meant = augmentation.pair(
            points, augment=augment, shape=shape, seed=seed, epoch=epoch
        )
        if network != "variational":
            return seen, meant, weights
        rng = np.random.default_rng([seed, epoch])
        noise = rng.standard_normal((len(points), latent), dtype=np.float32)
        return [seen, noise], meant, weights

    trail = (begin.trail if begin else None) or Trail.of(dataset.n)

    def look(epoch: int) -> None:
        nonlocal trail
        codes = encoded(trainer.get_layer("encoder"), points[trail.places])
        trail = trail.longer(epoch, codes)

    history = training.go_on(
        trainer,
        feed,
        training.Batchwise(epochs, batch, seed, within),
        history=begin.history if begin else {},
        validation=_held(validation, network, latent),
        report=report,
        after=lambda epoch: look(epoch + 1) if looks(epoch + 1) else None,
    )
    if trail.epochs[-1:] != (len(history["loss"]),):
        look(len(history["loss"]))
    autoencoder = _inside(trainer, network)
    model = Model(
        network=network,
        shape=shape,
        latent=latent,
        config=autoencoder.to_json(),
        weights=tuple(autoencoder.get_weights()),
        settings=settings,
        history=history,
        epochs=len(history["loss"]),
        optimizer=training.remembered(trainer),
        seconds=(begin.seconds if begin else 0.0) + time.monotonic() - began,
        device=device(),
        trail=trail,
    )
    training.live(model.key, keep=trainer)
    return model


def _loss(dataset: Dataset, loss: str | None) -> str:
    """Give the loss that is meant; the cross-entropy wants points from 0 to 1."""
    low, high = training.extent(dataset)
    unit = low >= 0.0 and high <= 1.0
    if loss is None:
        return "binary cross-entropy" if unit else "mean squared error"
    if loss not in LOSSES:
        raise ParameterError(f"No loss '{loss}'; choose one of {', '.join(LOSSES)}.")
    if loss == "binary cross-entropy" and not unit:
        raise ParameterError(
            f"The binary cross-entropy is for values from 0 to 1; these go from {low:.3g} to "
            f"{high:.3g}. Choose the mean squared error, or min-max scaling."
        )
    return loss


def loss_of(network: str, usual: str) -> Any:
    """Give the loss that a network is trained with; an LSTM's passes padding over."""
    return passing_over() if network == LSTM else usual


def _held(validation: Dataset | None, network: str, latent: int) -> Any:
    """Give the part that is kept out as inputs and targets, without any noise."""
    if validation is None:
        return None
    points, weights = training.ready(validation)
    still = np.zeros((len(points), latent), dtype=np.float32)
    inputs = [points, still] if network == "variational" else points
    return (inputs, points) if weights is None else (inputs, points, weights)


def _trainer(settings: dict[str, Any], begin: Model | None) -> Any:
    """Build what is trained, fresh or as far as it was."""
    if begin is None:
        autoencoder = networks.built(
            settings["network"], shape=settings["shape"], latent=settings["latent"],
            output="sigmoid" if settings["loss"] == "binary cross-entropy" else "linear",
            seed=settings["seed"], cells=Cells.of(settings),
        )  # fmt: skip
    else:
        autoencoder = keras().models.model_from_json(begin.config)
        autoencoder.set_weights(begin.weights)
    variational = settings["network"] == "variational"
    trainer = _variational(autoencoder, settings["shape"]) if variational else autoencoder
    trainer.compile(
        optimizer=training.optimizer(settings["optimizer"], settings["learning_rate"]),
        loss=loss_of(settings["network"], LOSSES[settings["loss"]]),
    )
    if begin is not None:
        training.restore(trainer, begin.optimizer)
    return trainer


def _inside(trainer: Any, network: str) -> Any:
    """Give the autoencoder that a trainer trains, without what it is trained with."""
    encoder, decoder = trainer.get_layer("encoder"), trainer.get_layer("decoder")
    points = keras().Input(encoder.inputs[0].shape[1:], name="points")
    code = encoder(points)
    mean = code[0] if network == "variational" else code
    return keras().Model(points, decoder(mean), name="autoencoder")


def _variational(autoencoder: Any, shape: tuple[int, ...]) -> Any:
    """Let codes be drawn from the distributions, and pay for distance from the standard one."""
    k = keras()
    encoder, decoder = autoencoder.get_layer("encoder"), autoencoder.get_layer("decoder")
    d = int(np.prod(shape))

    class Draw(k.layers.Layer):  # type: ignore[name-defined,misc]
        """Mean, log variance and standard normal noise become a code and its price."""

        def call(self, parts: Any) -> Any:
            mean, log_variance, noise = parts
            price = k.ops.exp(log_variance) + k.ops.square(mean) - 1.0 - log_variance
            self.add_loss(0.5 * k.ops.mean(k.ops.sum(price, axis=1)) / d)
            return mean + k.ops.exp(0.5 * log_variance) * noise

    points = k.Input((d,), name="points")
    mean, log_variance = encoder(points)
    noise = k.Input(mean.shape[1:], name="noise")
    return k.Model([points, noise], decoder(Draw(name="draw")([mean, log_variance, noise])))
