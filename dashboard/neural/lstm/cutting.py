"""How a stream is cut: at its events, whatever makes one, or into windows of one length."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from clustering.data.sequences import SequenceSet, Stream, columns, events, windows
from clustering.data.sequences.causes import Cause, Change, Column, Crossing, Gap, lasting
from clustering.errors import DataError
from dashboard.neural.lstm.door import Door

__all__ = ["Cut", "asked", "cut"]

EVENTS, WINDOWS = HOWS = ("at events", "into windows")
NONE = "–"
TIMES = (1.5, 2, 3, 5, 10, 20, 30, 60, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
"""Usual steps from which on there is a gap, as they are offered."""
OVERLAPS: dict[events.Overlaps, str] = {"merge": "become one", "keep": "stay as they are"}
UP, DOWN = "upwards", "downwards"
KEYS = (
    "ls_cut", "ls_gap", "ls_gap_over", "ls_gap_rows", "ls_crossing", "ls_crossed", "ls_high",
    "ls_low", "ls_direction", "ls_column", "ls_column_name", "ls_column_value", "ls_change",
    "ls_changed_channel", "ls_penalty", "ls_change_rows", "ls_before", "ls_after", "ls_longest",
    "ls_overlaps", "ls_label_column", "ls_window", "ls_stride",
)  # fmt: skip
"""Of widgets that make sense for one stream: another one begins anew."""
MOST_WINDOWS = 3_000


@dataclass(frozen=True, slots=True)
class Cut:
    """How a stream is cut, as the sidebar says it.

    Attributes
    ----------
    causes : tuple of Cause
        What makes an event; none where it is cut into windows.
    before, after : int
        Rows of margin.
    most : int or None
        Rows of a window at most.
    overlaps : {"merge", "keep"}
        What happens to windows that overlap.
    label : str
        Column of known kinds; empty for none.
    window, stride : int
        Rows of a window, and from one to the next.
    """

    causes: tuple[Cause, ...]
    before: int
    after: int
    most: int | None
    overlaps: events.Overlaps
    label: str
    window: int = 0
    stride: int = 1


def cut(door: Door, *, how: Cut) -> SequenceSet:
    """Cut the stream."""
    stream = door.content
    assert isinstance(stream, Stream)
    if how.window:
        return windows(stream, window=how.window, stride=how.stride, label=how.label)
    return events.cut(
        stream, how=how.causes, before=how.before, after=how.after, most=how.most,
        overlaps=how.overlaps, label=how.label,
    )  # fmt: skip


def asked(stream: Stream, *, own: bool) -> Cut:
    """Show how the stream is cut; of an own sample the column of known kinds is certain."""
    if st.session_state.get("ls_stream_on") not in (None, stream.key):
        for key in KEYS:
            st.session_state.pop(key, None)
    st.session_state["ls_stream_on"] = stream.key
    how = st.segmented_control(
        "Cut", HOWS, default=EVENTS, required=True, key="ls_cut", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    if how == WINDOWS:
        return _windows(stream, own=own)
    suggested = events.suggest(stream)
    found = [*_gap(stream, suggested), *_crossing(stream, suggested), *_column(stream),
             *_change(stream, suggested)]  # fmt: skip
    st.caption("EACH WINDOW")
    before = _rows("Rows before", "ls_before", 0, 60, 2, "Margin before the event.")
    after = _rows("Rows after", "ls_after", 0, 60, 2, "Margin behind its last row.")
    longest = _rows(
        "Rows at most", "ls_longest", 0, 500, 0,
        "Longer windows lose their end, and it is said; 0 for no limit.",
    )  # fmt: skip
    overlaps = st.selectbox(
        "Windows that overlap", list(OVERLAPS), key="ls_overlaps", bind="query-params",
        format_func=OVERLAPS.__getitem__,
    )  # fmt: skip
    label = _label(stream, own=own)
    if not found:
        raise DataError("Nothing makes an event: choose a cause in the sidebar.")
    return Cut(tuple(found), before, after, longest or None, overlaps, label)


def _windows(stream: Stream, *, own: bool) -> Cut:
    """Show how long windows are."""
    most = max(2, min(500, stream.m))
    window = _rows("Rows of a window", "ls_window", 2, most, min(24, stream.m // 8), "")
    least = max(1, -(-(stream.m - window) // MOST_WINDOWS))
    stride = _rows(
        "Rows from one to the next", "ls_stride", least, max(500, least + 1),
        max(window // 2, least),
        f"Fewer than a window has, and they overlap. At most {MOST_WINDOWS:,} windows are cut.",
    )  # fmt: skip
    return Cut((), 0, 0, None, "keep", _label(stream, own=own), window, stride)


# ---- causes -------------------------------------------------------------------------------------
def _gap(stream: Stream, suggested: tuple[Cause, ...]) -> list[Cause]:
    """Show whether a gap in time makes an event."""
    usual = any(isinstance(each, Gap) for each in suggested)
    if not st.toggle("After a gap in time", usual, key="ls_gap", bind="query-params"):
        return []
    times = st.select_slider(
        "Longer than", TIMES, 5, key="ls_gap_over", bind="query-params",
        format_func=lambda each: lasting(each * stream.step, stream),
        help="Time without a row beyond which it is a gap.",
    )  # fmt: skip
    rows = _rows("Rows that it lasts", "ls_gap_rows", 2, 200, 24, "From the first row on.")
    return [Gap(float(times) * stream.step, rows)]


def _crossing(stream: Stream, suggested: tuple[Cause, ...]) -> list[Cause]:
    """Show whether a threshold makes an event."""
    usual = next((each for each in suggested if isinstance(each, Crossing)), None)
    if not st.toggle(
        "Where a threshold is crossed", usual is not None, key="ls_crossing", bind="query-params"
    ):
        return []
    names = list(stream.channels)
    first = names.index(usual.channel) if usual else 0
    channel: str = st.selectbox("Channel", names, first, key="ls_crossed", bind="query-params")
    values = stream.values[:, names.index(channel)]
    known = values[np.isfinite(values)]
    if not len(known) or known.min() == known.max():
        raise DataError(f"'{channel[:60]}' has no two values, so that no threshold is crossed.")
    here = usual if usual is not None and usual.channel == channel else None
    high = here.high if here else float(np.quantile(known, 0.9))
    low = here.low if here and here.low is not None else float(np.quantile(known, 0.8))
    if st.session_state.get("ls_crossed_on") not in (None, channel):
        for key in ("ls_high", "ls_low"):
            st.session_state.pop(key, None)
    st.session_state["ls_crossed_on"] = channel
    upper = _level("Upper threshold", "ls_high", known, high, "An event begins here.")
    lower = _level(
        "Lower threshold", "ls_low", known, min(low, high),
        "It is over below this one. The room between the two (hysteresis) keeps a value that "
        "trembles from making many events.",
    )  # fmt: skip
    direction = st.segmented_control(
        "Direction", (UP, DOWN), default=UP, required=True, key="ls_direction",
        bind="query-params", help="Downwards: it begins at the lower threshold and is over above "
        "the upper one.",
    )  # fmt: skip
    return [Crossing(channel, upper, lower, "up" if direction == UP else "down")]


def _level(label: str, key: str, known: np.ndarray, usual: float, help: str) -> float:
    """Show a level of a channel, in some two hundred steps."""
    size = 10.0 ** np.floor(np.log10((known.max() - known.min()) / 100.0))
    low, high = (float(np.round(edge / size) * size) for edge in (known.min(), known.max()))
    at = float(np.clip(np.round(usual / size) * size, low, high))
    digits = max(0, int(-np.floor(np.log10(size))))
    low, high, at = (round(each, digits) for each in (low, high, at))
    kept = st.session_state.get(key)
    if kept is not None and not low <= kept <= high:
        del st.session_state[key]
    return float(
        st.slider(label, low, high, at, round(size, digits), key=key, bind="query-params",
                  help=help)
    )  # fmt: skip


def _column(stream: Stream) -> list[Cause]:
    """Show whether a column says where events are."""
    names = [str(name) for name in stream.others.columns]
    if not st.toggle(
        "Where a column says so", False, key="ls_column", bind="query-params", disabled=not names,
        help="Each run of rows at which it holds the same is an event; an empty cell is none."
        if names else "This stream has no further column.",
    ) or not names:  # fmt: skip
        return []
    name: str = _pick("Column", "ls_column_name", names)
    cells = stream.others[name]
    found = sorted({str(cell).strip() for cell in cells[cells.notna()].unique()[:200]} - {""})
    value = _pick("That holds", "ls_column_value", ["anything", *found])
    return [Column(name, None if value == "anything" else value)]


def _change(stream: Stream, suggested: tuple[Cause, ...]) -> list[Cause]:
    """Show whether a change of mean or variance makes an event."""
    usual = any(isinstance(each, Change) for each in suggested)
    if not st.toggle("Where mean or variance change", usual, key="ls_change", bind="query-params"):
        return []
    channel = _pick("Change of", "ls_changed_channel", ["all channels", *stream.channels])
    penalty = st.slider(
        "Penalty", 1.0, 50.0, 5.0, 0.5, key="ls_penalty", bind="query-params",
        help="What one more change costs: larger finds fewer.",
    )  # fmt: skip
    rows = _rows("Rows that a change lasts", "ls_change_rows", 2, 200, 24, "")
    return [Change("" if channel == "all channels" else channel, penalty, rows)]


def _label(stream: Stream, *, own: bool) -> str:
    """Show which column holds known kinds."""
    names = [NONE, *(str(name) for name in stream.others.columns)]
    if len(names) == 1:
        return ""
    # A machine's own column of states holds few texts, too, and is no class of its events.
    told = stream.label == st.session_state.get("ls_label")
    sure = own or told or columns.named([stream.label], columns.LABELS)
    first = stream.label if sure and stream.label in names else NONE
    picked = _pick(
        "Known kind",
        "ls_label_column",
        names,
        first,
        help="A column of classes: the network never sees it, clusters are held against it.",
    )
    return "" if picked == NONE else picked


def _pick(label: str, key: str, offered: list[str], first: str = "", help: str = "") -> str:
    """Show a choice that forgets what is not offered."""
    if st.session_state.get(key) not in (None, *offered):
        del st.session_state[key]
    place = offered.index(first) if first in offered else 0
    picked: str = st.selectbox(
        label, offered, place, key=key, bind="query-params", help=help or None
    )
    return picked


def _rows(label: str, key: str, low: int, high: int, usual: int, help: str) -> int:
    """Show a number of rows."""
    kept = st.session_state.get(key)
    if kept is not None and not low <= kept <= high:
        del st.session_state[key]
    if low >= high:
        return low
    return st.slider(
        label,
        low,
        high,
        min(max(usual, low), high),
        key=key,
        bind="query-params",
        help=help or None,
    )
