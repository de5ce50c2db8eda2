"""Classifying: LSTM layers that read a window, and a probability for each class.

signatures first
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clustering.dataset import Floats, Integers
from clustering.deep.labelled import LabelledStream, LabelledWindows
from clustering.deep.predictor import Predictor
from clustering.progress import Report, silent

__all__ = ["Answers", "Run", "answers", "fit", "runs"]


@dataclass(frozen=True, eq=False, slots=True)
class Answers:
    """What a Predictor says of both parts.

    Attributes
    ----------
    train, test : ndarray of shape (n, k)
        Probability of each class.
    train_labels, test_labels : ndarray of shape (n,), int64
        The likeliest class.
    """

    train: Floats
    test: Floats
    train_labels: Integers
    test_labels: Integers


@dataclass(frozen=True, eq=False, slots=True)
class Run:
    """One row of the table of runs; figures are of its test part.

    Attributes
    ----------
    layers : int
    share : float
        Of the training part.
    n, n_test : int
        Windows or series in each part.
    accuracy, recall, f1, majority : float
        recall and F1 are means over the classes (macro); majority is the accuracy of always
        saying the most frequent class of the training part.
    epochs : int
    seconds : float
    """

    layers: int
    share: float
    n: int
    n_test: int
    accuracy: float
    recall: float
    f1: float
    majority: float
    epochs: int
    seconds: float


def fit(
    ground: LabelledWindows,
    *,
    layers: int = 2,
    units: int = 50,
    dropout: float = 0.0,
    bidirectional: bool = False,
    optimizer: str = "adam",
    learning_rate: float | None = None,
    epochs: int = 20,
    batch: int = 32,
    seed: int = 0,
    begin: Predictor | None = None,
    within: float | None = None,
    report: Report = silent,
) -> Predictor:
    """Train LSTM layers and a softmax on labelled windows or series."""
    raise NotImplementedError


def answers(predictor: Predictor, ground: LabelledWindows) -> Answers:
    """Give probabilities and likeliest classes of both parts."""
    raise NotImplementedError


def runs(
    source: LabelledStream | Any,
    *,
    layers: Sequence[int] = (2, 3),
    shares: Sequence[float] = (0.8, 0.9),
    window: int = 10,
    stride: int = 1,
    label: str = "last",
    scaling: str = "all",
    units: int = 50,
    dropout: float = 0.0,
    bidirectional: bool = False,
    learning_rate: float | None = None,
    epochs: int = 20,
    batch: int = 32,
    seed: int = 0,
    report: Report = silent,
) -> tuple[Run, ...]:
    """Train every combination of layers and shares, and measure each on its own test part.

    `source` is a LabelledStream or a SequenceSet with labels (both have .key and .n).
    """
    raise NotImplementedError
