"""What all methods share that go on training a network for the sake of its clusters.

Each begins with k-means in the space of a trained autoencoder, and then goes through epochs.
Before each it looks where the points are now, decides what they should become, and trains one
epoch towards that. `Method` says what differs; `refine` is the course that they share. What an
epoch does follows from the weights, the optimizer's memory, the seed and the number of the
epoch alone, so that a training may be stopped after any epoch and gone on with.
"""

import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clustering.dataset import Dataset, Floats, digest, frozen
from clustering.deep import augmentation, training
from clustering.deep.backend import device, keras, seeded
from clustering.deep.beginning import beginning, check_start, started
from clustering.deep.clustered import Clustered
from clustering.deep.method import Head, Look, Method, Settings
from clustering.deep.model import Model, encoded
from clustering.deep.trail import Trail
from clustering.errors import DataError
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step

__all__ = ["refine"]

STILL = 0.001
"""Share of points that change their cluster in an epoch below which the answer has settled."""


class Course:
    """One training under way: the network, and what was seen of it so far."""

    def __init__(
        self,
        dataset: Dataset,
        method: Method,
        live: tuple[Any, Any],
        head: Head,
        begin: Clustered | None,
    ) -> None:
        """Begin where `begin` ended, or before the first epoch."""
        self.dataset, self.method, self.head = dataset, method, head
        self.trainer, self.autoencoder = live
        self.points, self.weights = training.ready(dataset)
        self.trail = begin.trail if begin else Trail.of(dataset.n)
        self.changed = list(begin.history["changed"]) if begin else []
        self.labels = begin.partition.labels if begin else None
        self.at = -1

    def look(self, epoch: int) -> None:
        """See where the points are after `epoch` epochs, once."""
        if epoch == self.at:
            return
        self.codes = encoded(self.autoencoder.get_layer("encoder"), self.points)
        if not np.isfinite(self.codes).all():
            raise DataError("The network leads some points to infinity; choose a smaller rate.")
        if epoch:
            self.head = self.method.learned(self.trainer, self.head, self.codes, self.dataset)
        self.shares = self.method.shares(self.codes, self.head)
        labels = self.shares.argmax(axis=1).astype(np.int32)
        if self.labels is not None and epoch > len(self.changed):
            mass = self.dataset.mass
            self.changed.append(float(mass[labels != self.labels].sum() / mass.sum()))
        self.labels, self.at = labels, epoch
        places = self.trail.places
        self.trail = self.trail.longer(epoch, self.codes[places], labels[places])


def refine(
    dataset: Dataset,
    method: Method,
    *,
    model: Model,
    k: int,
    epochs: int,
    batch: int,
    seed: int,
    augment: str,
    settings: Settings,
    begin: Clustered | None,
    within: float | None,
    report: Report,
) -> Clustered:
    """Go through the epochs of `method`, from where `begin` ended.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        Where the data are none for it, or an argument makes no sense.
    TrainingError
        Where the loss is no finite number any more.
    """
    check_start(dataset, model, k=k, seed=seed, title=method.title)
    training.check_training(
        dataset, epochs=epochs, batch=batch, optimizer=settings["optimizer"],
        learning_rate=settings["learning_rate"],
    )  # fmt: skip
    augmentation.check_augment(augment, model.shape)
    if begin is not None and begin.epochs >= epochs:
        return begin
    began = time.monotonic()
    if begin is None:
        report(Step(0, epochs, f"{method.title}: k-means in the latent space"))
        head, first = beginning(dataset, model, method, k=k, seed=seed)
        live = _live(model, method, head, (), settings)
    else:
        head, first = begin.head, begin.before
        make = partial(_live, begin.model, method, head, begin.state, settings)
        live = training.live(begin.key, make)
    seeded(seed, begin.epochs if begin else 0)
    course = Course(dataset, method, live, head, begin)
    by_steps = training.stepwise(course.trainer)

    def feed(epoch: int) -> tuple[Any, Any, Any]:
        course.look(epoch)
        seen, meant = augmentation.pair(
            course.points, augment=augment, shape=model.shape, seed=seed, epoch=epoch
        )
        # What an epoch draws must not depend on what was computed just before it.
        if not by_steps:
            seeded(seed, epoch)
        return method.feed(
            Look(epoch, course.points, course.weights, seen, meant, course.codes, course.shares)
        )

    before = (
        {name: row for name, row in begin.history.items() if name != "changed"} if begin else {}
    )
    history = training.go_on(
        course.trainer, feed, training.Batchwise(epochs, batch, seed, within),
        history=before, report=report, what=f"{method.title}: ",
    )  # fmt: skip
    done = len(history["loss"])
    course.look(done)
    parameters = {
        **started(model), "k": int(k), "epochs": epochs, "batch": batch, "augment": augment,
        "seed": seed, **settings,
    }  # fmt: skip
    seconds = (begin.seconds if begin else 0.0) + time.monotonic() - began
    answer = _answer(course, method, model, history, first, parameters, seconds)
    training.live(answer.key, keep=(course.trainer, course.autoencoder))
    return answer


def _live(
    model: Model,
    method: Method,
    head: Head,
    memory: tuple[NDArray[Any], ...],
    settings: Settings,
) -> tuple[Any, Any]:
    """Build the network that is trained, with its optimizer as far as it was."""
    inner = keras().models.model_from_json(model.config)
    inner.set_weights(model.weights)
    trainer = method.trainer(inner, head, settings)
    training.restore(trainer, memory)
    return trainer, inner


def _answer(
    course: Course,
    method: Method,
    model: Model,
    history: Mapping[str, Floats],
    first: Labels,
    parameters: Mapping[str, object],
    seconds: float,
) -> Clustered:
    """Put the answer together from where the training is."""
    dataset, done = course.dataset, len(history["loss"])
    refined = replace(model, weights=tuple(course.autoencoder.get_weights()), optimizer=())
    partition = Partition(
        labels=course.labels if course.labels is not None else first,
        rows=dataset.rows,
        method=method.name,
        parameters=parameters,
        facts={"loss": float(history["loss"][-1]), "changed": course.changed[-1]},
        centers=method.centers(refined, course.head, dataset, course.shares),
        membership=course.shares,
        converged=course.changed[-1] <= STILL,
        assigner=method.rule(refined, course.head),
    )
    return Clustered(
        model=refined,
        partition=partition,
        codes=frozen(course.codes, np.float32),
        space="latent space",
        before=first,
        head=tuple(frozen(each) for each in course.head),
        state=training.remembered(course.trainer),
        epochs=done,
        history={**history, "changed": np.array(course.changed)},
        trail=course.trail,
        key=digest(
            dataset.key, refined.key, *course.head, done, sorted(map(str, parameters.items()))
        ),
        device=device(),
        seconds=seconds,
        settings=parameters,
    )
