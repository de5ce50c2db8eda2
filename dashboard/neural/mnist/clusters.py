"""Clusters of the latent space: what their centres look like, who lies in them, who is confused."""

import numpy as np
import streamlit as st

from clustering.deep.mistakes import Confused
from clustering.figures import colors, confusion, digits
from clustering.words import count, plural
from dashboard import ui
from dashboard.neural.mnist.parts import Here

__all__ = ["clusters", "mistakes"]

ACROSS, SHOWN = 5, 20
"""Centres in a row; members and mistakes that are shown at once."""
ROW = 128
"""Pixels of a row of pictures with its words."""


# ---- clusters -----------------------------------------------------------------------------------
def clusters(here: Here) -> None:
    """Show the decoded centres, members of the one that was clicked, and the table of classes."""
    partition = here.partition
    left, right = st.columns([1.1, 1], gap="large")
    with left:
        st.markdown(f"**Decoded centres** of {count(partition.k, 'cluster')}")
        chosen = centres(here)
    with right:
        if here.confusion is not None:
            st.markdown("**Classes over clusters**")
            names = [here.called(cluster) for cluster in here.order.tolist()]
            figure = confusion.table(
                here.confusion.table[:, here.order], classes=here.ground.images.classes,
                clusters=names, member=here.ground.member, keep=here.latent.key,
            )  # fmt: skip
            ui.chart(figure, "mn_table", height=min(80 + 30 * len(here.confusion.table), 480))
    if chosen is not None:
        members(here, chosen)


def centres(here: Here) -> int | None:
    """Draw the centres of the clusters as images; give the one that was clicked."""
    partition, order = here.partition, here.order
    chosen = ui.recall("mn_cluster", low=1, high=partition.k, on=here.latent.key)
    sizes = partition.sizes
    said = []
    for cluster in order.tolist():
        right = ""
        if here.confusion is not None and here.named[cluster] >= 0 and sizes[cluster]:
            mine = here.confusion.table[here.named[cluster], cluster]
            right = f", {ui.percent(mine / sizes[cluster])} of them class {here.called(cluster)}"
        said.append(
            f"cluster {cluster + 1}: {sizes[cluster]:,} {plural(here.ground.member)}{right}"
        )
    figure = digits.grid(
        here.centers[order], shape=here.ground.shape, across=ACROSS,
        captions=[f"{here.called(c)} · {sizes[c]:,}" for c in order.tolist()],
        shades=[colors.color(int(here.numbers[c])) for c in order.tolist()], said=said,
        chosen=None if chosen is None else int(np.flatnonzero(order == chosen - 1)[0]),
        alt=f"Decoded centres: {'; '.join(said[:12])}.", keep=(here.ground.images.key,),
    )  # fmt: skip

    def picked(click: ui.Click) -> None:
        place = digits.pointed(click.x, click.y, shape=here.ground.shape, across=ACROSS,
                               n=partition.k)  # fmt: skip
        if place is not None:
            cluster = int(order[place]) + 1
            ui.remember("mn_cluster", None if cluster == chosen else cluster)

    rows = -(-partition.k // ACROSS)
    ui.chart(figure, "mn_centres", height=ROW * rows + 16, on_click=picked)
    ui.note(
        "Each is what the decoder makes of the middle of a cluster; the name is the class that "
        "most of it shares. A click shows its members."
        if here.confusion is not None
        else "Each is what the decoder makes of the middle of a cluster. A click shows its members."
    )
    return None if chosen is None else chosen - 1


def members(here: Here, cluster: int) -> None:
    """Show those members of a cluster that lie nearest to its centre, and the farthest."""
    mine = np.flatnonzero(here.partition.labels == cluster)
    if not len(mine):
        ui.note("This cluster is empty.")
        return
    points = here.latent.points[mine]
    away = ((points - points.mean(axis=0)) ** 2).sum(axis=1)
    order = mine[np.argsort(away, kind="stable")]
    half = SHOWN // 2
    few = order if len(order) <= SHOWN else np.concatenate([order[:half], order[-half:]])
    st.markdown(f"**Cluster {cluster + 1}** ({here.called(cluster)}): {len(mine):,} members")
    gallery(here, few, "mn_members", [here.ground.class_of(i) for i in few.tolist()],
            alt=f"Members of cluster {cluster + 1}")  # fmt: skip
    ui.note(
        f"The {half} nearest to the centre, then the {half} farthest from it."
        if len(order) > SHOWN
        else "From the nearest to the centre to the farthest."
    )


# ---- mistakes -----------------------------------------------------------------------------------
def mistakes(here: Here) -> None:
    """Show which classes are confused, with the images themselves, and what is hard to say."""
    ground, found = here.ground, here.confusion
    if found is None:
        ui.note("These images have no classes, so that nobody knows which are in the wrong place.")
    elif not found.confused:
        ui.note("Every image lies in the cluster that stands for its class.")
    else:
        judged = int(found.table.sum())
        st.markdown(
            f"**{found.wrong:,} of {judged:,}** {plural(ground.member)} lie in a cluster that "
            "stands for another class"
        )
        pairs = {said(here, each): each for each in found.confused}
        names = list(pairs)
        if st.session_state.get("mn_pair", names[0]) not in pairs:
            st.session_state["mn_pair"] = names[0]
        picked = st.selectbox(
            "Confused", names, key="mn_pair",
            help="Class and cluster, the most frequent confusion first.",
        )  # fmt: skip
        few = pairs[picked].places[:SHOWN]
        captions = [f"{int(row) + 1:,}" for row in ground.looked.rows[few]]
        gallery(here, few, "mn_wrong", captions, alt=picked)
        more = len(pairs[picked].places) - len(few)
        ui.note(f"{more:,} more are not shown." if more else "")
    st.markdown("**Hardest to say in so few numbers**")
    worst = np.argsort(-here.errors, kind="stable")[:SHOWN]
    captions = [f"{error:.3f}" for error in here.errors[worst]]
    gallery(here, worst, "mn_hard", captions, alt="The images with the largest error")
    ui.note(
        "Below each its mean squared error, of a pixel from 0 to 1. A click puts an image first "
        "above."
    )


def said(here: Here, each: Confused) -> str:
    """Say who is taken for whom."""
    classes = here.ground.images.classes
    taken = f"taken for {classes[each.named]}" if each.named >= 0 else "in a cluster of its own"
    number = f"cluster {each.cluster + 1}"
    return (
        f"{classes[each.truth]} {taken} ({number}): {len(each.places):,}, "
        f"{ui.percent(each.share, 1)} of its class"
    )


def gallery(here: Here, places: np.ndarray, key: str, captions: list[str], *, alt: str) -> None:
    """Draw images with their captions; a click puts one first on top of the page."""
    ground, across, wrong = here.ground, SHOWN // 2, here.errors

    def picked(click: ui.Click) -> None:
        place = digits.pointed(click.x, click.y, shape=ground.shape, across=across, n=len(places))
        if place is not None:
            ui.remember("mn_image", int(places[place]))

    figure = digits.grid(
        ground.looked.points[places], shape=ground.shape, captions=captions, across=across,
        said=[
            f"{ground.called(i)}, class {ground.class_of(i)}, error {wrong[i]:.4f}"
            for i in places.tolist()
        ],
        alt=f"{alt}: {count(len(places), ground.member)}.", keep=(key, ground.images.key),
    )  # fmt: skip
    ui.chart(figure, key, height=104 * -(-len(places) // across) + 16, on_click=picked)
