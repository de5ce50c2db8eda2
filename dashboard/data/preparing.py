"""How the table is made ready: a choice for each step, and what each step did."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from clustering.data.passport import Column, Passport
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


@dataclass(frozen=True, slots=True)
class Step:
    """A step that is one choice of several: what it is called and offers, the first is nothing."""

    label: str
    options: tuple[str, ...]
    help: str


STEPS = {
    "duplicates": Step(
        "Repeated rows", ("keep", "drop", "weight"),
        "Rows that repeat an earlier one in the chosen columns: keep them, drop them, or let one "
        "stand for all with a weight.",
    ),
    "missing": Step(
        "Missing values", ("drop", "mean", "median", "frequent", "neighbours"),
        "Drop the rows that miss a value in a chosen column, or fill it with the mean, the median "
        "or the most frequent value of the column, or from the five nearest rows. Infinite values "
        "count as missing.",
    ),
    "categories": Step(
        "Words and yes-or-no", ("out", "one-hot", "ordinal", "gower"),
        "Words: leave them out; a column of 0 and 1 for each word (one-hot); their place in the "
        "alphabet (ordinal); or Gower's distance, which takes words as equal or not, for methods "
        "that work on distances.",
    ),
    "dates": Step(
        "Dates", ("out", "elapsed", "parts"),
        "Leave dates out, count the days since the earliest, or take year, month, weekday and "
        "hour as numbers.",
    ),
    "places": Step(
        "Latitude and longitude", ("columns", "sphere", "great-circle"),
        "Latitude and longitude as columns like others; as points on the globe, in kilometres "
        "(for k-means); or distances along the surface (for methods that work on distances).",
    ),
    "outliers": Step(
        "Outliers", ("keep", "clip", "iqr", "forest"),
        "Keep them; clip every column at its 1 % and 99 % quantile; drop rows beyond 1.5 "
        "interquartile ranges; drop rows that an isolation forest sets apart.",
    ),
    "skew": Step(
        "Skewed columns", ("none", "log", "yeo-johnson"),
        "Long tails pull distances: the logarithm of 1 + x, or the power transform of Yeo and "
        "Johnson, which takes negative values, too.",
    ),
    "scaling": Step(
        "Scaling", ("none", "standard", "min-max", "robust"),
        "Distances add up over columns: the one with the widest numbers counts most. Standard: "
        "mean 0, standard deviation 1. Min-max: from 0 to 1. Robust: median 0, interquartile "
        "range 1.",
    ),
    "balance": Step(
        "Balance groups", ("none", "resample", "weight"),
        "Let every group count the same, though their sizes differ: rows drawn with replacement, "
        "or weights.",
    ),
}  # fmt: skip
WORDS = {
    "frequent": "most frequent", "neighbours": "5 neighbours", "elapsed": "days",
    "columns": "numbers", "forest": "isolation forest", "iqr": "drop by IQR",
    "yeo-johnson": "Yeo-Johnson", "gower": "Gower",
}  # fmt: skip
MANY = 40
KMEANS = "dashboard/partition/kmeans/page.py"


def choose(opened: Opened, passport: Passport) -> None:
    """Show a widget for each step that this table can need, or that is chosen already."""
    choices = opened.choices
    groups = _groups(opened, passport)
    _columns(opened, passport)
    needed = _needed(opened, passport) | ({"balance"} if groups else set())
    for name, step in STEPS.items():
        if name in needed or getattr(choices, name) != step.options[0]:
            _widget(
                opened, name, getattr(choices, name),
                partial(
                    st.segmented_control, step.label, step.options, required=True, help=step.help,
                    format_func=lambda word: WORDS.get(word, word),
                ),
            )  # fmt: skip
    if choices.balance != "none" and groups:
        by = choices.balance_by or opened.table.truth or groups[0]
        offered = list(dict.fromkeys((*groups, by)))
        _widget(opened, "balance_by", by, partial(st.selectbox, "Groups to balance", offered))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _components(opened)
        _widget(
            opened, "sample", choices.sample,
            partial(
                st.number_input, "Sample (rows, 0 for all)", 0, max(passport.rows, 1), step=100,
                width=180, help="Cluster a stratified sample of so many rows.",
            ),
        )  # fmt: skip
    st.button("As suggested", on_click=room.select, args=(opened.data,), kwargs={"how": opened.how})


def _widget(opened: Opened, name: str, value: object, show: Callable[..., object]) -> None:
    """Show a widget that holds a choice, and prepares the data otherwise when it is changed."""
    key = f"dt_{name}"

    def changed() -> None:
        now = st.session_state[key]
        room.change(opened, **{name: tuple(now) if isinstance(now, list) else now})

    st.session_state[key] = value
    show(key=key, on_change=changed)


def _columns(opened: Opened, passport: Passport) -> None:
    """Offer the columns of the file."""
    kinds = {column.name: column.kind for column in passport.columns}
    used = [column.name for column in _used(opened, passport) if column.distinct]
    _widget(
        opened, "columns", used,
        partial(
            st.multiselect, f"Columns: {len(used)} of {len(kinds)}", [*kinds],
            format_func=lambda name: f"{name[:MANY]} ({kinds[name]})",
            help="Ids, codes, free text, constants and known groups are left out by themselves.",
        ),
    )  # fmt: skip


def _used(opened: Opened, passport: Passport) -> list[Column]:
    """Give the chosen columns, in the order in which they were chosen."""
    known = {column.name: column for column in passport.columns}
    return [known[name] for name in opened.choices.columns if name in known]


def _needed(opened: Opened, passport: Passport) -> set[str]:
    """Name the steps that would do something to this table."""
    used = _used(opened, passport)
    kinds = {column.kind for column in used if column.distinct}
    when = {
        "duplicates": passport.duplicates > 0,
        "missing": any(column.missing or column.infinite for column in used),
        "categories": bool(kinds & {"category", "boolean", "code", "text", "id"}),
        "dates": "date" in kinds,
        "places": places(passport) is not None,
    }
    return {"outliers", "skew", "scaling"} | {name for name, does in when.items() if does}


def _groups(opened: Opened, passport: Passport) -> list[str]:
    """Name the columns whose groups can be balanced."""
    return [
        column.name
        for column in passport.columns
        if column.kind in ("category", "boolean", "code", "number")
        and 2 <= column.distinct <= (MOST_GROUPS if column.name == opened.table.truth else 20)
    ]


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
