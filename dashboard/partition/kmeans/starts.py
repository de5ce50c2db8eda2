"""How the first centres of k-means are drawn, and those that the user places on the map."""

import re

import numpy as np
import streamlit as st

from clustering import kmeans, sweep, validity
from clustering.dataset import Dataset, Floats
from clustering.figures import colors
from clustering.words import count
from dashboard import ui
from dashboard.partition.kmeans.parts import Answer

NUMBER = r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?)\s*"
MOST_PLACES = 100


def choose(*, on: object) -> tuple[str, Floats]:
    """Show how starts are drawn, and where they were placed.

    Parameters
    ----------
    on : object
        What the map shows: on another map placed starts make no sense.

    Returns
    -------
    init : {"k-means++", "random", "placed"}
    places : ndarray of shape (m, 2)
        On the map; none unless they are placed.
    """
    ui.forget("km_starts", unless_on=on)
    init = st.selectbox(
        "Starts", ["k-means++", "random", "placed"], key="km_init", bind="query-params",
        help="How the first centres are drawn: k-means++ spreads them out, random takes any "
        "rows, placed ones you set by clicking on the map.",
    )  # fmt: skip
    if init != "placed":
        return init, np.empty((0, 2))
    text = st.text_input(
        "Placed starts", key="km_starts", bind="query-params", placeholder="x, y; x, y",
        help="Click on the map to add a centre, or write the places here.",
    )  # fmt: skip
    return init, read(text)


def read(text: str) -> Floats:
    """Read places on the map, shape (m, 2), without what is no pair.

    Examples
    --------
    >>> read("1, 2; 3 4; -.5, 1e1").tolist()
    [[1.0, 2.0], [-0.5, 10.0]]
    """
    pairs = (re.fullmatch(f"{NUMBER},{NUMBER}", part) for part in text.split(";"))
    places = [pair.groups() for pair in pairs if pair]
    return np.array(places[:MOST_PLACES], dtype=np.float64).reshape(-1, 2)


def place(click: ui.Click) -> None:
    """Add a starting centre where the map was clicked."""
    known = st.session_state.get("km_starts", "").strip("; ")
    places = filter(None, (known, f"{click.x:.6g}, {click.y:.6g}"))
    st.session_state["km_starts"] = "; ".join(places)


def placed(dataset: Dataset, here: ui.Here, points: Floats) -> Answer:
    """Give the answer that follows from placed starts, in the colours of the axis."""
    starts = tuple(map(tuple, points.tolist()))
    partition = ui.computed(kmeans.fit, dataset, k=len(starts), init=starts)
    score = ui.computed(validity.silhouette, dataset, labels=partition.labels)
    numbers = colors.follow(partition, here.partition, here.numbers)
    band = score.value, score.low, score.high
    return Answer(partition, numbers, band, sweep.how((score,)))


def about(placed: int, init: str) -> str:
    """Say what placed starts are there, and how to place one."""
    if init != "placed":
        return ""
    if not placed:
        return "Click on the map to place the first centre. Until then k-means++ places them."
    return (
        f"{count(placed, 'start')} placed, drawn as diamonds. Click on the map to add one; take "
        "one away under Placed starts."
    )
