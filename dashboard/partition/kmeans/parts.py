"""What the k-means page is put together from: work that is kept, and sentences."""

import re

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from clustering import validity
from clustering.dataset import Dataset, Floats
from clustering.figures import map as maps
from clustering.geometry import projection
from clustering.geometry.projection import View
from clustering.partition import Partition
from clustering.words import count
from dashboard import ui

NUMBER = r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?)\s*"
MOST_PLACES = 100


# ---- work ---------------------------------------------------------------------------------
def first_sight(place: DeltaGenerator, dataset: Dataset, view: View) -> None:
    """Show the points while no cluster is known yet."""
    with place.container():
        ui.chart(lambda window: maps.bare(dataset, view, window=window), "km_sight", height=540)


def read_places(text: str) -> Floats:
    """Read "1, 2; 3, 4" as places on the map, shape (m, 2), without what is no pair."""
    pairs = (re.fullmatch(f"{NUMBER},{NUMBER}", part) for part in text.split(";"))
    places = [pair.groups() for pair in pairs if pair]
    return np.array(places[:MOST_PLACES], dtype=np.float64).reshape(-1, 2)


def place_start(click: ui.Click) -> None:
    """Add a starting centre where the map was clicked."""
    known = st.session_state.get("km_starts", "").strip("; ")
    places = filter(None, (known, f"{click.x:.6g}, {click.y:.6g}"))
    st.session_state["km_starts"] = "; ".join(places)


# ---- words --------------------------------------------------------------------------------
def key_figures(partition: Partition, silhouette: str) -> list[ui.KeyFigure]:
    """Give the five figures on top of the page."""
    sizes = partition.sizes
    return [
        ui.KeyFigure("k", f"{partition.k}", "Number of clusters."),
        ui.KeyFigure(
            "Inertia",
            ui.amount(partition.facts["inertia"]),
            "Sum of squared distances of the points to the centre of their cluster, in squared "
            "units of the prepared columns.",
        ),
        ui.KeyFigure(
            "Silhouette",
            silhouette,
            "Mean over all points of (b - a) / max(a, b): a is the mean distance to the own "
            "cluster, b to the nearest other one. 1 is well apart, 0 on the border.",
        ),
        ui.KeyFigure(
            "Sizes",
            f"{sizes.min():,} – {sizes.max():,}",
            "Points in the smallest and in the largest cluster.",
        ),
        ui.KeyFigure(
            "Iterations",
            f"{partition.facts['iterations']:.0f}",
            "Turns of assigning and updating until nothing moved any more.",
        ),
    ]


def supported(peak: validity.Peak | None) -> str:
    """Say which k the silhouette supports."""
    if peak is None:
        return ""
    others = [f"{k:.0f}" for k in peak.near if k != peak.value]
    also = f", and within 0.01 of it at {', '.join(others)}" if others else ""
    return f"Highest at k = {peak.value:.0f}{also}."


def about_starts(placed: int) -> str:
    """Say what placed starts are there, and how to place one."""
    if not placed:
        return "Click on the map to place the first centre. Until then k-means++ places them."
    return (
        f"{count(placed, 'start')} placed, drawn as diamonds. Click on the map to add one; take "
        "one away under Placed starts."
    )


def about_view(view: View, partition: Partition) -> str:
    """Say how far a map of more than two columns may be trusted."""
    if view.kind not in ("columns", "pca"):
        return ""
    foreign = projection.foreign(view, partition)
    shown = f"The map shows {ui.percent(view.explained)} of the variance."
    if not foreign:
        return f"{shown} Every point lies in the region of its own colour."
    return (
        f"{shown} {ui.percent(foreign, 1)} of the points lie in a region of another colour, "
        "because what tells them apart cannot be seen here."
    )
