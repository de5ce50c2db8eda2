"""What the page of DBSCAN is put together from: work that is kept, and what is marked."""

import numpy as np
import streamlit as st

from clustering import dbscan, hdbscan
from clustering.data import samples
from clustering.dataset import Dataset
from clustering.dbscan import EpsilonAxis
from clustering.geometry.projection import View
from clustering.progress import Report, silent
from clustering.words import count
from dashboard import ui
from dashboard.structure.dbscan import sights as looking

RECIPE = {"db_metric": "euclidean", "db_eps": 0.8, "db_samples": 5}
TEN = 10
EXACT, SAMPLED, AFFORDED = 10_000, 2_000, 1e9
"""Points up to which silhouettes are exact, the limit of their sample beyond, and the distances
that one epsilon may take, so that the slider is quick."""
MARKED = 200_000
"""Points beyond which HDBSCAN is computed only where it is looked at."""
ASKED_FIRST = 60.0
"""Seconds beyond which the page asks before it begins."""
LOWEST, HIGHEST, ACROSS = 340, 530, 490
"""Height of the map in pixels, and how wide its points are on a wide screen."""


# ---- work ---------------------------------------------------------------------------------------
def costly(dataset: Dataset) -> bool:
    """Say whether the axis may take more than a moment."""
    return dataset.n > (30_000 if dataset.metric.name in ("euclidean", "great-circle") else 3_000)


def allowed(dataset: Dataset, min_samples: int) -> str:
    """Say what a long computation will cost, and end the page where it was not asked for.

    Returns
    -------
    str
        What the page says while it computes; empty where it takes a moment only.
    """
    place = st.empty()  # a button that was pressed must not stay while the work goes on
    if not costly(dataset):
        return ""
    cost = ui.computed(dbscan.estimate, dataset, min_samples=min_samples)
    if cost.seconds < 3:
        return ""
    ground = (dataset.key, min_samples)
    agreed = st.session_state.setdefault("db_agreed", [])
    if cost.seconds > ASKED_FIRST and ground not in agreed:
        with place.container():
            ui.note(f"{cost.words} Take a sample on the Data page for a quicker look.")
            st.button("Compute it", type="primary", on_click=lambda: agreed.append(ground))
        st.stop()
    return f"{count(dataset.n, 'point')} and min_samples = {min_samples}: {cost.words}"


def condensed(dataset: Dataset, *, axis: EpsilonAxis, min_cluster_size: int) -> hdbscan.Condensed:
    """Condense the tree of an axis."""
    return hdbscan.condensed(axis, min_cluster_size)


def scored(
    dataset: Dataset, *, axis: EpsilonAxis, values: tuple[float, ...], report: Report = silent
) -> dbscan.Grid:
    """Score some epsilons under both noise policies; by a sample where points are many."""
    limit = EXACT if dataset.n <= EXACT else SAMPLED
    return dbscan.grid(dataset, axis, values, limit=limit, afford=AFFORDED, report=report)


def height(view: View) -> int:
    """Give the height of a map on which points that lie wide leave little room empty."""
    across, up = np.ptp(view.points, axis=0).tolist()
    if view.kind == "strip" or not across > 0:
        return HIGHEST
    return int(np.clip(ACROSS * up / across + 80, LOWEST, HIGHEST))


def ten(axis: EpsilonAxis, data: str, seen: tuple[float, float]) -> tuple[float, ...]:
    """Give ten epsilons to be scored: the book's own on its data, else even ones."""
    if data == samples.recipe("dbscan")[0] and axis.dataset.metric.is_euclidean:
        return tuple(np.linspace(0.3, 1.2, TEN).round(1).tolist())
    low, high = seen
    quiet = axis.curves["noise"] <= looking.LOST * axis.dataset.n
    if quiet.any():
        low = max(low, float(axis.values[int(quiet.argmax())]))
    values = np.geomspace(low, max(high, 1.01 * low), TEN)
    return tuple(dict.fromkeys(float(f"{value:.2g}") for value in values if value > 0))


def shared_life(tree: hdbscan.Condensed) -> float | None:
    """Give an epsilon at which most points are in clusters that HDBSCAN chooses."""
    lives = [(low, high) for low, high in tree.lives if 0 < low < high]
    if not lives:
        return None
    weights = tree.sizes[tree.chosen]
    ends = np.unique([end for life in lives for end in life])
    middles = np.sqrt(ends[:-1] * ends[1:])
    middles = middles[np.isfinite(middles)]
    if not len(middles):
        return None
    alive = np.array([
        sum(
            weight
            for weight, (low, high) in zip(weights.tolist(), lives, strict=False)
            if low < value < high
        )
        for value in middles.tolist()
    ])  # fmt: skip
    return float(middles[int(alive.argmax())])


def marks(
    dataset: Dataset, axis: EpsilonAxis, knee: dbscan.Knee, min_cluster_size: int
) -> dict[str, float]:
    """Give the epsilons that other methods would choose."""
    found = {"knee": knee.eps} if knee.place >= 0 else {}
    if dataset.n <= MARKED:
        tree = ui.computed(condensed, dataset, axis=axis, min_cluster_size=min_cluster_size)
        lives = shared_life(tree)
        if lives is not None:
            found["HDBSCAN"] = lives
    return found
