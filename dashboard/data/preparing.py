"""How the table is made ready: a choice for each step, and what each step did."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from clustering.data.passport import Passport
from clustering.data.places import places
from clustering.data.preparation import Stage
from clustering.data.tables import MOST_GROUPS
from clustering.dataset import Dataset
from clustering.figures import columns as figures
from clustering.figures import spread
from clustering.words import count
from dashboard import ui
from dashboard.ui import room, shelf
from dashboard.ui.room import Opened

__all__ = ["choose", "show"]

HELP = {
    "duplicates": "Rows that repeat an earlier one in the chosen columns: keep them, drop them, or "
    "let one stand for all with a weight.",
    "missing": "Drop the rows that miss a value in a chosen column, or fill it with the mean, the "
    "median or the most frequent value of the column, or from the five nearest rows. Infinite "
    "values count as missing.",
    "categories": "Words: leave them out; a column of 0 and 1 for each word (one-hot); their place "
    "in the alphabet (ordinal); or Gower's distance, which takes words as equal or not, for "
    "methods that work on distances.",
    "dates": "Leave dates out, count the days since the earliest, or take year, month, weekday "
    "and hour as numbers.",
    "places": "Latitude and longitude as columns like others; as points on the globe, in "
    "kilometres (for k-means); or distances along the surface (for methods that work on "
    "distances).",
    "outliers": "Keep them; clip every column at its 1 % and 99 % quantile; drop rows beyond 1.5 "
    "interquartile ranges; drop rows that an isolation forest sets apart.",
    "skew": "Long tails pull distances: the logarithm of 1 + x, or the power transform of Yeo and "
    "Johnson, which takes negative values, too.",
    "scaling": "Distances add up over columns: the one with the widest numbers counts most. "
    "Standard: mean 0, standard deviation 1. Min-max: from 0 to 1. Robust: median 0, "
    "interquartile range 1.",
    "balance": "Let every group count the same, though their sizes differ: rows drawn with "
    "replacement, or weights.",
}
WORDS = {
    "frequent": "most frequent", "neighbours": "5 neighbours", "elapsed": "days",
    "columns": "numbers", "forest": "isolation forest", "iqr": "drop by IQR",
    "yeo-johnson": "Yeo-Johnson", "gower": "Gower",
}  # fmt: skip
MANY = 40
KMEANS = "dashboard/partition/kmeans/page.py"


def choose(opened: Opened, passport: Passport) -> None:
    """Show a widget for each step that this table can need.

    Parameters
    ----------
    opened : Opened
        The table and the present choices.
    passport : Passport
        Of the table.
    """
    choices = opened.choices
    kinds = {column.name: column.kind for column in passport.columns}
    known = {column.name for column in passport.columns if column.distinct > 0}
    now = st.session_state

    def changed() -> None:
        fresh: dict[str, Any] = {name: now[f"dt_{name}"] for name in shown}
        fresh["columns"] = tuple(now["dt_columns"])
        fresh["sample"] = int(now["dt_sample"] or 0)
        room.change(opened, **fresh)

    shown: list[str] = []

    def offer(name: str, label: str, options: Sequence[str], *, when: bool) -> None:
        """Offer a step where it would do something, or is chosen already."""
        if not when and getattr(choices, name) == options[0]:
            return
        shown.append(name)
        now[f"dt_{name}"] = getattr(choices, name)
        st.segmented_control(
            label, options, key=f"dt_{name}", on_change=changed, required=True, help=HELP[name],
            format_func=lambda word: WORDS.get(word, word),
        )  # fmt: skip

    now["dt_columns"] = [name for name in choices.columns if name in known]
    chosen = {kinds[name] for name in now["dt_columns"]}
    st.multiselect(
        f"Columns: {len(now['dt_columns'])} of {len(kinds)}", [*kinds], key="dt_columns",
        on_change=changed, format_func=lambda name: f"{name[:MANY]} ({kinds[name]})",
        help="Ids, codes, free text, constants and known groups are left out by themselves.",
    )  # fmt: skip
    used = [column for column in passport.columns if column.name in choices.columns]
    offer("duplicates", "Repeated rows", ["keep", "drop", "weight"], when=passport.duplicates > 0)
    gaps = any(column.missing or column.infinite for column in used)
    offer(
        "missing", "Missing values", ["drop", "mean", "median", "frequent", "neighbours"],
        when=gaps,
    )  # fmt: skip
    offer(
        "categories", "Words and yes-or-no", ["out", "one-hot", "ordinal", "gower"],
        when=bool(chosen & {"category", "boolean", "code", "text", "id"}),
    )  # fmt: skip
    offer("dates", "Dates", ["out", "elapsed", "parts"], when="date" in chosen)
    offer(
        "places", "Latitude and longitude", ["columns", "sphere", "great-circle"],
        when=places(passport) is not None,
    )  # fmt: skip
    offer("outliers", "Outliers", ["keep", "clip", "iqr", "forest"], when=True)
    offer("skew", "Skewed columns", ["none", "log", "yeo-johnson"], when=True)
    offer("scaling", "Scaling", ["none", "standard", "min-max", "robust"], when=True)
    _balance(opened, passport, offer)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _components(opened)
        now["dt_sample"] = choices.sample
        st.number_input(
            "Sample (rows, 0 for all)", 0, max(passport.rows, 1), step=100, key="dt_sample",
            on_change=changed, width=180,
            help="Cluster a stratified sample of so many rows.",
        )  # fmt: skip
    st.button("As suggested", on_click=room.select, args=(opened.data,), kwargs={"how": opened.how})


def _balance(opened: Opened, passport: Passport, offer: Callable[..., None]) -> None:
    """Offer to balance groups: the known ones, or those of a column."""
    choices = opened.choices
    groups = [
        column.name
        for column in passport.columns
        if column.kind in ("category", "boolean", "code", "number")
        and 2 <= column.distinct <= (MOST_GROUPS if column.name == opened.table.truth else 20)
    ]
    offer("balance", "Balance groups", ["none", "resample", "weight"], when=bool(groups))
    if choices.balance == "none" or not groups:
        return
    st.session_state["dt_balance_by"] = (
        choices.balance_by or opened.table.truth or groups[0]
    )  # the session's own entry, since the choice may be empty

    def changed() -> None:
        by = st.session_state["dt_balance_by"]
        room.change(opened, balance_by=by)

    st.selectbox(
        "Groups to balance", list(dict.fromkeys((*groups, st.session_state["dt_balance_by"]))),
        key="dt_balance_by", on_change=changed,
    )  # fmt: skip


def _components(opened: Opened) -> None:
    """Offer principal components, by number or by share of the variance."""
    choices = opened.choices
    options = ["none", "2", "3", "5", "10", "80 %", "90 %", "95 %", "99 %"]
    present = (
        f"{100 * choices.variance:g} %" if choices.variance else str(choices.components or "none")
    )
    st.session_state["dt_pca"] = present

    def changed() -> None:
        told = str(st.session_state["dt_pca"] or "none").strip()
        number, share = 0, 0.0
        try:
            if told.endswith("%"):
                share = min(max(float(told.removesuffix("%")) / 100, 0.0), 0.999)
            elif told != "none":
                number = max(int(told), 0)
        except ValueError:
            return
        room.change(opened, components=number, variance=share)

    st.selectbox(
        "Principal components", list(dict.fromkeys((*options, present))), key="dt_pca",
        on_change=changed, accept_new_options=True, width=180,
        help="Keep only so many directions of the largest spread, or as many as hold this share "
        "of the variance.",
    )  # fmt: skip


def show(opened: Opened, dataset: Dataset) -> None:
    """Show what will be clustered, and what each step did to get there.

    Parameters
    ----------
    opened : Opened
        The table and the choices.
    dataset : Dataset
        What they make of it.
    """
    left_out = len(opened.table.frame) - dataset.n
    line = f"**{count(dataset.n, 'point')} in {count(dataset.d, 'coordinate')}**"
    if left_out:
        line += f", {count(left_out, 'row')} left out"
    if not dataset.metric.is_euclidean:
        unit = f" in {dataset.metric.unit}" if dataset.metric.unit else ""
        line += f"; {dataset.metric.name} distances{unit}"
    st.markdown(f"{line}.")
    stages = shelf.stages_of(opened.table, opened.choices)
    active = {stage.name: stage for stage in stages if stage.said}
    if active:
        name = st.segmented_control(
            "Steps", list(active), default=next(reversed(active)), key="dt_step",
            format_func=lambda name: _labelled(active[name]), required=True,
        )  # fmt: skip
        stage = active.get(name or "") or next(reversed(active.values()))
        said = "\n".join(f"- {ui.literal(line, most=400)}" for line in stage.said)
        st.markdown(said)
        if len(stage.before.columns) or len(stage.after.columns):
            figure = figures.change(
                stage.before, stage.after, said=stage.title, keep=(dataset.key, stage.name)
            )
            ui.chart(figure, "dt_change", height=260)
            more = max(len(stage.before.columns), len(stage.after.columns)) - 3
            if more > 0:
                ui.note(f"The first three columns; {more} more changed in this step.")
    ui.chart(spread.boxes(dataset), "dt_spread", height=90 + 30 * min(dataset.d, 10))
    if dataset.metric.is_euclidean:
        ui.note(
            "How wide each coordinate is after preparation: the wider, the more it counts in "
            "every distance."
        )
        st.page_link(KMEANS, label="**Cluster it with k-means →**")
    else:
        ui.note(
            f"How wide each coordinate is; distances are {dataset.metric.name} ones, for methods "
            "that work on distances. k-means averages coordinates, so it needs another choice."
        )


def _labelled(stage: Stage) -> str:
    """Name a step with what it cost."""
    costs = []
    if stage.dropped:
        costs.append(f"−{stage.dropped:,}")
    if stage.filled:
        costs.append(f"{stage.filled:,} filled")
    return f"{stage.title} ({', '.join(costs)})" if costs else stage.title
