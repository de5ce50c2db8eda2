"""An autoencoder that is looked at while it learns: where some points lay at some epochs.

`autoencoder.fit` gives what there is at the end. Here it goes epoch by epoch, which gives the
very same network, and after some of them a few points are led into the latent space and
remembered, so that the whole way can be replayed.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from clustering.dataset import Dataset, Floats, Integers
from clustering.deep import autoencoder, training
from clustering.deep.clustered import Singles
from clustering.deep.model import Model
from clustering.deep.refining import encoded
from clustering.progress import Report, Step, silent

__all__ = ["Watched", "fit"]

SHOWN = 2_000
"""Points that are remembered, at most."""

KEPT = 24
"""Epochs that are remembered, about; of more every second one is left out."""


@dataclass(frozen=True, eq=False, slots=True)
class Watched:
    """A network, and where some points lay in its space on the way.

    Attributes
    ----------
    model : Model
        What was trained.
    places : ndarray of shape (p,)
        Which of the points are remembered.
    times : tuple of m int
        After how many epochs.
    codes : tuple of m ndarrays of shape (p, latent), float32
        Where they lay.
    """

    model: Model
    places: Integers
    times: tuple[int, ...]
    codes: tuple[Singles, ...]
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Be known by the model."""
        object.__setattr__(self, "key", self.model.key)

    @property
    def n(self) -> int:
        """Numbers that were learned."""
        return self.model.n

    @property
    def epochs(self) -> int:
        """How often the network has seen all points."""
        return self.model.epochs

    @property
    def seconds(self) -> float:
        """Time that training took."""
        return self.model.seconds

    @property
    def device(self) -> str:
        """What it was trained on."""
        return self.model.device


def fit(
    dataset: Dataset,
    *,
    epochs: int = 20,
    begin: Watched | None = None,
    within: float | None = None,
    report: Report = silent,
    **settings: Any,
) -> Watched:
    """Train an autoencoder and look at it on the way.

    Parameters
    ----------
    dataset : Dataset
        Points of coordinates.
    epochs : int
        How often all points are seen.
    begin : Watched, optional
        An unfinished training with the same settings, to go on with.
    within : float, optional
        Seconds after which training ends with the epoch that it is at.
    report : callable
        Told after every batch.
    **settings
        As for `autoencoder.fit`.

    Returns
    -------
    Watched
        Its model has the weights that `autoencoder.fit` gives.

    Raises
    ------
    ParameterError, UnsupportedError, DataError, TrainingError
        As `autoencoder.fit` does.
    """
    places = np.unique(np.linspace(0, dataset.n - 1, min(dataset.n, SHOWN)).astype(np.int64))
    some = dataset.points[places]
    model = begin.model if begin else None
    times, codes = (begin.times, begin.codes) if begin else ((), ())
    while model is None or model.epochs < epochs:
        done = model.epochs if model else 0
        spent = (model.seconds if model else 0.0) - (begin.seconds if begin else 0.0)
        if within is not None and model is not None and done > _epochs(begin) and spent >= within:
            break
        model = autoencoder.fit(
            dataset, epochs=done + 1, begin=model, report=_of_all(report, done, epochs), **settings
        )
        step = _step(model.epochs)
        if model.epochs % step == 0 or model.epochs == epochs:
            keep = [i for i, each in enumerate(times) if each % step == 0]
            times = (*(times[i] for i in keep), model.epochs)
            codes = (*(codes[i] for i in keep), _seen(model, some))
    return Watched(model, places, times, codes)


def _seen(model: Model, points: Floats) -> Singles:
    """Lead points through the network that was just trained, so that it need not be built."""
    trainer = training.live(model.key)
    if trainer is None:
        return model.encode(points).astype(np.float32)
    codes = encoded(trainer.get_layer("encoder"), points.astype(np.float32))
    training.live(model.key, keep=trainer)
    return codes.astype(np.float32)


def _epochs(begin: Watched | None) -> int:
    return begin.epochs if begin else 0


def _step(epoch: int) -> int:
    """Give the distance of the epochs that are remembered when so many are done.

    Examples
    --------
    >>> [_step(epoch) for epoch in (1, 24, 25, 49, 200)]
    [1, 1, 2, 4, 16]
    """
    step = 1
    while epoch > KEPT * step:
        step *= 2
    return step


def _of_all(report: Report, done: int, epochs: int) -> Report:
    """Report an epoch as one of all of them."""

    def told(step: Step) -> None:
        loss = step.message.partition(", ")[2]
        words = f"epoch {done + 1} of {epochs}{', ' if loss else ''}{loss}"
        report(Step(round(1000 * step.share * (done + 1)), 1000 * epochs, words))

    return told
