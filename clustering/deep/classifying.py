r"""Classifying: LSTM layers read a window or a whole series, and a softmax says which class it is.

.. math:: p = \operatorname{softmax}(W h_T + b), \qquad
          \text{minimise} \; -\sum_i \ln p_{i, y_i},

with :math:`h_T` what the last LSTM layer [1]_ knows at the last step. Shorter series are padded,
and the padding is passed over. The classes are numbers, so the loss is the sparse cross-entropy;
the plain one wants a column for each class.

References
----------
.. [1] S. Hochreiter, J. Schmidhuber, "Long short-term memory", Neural Computation 9(8), 1997.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from clustering.data.sequences.kept import SequenceSet
from clustering.data.sequences.padding import PADDING
from clustering.dataset import Floats, Integers
from clustering.deep.backend import keras
from clustering.deep.labelled import LabelledWindows
from clustering.deep.labelled_series import of_series
from clustering.deep.labelled_stream import LabelledStream, windowed
from clustering.deep.networks import drawn
from clustering.deep.predictor import Predictor
from clustering.deep.recurrent import Cells, reader
from clustering.deep.supervised import CLASSES, Lesson, check, learned, single
from clustering.progress import Report, part, silent

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


@dataclass(frozen=True, slots=True)
class Run:
    """One row of the table of runs; figures are of its test part.

    Attributes
    ----------
    layers : int
        LSTM layers.
    share : float
        Of the training part.
    n, n_test : int
        Windows or series in each part.
    accuracy : float
        Share of right answers.
    recall, f1 : float
        Means over the classes.
    majority : float
        Accuracy of always saying the most frequent class of the training part.
    epochs : int
        How often the examples were seen.
    seconds : float
        Time that training took.
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
    """Train LSTM layers and a softmax on labelled windows or series.

    Parameters
    ----------
    ground : LabelledWindows
        What `labelled_stream.windowed`, `labelled_series.of_series` or `labelled.prepared` gives.
        The test part is measured after each epoch and never learned from.
    layers, units, dropout, bidirectional
        Of the LSTM, as `recurrent.Cells` says.
    optimizer : str
        One of `training.OPTIMIZERS`.
    learning_rate : float, optional
        Its own in that table when left out.
    epochs : int
        How often all windows are seen.
    batch : int
        Windows for each step of the optimizer.
    seed : int
        Fixes the weights at the start, the order, and what is dropped out.
    begin : Predictor, optional
        An unfinished training with the same settings, to go on with.
    within : float, optional
        Seconds after which training ends with the epoch that it is at.
    report : callable
        Told after every batch.

    Returns
    -------
    Predictor
        Gives a probability for each class.

    Raises
    ------
    DataError, ParameterError
        Where nothing can be learned like this.
    TrainingError
        Where the loss is no finite number any more.
    """
    check(
        n=ground.n, epochs=epochs, batch=batch, optimizer=optimizer, learning_rate=learning_rate,
        seed=seed,
    )  # fmt: skip
    cells = Cells(layers, units, dropout, bidirectional)
    settings = {
        "layers": layers, "units": units, "dropout": dropout, "bidirectional": bidirectional,
        "optimizer": optimizer, "learning_rate": learning_rate, "epochs": epochs, "batch": batch,
        "seed": seed,
    }  # fmt: skip
    lesson = Lesson(
        single(ground.train.points), ground.train_labels,
        (single(ground.test.points), ground.test_labels),
    )  # fmt: skip
    return learned(
        "classes",
        lesson,
        built=lambda: _network(ground.shape, len(ground.classes), cells, seed),
        aim=CLASSES,
        settings=settings,
        ground=ground.key,
        begin=begin,
        within=within,
        report=report,
    )


def _network(shape: tuple[int, int], classes: int, cells: Cells, seed: int) -> Any:
    """Build it with fresh weights; windows go in as flat rows."""
    k = keras()
    points = k.Input((shape[0] * shape[1],), name="points")
    hidden = k.layers.Reshape(shape, name="fold")(points)
    hidden = k.layers.Masking(PADDING, name="pass_over")(hidden)
    told = k.layers.Dense(classes, activation="softmax", name="class")(reader(hidden, cells))
    network = k.Model(points, told, name="classifier")
    drawn(seed, network.layers)
    return network


def answers(predictor: Predictor, ground: LabelledWindows) -> Answers:
    """Give probabilities and likeliest classes of both parts.

    Parameters
    ----------
    predictor : Predictor
        What `fit` gave.
    ground : LabelledWindows
        What it was trained on, or prepared like it.

    Returns
    -------
    Answers
    """
    return answered(predictor, ground.train.points, ground.test.points)


def answered(predictor: Predictor, train: Any, test: Any) -> Answers:
    """Give probabilities and likeliest classes of the inputs of both parts."""
    first, second = predictor.predict(train), predictor.predict(test)
    return Answers(first, second, first.argmax(axis=1), second.argmax(axis=1))


def runs(
    source: LabelledStream | SequenceSet,
    *,
    layers: Sequence[int] = (2, 3),
    shares: Sequence[float] = (0.8, 0.9),
    window: int = 10,
    stride: int = 1,
    label: str = "last",
    scaling: str = "all",
    report: Report = silent,
    seed: int = 0,
    **settings: Any,
) -> tuple[Run, ...]:
    """Train every combination of layers and shares, and measure each on its own test part.

    Parameters
    ----------
    source : LabelledStream or SequenceSet
        A stream with a class at each step, or series with labels.
    layers : sequence of int
        Numbers of LSTM layers.
    shares : sequence of float
        Of the training part.
    window, stride, label
        Of a stream's windows, as `labelled_stream.windowed` takes them.
    scaling : str
        Of whole series, as `labelled_series.of_series` takes it.
    report : callable
        Told after every batch.
    seed : int
        Of weights and of the draw of series.
    **settings
        What `fit` takes beyond that.

    Returns
    -------
    tuple of Run
        In the order of `shares`, then of `layers`.
    """
    found = []
    asked = [(share, each) for share in shares for each in layers]
    for place, (share, each) in enumerate(asked):
        ground = (
            windowed(source, window=window, stride=stride, share=share, label=label)
            if isinstance(source, LabelledStream)
            else of_series(source, share=share, scaling=scaling, seed=seed)
        )
        told = part(report, 100 * place / len(asked), 100 * (place + 1) / len(asked))
        predictor = fit(ground, layers=each, seed=seed, report=told, **settings)
        found.append(measured(predictor, ground, layers=each, share=share))
    return tuple(found)


def measured(predictor: Predictor, ground: LabelledWindows, *, layers: int, share: float) -> Run:
    """Give the row of one run."""
    from sklearn.metrics import accuracy_score, f1_score, recall_score

    said, truth = answers(predictor, ground).test_labels, ground.test_labels
    usual = int(np.bincount(ground.train_labels).argmax())
    mean: dict[str, Any] = {"average": "macro", "zero_division": 0}
    return Run(
        layers=layers,
        share=share,
        n=ground.n,
        n_test=ground.test.n,
        accuracy=float(accuracy_score(truth, said)),
        recall=float(recall_score(truth, said, **mean)),
        f1=float(f1_score(truth, said, **mean)),
        majority=float((truth == usual).mean()),
        epochs=predictor.epochs,
        seconds=predictor.seconds,
    )
