"""Model: what was trained, as plain arrays that can be sent, kept and compared.

A Model knows the layers of its network (as Keras writes them down) and all their weights.
It holds no Keras object: those live in the process that needs them, are built when they are
first needed, and the newest few are kept.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clustering.dataset import Floats, digest, frozen
from clustering.deep.backend import keras
from clustering.deep.trail import Singles, Trail
from clustering.errors import DataError

__all__ = ["STEPWISE", "Model", "Weights", "encoded", "network_of"]

Weights = tuple[NDArray[np.float32], ...]

BLOCK = 8192
"""Points that go through a network at once."""

STEPWISE = ("LSTM", "Bidirectional")
"""Layers that take one step of a series after another."""

KEPT = 4
"""Networks that a process keeps."""

_networks: OrderedDict[str, Any] = OrderedDict()


@dataclass(frozen=True, eq=False, slots=True)
class Model:
    """A trained network that leads points into a latent space and back.

    Attributes
    ----------
    network : str
        Its kind, one of `networks.NETWORKS`.
    shape : tuple of int
        (d,) of rows, (h, w) or (h, w, channels) of images; points are always flat.
    latent : int
        Numbers that a point becomes.
    config : str
        JSON of the Keras model ``autoencoder`` with its ``encoder`` and ``decoder``.
    weights : tuple of ndarray, float32
        Of all layers, in Keras' order.
    settings : mapping of str to value
        Every argument that trains it again on the same points.
    history : mapping of str to ndarray of shape (epochs,)
        ``loss`` of each epoch, and ``val_loss`` where there is a part that was kept out.
    epochs : int
        How often it has seen all points.
    optimizer : tuple of ndarray
        What the optimizer remembers, to go on with; empty where it begins anew.
    seconds : float
        Time that training took.
    device : str
        What it was trained on.
    key : str
        Digest of layers and weights: equal keys mean equal answers.
    trail : Trail or None
        Some points at some epochs, where it was trained here; no part of the key.
    """

    network: str
    shape: tuple[int, ...]
    latent: int
    config: str
    weights: Weights
    settings: Mapping[str, object] = field(default_factory=dict)
    history: Mapping[str, Floats] = field(default_factory=dict)
    epochs: int = 0
    optimizer: tuple[NDArray[Any], ...] = ()
    seconds: float = 0.0
    device: str = ""
    key: str = field(init=False)
    trail: Trail | None = None

    def __post_init__(self) -> None:
        """Make the arrays read-only and compute the key."""
        assign = object.__setattr__
        assign(self, "weights", tuple(frozen(each) for each in self.weights))
        assign(self, "optimizer", tuple(frozen(each) for each in self.optimizer))
        assign(self, "history", {name: frozen(row) for name, row in self.history.items()})
        assign(self, "key", digest(self.config, self.epochs, *self.weights))

    @property
    def d(self) -> int:
        """Numbers in a point."""
        return int(np.prod(self.shape))

    @property
    def n(self) -> int:
        """Numbers that were learned."""
        return sum(each.size for each in self.weights)

    def rebuilt(self) -> Any:
        """Give the Keras model, which nobody may train: it is shared."""
        return network_of(self.key, self.config, self.weights)

    def encode(self, points: ArrayLike) -> Floats:
        """Lead points (m, d) into the latent space, shape (m, latent)."""
        return self._through("encoder", points, self.d)

    def decode(self, codes: ArrayLike) -> Floats:
        """Lead points of the latent space (m, latent) back, shape (m, d)."""
        return self._through("decoder", codes, self.latent)

    def reconstruct(self, points: ArrayLike) -> Floats:
        """Lead points (m, d) into the latent space and back, shape (m, d)."""
        return self.decode(self.encode(points))

    def summary(self) -> str:
        """Give Keras' own table of the layers of both halves."""
        lines: list[str] = []
        for half in ("encoder", "decoder"):
            self.rebuilt().get_layer(half).summary(
                line_length=78, print_fn=lambda text, **_: lines.append(str(text))
            )
        return "\n".join(lines)

    def _through(self, half: str, points: ArrayLike, width: int) -> Floats:
        """Lead points through one half, in blocks; of a distribution take the mean."""
        array = np.atleast_2d(np.asarray(points, dtype=np.float32))
        if array.ndim != 2 or array.shape[1] != width:
            raise DataError(
                f"The {half} takes rows of {width} numbers; these have {array.shape[-1]}."
            )
        if not len(array):
            return np.empty((0, self.latent if half == "encoder" else self.d))
        return encoded(self.rebuilt().get_layer(half), array)


def network_of(key: str, config: str, weights: Weights) -> Any:
    """Give the Keras model of these layers and weights, built where it is not at hand."""
    if key not in _networks:
        network = keras().models.model_from_json(config)
        network.set_weights(weights)
        _networks[key] = network
        while len(_networks) > KEPT:
            _networks.popitem(last=False)
    _networks.move_to_end(key)
    return _networks[key]


def encoded(half: Any, points: Singles) -> Floats:
    """Lead points through one half of a Keras model, in blocks; of a distribution take the mean.

    What reads step by step is compiled first: taking each step by itself is a hundred times
    slower, and compiling the rest is not worth its seconds.
    """
    stepwise = any(type(layer).__name__ in STEPWISE for layer in half.layers)
    found = []
    for begin in range(0, len(points), BLOCK):
        block = points[begin : begin + BLOCK]
        out = half.predict_on_batch(block) if stepwise else half(block, training=False)
        mean = out[0] if isinstance(out, list | tuple) else out
        found.append(np.asarray(keras().ops.convert_to_numpy(mean), dtype=np.float64))
    return np.concatenate(found)
