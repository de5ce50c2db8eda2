"""Who is with whom in window after window of the days, and whether damping changes the answer."""

import numpy as np
import streamlit as st

from clustering import affinity
from clustering.figures import prices as lines
from clustering.words import count
from dashboard import ui
from dashboard.applications.stocks import words
from dashboard.applications.stocks.parts import Here
from dashboard.applications.stocks.words import companies, listed

__all__ = ["dampings", "drift"]

MONTH = 21
"""Days of trade in a month."""
SHORTEST, MOST_WINDOWS, MOST_TOLD = 3, 40, 4


def drift(here: Here) -> None:
    """Draw who is with whom in windows of some months, and say who changes."""
    ground = here.ground
    most = min(36, (ground.dataset.d - 1) // MONTH)
    if most < SHORTEST:
        ui.note(
            f"{ground.dataset.d:,} days are too few for windows of {SHORTEST} months; choose more "
            "days in the sidebar."
        )
        return
    if not st.toggle(
        "Roll a window over the days", key="st_roll", bind="query-params",
        help="Clusters some months after the others, and compares each with all the chosen days.",
    ):  # fmt: skip
        return
    if int(st.session_state.get("st_months", most)) > most:
        st.session_state["st_months"] = most
    months = st.slider(
        "Months of a window", SHORTEST, most, min(12, most), key="st_months", bind="query-params",
        help=f"A month counts as {MONTH} days of trade; windows follow one another by a month or "
        "more. Short windows change more by chance alone.",
    ) if most > SHORTEST else SHORTEST  # fmt: skip
    days = months * MONTH
    step = max(MONTH, -(-(ground.dataset.d - days) // MOST_WINDOWS))
    found = ui.computed(
        affinity.drift, ground.dataset, partition=here.partition, relations=ground.relations,
        days=days, step=step,
    )  # fmt: skip
    known = found.labels
    fresh = int(known.max(initial=0)) + 1
    taken = set(here.numbers.tolist())
    free = [number for number in range(fresh + len(taken)) if number not in taken]
    shades = np.array([*here.numbers.tolist(), *free])[: max(fresh, here.partition.k)]
    figure = lines.drift(
        np.where(known >= 0, shades[np.maximum(known, 0)], -1),
        home=here.numbers[np.maximum(here.partition.labels, 0)],
        names=ground.names, windows=[(each.first, each.last) for each in found.windows],
        keep=ground.dataset.key,
    )  # fmt: skip
    ui.chart(figure, "st_drift", height=90 + 17 * ground.dataset.n)
    lost = len(found.windows) - found.converged
    ui.note(
        "Colours are those of the network; a dot marks who is elsewhere than over all the chosen "
        "days, and new colours are groups that exist in a window only.",
        "Each window takes the median of its own similarities as its preference."
        if here.usual
        else f"Each window takes the preference {ui.number(here.value, 3)}.",
        words.hasty(here),
        f"In {lost} of {len(found.windows)} windows the messages did not settle." if lost else "",
    )
    for each in about_drift(here, found):
        ui.note(each)


def about_drift(here: Here, found: affinity.Drift) -> list[str]:
    """Say who stays and who is elsewhere longest, and with whom."""
    names, labels, m = here.ground.names, found.labels, len(found.windows)
    own = here.partition.labels
    always = int((found.stays == 1).sum())
    said = [f"{companies(always)} of {len(names)} stay in every one of {count(m, 'window')}."]
    order = np.argsort(found.stays, kind="stable")
    for i in order[:MOST_TOLD].tolist():
        if found.stays[i] == 1:
            break
        away = np.flatnonzero(labels[i] != own[i])
        longest = max(np.split(away, np.flatnonzero(np.diff(away) > 1) + 1), key=len)
        first, last = found.windows[longest[0]], found.windows[longest[-1]]
        middle = int(longest[len(longest) // 2])
        beside = np.flatnonzero(
            (labels[:, middle] == labels[i, middle]) & (np.arange(len(names)) != i)
        )
        company = listed([names[j] for j in beside.tolist()], most=3) or "nobody"
        said.append(
            f"{names[i]} is elsewhere in {len(away)} of {m}, longest in the windows that end from "
            f"{first.last} to {last.last}, with {company}."
        )
    return said


def dampings(here: Here) -> None:
    """Show whether the answer hangs on the damping."""
    ground = here.ground
    found = ui.computed(
        affinity.dampings, ground.dataset, preference=here.value,
        similarity=ground.chosen.similarity, relations=ground.relations,
    )  # fmt: skip
    st.dataframe(
        found, hide_index=True, height="content",
        column_config={
            "damping": st.column_config.NumberColumn(format="%.2f", width=64),
            "clusters": st.column_config.NumberColumn(width=58),
            "converged": st.column_config.CheckboxColumn(width=72),
            "iterations": st.column_config.NumberColumn("rounds", width=56),
            "net_similarity": st.column_config.NumberColumn(
                "net", format="%.3f", width=68,
                help="Net similarity: similarities to the exemplars, and the preferences of "
                "these; the higher, the better.",
            ),
            "same": st.column_config.NumberColumn(
                width=48, help="How many of these dampings give this very partition."
            ),
        },
    )  # fmt: skip
    kinds = int(found["clusters"].nunique())
    settled = int(found["converged"].sum())
    ui.note(
        f"{settled} of {len(found)} dampings converged, in up to "
        f"{int(found['iterations'].max()):,} rounds; "
        + (
            "all give one and the same partition."
            if bool((found["same"] == len(found)).all())
            else f"they give {kinds} different numbers of clusters."
            if kinds > 1
            else "they agree on the number of clusters, not on all members."
        )
    )
