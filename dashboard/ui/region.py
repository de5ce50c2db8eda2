"""What lies in a region that was drawn on a map: how many, of which clusters, which rows."""

import numpy as np
import streamlit as st

from clustering.dataset import Dataset, Integers
from clustering.geometry.projection import View
from clustering.geometry.selection import Region, inside
from clustering.partition import Partition
from clustering.words import count
from dashboard.ui.jobs import computed
from dashboard.ui.page import note, percent, rows

__all__ = ["selected"]

LISTED = 500
CLUSTERS_NAMED = 4


def within(dataset: Dataset, *, view: View, region: Region) -> Integers:
    """Give the points of a map that lie in a region."""
    return np.flatnonzero(inside(view.points, region))


def selected(dataset: Dataset, partition: Partition, view: View, region: Region | None) -> None:
    """Say and list what was selected on a map; nothing where nothing was.

    Parameters
    ----------
    dataset, partition
        What the map shows.
    view : View
        The plane of the map.
    region : Region or None
        What was drawn on it.
    """
    with st.container():
        if region is None:
            return
        found = computed(within, dataset, view=view, region=region)
        note(_summary(dataset, partition, found))
        if len(found):
            with st.expander("The selected rows"):
                rows(
                    dataset,
                    found[:LISTED],
                    {"cluster": (partition.labels + 1, "0 is noise.", None)},
                )
                if len(found) > LISTED:
                    note(f"The first {LISTED} of {len(found):,}; a smaller region shows all.")


def _summary(dataset: Dataset, partition: Partition, found: Integers) -> str:
    """Say how many points were selected, and of which clusters."""
    if not len(found):
        return "No row lies in the selected region. Double-click in the chart to clear it."
    sizes = np.bincount(partition.labels[found] + 1, minlength=partition.k + 1)
    order = [int(i) for i in np.argsort(-sizes, kind="stable") if sizes[i]]
    named = [
        f"{percent(sizes[i] / len(found))} {f'cluster {i}' if i else 'noise'}"
        for i in order[:CLUSTERS_NAMED]
    ]
    more = len(order) - CLUSTERS_NAMED
    rest = f" and {count(more, 'more cluster')}" if more > 0 else ""
    member = dataset.source.member
    return (
        f"Selected: {count(len(found), member)} of {dataset.n:,}: {', '.join(named)}{rest}. "
        "Double-click in the chart to clear it."
    )
