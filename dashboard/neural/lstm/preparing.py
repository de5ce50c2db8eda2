"""How series become points: what is asked in the sidebar, and the ground that comes of it."""

from typing import get_args

import streamlit as st

from clustering.data.sequences import Choices, SequenceSet, Stream, preparation, split
from clustering.data.sequences.choices import Scaling
from clustering.data.sequences.cleaning import Duplicates, Missing
from clustering.data.sequences.trends import Trend
from clustering.dataset import Dataset
from clustering.errors import DataError
from dashboard import ui
from dashboard.neural.lstm import cutting
from dashboard.neural.lstm.door import Door
from dashboard.neural.lstm.parts import Ground, members

__all__ = ["prepare", "splits"]

OWN, ALL = "as the file says", "all of them"
SHARES = {"80 %": 0.8, "90 %": 0.9, "70 %": 0.7, "60 %": 0.6, "50 %": 0.5}
SCALED = {
    "all": "all on one scale", "series": "each by itself", "none": "as they are",
}  # fmt: skip
MISSING = {
    "interpolate": "straight lines", "forward": "the value before", "mean": "the mean",
    "drop": "drop these steps",
}  # fmt: skip
TRENDS = {"keep": "keep", "linear": "take out a line", "stl": "take out trend and season (STL)"}


def prepare(door: Door) -> Ground:
    """Show how series are cut, split and prepared, and give what comes of it."""
    stream = isinstance(door.content, Stream)
    with st.sidebar:
        cut = None
        if isinstance(door.content, Stream):
            with st.expander("Events of the stream", expanded=not door.own, key="ls_events"):
                cut = cutting.asked(door.content, own=door.own)
        with st.expander("Preparation", key="ls_preparation"):
            choices = _choices(door.content)
        how = _split(door.content)
    made = door.content if isinstance(door.content, SequenceSet) else None
    if made is None:
        assert cut is not None
        made = ui.computed(cutting.cut, door, how=cut)
    learned, fitted, dataset, other = ui.computed(
        _prepared, made, choices=choices, how=how, stream=stream
    )
    with st.sidebar:
        said = members(dataset.n, dataset.source.member)
        more = f", {members(other.n, dataset.source.member)} held back" if other else ""
        st.caption(f"{said} learned from{more}")
        with st.expander("What was changed", key="ls_changed"):
            for each in (*learned.notes, *dataset.changes) if stream else dataset.changes:
                ui.note(each)
    return Ground(door, made, learned, fitted, dataset, other)


def _prepared(
    made: SequenceSet, *, choices: Choices, how: str, stream: bool
) -> tuple[SequenceSet, preparation.Preparation, Dataset, Dataset | None]:
    """Fit the preparation on what is learned from, and apply it to both parts."""
    first, second = splits(made, how, stream=stream)
    fitted = preparation.fit(first, choices, beside=second)
    other = None if second is None else fitted.apply(second)
    return first, fitted, fitted.apply(first), other


# ---- what is learned from -----------------------------------------------------------------------
def _split(content: SequenceSet | Stream) -> str:
    """Show which part is learned from."""
    if isinstance(content, Stream):
        offered, usual = [*SHARES], "60 %"
        label, help = "Learned from: the first", (
            "The events of this first part train the network; the later ones arrive one after "
            "another under Events."
        )  # fmt: skip
    else:
        offered = [*([OWN] if content.test.any() else []), *SHARES, ALL]
        usual = offered[0]
        label, help = "Learned from", (
            "The network, the scales and the clusters know this part alone; the rest is the test "
            "part. Of labelled series each class is split alike."
        )  # fmt: skip
    if st.session_state.get("ls_split") not in (None, *offered):
        del st.session_state["ls_split"]
    how: str = st.selectbox(
        label, offered, offered.index(usual), key="ls_split", bind="query-params", help=help
    )
    return how


def splits(made: SequenceSet, how: str, *, stream: bool) -> tuple[SequenceSet, SequenceSet | None]:
    """Give what is learned from, and the rest.

    Parameters
    ----------
    made : SequenceSet
        All series; events in the order of time.
    how : str
        As the sidebar offers it.
    stream : bool
        Whether the first events are taken, or a share of each class.
    """
    if how == ALL or made.n < 3:
        return made, None
    if how == OWN and made.test.any() and not made.test.all():
        return split(made, by="own")
    return split(made, share=SHARES.get(how, 0.8), by="time" if stream else "series")


# ---- what is done to them -----------------------------------------------------------------------
def _choices(content: SequenceSet | Stream) -> Choices:
    """Show what is done to the values."""
    usual = preparation.suggest(content)
    scalings: tuple[Scaling, ...] = get_args(Scaling)
    scaling: Scaling = st.selectbox(
        "Scaling", scalings, scalings.index(usual.scaling), key="ls_scaling", bind="query-params",
        format_func=SCALED.__getitem__,
        help="Mean 0 and standard deviation 1. All on one scale: levels still count. Each by "
        "itself: shapes alone count.",
    )  # fmt: skip
    trend: Trend = st.selectbox(
        "Trend", get_args(Trend), key="ls_trend", bind="query-params",
        format_func=TRENDS.__getitem__,
    )  # fmt: skip
    period = 0
    if trend == "stl":
        period = st.slider(
            "Steps of a season", 2, 400, 12, key="ls_period", bind="query-params",
            help="Every series must be at least twice as long.",
        )  # fmt: skip
    missing: Missing = st.selectbox(
        "Missing values become", get_args(Missing), get_args(Missing).index(usual.missing),
        key="ls_missing", bind="query-params", format_func=MISSING.__getitem__,
    )  # fmt: skip
    most = st.slider(
        "Most that a series may lack", 0.0, 1.0, usual.most_missing, 0.05, key="ls_lack",
        bind="query-params", help="A series that lacks a larger share of its values is left out.",
    )  # fmt: skip
    duplicates: Duplicates = st.selectbox(
        "Of equal times counts", get_args(Duplicates), key="ls_duplicates", bind="query-params"
    )
    return Choices(
        duplicates=duplicates, most_missing=most, step=_step(), missing=missing, trend=trend,
        period=period, scaling=scaling, window=usual.window, stride=usual.stride,
    )  # fmt: skip


def _step() -> float | None:
    """Show the step to which series are brought."""
    written = st.text_input(
        "Resample to a step of", key="ls_step", bind="query-params", placeholder="as they are",
        help="In seconds where times are dates, in units of the times or in steps where not.",
    )  # fmt: skip
    if not written.strip():
        return None
    try:
        return float(written.replace(",", "."))
    except ValueError:
        raise DataError(
            f"A step is a number, such as 60; '{written.strip()[:40]}' is none."
        ) from None
