"""The loop over epochs that all networks share: watched, stopped, and gone on with exactly.

Keras' own ``fit`` does each epoch. All that is random in an epoch follows from the seed and
the number of the epoch, and what the optimizer remembers is kept with the weights; so a
training that was stopped after any epoch and gone on with ends where one without a stop does.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clustering.checks import is_finite, is_whole, shown
from clustering.dataset import Dataset, Floats
from clustering.deep.backend import keras, seeded
from clustering.deep.model import STEPWISE
from clustering.errors import DataError, ParameterError, TrainingError
from clustering.progress import Report, Step

__all__ = [
    "OPTIMIZERS",
    "Batchwise",
    "check_steps",
    "check_training",
    "extent",
    "go_on",
    "live",
    "optimizer",
    "ready",
    "remembered",
    "restore",
    "stepwise",
]

Array = NDArray[np.float32]
Feed = Callable[[int], tuple[Any, Any, Array | None]]
"""Inputs, targets and sample weights of an epoch, by its number from 0."""

OPTIMIZERS = {"adam": 1e-3, "adadelta": 1.0, "rmsprop": 1e-3, "sgd": 1e-2}
"""Ways of stepping downhill, each with its learning rate where none is named."""

LARGEST = 1e15
"""Of a coordinate; beyond, squares of single precision come near to infinity."""

MOST_EPOCHS = 100_000

_live: OrderedDict[str, Any] = OrderedDict()
_last: "OrderedDict[str, _Ready]" = OrderedDict()


def check_training(
    dataset: Dataset, *, epochs: int, batch: int, optimizer: str, learning_rate: float | None
) -> None:
    """Raise ParameterError or DataError where no training could be done like this."""
    if dataset.n < 2:
        raise DataError("There is a single point; a network needs at least two to learn from.")
    low, high = extent(dataset)
    if max(high, -low) > LARGEST:
        raise DataError(
            f"The largest value is {max(high, -low):.3g}, which is too large for a "
            "network; scale the columns."
        )
    check_steps(epochs=epochs, batch=batch, optimizer=optimizer, learning_rate=learning_rate)


def check_steps(*, epochs: int, batch: int, optimizer: str, learning_rate: float | None) -> None:
    """Raise ParameterError where no training could go like this, on whatever data."""
    if not is_whole(epochs) or not 1 <= epochs <= MOST_EPOCHS:
        raise ParameterError(
            f"epochs = {shown(epochs)}; choose a whole number from 1 to {MOST_EPOCHS:,}."
        )
    if not is_whole(batch) or batch < 1:
        raise ParameterError(f"batch = {shown(batch)}; choose a whole number from 1.")
    if optimizer not in OPTIMIZERS:
        raise ParameterError(
            f"No optimizer {shown(optimizer)}; choose one of {', '.join(OPTIMIZERS)}."
        )
    if learning_rate is not None and not (is_finite(learning_rate) and learning_rate > 0):
        raise ParameterError(f"learning_rate = {shown(learning_rate)}; choose a positive number.")


@dataclass(frozen=True, eq=False, slots=True)
class _Ready:
    """Points that were trained on or measured last, so that the next piece finds them."""

    points: Array
    weights: Array | None
    extent: tuple[float, float]


def _ready(dataset: Dataset) -> _Ready:
    if dataset.key not in _last:
        with np.errstate(over="ignore"):  # what is too large is refused by its extent
            points = np.asarray(dataset.points, dtype=np.float32)
        mass = dataset.weights
        weights = None if mass is None else np.asarray(mass / mass.mean(), dtype=np.float32)
        extent = float(dataset.points.min()), float(dataset.points.max())
        _last[dataset.key] = _Ready(points, weights, extent)
        while len(_last) > 2:  # the part that is learned from, and the one that is kept out
            _last.popitem(last=False)
    return _last[dataset.key]


def ready(dataset: Dataset) -> tuple[Array, Array | None]:
    """Give points and weights as networks take them: single precision, weights of mean one."""
    found = _ready(dataset)
    return found.points, found.weights


def extent(dataset: Dataset) -> tuple[float, float]:
    """Give the smallest and the largest coordinate."""
    return _ready(dataset).extent


def optimizer(name: str, learning_rate: float | None) -> Any:
    """Make an optimizer; where no learning rate is given it has that of `OPTIMIZERS`."""
    rate = OPTIMIZERS[name] if learning_rate is None else learning_rate
    return keras().optimizers.get({"class_name": name, "config": {"learning_rate": float(rate)}})


def remembered(trainer: Any) -> tuple[NDArray[Any], ...]:
    """Give what the optimizer of a compiled model remembers."""
    to_numpy = keras().ops.convert_to_numpy
    return tuple(np.array(to_numpy(each.value)) for each in trainer.optimizer.variables)


def restore(trainer: Any, memory: tuple[NDArray[Any], ...]) -> None:
    """Let the optimizer of a compiled model remember what another one did."""
    if memory:
        trainer.optimizer.build(trainer.trainable_variables)
        for variable, value in zip(trainer.optimizer.variables, memory, strict=True):
            variable.assign(value)


@dataclass(frozen=True, slots=True)
class Batchwise:
    """How a training goes: which epochs, in which batches, and for how long.

    Attributes
    ----------
    epochs : int
        The epoch at which it ends, counted from the very beginning.
    batch : int
        Points for each step of the optimizer.
    seed : int
        Fixes all that is random, together with the number of the epoch.
    within : float or None
        Seconds after which it ends with the epoch that it is at.
    """

    epochs: int
    batch: int
    seed: int
    within: float | None = None


def go_on(
    trainer: Any,
    feed: Feed,
    how: Batchwise,
    *,
    history: Mapping[str, Floats],
    report: Report,
    validation: Any = None,
    after: Callable[[int], None] | None = None,
    what: str = "",
) -> dict[str, Floats]:
    """Train a compiled model from the epoch that its history ends with.

    Parameters
    ----------
    trainer : keras.Model
        Compiled, with the weights and the optimizer's memory of the epochs before.
    feed : callable
        What to train on in an epoch.
    how : Batchwise
        Epochs, batches, seed and time.
    history : mapping of str to ndarray
        Of the epochs before; empty at the beginning.
    report : callable
        Told after every batch; what it raises ends the training.
    validation : tuple of inputs and targets, optional
        A part that is never trained on, measured after each epoch.
    after : callable, optional
        Called with the number of each epoch that is done.
    what : str
        Said before the number of the epoch, e.g. ``"DEC: "``.

    Returns
    -------
    dict of str to ndarray of shape (epochs,)
        The history, all epochs so far.

    Raises
    ------
    TrainingError
        Where the loss is no finite number any more.
    """
    rows = {name: list(row) for name, row in history.items()}
    done = max((len(row) for row in rows.values()), default=0)
    began = time.monotonic()
    watch = _watch(how, report, what)
    by_steps = stepwise(trainer)
    for epoch in range(done, how.epochs):
        if epoch and not by_steps:  # the first goes on from where the weights were drawn
            seeded(how.seed, epoch)
        x, y, weights = feed(epoch)
        if by_steps:
            x, y, weights = _shuffled(x, y, weights, how.seed, epoch)
        watch.epoch = epoch
        if epoch == done:
            _prepare(trainer, x, y)
        _redraw(trainer, how.seed, epoch)
        found = trainer.fit(
            x, y, sample_weight=weights, batch_size=how.batch, epochs=1, verbose=0,
            shuffle=not by_steps,
            callbacks=[watch], validation_data=validation,
            validation_batch_size=max(how.batch, 1024),
        ).history  # fmt: skip
        for name, values in found.items():
            rows.setdefault(name, []).append(float(values[0]))
        if after is not None:
            after(epoch)
        if how.within is not None and time.monotonic() - began > how.within:
            break
    return {name: np.asarray(row, dtype=np.float64) for name, row in rows.items()}


def stepwise(network: Any) -> bool:
    """Say whether a network reads step by step.

    Such a network is shuffled here and not seeded before every epoch: TensorFlow would
    prepare its loops once more each time, which takes longer than a short epoch.
    """
    return any(
        type(layer).__name__ in STEPWISE or (hasattr(layer, "layers") and stepwise(layer))
        for layer in network.layers
    )


def _shuffled(x: Any, y: Any, weights: Any, seed: int, epoch: int) -> tuple[Any, Any, Any]:
    """Put what an epoch is fed into an order that follows from seed and epoch."""
    first = x[0] if isinstance(x, list) else x
    order = np.random.default_rng([seed, epoch, len(first)]).permutation(len(first))

    def taken(arrays: Any) -> Any:
        if arrays is None or not isinstance(arrays, list):
            return None if arrays is None else arrays[order]
        return [each[order] for each in arrays]

    return taken(x), taken(y), taken(weights)


def _redraw(trainer: Any, seed: int, epoch: int) -> None:
    """Let what is dropped out in an epoch follow from its number, not from what was before."""
    found = [each for each in trainer.variables if each.name == "seed_generator_state"]
    for place, state in enumerate(found):
        numbers = np.random.SeedSequence([seed, epoch, place]).generate_state(2)
        state.assign(numbers.astype(state.dtype))


def _prepare(trainer: Any, x: Any, y: Any) -> None:
    """Make what a step of the optimizer needs, or TensorFlow compiles the step twice.

    The first time it finds that variables are made on the way, and begins anew. This halves
    the seconds before a network begins to learn.
    """

    def one(arrays: Any) -> Any:
        return [each[:1] for each in arrays] if isinstance(arrays, list) else arrays[:1]

    if not trainer.optimizer.built:
        trainer.optimizer.build(trainer.trainable_variables)
    trainer.compute_loss(one(x), one(y), trainer(one(x)))


def _watch(how: Batchwise, report: Report, what: str) -> Any:
    """Make the callback that reports after each batch and ends where nothing is learned."""

    class Watch(keras().callbacks.Callback):  # type: ignore[misc]
        epoch = 0

        def on_train_batch_end(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
            loss = float((logs or {}).get("loss", 0.0))
            if not np.isfinite(loss):
                rate = float(keras().ops.convert_to_numpy(self.model.optimizer.learning_rate))
                raise TrainingError(
                    f"In epoch {self.epoch + 1} the loss is no finite number any more, so "
                    f"nothing more can be learned: choose a learning rate below {rate:g}, or "
                    "scale the columns."
                )
            batches = self.params["steps"] or batch + 1
            report(
                Step(
                    self.epoch * batches + batch + 1,
                    how.epochs * batches,
                    f"{what}epoch {self.epoch + 1} of {how.epochs}, loss {loss:.4g}",
                )
            )

    return Watch()


def live(key: str, made: Callable[[], Any] | None = None, keep: Any = None) -> Any:
    """Keep the network that was trained last, so that going on needs not build it again.

    ``live(key, keep=trainer)`` keeps it under the key of what it was trained to;
    ``live(key, made)`` takes it away again, or makes it. Whoever takes it may train it.
    """
    if keep is not None:
        _live.clear()
        _live[key] = keep
        return keep
    found = _live.pop(key, None)
    return found if found is not None or made is None else made()
