"""What is carried away from a trained network: predictions, network, script and chart."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from clustering import engine, export
from clustering.deep import keeping_predictors
from clustering.deep.predictor import Predictor
from clustering.figures import Figure
from clustering.figures.style import standalone
from dashboard import ui

__all__ = ["carry"]

PREVIEW = 200


def carry(
    frame: pd.DataFrame,
    predictor: Predictor,
    script: str,
    draw: Callable[[], Figure],
    *,
    key: str,
    name: str,
    heading: str,
    what: str,
    data: ui.Carried,
) -> None:
    """Offer predictions, network, script and chart.

    Parameters
    ----------
    frame : pandas.DataFrame
        The predictions.
    predictor : Predictor
        What made them.
    script : str
        What gives them again without the dashboard.
    draw : callable
        Gives the main chart, when it is downloaded.
    key : str
        Beginning of the keys of the buttons.
    name : str
        Of the data.
    heading : str
        What stands above the downloaded chart.
    what : str
        What a row of the predictions is.
    data : Carried
        The file that the script reads.
    """
    stem = f"{ui.stem_of(name)}_lstm"
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**Predictions**, {what}")
        with st.container(horizontal=True):
            st.download_button(
                "CSV", lambda: export.labels_csv(frame), f"{stem}_predictions.csv", "text/csv",
                key=f"{key}_csv", on_click="ignore",
                help="Cells that a spreadsheet would run as a formula are neutralised with '.",
            )  # fmt: skip
            st.download_button(
                "Chart (HTML)", lambda: standalone(draw(), heading=heading), f"{stem}.html",
                "text/html", key=f"{key}_html", on_click="ignore",
                help="Works offline. A PNG comes from the camera in the chart's own corner.",
            )  # fmt: skip
        st.dataframe(frame.head(PREVIEW), height=280, hide_index=True)
        if len(frame) > PREVIEW:
            ui.note(f"The first {PREVIEW} of {len(frame):,} rows; the file holds all.")
    with right:
        st.markdown("**Script**: the same predictions without the dashboard")
        with st.container(horizontal=True):
            st.download_button(
                "Python script", script, f"{stem}.py", "text/x-python", key=f"{key}_script",
                on_click="ignore",
            )  # fmt: skip
            st.download_button(
                "Model (.keras)", partial(engine.run, keeping_predictors.saved, predictor),
                "model.keras", "application/octet-stream", key=f"{key}_model", on_click="ignore",
                help="The script looks for it by this name. Keras opens it anywhere.",
            )  # fmt: skip
            st.download_button(
                data.label, data.content, data.name, data.mime, key=f"{key}_more",
                on_click="ignore", help=data.help or None,
            )  # fmt: skip
        st.code(script, language="python", height=280)
