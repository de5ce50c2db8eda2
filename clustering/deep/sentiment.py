r"""Sentiment: an LSTM reads a text word by word, and a softmax says how likely each label is.

Every word becomes a few numbers that are learned (the embedding). While it learns, whole columns
of these are dropped (spatial dropout [1]_), so that no single one decides; then LSTM layers read
the words in their order, pass over what is behind the end, and a softmax tells the label::

    numbers (length,) -> Embedding -> SpatialDropout1D -> LSTM x layers -> softmax

References
----------
.. [1] J. Tompson, R. Goroshin, A. Jain, Y. LeCun, C. Bregler, "Efficient object localization
       using convolutional networks", CVPR 2015, https://arxiv.org/abs/1411.4280
"""

from dataclasses import dataclass
from typing import Any

from clustering.deep.backend import keras
from clustering.deep.classifying import Answers, answered
from clustering.deep.imdb import imdb
from clustering.deep.networks import drawn
from clustering.deep.predictor import Predictor
from clustering.deep.recurrent import Cells, reader
from clustering.deep.supervised import CLASSES, Lesson, check, check_part, learned, single, whole
from clustering.deep.texts import LabelledTexts, Texts, of_table, prepared
from clustering.deep.vocabulary import Vocabulary, pieces
from clustering.errors import DataError
from clustering.progress import Report, silent

__all__ = [
    "LabelledTexts",
    "Said",
    "Texts",
    "answers",
    "fit",
    "imdb",
    "of_table",
    "prepared",
    "said",
]


@dataclass(frozen=True, slots=True)
class Said:
    """What a Predictor makes of one typed text.

    Attributes
    ----------
    probabilities : tuple of k float
        Of each class.
    label : int
        The likeliest.
    words : tuple of str
        What the text was cut into, as far as it is read.
    unknown : tuple of str
        Those of them that were never learned, each once.
    cut : int
        Words behind the length, which are not read.
    """

    probabilities: tuple[float, ...]
    label: int
    words: tuple[str, ...]
    unknown: tuple[str, ...]
    cut: int


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
    """Train embedding, spatial dropout, LSTM and softmax.

    Parameters
    ----------
    ground : LabelledTexts
        What `prepared` gives. Its test part is measured after each epoch and never learned from.
    embedding : int
        Numbers that a word becomes, 1 to 1,024.
    layers, units, dropout, bidirectional
        Of the LSTM, as `recurrent.Cells` says.
    spatial_dropout : float
        Share of the embedding's columns that are dropped, from 0 to below 1.
    optimizer, learning_rate, epochs, batch, seed, begin, within, report
        As `classifying.fit` takes them.

    Returns
    -------
    Predictor
        Gives a probability for each label.

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
    whole("embedding", embedding, most=1_024)
    check_part("spatial_dropout", spatial_dropout)
    cells = Cells(layers, units, dropout, bidirectional)
    settings = {
        "embedding": embedding, "units": units, "layers": layers,
        "spatial_dropout": spatial_dropout, "dropout": dropout, "bidirectional": bidirectional,
        "optimizer": optimizer, "learning_rate": learning_rate, "epochs": epochs, "batch": batch,
        "seed": seed,
    }  # fmt: skip
    lesson = Lesson(
        single(ground.train), ground.train_labels, (single(ground.test), ground.test_labels)
    )
    return learned(
        "sentiment",
        lesson,
        built=lambda: _network(ground, embedding, spatial_dropout, cells, seed),
        aim=CLASSES,
        settings=settings,
        ground=ground.key,
        begin=begin,
        within=within,
        report=report,
    )


def _network(
    ground: LabelledTexts, embedding: int, spatial_dropout: float, cells: Cells, seed: int
) -> Any:
    """Build it with fresh weights."""
    k = keras()
    told = k.Input((ground.vocabulary.length,), name="words")
    hidden = k.layers.Embedding(
        ground.vocabulary.size, embedding, mask_zero=True, name="embedding"
    )(told)
    hidden = k.layers.SpatialDropout1D(spatial_dropout, name="drop")(hidden)
    hidden = reader(hidden, cells)
    label = k.layers.Dense(len(ground.classes), activation="softmax", name="label")(hidden)
    network = k.Model(told, label, name="sentiment")
    drawn(seed, network.layers)
    return network


def answers(predictor: Predictor, ground: LabelledTexts) -> Answers:
    """Give probabilities and likeliest labels of both parts.

    Parameters
    ----------
    predictor : Predictor
        What `fit` gave.
    ground : LabelledTexts
        What it was trained on, or prepared by the same vocabulary.

    Returns
    -------
    Answers
    """
    return answered(predictor, ground.train, ground.test)


def said(predictor: Predictor, text: str, *, vocabulary: Vocabulary) -> Said:
    """Give the probability of each label of one typed text.

    Parameters
    ----------
    predictor : Predictor
        What `fit` gave.
    text : str
        Any text with a word in it.
    vocabulary : Vocabulary
        Of the ground that it was trained on.

    Returns
    -------
    Said
        What was never learned is named; where that is every word, the answer says nothing.

    Raises
    ------
    DataError
        Where there is no word in it.
    """
    found = pieces(text, vocabulary.by)
    if not found:
        raise DataError("There is no word in this; type a sentence.")
    row = predictor.predict(vocabulary.codes([text]))[0]
    read = tuple(found[: vocabulary.length])
    unknown = set(vocabulary.unknown(text))
    return Said(
        probabilities=tuple(row.tolist()),
        label=int(row.argmax()),
        words=read,
        unknown=tuple(dict.fromkeys(word for word in read if word in unknown)),
        cut=len(found) - len(read),
    )
