"""The Results tab: beyond the end, from the seam, and which steps were hardest."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from clustering.deep import forecasting
from clustering.deep.forecasting import Ahead
from clustering.figures import forecast as figures
from clustering.supervised.forecasts import Baseline
from dashboard import ui
from dashboard.neural.sequences import common
from dashboard.neural.sequences.forecasting.parts import LEVEL, Here

__all__ = ["results"]

WORST = 8


def results(here: Here, others: tuple[Baseline, ...]) -> None:
    """Show several steps ahead, beyond the end and where it is known what came."""
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        st.markdown("**Several steps ahead, from the seam**: what came is known there")
        _from_seam(here)
    with right:
        st.markdown(f"**Beyond the end**: the next {here.chosen.steps} steps")
        if here.ahead is not None:
            frame = ahead_table(here.ahead, others)
            st.dataframe(frame, hide_index=True, height=250, column_config=written(frame))
            ui.note(here.ahead.rule)
            for each in others:
                ui.note(f"{each.name}: {each.note}")
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        st.markdown("**The hardest steps** of the test part")
        found = worst(here)
        st.dataframe(found, hide_index=True, height="content", column_config=written(found))
    with right:
        st.markdown("**The network**")
        common.layers(here.predictor)
    ui.note(*here.ground.changes)


def _from_seam(here: Here) -> None:
    """Forecast as many steps from the end of the training part, and hold them against it."""
    ground, m = here.ground, len(here.values)
    steps = min(here.chosen.steps, m - ground.seam)
    found = ui.computed(
        forecasting.ahead, here.predictor, ground=ground, steps=steps, origin=ground.seam,
        level=LEVEL,
    )  # fmt: skip
    begin = max(0, ground.seam - 3 * steps)
    part = slice(begin, ground.seam + steps)
    nothing = np.full(part.stop - begin, np.nan)
    known, after = here.values[part].copy(), here.values[found.places]
    figure = figures.lines(
        ground.times[part], known, train=nothing, test=nothing, seam=ground.seam - begin,
        ahead=figures.Ahead(found.times, found.values, found.low, found.high, found.level,
                            origin=ground.seam - begin),
        x=here.time, y=here.unit, keep=("seam", ground.key),
    )  # fmt: skip
    ui.chart(figure, "la_f_seam", height=250)
    error = float(np.sqrt(((found.values - after) ** 2).mean()))
    held = int(((found.low <= after) & (after <= found.high)).sum())
    said = f"{held} of {steps} steps lie in the interval, which is meant to hold "
    ui.note(
        f"Each forecast is fed back as the newest value. RMSE of {steps} steps in one go: "
        f"{ui.amount(error)}. {said}{ui.percent(found.level)}."
        if np.isfinite(found.low).all()
        else f"RMSE of {steps} steps in one go: {ui.amount(error)}. {found.rule}"
    )


def ahead_table(ahead: Ahead, others: tuple[Baseline, ...]) -> pd.DataFrame:
    """Give a row for each step beyond the end, with what the other ways say."""
    frame = pd.DataFrame(
        {"time": ahead.times, "LSTM": ahead.values, "low": ahead.low, "high": ahead.high}
    )
    for each in others:
        frame[each.name] = each.ahead
    return frame


def worst(here: Here) -> pd.DataFrame:
    """Give the steps of the test part with the largest errors."""
    found = here.forecast
    came = here.values[found.test_places]
    order = np.argsort(-np.abs(found.test - came), kind="stable")[:WORST]
    return pd.DataFrame(
        {
            "time": here.ground.times[found.test_places[order]],
            "came": came[order],
            "predicted": found.test[order],
            "error": (found.test - came)[order],
        }
    )


def written(frame: pd.DataFrame) -> dict[str, Any]:
    """Give how the columns of a table are written: days without an hour, four digits."""
    config: dict[str, Any] = {
        name: st.column_config.NumberColumn(format="%.4g")
        for name in frame.columns
        if name != "time"
    }
    times = frame["time"]
    if times.dtype.kind == "M" and (times == times.dt.normalize()).all():
        config["time"] = st.column_config.DateColumn(format="YYYY-MM-DD")
    return config
