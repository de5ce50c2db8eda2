"""What sentiment works on, and what needs no network, each computed once."""

from clustering import engine
from clustering.deep import sentiment
from clustering.deep.classifying import Answers
from clustering.deep.predictor import Predictor
from clustering.deep.texts import LabelledTexts, Texts
from clustering.progress import Report
from clustering.supervised import classes
from clustering.supervised import texts as plain_ways
from clustering.supervised.guesses import Guess
from dashboard import ui
from dashboard.neural.sequences.judged import Judged, judge
from dashboard.neural.sequences.sentiment.sidebar import UNITS, Chosen

__all__ = ["ground", "guesses", "look", "unit_of"]


def unit_of(by: str) -> str:
    """Give what is counted in a text."""
    return UNITS.get(by, by)


def ground(texts: Texts, chosen: Chosen) -> LabelledTexts:
    """Split, and count the words of the training part, once."""
    return ui.computed(
        _prepared, texts, by=chosen.by, share=chosen.share, most=chosen.most, length=chosen.length,
        seed=chosen.settings["seed"],
    )  # fmt: skip


def _prepared(
    texts: Texts, *, by: str, share: float, most: int, length: int | None, seed: int
) -> LabelledTexts:
    return sentiment.prepared(texts, by=by, share=share, most=most, length=length, seed=seed)


def look(made: LabelledTexts, predictor: Predictor) -> Judged:
    """Hold what the network says against what is true."""
    answers = ui.computed(_answers, predictor, ground=made)
    return judge(
        predictor, answers, made.train_labels, made.test_labels, made.classes, member="text",
        key=made.key,
    )  # fmt: skip


def _answers(predictor: Predictor, *, ground: LabelledTexts) -> Answers:
    """Predict on a worker, without a bar: it is short, and comes after each piece of a training."""
    return engine.run(sentiment.answers, predictor, ground)


def guesses(texts: Texts, made: LabelledTexts) -> tuple[Guess, ...]:
    """Give what needs no network."""
    k = len(made.classes)
    return (
        classes.majority(made.train_labels, n=len(made.test), classes=k),
        ui.computed(_counted, made, texts=texts),
    )


def _counted(made: LabelledTexts, *, texts: Texts, report: Report) -> Guess:
    """Have words counted on a worker: with many texts it takes its time."""
    first, rest = (
        [texts.texts[place] for place in places.tolist()]
        for places in (made.train_places, made.test_places)
    )
    return engine.run(
        plain_ways.tfidf, first, made.train_labels, rest, classes=len(made.classes), report=report
    )
