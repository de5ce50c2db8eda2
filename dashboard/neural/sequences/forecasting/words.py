"""What the page says of forecasts."""

from collections.abc import Mapping

from clustering.supervised.forecasts import Baseline
from dashboard import ui
from dashboard.neural.sequences.forecasting.parts import Here

__all__ = ["at_the_top", "heading", "key_figures", "next_value", "verdict", "waiting"]

Rows = Mapping[str, Mapping[str, float]]
LSTM, TRAIN, TEST = "LSTM", "train RMSE", "test RMSE"


def key_figures(here: Here, quick: tuple[Baseline, ...]) -> list[ui.KeyFigure]:
    """Give the five figures on top of the page."""
    found, predictor = here.forecast, here.predictor
    value, help = next_value(here)
    return [
        ui.KeyFigure(
            "Test RMSE",
            ui.amount(found.rmse_test),
            f"Root of the mean squared error of the {len(found.test):,} steps behind the seam, "
            f"each said from the {here.ground.window} before it, in units of {here.unit}. The "
            "network never learned from them.",
        ),
        ui.KeyFigure(
            "Train RMSE",
            ui.amount(found.rmse_train),
            f"The same over {len(found.train):,} steps that it learned from. Where it is much "
            "smaller, the network remembers more than it understands.",
        ),
        seasonal(quick),
        ui.KeyFigure("Next", value, help),
        ui.KeyFigure(
            "Epochs",
            f"{predictor.epochs}",
            f"How often the network saw its {here.ground.n:,} windows, in "
            f"{predictor.seconds:.0f} seconds on {predictor.device or 'an unknown device'}. It has "
            f"{predictor.n:,} weights.",
        ),
    ]


def next_value(here: Here) -> tuple[str, str]:
    """Give the first value beyond the end, and what is to be said of it."""
    ahead = here.ahead
    if ahead is None or not len(ahead.values):
        return "–", "The first value beyond the end, once the training rests."
    low, high = ui.amount(float(ahead.low[0])), ui.amount(float(ahead.high[0]))
    return ui.amount(float(ahead.values[0])), (
        f"What is expected one step beyond the end; from {low} to {high} is its "
        f"{ui.percent(ahead.level)} interval."
    )


def seasonal(quick: tuple[Baseline, ...]) -> ui.KeyFigure:
    """Give the error of what only repeats."""
    naive, season = quick
    return ui.KeyFigure(
        "Seasonal naive",
        ui.amount(season.rmse_test),
        "Test RMSE where the value of one period before is repeated; nothing is trained for it. "
        f"{season.note.split('. ')[0]}. Where the last value is repeated it is "
        f"{ui.amount(naive.rmse_test)}.",
    )


def waiting(quick: tuple[Baseline, ...]) -> list[ui.KeyFigure]:
    """Give the key figures while nothing is trained, so that nothing moves when they come."""
    told = "Measured once a network is trained."
    first, last = ("Test RMSE", "Train RMSE"), ("Next", "Epochs")
    return [
        *(ui.KeyFigure(name, "–", told) for name in first),
        seasonal(quick),
        *(ui.KeyFigure(name, "–", told) for name in last),
    ]


def verdict(here: Here, rows: Rows, best: str, *, period: int) -> str:
    """Say who is best, also where the network is not, and what may help it."""
    mine, theirs = rows[LSTM][TEST], rows[best][TEST]
    if best == LSTM:
        return at_the_top(rows)
    more = ui.percent(mine / theirs - 1) if theirs > 0 else "much"
    help = ["more epochs"]
    if here.ground.window < period:
        help.insert(0, f"a window of a whole season ({period} steps)")
    if here.predictor.settings.get("learns") == "value":
        help.append("learning the change")
    return (
        f"On the test part {best} is better: the network's error is {more} larger. "
        f"{' or '.join(help).capitalize()} may help; often the simple way stays ahead."
    )


def at_the_top(rows: Rows) -> str:
    """Say whether the network alone is best.

    Examples
    --------
    >>> at_the_top({"LSTM": {"test RMSE": 0.0}, "naive": {"test RMSE": 0.0}})
    'On the test part the network is no better than naive.'
    """
    ties = [name for name, row in rows.items() if name != LSTM and row[TEST] <= rows[LSTM][TEST]]
    if ties:
        return f"On the test part the network is no better than {ties[0]}."
    return "On the test part the network is the best of these."


def heading(here: Here) -> str:
    """Say in a line what is shown, for what is downloaded."""
    return (
        f"{here.ground.name}: {here.unit} by LSTM, window {here.ground.window}, test RMSE "
        f"{ui.amount(here.forecast.rmse_test)}, train RMSE {ui.amount(here.forecast.rmse_train)}"
    )
