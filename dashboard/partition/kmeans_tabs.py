"""What stands under the k-means map: the luck of the start, borders, the lesson."""

import numpy as np
import streamlit as st

from clustering import kmeans, validity
from clustering.dataset import Dataset, Integers
from clustering.figures import colors
from clustering.figures import kmeans as drawing
from clustering.lessons import kmeans as lesson
from clustering.partition import Partition
from clustering.progress import Report, silent
from clustering.projection import View
from dashboard import ui

N_STARTS = 50
BORDER_ROWS = 50


def key_figures(partition: Partition, silhouette: float) -> list[ui.Figure]:
    """Give the five figures on top of the page."""
    sizes = partition.sizes
    return [
        ui.Figure("k", f"{partition.k}", "Number of clusters."),
        ui.Figure(
            "Inertia",
            f"{partition.facts['inertia']:.5g}",
            "Sum of squared distances of the points to the centre of their cluster.",
        ),
        ui.Figure(
            "Silhouette",
            ui.number(silhouette, 3),
            "Mean over all points of (b - a) / max(a, b): a is the mean distance to the own "
            "cluster, b to the nearest other one. 1 is well apart, 0 on the border.",
        ),
        ui.Figure(
            "Sizes",
            f"{sizes.min():,} – {sizes.max():,}",
            "Points in the smallest and in the largest cluster.",
        ),
        ui.Figure(
            "Iterations",
            f"{partition.facts['iterations']:.0f}",
            "Turns of assigning and updating until nothing moved any more.",
        ),
    ]


def placed_fit(
    dataset: Dataset, *, starts: tuple[tuple[float, ...], ...], report: Report = silent
) -> tuple[Partition, validity.Score]:
    """Fit from centres placed by hand, and judge the answer."""
    partition = kmeans.fit(dataset, k=len(starts), init=np.array(starts))
    return partition, validity.silhouette(dataset, partition.labels, report=report)


def lottery_of(dataset: Dataset, partition: Partition, seed: int) -> kmeans.Lottery:
    """Give fifty starts with as many clusters, drawn as the Views tab says."""
    drawn = st.session_state.get("km_draw", "random")
    return ui.computed(
        kmeans.lottery, dataset, k=partition.k, n_starts=N_STARTS, init=drawn, seed=seed
    )


def replay(click: ui.Click) -> None:
    """Remember the start that was clicked, for the lesson."""
    ui.remember("km_replay", int(np.clip(round(click.x), 1, N_STARTS)))


def views(
    dataset: Dataset, partition: Partition, view: View, numbers: Integers, *, seed: int
) -> None:
    """Show what the map cannot: the luck of the start, certainty, who sits near a border."""
    one, two = st.columns(2, gap="large")
    with one:
        st.markdown(f"**The init lottery**: {N_STARTS} starts with k = {partition.k}")
        st.segmented_control(
            "How each start is drawn", ["random", "k-means++"], default="random", required=True,
            key="km_draw", bind="query-params", label_visibility="collapsed",
        )  # fmt: skip
        lottery = lottery_of(dataset, partition, seed)
        worst = ui.percent(lottery.gaps[-1], 1)
        ui.note(
            f"{lottery.wins} of {N_STARTS} starts reach the best answer. "
            + (
                f"There are {lottery.distinct} different answers; the worst has an inertia "
                f"{worst} higher. Click a start to replay it under Learn."
                if lottery.distinct > 1
                else "No start leads anywhere else."
            )
        )
        chosen = ui.recall("km_replay", low=1, high=N_STARTS)
        figure = drawing.restarts(lottery, chosen=None if chosen is None else chosen - 1)
        ui.chart(figure, "km_lottery", height=320, on_click=replay)
    certainty = kmeans.certainty(lottery, partition)
    with two:
        st.markdown("**How certain the boundaries are**")
        changing = ui.percent(float((certainty < 0.9).mean()), 1)
        ui.note(
            f"The boundaries of all {N_STARTS} starts over one another. {changing} of the points, "
            "drawn larger, change their cluster in more than a tenth of the starts."
        )
        figure = drawing.uncertainty(
            dataset, partition, view, certainty=certainty, lottery=lottery, numbers=numbers
        )
        ui.chart(figure, "km_certainty", height=360)
    if partition.k > 1:
        st.markdown("**Rows nearest to a border**")
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


def learn(
    dataset: Dataset, partition: Partition, view: View, numbers: Integers, *, seed: int
) -> None:
    """Step through a run, from its start to its result."""
    chosen = ui.recall("km_replay", low=1, high=N_STARTS)
    runs = {"this result": 0, f"the worst of {N_STARTS} starts": N_STARTS}
    if chosen not in (None, N_STARTS):
        runs[f"start {chosen} of the lottery"] = chosen
    run = st.segmented_control(
        "Run", list(runs), default=list(runs)[0 if chosen is None else -1], required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    if runs[run]:
        start = lottery_of(dataset, partition, seed).starts[runs[run] - 1]
    else:
        start = kmeans.start_of(dataset, partition)
    steps = ui.computed(kmeans.steps, dataset, start=tuple(map(tuple, start.tolist())))
    figure = drawing.lesson(
        dataset,
        steps,
        lesson.tell(dataset, steps),
        view,
        numbers=colors.follow(steps.moments[-1].labels, partition.labels, numbers),
    )
    ui.chart(figure, "km_lesson", height=480)
    st.markdown(lesson.SEEING)
