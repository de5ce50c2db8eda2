"""Other ways to a tree, beside the merges: bisecting k-means and convex clustering."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from clustering import bisecting, convex, validity
from clustering.convex import ConvexPath
from clustering.dataset import Dataset, Integers
from clustering.figures import Figure, colors, shares, steps
from clustering.figures import convex as drawing
from clustering.figures import map as maps
from clustering.geometry.projection import View
from clustering.geometry.selection import Window
from clustering.partition import Partition
from clustering.trees.levels import few
from clustering.words import count
from dashboard import ui
from dashboard.structure.agglomerative.sidebar import Chosen
from dashboard.structure.agglomerative.sides import Side
from dashboard.ui.room import change

MOST_SPLITS = 100
SAMPLE = 500
"""Points whose path of centroids takes seconds."""


# ---- from the top down ------------------------------------------------------------------------
def top_down(room: ui.Room, sides: Mapping[str, Side], shown: Side, view: View) -> None:
    """Show bisecting k-means at the same k, beside the tree."""
    dataset, k = room.dataset, shown.partition.k
    if k > MOST_SPLITS:
        ui.note(
            f"Splitting from the top is shown for up to {MOST_SPLITS} clusters; choose a smaller k."
        )
        return
    answer = ui.computed(bisecting.fit, dataset, k=k)
    numbers = colors.follow(answer, shown.partition, shown.numbers)
    shows = (
        ("From the bottom up", shown.name, shown.partition, shown.numbers, "up"),
        ("From the top down", "bisecting k-means", answer, numbers, "down"),
    )
    columns = st.columns(2, gap="medium")
    for place, (title, method, partition, tints, key) in zip(columns, shows, strict=True):
        with place:
            st.markdown(f"**{title}**: {method}")
            strip = shares.strip(partition, numbers=tints, member=dataset.source.member)
            ui.chart(strip, f"ag_{key}_sizes", height=26)
            draw = partial(answer_map, dataset, partition, view, tints)
            ui.cluster_map(
                draw, f"ag_{key}", dataset, partition, view, height=320,
                said=ui.against_truth(room, partition),
            )  # fmt: skip
    agree = ", ".join(
        f"{ui.number(validity.adjusted_rand(side.partition.labels, answer.labels).value, 3)} {name}"
        for name, side in sides.items()
    )
    ui.note(
        f"Agreement (ARI) of the splits with the merges: {agree}. Bisecting k-means cuts the "
        "widest cluster in two by a straight line, again and again; it sees means and no "
        "neighbours."
    )


def answer_map(
    dataset: Dataset, partition: Partition, view: View, numbers: Integers, window: Window | None
) -> Figure:
    """Draw an answer, anew for a window where the points are an image."""
    return maps.clusters(dataset, partition, view, numbers=numbers, window=window)


# ---- centroids that fuse ----------------------------------------------------------------------
def fused(room: ui.Room, chosen: Chosen, shown: Side, view: View) -> None:
    """Show the path of convex clustering in the plane, cut at a lambda."""
    dataset = room.dataset
    st.markdown("**Convex clustering**: centroids that pull together as lambda grows, and fuse")
    if dataset.metric.is_euclidean and dataset.n > SAMPLE:
        offer_sample(room)
        return
    path = ui.computed(convex.path, dataset, neighbours=chosen.neighbours or 10)
    axis, plateaus = beyond_zero(path), path.plateaus
    low, high = float(axis.values[0]), 1.1 * float(axis.values[-1])
    begin = axis.values[np.argmax(axis.curves["clusters"] <= few(dataset.n))]
    places = ui.ladder(low, high)
    middle = np.sqrt(np.prod(plateaus[0] if plateaus else (low, high)))
    left, right = st.columns([1.2, 1], gap="medium")
    with right:
        place = st.container()
        value = ui.value_control(
            "ag_lambda", places, label="lambda", on=dataset.key, high=2 * high,
            default=float(places[np.abs(np.log(places / middle)).argmin()]),
            help="How strongly the centroids of neighbours pull at one another.",
        )  # fmt: skip
    partition = path.at(value)
    numbers = colors.follow(partition, shown.partition, shown.numbers)
    with place:
        figure = steps.staircase(
            axis, value, window=(float(begin), high), plateaus=plateaus[:3],
            here=(partition.facts["lambda"], partition.facts["next_lambda"]), keep=dataset.key,
        )  # fmt: skip
        move = ui.value_go_to("ag_lambda", low=low, high=2 * high)
        ui.chart(figure, "ag_lambdas", height=270, on_click=move)
    with left:
        figure = drawing.way(path, view, partition, value, numbers=numbers)
        ui.chart(figure, "ag_ways", height=400)
    agree = validity.adjusted_rand(shown.partition.labels, partition.labels).value
    with right:
        ui.note(
            f"{count(partition.k, 'cluster')} at this lambda; agreement (ARI) with the tree "
            f"{shown.name}: {ui.number(agree, 3)}.",
            *path.notes.values(),
        )
        ui.note(ui.against_truth(room, partition))


def offer_sample(room: ui.Room) -> None:
    """Say that the path of so many points takes too long, and offer a sample of them."""
    ui.note(
        f"The path of {room.dataset.n:,} points would take minutes; it is followed for up to "
        f"{SAMPLE:,}."
    )
    st.button(
        f"Take a sample of {SAMPLE}", key="ag_sample",
        on_click=change, args=(room,), kwargs={"sample": SAMPLE},
    )  # fmt: skip


def beyond_zero(path: ConvexPath) -> ConvexPath:
    """Give a path without lambda = 0, which no logarithmic scale shows."""
    if len(path.values) < 2:
        return replace(path, values=np.ones(1))
    curves = {name: curve[1:] for name, curve in path.curves.items()}
    return replace(path, values=path.values[1:], curves=curves)
