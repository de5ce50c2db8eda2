"""Recurrent: an LSTM that reads a series and says it in a few numbers, and one that retells it.

The encoder reads the steps of a series one after another and passes over what is padding
(`data.sequences.padding`), so that a series has the same code however long its row is. What is
left in its memory at the last step becomes the code. The decoder hears the code at every step
and tells the series from it [1]_; or, much quicker to learn, full layers do [2]_::

    series (T, D) -> Masking -> LSTM x layers -> code -> LSTM x layers -> (T, D)     "lstm"
                                              -> code -> full layer    -> (T, D)     "dense"

References
----------
.. [1] N. Srivastava, E. Mansimov, R. Salakhutdinov, "Unsupervised learning of video
       representations using LSTMs", ICML 2015, https://arxiv.org/abs/1502.04681
.. [2] S. Hochreiter, J. Schmidhuber, "Long short-term memory", Neural Computation 9(8), 1997.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from clustering.checks import is_finite, is_whole, shown
from clustering.data.sequences.padding import PADDING
from clustering.deep.backend import keras
from clustering.errors import ParameterError, UnsupportedError

__all__ = ["DECODERS", "LSTM", "Cells", "halves", "named", "passing_over", "reader"]

LSTM = "lstm"
"""The kind of network."""

DECODERS = ("lstm", "dense")
"""What retells a series from its code."""

MOST_LAYERS, MOST_UNITS = 4, 1024


@dataclass(frozen=True, slots=True)
class Cells:
    """What a recurrent network is made of.

    Attributes
    ----------
    layers : int
        LSTM layers each way, 1 to 4.
    units : int
        Cells of a layer, 1 to 1,024.
    dropout : float
        Share of what a layer hears that is left out while it learns, from 0 to below 1.
    bidirectional : bool
        Whether the encoder reads every series backwards as well.
    decoder : str
        One of `DECODERS`.
    """

    layers: int = 1
    units: int = 32
    dropout: float = 0.0
    bidirectional: bool = False
    decoder: str = "lstm"

    def __post_init__(self) -> None:
        """Refuse what no network can be made of."""
        for name, most in (("layers", MOST_LAYERS), ("units", MOST_UNITS)):
            value = getattr(self, name)
            if not is_whole(value) or not 1 <= value <= most:
                raise ParameterError(
                    f"{name} = {shown(value)}; choose a whole number from 1 to {most:,}."
                )
        if not is_finite(self.dropout) or not 0.0 <= self.dropout < 1.0:
            raise ParameterError(
                f"dropout = {shown(self.dropout)}; choose a share from 0 to below 1, such as 0.2."
            )
        if self.decoder not in DECODERS:
            raise ParameterError(
                f"No decoder {shown(self.decoder)}; choose one of {', '.join(DECODERS)}."
            )

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Cells":
        """Take the cells out of the settings of a Model."""
        return cls(**{name: settings[name] for name in cls.__slots__ if name in settings})

    @property
    def settings(self) -> dict[str, Any]:
        """The same as arguments."""
        return asdict(self)


def check_series(shape: tuple[int, ...]) -> None:
    """Raise UnsupportedError where points are no series."""
    if len(shape) != 2:
        raise UnsupportedError(
            "An LSTM reads series, steps by values; choose another network for these data."
        )


def reader(hidden: Any, cells: Cells) -> Any:
    """Read steps (T, D) by the LSTM layers of `cells`; give what the last one knows at the end.

    Parameters
    ----------
    hidden : keras tensor of shape (None, T, D)
        Masked or not.
    cells : Cells
        Layers, units, dropout, and whether they read backwards as well.

    Returns
    -------
    keras tensor of shape (None, units), or twice as many where they read both ways.
    """
    k = keras()
    for place in range(1, cells.layers + 1):
        layer = k.layers.LSTM(
            cells.units,
            dropout=cells.dropout,
            return_sequences=place < cells.layers,
            name=f"read_{place}",
        )
        hidden = (
            k.layers.Bidirectional(layer, name=f"both_ways_{place}") if cells.bidirectional
            else layer
        )(hidden)  # fmt: skip
    return hidden


def halves(shape: tuple[int, ...], latent: int, cells: Cells) -> tuple[Any, Any]:
    """Build encoder and decoder with fresh weights; series go in and come out as flat rows."""
    check_series(shape)
    k = keras()
    steps, channels = shape
    points = k.Input((steps * channels,), name="points")
    hidden = k.layers.Reshape((steps, channels), name="fold")(points)
    hidden = k.layers.Masking(PADDING, name="pass_over")(hidden)
    mean = k.layers.Dense(latent, name="latent")(reader(hidden, cells))
    code = k.Input((latent,), name="code")
    if cells.decoder == "dense":
        hidden = k.layers.Dense(4 * cells.units, activation="relu", name="tell_1")(code)
        back = k.layers.Dense(steps * channels, name="back")(hidden)
    else:
        hidden = k.layers.RepeatVector(steps, name="again")(code)
        for place in range(1, cells.layers + 1):
            hidden = k.layers.LSTM(
                cells.units, dropout=cells.dropout, return_sequences=True, name=f"tell_{place}"
            )(hidden)
        hidden = k.layers.TimeDistributed(k.layers.Dense(channels, name="say"), name="steps")(
            hidden
        )
        back = k.layers.Reshape((steps * channels,), name="back")(hidden)
    encoder = k.Model(points, mean, name="encoder")
    return named(encoder), k.Model(code, back, name="decoder")


def named(network: Any) -> Any:
    """Name what a Masking layer leaves beside the layers of a fresh network, and give that.

    Keras numbers such names over the whole process, so that networks that are equal otherwise
    would have unequal keys.
    """
    own = {id(layer) for layer in network.layers}
    for step in network.operations:
        if id(step) not in own:
            step.name = f"pass_over_{type(step).__name__.lower()}"
    return network


def passing_over() -> Callable[[Any, Any], Any]:
    """Give the mean squared error over what is no padding, of each series."""
    ops = keras().ops

    def masked_squared_error(meant: Any, told: Any) -> Any:
        held = ops.cast(ops.not_equal(meant, PADDING), told.dtype)
        squares = ops.square(ops.where(held > 0, meant, 0.0) - told) * held
        return ops.sum(squares, axis=-1) / ops.maximum(ops.sum(held, axis=-1), 1.0)

    loss: Callable[[Any, Any], Any] = masked_squared_error
    return loss
