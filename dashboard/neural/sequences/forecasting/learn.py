"""The Learn tab of forecasting: a window, the seam, and what scaling may know."""

import numpy as np
import pandas as pd
import streamlit as st

from clustering.figures import forecast_lessons as figures
from dashboard import ui
from dashboard.neural.sequences.forecasting.parts import Here, placed

__all__ = ["learn", "one_off"]

LESSONS = ("From a window to a value", "The seam", "Scaling before splitting")


def learn(here: Here) -> None:
    """Tell a lesson."""
    which = st.segmented_control(
        "Lesson", LESSONS, default=LESSONS[0], required=True, key="la_f_lesson",
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    {LESSONS[0]: _window, LESSONS[1]: _seam, LESSONS[2]: _scaling}[which](here)


# ---- a window -----------------------------------------------------------------------------------
def _window(here: Here) -> None:
    """Show one window and what follows from it."""
    ground, found = here.ground, here.forecast
    n = len(found.test)
    left, right = st.columns([1.4, 1], gap="large")
    with left:
        step = st.slider(
            "Step of the test part", 1, n, min(max(1, n // 2), n), key="la_f_step",
            help="The value that is to be said.",
        ) if n > 1 else 1  # fmt: skip
        target = int(found.test_places[step - 1])
        figure = figures.window(
            ground.times, here.values, start=target - ground.window, steps=ground.window,
            predicted=float(found.test[step - 1]), x=here.time, y=here.unit, keep=(ground.key,),
        )  # fmt: skip
        ui.chart(figure, "la_f_window_chart", height=320)
    with right:
        st.markdown(_about_window(here, target, float(found.test[step - 1])))
    ui.note(
        "The first windows of the test part begin before the seam: the past is known when the "
        "future is said. No value behind the step is ever read, and the network never learned "
        "from a value behind the seam."
    )


def _about_window(here: Here, target: int, predicted: float) -> str:
    """Say how the value comes about."""
    ground = here.ground
    came, last = float(here.values[target]), float(here.values[target - 1])
    layers = int(str(here.predictor.settings.get("layers", 2)))
    reads = "LSTM layers read" if layers > 1 else "LSTM layer reads"
    change = here.predictor.settings.get("learns") == "change"
    end = (
        "One number comes out: **how far the next value lies from the last one**. It is brought "
        f"back to the units of the series and added to {ui.amount(last)}"
        if change
        else "One number comes out: **the next value**, brought back to the units of the series"
    )
    return (
        f"1. The {ground.window} values before the step are the **window**.\n"
        f"2. They are scaled as the training part was: minus "
        f"{ui.amount(float(ground.middle[ground.target]))}, over "
        f"{ui.amount(float(ground.scale[ground.target]))}.\n"
        f"3. {layers} {reads} them one after another; what the last one holds after the "
        "last value goes into one unit.\n"
        f"4. {end}: **{ui.amount(predicted)}**.\n"
        f"5. What came is {ui.amount(came)}: an error of {ui.amount(predicted - came)}. The last "
        f"value taken for the next one would be wrong by {ui.amount(last - came)}."
    )


# ---- the seam -----------------------------------------------------------------------------------
def one_off(row: np.ndarray) -> np.ndarray:
    """Give a line one step later than it belongs.

    Examples
    --------
    >>> one_off(np.array([np.nan, 1.0, 2.0])).tolist()
    [nan, nan, 1.0]
    """
    return np.concatenate([[np.nan], row[:-1]])


def _seam(here: Here) -> None:
    """Show the test line at its place and one step off."""
    ground, found = here.ground, here.forecast
    right = placed(found.test_places, found.test, len(here.values))
    wrong = one_off(right)
    errors = [_rmse(row, here.values, np.isfinite(wrong)) for row in (right, wrong)]
    left, side = st.columns([1.4, 1], gap="large")
    with left:
        figure = figures.seam(
            ground.times, here.values, right=right, wrong=wrong, at=ground.seam, x=here.time,
            y=here.unit, keep=(ground.key,),
        )  # fmt: skip
        ui.chart(figure, "la_f_seam_chart", height=340)
    with side:
        st.markdown(
            "**The test line one place off.** The source puts its predictions below one another "
            "in an empty column and counts where the test part begins; it counts one step too "
            "many, because windows are cut from both parts and each part loses a row.\n\n"
            "A line that lags by a step looks like a network that repeats the last value, and the "
            "error that one reads from the chart is not the one that is printed beside it."
        )
        st.dataframe(
            pd.DataFrame({"line": ["at its place", "one step off"], "RMSE": errors}),
            hide_index=True, height="content",
            column_config={"RMSE": st.column_config.NumberColumn(format="%.4g")},
        )  # fmt: skip
    ui.note(
        "Both errors are over the steps that both lines have. Here every prediction carries the "
        "step that it is for. The tests hold this with a series "
        "whose values are its own steps."
    )


def _rmse(row: np.ndarray, values: np.ndarray, where: np.ndarray) -> float:
    """Give the error of a line over some steps."""
    where = where & np.isfinite(row) & np.isfinite(values)
    return float(np.sqrt(((row - values)[where] ** 2).mean())) if where.any() else float("nan")


# ---- scaling ------------------------------------------------------------------------------------
def _scaling(here: Here) -> None:
    """Show what a scaling knows that was fitted before the split."""
    values, seam = here.values, here.ground.seam
    known, all_ = values[:seam], values
    frame = pd.DataFrame(
        {
            "fitted on": ["the training part", "all of the series"],
            "lowest": [np.nanmin(known), np.nanmin(all_)],
            "highest": [np.nanmax(known), np.nanmax(all_)],
            "mean": [np.nanmean(known), np.nanmean(all_)],
            "deviation": [np.nanstd(known), np.nanstd(all_)],
        }
    )
    reach = np.nanmax(all_) - np.nanmin(all_)
    top = (np.nanmax(known) - np.nanmin(all_)) / reach if reach > 0 else float("nan")
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        st.dataframe(
            frame, hide_index=True, height="content",
            column_config={
                name: st.column_config.NumberColumn(format="%.4g") for name in frame.columns[1:]
            },
        )  # fmt: skip
    with right:
        st.markdown(
            "**Scaling before splitting.** The source brings the whole series to 0 to 1 and splits "
            f"afterwards. Its training part then ends at **{ui.number(float(top), 2)}**, not at 1: "
            "the scale already says how high the series will rise in the part that is meant to be "
            "unknown. On the day of the forecast nobody can scale like that.\n\n"
            "Here the series is split in time first, mean and deviation are those of the training "
            "part, and windows are cut last."
        )
