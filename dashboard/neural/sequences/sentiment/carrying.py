"""The Export tab of sentiment: the predictions, the network, a script and the chart."""

from functools import partial

import numpy as np
import pandas as pd

from clustering.deep.texts import LabelledTexts
from clustering.figures import Figure
from clustering.figures import reports as figures
from clustering.script import predictors
from dashboard import ui
from dashboard.neural.sequences import export as carried
from dashboard.neural.sequences.judged import Judged
from dashboard.neural.sequences.sentiment.door import Opened

__all__ = ["export", "frame"]


def frame(here: Judged, opened: Opened, ground: LabelledTexts) -> pd.DataFrame:
    """Give a row for every text: its row, part, label, prediction and probabilities."""
    texts, names, parts = opened.texts, np.array(ground.classes), []
    for part, places, truth, said, likely in (
        ("training", ground.train_places, ground.train_labels, here.answers.train,
         here.answers.train_labels),
        ("test", ground.test_places, ground.test_labels, here.answers.test,
         here.answers.test_labels),
    ):  # fmt: skip
        rows = pd.DataFrame({"row": texts.rows[places] + 1, "part": part})
        rows["label"], rows["predicted"] = names[truth], names[likely]
        for number, name in enumerate(ground.classes):
            rows[f"probability of {name}"] = said[:, number]
        rows["text"] = [texts.texts[place] for place in places.tolist()]
        parts.append(rows)
    return pd.concat(parts, ignore_index=True)


def export(here: Judged, opened: Opened, ground: LabelledTexts) -> None:
    """Offer all that can be carried away."""

    def draw() -> Figure:
        return figures.confusion(
            here.test.confusion, classes=here.classes, member="text", keep=(here.key,)
        )

    name = opened.texts.name or "texts"
    data = ui.Carried(
        "The data it reads", partial(predictors.texts_json, opened.texts, ground),
        "texts.json", "application/json",
        "As they were read, in a file that holds no program. The script takes its path.",
    )  # fmt: skip
    carried.carry(
        frame(here, opened, ground), here.predictor, predictors.sentiment_script(ground), draw,
        key="la_s", name=name, data=data,
        heading=f"{name}: sentiment by LSTM, accuracy {ui.percent(here.test.accuracy, 1)} on "
        f"{here.test.n:,} texts of the test part", what="a row a text",
    )  # fmt: skip
