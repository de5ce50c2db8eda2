"""The images and the network: how many of each class there are, and what the layers are."""

import re

import pandas as pd
import streamlit as st

from clustering import engine
from clustering.data.image_sets import ImageSet
from clustering.deep import embedding
from clustering.deep.model import Model
from clustering.figures import digits
from clustering.progress import Report
from clustering.words import count
from dashboard import ui
from dashboard.neural.mnist.parts import Here

__all__ = ["about", "counts"]


def about(here: Here) -> None:
    """Show the classes of both parts, and the layers."""
    images, model = here.ground.images, here.model
    left, right = st.columns([1.1, 1], gap="large")
    with left:
        st.markdown(f"**{ui.literal(images.name)}**: how many of each class")
        counts(images, "mn_counts")
        if images.classes:
            ui.note(
                f"{len(images.places('train')):,} training and {len(images.places('test')):,} "
                f"test images of {images.shape[0]} by {images.shape[1]} pixels. The network is "
                f"trained on {here.ground.train.n:,} of the former; classes are used to judge "
                "clusters alone."
            )
        else:
            ui.note("No classes are known of these images.")
        ui.note(*images.notes)
    with right:
        st.markdown(f"**The network**: {ui.literal(model.network)}")
        st.dataframe(table(ui.computed(layers, model)), hide_index=True, height="content")
        ui.note(
            f"{model.n:,} weights, trained on {model.device or 'an unknown device'} for "
            f"{count(model.epochs, 'epoch')} in {model.seconds:.1f} s."
        )


def counts(images: ImageSet, key: str) -> None:
    """Draw how many images of each class there are, where classes are known."""
    if images.classes:
        figure = digits.counts(
            {"training": images.counts("train"), "test": images.counts("test")},
            names=images.classes, member=images.member,
        )  # fmt: skip
        ui.chart(figure, key, height=360)


def table(text: str) -> pd.DataFrame:
    r"""Take the rows out of Keras' own table, which is too wide to be read here.

    Examples
    --------
    >>> table('Model: "encoder"\n│ latent (Dense) │ (None, 8) │ 520 │').values.tolist()
    [['encoder', 'latent (Dense)', '(None, 8)', '520']]
    """
    half, rows = "", []
    for line in text.splitlines():
        if named := re.match(r'Model: "(\w+)"', line.strip()):
            half = named[1]
        cells = [cell.strip() for cell in line.split("│")[1:-1]]
        if len(cells) >= 3 and cells[0]:
            rows.append([half, *cells[:3]])
    return pd.DataFrame(rows, columns=["half", "layer", "output", "weights"])


def layers(model: Model, *, report: Report) -> str:
    """Have the table of layers written on a worker: Keras never comes into this process."""
    return engine.run(embedding.summary, model, report=report)
