"""What stands under the two maps: the clusters and who joined them late, and the lesson."""

from dataclasses import replace

import numpy as np
import streamlit as st

from clustering.agglomerative import HeightAxis
from clustering.dataset import Dataset
from clustering.figures import agglomerative_lesson
from clustering.geometry.projection import View
from clustering.lessons import agglomerative as lesson
from clustering.trees.joining import alone_until, joined
from clustering.words import count, plural
from dashboard import ui
from dashboard.structure.agglomerative.sides import Side

LISTED = 200
MOST_CLUSTERS = 500
TOLD = (10, 30, 100)
MOST_TOLD = 300
"""Merges that a lesson tells at most."""


def clusters(dataset: Dataset, shown: Side) -> None:
    """List the clusters, and the rows in the order in which they joined theirs."""
    partition, tree = shown.partition, shown.axis.tree
    heights = joined(tree, dataset.n - partition.k)
    member = dataset.source.member
    unit = f" ({dataset.metric.unit})" if dataset.metric.unit else ""
    left, right = st.columns([1, 1.6], gap="large")
    order = np.argsort(-partition.sizes, kind="stable")[:MOST_CLUSTERS]
    late = np.full(partition.k, -1.0)
    np.maximum.at(late, partition.labels, np.nan_to_num(heights, nan=-1.0))
    late[late < 0] = np.nan
    with left:
        st.markdown(f"**Each cluster**, {shown.name}")
        st.dataframe(
            {
                "cluster": order + 1,
                plural(member): partition.sizes[order],
                "share": partition.sizes[order] / dataset.n,
                f"last joined at{unit}": late[order],
            },
            hide_index=True, height=min(360, 38 + 35 * len(order)),
            column_config={
                "share": st.column_config.NumberColumn(format="percent"),
                f"last joined at{unit}": st.column_config.NumberColumn(
                    format="%.4g", help="The highest height at which a row came to it."
                ),
            },
        )  # fmt: skip
        if partition.k > MOST_CLUSTERS:
            ui.note(f"The {MOST_CLUSTERS} largest of {count(partition.k, 'cluster')}.")
    with right:
        way = st.segmented_control(
            "Rows", ["late joiners", "typical"], default="late joiners", required=True,
            key="ag_rows", bind="query-params", label_visibility="collapsed",
        )  # fmt: skip
        alone = alone_until(tree)
        ranked = np.argsort(alone if way == "typical" else -alone, kind="stable")[:LISTED]
        ui.rows(
            dataset,
            ranked,
            {
                "cluster": (partition.labels + 1, "", None),
                f"alone until{unit}": (alone, "Height of the row's own first merge.", "%.4g"),
                f"joined at{unit}": (
                    heights,
                    "Height at which the row, alone or with a smaller part, last came to the "
                    "larger part of its cluster; empty for a cluster of one.",
                    "%.4g",
                ),
            },
        )
        ui.note(
            "Late joiners stay alone the longest, far from all others: the first to be a cluster "
            "of their own where the cut is moved down. Typical ones merge first."
        )


def told(dataset: Dataset, *, axis: HeightAxis, last: int) -> lesson.Lesson:
    """Tell the last merges of a tree."""
    return lesson.tell(axis, last=last)


def learn(dataset: Dataset, shown: Side, view: View) -> None:
    """Step through the merges, each with the distance that decided it."""
    every = min(dataset.n - 1, MOST_TOLD)
    offered = [each for each in TOLD if each < every] + [every]
    if every < 1:
        ui.note("A single point merges with nothing.")
        return
    last = st.segmented_control(
        "Last merges", offered, default=offered[0], required=True, key="ag_last",
        help="How many merges are told; the last one joins all.",
    )  # fmt: skip
    with ui.explained():
        found = ui.computed(told, dataset, axis=shown.axis, last=int(last))
    some = found.axis.dataset
    if some.n < dataset.n:
        places = {row: i for i, row in enumerate(dataset.rows.tolist())}
        mine = [places[row] for row in some.rows.tolist()]
        view = replace(view, points=view.points[mine])
    ui.note(f"The tree {shown.name}. Clusters are numbered anew for these merges.")
    ui.chart(agglomerative_lesson.lesson(found, view), "ag_lesson", height=480)
    st.markdown(lesson.SEEING)
