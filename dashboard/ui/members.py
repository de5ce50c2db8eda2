"""The members of clusters by name: rows of the user's file, and those in a drawn region."""

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import ArrayLike

from clustering.dataset import Dataset, Integers
from clustering.geometry.projection import View
from clustering.geometry.selection import Region, inside
from clustering.partition import Partition
from clustering.script import free_name
from clustering.words import count
from dashboard.ui.jobs import computed
from dashboard.ui.numbers import percent
from dashboard.ui.words import note

__all__ = ["rows", "selected"]

LISTED = 500
CLUSTERS_NAMED = 4

SEEN = 8
"""Rows up to which a list is as high as it is long."""


def rows(
    dataset: Dataset, places: Integers, columns: Mapping[str, tuple[ArrayLike, str, str | None]]
) -> None:
    """Show some rows of the user's file, by name, with what was found about them.

    Parameters
    ----------
    dataset : Dataset
        Names the rows and gives their original columns.
    places : ndarray of shape (m,), int
        Which points to show, in this order.
    columns : mapping of str to (array of n values, help text, number format)
        What was found, by column title.
    """
    table = {dataset.source.member: np.array([dataset.name_of(i) for i in places.tolist()])}
    config = {}
    for title, (values, help, form) in columns.items():
        table[title] = np.asarray(values)[places]
        if table[title].dtype.kind in "biuf":
            config[title] = st.column_config.NumberColumn(help=help or None, format=form)
    if dataset.features is not None:
        for name in dataset.features.columns:
            table[free_name(name, table)] = dataset.features[name].to_numpy()[places]
    height: int | Literal["content"] = 320 if len(places) > SEEN else "content"
    st.dataframe(pd.DataFrame(table), hide_index=True, height=height, column_config=config)


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
