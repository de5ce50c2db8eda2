"""Classification: which class does a window belong to?"""

from collections.abc import Mapping
from functools import partial

from clustering.data.sequences import SAMPLES, SequenceSet, Stream
from clustering.deep import classifying
from clustering.deep.labelled import LabelledWindows
from clustering.supervised.reports import Report
from clustering.words import count
from dashboard import ui
from dashboard.neural.sequences import common, judged, streams
from dashboard.neural.sequences.classification import carrying, learn, parts, results, sidebar
from dashboard.ui.page import Places

__all__ = ["show"]

OWN = {"weather": SAMPLES["weather"], "sensor-events": SAMPLES["sensor-events"]}
HELP = (
    "A table over time with columns of numbers and a column of classes, a row a step; or series "
    "with labels (.ts of the UCR and UEA archives, UCR .tsv, .npz)."
)
MATRIX, STRIP = 290, 130


def show() -> None:
    """Show the view: data, parameters, and how well the network tells the classes apart."""
    brought = streams.opened("la_c", OWN, default="weather", help=HELP, many=True)
    content = brought.content
    with ui.parameters():
        chosen = sidebar.chosen(content)
    at = ui.places(1.35)
    with ui.working(at):
        ground = parts.ground(content, chosen)
        training = ui.training(
            "la_c", classifying.fit, ground, epochs=chosen.epochs, start=brought.own,
            **chosen.settings,
        )  # fmt: skip
    predictor = training.result
    if predictor is None:
        _untrained(at, ground, running=training.running)
    else:
        with ui.working(at):
            here = parts.look(content, ground, predictor)
            others = None
            if not training.running:
                others = judged.reports_of(here, parts.guesses(ground))
        _above(at, here, others, content, ground, chosen.epochs)
        if others is not None:
            ui.tabs(
                "la",
                {
                    "Results": partial(results.results, here, content, ground, chosen),
                    "Learn": partial(learn.learn, here, content, ground, chosen),
                    "Export": partial(carrying.export, here, content, ground, chosen),
                },
            )
    training.go_on()


def _untrained(at: Places, ground: LabelledWindows, *, running: bool) -> None:
    """Say what there is to learn from."""
    with at.figures:
        ui.key_figures(judged.waiting())
    with at.map:
        results.counts(ground)
    with at.curve:
        ui.note(
            f"{count(ground.n, 'example')} to learn from{'' if running else '; press Train'}.",
            *ground.changes,
        )


def _above(
    at: Places, here: judged.Judged, others: Mapping[str, Report] | None,
    content: Stream | SequenceSet, ground: LabelledWindows, epochs: int,
) -> None:  # fmt: skip
    """Show figures, matrix, losses and what needs no network."""
    with at.figures:
        ui.key_figures(judged.key_figures(here, others))
    with at.map:
        judged.confusion(here, "la_c_confusion", height=MATRIX)
        if isinstance(content, Stream):
            results.strip(here, content, ground, height=STRIP)
    with at.curve:
        common.losses(here.predictor, "la_c_losses", epochs=epochs)
    if others is not None:
        with at.side:
            best = judged.rows(here, others)
            ui.note(judged.verdict(here, others, best))
