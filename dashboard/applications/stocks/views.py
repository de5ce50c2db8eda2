"""What stands under the network: prices of a cluster, sectors, dampings, who changed company."""

import numpy as np
import pandas as pd
import streamlit as st

from clustering import affinity, validity
from clustering.figures import prices as lines
from clustering.words import count
from dashboard import ui
from dashboard.applications.stocks import changes
from dashboard.applications.stocks.parts import Here
from dashboard.applications.stocks.words import companies, listed

__all__ = ["views"]

MONTH = 21
"""Days of trade in a month."""
SHORTEST, MOST_WINDOWS, MOST_TOLD = 3, 40, 5


def views(here: Here) -> None:
    """Show what the network cannot."""
    left, right = st.columns([1.25, 1], gap="large")
    with left:
        group(here)
    with right:
        st.markdown("**Who changed when the days were restricted**")
        changes.restricted(here)
        if here.ground.sectors:
            sectors(here)
    st.markdown("**Rolling drift**")
    drift(here)
    st.markdown("**Dampings** at the present preference")
    dampings(here)


def group(here: Here) -> None:
    """Draw the prices of one cluster."""
    partition, ground = here.partition, here.ground
    named = list(range(partition.k))
    st.session_state["st_group"] = here.chosen or 0

    def chosen() -> None:
        ui.remember("st_cluster", st.session_state["st_group"] + 1)

    st.markdown("**Prices of one cluster**, the first day is 100")
    st.selectbox(
        "Cluster", named, key="st_group", format_func=here.called, on_change=chosen,
        label_visibility="collapsed",
    )  # fmt: skip
    cluster = here.chosen or 0
    members = np.flatnonzero(partition.labels == cluster)
    stands = None
    if partition.exemplars is not None and len(partition.exemplars):
        stands = int(np.flatnonzero(members == partition.exemplars[cluster])[0])
    close = ground.prices.close.loc[ground.dataset.columns[0] : ground.dataset.columns[-1]]
    figure = lines.group(
        close[[ground.symbols[i] for i in members.tolist()]], stands,
        names=[ground.names[i] for i in members.tolist()], number=int(here.numbers[cluster]),
        keep=ground.dataset.key,
    )  # fmt: skip
    ui.chart(figure, "st_prices", height=360)
    ui.note(
        "The strong line is the exemplar. Affinity propagation looks at moves of single days: "
        "companies of one cluster jerk together, though their prices may part over the years."
    )


def sectors(here: Here) -> None:
    """Hold the clusters against the sectors that are known."""
    partition, known = here.partition, np.array(here.ground.sectors)
    st.markdown("**Sectors**")
    have = known != ""
    rows = []
    for cluster in range(partition.k):
        own = known[(partition.labels == cluster) & have]
        names, counts = np.unique(own, return_counts=True)
        order = np.argsort(-counts, kind="stable")
        rows.append(
            {
                "cluster": cluster + 1,
                "main sector": str(names[order[0]]) if len(own) else "unknown",
                "share": counts[order[0]] / len(own) if len(own) else np.nan,
                "others": ", ".join(f"{names[j]} {counts[j]}" for j in order[1:]) or "none",
            }
        )
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, height="content" if partition.k <= 8 else 320,
        column_config={"share": st.column_config.NumberColumn("share", format="percent")},
    )  # fmt: skip
    found = validity.against(pd.factorize(known[have])[0], partition.labels[have])
    pure = sum(
        int(np.unique(known[(partition.labels == c) & have], return_counts=True)[1].max(initial=0))
        for c in range(partition.k)
    )
    ui.note(
        f"{pure} of {companies(int(have.sum()))} are in the main sector of their cluster. Against "
        f"the sectors: ARI {ui.number(found.rand.value, 3)}, AMI "
        f"{ui.number(found.mutual.value, 3)}."
        + ("" if have.all() else f" {int((~have).sum())} without a known sector are left out.")
    )


# ---- drift --------------------------------------------------------------------------------------
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
        "days, and new colours are groups that exist in a window only. The preference stands as "
        "high among the similarities of each window as it does over all days."
        + (
            f" In {lost} of {len(found.windows)} windows the messages did not settle."
            if lost
            else ""
        )
    )
    ui.note(about_drift(here, found))


def about_drift(here: Here, found: affinity.Drift) -> str:
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
    return " ".join(said)


# ---- dampings -----------------------------------------------------------------------------------
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
            "net_similarity": st.column_config.NumberColumn(
                "net similarity", format="%.3f",
                help="Similarities to the exemplars, and the preferences of these: the higher, "
                "the better.",
            ),
            "iterations": st.column_config.NumberColumn("rounds"),
            "same": st.column_config.NumberColumn(
                "same answer", help="How many of these dampings give this very partition."
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
