"""The Learn tab of classification: windows and shuffling, and how a window becomes a class."""

import numpy as np
import pandas as pd
import streamlit as st

from clustering.data.sequences import SequenceSet, Stream
from clustering.data.sequences.padding import PADDING
from clustering.deep.labelled import LabelledWindows
from clustering.figures import reports, windows
from dashboard import ui
from dashboard.neural.sequences.classification import parts
from dashboard.neural.sequences.classification.shuffled import Ways, ways
from dashboard.neural.sequences.classification.sidebar import Chosen
from dashboard.neural.sequences.judged import Judged

__all__ = ["learn"]

LESSONS = ("From a window to a class", "Windows after shuffling")


def learn(
    here: Judged, content: Stream | SequenceSet, ground: LabelledWindows, chosen: Chosen
) -> None:
    """Tell a lesson."""
    which = st.segmented_control(
        "Lesson", LESSONS, default=LESSONS[0], required=True, key="la_c_lesson",
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    if which == LESSONS[0]:
        _window(here, content, ground)
    elif isinstance(content, Stream):
        _shuffled(content, chosen)
    else:
        ui.note(
            "These are separate series, of which none is cut out of another: this lesson is about "
            "windows of one stream. Open the sample to see it."
        )


# ---- a window -----------------------------------------------------------------------------------
def _window(here: Judged, content: Stream | SequenceSet, ground: LabelledWindows) -> None:
    """Show one example of the test part and what the network says of it."""
    n = len(here.truth)
    place = st.slider(
        f"Which {here.member} of the test part", 1, n, 1, key="la_c_place"
    ) - 1 if n > 1 else 0  # fmt: skip
    values = ground.test.points[place].reshape(ground.shape).copy()
    values[values == PADDING] = np.nan
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        figure = windows.steps(values, channels=_channels(content, ground), keep=(here.key,))
        ui.chart(figure, "la_c_steps", height=300)
    with right:
        found = here.answers.test[place]
        ui.chart(
            reports.probabilities(found, classes=here.classes), "la_c_probabilities",
            height=min(80 + 34 * len(found), 420),
        )  # fmt: skip
        truth = here.classes[int(here.truth[place])]
        said = here.classes[int(here.answers.test_labels[place])]
        st.markdown(
            f"True class **{ui.literal(truth)}**, predicted **{ui.literal(said)}**. The LSTM "
            "layers read the steps one after another; what the last one holds after the last step "
            "goes into one unit a class, and *softmax* makes probabilities of these: "
            "$p_j = e^{z_j} / \\sum_i e^{z_i}$."
        )
    ui.note("Values are scaled by means and deviations of the training part alone.")


def _channels(content: Stream | SequenceSet, ground: LabelledWindows) -> list[str]:
    """Name the columns that a window holds."""
    known = ground.how.get("channels", content.channels)
    return [str(name) for name in known]  # type: ignore[attr-defined]


# ---- shuffling ----------------------------------------------------------------------------------
def _shuffled(content: Stream, chosen: Chosen) -> None:
    """Show what shuffling does to windows, in a picture and in numbers."""
    stream, window = parts.steps(content, chosen), chosen.cut["window"]
    share, seed = chosen.cut["share"], chosen.settings["seed"]
    found = ui.computed(ways, stream, window=window, share=share, seed=seed)
    rng, m = np.random.default_rng(seed), min(stream.n, 400)
    start = m // 3
    together = np.arange(start, min(start + window, m))
    scattered = rng.permutation(m)[: len(together)]
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        figure = windows.two_windows(
            content.times[stream.rows[:m]], stream.values[:m, 0], together=together,
            scattered=scattered, y=stream.channels[0], keep=(stream.key,),
        )  # fmt: skip
        ui.chart(figure, "la_c_windows", height=330)
        ui.note(f"One column, the first {m:,} steps.")
    with right:
        st.markdown(_about(found, window))
        _table(found)
    ui.note(
        f"Each of {found.n:,} windows is given the class of the nearest training window: no "
        "network is needed to see it. Scaling before splitting tells in the same way what nobody "
        "can know: see Forecasting, Learn."
    )


def _about(found: Ways, window: int) -> str:
    """Say what went wrong, and how much it matters on these data."""
    gain = found.drawn - found.in_time
    matters = (
        f"Here they come out {ui.percent(gain, 1)} better than they are."
        if gain > 0.02
        else "On these data that gains little, but nobody knows before."
    )
    return (
        f"**Windows cut after shuffling.** The source shuffles the rows and cuts every {window} "
        "that then stand below one another: the steps of such a window come from anywhere, and "
        "there is no order for an LSTM to read.\n\n"
        "**Windows drawn at random**, the usual half cure, keep their steps together, but "
        f"{ui.percent(found.shared)} of the test windows share rows with a training window. Their "
        f"figures say how well the network remembers. {matters}\n\n"
        "**Here** the stream is split in time, scaled by the first part, and cut last."
    )


def _table(found: Ways) -> None:
    """Show the three accuracies."""
    frame = pd.DataFrame(
        {
            "windows": ["split in time, then cut", "cut, then drawn at random",
                        "rows shuffled, then cut"],
            "accuracy": [100 * found.in_time, 100 * found.drawn, 100 * found.rows_shuffled],
        }
    )  # fmt: skip
    st.dataframe(
        frame, hide_index=True, height="content",
        column_config={"accuracy": st.column_config.NumberColumn(format="%.1f %%")},
    )  # fmt: skip
