"""What stands under the k-means map: the luck of the start, borders, the lesson."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from clustering import kmeans
from clustering.dataset import Dataset, Integers
from clustering.figures import kmeans as drawing
from clustering.figures import kmeans_lesson
from clustering.geometry.projection import View
from clustering.lessons import kmeans as lesson
from clustering.partition import Partition
from clustering.words import count
from dashboard import ui

N_STARTS = 50
BORDER_ROWS = 50
MOST = 30_000
"""Points beyond which runs are made on a sample of them."""


def luck(lottery: kmeans.Lottery, partition: Partition) -> str:
    """Say how much of the answer is the luck of its start."""
    same, better = int(lottery.reached(partition).sum()), lottery.better(partition)
    if same == N_STARTS:
        return f"All {N_STARTS} starts reach the answer on the map."
    found = f"{same} of {N_STARTS} starts end at the inertia of the map, drawn in blue."
    if better:
        placed = not isinstance(partition.parameters["init"], str)
        advice = "place other starts" if placed else "raise Restarts"
        found += f" {better} of {N_STARTS} end lower: {advice} for a better answer."
    return (
        f"{found} There are {lottery.distinct} different answers; the worst has an inertia "
        f"{ui.percent(lottery.gaps[-1], 1)} above the best. Click a start to replay it under Learn."
    )


def replay(click: ui.Click) -> None:
    """Choose the start that was clicked for the lesson."""
    ui.remember("km_replay", int(np.clip(round(click.x), 1, N_STARTS)))


@dataclass(frozen=True, eq=False, slots=True)
class Bench:
    """What many runs are made on: all points, or a sample where there are too many.

    Attributes
    ----------
    dataset, partition, view
        The points, the answer on them, and where they stand on the map.
    numbers : ndarray of shape (k,)
        Colour number of each cluster.
    note : str
        What must be said where it is a sample.
    lottery : callable
        Gives fifty starts, when they are asked for.
    """

    dataset: Dataset
    partition: Partition
    view: View
    numbers: Integers
    note: str
    lottery: Callable[[], kmeans.Lottery]


def bench(
    dataset: Dataset, partition: Partition, view: View, numbers: Integers, *, init: str, seed: int
) -> Bench:
    """Give what many runs are made on."""
    some, answer, note = dataset, partition, ""
    if dataset.n > MOST:
        some, answer = ui.computed(kmeans.thinned, dataset, partition=partition)
        view = replace(view, points=view.project(some.points))
        note = f"On a stratified sample of {some.n:,} of {dataset.n:,} points. "

    def lottery() -> kmeans.Lottery:
        return ui.computed(
            kmeans.lottery, some, k=partition.k, n_starts=N_STARTS, init=init, seed=seed
        )

    return Bench(some, answer, view, numbers, note, lottery)


def views(on: Bench) -> None:
    """Show what the map cannot: the luck of the start, certainty, who sits near a border."""
    dataset, partition = on.dataset, on.partition
    one, two = st.columns(2, gap="large")
    with one:
        st.markdown(f"**The init lottery**: {N_STARTS} starts with k = {partition.k}")
        lottery = on.lottery()
        ui.note(on.note + luck(lottery, partition))
        chosen = ui.recall("km_replay", low=1, high=N_STARTS)
        figure = drawing.restarts(lottery, partition, chosen=None if chosen is None else chosen - 1)
        ui.chart(figure, "km_lottery", height=320, on_click=replay)
    certainty = kmeans.certainty(lottery, partition)
    with two:
        st.markdown("**How certain the boundaries are**")
        doubtful = int((certainty < drawing.DOUBTFUL).sum())
        ui.note(
            f"{on.note}The boundaries of all {N_STARTS} starts over one another. "
            + (
                f"{count(doubtful, 'point')} of {dataset.n:,}, drawn large, change their "
                "cluster in more than a tenth of the starts."
                if doubtful
                else "No point changes its cluster in more than a tenth of the starts."
            )
        )
        figure = drawing.uncertainty(
            dataset, partition, on.view, certainty=certainty, lottery=lottery, numbers=on.numbers
        )
        ui.chart(figure, "km_certainty", height=360)
    if partition.k > 1:
        st.markdown("**Rows nearest to a border**")
        ui.note(on.note)
        margins = kmeans.margins(dataset, partition)
        ui.rows(
            dataset,
            np.argsort(-margins.ratio, kind="stable")[:BORDER_ROWS],
            {
                "cluster": (partition.labels + 1, "", None),
                "next cluster": (margins.rival + 1, "", None),
                "distance ratio": (
                    margins.ratio,
                    "Distance to the own centre over the distance to the next one; 1 is on the "
                    "border.",
                    "%.3f",
                ),
                "same cluster in": (certainty, f"Share of the {N_STARTS} starts.", "percent"),
            },
        )


def learn(on: Bench) -> None:
    """Step through a run, from its start to its result."""
    dataset, partition = on.dataset, on.partition
    chosen = ui.recall("km_replay", low=1, high=N_STARTS)
    runs = {"this result": None, f"the worst of {N_STARTS} starts": N_STARTS}
    if chosen not in runs.values():
        runs[f"start {chosen} of the lottery"] = chosen
    st.session_state["km_run"] = next(run for run, start in runs.items() if start == chosen)
    st.segmented_control(
        "Run", list(runs), key="km_run", required=True, label_visibility="collapsed",
        on_change=lambda: ui.remember("km_replay", runs[st.session_state["km_run"]]),
    )  # fmt: skip
    if chosen is None:
        start = ui.computed(kmeans.start_of, dataset, partition=partition)
    else:
        start = on.lottery().starts[chosen - 1]
    steps, sentences = ui.computed(lesson.retold, dataset, start=start, partition=partition)
    ui.note(on.note)
    figure = kmeans_lesson.lesson(dataset, steps, sentences, on.view, numbers=on.numbers)
    ui.chart(figure, "km_lesson", height=480)
    st.markdown(lesson.SEEING)
