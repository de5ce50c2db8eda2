"""The lessons of the picture page, and the files to carry away."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import streamlit as st

from clustering import pictures
from clustering.dataset import Dataset
from clustering.figures import Figure, picture_lesson
from clustering.geometry import projection
from clustering.lessons import quantization as lesson
from clustering.pictures import Quantized, Vectors
from clustering.pictures.quantized import palette_of
from clustering.script.pictures import picture_script
from clustering.words import plural
from dashboard import ui
from dashboard.applications.images import words
from dashboard.applications.images.parts import Here

__all__ = ["export", "learn"]

LESSONS = ("On a line", "LBG's splits", "In three dimensions")
LINE, SPLITS = 8, 16
"""Levels and codewords of a lesson at most; of more, nothing could be followed."""
FOLLOWED = 2_000
"""Colours that are followed through the splits."""


# ---- learn --------------------------------------------------------------------------------------
def learn(here: Here) -> None:
    """Tell rounding on a line, how LBG splits, and rounding in the space of colours."""
    which = st.segmented_control(
        "Lesson", LESSONS, default=LESSONS[0], required=True, key="iq_lesson", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    {LESSONS[0]: on_a_line, LESSONS[1]: by_splitting, LESSONS[2]: in_three}[which](here)
    st.markdown(lesson.SEEING)


def on_a_line(here: Here) -> None:
    """Play how even steps become the best levels, on the picture's grey levels."""
    grey = ui.computed(pictures.vectors, here.picture, kind="grey").dataset
    steps = ui.computed(lesson.rounding, grey, k=min(here.k, LINE))
    ui.note("The grey levels of this picture. " + fewer(here.k, LINE, "level"))
    ui.chart(picture_lesson.line(grey, steps), "iq_line", height=420)


def by_splitting(here: Here) -> None:
    """Play how LBG grows its codebook, on some of the picture's colours."""
    vectors = colours(here)
    dataset = ui.computed(followed, vectors)
    told = ui.computed(lesson.splits, dataset, k=min(here.k, SPLITS))
    view = ui.computed(projection.view, dataset, columns=None)
    shades = [palette_of(vectors, moment.centers) for moment in told.moments]
    few = dataset.n < vectors.n
    some = f"{dataset.n:,} of {vectors.n:,} colours" if few else f"All {vectors.n:,} colours"
    ui.note(
        f"{some}, with their pixels, on the plane in which they "
        f"spread most ({ui.percent(view.explained)} of the variance). "
        + fewer(here.k, SPLITS, "codeword")
    )
    ui.chart(picture_lesson.splits(dataset, told, view, shades), "iq_splits", height=520)


def in_three(here: Here) -> None:
    """Play how the cloud of colours is rounded to a palette."""
    found = here.plain
    if here.found.palette.ndim == 4 or here.kind == "grey":
        vectors = colours(here)
        found = ui.computed(pictures.quantize, vectors, k=min(here.k, vectors.most), seed=here.seed)
    vectors, dataset = found.vectors, found.vectors.dataset
    few = picture_lesson.some(dataset)
    shades = vectors.picture.pixels.reshape(-1, 3)[dataset.rows[few]]
    centers = found.partition.centers
    assert centers is not None
    ui.note(
        f"{len(few):,} of {dataset.n:,} colours. Drag to turn the cloud, scroll to come nearer."
        + (
            " In colour, though the page shows " + here.kind + "."
            if found is not here.plain
            else ""
        )
    )
    labels = found.partition.labels[few].astype(np.int64)
    figure = picture_lesson.cloud(
        dataset.points[few], shades, labels, found.palette, centers,
        axes=dataset.columns,
        words=ui.computed(lesson.cells, dataset, partition=found.partition), keep=found.vectors.key,
    )  # fmt: skip
    ui.chart(figure, "iq_cloud", height=560)


def colours(here: Here) -> Vectors:
    """Give the picture's colours, whatever its vectors on this page are."""
    if here.kind in ("RGB", "Lab"):
        return here.vectors
    return ui.computed(pictures.vectors, here.picture, kind="RGB")


def followed(vectors: Vectors) -> Dataset:
    """Give some of the colours with their weights."""
    whole = vectors.dataset
    few = picture_lesson.some(whole, most=FOLLOWED)
    return Dataset(
        points=whole.points[few], columns=whole.columns, rows=whole.rows[few],
        source=whole.source, weights=whole.mass[few],
    )  # fmt: skip


def fewer(k: int, most: int, noun: str) -> str:
    """Say so where a lesson takes fewer than the page."""
    return f"With {most} {plural(noun)}, to be followed, and not {k}." if k > most else ""


# ---- export -------------------------------------------------------------------------------------
def export(here: Here, draw: Callable[[], Figure]) -> None:
    """Offer the picture, its palette, the labels and a script."""
    found, name = here.found, ui.stem_of(here.picture.name)
    stem = f"{name}_{here.k}_{here.what.replace(' ', '_')}s"
    one = here.block == 1
    more = [
        ui.Carried(
            "Indexed PNG" if one else "PNG (24 bits)", lambda: pictures.png(found), f"{stem}.png",
            "image/png",
            "One byte or less a pixel, and exactly this palette in its order." if one
            else "Blocks of pixels may hold more than 256 colours together.",
        ),
        ui.Carried(
            "Palette (GPL)", lambda: pictures.palette_gpl(found, name), f"{stem}.gpl",
            "text/plain", "For GIMP, Inkscape, Krita and others.",
        ),
        ui.Carried(
            "Palette (JSON)", lambda: pictures.palette_json(found), f"{stem}.json",
            "application/json", "Entries with their shares, for programs.",
        ),
        ui.Carried(
            "The picture it reads", lambda: here.picture.stored, here.picture.name,
            "application/octet-stream", "The file as it came.",
        ),
    ]  # fmt: skip
    frame = ui.computed(labels_frame, found)
    ui.carry_away(
        frame, lambda: frame, picture_script(found), draw,
        key="iq", stem=stem, heading=words.heading(here),
        joined=f"for each of {here.vectors.n:,} different {here.what}s", more=more,
    )  # fmt: skip


def labels_frame(found: Quantized) -> pd.DataFrame:
    """Give the cluster of every distinct vector, with the number of its pixels."""
    vectors, dataset = found.vectors, found.vectors.dataset
    labels = found.partition.labels
    if found.palette.ndim == 4:
        side, across = found.palette.shape[1], vectors.where.shape[1]
        down, right = np.divmod(dataset.rows, across)
        frame = pd.DataFrame({"first at x": right * side, "first at y": down * side})
    elif vectors.kind == "grey":
        frame = pd.DataFrame({"grey level": dataset.points[:, 0].astype(int)})
    else:
        shades = vectors.picture.pixels.reshape(-1, 3)[dataset.rows]
        frame = pd.DataFrame(shades, columns=["red", "green", "blue"])
    frame["blocks" if found.palette.ndim == 4 else "pixels"] = dataset.mass.astype(np.int64)
    if found.palette.ndim == 2:
        written = np.array([f"#{entry.tobytes().hex()}" for entry in found.palette])
        frame["becomes"] = written[labels]
    frame["cluster"] = labels + 1
    return frame
