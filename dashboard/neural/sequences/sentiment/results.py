"""The Results tab of sentiment: the report, the history, and the texts that deceive."""

import numpy as np
import pandas as pd
import streamlit as st

from clustering.deep.texts import LabelledTexts
from clustering.words import count
from dashboard import ui
from dashboard.neural.sequences import common, judged
from dashboard.neural.sequences.judged import Judged
from dashboard.neural.sequences.sentiment.door import Opened
from dashboard.neural.sequences.sentiment.parts import unit_of
from dashboard.neural.sequences.sentiment.sidebar import Chosen

__all__ = ["results"]

WORST, LONGEST = 12, 300


def results(here: Judged, opened: Opened, ground: LabelledTexts, chosen: Chosen) -> None:
    """Show the report, accuracy by epoch, the surest mistakes and the vocabulary."""
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        st.markdown(f"**Report** on the {here.test.n:,} texts of the test part")
        judged.report_table(here.test)
        ui.note(*ground.changes)
    with right:
        st.markdown("**Accuracy**, epoch by epoch")
        judged.accuracies(here, "la_s_accuracy", epochs=chosen.epochs)
        _vocabulary(ground)
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        st.markdown("**The surest mistakes** of the test part")
        found = mistakes(here, opened, ground)
        if len(found):
            st.dataframe(
                found, hide_index=True,
                column_config={"sure": st.column_config.NumberColumn(format="%.1f %%")},
            )  # fmt: skip
        else:
            ui.note("There are none: every text of the test part is told right.")
    with right:
        st.markdown("**The network**")
        common.layers(here.predictor)


def _vocabulary(ground: LabelledTexts) -> None:
    """Say what is known of the words."""
    words = ground.vocabulary
    unit = unit_of(words.by)
    cut = float((ground.lengths > words.length).mean())
    unknown = float((ground.test == 1).sum() / max((ground.test > 0).sum(), 1))
    st.markdown(f"**Vocabulary**: {count(len(words.words), unit.removesuffix('s'))}")
    ui.note(
        f"Counted in the training part alone; the most frequent are {', '.join(words.words[:10])}. "
        f"{ui.percent(unknown, 1)} of the {unit} of the test part are unknown. The first "
        f"{words.length} {unit} of a text are read; {ui.percent(cut, 1)} of the training texts "
        "are longer."
    )


def mistakes(here: Judged, opened: Opened, ground: LabelledTexts) -> pd.DataFrame:
    """Give the texts that the network was surest of and wrong about."""
    said = here.answers.test_labels
    wrong = np.flatnonzero(said != here.truth)
    sure = here.answers.test[wrong, said[wrong]]
    order = wrong[np.argsort(-sure, kind="stable")][:WORST]
    return pd.DataFrame(
        {
            "text": [opened.texts.texts[ground.test_places[i]][:LONGEST] for i in order],
            "true": [here.classes[here.truth[i]] for i in order],
            "predicted": [here.classes[said[i]] for i in order],
            "sure": [100 * here.answers.test[i, said[i]] for i in order],
        }
    )
