"""The Export tab: labels, the network, the chart, and a script that gives the labels again."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import ArrayLike

from clustering import engine
from clustering.deep import saving
from clustering.deep.arrivals import Arrivals
from clustering.deep.rules import InLatent
from clustering.errors import ClusterloomError
from clustering.script.neural import FromSequences, neural_script
from clustering.script.sequences import series_npz
from dashboard import ui
from dashboard.neural.lstm import above, words
from dashboard.neural.lstm.arriving import arrived
from dashboard.neural.lstm.parts import Here

__all__ = ["export"]

STORED = "series.npz"
"""What a script reads that cannot read the user's own file."""


def export(here: Here, which: int) -> None:
    """Offer labels, network, script and chart."""
    ground, partition = here.ground, here.partition
    learned = ground.learned
    origin = FromSequences(learned, ground.preparation)
    try:
        text = neural_script(origin, partition, head=_head(here))
    except ClusterloomError as error:
        st.warning(ui.literal(error, most=400))
        text = f"# {error}\n"
    more = [
        ui.Carried(
            "Network (.keras)", partial(engine.run, saving.saved, here.model), "model.keras",
            "application/octet-stream",
            "What the script loads, as Keras stores it. It holds layers and numbers, and no code.",
        )
    ]  # fmt: skip
    if origin.file == STORED:
        more.append(
            ui.Carried(
                "The data it reads", partial(series_npz, learned), STORED,
                "application/octet-stream", "The series that the network learned from.",
            )
        )  # fmt: skip
    try:
        later = arrived(here)
    except ClusterloomError:
        later = None
    frame = labelled(here, later)
    ui.carry_away(
        frame, lambda: frame, text, lambda: above.draw(here, which), key="ls",
        stem=f"{ui.stem_of(ground.door.name)}_{partition.method.removeprefix('deep.')}",
        heading=words.heading(here), joined=f"a row {_article(ground.member)}", more=more,
    )  # fmt: skip
    ui.note(
        f"The script gives the labels of the {ground.dataset.n:,} that were learned from; the "
        "table has those that were held back, too, as the fitted model assigns them."
        if later is not None
        else ""
    )


def _head(here: Here) -> Sequence[ArrayLike]:
    """Give what finds the clusters in the latent space, where something is kept that does."""
    if here.found is not None:
        return here.found.head
    rule = here.partition.assigner
    return (rule.centers,) if isinstance(rule, InLatent) else ()


def _article(member: str) -> str:
    return f"{'an' if member[0] in 'aeiou' else 'a'} {member}"


def labelled(here: Here, later: Arrivals | None) -> pd.DataFrame:
    """Give a row a series: its place, name, part, class, cause, cluster and its name."""
    ground = here.ground
    sequences = ground.sequences
    labels = {
        int(row): int(label)
        for row, label in zip(ground.dataset.rows, here.partition.labels, strict=True)
    }
    strange: dict[int, bool] = {}
    if later is not None and ground.other is not None:
        for row, label, odd in zip(ground.other.rows, later.labels, later.strange, strict=True):
            labels[int(row)], strange[int(row)] = int(label), bool(odd)
    first = set(ground.dataset.rows.tolist())
    rows = [row for row in sequences.places.tolist() if row in labels]
    at = {row: place for place, row in enumerate(sequences.places.tolist())}
    frame = pd.DataFrame({ground.member: [row + 1 for row in rows]})
    if sequences.names:
        frame["name"] = [sequences.names[at[row]] for row in rows]
    if sequences.starts is not None:
        begins = sequences.starts[[at[row] for row in rows]]
        frame["begins"] = pd.to_datetime(begins) if begins.dtype.kind == "M" else begins
    if sequences.causes:
        frame["cause"] = [sequences.causes[at[row]] for row in rows]
    if sequences.labels is not None:
        named = np.array([*sequences.classes, ""])
        frame["class"] = [named[sequences.labels[at[row]]] for row in rows]
    frame["part"] = ["learned from" if row in first else "later" for row in rows]
    if later is not None:
        frame["looks like none"] = [strange.get(row, False) for row in rows]
    frame["cluster"] = [labels[row] + 1 for row in rows]
    frame["called"] = [here.called(labels[row]) for row in rows]
    return frame
