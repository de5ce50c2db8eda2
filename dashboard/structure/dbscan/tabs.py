"""What stands around the map of DBSCAN: ten epsilons scored, the clusters, the lesson."""

import numpy as np
import streamlit as st

from clustering import dbscan
from clustering.dataset import Dataset, Integers
from clustering.dbscan import EpsilonAxis
from clustering.figures import dbscan as drawing
from clustering.figures import dbscan_lesson, sizes
from clustering.lessons import dbscan as lesson
from clustering.partition import Partition
from clustering.words import count
from dashboard import ui
from dashboard.structure.dbscan import parts, point, words
from dashboard.structure.dbscan.views import Bench

LISTED = 100
MOST_CORE = 0.8
"""Share of core points at which a lesson shows all three kinds of points."""


def ten(
    dataset: Dataset,
    axis: EpsilonAxis,
    data: str,
    seen: tuple[float, float],
    eps: float,
    scored: dbscan.Grid,
) -> None:
    """Score ten epsilons under both noise policies, and show them side by side."""
    st.markdown(
        ":small[**Silhouettes, and clusters**: :blue[■] noise left out, :orange[■] noise as one]"
    )
    values = parts.ten(axis, data, seen)
    with ui.explained():
        found = ui.computed(parts.scored, dataset, axis=axis, values=values)
    figure = drawing.grid(found, eps, keep=dataset.key, unit=dataset.metric.unit)

    def go(click: ui.Click) -> None:
        place = int(np.clip(round(click.x), 1, len(values))) - 1
        ui.remember("db_eps", values[place])

    ui.chart(figure, "db_ten_bars", height=158, on_click=go)
    ui.note(f"{words.about_ten(found)} {words.both(scored)}")


def clusters(dataset: Dataset, axis: EpsilonAxis, partition: Partition, numbers: Integers) -> None:
    """Show how large the clusters are, and which rows are only just in one or just not."""
    if partition.k == 0:
        ui.note("There is no cluster at this epsilon; move the slider to the right.")
        return
    eps = float(partition.parameters["eps"])  # type: ignore[arg-type]
    reached = np.minimum(axis.core, axis.touch)
    one, two = st.columns([1, 1.6], gap="large")
    with one:
        edge = drawing.border(partition)
        st.markdown("**Sizes**, with noise left out")
        with st.container(height=300 if partition.k > 10 else "content", border=False):
            bars = sizes.bars(partition, numbers=numbers, member=dataset.source.member)
            ui.chart(bars, "db_sizes", height=64 + 22 * partition.k)
        borders = np.bincount(partition.labels[edge], minlength=partition.k)
        most = int(borders.argmax())
        ui.note(
            f"{count(int(edge.sum()), 'border point')} in all"
            + (f", most of them in cluster {most + 1} ({borders[most]:,})." if edge.any() else ".")
        )
    with two:
        st.markdown("**Rows that are only just in, or just out**")
        ui.note(
            "The last column is the epsilon from which a row is no longer noise, against the "
            "present one: below 1 it is in, above it is out."
        )
        share = reached / eps
        order = np.argsort(np.abs(np.log(np.maximum(share, 1e-300))), kind="stable")[:LISTED]
        role = np.where(partition.labels < 0, "noise", np.where(edge, "border", "core"))
        ui.rows(
            dataset,
            order,
            {
                "cluster": (partition.labels + 1, "0 is noise.", None),
                "role": (role, "", None),
                "core from": (axis.core, "Epsilon from which the row is core.", "%.4g"),
                "in from, of epsilon": (share, "1 is exactly at the present epsilon.", "%.3f"),
            },
        )


def learn(on: Bench, chosen: int | None) -> None:
    """Step through the expansion from a seed point."""
    seed = point.seed_point(on.axis, on.partition) if chosen is None else chosen
    ui.note(
        f"The expansion from {on.dataset.name_of(seed)}, point by point. "
        "Click on another point of the map above to begin there."
    )
    steps, sentences = ui.computed(
        lesson.retold, on.dataset, partition=on.partition, seed_point=seed
    )
    if steps.core.all():
        thinner(on)
    figure = dbscan_lesson.lesson(
        on.dataset, steps, sentences, on.view, partition=on.partition, numbers=on.numbers
    )
    ui.chart(figure, "db_lesson", height=480)
    ui.note(
        "Grey rings are not yet looked at, coloured rings are reached but not core or not yet "
        "asked, discs are core, crosses are noise. A second ring marks what has just been reached."
    )
    st.markdown(lesson.SEEING)


def thinner(on: Bench) -> None:
    """Where all that is followed is core, offer an epsilon that has border points and noise."""
    eps = float(f"{np.quantile(on.axis.core, MOST_CORE):.3g}")
    if not 0 < eps < on.eps:
        return
    st.button(
        f"All of these are core. See border points and noise at {words.with_unit(eps, on.unit)}",
        key="db_thinner", on_click=ui.remember, args=("db_eps", eps),
        help="At this epsilon a fifth of all points is not core.",
    )  # fmt: skip
