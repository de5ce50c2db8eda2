"""Convex clustering under the agglomerative page: its path in the plane, cut at a lambda."""

from dataclasses import replace

import numpy as np
import streamlit as st

from clustering import convex, validity
from clustering.convex import ConvexPath
from clustering.figures import convex as drawing
from clustering.figures import steps
from clustering.geometry.projection import View
from clustering.partition import Partition
from clustering.trees import merge_tree as trees
from clustering.words import count
from dashboard import ui
from dashboard.structure.agglomerative import parts
from dashboard.structure.agglomerative.parts import Side
from dashboard.structure.agglomerative.side import Chosen
from dashboard.ui.room import Room, select

SAMPLE = 500
"""Points whose path takes seconds."""


def fused(room: Room, chosen: Chosen, shown: Side, view: View) -> None:
    """Show the path of convex clustering in the plane, cut at a lambda."""
    dataset = room.dataset
    st.markdown("**Convex clustering**: centroids that pull together as lambda grows, and fuse")
    if dataset.metric.is_euclidean and dataset.n > SAMPLE:
        ui.note(
            f"The path of {dataset.n:,} points would take minutes; it is followed for up to "
            f"{SAMPLE:,}."
        )
        st.button(
            f"Take a sample of {SAMPLE}", key="ag_sample",
            on_click=lambda: select(
                room.data, replace(room.choices, sample=SAMPLE),
                how=st.session_state.get("room", {}).get("how", ""),
            ),
        )  # fmt: skip
        return
    path = ui.computed(convex.path, dataset, neighbours=chosen.neighbours or 10)
    axis = beyond_zero(path)
    few = axis.curves["clusters"] <= max(2.0, np.sqrt(dataset.n))
    plateaus = trees.plateaus(axis.values, axis.curves["clusters"], allowed=few)
    ends = plateaus[0] if plateaus else (float(axis.values[0]), float(axis.values[-1]))
    low, high = float(axis.values[0]), 1.1 * float(axis.values[-1])
    left, right = st.columns([1.2, 1], gap="medium")
    with right:
        place = st.container()
        value = ui.value_control(
            "ag_lambda", ui.ladder(low, high), label="lambda", on=dataset.key,
            default=float(np.sqrt(ends[0] * ends[1])), high=2 * high,
            help="How strongly the centroids of neighbours pull at one another.",
        )  # fmt: skip
    partition = path.at(value)
    numbers = parts.tinted(partition, shown.partition, shown.numbers)
    with place:
        figure = steps.staircase(
            axis, value, window=(float(axis.values[np.argmax(few)]), high), plateaus=plateaus[:3],
            here=(partition.facts["lambda"], partition.facts["next_lambda"]), keep=dataset.key,
        )  # fmt: skip
        move = ui.value_go_to("ag_lambda", low=low, high=2 * high)
        ui.chart(figure, "ag_lambdas", height=270, on_click=move)
    with left:
        figure = drawing.way(path, view, partition, value, numbers=numbers)
        ui.chart(figure, "ag_ways", height=400)
    with right:
        ui.note(about_convex(path, partition, shown))
        ui.note(ui.against_truth(room, partition))


def beyond_zero(path: ConvexPath) -> ConvexPath:
    """Give a path without lambda = 0, which no logarithmic scale shows."""
    if len(path.values) < 2:
        return replace(path, values=np.ones(1))
    curves = {name: curve[1:] for name, curve in path.curves.items()}
    return replace(path, values=path.values[1:], curves=curves)


def about_convex(path: ConvexPath, partition: Partition, shown: Side) -> str:
    """Say what is there at this lambda."""
    agree = validity.adjusted_rand(shown.partition.labels, partition.labels).value
    return " ".join(
        [
            f"{count(partition.k, 'cluster')} at this lambda; agreement (ARI) with the tree "
            f"{shown.name}: {ui.number(agree, 3)}.",
            *path.notes.values(),
        ]
    )
