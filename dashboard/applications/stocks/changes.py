"""Who is in other company in a part of the days than over all of them."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from clustering import validity
from clustering.dataset import Integers
from dashboard import ui
from dashboard.applications.stocks.parts import Here
from dashboard.applications.stocks.words import companies, listed

__all__ = ["Change", "changed", "restricted"]


@dataclass(frozen=True, slots=True)
class Change:
    """One company that changed company.

    Attributes
    ----------
    name : str
        Which.
    old, new : int
        Cluster over all days, and the present one, from 0.
    left, joined : tuple of str
        With whom it was then, and with whom it is now.
    """

    name: str
    old: int
    new: int
    left: tuple[str, ...]
    joined: tuple[str, ...]


def changed(
    names: tuple[str, ...], old: Integers, new: Integers
) -> tuple[tuple[Change, ...], Integers]:
    """Find who is with others than before, once clusters are matched by shared members.

    Parameters
    ----------
    names : tuple of n str
        Of those that both know.
    old, new : ndarray of shape (n,), int
        Their clusters.

    Returns
    -------
    changes : tuple of Change
        In the order of the names.
    partner : ndarray of shape (k,), int
        The old cluster that each new one goes on from; beyond the old ones where it is new.
    """
    partner = np.asarray(validity.match(old, new), dtype=np.int64)
    found = []
    for i in np.flatnonzero(partner[new] != old).tolist():
        others = np.arange(len(names)) != i
        left = tuple(names[j] for j in np.flatnonzero((old == old[i]) & others))
        joined = tuple(names[j] for j in np.flatnonzero((new == new[i]) & others))
        found.append(Change(names[i], int(old[i]), int(new[i]), left, joined))
    return tuple(found), partner


def restricted(here: Here) -> None:
    """List who is in other company in the chosen days than over all of them."""
    ground = here.ground
    if not ground.chosen.restricted:
        ui.note(
            "All days count. Move the ends of Days in the sidebar, and who changes company is "
            "listed here."
        )
        return
    every = ground.whole
    if every is None:
        ui.note("Over all days there are no clusters to compare with.")
        return
    both, was, now = np.intersect1d(every.dataset.rows, ground.dataset.rows, return_indices=True)
    old, new = every.partition.labels[was], here.partition.labels[now]
    names = tuple(ground.names[i] for i in now.tolist())
    found, _ = changed(names, old.astype(np.int64), new.astype(np.int64))
    agreed = validity.adjusted_rand(old, new).value
    days = f"{ground.dataset.columns[0]} to {ground.dataset.columns[-1]}"
    who = f"{companies(len(found))} of {len(both)} changed company" if found else "Nobody changed"
    ui.note(
        f"{days}, {ground.dataset.d:,} days against all {every.dataset.d:,}: {who}; "
        f"{every.partition.k} clusters then, {here.partition.k} now, ARI {ui.number(agreed, 3)}. "
        "Over all days the preference is the median of its own similarities."
        + ("" if every.partition.converged else " There the messages did not settle.")
    )
    if found:
        st.dataframe(
            {
                "company": [each.name for each in found],
                "cluster now": [each.new + 1 for each in found],
                "over all days with": [listed(each.left, most=3) or "nobody" for each in found],
                "in these days with": [listed(each.joined, most=3) or "nobody" for each in found],
            },
            hide_index=True, height="content" if len(found) <= 10 else 380,
        )  # fmt: skip
