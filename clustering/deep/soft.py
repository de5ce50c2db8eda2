"""The layer of DEC and IDEC: centers in the latent space that are learned with the network."""

from functools import cache
from typing import Any

import numpy as np

from clustering.dataset import Dataset, Floats, frozen
from clustering.deep.backend import keras
from clustering.deep.method import Head, Look

__all__ = ["assigning", "begin", "codes_of", "learned", "target"]


@cache
def layer() -> Any:
    """Give the class of the layer, which is made of Keras when that is loaded."""
    k = keras()

    class Student(k.layers.Layer):  # type: ignore[name-defined,misc]
        """Share codes among trained centers by Student's t."""

        def __init__(self, clusters: int, **settings: Any) -> None:
            super().__init__(**settings)
            self.clusters = clusters

        def build(self, shape: tuple[int, ...]) -> None:
            self.centers = self.add_weight(shape=(self.clusters, shape[-1]), name="centers")

        def call(self, codes: Any) -> Any:
            away = k.ops.expand_dims(codes, 1) - self.centers
            shares = 1.0 / (1.0 + k.ops.sum(k.ops.square(away), axis=2))
            return shares / k.ops.sum(shares, axis=1, keepdims=True)

    return Student


def begin(centers: Floats, codes: Floats, dataset: Dataset) -> Head:
    """Begin with the centers of k-means."""
    return (frozen(centers, np.float32),)


def codes_of(encoder: Any, points: Any) -> Any:
    """Lead a symbolic input through an encoder; of a distribution take the mean."""
    codes = encoder(points)
    return codes[0] if isinstance(codes, list | tuple) else codes


def assigning(codes: Any, head: Head) -> Any:
    """Put the layer behind symbolic codes, with the centers of `head`."""
    student = layer()(len(head[0]), name="clusters")
    shares = student(codes)
    student.set_weights([head[0]])
    return shares


def learned(trainer: Any, head: Head, codes: Floats, dataset: Dataset) -> Head:
    """Take the centers from the layer that was trained."""
    return (frozen(trainer.get_layer("clusters").get_weights()[0], np.float32),)


def target(look: Look) -> Any:
    r"""Sharpen the shares into what the next epoch aims at, shape (n, k).

    .. math:: p_{ij} \propto q_{ij}^2 / \sum_i w_i q_{ij}

    What is sure gets surer; the division by the size keeps a large cluster from taking all.
    """
    weights = np.ones(len(look.shares)) if look.weights is None else look.weights
    sizes = (look.shares * weights[:, None]).sum(axis=0)
    sharp = look.shares**2 / np.maximum(sizes, 1e-12)
    return (sharp / sharp.sum(axis=1, keepdims=True)).astype(np.float32)
