"""The ways side by side: what needs no training beside the LSTM, on the same series."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from clustering.dataset import Dataset
from clustering.partition import Labels
from clustering.progress import Report, silent
from clustering.series import beside
from clustering.validity.rows import Row, agreements
from dashboard import ui
from dashboard.neural.lstm import effort
from dashboard.neural.lstm.parts import Here

__all__ = ["compare", "judged", "measured", "noted", "rows"]

MEASURES = {"ari": "ARI", "accuracy": "Accuracy", "silhouette_dtw": "Silhouette"}
HELP = {
    "ari": "Adjusted Rand index against the known classes: 1 is the same groups, 0 chance.",
    "accuracy": "Share of the series in the cluster of their class, under the best naming.",
    "silhouette_dtw": "By dynamic time warping of the series themselves, in which no "
    "way has more say than another but DTW k-means.",
}


def judged(
    dataset: Dataset,
    *,
    labels: Labels,
    shape: tuple[int, int],
    truth: Labels | None,
    limit: int,
    report: Report = silent,
) -> dict[str, float]:
    """Measure one labeling as the plain ways are measured."""
    [score] = beside.silhouettes_dtw(dataset, [labels], shape=shape, limit=limit, report=report)
    return agreements(labels, truth) | {"silhouette_dtw": score.value}


def measured(here: Here) -> dict[str, float]:
    """Give the figures of the clusters of the page."""
    found: dict[str, float] = ui.computed(
        judged, here.dataset, labels=here.partition.labels, shape=here.ground.shape,
        truth=here.ground.truth, limit=effort.sampled(here.ground.shape),
    )  # fmt: skip
    return found


def rows(here: Here) -> tuple[Row, ...]:
    """Give the row of the LSTM, and below it those of the plain ways for as many clusters."""
    ground, values = here.ground, measured(here)
    spent = here.net.seconds + (0.0 if here.found is None else here.found.seconds)
    mine = Row(here.name, {name: (value,) for name, value in values.items()}, (spent,))
    plain = ui.computed(
        beside.compared, here.dataset, shape=ground.shape, k=here.k, truth=ground.truth,
        seed=here.chosen.seed, limit=effort.sampled(ground.shape),
    )  # fmt: skip
    return (mine, *plain)


def compare(here: Here) -> None:
    """Show the table."""
    if here.k < 2:
        ui.note("One cluster is nothing to compare; move k on.")
        return
    if not _asked(here):
        return
    found = rows(here)
    known = [
        name for name in MEASURES if any(np.isfinite(row.mean(name)) for row in found)
    ] or ["silhouette_dtw"]  # fmt: skip
    table: dict[str, list[str]] = {"way": [row.name for row in found]}
    for name in known:
        table[MEASURES[name]] = [ui.number(row.mean(name), 3) for row in found]
    table["Seconds"] = [f"{row.seconds[0]:.1f}" if row.seconds else "–" for row in found]
    st.dataframe(
        pd.DataFrame(table), hide_index=True, height="content",
        column_config={
            "Seconds": st.column_config.TextColumn("Seconds", help="Training included."),
            **{
                MEASURES[name]: st.column_config.TextColumn(MEASURES[name], help=HELP[name])
                for name in known
            },
        },
    )  # fmt: skip
    ui.note(*noted(found))


def noted(found: Sequence[Row]) -> list[str]:
    """Give each note of the rows once, behind the names of those that it is about.

    Examples
    --------
    >>> noted([Row("a", {}, (), ""), Row("b", {}, (), "Cut."), Row("c", {}, (), "Cut.")])
    ['b, c: Cut.']
    """
    about: dict[str, list[str]] = {}
    for row in found:
        if row.note:
            about.setdefault(row.note, []).append(row.name)
    return [f"{', '.join(names)}: {note}" for note, names in about.items()]


def _asked(here: Here) -> bool:
    """Show the button that compares, where that takes long; say whether it was pressed."""
    if effort.soon(here.dataset, here.ground.shape):
        return True
    asked: set[object] = st.session_state.setdefault("ls_asked_ways", set())
    if here.dataset.key in asked:
        return True
    st.button(
        "Compare with other ways", key="ls_compare",
        on_click=lambda: asked.add(here.dataset.key),
        help="Euclidean k-means, DTW k-means and k-Shape on the same series. Warping takes the "
        "square of the steps: with these series it may take minutes, and can be stopped.",
    )  # fmt: skip
    return False
