"""The sidebar of the agglomerative page: which curve, which linkage, which graph."""

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from clustering import graph
from clustering.agglomerative import LINKAGES, Linkage
from clustering.data.curves import KINDS, PREFIX, Curve, Kind
from clustering.dataset import Dataset
from clustering.errors import ClusterloomError
from clustering.geometry import metrics
from dashboard import ui
from dashboard.ui.room import select

NOISE: dict[Kind, tuple[float, float, float]] = {
    "spiral": (3.0, 0.1, 0.5),
    "rose": (0.3, 0.01, 0.05),
    "hypotrochoid": (2.0, 0.1, 0.3),
}
"""For each curve the most noise that leaves something to see, the step, and where it begins."""
SIZES = (50, 100, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 7500, 10_000)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What merges with what, as the sidebar says it.

    Attributes
    ----------
    linkage : {"ward", "complete", "average", "single"}
        What the distance of two clusters is.
    dataset : Dataset
        The points, with the metric by which they are apart.
    neighbours, radius
        How the graph is made; one of them is 0.
    said : str
        What must be said about the metric.
    """

    linkage: Linkage
    dataset: Dataset
    neighbours: int
    radius: float
    said: str

    @property
    def edges(self) -> dict[str, Any]:
        """The graph, as the arguments by which functions know it."""
        return {"neighbours": self.neighbours, "radius": self.radius}


# ---- curves -----------------------------------------------------------------------------------
def curve(data: str) -> None:
    """Show what a curve is drawn from, where the data are one; else offer one."""
    try:
        known = Curve.from_id(data) if data.startswith(PREFIX) else None
    except ClusterloomError:
        known = None
    if known is None:
        st.button(
            "Draw a curve instead", on_click=select, args=(Curve().id,), key="ag_draw",
            help="A spiral, a rose or a hypotrochoid with noise, whose groups are known.",
        )  # fmt: skip
        return
    most, step, _ = NOISE[known.kind]
    state = st.session_state
    state["ag_kind"], state["ag_n"], state["ag_noise"] = known.kind, known.n, known.noise
    state["ag_petals"], state["ag_seed"] = known.petals, known.seed

    def changed() -> None:
        kind: Kind = state["ag_kind"]
        select(
            replace(
                known,
                kind=kind,
                n=int(state["ag_n"]),
                noise=float(state["ag_noise"]) if kind == known.kind else NOISE[kind][2],
                petals=int(state.get("ag_petals", known.petals)),
                seed=int(state["ag_seed"]),
            ).id
        )

    st.selectbox("Curve", KINDS, key="ag_kind", on_change=changed)
    st.select_slider("Points", sorted({*SIZES, known.n}), key="ag_n", on_change=changed)
    st.slider(
        "Noise", 0.0, max(most, known.noise), step=step, key="ag_noise", on_change=changed,
        help="Standard deviation around the line, in units of the coordinates.",
    )  # fmt: skip
    if known.kind == "rose":
        st.slider(
            "Petals k", 1, 12, key="ag_petals", on_change=changed,
            help="An odd k draws k petals, an even one twice as many.",
        )  # fmt: skip
    st.slider(
        "Seed", 0, max(99, known.seed), key="ag_seed", on_change=changed,
        help="The same seed draws the same points.",
    )  # fmt: skip


# ---- what merges with what --------------------------------------------------------------------
def parameters(dataset: Dataset) -> Chosen:
    """Show linkage, metric and graph, of each what these data allow."""
    coordinates = dataset.metric.is_euclidean
    offered = LINKAGES if coordinates else LINKAGES[1:]
    if st.session_state.get("ag_linkage", offered[0]) not in offered:
        st.session_state["ag_linkage"] = "average"
    linkage = st.selectbox(
        "Linkage", offered, index=offered.index("ward" if coordinates else "average"),
        key="ag_linkage", bind="query-params",
        help="What the distance of two clusters is. ward: what the merge adds to the sum of "
        "squares; complete: the largest distance between their points; average: the mean; "
        "single: the smallest, which follows chains.",
    )  # fmt: skip
    measured, said = dataset, ""
    if coordinates:
        metric = st.selectbox(
            "Metric", metrics.METRICS, key="ag_metric", bind="query-params",
            disabled=linkage == "ward", help="How far two points are apart.",
        )  # fmt: skip
        if linkage == "ward":
            ui.note("Ward averages coordinates along straight lines: euclidean only.")
        else:
            measured, said = _measured(dataset, metric)
    else:
        ui.note(f"Ward averages coordinates; {dataset.metric.name} distances have none.")
    neighbours, radius = _graph(measured)
    return Chosen(linkage, measured, neighbours, radius, said)


def _measured(dataset: Dataset, metric: str) -> tuple[Dataset, str]:
    """Give the points with a metric, and what must be said about it."""
    try:
        found = ui.computed(metrics.measured, dataset, name=metric)
    except ClusterloomError as error:
        return dataset, f"{error} Until then distances are euclidean."
    return found, metrics.remark(found)


def _graph(dataset: Dataset) -> tuple[int, float]:
    """Show how the graph is made; give the number of neighbours and the radius."""
    way = st.segmented_control(
        "Connectivity", ["neighbours", "radius"], default="neighbours", required=True,
        key="ag_by", bind="query-params",
        help="On the right clusters merge only where an edge joins them: each point with its "
        "nearest ones, or with all within a radius.",
    )  # fmt: skip
    if way == "radius":
        low, usual, high = ui.computed(graph.reach, dataset)
        return 0, ui.value_control(
            "ag_radius", ui.ladder(low, high), label="Radius", default=usual,
            on=dataset.key, low=low / 10, high=10 * high, unit=dataset.metric.unit,
            help="Points up to so far apart are joined.",
        )  # fmt: skip
    return st.slider(
        "Nearest neighbours", 1, 50, 10, key="ag_neighbours", bind="query-params",
        help="Each point is joined with so many nearest others.",
    ), 0.0  # fmt: skip
