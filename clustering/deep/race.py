r"""Race: the same network trained by several optimizers, measured after every epoch.

Adadelta [1]_ finds the length of each step by itself,

.. math:: \Delta x_t = -\eta \, \frac{\mathrm{RMS}(\Delta x)_{t-1}}{\mathrm{RMS}(g)_t} \, g_t ,

and its paper has no learning rate :math:`\eta`: it is 1. Keras had it at 1.0 when its
examples were written and has 0.001 today, under the same name, so that every step is a
thousandth of what was meant. Adam [2]_ was meant for 0.001.

References
----------
.. [1] M. D. Zeiler, "ADADELTA: an adaptive learning rate method", 2012,
       https://arxiv.org/abs/1212.5701
.. [2] D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015,
       https://arxiv.org/abs/1412.6980
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from clustering.dataset import Dataset, Floats, digest, frozen
from clustering.deep import autoencoder, networks, training
from clustering.deep.model import Model, Weights
from clustering.errors import ParameterError
from clustering.geometry.components import components
from clustering.progress import Report, Step, part, silent
from clustering.validity.reconstruction import error_of

__all__ = ["RUNS", "Race", "Run", "race"]

Entry = tuple[str, float]
"""Name and learning rate of an optimizer."""

RUNS: tuple[Entry, ...] = (("adadelta", 0.001), ("adadelta", 1.0), ("adam", 0.001))
"""What the recipe's code means today, what it meant, and what one takes now."""

MOST_RUNS = 6


@dataclass(frozen=True, eq=False, slots=True)
class Run:
    """One training.

    Attributes
    ----------
    optimizer : str
        Its name in Keras.
    learning_rate : float
        What it was given.
    errors : ndarray of shape (epochs + 1,)
        Mean squared error of a coordinate, before the first epoch and after each.
    loss : ndarray of shape (epochs,)
        What the optimizer was asked to make small.
    moved : float
        Length of the way from the first weights to the last, in lengths of the first.
    steps : int
        Steps of the optimizer.
    """

    optimizer: str
    learning_rate: float
    errors: Floats
    loss: Floats
    moved: float
    steps: int

    @property
    def name(self) -> str:
        """How it is called: ``"adadelta at 0.001"``."""
        return f"{self.optimizer} at {self.learning_rate:g}"


@dataclass(frozen=True, eq=False, slots=True)
class Race:
    """Several trainings that began with the same weights and saw the same points.

    Attributes
    ----------
    runs : tuple of Run
        In the order in which they were named.
    mean_error : float
        Error where every point is taken for the mean of all.
    pca_error : float
        Error of as many principal components as the latent space has numbers.
    latent, epochs, n : int
        Numbers that pass the bottleneck, epochs of each training, and points.
    device : str
        What they were trained on.
    key : str
        Digest of what was measured.
    """

    runs: tuple[Run, ...]
    mean_error: float
    pca_error: float
    latent: int
    epochs: int
    n: int
    device: str
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Compute the key."""
        told = [(run.name, run.steps) for run in self.runs]
        errors = [run.errors for run in self.runs]
        object.__setattr__(self, "key", digest(told, self.n, self.latent, *errors))


def race(
    dataset: Dataset,
    *,
    network: str = "recipe",
    shape: tuple[int, ...] | None = None,
    latent: int = 32,
    loss: str | None = None,
    runs: Sequence[Entry] = RUNS,
    epochs: int = 10,
    batch: int = 256,
    seed: int = 0,
    report: Report = silent,
) -> Race:
    """Train the same network from the same start with each optimizer.

    Parameters
    ----------
    dataset : Dataset
        Points of coordinates; weights count.
    network, shape, latent, loss, batch, seed
        As for `autoencoder.fit`.
    runs : sequence of (str, float)
        Names and learning rates, from 1 to 6 of them.
    epochs : int
        How often each sees all points.
    report : callable
        Told after every batch.

    Returns
    -------
    Race
        Errors are of the points that were trained on.

    Raises
    ------
    ParameterError, UnsupportedError, DataError, TrainingError
        As `autoencoder.fit` raises them.
    """
    if not 1 <= len(runs) <= MOST_RUNS:
        raise ParameterError(f"{len(runs)} optimizers; choose from 1 to {MOST_RUNS}.")
    for optimizer, rate in runs:
        training.check_training(
            dataset, epochs=epochs, batch=batch, optimizer=optimizer, learning_rate=rate
        )
    shares = [100.0 * place / len(runs) for place in range(len(runs) + 1)]
    found, model = list[Run](), None
    for place, (optimizer, rate) in enumerate(runs):
        within, errors = part(report, shares[place], shares[place + 1]), list[float]()
        model = None
        for epoch in range(1, epochs + 1):
            model = autoencoder.fit(
                dataset,
                network=network,
                shape=shape,
                latent=latent,
                optimizer=optimizer,
                learning_rate=rate,
                loss=loss,
                epochs=epoch,
                batch=batch,
                seed=seed,
                begin=model,
                report=_of(within, f"{optimizer} at {rate:g}", epoch, epochs),
            )
            if not errors:
                first = _untrained(model, seed)
                errors.append(error_of(dataset, first.reconstruct))
            errors.append(error_of(dataset, model.reconstruct))
        assert model is not None  # there is at least one epoch, or `fit` raises
        found.append(
            Run(
                optimizer,
                float(rate),
                frozen(errors),
                model.history["loss"],
                _moved(first.weights, model.weights),
                epochs * -(-dataset.n // batch),
            )
        )
    assert model is not None
    plain = components(dataset)
    return Race(
        tuple(found),
        error_of(dataset, plain.back(0)),
        error_of(dataset, plain.back(latent)),
        latent,
        epochs,
        dataset.n,
        model.device,
    )


def _untrained(model: Model, seed: int) -> Model:
    """Give the network as it was before its first epoch."""
    loss = str(model.settings["loss"])
    fresh = networks.built(
        model.network,
        shape=model.shape,
        latent=model.latent,
        output="sigmoid" if loss == "binary cross-entropy" else "linear",
        seed=seed,
    )
    return replace(model, weights=tuple(fresh.get_weights()), epochs=0, history={}, optimizer=())


def _moved(before: Weights, after: Weights) -> float:
    """Give how far weights went, in lengths of what they were."""
    way = sum(float(np.square(b - a).sum()) for a, b in zip(before, after, strict=True))
    return float(np.sqrt(way / sum(float(np.square(a).sum()) for a in before)))


def _of(report: Report, name: str, epoch: int, epochs: int) -> Report:
    """Report on one epoch after the other as on one training of all."""
    # `fit` counts the batches of all epochs that it knows of, which are those up to this one.
    return lambda step: report(
        Step(round(1000 * step.share * epoch / epochs), 1000, f"{name}: epoch {epoch} of {epochs}")
    )
