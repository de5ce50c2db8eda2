"""The Learn tab: what was wrong with the two sources, in numbers computed on the spot."""

import numpy as np
import pandas as pd
import streamlit as st

from clustering import kmeans
from clustering.data import samples
from clustering.dataset import Dataset
from clustering.figures import deep_lessons
from clustering.lessons import penalty, softmax
from clustering.lessons.deep import SEEING
from clustering.lessons.penalty import Way
from clustering.lessons.softmax import Endings
from clustering.partition import Labels, Partition
from clustering.progress import Report, silent
from clustering.words import amount
from dashboard import ui
from dashboard.neural.deep.door import SAMPLE
from dashboard.neural.deep.parts import Here

__all__ = ["learn"]

LESSONS = ("Softmax at the end", "Penalty on distances", "Two spaces")
K = 4
"""Groups of the sample of the lessons."""


def learn(here: Here) -> None:
    """Tell a lesson."""
    which = st.segmented_control(
        "Lesson", LESSONS, default=LESSONS[0], required=True, key="dc_lesson", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    if which == LESSONS[2]:
        _two_spaces(here)
    else:
        dataset, groups = _blobs()
        (_softmax if which == LESSONS[0] else _penalty)(dataset, groups)
    st.markdown(SEEING)


def _blobs() -> tuple[Dataset, Labels]:
    """Give the thousand points of the presets, and their groups."""
    table = samples.load(SAMPLE)
    groups = pd.factorize(table.frame["group"], sort=True)[0].astype(np.int32)
    return Dataset.from_points(table.frame[["x", "y"]], columns=("x", "y"), name=SAMPLE), groups


# ---- a softmax at the end -----------------------------------------------------------------------
def _softmax(dataset: Dataset, groups: Labels) -> None:
    """Show what a softmax can say of points on a plane."""
    found = ui.computed(softmax.endings, dataset, groups=groups, k=K)
    st.markdown(
        "**Autoencoder, then k-means on four blobs.** The source's network ends in two units with "
        "a *softmax*, and is trained to reproduce the points. Two such numbers are positive and "
        "sum to one: whatever goes in, what comes out lies on the short line from (0, 1) to (1, 0)."
    )
    left, right = st.columns([1.3, 1], gap="medium")
    with left:
        ui.chart(deep_lessons.ends(found, groups, keep=dataset.key), "dc_ends", height=430)
    with right:
        ui.chart(deep_lessons.errors(found, keep=dataset.key), "dc_ends_errors", height=250)
        st.markdown(_about_softmax(found))
    ui.note(
        "Computed here just now: 2 - 10 - 2 with a rectifier between, trained by Adam for 600 "
        "steps on the thousand points of the sample, both the same way. Without a bottleneck of "
        "fewer numbers than columns even the linear one only learns to copy; the page's preset is "
        "the linear bottleneck with a decoder, beside k-means on the points as they are."
    )


def _about_softmax(found: Endings) -> str:
    """Say what the numbers mean."""
    return (
        f"- {ui.percent(found.outside)} of the points have a coordinate below 0 or above 1, where "
        "no softmax can go.\n"
        f"- No training brings its mean squared error below **{found.floor:.2f}**, the distance of "
        f"the points from that line. It ends at {found.softmax.errors[-1]:.2f}; two linear units "
        f"at {found.linear.errors[-1]:.4f}.\n"
        f"- k-means on what the softmax gives: ARI **{found.softmax.rand:.2f}**. On the linear "
        f"output **{found.linear.rand:.2f}**, on the points themselves **{found.rand:.2f}**."
    )


# ---- a penalty on distances ---------------------------------------------------------------------
def _penalty(dataset: Dataset, groups: Labels) -> None:
    """Show where each sign of the penalty leads."""
    ways = ui.computed(_followed, dataset)
    st.markdown(
        "**Separation penalty.** The source trains with *L = reconstruction + λ R*, where R is the "
        "sum over pairs of clusters of |W (μa − μb)|: how far apart their centres lie behind the "
        "encoder W. It means to separate, but whoever makes L small makes R small."
    )
    left, right = st.columns([1.3, 1], gap="medium")
    with left:
        ui.chart(deep_lessons.pulled(ways, keep=dataset.key), "dc_pulled", height=390)
    with right:
        st.markdown(_about_penalty(ways))
    ui.note(
        "Computed here just now: a linear encoder and decoder on the thousand points of the "
        f"sample, clusters by k-means, {len(ways[0].error):,} steps of Adam for each loss."
    )


def _followed(dataset: Dataset, *, report: Report = silent) -> tuple[Way, ...]:
    """Follow the losses from the clusters of k-means."""
    answer: Partition = kmeans.fit(dataset, k=K, seed=0)
    return penalty.ways(dataset, partition=answer, report=report)


def _about_penalty(ways: tuple[Way, ...]) -> str:
    """Say what each loss did."""
    none, pulled, away, meant = ways
    return (
        f"- **λ = 0**, the autoencoder alone: R is {amount(none.apart[-1])} at the end.\n"
        f"- **λ = 0.1** as written: R {amount(pulled.apart[-1])}. The clusters are pulled "
        f"*together*, by {ui.percent(1 - pulled.apart[-1] / none.apart[-1])}; the decoder simply "
        f"undoes the smaller scale (error {pulled.error[-1]:.2g}).\n"
        f"- **λ = −0.1**: R {amount(away.apart[-1])} and rising with every step. Nothing bounds "
        "it: W grows, the decoder shrinks, and the loss falls without end.\n"
        f"- **As meant**, a reward that scale cannot buy: the mean over pairs of d² / (d² + s²), d "
        "the distance of the centres, s the spread within. It lies between 0 and 1, here at "
        f"{meant.share[-1]:.3f}, and R stays at {amount(meant.apart[-1])}."
    )


# ---- two spaces ---------------------------------------------------------------------------------
def _two_spaces(here: Here) -> None:
    """Set the silhouettes of both spaces beside one another, for the page's own answer."""
    st.markdown(
        "**Two spaces, two silhouettes.** The silhouette asks whether points lie nearer to their "
        "own cluster than to the next one. A network may move them as it likes first."
    )
    if not here.deep:
        ui.note("Press Train: this lesson is told with the page's own answer.")
        return
    lines = []
    for row in here.deep:
        inside, latent = row.mean("silhouette_input"), row.mean("silhouette_latent")
        truth = row.mean("accuracy")
        lines.append(
            f"- {row.name}: **{ui.number(inside, 3)}** in the space of the input, "
            f"**{ui.number(latent, 3)}** in its own"
            + (f", accuracy {ui.number(truth, 3)}." if np.isfinite(truth) else ".")
        )
    raw = here.plain[0]
    lines.append(
        f"- {raw.name}: **{ui.number(raw.mean('silhouette_input'), 3)}** in the space of the input."
    )
    st.markdown("\n".join(lines))
    st.markdown(
        "A rise in the second number alone is the network's own doing. It says that the clusters "
        "are tidy, not that they are there."
    )
