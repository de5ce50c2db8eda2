"""The sidebar of sentiment: what of a text is read, and how the network is built."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from clustering.deep import vocabulary
from clustering.deep.texts import Texts
from dashboard.neural.sequences import common

__all__ = ["UNITS", "Chosen", "chosen"]

LIMITS = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
LENGTHS = (5, 10, 15, 20, 30, 40, 60, 80, 120, 160, 200, 300, 400)
SIZES = (8, 16, 32, 64, 128)
RATES = ("0.0003", "0.001", "0.003", "0.01")
USUAL = "usual"
UNITS = {"jieba": "words"}
"""What is counted in a text, where it is not called by how it is cut."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the sidebar says.

    Attributes
    ----------
    by : str
        What a text is cut into.
    share : float
        Of the training part.
    most : int
        Words that are kept, the most frequent ones.
    length : int or None
        Words of a text that are read; None for what suits the texts.
    epochs : int
        How often the network sees all texts.
    settings : dict
        Every other argument of the training.
    """

    by: str
    share: float
    most: int
    length: int | None
    epochs: int
    settings: dict[str, Any]


def chosen(texts: Texts) -> Chosen:
    """Show the parameters."""
    usual, offered = vocabulary.suggested(texts.texts), vocabulary.available()
    options = [usual, *(way for way in offered if way != usual)]
    common.fits("la_s_by", options)
    by = st.segmented_control(
        "Texts are cut into", options, default=usual, required=True, key="la_s_by",
        bind="query-params",
        help="Words where blanks stand between them. Chinese is read character by character, or by "
        "jieba's words where that package is installed.",
    )  # fmt: skip
    unit = UNITS.get(by, by)
    most = st.select_slider(
        "Vocabulary limit", LIMITS, 5_000, key="la_s_most", bind="query-params",
        format_func=lambda size: f"{size:,}",
        help=f"The most frequent {unit} of the training part get a number each; all others are "
        "one and the same unknown.",
    )  # fmt: skip
    length = st.select_slider(
        "Length", (USUAL, *map(str, LENGTHS)), USUAL, key="la_s_length", bind="query-params",
        help=f"How many {unit} of a text are read; what is longer is cut. usual: one text in "
        "twenty is cut.",
    )  # fmt: skip
    share = common.share("la_s_share", how=common.DRAWN)
    st.caption("NETWORK")
    embedding = st.select_slider(
        "Embedding", SIZES, 32, key="la_s_embedding", bind="query-params",
        help="Numbers that stand for a word.",
    )  # fmt: skip
    spatial = st.slider(
        "Spatial dropout", 0.0, 0.6, 0.2, 0.1, key="la_s_spatial", bind="query-params",
        help="Share of the embedding's numbers left out at random, each for a whole text.",
    )  # fmt: skip
    units = st.select_slider("LSTM units", SIZES, 32, key="la_s_units", bind="query-params")
    dropout = st.slider(
        "Dropout", 0.0, 0.6, 0.2, 0.1, key="la_s_dropout", bind="query-params",
        help="Share of the inputs of the LSTM left out at random while it learns.",
    )  # fmt: skip
    epochs = st.slider("Epochs", 1, 60, 8, key="la_s_epochs", bind="query-params")
    batch = st.select_slider("Batch", common.BATCHES, 32, key="la_s_batch", bind="query-params")
    rate = st.select_slider("Learning rate", RATES, "0.003", key="la_s_rate", bind="query-params")
    seed = st.slider(
        "Seed", 0, 99, 0, key="la_s_seed", bind="query-params",
        help="Fixes the split, the first weights and the order of the texts.",
    )  # fmt: skip
    settings = {
        "embedding": embedding, "spatial_dropout": spatial, "units": units, "dropout": dropout,
        "batch": batch, "learning_rate": float(rate), "seed": seed,
    }  # fmt: skip
    return Chosen(by, share, most, None if length == USUAL else int(length), epochs, settings)
