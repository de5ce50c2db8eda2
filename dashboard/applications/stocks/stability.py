"""Would the same groups come out of other days? The Stability tab."""

from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from clustering import affinity
from clustering.judging import bootstrap
from clustering.words import count
from dashboard import ui
from dashboard.applications.stocks import words
from dashboard.applications.stocks.parts import Here

__all__ = ["confidence", "stability"]

STABLE, DOUBTFUL = 0.75, 0.6
"""Jaccard's share from which on a cluster is stable, and below which it is not to be trusted."""


def stability(here: Here) -> None:
    """Draw days anew, and say which clusters and companies stay."""
    ground, partition = here.ground, here.partition
    draws = st.slider(
        "Draws", 20, 200, 50, 10, key="st_draws", bind="query-params",
        help="So many times as many days are drawn from these, with replacement, and clustered "
        "with the same choices.",
    )  # fmt: skip
    with ui.explained():
        found = ui.computed(
            bootstrap.stability, ground.dataset, partition=partition, fit=_again(here),
            draws=draws, seed=0,
        )  # fmt: skip
    st.session_state["st_stable"] = here.on, found
    firm = int((found.jaccard >= STABLE).sum())
    verb = "is" if firm == 1 else "are"
    spread = f"{found.clusters.min()} to {found.clusters.max()}"
    ui.note(
        f"{found.told} {firm} of {count(partition.k, 'cluster')} {verb} stable (Jaccard from "
        f"{STABLE}); the draws have {spread} clusters. Days are drawn, not companies: what could "
        "have been otherwise is what happened, not who was there.",
        words.hasty(here),
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**Clusters**")
        clusters(here, found)
    with right:
        st.markdown("**Companies**, the least certain first")
        order = np.argsort(found.confidence, kind="stable")
        st.dataframe(
            {
                "company": [ground.names[i] for i in order.tolist()],
                "cluster": partition.labels[order] + 1,
                "confidence": found.confidence[order],
            },
            hide_index=True, height=360,
            column_config={
                "confidence": st.column_config.ProgressColumn(
                    format="percent", min_value=0.0, max_value=1.0,
                    help="Share of the draws in which it is in the cluster most like its own.",
                )
            },
        )  # fmt: skip


def clusters(here: Here, found: bootstrap.Stability) -> None:
    """List the clusters with their stability and what it means."""
    means = ["stable" if v >= STABLE else "doubtful" if v >= DOUBTFUL else "weak"
             for v in found.jaccard]  # fmt: skip
    st.dataframe(
        {
            "cluster": [here.called(i) for i in range(here.partition.k)],
            "verdict": means,
            "companies": here.partition.sizes,
            "Jaccard": found.jaccard,
            "recovered": found.recovered,
        },
        hide_index=True, height="content" if here.partition.k <= 10 else 380,
        column_config={
            "Jaccard": st.column_config.NumberColumn(
                format="%.2f",
                help="Mean share in common with the most similar cluster of a draw.",
            ),
            "verdict": st.column_config.TextColumn(
                help=f"Stable from {STABLE}; doubtful from {DOUBTFUL}; weak below that, and not "
                "to be trusted."
            ),
            "recovered": st.column_config.NumberColumn(
                format="percent", help=f"Draws in which that share is at least {STABLE}.",
            ),
        },
    )  # fmt: skip


def confidence(here: Here) -> pd.Series | None:
    """Give the confidence of each company, where it was computed for this very answer."""
    on, found = st.session_state.get("st_stable", (None, None))
    return pd.Series(found.confidence) if on == here.on and found is not None else None


def _again(here: Here) -> bootstrap.Fit:
    """Give the method with the present choices."""
    ground = here.ground
    lasso = ground.chosen.similarity == "graphical lasso"
    return partial(
        affinity.again, similarity=ground.chosen.similarity, damping=ground.chosen.damping,
        alpha=ground.relations.alpha if lasso else None,
        preference=None if here.usual else here.value,
    )  # fmt: skip
