"""What segments are called: suggested from what marks them, changed by the user, kept."""

import numpy as np
import streamlit as st

from clustering.dataset import Dataset, Floats, digest
from clustering.mean_shift import Profiles
from clustering.partition import Partition

WORDS = {
    "recency": ("recent", "long ago"),
    "frequency": ("rare", "frequent"),
    "monetary": ("low amounts", "high amounts"),
    "average": ("small orders", "large orders"),
}
"""What a low and a high value of the numbers of orders is called."""
MARKED, AT_MOST = 0.22, 3
"""How far from the middle rank a cluster must lie to be marked, and by how many columns at most."""
LONGEST, ROOM = 60, 54


def suggested(dataset: Dataset, partition: Partition, told: Profiles) -> tuple[str, ...]:
    """Suggest a name for each cluster, by the columns in which it is far from the middle.

    Parameters
    ----------
    dataset, partition
        What was clustered, and the answer.
    told : Profiles
        The clusters in the units of the file.

    Returns
    -------
    tuple of k str
        Different from one another.
    """
    n = len(told.values)
    order = np.argsort(np.argsort(told.values, axis=0, kind="stable"), axis=0)
    ranks = (order + 0.5) / n
    names: list[str] = []
    for cluster in range(partition.k):
        own = partition.labels == cluster
        if partition.k == 1:
            names.append("all together")
            continue
        if not own.any():
            names.append(_another("nobody", names))
            continue
        away = np.median(ranks[own], axis=0) - 0.5
        marked = [j for j in np.argsort(-np.abs(away), kind="stable") if abs(away[j]) > MARKED]
        names.append(_another(_joined(told.names, away, marked[:AT_MOST]), names))
    return tuple(names)


def _joined(columns: tuple[str, ...], away: Floats, marked: list[int]) -> str:
    """Say what marks a cluster, by as many of the marked columns as there is room for."""
    for most in range(len(marked), 0, -1):
        name = ", ".join(_word(columns[j], away[j] > 0) for j in sorted(marked[:most]))
        if len(name) <= ROOM or most == 1:
            return name[:ROOM]
    return "the middle"


def _another(name: str, taken: list[str]) -> str:
    """Give a name that is not taken, with a number where it is."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _word(name: str, high: bool) -> str:
    """Say that a column is low or high."""
    low_word, high_word = WORDS.get(name, (f"low {name}", f"high {name}"))
    return high_word if high else low_word


def ground(dataset: Dataset, partition: Partition) -> str:
    """Give a few digits by which the names of this answer are kept."""
    return digest(dataset.key, partition.labels)


def of(dataset: Dataset, partition: Partition, told: Profiles) -> tuple[str, ...]:
    """Give the names of this answer: the user's own, and suggestions for the others."""
    own: dict[int, str] = st.session_state.get("cu_named", {}).get(ground(dataset, partition), {})
    names = suggested(dataset, partition, told)
    return tuple(own.get(cluster) or name for cluster, name in enumerate(names))


def keep(where: str, cluster: int, name: str) -> None:
    """Keep a name for this session; an empty one gives the suggestion back."""
    known = st.session_state.setdefault("cu_named", {}).setdefault(where, {})
    known[cluster] = " ".join(name.split())[:LONGEST]
