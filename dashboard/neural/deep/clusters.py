"""The Clusters tab: what each deep cluster looks like, whom it holds, how sure it is of them."""

import numpy as np
import pandas as pd
import streamlit as st

from clustering.dataset import Floats, Integers
from clustering.figures import deep as figures
from clustering.figures import digits as pictures
from clustering.figures import plane
from clustering.partition import Partition
from clustering.words import count, plural
from dashboard import ui
from dashboard.neural.deep.door import IMAGES, TABLE, TEXTS
from dashboard.neural.deep.parts import WAITING, Here

__all__ = ["clusters", "distinctive", "marks"]

ACROSS = 5
"""Pictures in a row."""
LISTED = 40
"""Rows of a list of members."""
MARKED = {
    TABLE: "A mark is a column whose mean in the cluster lies farthest from the mean of all, in "
    "standard deviations of the prepared data.",
    TEXTS: "A mark is a word whose mean TF-IDF in the cluster lies farthest above that of all.",
}
"""What a mark is; images have none."""
MARKS = 3
"""Columns that are named as what marks a cluster."""


def clusters(here: Here) -> None:
    """Show the clusters of the deep answer."""
    partition = here.partition
    if partition is None or here.live:
        ui.note(WAITING if here.live else "There are no deep clusters yet: press Train.")
        return
    if here.ground.kind == IMAGES:
        _pictures(here, partition)
    left, right = st.columns([1, 1.35], gap="large")
    with left:
        st.markdown("**Sizes**, in the colours of the map")
        ui.sizes(here.dataset, partition, here.numbers, "dc_sizes")
    with right:
        st.markdown("**What each cluster holds**")
        st.dataframe(_described(here, partition), hide_index=True, height="content")
        ui.note(MARKED.get(here.ground.kind, ""))
    if partition.membership is not None:
        _sure(here, partition)


def _pictures(here: Here, partition: Partition) -> None:
    """Draw what stands for each cluster."""
    st.markdown("**Centres**, as the network draws them")
    centers, sizes = partition.centers, partition.sizes
    if centers is None:
        centers = _means(here.dataset.points, partition)
    named = _majority(here, partition)
    ui.chart(
        pictures.grid(
            centers, shape=here.ground.shape, across=ACROSS,
            captions=[
                f"{i + 1}: {named[i] if named else format(sizes[i], ',')}"
                for i in range(len(centers))
            ],
            shades=[plane.shade_of(here.numbers, i) for i in range(len(centers))],
            alt=f"The centres of {count(len(centers), 'cluster')} as images.",
            keep=(here.dataset.key, partition.k),
        ),
        "dc_centers", height=150 * -(-len(centers) // ACROSS),
    )  # fmt: skip
    if named:
        ui.note(
            "Below each its number, and the class that most of those in it have with its share."
        )


def _means(points: Floats, partition: Partition) -> Floats:
    """Give the mean of each cluster, that of all where one is empty."""
    means = [
        points[partition.labels == i].mean(axis=0) if size else points.mean(axis=0)
        for i, size in enumerate(partition.sizes)
    ]
    return np.stack(means)


def _majority(here: Here, partition: Partition) -> list[str]:
    """Say which class most points of each cluster have; nothing where no classes are known."""
    truth = here.ground.truth
    if truth is None:
        return []
    said = []
    for i in range(partition.k):
        inside = truth[(partition.labels == i) & (truth >= 0)]
        if not len(inside):
            said.append("–")
            continue
        found, counted = np.unique(inside, return_counts=True)
        most = int(counted.argmax())
        share = ui.percent(counted[most] / len(inside))
        said.append(f"{_class(here, int(found[most]))} ({share})")
    return said


def _class(here: Here, number: int) -> str:
    """Name a class as its owner does."""
    images, table = here.ground.images, here.ground.table
    if images is not None and images.classes:
        return images.classes[number]
    groups = None if table is None else ui.groups_of(table, here.dataset)
    if groups is None:
        return f"class {number + 1}"
    return str(pd.factorize(groups)[1][number])


def marks(points: Floats, partition: Partition) -> Floats:
    """Give how far the mean of each cluster lies from that of all, shape (k, d).

    In standard deviations of all points; 0 for a column that is constant and for a cluster
    that is empty.
    """
    spread = points.std(axis=0)
    means = _means(points, partition) - points.mean(axis=0)
    far: Floats = np.divide(means, spread, out=np.zeros_like(means), where=spread > 0)
    return far


def distinctive(far: Floats, columns: tuple[str, ...], *, above: bool) -> list[str]:
    """Name the columns that mark each cluster, with their distances.

    Examples
    --------
    >>> distinctive(np.array([[0.1, -2.0]]), ("age", "income"), above=False)
    ['income −2.0, age +0.1']
    >>> distinctive(np.array([[0.1, -2.0]]), ("age", "income"), above=True)
    ['age +0.1']
    """
    said = []
    for row in far:
        order = np.argsort(-(row if above else np.abs(row)), kind="stable")[:MARKS]
        named = [
            f"{columns[j]} {row[j]:+.1f}".replace("-", "\u2212")
            for j in order.tolist()
            if (row[j] > 0 or not above) and row[j] != 0
        ]
        said.append(", ".join(named) or "–")
    return said


def _described(here: Here, partition: Partition) -> pd.DataFrame:
    """Give a row a cluster: size, class, marks, its surest member."""
    dataset = here.dataset
    table: dict[str, list[object]] = {
        "cluster": list(range(1, partition.k + 1)),
        plural(dataset.source.member): partition.sizes.tolist(),
    }
    if named := _majority(here, partition):
        table["mostly"] = list(named)
    if here.ground.kind != IMAGES:
        table["marks"] = list(
            distinctive(
                marks(dataset.points, partition), dataset.columns, above=here.ground.kind == TEXTS
            )
        )
    surest = _surest(partition)
    table["typical"] = [dataset.name_of(i) if i >= 0 else "–" for i in surest]
    return pd.DataFrame(table)


def _surest(partition: Partition) -> list[int]:
    """Give the point that each cluster holds most of, -1 for an empty one."""
    found = []
    for i in range(partition.k):
        inside = np.flatnonzero(partition.labels == i)
        if not len(inside):
            found.append(-1)
        elif partition.membership is None:
            found.append(int(inside[0]))
        else:
            found.append(int(inside[partition.membership[inside, i].argmax()]))
    return found


def _sure(here: Here, partition: Partition) -> None:
    """Show how much of a cluster is in each point, and who stands between two."""
    assert partition.membership is not None
    most = partition.membership.max(axis=1)
    second = np.sort(partition.membership, axis=1)[:, -2] if partition.k > 1 else 0 * most
    left, right = st.columns([1, 1.35], gap="large")
    with left:
        st.markdown("**How sure**: the largest share of a cluster in each point")
        ui.chart(
            figures.sureness(partition, numbers=here.numbers, keep=here.dataset.key),
            "dc_sure", height=260,
        )  # fmt: skip
        ui.note(
            "DEC, IDEC and information maximisation make themselves sure: shares near 1 say that "
            "the training is done, not that it is right."
        )
    with right:
        st.markdown(
            f"**Between two clusters**: the least decided {plural(here.dataset.source.member)}"
        )
        order: Integers = np.argsort(most - second, kind="stable")[:LISTED]
        ui.rows(
            here.dataset, order,
            {
                "cluster": (partition.labels + 1, "", None),
                "share": (most, "Share of this cluster in the point.", "%.3f"),
                "next": (second, "Share of the second one.", "%.3f"),
            },
        )  # fmt: skip
