"""What classification works on, and what needs no network, each computed once."""

from typing import Any

from clustering import engine
from clustering.data.sequences import SequenceSet, Stream
from clustering.dataset import Dataset, Integers
from clustering.deep import classifying, labelled_series, labelled_stream
from clustering.deep.classifying import Answers
from clustering.deep.labelled import LabelledWindows
from clustering.deep.labelled_stream import LabelledStream
from clustering.deep.predictor import Predictor
from clustering.progress import Report
from clustering.supervised import classes
from clustering.supervised.guesses import Guess
from dashboard import ui
from dashboard.neural.sequences.classification.sidebar import Chosen
from dashboard.neural.sequences.judged import Judged, judge

__all__ = ["ground", "guesses", "look", "member", "steps"]


def steps(content: Stream, chosen: Chosen) -> LabelledStream:
    """Give a class for every step, once."""
    return ui.computed(_steps, content, target=chosen.target, features=chosen.features)


def _steps(stream: Stream, *, target: str, features: tuple[str, ...]) -> LabelledStream:
    return labelled_stream.of_stream(stream, target, features=features)


def ground(content: Stream | SequenceSet, chosen: Chosen) -> LabelledWindows:
    """Split, scale and cut, once, in this order."""
    if isinstance(content, Stream):
        return ui.computed(_windowed, steps(content, chosen), **chosen.cut)
    return ui.computed(_split, content, **chosen.cut, seed=chosen.settings["seed"])


def _windowed(stream: LabelledStream, **cut: Any) -> LabelledWindows:
    return labelled_stream.windowed(stream, **cut)


def _split(series: SequenceSet, **cut: Any) -> LabelledWindows:
    return labelled_series.of_series(series, **cut)


def member(content: Stream | SequenceSet) -> str:
    """Give what one example is called."""
    return "window" if isinstance(content, Stream) else content.member


def look(content: Stream | SequenceSet, made: LabelledWindows, predictor: Predictor) -> Judged:
    """Hold what the network says against what is true."""
    answers = ui.computed(_answers, predictor, ground=made)
    return judge(
        predictor, answers, made.train_labels, made.test_labels, made.classes,
        member=member(content), key=made.key,
    )  # fmt: skip


def _answers(predictor: Predictor, *, ground: LabelledWindows) -> Answers:
    """Predict on a worker, without a bar: it is short, and comes after each piece of a training."""
    return engine.run(classifying.answers, predictor, ground)


def guesses(made: LabelledWindows) -> tuple[Guess, ...]:
    """Give what needs no network."""
    return (
        classes.majority(made.train_labels, n=made.test.n, classes=len(made.classes)),
        ui.computed(
            _logistic, made.train, labels=made.train_labels, test=made.test, shape=made.shape,
            classes=len(made.classes),
        ),
    )  # fmt: skip


def _logistic(
    train: Dataset, *, labels: Integers, test: Dataset, shape: tuple[int, int], classes: int,
    report: Report,
) -> Guess:  # fmt: skip
    """Have the regression done on a worker: with many windows it takes its time."""
    return engine.run(logistic, train, labels, test, shape=shape, classes=classes, report=report)


logistic = classes.logistic
