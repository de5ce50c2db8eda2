"""What forecasting, classification and sentiment share: tables beside, losses, a split."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import streamlit as st

from clustering import engine
from clustering.deep.predictor import Predictor
from clustering.figures import training as figures
from clustering.progress import Report
from clustering.words import count
from dashboard import ui

__all__ = ["BATCHES", "DRAWN", "beside", "fits", "layers", "losses", "share", "table"]

BATCHES = (8, 16, 32, 64, 128)
SHARES = {"70/30": 0.7, "80/20": 0.8, "90/10": 0.9}
IN_TIME = (
    "Split in time: the network never sees what lies behind the seam, and no window that it "
    "learns from reaches over it."
)
DRAWN = "Drawn, so that each class has its share in both parts."


def fits(key: str, options: Sequence[object]) -> None:
    """Forget what a widget showed where it does not offer it any more."""
    if key in st.session_state and st.session_state[key] not in options:
        del st.session_state[key]


def share(key: str, *, how: str = IN_TIME, given: bool = False) -> float:
    """Show how the data are split, unless that is given; give the share that is learned from."""
    named = st.segmented_control(
        "Training / test", list(SHARES), default="80/20", required=True, key=key,
        bind="query-params", help=how, disabled=given,
    )  # fmt: skip
    return SHARES[named]


def beside(
    rows: Mapping[str, Mapping[str, float]],
    *,
    best: str,
    largest: bool,
    format: str,
    formats: Mapping[str, str] | None = None,
) -> str:
    """Show figures of several ways under one another, the best one marked.

    Parameters
    ----------
    rows : mapping of str to mapping of str to float
        For each way its figures by name.
    best : str
        The figure that decides.
    largest : bool
        Whether the largest is the best, or the smallest.
    format : str
        How figures are written.
    formats : mapping of str to str, optional
        How some of them are written otherwise.

    Returns
    -------
    str
        Which way is the best.
    """
    frame = pd.DataFrame(rows).T
    values = frame[best].to_numpy(dtype=np.float64)
    known = np.isfinite(values)
    place = int(np.where(known, values if largest else -values, -np.inf).argmax())
    frame.insert(0, "way", list(rows))
    frame["best"] = ["best" if known.any() and each == place else "" for each in range(len(rows))]
    config = {
        name: st.column_config.NumberColumn(format=(formats or {}).get(name, format))
        for name in frame.columns[1:-1]
    }
    config["best"] = st.column_config.TextColumn("", width=44)
    st.dataframe(frame, hide_index=True, height="content", column_config=config)
    return list(rows)[place]


def losses(predictor: Predictor, key: str, *, epochs: int, measured: str = "test") -> None:
    """Draw what was lost in every epoch."""
    named = {"loss": "training", "val_loss": measured}
    curves = {named[name]: row for name, row in predictor.history.items() if name in named}
    figure = figures.losses(
        curves, epochs=max(epochs, predictor.epochs), y="loss", keep=predictor.ground
    )
    ui.chart(figure, key, height=190)


def about_network(predictor: Predictor) -> None:
    """Say what was trained."""
    ui.note(
        f"{predictor.n:,} weights, trained on {predictor.device or 'an unknown device'} for "
        f"{count(predictor.epochs, 'epoch')} in {predictor.seconds:.1f} s."
    )


def layers(predictor: Predictor) -> None:
    """Show the table of layers, and what was trained."""
    st.dataframe(table(ui.computed(_layers, predictor)), hide_index=True, height="content")
    about_network(predictor)


def _layers(predictor: Predictor, *, report: Report) -> str:
    """Have the table of layers written on a worker: Keras never comes into this process."""
    return engine.run(Predictor.summary, predictor, report=report)


def table(text: str) -> pd.DataFrame:
    r"""Take the rows out of Keras' own table.

    Examples
    --------
    >>> table('Model: "f"\n│ lstm (LSTM) │ (None, 8) │ 320 │').values.tolist()
    [['lstm (LSTM)', '(None, 8)', '320']]
    >>> table('│ not_equal │ (None, 8) │ 0 │\n│ (NotEqual) │           │   │').values.tolist()
    [['not_equal (NotEqual)', '(None, 8)', '0']]
    """
    rows: list[list[str]] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split("│")[1:-1]]
        if len(cells) < 3:
            continue
        if rows and not cells[2]:  # what did not fit into the line above
            rows[-1] = [
                " ".join(filter(None, pair)) for pair in zip(rows[-1], cells[:3], strict=True)
            ]
        else:
            rows.append(cells[:3])
    return pd.DataFrame(rows, columns=["layer", "output", "weights"])
