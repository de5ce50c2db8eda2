"""What is known of the groups beforehand, and how far an answer agrees with it."""

import pandas as pd

from clustering import validity
from clustering.data.tables import Table
from clustering.dataset import Dataset
from clustering.partition import Partition
from dashboard.ui.jobs import computed
from dashboard.ui.numbers import number, percent
from dashboard.ui.room import Room

__all__ = ["against_truth", "groups_of"]


def groups_of(table: Table, dataset: Dataset) -> "pd.Series[str] | None":
    """Give the known group of each point, as the file has it; None where none are known."""
    return None if table.truth is None else table.frame[table.truth].iloc[dataset.rows]


def against_truth(room: Room, partition: Partition) -> str:
    """Say how well a result agrees with the known groups; nothing where none are known."""
    if room.table.truth is None:
        return ""
    found = computed(_agreement, room.dataset, table=room.table, partition=partition)
    return (
        f"Against the known groups (column {room.table.truth}): "
        f"ARI {number(found.rand.value, 3)}, AMI {number(found.mutual.value, 3)}, "
        f"accuracy {percent(found.accuracy.value, 1)}"
        + ("; noise left out." if partition.noise else ".")
    )


def _agreement(dataset: Dataset, *, table: Table, partition: Partition) -> validity.Agreement:
    """Compare a result with the known groups of its table."""
    truth = pd.factorize(table.frame[table.truth].iloc[dataset.rows])[0]
    return validity.against(truth, partition.labels)
