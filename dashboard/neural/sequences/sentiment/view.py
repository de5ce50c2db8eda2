"""Sentiment: is a text meant well?"""

from collections.abc import Mapping
from functools import partial

from clustering.deep import sentiment
from clustering.deep.texts import LabelledTexts
from clustering.figures import reports as figures
from clustering.supervised.reports import Report
from clustering.words import count
from dashboard import ui
from dashboard.neural.sequences import common, judged
from dashboard.neural.sequences.sentiment import (
    carrying,
    door,
    learn,
    parts,
    results,
    sidebar,
    typed,
)
from dashboard.ui.page import Places

__all__ = ["show"]

MATRIX, LENGTHS = 260, 150


def show() -> None:
    """Show the view: texts, parameters, and what the network makes of a sentence."""
    opened = door.opened()
    with ui.parameters():
        chosen = sidebar.chosen(opened.texts)
    at = ui.places(1.35)
    with ui.working(at):
        ground = parts.ground(opened.texts, chosen)
        training = ui.training(
            "la_s", sentiment.fit, ground, epochs=chosen.epochs, start=opened.own,
            **chosen.settings,
        )  # fmt: skip
    predictor = training.result
    if predictor is None:
        _untrained(at, ground, running=training.running)
    else:
        with ui.working(at):
            here = parts.look(ground, predictor)
            others = None
            if not training.running:
                others = judged.reports_of(here, parts.guesses(opened.texts, ground))
        _above(at, here, others, ground, chosen.epochs)
        if others is not None:
            ui.tabs(
                "la",
                {
                    "Results": partial(results.results, here, opened, ground, chosen),
                    "Learn": partial(learn.learn, here, opened, ground),
                    "Export": partial(carrying.export, here, opened, ground),
                },
            )
    training.go_on()


def _lengths(ground: LabelledTexts, *, height: int) -> None:
    """Draw how long the texts are, and where they are cut."""
    words = ground.vocabulary
    figure = figures.lengths(
        ground.lengths, kept=words.length, unit=parts.unit_of(words.by), keep=(ground.key,)
    )
    ui.chart(figure, "la_s_lengths", height=height)


def _untrained(at: Places, ground: LabelledTexts, *, running: bool) -> None:
    """Show what there is to learn from."""
    with at.figures:
        ui.key_figures(judged.waiting())
    with at.map:
        _lengths(ground, height=MATRIX)
    with at.curve:
        ui.note(
            f"{count(ground.n, 'text')} to learn from{'' if running else '; press Train'}.",
            *ground.changes,
        )


def _above(
    at: Places, here: judged.Judged, others: Mapping[str, Report] | None, ground: LabelledTexts,
    epochs: int,
) -> None:  # fmt: skip
    """Show figures, matrix, losses, lengths, what needs no network, and the box."""
    with at.figures:
        ui.key_figures(judged.key_figures(here, others))
    with at.map:
        judged.confusion(here, "la_s_confusion", height=MATRIX)
        if others is not None:
            typed.box(here.predictor, ground)
    with at.curve:
        common.losses(here.predictor, "la_s_losses", epochs=epochs)
        _lengths(ground, height=LENGTHS)
    if others is not None:
        with at.side:
            best = judged.rows(here, others)
            ui.note(judged.verdict(here, others, best))
