"""Forecasts that need no network, beside the network's own."""

import streamlit as st

from clustering import engine
from clustering.deep.forecasting import Forecasts
from clustering.progress import Report
from clustering.supervised import forecasts
from clustering.supervised.forecasts import Baseline
from dashboard import ui
from dashboard.neural.sequences import common
from dashboard.neural.sequences.forecasting.parts import LEVEL, Here
from dashboard.neural.sequences.forecasting.words import LSTM, TEST, TRAIN, Rows, verdict

__all__ = ["quick", "rows", "slow", "table"]

QUICK = ("naive", "seasonal naive")
SLOW = "ARIMA"
FEW = 1_500
"""Steps up to which ARIMA is fitted unasked."""


def quick(ground: Forecasts, *, steps: int) -> tuple[Baseline, ...]:
    """Forecast in the ways that only repeat."""
    return ui.computed(_compared, ground, steps=steps, ways=QUICK)


def slow(ground: Forecasts, *, steps: int) -> tuple[Baseline, ...]:
    """Fit ARIMA, to a long series only when asked."""
    asked: set[str] = st.session_state.setdefault("la_f_arima_asked", set())
    if len(ground.values) > FEW and ground.key not in asked:
        st.button(
            "Fit ARIMA too", key="la_f_arima", on_click=lambda: asked.add(ground.key),
            help=f"It tries several orders on {ground.seam:,} steps, which may take minutes.",
        )  # fmt: skip
        return ()
    return ui.computed(_compared, ground, steps=steps, ways=(SLOW,))


def _compared(
    ground: Forecasts, *, steps: int, ways: tuple[str, ...], report: Report
) -> tuple[Baseline, ...]:
    """Have it done on a worker: statsmodels never comes into this process."""
    values = ground.values[:, ground.target]
    if SLOW in ways:
        return engine.run(
            forecasts.compared, values, n_train=ground.seam, steps=steps, ways=ways, level=LEVEL,
            report=report,
        )  # fmt: skip
    return forecasts.compared(values, n_train=ground.seam, steps=steps, ways=ways, level=LEVEL)


def rows(here: Here, others: tuple[Baseline, ...]) -> Rows:
    """Give the errors of both parts for every way."""
    found = here.forecast
    mine = {LSTM: {TRAIN: found.rmse_train, TEST: found.rmse_test}}
    return mine | {each.name: {TRAIN: each.rmse_train, TEST: each.rmse_test} for each in others}


def table(here: Here, others: tuple[Baseline, ...]) -> None:
    """Show the errors, the best one marked, and say what they are of."""
    found = rows(here, others)
    period = int(str(dict(others[1].parameters).get("period", 1)))
    best = common.beside(found, best=TEST, largest=False, format="%.4g")
    ui.note(
        verdict(here, found, best, period=period),
        f"All look one step ahead, over the same {len(here.forecast.test):,} steps.",
    )
