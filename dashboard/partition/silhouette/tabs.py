"""What stands under the silhouettes: other indices, other methods, who moves, who is misplaced."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import streamlit as st

from clustering import validity
from clustering.axis import FittedAxis
from clustering.dataset import Dataset, Floats, Integers
from clustering.errors import ClusterloomError
from clustering.figures import axis as axis_figures
from clustering.figures import flow, silhouette_lesson
from clustering.geometry.projection import View
from clustering.judging import counting
from clustering.judging.gap import Gap
from clustering.lessons import silhouette as lesson
from clustering.partition import Partition
from clustering.words import count, plural
from dashboard import ui
from dashboard.partition.silhouette.parts import cluster_means

LISTED = 100
MANY = 20_000
"""Cells of the data beyond which the other methods are run only when they are asked for."""

CRITERIA: Mapping[str, tuple[str, float, str]] = {
    "calinski_harabasz": ("Calinski-Harabasz", 1.0, "largest is best"),
    "davies_bouldin": ("Davies-Bouldin", -1.0, "smallest is best"),
    "gap": ("Gap", 1.0, "smallest k that the next one does not beat by its standard error"),
    "bic": ("BIC", -1.0, "smallest is best"),
}
"""How each index is called, which way is better, and how its k is read off."""


# ---- views ------------------------------------------------------------------------------------
def views(dataset: Dataset, here: ui.Here, method: counting.Method, n_init: int, seed: int) -> None:
    """Show the other indices, the other methods, and who moves at the next k."""
    axis, k = here.axis, here.k
    move = here.move if here.free else None
    st.markdown("**Other indices**, each with its own idea of a good answer")
    gap, missing = gap_over(dataset, axis, method, seed)
    full = axis if gap is None else with_gap(axis, gap)
    criteria = {name: each for name, each in CRITERIA.items() if name in full.curves}
    ui.note(missing)
    if st.toggle(
        "Normalise", key="si_norm", bind="query-params",
        help="All on one scale: 0 is the worst k of each index and 1 its best, with those turned "
        "round of which the smallest is best.",
    ):  # fmt: skip
        lines = {"Silhouette": (full.values, scaled(full.curves["silhouette"], 1.0))}
        for name, (title, sign, _) in criteria.items():
            lines[title] = (full.values, scaled(full.curves[name], sign))
        figure = axis_figures.together(
            lines, k, parameter="k", y="from its worst to its best", keep=dataset.key
        )
        ui.chart(figure, "si_all", height=340, on_click=move)
    else:
        columns = st.columns(2, gap="medium") + st.columns(2, gap="medium")
        for place, (name, (title, _, rule)) in zip(columns, criteria.items(), strict=False):
            with place:
                best = chosen_by(full, gap, name)
                figure = axis_figures.curves(full, k, left=name, best=best, keep=dataset.key)
                ui.chart(figure, f"si_{name}", height=210, on_click=move)
                said = "chooses none of these k" if best is None else f"k = {best:.0f}"
                ui.note(f"{title}: {said}; {rule}. {beyond_one(full, name)}")
    one, two = st.columns(2, gap="large")
    with one:
        st.markdown("**Which points move** as k moves")
        moving(dataset, here)
    with two:
        st.markdown("**Do the methods agree?**")
        methods(dataset, here, method, n_init, seed)


def gap_over(
    dataset: Dataset, axis: FittedAxis, method: counting.Method, seed: int
) -> tuple[Gap | None, str]:
    """Give the gap statistic, or the reason why there is none."""
    try:
        return ui.computed(counting.gap, dataset, axis=axis, method=method, seed=seed), ""
    except ClusterloomError as error:
        return None, str(error)


def with_gap(axis: FittedAxis, gap: Gap) -> FittedAxis:
    """Put the gap statistic beside the other curves, with one standard error as its band."""
    more = {"gap": gap.gap, "gap_low": gap.gap - gap.error, "gap_high": gap.gap + gap.error}
    return replace(axis, curves={**axis.curves, **more})


def beyond_one(axis: FittedAxis, name: str) -> str:
    """Say where an index is undefined, unless it is for one cluster alone, as it must be."""
    defined = np.isfinite(axis.curves[name][axis.values > 1])
    return "" if defined.all() else axis.notes.get(f"{name}_undefined", "")


def chosen_by(axis: FittedAxis, gap: Gap | None, name: str) -> float | None:
    """Give the k that an index chooses."""
    if name == "gap":
        return None if gap is None or gap.chosen is None else float(gap.chosen)
    curve = CRITERIA[name][1] * axis.curves[name]
    return float(axis.values[np.nanargmax(curve)]) if np.isfinite(curve).any() else None


def scaled(curve: Floats, sign: float) -> Floats:
    """Give a curve from 0 (its worst) to 1 (its best)."""
    better = sign * curve
    if not np.isfinite(better).any():
        return better
    low, high = np.nanmin(better), np.nanmax(better)
    return (better - low) / (high - low or 1.0)


def moving(dataset: Dataset, here: ui.Here) -> None:
    """Show how the points go from the answer before to the present one and on to the next."""
    axis, place = here.axis, here.place
    places = [i for i in (place - 1, place, place + 1) if 0 <= i < len(axis.values)]
    figure = flow.between(
        [axis.partitions[i] for i in places],
        [f"k = {axis.values[i]:.0f}" for i in places],
        numbers=[here.shades[i] for i in places],
        member=dataset.source.member,
    )
    ui.chart(figure, "si_flow", height=340)
    if place + 1 < len(axis.values):
        ui.note(about_moves(axis, place, here.shades))


def about_moves(axis: FittedAxis, here: int, shades: tuple[Integers, ...]) -> str:
    """Say how many points found the new cluster, and how many change between old ones."""
    old, new = shades[here], shades[here + 1]
    before, after = axis.partitions[here].labels, axis.partitions[here + 1].labels
    both = (before >= 0) & (after >= 0)
    was, now = old[before[both]], new[after[both]]
    fresh = int((~np.isin(now, old)).sum())
    strayed = int(((was != now) & np.isin(now, old)).sum())
    values = axis.values
    return (
        f"From k = {values[here]:.0f} to {values[here + 1]:.0f}: {count(fresh, 'point')} form the "
        f"new cluster, {strayed:,} more change between clusters that were there, "
        f"{len(was) - fresh - strayed:,} stay."
    )


def methods(
    dataset: Dataset, here: ui.Here, method: counting.Method, n_init: int, seed: int
) -> None:
    """Show the silhouette of every method over k."""
    axis = here.axis
    if dataset.points.size > MANY and not st.toggle(
        "Run the other methods too", key="si_agree", bind="query-params",
        help=f"With {dataset.n:,} rows of {dataset.d} columns this takes long; it can be stopped.",
    ):  # fmt: skip
        return
    lines: dict[str, tuple[Floats, Floats]] = {}
    for name in counting.METHODS:
        try:
            other = axis if name == method else ui.computed(
                counting.axis, dataset, method=name, k_max=int(axis.values[-1]), n_init=n_init,
                seed=seed,
            )  # fmt: skip
        except ClusterloomError as error:
            ui.note(f"{name}: {error}")
            continue
        lines[name] = (other.values, other.curves["silhouette"])
    figure = axis_figures.together(lines, here.k, parameter="k", y="silhouette", keep=dataset.key)
    ui.chart(figure, "si_methods", height=340, on_click=here.move if here.free else None)
    bests = [
        f"{name} k = {peak.value:.0f} ({peak.height:.3f})"
        for name, (values, curve) in lines.items()
        if (peak := validity.peak(values, curve))
    ]
    ui.note(f"Highest silhouette: {', '.join(bests)}.")


# ---- clusters ---------------------------------------------------------------------------------
def clusters(dataset: Dataset, partition: Partition, score: validity.Score) -> None:
    """List how well each cluster stands apart, and the rows that are placed worst."""
    values = score.per_point
    if values is None:
        ui.note(f"No silhouettes: {score.reason}")
        return
    judged = np.isfinite(values) & (partition.labels >= 0)
    bad = np.bincount(partition.labels[judged & (values < 0)], minlength=partition.k)
    looked = np.bincount(partition.labels[judged], minlength=partition.k)
    left, right = st.columns([1, 1.6], gap="large")
    with left:
        st.markdown("**Each cluster**")
        st.dataframe(
            {
                "cluster": np.arange(1, partition.k + 1),
                plural(dataset.source.member): partition.sizes,
                "mean silhouette": cluster_means(partition, score),
                "badly placed": bad / np.maximum(looked, 1),
            },
            hide_index=True,
            column_config={
                "mean silhouette": st.column_config.NumberColumn(format="%.3f"),
                "badly placed": st.column_config.NumberColumn(format="percent"),
            },
        )
    with right:
        st.markdown(f"**{dataset.source.member.capitalize()}s placed worst**")
        worst = np.flatnonzero(judged)[np.argsort(values[judged], kind="stable")[:LISTED]]
        near = validity.neighbours(dataset, partition.labels, worst)
        ui.rows(
            dataset,
            worst,
            {
                "silhouette": (values, "(b - a) / max(a, b)", "%.3f"),
                "cluster": (partition.labels + 1, "", None),
                "nearest other": (spread(dataset.n, worst, near.rival + 1), "", None),
                "a": (spread(dataset.n, worst, near.own), "Mean distance inside.", "%.3g"),
                "b": (spread(dataset.n, worst, near.other), "To the nearest other.", "%.3g"),
            },
        )
        if score.sampled:
            ui.note(f"Among the {score.sampled:,} points whose silhouette was computed.")


def spread(n: int, places: Integers, values: Floats | Integers) -> Floats:
    """Give values of some points as an array over all."""
    whole = np.full(n, np.nan)
    whole[places] = values
    return whole


# ---- lesson -----------------------------------------------------------------------------------
def learn(
    dataset: Dataset,
    partition: Partition,
    score: validity.Score,
    view: View,
    numbers: Integers,
    chosen: int | None,
) -> None:
    """Tell the silhouette of one point."""
    if chosen is None:
        ui.note(f"There is no silhouette to explain: {score.reason}")
    else:
        with ui.explained():
            told = lesson.place(dataset, partition, chosen)
        ui.note(
            f"The silhouette of {dataset.name_of(chosen)}. Click another point in the profile or "
            "on the map to see its own."
        )
        figure = silhouette_lesson.lesson(dataset, partition, view, told, numbers=numbers)
        ui.chart(figure, "si_lesson", height=460)
    st.markdown(lesson.SEEING)
