"""Next month: another file, scored by the same preparation and the same modes."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
import streamlit as st

from clustering import export as exporting
from clustering.data import samples
from clustering.data.reading import given_from
from clustering.data.tables import Table, read
from clustering.dataset import Dataset, Floats
from clustering.errors import ClusterloomError, DataError
from clustering.judging import drift
from clustering.partition import Partition
from clustering.script import free_name
from clustering.words import amount, count
from dashboard import ui
from dashboard.applications.customers.parts import Found
from dashboard.ui import shelf

AFTER = {"orders-january": "orders-february"}
"""The month after, where it is a sample."""
NOTHING = "nothing yet"
TALL, SEEN = 280, 6


@dataclass(frozen=True, eq=False, slots=True)
class Scored:
    """Another file, and the clusters that its rows belong to.

    Attributes
    ----------
    table : Table
        As read, in the same way as the first one.
    dataset : Dataset
        Made ready by the preparation that was fitted to the first one.
    partition : Partition
        The nearest modes.
    """

    table: Table
    dataset: Dataset
    partition: Partition


def show(found: Found) -> None:
    """Ask for another file, score it, and say what has changed."""
    st.markdown(
        "**Next month's file**, scored by the preparation and the modes of this month: nobody "
        "moves because others do."
    )
    left, right = st.columns(2, gap="large")
    with left:
        brought = st.file_uploader("The file of next month", key="cu_next_file")
    titles = {NOTHING: NOTHING} | {card.id: card.title for card in samples.catalogue()}
    titles |= {name: name.split("/", 2)[-1] for name in reversed(shelf.uploads())}
    usual = AFTER.get(found.room.data, NOTHING)
    st.session_state.setdefault("cu_next", usual)
    if st.session_state.get("cu_next") not in titles:
        st.session_state["cu_next"] = usual
    with right:
        chosen = st.selectbox(
            "Or one that is here", list(titles), key="cu_next", format_func=titles.__getitem__
        )
    try:
        if brought is not None:
            table = _read(brought.getvalue(), brought.name, found.room.how)
        elif chosen != NOTHING:
            table = shelf.source(chosen, found.room.how)
        else:
            st.info("Bring the file of another month; it needs the same columns.")
            return
        scored = score(found, table)
    except ClusterloomError as error:
        st.error(ui.literal(error, most=400))
        return
    compared(found, scored)


@st.cache_resource(max_entries=2, scope="session", show_spinner="Reading the file …")
def _read(content: bytes, name: str, how: str) -> Table:
    """Read a file as the first one was, once."""
    return read(content, name, given=given_from(how))


def score(found: Found, table: Table) -> Scored:
    """Make a table ready as the first one was, and give each row the nearest mode."""
    preparation = shelf.fitted(found.room.table, found.room.choices)
    dataset = preparation.apply(table)
    if dataset.d != found.dataset.d:
        raise DataError("The new file leads to other columns; it needs those of the first one.")
    labels = found.partition.assign(dataset.points)
    answer = Partition(labels, dataset.rows, "mean_shift", centers=found.partition.centers)
    return Scored(table, dataset, answer)


def compared(found: Found, scored: Scored) -> None:
    """Show sizes then and now, who has moved, what has drifted, and the scored file."""
    k = found.partition.k
    sizes = np.bincount(scored.partition.labels, minlength=k)
    before, after = found.told.shares, sizes / max(sizes.sum(), 1)
    st.markdown("**Segments, then and now**")
    st.dataframe(
        pd.DataFrame(
            {
                "cluster": np.arange(1, k + 1), "segment": list(found.names),
                "then": found.told.sizes, "now": sizes, "share then": 100 * before,
                "share now": 100 * after, "change": 100 * (after - before),
            }
        ),
        hide_index=True,
        column_config={
            name: st.column_config.NumberColumn(format="%.1f %%")
            for name in ("share then", "share now", "change")
        },
    )  # fmt: skip
    lost = len(scored.table.frame) - scored.dataset.n
    if lost:
        ui.note(f"{count(lost, 'row')} of the new file left out in the same way as before.")
    who, what = st.columns([1.2, 1], gap="large")
    with who:
        _moved(found, scored)
    with what:
        _drifted(found, scored)
    frame = _frame(found, scored)
    st.download_button(
        "Scored file (CSV)", lambda: exporting.labels_csv(frame),
        f"{ui.stem_of(scored.table.name)}_scored.csv", "text/csv", on_click="ignore",
        key="cu_scored", help="Every row of the new file with its segment.",
    )  # fmt: skip


# ---- who has moved ---------------------------------------------------------------------------
def key_of(one: Table, other: Table) -> str:
    """Find the column that names customers in both tables; empty where there is none."""
    for name, form in zip(one.frame.columns, one.forms, strict=True):
        if form.kind in ("id", "text", "code") and name in other.frame.columns:
            cells, others = one.frame[name], other.frame[name]
            if (
                cells.is_unique
                and others.is_unique
                and cells.astype(str).isin(others.astype(str)).any()
            ):
                return str(name)
    return ""


def moves(found: Found, scored: Scored, name: str) -> tuple[pd.DataFrame, int, int]:
    """List customers whose segment has changed, and count the new and the gone."""
    called = np.array(found.names, dtype=object)
    then = pd.Series(
        found.partition.labels,
        index=found.room.table.frame[name].iloc[found.dataset.rows].astype(str).to_numpy(),
    )
    now = pd.Series(
        scored.partition.labels,
        index=scored.table.frame[name].iloc[scored.dataset.rows].astype(str).to_numpy(),
    )
    both = then.index.intersection(now.index, sort=False)
    old, new = then.loc[both].to_numpy(), now.loc[both].to_numpy()
    changed = old != new
    frame = pd.DataFrame(
        {name: both[changed], "from": called[old[changed]], "to": called[new[changed]]}
    ).sort_values(["from", "to"], kind="stable", ignore_index=True)
    return frame, len(now) - len(both), len(then) - len(both)


def _moved(found: Found, scored: Scored) -> None:
    """List who has moved."""
    name = key_of(found.room.table, scored.table)
    st.markdown("**Customers that moved**")
    if not name:
        ui.note(
            "No column names customers in both files, so that nobody can be followed; the sizes "
            "alone can be compared."
        )
        return
    frame, new, gone = moves(found, scored, name)
    stayed = scored.dataset.n - new - len(frame)
    ui.note(
        f"{count(len(frame), 'customer')} moved, {stayed:,} stayed, {new:,} new, {gone:,} gone, "
        f"followed by '{name}'."
    )
    if frame.empty:
        return
    tall: int | Literal["content"] = TALL if len(frame) > SEEN else "content"
    st.dataframe(frame, hide_index=True, height=tall, key="cu_moved")
    st.download_button(
        "Customers that moved (CSV)", lambda: exporting.labels_csv(frame),
        f"{ui.stem_of(scored.table.name)}_moved.csv", "text/csv", on_click="ignore",
        key="cu_moved_csv",
    )  # fmt: skip


# ---- what has drifted ------------------------------------------------------------------------
def _drifted(found: Found, scored: Scored) -> None:
    """Compare the columns of both months."""
    st.markdown("**Drift of the columns**")
    values = _values(found, scored)
    if values is None:
        ui.note("The columns of the two files cannot be compared number by number.")
        return
    each = drift.drifts(found.told.names, found.told.values, values)
    warned = [one for one in each if one.warned]
    if warned:
        named = ", ".join(
            f"{one.name} (from {amount(one.before)} to {amount(one.after)})" for one in warned[:4]
        )
        st.warning(
            ui.literal(
                f"{count(len(warned), 'column')} drifted: {named}. Segments of the old month may "
                "not suit the new one; fit it anew and compare.", most=400,
            )
        )  # fmt: skip
    else:
        ui.note("No column has drifted beyond what custom and chance explain.")
    st.dataframe(
        pd.DataFrame(
            {
                "column": [one.name for one in each],
                "mean then": [one.before for one in each],
                "mean now": [one.after for one in each],
                "stability index": [one.index for one in each],
                "drifted": ["yes" if one.warned else "no" for one in each],
            }
        ),
        hide_index=True,
        column_config={
            "mean then": st.column_config.NumberColumn(format="%.4g"),
            "mean now": st.column_config.NumberColumn(format="%.4g"),
            "stability index": st.column_config.NumberColumn(
                format="%.2f",
                help="Population stability index over tenths of the old month: 0 where both lie "
                "alike.",
            ),
        },
    )  # fmt: skip
    ui.note(
        f"Drifted: an index above {each[0].threshold:.2f}, by custom {drift.LARGE}, or what chance "
        "gives in 5 of 100 cases with so few rows if that is more."
    )


def _values(found: Found, scored: Scored) -> Floats | None:
    """Give the new rows in the columns of the clusters' profiles."""
    features = scored.dataset.features
    if features is None:
        return scored.dataset.points
    if not set(found.told.names) <= set(map(str, features.columns)):
        return None
    values: Floats = features[list(found.told.names)].to_numpy(np.float64)
    return values


def _frame(found: Found, scored: Scored) -> pd.DataFrame:
    """Give every row of the new file with its segment."""
    frame = exporting.labels_frame(scored.table, scored.dataset, scored.partition)
    cluster = frame.columns[-2]
    names = frame[cluster].map(dict(enumerate(found.names, 1)), na_action="ignore")
    frame.insert(len(frame.columns) - 1, free_name("segment", frame.columns), names)
    return frame
