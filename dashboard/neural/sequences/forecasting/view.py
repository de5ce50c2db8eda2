"""Forecasting: which value comes next?"""

from functools import partial

from clustering.data.sequences import SAMPLES, Stream
from clustering.deep import forecasting
from clustering.deep.forecasting import Forecasts
from clustering.supervised.forecasts import Baseline
from clustering.words import count
from dashboard import ui
from dashboard.neural.sequences import common, streams
from dashboard.neural.sequences.forecasting import (
    beside,
    carrying,
    learn,
    parts,
    results,
    sidebar,
    words,
)
from dashboard.ui.page import Places

__all__ = ["show"]

OWN = {"month-series": SAMPLES["month-series"]}
HELP = (
    "A table with a column of dates or times and a column of values, a row a step: CSV, a "
    "workbook, Parquet. Further columns of numbers may be forecast as well."
)
SERIES = 400


def show() -> None:
    """Show the view: data, parameters, and what a network makes of the series."""
    brought = streams.opened("la_f", OWN, default="month-series", help=HELP)
    stream = brought.content
    with ui.parameters():
        chosen = sidebar.chosen(stream)
    at = ui.places(1.6)
    with ui.working(at):
        ground = parts.ground(stream, chosen=chosen)
        training = ui.training(
            "la_f", forecasting.fit, ground, epochs=chosen.epochs, start=brought.own,
            **chosen.settings,
        )  # fmt: skip
        quick = beside.quick(ground, steps=chosen.steps)
    predictor = training.result
    if predictor is None:
        _untrained(at, stream, ground, quick, running=training.running)
    else:
        with ui.working(at):
            here = parts.look(stream, chosen, ground, predictor, learning=training.running)
        _trained(at, here, quick, running=training.running)
    training.go_on()


def _untrained(
    at: Places, stream: Stream, ground: Forecasts, quick: tuple[Baseline, ...], *, running: bool
) -> None:
    """Show the series alone."""
    with at.figures:
        ui.key_figures(words.waiting(quick))
    with at.map:
        ui.chart(parts.bare(stream, ground), "la_f_chart", height=SERIES)
    with at.curve:
        ui.note(
            f"{count(ground.n, 'window')} of {ground.window} steps to learn from"
            f"{'' if running else '; press Train'}.",
            *ground.changes,
        )


def _trained(at: Places, here: parts.Here, quick: tuple[Baseline, ...], *, running: bool) -> None:
    """Show what a network makes of it."""
    with at.figures:
        ui.key_figures(words.key_figures(here, quick))
    with at.map:
        ui.chart(parts.chart(here), "la_f_chart", height=SERIES)
    with at.curve:
        common.losses(here.predictor, "la_f_losses", epochs=here.chosen.epochs)
    if running:
        return
    with at.side, ui.explained():
        others = quick + beside.slow(here.ground, steps=here.chosen.steps)
        beside.table(here, others)
    ui.tabs(
        "la",
        {
            "Results": partial(results.results, here, others),
            "Learn": partial(learn.learn, here),
            "Export": partial(carrying.export, here),
        },
    )
