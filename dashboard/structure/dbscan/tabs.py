"""What stands around the map of DBSCAN: ways to plateaus, ten epsilons scored, clusters, lesson."""

import numpy as np
import streamlit as st

from clustering.data import samples
from clustering.figures import dbscan as drawing
from clustering.figures import dbscan_lesson
from clustering.lessons import dbscan as lesson
from clustering.words import count
from dashboard import ui
from dashboard.structure.dbscan import parts, words
from dashboard.structure.dbscan.parts import Here

LISTED, BARS = 100, 10
MOST_CORE = 0.8
"""Share of core points at which a lesson shows all three kinds of points."""


def plateau_buttons(here: Here) -> None:
    """Offer a way to each plateau that is marked."""
    with st.container(horizontal=True, gap="small"):
        for rank, each in enumerate(here.sights.marked):
            longer = each is here.sights.longer
            st.button(
                words.way_to(each),
                key=f"db_plateau_{rank}",
                type="primary" if each.holds(here.eps) else "secondary",
                on_click=ui.remember,
                args=("db_eps", each.eps),
                help=f"Go to {'the longer one' if longer else f'plateau {rank + 1} by length'}: "
                f"{words.ends(each, here.unit)}, {words.on_plateau(each)}.",
            )


def ten(here: Here, data: str) -> None:
    """Score ten epsilons under both noise policies, and show them side by side."""
    st.markdown(
        ":small[**Silhouettes, and clusters**: :blue[■] noise left out, :orange[■] noise as one]"
    )
    values = _ten(here, data)
    with ui.explained():
        found = ui.computed(parts.scored, here.dataset, axis=here.axis, values=values)
    figure = drawing.grid(found, here.eps, keep=here.dataset.key, unit=here.unit)

    def go(click: ui.Click) -> None:
        place = int(np.clip(round(click.x), 1, len(values))) - 1
        ui.remember("db_eps", values[place])

    ui.chart(figure, "db_ten_bars", height=158, on_click=go)
    ui.note(words.about_ten(found), words.both(here.scored))


def _ten(here: Here, data: str) -> tuple[float, ...]:
    """Give ten epsilons to be scored: the book's own on its data, else even ones."""
    if data == samples.recipe("dbscan")[0] and here.dataset.metric.is_euclidean:
        return tuple(np.linspace(0.3, 1.2, 10).round(1).tolist())
    low, high = here.sights.window
    quiet = here.axis.curves["noise"] <= 0.5 * here.dataset.n
    if quiet.any():
        low = max(low, float(here.axis.values[int(quiet.argmax())]))
    values = np.geomspace(low, max(high, 1.01 * low), 10)
    return tuple(dict.fromkeys(float(f"{value:.2g}") for value in values if value > 0))


def clusters(here: Here) -> None:
    """Show how large the clusters are, and which rows are only just in one or just not."""
    axis, partition = here.axis, here.partition
    if partition.k == 0:
        ui.note("There is no cluster at this epsilon; move the slider to the right.")
        return
    one, two = st.columns([1, 1.6], gap="large")
    edge = drawing.border(partition)
    with one:
        st.markdown("**Sizes**, with noise left out")
        ui.sizes(here.dataset, partition, here.numbers, "db_sizes", shown=BARS)
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
        share = np.minimum(axis.core, axis.touch) / here.eps
        order = np.argsort(np.abs(np.log(np.maximum(share, 1e-300))), kind="stable")[:LISTED]
        role = np.where(partition.labels < 0, "noise", np.where(edge, "border", "core"))
        ui.rows(
            here.dataset,
            order,
            {
                "cluster": (partition.labels + 1, "0 is noise.", None),
                "role": (role, "", None),
                "core from": (axis.core, "Epsilon from which the row is core.", "%.4g"),
                "in from, of epsilon": (share, "1 is exactly at the present epsilon.", "%.3f"),
            },
        )


def learn(here: Here) -> None:
    """Step through the expansion from a seed point."""
    seed = here.point
    if seed is None:
        seed = lesson.seed_point(here.axis, here.partition)
    ui.note(
        f"The expansion from {here.dataset.name_of(seed)}, point by point. "
        "Click on another point of the map above to begin there."
    )
    steps, sentences = ui.computed(
        lesson.retold, here.dataset, partition=here.partition, seed_point=seed
    )
    if steps.core.all():
        _thinner(here)
    figure = dbscan_lesson.lesson(
        here.dataset, steps, sentences, here.view, partition=here.partition, numbers=here.numbers
    )
    ui.chart(figure, "db_lesson", height=480)
    ui.note(
        "Grey rings are not yet looked at, coloured rings are reached but not core or not yet "
        "asked, discs are core, crosses are noise. A second ring marks what has just been reached."
    )
    st.markdown(lesson.SEEING)


def _thinner(here: Here) -> None:
    """Where all that is followed is core, offer an epsilon that has border points and noise."""
    eps = float(f"{np.quantile(here.axis.core, MOST_CORE):.3g}")
    if not 0 < eps < here.eps:
        return
    st.button(
        f"All of these are core. See border points and noise at {words.with_unit(eps, here.unit)}",
        key="db_thinner", on_click=ui.remember, args=("db_eps", eps),
        help="At this epsilon a fifth of all points is not core.",
    )  # fmt: skip
