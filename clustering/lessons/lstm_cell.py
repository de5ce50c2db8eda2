r"""One series through one LSTM cell: three gates, the cell state and the output, step by step.

A unit of an LSTM keeps one number, its *state*, from step to step. Three gates between 0 and 1
decide what happens to it: how much of the new is let in, how much of the old is kept, and how
much is shown. This is the arithmetic of Keras in plain NumPy, with the weights of a trained
network, or with weights set by hand that show what a cell can do.

References
----------
S. Hochreiter, J. Schmidhuber, "Long short-term memory", Neural Computation 9(8), 1997.
F. A. Gers, J. Schmidhuber, F. Cummins, "Learning to forget", Neural Computation 12(10), 2000.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from clustering.dataset import Floats, frozen
from clustering.errors import DataError

__all__ = ["FORMULAS", "HAND", "Cell", "Hand", "Walk", "busiest", "of_network", "sentence", "steps"]

FORMULAS: Mapping[str, str] = {
    "input gate: how much of the new is let in": r"i_t = \sigma(W_i x_t + U_i h_{t-1} + b_i)",
    "forget gate: how much of the old is kept": r"f_t = \sigma(W_f x_t + U_f h_{t-1} + b_f)",
    "candidate: what is new": r"\tilde{c}_t = \tanh(W_c x_t + U_c h_{t-1} + b_c)",
    "output gate: how much is shown": r"o_t = \sigma(W_o x_t + U_o h_{t-1} + b_o)",
    "cell state": r"c_t = f_t \cdot c_{t-1} + i_t \cdot \tilde{c}_t",
    "output": r"h_t = o_t \cdot \tanh(c_t)",
}
"""What happens at a step, in order, as LaTeX."""


@dataclass(frozen=True, eq=False, slots=True)
class Cell:
    """The weights of one layer, in Keras' order: input, forget, candidate, output.

    Attributes
    ----------
    kernel : ndarray of shape (D, 4 * units)
        W, for what is read.
    recurrent : ndarray of shape (units, 4 * units)
        U, for what was shown a step before.
    bias : ndarray of shape (4 * units,)
        b.
    """

    kernel: Floats
    recurrent: Floats
    bias: Floats

    def __post_init__(self) -> None:
        """Check that the shapes fit together."""
        for name in ("kernel", "recurrent", "bias"):
            object.__setattr__(self, name, frozen(getattr(self, name), np.float64))
        u = len(self.recurrent)
        if self.recurrent.shape != (u, 4 * u) or self.bias.shape != (4 * u,):
            raise DataError("These are no weights of an LSTM: four gates for each unit are needed.")
        if self.kernel.ndim != 2 or self.kernel.shape[1] != 4 * u:
            raise DataError(
                f"The kernel has {self.kernel.shape[-1]} columns; {u} units need {4 * u}."
            )

    @property
    def units(self) -> int:
        """Numbers that it keeps."""
        return len(self.recurrent)

    @property
    def channels(self) -> int:
        """D, values that it reads at a step."""
        return len(self.kernel)


@dataclass(frozen=True, eq=False, slots=True)
class Walk:
    """What happened at every step, each array of shape (T, units).

    Attributes
    ----------
    series : ndarray of shape (T, D)
        What was read.
    input_gate, forget_gate, output_gate : ndarray
        The gates, from 0 (shut) to 1 (open).
    candidate : ndarray
        What is new, from -1 to 1.
    state : ndarray
        What is kept after the step.
    output : ndarray
        What is shown, from -1 to 1.
    """

    series: Floats
    input_gate: Floats
    forget_gate: Floats
    candidate: Floats
    output_gate: Floats
    state: Floats
    output: Floats


def steps(series: ArrayLike, kernel: ArrayLike, recurrent: ArrayLike, bias: ArrayLike) -> Walk:
    """Lead a series through an LSTM layer that begins with nothing.

    Parameters
    ----------
    series : array_like of shape (T, D)
        Without padding.
    kernel, recurrent, bias
        As in `Cell`.

    Returns
    -------
    Walk
        Equal to Keras' layer.

    Raises
    ------
    DataError
        Where the shapes do not fit together.

    Examples
    --------
    >>> hand = HAND["count"]
    >>> walk = steps(hand.series, hand.cell.kernel, hand.cell.recurrent, hand.cell.bias)
    >>> walk.state[:, 0].round(1).tolist()
    [0.0, 1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 3.0]
    """
    cell = Cell(np.asarray(kernel), np.asarray(recurrent), np.asarray(bias))
    rows = np.asarray(series, dtype=np.float64)
    if rows.ndim != 2 or rows.shape[1] != cell.channels or not len(rows):
        raise DataError(
            f"The cell reads {cell.channels} values at a step; this series has the shape "
            f"{rows.shape}."
        )
    u = cell.units
    found = np.empty((6, len(rows), u))
    state, output = np.zeros(u), np.zeros(u)
    for step, row in enumerate(rows):
        heard = row @ cell.kernel + output @ cell.recurrent + cell.bias
        let, keep, show = expit(heard[:u]), expit(heard[u : 2 * u]), expit(heard[3 * u :])
        new = np.tanh(heard[2 * u : 3 * u])
        state = keep * state + let * new
        output = show * np.tanh(state)
        found[:, step] = let, keep, new, show, state, output
    return Walk(rows, *found)


def of_network(weights: Sequence[ArrayLike]) -> Cell:
    """Take the first LSTM layer out of the weights of a network, read forwards.

    Parameters
    ----------
    weights : sequence of arrays
        ``Model.weights`` or ``Predictor.weights``, in Keras' order.

    Returns
    -------
    Cell
        Its weights.

    Raises
    ------
    DataError
        Where no layer is one.

    Examples
    --------
    >>> of_network([np.ones((7, 3)), np.ones((3, 8)), np.ones((2, 8)), np.ones(8)]).channels
    3
    """
    arrays = [np.asarray(each) for each in weights]
    for kernel, recurrent, bias in zip(arrays, arrays[1:], arrays[2:], strict=False):
        if kernel.ndim == recurrent.ndim == 2 and bias.ndim == 1:
            u = len(recurrent)
            if kernel.shape[1] == recurrent.shape[1] == len(bias) == 4 * u:
                return Cell(kernel, recurrent, bias)
    raise DataError("This network has no LSTM layer.")


def busiest(walk: Walk) -> int:
    """Give the unit whose state moves most over the steps.

    Examples
    --------
    >>> busiest(steps([[0.0], [1.0]], np.zeros((1, 8)), np.zeros((2, 8)), [0, 0, 0, 0, 0, 9, 0, 0]))
    1
    """
    return int(np.abs(np.diff(walk.state, axis=0, prepend=0.0)).sum(axis=0).argmax())


def sentence(walk: Walk, *, step: int, unit: int = 0) -> str:
    """Say what one unit did at one step, both from 0.

    Examples
    --------
    >>> hand = HAND["remember"]
    >>> walk = steps(hand.series, hand.cell.kernel, hand.cell.recurrent, hand.cell.bias)
    >>> sentence(walk, step=2)
    'Step 3: the input gate is open (1.00), what is new is 1.00; of the old 0.00 all is kept \
(1.00). The state becomes 1.00; the output gate is open (1.00), so that 0.76 is shown.'
    """
    let, keep = walk.input_gate[step, unit], walk.forget_gate[step, unit]
    before = walk.state[step - 1, unit] if step else 0.0
    state, output = walk.state[step, unit], walk.output[step, unit]
    kept = "nothing" if keep < 0.1 else "all" if keep > 0.9 else "a part"
    return (
        f"Step {step + 1}: the input gate is {_open(let)} ({let:.2f}), what is new is "
        f"{walk.candidate[step, unit]:.2f}; of the old {_plain(before)} {kept} is kept "
        f"({keep:.2f}). The state becomes {_plain(state)}; the output gate is "
        f"{_open(walk.output_gate[step, unit])} ({walk.output_gate[step, unit]:.2f}), so that "
        f"{_plain(output)} is shown."
    )


@dataclass(frozen=True, eq=False, slots=True)
class Hand:
    """A cell of one unit with weights set by hand, and a series that shows what it does.

    Attributes
    ----------
    title : str
        What it does, in a few words.
    said : str
        How, in sentences.
    cell : Cell
        Its weights.
    series : ndarray of shape (T, D)
        What it reads.
    channels : tuple of str
        What the D values are.
    """

    title: str
    said: str
    cell: Cell
    series: Floats
    channels: tuple[str, ...]


def _hand(
    title: str, said: str, kernel: ArrayLike, bias: ArrayLike, series: ArrayLike,
    channels: tuple[str, ...],
) -> Hand:  # fmt: skip
    """Make a cell of one unit that does not listen to itself."""
    cell = Cell(np.asarray(kernel, float), np.zeros((1, 4)), np.asarray(bias, float))
    rows = np.asarray(series, dtype=np.float64).reshape(-1, len(channels))
    return Hand(title, said, cell, rows, channels)


HAND: Mapping[str, Hand] = {
    "remember": _hand(
        "Remember",
        "The input gate opens only when a pulse comes, and the forget gate stays open: one pulse "
        "is written into the state, and stays there however long nothing comes.",
        [[20.0, 0.0, 4.0, 0.0]],
        [-10.0, 10.0, 0.0, 10.0],
        [0, 0, 1, 0, 0, 0, 0, 0],
        ("pulse",),
    ),
    "forget": _hand(
        "Forget",
        "As before, but a second value shuts the forget gate: a pulse is remembered until the "
        "reset comes, and then the state is empty for the next.",
        [[20.0, 0.0, 4.0, 0.0], [0.0, -20.0, 0.0, 0.0]],
        [-10.0, 10.0, 0.0, 10.0],
        [[0, 0], [1, 0], [0, 0], [0, 0], [0, 1], [0, 0], [1, 0], [0, 0]],
        ("pulse", "reset"),
    ),
    "count": _hand(
        "Count",
        "What is new is always 1, and is let in at a pulse only: each pulse adds 1 to the state. "
        "The state counts on, the output is squeezed below 1: so the state is what remembers.",
        [[20.0, 0.0, 0.0, 0.0]],
        [-10.0, 10.0, 10.0, 10.0],
        [0, 1, 0, 1, 0, 0, 1, 0],
        ("pulse",),
    ),
}
"""Cells whose weights were set by hand."""


def _open(gate: float) -> str:
    """Say how far a gate is open."""
    return "shut" if gate < 0.1 else "open" if gate > 0.9 else "half open"


def _plain(value: float) -> str:
    """Write a number without a sign before zero."""
    return f"{value + 0.0 if abs(value) >= 0.005 else 0.0:.2f}"
