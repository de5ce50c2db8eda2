"""What stands under the network: prices of a cluster, sectors, dampings, who changed company."""

import numpy as np
import pandas as pd
import streamlit as st

from clustering import validity
from clustering.data import prices as reading
from clustering.data.prices import Prices
from clustering.figures import prices as lines
from dashboard import ui
from dashboard.applications.stocks import changes, drift
from dashboard.applications.stocks.parts import Here
from dashboard.applications.stocks.words import companies

__all__ = ["views"]


def views(here: Here) -> None:
    """Show what the network cannot."""
    st.markdown("**Who changed when the days were restricted**")
    changes.restricted(here)
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        group(here)
    with right:
        if here.ground.sectors:
            sectors(here)
        st.markdown("**Dampings** at the present preference")
        drift.dampings(here)
    st.markdown("**Rolling drift**: who is with whom in window after window")
    drift.drift(here)


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
    symbols = [ground.symbols[i] for i in members.tolist()]
    close, splits = unsplit(ground.prices, symbols)
    figure = lines.group(
        close.loc[ground.dataset.columns[0] : ground.dataset.columns[-1]], stands,
        names=[ground.names[i] for i in members.tolist()], number=int(here.numbers[cluster]),
        keep=ground.dataset.key,
    )  # fmt: skip
    ui.chart(figure, "st_prices", height=360)
    ui.note(
        "The strong line is the exemplar. Affinity propagation looks at moves of single days: "
        "companies of one cluster jerk together, though their prices may part over the years.",
        splits,
    )


def unsplit(prices: Prices, symbols: list[str]) -> tuple[pd.DataFrame, str]:
    """Give closing prices as if shares had never been split, and say whose were."""
    close, said = prices.close[symbols].copy(), []
    for jump in reading.jumps(prices):
        if jump.symbol in symbols and "split" in jump.told:
            close.loc[close.index >= jump.day, jump.symbol] *= jump.before / jump.after
            said.append(f"{prices.name_of(jump.symbol)} {jump.day:%Y-%m-%d}")
    return close, f"Splits are undone: {', '.join(said)}." if said else ""


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
