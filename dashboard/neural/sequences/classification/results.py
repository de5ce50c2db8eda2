"""The Results tab of classification, and the classes over time."""

import numpy as np
import pandas as pd
import streamlit as st

from clustering.data.sequences import SequenceSet, Stream
from clustering.deep import classifying
from clustering.deep.labelled import LabelledWindows
from clustering.figures import windows as figures
from clustering.words import count
from dashboard import ui
from dashboard.neural.sequences import common, judged
from dashboard.neural.sequences.classification import parts
from dashboard.neural.sequences.classification.sidebar import Chosen
from dashboard.neural.sequences.judged import Judged

__all__ = ["counts", "results", "strip"]


def strip(here: Judged, stream: Stream, ground: LabelledWindows, *, height: int) -> None:
    """Draw true and predicted classes of the test part over time."""
    figure = figures.strip(
        stream.times[ground.test.rows], here.truth, here.answers.test_labels,
        classes=here.classes, member=here.member,
        x="" if stream.dated else f"time {stream.unit}".strip(), keep=(here.key,),
    )  # fmt: skip
    ui.chart(figure, "la_c_strip", height=height)


def counts(ground: LabelledWindows) -> None:
    """Show how many examples each class has in both parts."""
    k = len(ground.classes)
    frame = pd.DataFrame(
        {
            "class": ground.classes,
            "training": np.bincount(ground.train_labels, minlength=k),
            "test": np.bincount(ground.test_labels, minlength=k),
        }
    )
    st.dataframe(frame, hide_index=True, height="content" if k <= 10 else 380)


def results(
    here: Judged, content: Stream | SequenceSet, ground: LabelledWindows, chosen: Chosen
) -> None:
    """Show the report class by class, the accuracy over epochs, and a table of runs."""
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        st.markdown(f"**Report** on the {count(here.test.n, here.member)} of the test part")
        judged.report_table(here.test)
        ui.note(*ground.changes)
    with right:
        st.markdown("**Accuracy**, epoch by epoch")
        judged.accuracies(here, "la_c_accuracy", epochs=chosen.epochs)
        st.markdown("**Examples** of each class")
        counts(ground)
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        st.markdown("**Two or three layers, 80/20 or 90/10**")
        _runs(content, chosen)
    with right:
        st.markdown("**The network**")
        common.layers(here.predictor)


def _runs(content: Stream | SequenceSet, chosen: Chosen) -> None:
    """Train four networks, when asked."""
    source = parts.steps(content, chosen) if isinstance(content, Stream) else content
    kind = source.key, str(sorted(chosen.cut.items())), str(chosen.settings), chosen.epochs
    asked: set[object] = st.session_state.setdefault("la_c_asked", set())
    if kind not in asked:
        ui.note(
            f"Four networks of {count(chosen.epochs, 'epoch')}, each measured on its own test "
            "part. This takes about four times as long as the one above."
        )
        st.button("Train the four", key="la_c_runs", on_click=lambda: asked.add(kind))
        return
    cut = {name: chosen.cut[name] for name in ("window", "stride", "label") if name in chosen.cut}
    more = {name: value for name, value in chosen.settings.items() if name != "layers"}
    found = ui.computed(
        classifying.runs, source, **cut, epochs=chosen.epochs, **more,
    )  # fmt: skip
    frame = pd.DataFrame(
        {
            "layers": [each.layers for each in found],
            "split": [f"{100 * each.share:.0f}/{100 - 100 * each.share:.0f}" for each in found],
            "accuracy": [100 * each.accuracy for each in found],
            "recall": [100 * each.recall for each in found],
            "F1": [each.f1 for each in found],
            "majority": [100 * each.majority for each in found],
            "s": [each.seconds for each in found],
        }
    )
    per_cent = st.column_config.NumberColumn(format="%.1f %%")
    st.dataframe(
        frame, hide_index=True, height="content",
        column_config={
            "accuracy": per_cent, "recall": per_cent, "majority": per_cent,
            "F1": st.column_config.NumberColumn(format="%.3f"),
            "s": st.column_config.NumberColumn(format="%.0f"),
        },
    )  # fmt: skip
    told = "Different shares have different test parts, so that rows of one split are compared."
    if chosen.cut.get("by") == "own":
        told += " The parts are drawn here, in place of those of the file."
    ui.note(told)
