"""The Labels tab: the source's own path, LSTM and softmax on known classes, and the clusters.

Both are judged on what was held back. Which class a cluster stands for is learned on the
training part alone.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pandas as pd
import streamlit as st

from clustering.deep import classifying
from clustering.deep.labelled import LabelledWindows, prepared
from clustering.deep.predictor import Predictor
from clustering.errors import ClusterloomError
from clustering.figures import reports as figures
from clustering.figures import training as losses
from clustering.supervised.reports import Report, matched, report
from clustering.words import count
from dashboard import ui
from dashboard.neural.lstm.arriving import arrived
from dashboard.neural.lstm.parts import Ground, Here, members

__all__ = ["labels"]

UNITS, LAYERS, SHARES = 50, (2, 3), (0.8, 0.9)
"""Of the source: LSTM(50); what its table of runs sets side by side."""


def labels(here: Here, trained: list[ui.Training[Predictor]]) -> None:
    """Show what the clusters say of the test part, and what a network taught by classes does.

    Parameters
    ----------
    here : Here
        The clusters.
    trained : list of Training
        Takes up the training of this tab, to be gone on with at the end of the page.
    """
    ground = here.ground
    missing = lacks(ground)
    if missing:
        ui.note(missing)
        return
    left, right = st.columns(2, gap="large")
    with left:
        _of_clusters(here)
    # What cannot be learned, e.g. a part with a single class, ends neither the page nor the tab.
    with right, _told():
        _of_softmax(ground, trained)
    with _told():
        _runs(ground)


@contextmanager
def _told() -> Iterator[None]:
    """Say in a sentence why something cannot be learned."""
    try:
        yield
    except ClusterloomError as error:
        st.error(ui.literal(error, most=400))


def lacks(ground: Ground) -> str:
    """Say why nothing can be judged by classes; empty where it can."""
    if ground.truth is None:
        where = "Known kind, Events of the stream" if ground.stream else "Layout of the file"
        return (
            "No classes are known of what is learned from, so that nothing can be held against "
            f"them. A column named like a class is found by itself; another is chosen in the "
            f"sidebar ({where})."
        )
    if ground.other is None:
        return "Nothing is held back: choose a share under Learned from, such as 80 %."
    if ground.truth_later is None:
        return "No class is known of what is held back, so that there is nothing to test on."
    return ""


# ---- the clusters -------------------------------------------------------------------------------
def _of_clusters(here: Here) -> None:
    """Judge the clusters under the best matching."""
    ground = here.ground
    st.markdown("**The clusters**, each standing for a class")
    assert ground.truth is not None and ground.truth_later is not None
    try:
        found = arrived(here)
    except ClusterloomError as error:
        ui.note(str(error))
        return
    assert found is not None
    naming = matched(ground.truth, here.partition.labels)
    told = report(ground.truth_later, naming(found.labels), ground.classes)
    _figures(told, "no class was seen by the network; which class a cluster stands for was "
             "learned from the training part")  # fmt: skip
    _table(told)
    _confused(told, ground, "ls_confusion_clusters")
    alone = int((naming.named < 0).sum())
    if alone:
        ui.note(
            f"{alone} of {count(here.k, 'cluster')} {'stands' if alone == 1 else 'stand'} for no "
            "class, as there are more clusters than classes or no member has one: what lies there "
            "counts as wrong."
        )


# ---- LSTM and softmax ---------------------------------------------------------------------------
def _of_softmax(ground: Ground, trained: list[ui.Training[Predictor]]) -> None:
    """Train the source's network on the classes, when asked, and judge it."""
    st.markdown(f"**The source's own path**: LSTM({UNITS}) and softmax, taught by the classes")
    windows = both(ground)
    layers, epochs, seed = _asked()
    training = ui.training(
        "ls_softmax", classifying.fit, windows, epochs=epochs, layers=layers, units=UNITS,
        batch=_batch(windows.n), seed=seed,
    )  # fmt: skip
    trained.append(training)
    if training.result is None:
        ui.note(
            f"Cleaning, scaling and the split are those of the page: {windows.train.n:,} to learn "
            f"from and {windows.test.n:,} to test. Press Train."
        )
        return
    _history(training.result, epochs)
    if training.running:
        return
    found = ui.computed(classifying.answers, training.result, ground=windows)
    told = report(windows.test_labels, found.test_labels, windows.classes)
    _figures(told, "on the test part, which it never saw")
    _table(told)
    _confused(told, ground, "ls_confusion_softmax")


def both(ground: Ground) -> LabelledWindows:
    """Give both parts with their classes."""
    assert ground.other is not None
    assert ground.truth is not None and ground.truth_later is not None
    return prepared(
        ground.dataset, ground.truth, ground.other, ground.truth_later, classes=ground.classes,
        shape=ground.shape,
    )  # fmt: skip


def _asked() -> tuple[int, int, int]:
    """Show how the network is built and how long it learns."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        layers: int = st.segmented_control(
            "LSTM layers", (1, 2, 3), default=1, required=True, key="ls_softmax_layers",
            bind="query-params",
        )  # fmt: skip
        epochs = st.slider(
            "Epochs", 1, 200, 30, key="ls_softmax_epochs", bind="query-params", width="stretch"
        )
    return layers, epochs, 0


def _batch(n: int) -> int:
    """Give some twelve steps an epoch."""
    return next((size for size in (4, 8, 16, 32, 64) if n <= 12 * size), 128)


def _history(predictor: Predictor, epochs: int) -> None:
    """Draw how it learned."""
    named = {"accuracy": "training", "val_accuracy": "test"}
    curves = {said: predictor.history[name] for name, said in named.items()
              if name in predictor.history}  # fmt: skip
    figure = losses.losses(
        curves, epochs=max(epochs, predictor.epochs), y="accuracy", keep=predictor.ground
    )
    ui.chart(figure, "ls_softmax_loss", height=150)


# ---- two against three layers, 80/20 against 90/10 ----------------------------------------------
def _runs(ground: Ground) -> None:
    """Train each combination when asked, and show their figures as a table."""
    st.markdown("**Runs**: two against three layers, 80/20 against 90/10")
    epochs = int(st.session_state.get("ls_softmax_epochs", 30))
    asked: set[object] = st.session_state.setdefault("ls_asked_runs", set())
    what = ground.sequences.key, epochs
    if what not in asked:
        st.button(
            "Train all four", key="ls_runs", on_click=lambda: asked.add(what),
            help=f"Four trainings of {epochs} epochs, one after another, each with a split and "
            "a scaling of its own.",
        )  # fmt: skip
        return
    found = ui.computed(
        classifying.runs, ground.sequences, layers=LAYERS, shares=SHARES, units=UNITS,
        epochs=epochs, batch=_batch(ground.dataset.n),
        scaling=ground.preparation.choices.scaling,
    )  # fmt: skip
    st.dataframe(_run_table(found), hide_index=True, height="content")
    ui.note(
        "Accuracy, recall and F1 on the test part of each run, the last two as means over the "
        "classes; majority: the accuracy of always saying the most frequent class."
    )


def _run_table(runs: Sequence[classifying.Run]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "LSTM layers": [run.layers for run in runs],
            "learned from": [f"{ui.percent(run.share)} ({run.n:,})" for run in runs],
            "tested on": [run.n_test for run in runs],
            "accuracy": [ui.number(run.accuracy, 3) for run in runs],
            "recall": [ui.number(run.recall, 3) for run in runs],
            "F1": [ui.number(run.f1, 3) for run in runs],
            "majority": [ui.number(run.majority, 3) for run in runs],
            "seconds": [f"{run.seconds:.1f}" for run in runs],
        }
    )


# ---- figures of merit ---------------------------------------------------------------------------
def _figures(told: Report, how: str) -> None:
    """Show accuracy, recall and F1."""
    ui.key_figures(
        [
            ui.KeyFigure("Accuracy", ui.number(told.accuracy, 3),
                         f"Share of right answers: {how}."),
            ui.KeyFigure("Recall", ui.number(told.macro[1], 3),
                         "Share of a class that is found, mean over the classes."),
            ui.KeyFigure("F1", ui.number(told.macro[2], 3),
                         "Harmonic mean of precision and recall, mean over the classes."),
        ]
    )  # fmt: skip


def _table(told: Report) -> None:
    """Show the report class by class."""
    frame = pd.DataFrame(
        {
            "class": list(told.classes), "precision": told.precision, "recall": told.recall,
            "F1": told.f1, "members": told.support,
        }
    )  # fmt: skip
    numbers = st.column_config.NumberColumn(format="%.3f")
    st.dataframe(
        frame, hide_index=True, height="content" if len(frame) <= 12 else 320,
        column_config={"precision": numbers, "recall": numbers, "F1": numbers},
    )  # fmt: skip


def _confused(told: Report, ground: Ground, key: str) -> None:
    """Draw what was taken for what."""
    if len(told.classes) > 30:
        ui.note(f"A table of {len(told.classes)} classes is not drawn.")
        return
    figure = figures.confusion(
        np.asarray(told.confusion), classes=told.classes, member=ground.member, keep=(key,)
    )
    ui.chart(figure, key, height=min(110 + 30 * len(told.classes), 460))
    if told.strangers:
        ui.note(f"{members(told.strangers, ground.member)} in no class, counted as wrong.")
