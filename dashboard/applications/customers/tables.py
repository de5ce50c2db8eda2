"""The clusters as tables: centroids as the recipe prints them and in full, and their names."""

from typing import Literal

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from clustering.dataset import digest
from clustering.script import free_name
from clustering.words import plural
from dashboard import ui
from dashboard.applications.customers import names as naming
from dashboard.applications.customers import words
from dashboard.applications.customers.parts import Found

FORMS = ("as the recipe", "in full")
TALL, SEEN, WHOLE = 212, 5, 1000


def frame_of(found: Found, *, full: bool) -> pd.DataFrame:
    """Give the clusters in the units of the file, a row each.

    Parameters
    ----------
    found : Found
        The answer.
    full : bool
        With names, shares, means and modes; else the centroid and the size alone.
    """
    told = found.told
    frame = pd.DataFrame({"cluster": np.arange(1, len(told.sizes) + 1)})
    members = plural(found.member)
    if full:
        frame["segment"] = list(found.names)
        frame[members] = told.sizes
        frame["share"] = told.shares
        for title, values in (("mean", told.means), ("mode", told.modes)):
            if values is not None:
                for j, name in enumerate(told.names):
                    frame[free_name(f"{name}, {title}", frame.columns)] = values[:, j]
        return frame
    for j, name in enumerate(told.names):
        column = told.centers[:, j]
        whole = np.abs(column).max() >= WHOLE  # the recipe cuts what follows the point
        frame[free_name(name, frame.columns)] = np.trunc(column.round(6)) if whole else column
    frame[free_name(members, frame.columns)] = told.sizes
    return frame


def centroids(found: Found) -> None:
    """Show the table of centroids."""
    shown = st.segmented_control(
        "Centroids", FORMS, default=FORMS[0], key="cu_table", bind="query-params", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    full = shown == FORMS[1]
    frame = frame_of(found, full=full)
    tall: int | Literal["content"] = TALL if len(frame) > SEEN else "content"
    st.dataframe(
        frame,
        hide_index=True,
        height=tall,
        column_config=forms_of(frame),
        key="cu_centroids",
    )
    ui.note(words.about_table(found, full))


def forms_of(frame: pd.DataFrame) -> dict[str, ColumnConfig]:
    """Say with how many digits the numbers of a table of clusters stand."""
    forms: dict[str, ColumnConfig] = {
        name: st.column_config.NumberColumn(format=_format(frame[name]))
        for name in frame.columns
        if frame[name].dtype.kind == "f"
    }
    if "share" in forms:
        forms["share"] = st.column_config.ProgressColumn(
            format="percent", min_value=0.0, max_value=1.0
        )
    return forms


def _format(column: "pd.Series[float]") -> str:
    """Give large numbers without a fraction, as the recipe has them."""
    largest = float(column.abs().max())
    return "%.0f" if largest >= WHOLE else "%.1f" if largest >= 10 else "%.3f"


def segments(found: Found) -> None:
    """Let each segment be named, and say what marks it."""
    where = naming.ground(found.dataset, found.partition)
    ui.note(
        "Names are suggested from what marks a segment; write your own, and they stand in the "
        "tables, on the map, in the lists and in what you download, as long as this session lasts."
    )
    order = np.argsort(-found.told.sizes, kind="stable")[:MOST_NAMED]
    suggestions = naming.suggested(found.dataset, found.partition, found.told)
    pairs = [st.columns(2, gap="small") for _ in range((len(order) + 1) // 2)]
    for place, cluster in enumerate(order.tolist()):
        key = f"cu_name_{cluster}_{where}"
        if key not in st.session_state:
            st.session_state[key] = found.names[cluster]

        def changed(key: str = key, cluster: int = cluster) -> None:
            naming.keep(where, cluster, st.session_state[key])

        size = int(found.told.sizes[cluster])
        with pairs[place // 2][place % 2]:
            st.text_input(
                f"Segment {cluster + 1}, {size:,} of {found.dataset.n:,}", key=key,
                on_change=changed, placeholder=suggestions[cluster], max_chars=naming.LONGEST,
            )  # fmt: skip
    if found.partition.k > MOST_NAMED:
        ui.note(f"The {MOST_NAMED} largest of {found.partition.k:,} segments can be named.")
    listed(found)


MOST_NAMED, LISTED = 12, 500


def listed(found: Found) -> None:
    """List the customers of one segment by name."""
    sizes = found.told.sizes
    order = np.argsort(sizes, kind="stable").tolist()
    small = int((sizes == 1).sum())
    options = (["the single ones"] if small else []) + [f"{i + 1}" for i in order[::-1]]
    last = st.session_state.get("cu_listed", "")
    # The box goes on showing what an option was called, so that other names need another box.
    key = f"cu_listed_{digest(naming.ground(found.dataset, found.partition), *found.names)}"
    shown = st.selectbox(
        f"{found.member.capitalize()}s of", options, key=key, width=420,
        index=options.index(last) if last in options else 0,
        format_func=lambda text: (
            f"{text}, {found.names[int(text) - 1]}" if text.isdecimal() else f"{text} ({small})"
        ),
    )  # fmt: skip
    st.session_state["cu_listed"] = shown
    if shown and shown.isdecimal() and int(shown) <= len(sizes):
        places = np.flatnonzero(found.partition.labels == int(shown) - 1)
    else:
        places = np.flatnonzero(sizes[found.partition.labels] == 1)
    ui.note(words.few(found))
    called = np.array(found.names, dtype=object)[found.partition.labels]
    ui.rows(
        found.dataset, places[:LISTED],
        {"cluster": (found.partition.labels + 1, "", None), "segment": (called, "", None)},
    )  # fmt: skip
    if len(places) > LISTED:
        ui.note(f"The first {LISTED} of {len(places):,}; Export has all of them.")
