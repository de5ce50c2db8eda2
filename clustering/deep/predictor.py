"""Predictor: a network that was taught by examples, as plain arrays that can be sent and kept.

It is to supervised training what a `model.Model` is to an autoencoder: it knows its layers and
their weights, holds no Keras object, and leads inputs to what was learned of them: the next
values of a series, or a probability for each class.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clustering.dataset import Floats, digest, frozen
from clustering.deep.model import Weights, encoded, network_of
from clustering.errors import DataError

__all__ = ["Predictor"]


@dataclass(frozen=True, eq=False, slots=True)
class Predictor:
    """A trained network that answers for every input.

    Attributes
    ----------
    kind : {"forecast", "classes", "sentiment"}
        What it predicts.
    config : str
        JSON of the Keras model.
    weights : tuple of ndarray, float32
        Of all layers, in Keras' order.
    settings : mapping of str to value
        Every argument that trains it again on the same ground.
    history : mapping of str to ndarray of shape (epochs,)
        ``loss`` of each epoch, ``accuracy`` of what predicts classes, and both with ``val_`` in
        front on a part that was never learned from.
    epochs : int
        How often it has seen all examples.
    optimizer : tuple of ndarray
        What the optimizer remembers, to go on with.
    seconds : float
        Time that training took.
    device : str
        What it was trained on.
    ground : str
        Key of what it was trained on; where another one is evaluated, that has to be said.
    key : str
        Digest of layers and weights: equal keys mean equal answers.
    """

    kind: str
    config: str
    weights: Weights
    settings: Mapping[str, object] = field(default_factory=dict)
    history: Mapping[str, Floats] = field(default_factory=dict)
    epochs: int = 0
    optimizer: tuple[NDArray[Any], ...] = ()
    seconds: float = 0.0
    device: str = ""
    ground: str = ""
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Make the arrays read-only and compute the key."""
        assign = object.__setattr__
        assign(self, "weights", tuple(frozen(each) for each in self.weights))
        assign(self, "optimizer", tuple(frozen(each) for each in self.optimizer))
        assign(self, "history", {name: frozen(row) for name, row in self.history.items()})
        assign(self, "key", digest(self.config, self.epochs, *self.weights))

    @property
    def n(self) -> int:
        """Numbers that were learned."""
        return sum(each.size for each in self.weights)

    def rebuilt(self) -> Any:
        """Give the Keras model, which nobody may train: it is shared."""
        return network_of(self.key, self.config, self.weights)

    def predict(self, inputs: ArrayLike) -> Floats:
        """Answer for every input.

        Parameters
        ----------
        inputs : array_like of shape (m, width)
            Prepared as the ground prepares them: flat windows (m, T * D) or codes of words
            (m, length).

        Returns
        -------
        ndarray of shape (m, outputs)
            Scaled next values, or a probability for each class.

        Raises
        ------
        DataError
            Where the inputs are of another width.
        """
        network = self.rebuilt()
        array = np.atleast_2d(np.asarray(inputs, dtype=np.float32))
        width = network.inputs[0].shape[1]
        if array.ndim != 2 or array.shape[1] != width:
            raise DataError(
                f"The network takes rows of {width:,} numbers; these have {array.shape[-1]:,}."
            )
        if not len(array):
            return np.empty((0, network.outputs[0].shape[1]))
        return encoded(network, array)

    def summary(self) -> str:
        """Give Keras' own table of the layers."""
        lines: list[str] = []
        self.rebuilt().summary(line_length=78, print_fn=lambda text, **_: lines.append(str(text)))
        return "\n".join(lines)
