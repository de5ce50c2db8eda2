"""The Export tab of classification: the predictions, the network, a script and the chart."""

from functools import partial

import numpy as np
import pandas as pd

from clustering.data.sequences import SequenceSet, Stream
from clustering.deep.labelled import LabelledWindows
from clustering.figures import Figure
from clustering.figures import reports as figures
from clustering.script import predictors
from clustering.words import count
from dashboard import ui
from dashboard.neural.sequences import export as carried
from dashboard.neural.sequences.classification import parts
from dashboard.neural.sequences.classification.sidebar import Chosen
from dashboard.neural.sequences.judged import Judged

__all__ = ["export", "frame"]


def frame(here: Judged, content: Stream | SequenceSet, ground: LabelledWindows) -> pd.DataFrame:
    """Give a row for every example: its place, part, class, prediction and probabilities."""
    parts = []
    for part, data, truth, said, likely in (
        ("training", ground.train, ground.train_labels, here.answers.train,
         here.answers.train_labels),
        ("test", ground.test, ground.test_labels, here.answers.test, here.answers.test_labels),
    ):  # fmt: skip
        names = np.array(ground.classes)
        rows = pd.DataFrame({"row": data.rows + 1, "part": part})
        if isinstance(content, Stream):
            rows.insert(1, "time", content.times[data.rows])
        rows["class"], rows["predicted"] = names[truth], names[likely]
        for number, name in enumerate(ground.classes):
            rows[f"probability of {name}"] = said[:, number]
        parts.append(rows)
    return pd.concat(parts, ignore_index=True)


def export(
    here: Judged, content: Stream | SequenceSet, ground: LabelledWindows, chosen: Chosen
) -> None:
    """Offer all that can be carried away."""

    def draw() -> Figure:
        return figures.confusion(
            here.test.confusion, classes=here.classes, member=here.member, keep=(here.key,)
        )

    stream = isinstance(content, Stream)
    source = parts.steps(content, chosen) if isinstance(content, Stream) else content
    data = ui.Carried(
        "The data it reads", partial(predictors.classes_npz, source, ground),
        "series.npz", "application/octet-stream",
        "As they were read, in a file that holds no program. The script takes its path.",
    )  # fmt: skip
    carried.carry(
        frame(here, content, ground), here.predictor, predictors.classes_script(ground), draw,
        key="la_c", name=content.name, data=data,
        heading=f"{content.name}: {len(here.classes)} classes by LSTM, accuracy "
        f"{ui.percent(here.test.accuracy, 1)} on {count(here.test.n, here.member)} of the test "
        "part",
        what="a row a window, by its last step" if stream else "a row a series",
    )  # fmt: skip
