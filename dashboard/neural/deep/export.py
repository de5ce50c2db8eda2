"""The Export tab: labels, the network, and a script that gives the same labels again."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from clustering import engine
from clustering import export as carrying
from clustering.data import samples
from clustering.data.image_sets import ImageSet
from clustering.deep import saving
from clustering.errors import UnsupportedError
from clustering.figures import Figure
from clustering.partition import Partition
from clustering.script.neural import FromImages, FromTable, FromTexts, Origin, neural_script
from clustering.script.origins import images_npz
from dashboard import ui
from dashboard.neural.deep import words
from dashboard.neural.deep.door import IMAGES, TEXTS, WORDS, Ground
from dashboard.neural.deep.parts import WAITING, Here
from sample_data import CARDS

__all__ = ["export"]

OWN = frozenset(card.id for card in CARDS if card.file)


def export(here: Here, draw: Callable[[], Figure]) -> None:
    """Offer labels, network, script and chart."""
    found, partition = here.found, here.partition
    if found is None or partition is None or here.live:
        ui.note(WAITING if here.live else "There is nothing to carry away yet: press Train.")
        return
    ground = here.ground
    try:
        text = neural_script(origin_of(ground), partition, head=found.head)
    except UnsupportedError as error:
        st.warning(ui.literal(error, most=400))
        text = f"# {error}\n"
    more = [
        ui.Carried(
            "Network (.keras)", partial(engine.run, saving.saved, found.model), "model.keras",
            "application/octet-stream",
            "What the script loads, as Keras stores it. It holds layers and numbers, and no code.",
        ),
        *_data(ground),
    ]  # fmt: skip
    frame, typed = _labels(ground, partition)
    ui.carry_away(
        frame, typed, text, draw, key="dc",
        stem=f"{ui.stem_of(ground.name)}_{partition.method.removeprefix('deep.')}",
        heading=words.heading(here), more=more,
        joined="a row an image" if ground.kind == IMAGES
        else "joined to every row of your own table",
    )  # fmt: skip


def origin_of(ground: Ground) -> Origin:
    """Say where the points are from, as scripts ask for it."""
    if ground.images is not None:
        n = ground.dataset.n
        return FromImages(ground.images, "all", None if n == ground.images.n else n)
    assert ground.opened is not None
    if ground.kind == TEXTS:
        return FromTexts(ground.opened.table, ground.column, {"most": WORDS})
    return FromTable(ground.opened.table, ground.opened.choices, ground.dataset)


def _data(ground: Ground) -> list[ui.Carried]:
    """Offer the file that the script reads, where it is none of the user's own."""
    if ground.images is not None:
        images: ImageSet = ground.images
        return [
            ui.Carried(
                "The data it reads", partial(images_npz, images), "images.npz",
                "application/octet-stream",
            )
        ]  # fmt: skip
    if ground.data in OWN:
        return [
            ui.Carried(
                "The data it reads", partial(samples.content, ground.data), ground.name, "text/csv"
            )
        ]
    return []


def _labels(
    ground: Ground, partition: Partition
) -> tuple[pd.DataFrame, Callable[[], pd.DataFrame]]:
    """Give the clusters row by row: as written in the file, and with types."""
    if ground.images is not None:
        frame = pd.DataFrame({"image": ground.dataset.rows + 1})
        if ground.dataset.source.names:
            frame["file"] = list(ground.dataset.source.names)
        if ground.truth is not None:
            classes = np.array([*ground.images.classes, "–"])
            frame["class"] = classes[ground.truth]
        if partition.membership is not None:
            frame["share"] = partition.membership.max(axis=1).round(6)
        frame["cluster"] = partition.labels + 1
        return frame, lambda: frame
    assert ground.table is not None
    joined = partial(carrying.labels_frame, ground.table, ground.dataset, partition)
    return joined(as_written=True), partial(joined, as_written=False)
