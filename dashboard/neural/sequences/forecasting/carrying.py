"""The Export tab of forecasting: the predictions, the network, a script and the chart."""

from functools import partial

import numpy as np
import pandas as pd

from clustering.script import predictors
from dashboard import ui
from dashboard.neural.sequences import export as carried
from dashboard.neural.sequences.forecasting import parts, words
from dashboard.neural.sequences.forecasting.parts import Here, placed

__all__ = ["export", "frame"]


def frame(here: Here) -> pd.DataFrame:
    """Give a row for every step, those beyond the end included.

    Returns
    -------
    pandas.DataFrame
        Time, part, value, prediction, and the interval beyond the end.
    """
    found, ground, m = here.forecast, here.ground, len(here.values)
    predicted = placed(found.train_places, found.train, m)
    predicted[found.test_places] = found.test
    known = pd.DataFrame(
        {
            "time": ground.times,
            "part": np.where(np.arange(m) < ground.seam, "training", "test"),
            "value": here.values,
            "prediction": predicted,
        }
    )
    if here.ahead is None:
        return known
    ahead = here.ahead
    beyond = pd.DataFrame(
        {
            "time": ahead.times, "part": "ahead", "prediction": ahead.values, "low": ahead.low,
            "high": ahead.high,
        }
    )  # fmt: skip
    return pd.concat([known, beyond], ignore_index=True)


def export(here: Here) -> None:
    """Offer all that can be carried away."""
    text = predictors.forecast_script(here.ground, steps=here.chosen.steps, level=parts.LEVEL)
    data = ui.Carried(
        "The data it reads", partial(predictors.forecast_npz, here.ground),
        "series.npz", "application/octet-stream",
        "As they were read, in a file that holds no program. The script takes its path.",
    )  # fmt: skip
    carried.carry(
        frame(here), here.predictor, text, partial(parts.chart, here), key="la_f",
        name=here.ground.name, heading=words.heading(here), data=data,
        what="a row a step, the forecasts beyond the end last",
    )  # fmt: skip
