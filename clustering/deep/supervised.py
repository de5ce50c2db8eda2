"""Supervised training: what all networks that learn from examples share.

The loop over epochs is that of every network here (`training`): stopped after any epoch and
gone on with, it ends where one without a stop does. The part that is held out is measured
after each epoch and never learned from.
"""

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clustering.checks import check_run, is_finite, is_whole, shown
from clustering.deep import training
from clustering.deep.backend import device, keras
from clustering.deep.predictor import Predictor
from clustering.errors import DataError, ParameterError
from clustering.progress import Report

__all__ = ["CLASSES", "VALUES", "Lesson", "check", "learned"]

Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Aim:
    """What a network is taught to do well.

    Attributes
    ----------
    loss : str
        By Keras' name.
    metrics : tuple of str
        What is measured beside it.
    """

    loss: str
    metrics: tuple[str, ...] = ()


VALUES = Aim("mse")
"""To come near to numbers."""

CLASSES = Aim("sparse_categorical_crossentropy", ("accuracy",))
"""To give the right class much probability; classes are numbers from 0, as no one-hot rows."""


@dataclass(frozen=True, eq=False, slots=True)
class Lesson:
    """Examples: inputs and what they should lead to.

    Attributes
    ----------
    inputs : ndarray of shape (n, width)
        What a network is fed.
    targets : ndarray of shape (n,) or (n, outputs)
        What it should answer.
    held : tuple of two ndarrays, or None
        Inputs and targets that are measured and never learned from.
    """

    inputs: Numbers
    targets: Numbers
    held: tuple[Numbers, Numbers] | None = None


def check(
    *, n: int, epochs: int, batch: int, optimizer: str, learning_rate: float | None, seed: int
) -> None:
    """Raise ParameterError or DataError where no training could be done like this."""
    if n < 2:
        raise DataError(
            f"There {'is a single example' if n else 'are no examples'} to learn from; a network "
            "needs at least two."
        )
    check_run(n_init=1, max_iter=1, tol=0.0, seed=seed)
    training.check_steps(
        epochs=epochs, batch=batch, optimizer=optimizer, learning_rate=learning_rate
    )


def check_part(name: str, value: float) -> float:
    """Give a share from 0 to below 1, or raise ParameterError."""
    if not is_finite(value) or not 0.0 <= value < 1.0:
        raise ParameterError(
            f"{name} = {shown(value)}; choose a share from 0 to below 1, such as 0.2."
        )
    return float(value)


def whole(name: str, value: int, *, least: int = 1, most: int) -> int:
    """Give a whole number within limits, or raise ParameterError."""
    if not is_whole(value) or not least <= value <= most:
        raise ParameterError(
            f"{name} = {shown(value)}; choose a whole number from {least:,} to {most:,}."
        )
    return int(value)


def learned(
    kind: str,
    lesson: Lesson,
    *,
    built: Callable[[], Any],
    aim: Aim,
    settings: Mapping[str, Any],
    ground: str,
    begin: Predictor | None,
    within: float | None,
    report: Report,
) -> Predictor:
    """Train a network on examples, from its beginning or from where it was.

    Parameters
    ----------
    kind : str
        What it predicts, as `Predictor.kind` says it.
    lesson : Lesson
        The examples.
    built : callable
        Gives the Keras model with fresh weights.
    aim : Aim
        `VALUES` or `CLASSES`.
    settings : mapping of str to value
        With ``optimizer``, ``learning_rate``, ``epochs``, ``batch`` and ``seed``.
    ground : str
        Key of what the examples are from.
    begin : Predictor or None
        An unfinished training with the same settings.
    within : float or None
        Seconds after which training ends with the epoch that it is at.
    report : callable
        Told after every batch.

    Returns
    -------
    Predictor
        Trained for fewer epochs than the settings say where `within` ended it.

    Raises
    ------
    TrainingError
        Where the loss is no finite number any more.
    """
    if begin is not None and begin.epochs >= settings["epochs"]:
        return begin
    began = time.monotonic()

    def made() -> Any:
        return _compiled(built, aim, settings, begin)

    trainer = training.live(begin.key, made) if begin else made()
    history = training.go_on(
        trainer,
        lambda epoch: (lesson.inputs, lesson.targets, None),
        training.Batchwise(settings["epochs"], settings["batch"], settings["seed"], within),
        history=begin.history if begin else {},
        validation=lesson.held,
        report=report,
    )
    predictor = Predictor(
        kind=kind,
        config=config_of(trainer) if begin is None else begin.config,
        weights=tuple(trainer.get_weights()),
        settings=dict(settings),
        history=history,
        epochs=len(history["loss"]),
        optimizer=training.remembered(trainer),
        seconds=(begin.seconds if begin else 0.0) + time.monotonic() - began,
        device=device(),
        ground=ground,
    )
    training.live(predictor.key, keep=trainer)
    return predictor


def _compiled(
    built: Callable[[], Any], aim: Aim, settings: Mapping[str, Any], begin: Predictor | None
) -> Any:
    """Build what is trained, fresh or as far as it was."""
    if begin is None:
        network = built()
    else:
        network = keras().models.model_from_json(begin.config)
        network.set_weights(begin.weights)
    network.compile(
        optimizer=training.optimizer(settings["optimizer"], settings["learning_rate"]),
        loss=aim.loss,
        metrics=list(aim.metrics),
    )
    if begin is not None:
        training.restore(network, begin.optimizer)
    return network


def config_of(network: Any) -> str:
    """Write the layers down, so that equal networks are written equally.

    Keras numbers what has no name of its own, such as the steps that find a mask, by how many of
    them there were in this process before.
    """
    told = json.loads(network.to_json())
    told.pop("compile_config", None)
    text = json.dumps(told)
    for kind in ("not_equal", "any"):
        found = dict.fromkeys(re.findall(rf'"({kind}(?:_\d+)?)"', text))
        for place, name in enumerate(found):
            text = text.replace(f'"{name}"', f'"{kind}:{place}"')
        text = text.replace(f'"{kind}:', f'"{kind}_')
    return text


def single(numbers: Any) -> NDArray[np.float32]:
    """Give numbers as networks take them."""
    return np.asarray(numbers, dtype=np.float32)
