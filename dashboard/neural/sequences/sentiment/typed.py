"""The box in which one types a sentence and sees its probability."""

import numpy as np
import streamlit as st

from clustering.deep import sentiment
from clustering.deep.predictor import Predictor
from clustering.deep.sentiment import Said
from clustering.deep.texts import LabelledTexts
from clustering.figures import reports as figures
from dashboard import ui
from dashboard.neural.sequences.sentiment.parts import unit_of

__all__ = ["about", "box"]

EXAMPLES = {
    "words": "The soup was wonderful, I would come back at once.",
    "characters": "早餐很好吃，下次还来。",
    "jieba": "早餐很好吃，下次还来。",
}
LONGEST = 2_000
NAMED = 8


@st.fragment
def box(predictor: Predictor, ground: LabelledTexts) -> None:
    """Show the box; it alone is drawn anew when something is typed."""
    by = ground.vocabulary.by
    text = st.text_input(
        "Type a sentence", EXAMPLES.get(by, ""), max_chars=LONGEST, key=f"la_s_typed_{by}",
        help="Enter reads it. The network's own words are those of the training part.",
    )  # fmt: skip
    height = min(52 + 30 * len(ground.classes), 300)
    if not text or not text.strip():
        ui.note("Type a sentence, and its probability stands here.")
        return
    with ui.explained():
        said = ui.computed(
            sentiment.said, predictor, text=text, vocabulary=ground.vocabulary
        )  # fmt: skip
    figure = figures.probabilities(np.array(said.probabilities), classes=ground.classes)
    ui.chart(figure, "la_s_said", height=height)
    ui.note(about(said, unit_of(by)))


def about(said: Said, unit: str) -> str:
    """Say which words the network does not know, and what it has not read."""
    parts = []
    known = set(said.words) - set(said.unknown)
    if not known:
        parts.append(
            f"None of these {unit} was in the training part: the answer says nothing about this "
            "sentence."
        )
    elif said.unknown:
        named = ", ".join(said.unknown[:NAMED])
        more = f" and {len(said.unknown) - NAMED} more" if len(said.unknown) > NAMED else ""
        parts.append(f"Unknown to the network: {named}{more}.")
    else:
        parts.append(f"All {len(said.words)} {unit} are known.")
    if said.cut:
        parts.append(f"The last {said.cut} {unit} lie behind the length and are not read.")
    return " ".join(parts)
