"""Sentiment: an LSTM that reads a text and says how likely each label is. Signatures first."""

from dataclasses import dataclass

from clustering.data.tables import Table
from clustering.deep.classifying import Answers
from clustering.deep.predictor import Predictor
from clustering.deep.texts import LabelledTexts, Texts
from clustering.deep.vocabulary import Vocabulary
from clustering.progress import Report, silent

__all__ = ["Said", "answers", "fit", "imdb", "of_table", "prepared", "said"]


@dataclass(frozen=True, slots=True)
class Said:
    """What a Predictor makes of one typed text.

    Attributes
    ----------
    probabilities : tuple of float
        Of each class.
    label : int
        The likeliest.
    words : tuple of str
        What the text was cut into.
    unknown : tuple of str
        Those that were never learned.
    cut : int
        Words behind the length, which are not read.
    """

    probabilities: tuple[float, ...]
    label: int
    words: tuple[str, ...]
    unknown: tuple[str, ...]
    cut: int


def of_table(table: Table, *, text: str, label: str) -> Texts:
    """Take texts and labels out of two columns; empty and repeated texts are left out, and said."""
    raise NotImplementedError


def prepared(
    texts: Texts,
    *,
    share: float = 0.8,
    by: str | None = None,
    most: int = 10_000,
    length: int | None = None,
    seed: int = 0,
) -> LabelledTexts:
    """Split (each label in its share, or as the set says), fit the vocabulary on the training part."""
    raise NotImplementedError


def fit(
    ground: LabelledTexts,
    *,
    embedding: int = 32,
    units: int = 32,
    layers: int = 1,
    spatial_dropout: float = 0.2,
    dropout: float = 0.2,
    bidirectional: bool = False,
    optimizer: str = "adam",
    learning_rate: float | None = None,
    epochs: int = 5,
    batch: int = 32,
    seed: int = 0,
    begin: Predictor | None = None,
    within: float | None = None,
    report: Report = silent,
) -> Predictor:
    """Train embedding, spatial dropout, LSTM and softmax."""
    raise NotImplementedError


def answers(predictor: Predictor, ground: LabelledTexts) -> Answers:
    """Give probabilities and likeliest classes of both parts."""
    raise NotImplementedError


def said(predictor: Predictor, text: str, *, vocabulary: Vocabulary) -> Said:
    """Give the probability of each class of one typed text."""
    raise NotImplementedError


def imdb(*, report: Report = silent) -> Texts:
    """Give IMDb's 50,000 reviews by Keras' own loader."""
    raise NotImplementedError
