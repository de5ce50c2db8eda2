"""The Clusters tab: what each cluster holds and what marks it, and a name that one gives it."""

from collections.abc import Callable
from functools import partial

import numpy as np
import streamlit as st

from clustering.dataset import Floats, Integers
from clustering.partition import Labels
from dashboard import ui
from dashboard.neural.lstm.parts import Here, members

__all__ = ["clusters", "marks"]

LONGEST = 40
"""Letters of a name."""
MARKS = 2
"""Features that are named as what marks a cluster."""
LISTED = 200


def clusters(here: Here) -> None:
    """Show a card for each cluster, and the members of all."""
    st.markdown("**Names**: what is written here stands in every chart, table and file")
    columns = st.columns(min(here.k, 4), gap="small")
    told = described(here)
    for cluster in range(here.k):
        with columns[cluster % len(columns)], st.container(border=True):
            _card(here, cluster, told[cluster])
    st.markdown("**Members**, the most typical of each cluster first")
    _members(here)


def _card(here: Here, cluster: int, told: list[str]) -> None:
    """Show one cluster: its name, its size, its class, its marks, its typical member."""
    key = f"ls_name_{cluster}"
    st.session_state[key] = here.given.get(cluster, "")
    size = int(here.partition.sizes[cluster])
    st.markdown(
        f':color[■]{{foreground="{here.shade(cluster)}"}} **{cluster + 1}** · '
        f"{members(size, here.ground.member)}, {ui.percent(size / max(here.dataset.n, 1))}"
    )
    st.text_input(
        f"Name of cluster {cluster + 1}", key=key, placeholder=f"cluster {cluster + 1}",
        max_chars=LONGEST, label_visibility="collapsed", on_change=_named(here, cluster, key),
    )  # fmt: skip
    for each in told:
        ui.note(each)


def _named(here: Here, cluster: int, key: str) -> Callable[[], None]:
    """Give what keeps a name, or drops it where it is empty."""
    return partial(_keep, here.given, cluster, key)


def _keep(given: dict[int, str], cluster: int, key: str) -> None:
    name = " ".join(str(st.session_state[key]).split())[:LONGEST]
    if name:
        given[cluster] = name
    else:
        given.pop(cluster, None)


# ---- what is said of a cluster ------------------------------------------------------------------
def described(here: Here) -> list[list[str]]:
    """Say in a few lines what each cluster holds."""
    away = distances(here)
    said = []
    features = here.dataset.features
    marked = [""] * here.k
    if features is not None:
        numbers = features.select_dtypes("number")
        marked = marks(
            numbers.to_numpy(np.float64), here.partition.labels, tuple(map(str, numbers.columns)),
            k=here.k,
        )  # fmt: skip
    for cluster in range(here.k):
        mine = np.flatnonzero(here.partition.labels == cluster)
        lines = []
        if not len(mine):
            said.append(["It holds nothing."])
            continue
        if here.ground.truth is not None:
            lines.append(_mostly(here, mine))
        if marked[cluster]:
            lines.append(f"Marked by {marked[cluster]}.")
        typical = int(mine[away[mine].argmin()])
        lines.append(f"Typical: {here.dataset.name_of(typical)}.")
        said.append(lines)
    return said


def _mostly(here: Here, mine: Integers) -> str:
    """Say which known class most members have."""
    truth = here.ground.truth
    assert truth is not None
    inside = truth[mine][truth[mine] >= 0]
    if not len(inside):
        return "No member has a known class."
    counted = np.bincount(inside, minlength=len(here.ground.classes))
    most = int(counted.argmax())
    return f"{ui.percent(counted[most] / len(inside))} are {here.ground.classes[most]}."


def distances(here: Here) -> Floats:
    """Give how far each series lies from the middle of its cluster in the latent space."""
    points, labels = here.latent.points, here.partition.labels
    away = np.full(len(points), np.inf)
    for cluster in range(here.k):
        mine = labels == cluster
        if mine.any():
            away[mine] = np.linalg.norm(points[mine] - points[mine].mean(axis=0), axis=1)
    return away


def marks(values: Floats, labels: Labels, columns: tuple[str, ...], *, k: int) -> list[str]:
    """Name what the mean of each cluster differs in most from that of all.

    Parameters
    ----------
    values : ndarray of shape (n, d)
        Features in original units; NaN where unknown.
    labels : ndarray of shape (n,), int
        Clusters.
    columns : tuple of d str
        What the features are.
    k : int
        Number of clusters.

    Returns
    -------
    list of k str
        Each with its mean; empty where nothing differs.

    Examples
    --------
    >>> marks(np.array([[1.0, 5.0], [9.0, 5.0]]), np.array([0, 1]), ("load", "steps"), k=2)
    ['load 1 (all 5)', 'load 9 (all 5)']
    """
    spread, every = np.nanstd(values, axis=0), np.nanmean(values, axis=0)
    said = []
    for cluster in range(k):
        mine = values[labels == cluster]
        if not len(mine):
            said.append("")
            continue
        means = np.nanmean(mine, axis=0)
        far = np.divide(means - every, spread, out=np.zeros_like(every), where=spread > 0)
        order = np.argsort(-np.abs(far), kind="stable")[:MARKS]
        said.append(
            "; ".join(
                f"{columns[j]} {ui.amount(means[j])} (all {ui.amount(every[j])})"
                for j in order.tolist()
                if abs(far[j]) > 0.3
            )
        )
    return said


def _members(here: Here) -> None:
    """List the members by name."""
    away, labels = distances(here), here.partition.labels
    order = np.lexsort((away, labels))[:LISTED]
    columns = {
        "cluster": (np.array([here.called(each) for each in labels.tolist()]), "", None),
        "away": (away, "Distance to the middle of its cluster in the latent space.", "%.3f"),
    }  # fmt: skip
    truth = here.ground.truth
    if truth is not None:
        columns["class"] = (np.array([*here.ground.classes, "–"])[truth], "", None)
    ui.rows(here.dataset, order, columns)
    if here.dataset.n > LISTED:
        ui.note(f"The first {LISTED} of {here.dataset.n:,}; Export has all.")
