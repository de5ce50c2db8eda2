"""One epoch of the recipe's network through this library, against Keras' plain ``fit``.

Claimed for 60,000 points of 784 numbers, a network of 784-32-784 and batches of 256: at least 0.9
times as fast, although every batch is watched and can be stopped, and the losses are equal for
equal seeds.

Both sides begin with the same weights and see the points in the same order. The points are
MNIST's where these are at hand, else random ones of the same shape. Building the network and the
first epoch, in which Keras compiles it, are no part of what is measured.

On a GPU, ``python -m benchmarks.autoencoder_epoch --epochs 100`` trains the recipe in full, both
ways, and says on what; ``KERAS_BACKEND=jax`` serves where TensorFlow is not installed.
"""

import argparse
import time
from functools import cache
from typing import Any

import numpy as np

from benchmarks import Result, compare
from clustering.data import image_sets
from clustering.dataset import Dataset
from clustering.deep import autoencoder, networks, training
from clustering.deep.backend import device, keras, seeded
from clustering.deep.model import Model
from clustering.progress import Step

LATENT, BATCH, SEED, PROMISE = 32, 256, 0, 0.9
FULL = 60_000


@cache
def digits(n: int) -> tuple[Dataset, str]:
    """Give n points of 784 numbers from 0 to 1, and which they are."""
    found = image_sets.mnist()
    if found is not None:
        return found.dataset("train", most=n), "MNIST's digits"
    points = np.random.default_rng(SEED).random((n, 784)).round(2)
    return Dataset.from_points(points), "random points: MNIST is not at hand"


def ours(dataset: Dataset, *, epochs: int, begin: Model | None = None) -> Model:
    """Train as the pages do, with somebody who listens to every batch."""
    heard: list[Step] = []
    return autoencoder.fit(
        dataset, network="recipe", latent=LATENT, epochs=epochs, batch=BATCH, seed=SEED,
        begin=begin, report=heard.append,
    )  # fmt: skip


def plain(dataset: Dataset) -> Any:
    """Build the same network by hand, with the same weights at the start."""
    k = keras()
    model = k.Sequential(
        [
            k.Input((dataset.d,)),
            k.layers.Dense(LATENT, activation="relu"),
            k.layers.Dense(dataset.d, activation="sigmoid"),
        ]
    )
    first = networks.built("recipe", shape=(dataset.d,), latent=LATENT, output="sigmoid", seed=SEED)
    model.set_weights(first.get_weights())
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


def plain_epoch(model: Any, points: Any, epoch: int) -> float:
    """Train one epoch as anybody would; its loss."""
    seeded(*((SEED, epoch) if epoch else (SEED,)))
    return float(
        model.fit(points, points, batch_size=BATCH, epochs=1, verbose=0).history["loss"][0]
    )


def run(quick: bool) -> Result:
    """Measure single epochs in turn, behind one that is not measured; quick as it is."""
    dataset, what = digits(FULL)
    points = training.ready(dataset)[0]
    theirs = plain(dataset)
    by_epoch = [plain_epoch(theirs, points, 0)]
    models = [ours(dataset, epochs=1)]

    def by_hand() -> float:
        by_epoch.append(plain_epoch(theirs, points, len(by_epoch)))
        return by_epoch[-1]

    def by_library() -> float:
        models.append(ours(dataset, epochs=models[-1].epochs + 1, begin=models[-1]))
        return float(models[-1].history["loss"][-1])

    row = compare(
        f"{dataset.n:,} x {dataset.d}, {LATENT} numbers",
        plain=by_hand,
        ours=by_library,
        difference=lambda a, b: abs(a - b),
        repeats=5,
        promise=PROMISE,
    )
    notes = [f"On {device()}, {what}.", f"Loss after six epochs: {by_epoch[-1]:.6f} both ways."]
    return Result((row,), tolerance=1e-7, notes=tuple(notes))


def recipe(epochs: int) -> None:
    """Train the recipe in full, both ways, and print times, losses and the error."""
    dataset, what = digits(FULL)
    points = training.ready(dataset)[0]
    print(f"{what}, {dataset.n:,} x {dataset.d}, {epochs} epochs on {device()}")
    theirs = plain(dataset)
    began = time.perf_counter()
    loss = [plain_epoch(theirs, points, epoch) for epoch in range(epochs)][-1]
    print(f"Keras' fit, epoch by epoch: {time.perf_counter() - began:.1f} s, loss {loss:.6f}")
    began = time.perf_counter()
    model = ours(dataset, epochs=epochs)
    taken = time.perf_counter() - began
    print(f"This library:               {taken:.1f} s, loss {model.history['loss'][-1]:.6f}")
    error = np.square(model.reconstruct(dataset.points) - dataset.points).mean()
    mean = np.square(dataset.points - dataset.points.mean(axis=0)).mean()
    print(f"Mean squared error {error:.5f}; of the mean image {mean:.5f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=100)
    recipe(parser.parse_args().epochs)
