"""What follows from a trained forecaster, each part computed once."""

from dataclasses import dataclass

import numpy as np

from clustering import engine
from clustering.data.sequences import Stream
from clustering.dataset import Floats, Integers
from clustering.deep import forecasting
from clustering.deep.forecasting import Ahead, Forecast, Forecasts
from clustering.deep.predictor import Predictor
from clustering.figures import Figure
from clustering.figures import forecast as figures
from dashboard import ui
from dashboard.neural.sequences.forecasting.sidebar import Chosen

__all__ = ["Here", "bare", "chart", "ground", "look", "placed", "time_of"]

LEVEL = 0.9


@dataclass(frozen=True, eq=False, slots=True)
class Here:
    """What there is once a network is trained.

    Attributes
    ----------
    stream : Stream
        What was brought.
    chosen : Chosen
        What the sidebar says.
    ground : Forecasts
        The series, split and scaled.
    predictor : Predictor
        What was trained.
    forecast : Forecast
        One step ahead over both parts.
    ahead : Ahead or None
        Beyond the end; None while it learns.
    """

    stream: Stream
    chosen: Chosen
    ground: Forecasts
    predictor: Predictor
    forecast: Forecast
    ahead: Ahead | None

    @property
    def values(self) -> Floats:
        """The series that is forecast, in original units, shape (m,)."""
        values: Floats = self.ground.values[:, self.ground.target]
        return values

    @property
    def unit(self) -> str:
        """What the vertical axis is called."""
        return self.ground.channels[self.ground.target]

    @property
    def time(self) -> str:
        """What the horizontal axis is called."""
        return time_of(self.stream)


def time_of(stream: Stream) -> str:
    """Give the title of the horizontal axis; dates speak for themselves."""
    return "" if stream.dated else f"time {stream.unit}".strip()


def ground(stream: Stream, *, chosen: Chosen) -> Forecasts:
    """Split the series and scale it, once."""
    return ui.computed(
        _prepared, stream, target=chosen.target, features=chosen.features, window=chosen.window,
        share=chosen.share,
    )  # fmt: skip


def _prepared(
    stream: Stream, *, target: str, features: tuple[str, ...], window: int, share: float
) -> Forecasts:
    """Prepare here: it is arithmetic alone, and loads no network."""
    return forecasting.prepared(
        stream, target=target, features=features, window=window, share=share
    )


def look(
    stream: Stream, chosen: Chosen, made: Forecasts, predictor: Predictor, *, learning: bool
) -> Here:
    """Predict all steps, and beyond the end once nothing is learned any more."""
    forecast = ui.computed(_predicted, predictor, ground=made)
    ahead = None
    if not learning:
        ahead = ui.computed(
            forecasting.ahead, predictor, ground=made, steps=chosen.steps, level=LEVEL
        )
    return Here(stream, chosen, made, predictor, forecast, ahead)


def _predicted(predictor: Predictor, *, ground: Forecasts) -> Forecast:
    """Predict on a worker, without a bar: it is short, and comes after each piece of a training."""
    return engine.run(forecasting.predicted, predictor, ground)


def placed(places: Integers, found: Floats, m: int) -> Floats:
    """Lay predictions out over all steps, NaN where there is none, shape (m,)."""
    row = np.full(m, np.nan)
    row[places] = found
    return row


def chart(here: Here) -> Figure:
    """Draw the series and all that is predicted."""
    found, m, ahead = here.forecast, len(here.values), here.ahead
    beyond = None
    if ahead is not None:
        beyond = figures.Ahead(ahead.times, ahead.values, ahead.low, ahead.high, ahead.level)
    return figures.lines(
        here.ground.times, here.values,
        train=placed(found.train_places, found.train, m),
        test=placed(found.test_places, found.test, m),
        seam=here.ground.seam,
        ahead=beyond,
        x=here.time, y=here.unit, keep=(here.ground.key,),
    )  # fmt: skip


def bare(stream: Stream, ground: Forecasts) -> Figure:
    """Draw the series alone."""
    values, nothing = ground.values[:, ground.target], np.full(len(ground.values), np.nan)
    return figures.lines(
        ground.times, values, train=nothing, test=nothing, seam=ground.seam,
        x=time_of(stream), y=ground.channels[ground.target], keep=(ground.key,),
    )  # fmt: skip
