"""The Learn tab of sentiment: how a text becomes numbers, and what may be known of it."""

import pandas as pd
import streamlit as st

from clustering.deep import vocabulary
from clustering.deep.texts import LabelledTexts
from dashboard import ui
from dashboard.neural.sequences.judged import Judged
from dashboard.neural.sequences.sentiment.door import Opened
from dashboard.neural.sequences.sentiment.parts import unit_of

__all__ = ["learn"]

LESSONS = ("From a text to a probability", "What the vocabulary may know")


def learn(here: Judged, opened: Opened, ground: LabelledTexts) -> None:
    """Tell a lesson."""
    which = st.segmented_control(
        "Lesson", LESSONS, default=LESSONS[0], required=True, key="la_s_lesson",
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    (_text if which == LESSONS[0] else _vocabulary)(here, opened, ground)


def _text(here: Judged, opened: Opened, ground: LabelledTexts) -> None:
    """Show one text of the test part on its way."""
    words, n = ground.vocabulary, len(here.truth)
    place = st.slider("Which text of the test part", 1, n, 1, key="la_s_place") - 1 if n > 1 else 0
    text = opened.texts.texts[int(ground.test_places[place])]
    cut = vocabulary.pieces(text, words.by)
    read = min(len(cut), words.length)
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        st.markdown(f"> {ui.literal(text, most=400)}")
        frame = pd.DataFrame({"piece": cut[:read], "number": ground.test[place][:read]})
        st.dataframe(frame, hide_index=True, height=250)
        behind = len(cut) - read
        ui.note(
            f"1 stands for every unknown word, 0 for nothing. {behind} {unit_of(words.by)} lie "
            "behind the length and are not read." if behind else
            "1 stands for every unknown word, 0 for nothing."
        )  # fmt: skip
    with right:
        told = here.predictor.settings
        spatial = float(str(told.get("spatial_dropout", 0.0)))
        label = int(here.answers.test_labels[place])
        st.markdown(
            f"1. The text is cut into {unit_of(words.by)}, each of which has a number.\n"
            f"2. An **embedding** puts {told.get('embedding')} numbers in the place of each; these "
            "are learned, so that words of a like meaning come to lie near one another.\n"
            f"3. **Spatial dropout** leaves out {ui.percent(spatial)}"
            " of these numbers while it learns, each for the whole text, so that no single one is "
            "relied upon.\n"
            "4. An **LSTM** reads them in order, passing over the zeros; *softmax* makes "
            "probabilities of what it holds at the end.\n"
            f"5. Here: **{ui.literal(here.classes[label])}** with "
            f"{ui.percent(float(here.answers.test[place, label]), 1)}; true is "
            f"**{ui.literal(here.classes[int(here.truth[place])])}**."
        )


def _vocabulary(here: Judged, opened: Opened, ground: LabelledTexts) -> None:
    """Say what a vocabulary knows that was counted before the split."""
    words = ground.vocabulary
    new = {
        each
        for place in ground.test_places.tolist()[:5_000]
        for each in words.unknown(opened.texts.texts[place])
    }
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(
            "**Counting before splitting.** Sources of this kind count the words of all texts, "
            "give each a number and split afterwards. Then words that stand in the test part alone "
            "have a number too, and the share of unknown words is 0, which no text that is typed "
            "tomorrow will have.\n\n"
            "Here the texts are split first, and the vocabulary is that of the training part."
        )
    with right:
        st.metric(f"{unit_of(words.by).capitalize()} of the test part that were never learned",
                  f"{len(new):,}", border=True)  # fmt: skip
        if new:
            ui.note(f"Such as {', '.join(sorted(new)[:12])}.")
