"""Method: what makes one way of refining clusters differ from another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clustering.dataset import Dataset, Floats
from clustering.deep.model import Model
from clustering.deep.trail import Singles
from clustering.partition import Labels

__all__ = ["Head", "Look", "Method", "Settings"]

Head = tuple[NDArray[np.float32], ...]
Settings = Mapping[str, Any]


@dataclass(frozen=True, eq=False, slots=True)
class Look:
    """What an epoch begins with.

    Attributes
    ----------
    epoch : int
        Its number from 0.
    points, weights : ndarrays of shape (n, d) and (n,), float32
        All points, and their weights with mean one or None.
    shown, meant : ndarrays of shape (n, d), float32
        The variants that this epoch shows, and what a decoder should make of them.
    codes, shares : ndarrays of shape (n, latent) and (n, k)
        Where the points are now, and how much of each is in each cluster.
    """

    epoch: int
    points: Singles
    weights: Singles | None
    shown: Singles
    meant: Singles
    codes: Floats
    shares: Floats


@dataclass(frozen=True, eq=False, slots=True)
class Method:
    """What makes one method differ from another.

    Attributes
    ----------
    name : str
        Its module.
    title : str
        What the user calls it.
    head : callable
        ``head(centers, codes, dataset)``: what it begins with, given the centers of k-means.
    trainer : callable
        ``trainer(autoencoder, head, settings)``: the compiled network that is trained.
    learned : callable
        ``learned(trainer, head, codes, weights)``: the head after an epoch.
    shares : callable
        ``shares(codes, head)``: membership, shape (n, k).
    feed : callable
        ``feed(look)``: inputs, targets and weights of an epoch.
    rule : callable
        ``rule(model, head)``: what assigns new points.
    centers : callable
        ``centers(model, head, points, shares)``: centers in the space of the input.
    """

    name: str
    title: str
    head: Callable[[Floats, Floats, Dataset], Head]
    trainer: Callable[[Any, Head, Settings], Any]
    learned: Callable[[Any, Head, Floats, Dataset], Head]
    shares: Callable[[Floats, Head], Floats]
    feed: Callable[[Look], tuple[Any, Any, Any]]
    rule: Callable[[Model, Head], Callable[[Floats], Labels]]
    centers: Callable[[Model, Head, Dataset, Floats], Floats]
