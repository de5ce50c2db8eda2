"""Predicted classes beside true ones, and beside what needs no network."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from clustering.dataset import Integers
from clustering.deep.classifying import Answers
from clustering.deep.predictor import Predictor
from clustering.figures import reports as figures
from clustering.supervised.guesses import Guess
from clustering.supervised.reports import Report, report
from clustering.words import count, plural
from dashboard import ui
from dashboard.neural.sequences import common

__all__ = [
    "LSTM",
    "Judged",
    "accuracies",
    "confusion",
    "judge",
    "key_figures",
    "report_table",
    "rows",
    "verdict",
    "waiting",
]

LSTM = "LSTM"
LARGE = 12
"""Classes beyond which names are left to the hover."""


@dataclass(frozen=True, eq=False, slots=True)
class Judged:
    """What was predicted of both parts, and how good it is.

    Attributes
    ----------
    predictor : Predictor
        What was trained.
    answers : Answers
        What it says.
    truth : ndarray of shape (n,), int64
        True classes of the test part.
    classes : tuple of str
        What they are called.
    test, train : Report
        Figures of the parts.
    member : str
        What one example is called.
    key : str
        Of what it was trained on.
    """

    predictor: Predictor
    answers: Answers
    truth: Integers
    classes: tuple[str, ...]
    test: Report
    train: Report
    member: str
    key: str


def judge(
    predictor: Predictor, answers: Answers, train: Integers, test: Integers,
    classes: tuple[str, ...], *, member: str, key: str,
) -> Judged:  # fmt: skip
    """Hold what was said against what is true."""
    return Judged(
        predictor, answers, test, classes,
        test=report(test, answers.test_labels, classes),
        train=report(train, answers.train_labels, classes), member=member, key=key,
    )  # fmt: skip


def key_figures(here: Judged, others: Mapping[str, Report] | None) -> list[ui.KeyFigure]:
    """Give the five figures on top of the page."""
    test, predictor = here.test, here.predictor
    known = {} if others is None else {name: each.accuracy for name, each in others.items()}
    best = max(known, key=known.__getitem__, default="")
    return [
        ui.KeyFigure(
            "Accuracy",
            ui.percent(test.accuracy, 1),
            f"Share of the {count(test.n, here.member)} of the test part whose likeliest class is "
            f"theirs. On the training part it is {ui.percent(here.train.accuracy, 1)}.",
        ),
        ui.KeyFigure(
            "Macro F1",
            ui.number(test.macro[2], 3),
            "Mean over the classes of F1, the harmonic mean of precision and recall: a small "
            "class counts as much as a large one.",
        ),
        ui.KeyFigure(
            "Macro recall",
            ui.percent(test.macro[1], 1),
            "Mean over the classes of the share of their members that was found.",
        ),
        ui.KeyFigure(
            "Best beside it",
            ui.percent(known[best], 1) if best else "–",
            f"Accuracy on the test part of {best or 'the best'}, the best of the ways in the "
            "table that need no network.",
        ),
        ui.KeyFigure(
            "Epochs",
            f"{predictor.epochs}",
            f"How often the network saw its examples, in {predictor.seconds:.0f} seconds on "
            f"{predictor.device or 'an unknown device'}. It has {predictor.n:,} weights.",
        ),
    ]


def waiting() -> list[ui.KeyFigure]:
    """Give the key figures while there is nothing to say, so that nothing moves when they come."""
    names = ("Accuracy", "Macro F1", "Macro recall", "Best beside it", "Epochs")
    return [ui.KeyFigure(name, "–", "Measured once a network is trained.") for name in names]


def confusion(here: Judged, key: str, *, height: int) -> None:
    """Draw the confusion matrix of the test part."""
    figure = figures.confusion(
        here.test.confusion, classes=here.classes, member=here.member, keep=(here.key,)
    )
    ui.chart(figure, key, height=height)


def accuracies(here: Judged, key: str, *, epochs: int, height: int = 190) -> None:
    """Draw the share of right answers after every epoch."""
    named = {"accuracy": "training", "val_accuracy": "test"}
    history = here.predictor.history
    shown = {name: history[row] for row, name in named.items() if row in history}
    figure = figures.accuracies(shown, epochs=max(epochs, here.predictor.epochs), keep=(here.key,))
    ui.chart(figure, key, height=height)


def reports_of(here: Judged, guesses: tuple[Guess, ...]) -> dict[str, Report]:
    """Judge what needs no network, on the same test part."""
    return {each.name: report(here.truth, each.predicted, here.classes) for each in guesses}


def rows(here: Judged, others: Mapping[str, Report]) -> str:
    """Show accuracy, recall and F1 of all ways; give the best."""
    found = {
        name: {
            "accuracy": 100 * each.accuracy, "recall": 100 * each.macro[1], "F1": each.macro[2],
        }
        for name, each in {LSTM: here.test, **others}.items()
    }  # fmt: skip
    return common.beside(
        found, best="accuracy", largest=True, format="%.1f %%", formats={"F1": "%.3f"}
    )


def verdict(here: Judged, others: Mapping[str, Report], best: str) -> str:
    """Say who is best, also where the network is not."""
    if best == LSTM:
        ties = [name for name, each in others.items() if each.accuracy == here.test.accuracy]
        return (
            f"On the test part the network is no better than {ties[0]}."
            if ties
            else "On the test part the network is the best of these."
        )
    behind = others[best].accuracy - here.test.accuracy
    return (
        f"On the test part {best} is better, by {ui.percent(behind, 1)} of the "
        f"{plural(here.member)}. More epochs or a higher learning rate may help; often the "
        "simple way stays ahead."
    )


def report_table(found: Report) -> None:
    """Show precision, recall, F1 and support of every class, and their means."""
    names = [*found.classes, "macro mean", "weighted mean"]
    total = [found.n, found.n]
    frame = pd.DataFrame(
        {
            "class": names,
            "precision": [*found.precision, found.macro[0], found.weighted[0]],
            "recall": [*found.recall, found.macro[1], found.weighted[1]],
            "F1": [*found.f1, found.macro[2], found.weighted[2]],
            "support": np.array([*found.support.tolist(), *total]),
        }
    )
    three = st.column_config.NumberColumn(format="%.3f")
    st.dataframe(
        frame, hide_index=True, height="content" if len(names) <= LARGE else 420,
        column_config={"precision": three, "recall": three, "F1": three},
    )  # fmt: skip
    empty = [name for name, n in zip(found.classes, found.support.tolist(), strict=True) if not n]
    if empty:
        ui.note(f"No member in the test part: {', '.join(empty[:8])}; their recall is undefined.")
    never = unpredicted(found)
    if never:
        ui.note(
            f"Never predicted: {', '.join(never[:8])}{' …' if len(never) > 8 else ''}; precision "
            "is undefined there and counted as 0."
        )


def unpredicted(found: Report) -> list[str]:
    """Name the classes that have members and were said of none."""
    given = found.confusion.sum(axis=0)
    pairs = zip(found.classes, given.tolist(), found.support.tolist(), strict=True)
    return [name for name, said, n in pairs if n and not said]
