"""Who is in other company in a part of the days than over all of them."""

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from clustering import affinity, validity
from clustering.data import prices as reading
from clustering.dataset import Dataset, Integers
from clustering.errors import ClusterloomError
from clustering.partition import Partition
from dashboard import ui
from dashboard.applications.stocks.parts import Ground, Here
from dashboard.applications.stocks.words import companies, listed

__all__ = ["Change", "Whole", "changed", "restricted", "whole"]


@dataclass(frozen=True, eq=False, slots=True)
class Whole:
    """The clusters over all days, at the recipe's preference.

    Attributes
    ----------
    dataset : Dataset
        Moves over all days.
    symbols : tuple of str
        Of the companies that take part.
    partition : Partition
        Their clusters.
    """

    dataset: Dataset
    symbols: tuple[str, ...]
    partition: Partition


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


def whole(ground: Ground) -> Whole:
    """Compute the clusters over all days, with the same choices otherwise."""
    every = replace(ground.chosen, begin=None, end=None)
    dataset = ui.computed(reading.moves, ground.prices, kind=every.kind, begin=None, end=None)
    relations = ui.computed(affinity.relations, dataset, by=every.similarity)
    partition = ui.computed(
        affinity.fit, dataset, similarity=every.similarity, relations=relations,
        damping=every.damping,
    )  # fmt: skip
    symbols = ground.prices.symbols
    return Whole(dataset, tuple(symbols[row] for row in dataset.rows.tolist()), partition)


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
    try:
        every = whole(ground)
    except ClusterloomError as error:
        ui.note(f"Over all days there are no clusters to compare with. {error}")
        return
    both = [s for s in ground.symbols if s in set(every.symbols)]
    now = here.partition.labels[[ground.symbols.index(s) for s in both]]
    then = every.partition.labels[[every.symbols.index(s) for s in both]]
    names = tuple(ground.prices.name_of(s) for s in both)
    found, _ = changed(names, then.astype(np.int64), now.astype(np.int64))
    agreed = validity.adjusted_rand(then, now).value
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
                "over all days with": [listed(each.left, most=3) or "nobody" for each in found],
                "in these days with": [listed(each.joined, most=3) or "nobody" for each in found],
                "cluster now": [each.new + 1 for each in found],
            },
            hide_index=True, height="content" if len(found) <= 10 else 380,
        )  # fmt: skip
