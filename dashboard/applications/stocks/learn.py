"""The lesson of the stocks page: messages between a few companies, until exemplars emerge."""

import numpy as np
import streamlit as st

from clustering import affinity
from clustering.figures import affinity_lesson
from clustering.lessons import affinity as lesson
from dashboard import ui
from dashboard.applications.stocks.parts import Here
from dashboard.applications.stocks.words import listed

__all__ = ["learn"]


def learn(here: Here) -> None:
    """Step through the messages of a cluster and its nearest neighbour."""
    ground, partition = here.ground, here.partition
    if ground.dataset.n < 2:
        ui.note("One company alone has nobody to send messages to.")
        return
    cluster = here.chosen
    if cluster is None:
        cluster = int(np.argmax(partition.sizes))
    left, right = st.columns(2)
    with left:
        high = st.segmented_control(
            "Preference", ["low", "median", "high"], default="median", required=True,
            key="st_lesson", bind="query-params",
            help="The least, the median and nearly the largest of the similarities of these few.",
        )  # fmt: skip
    with right:
        damping = st.segmented_control(
            "Damping of the lesson", ["0.5", "0.7", "0.9"], default="0.5", required=True,
            key="st_lesson_damping", bind="query-params",
        )  # fmt: skip
    few = lesson.chosen(ground.relations.matrix, partition.labels.astype(np.int64), cluster)
    if len(few) < 2:
        few = np.arange(min(7, ground.dataset.n))
    small = ground.relations.matrix[np.ix_(few, few)]
    off = small[~np.eye(len(few), dtype=bool)]
    preference = {
        "low": float(off.min()), "median": float(np.median(small)),
        "high": float(np.quantile(off, 0.95)),
    }[high]  # fmt: skip
    names = [ground.names[i] for i in few.tolist()]
    ui.note(
        f"Only {listed(names)} speak here, so that every message can be followed; among all "
        "companies the answer may differ. Click on another cluster in the network to follow that "
        "one."
    )
    sent = affinity.messages(small, preference, float(damping))
    figure = affinity_lesson.lesson(
        lesson.told(sent, names=names), names=names, keep=f"{ground.dataset.key} {few.tolist()}"
    )
    ui.chart(figure, "st_messages", height=470)
    st.markdown(lesson.SEEING)
