"""A stream with its events in the colours of their clusters, and the arrivals played.

The part on which the model was fitted stands still. Each frame lets one more event arrive:
it takes the colour of the cluster that it was given, and is crossed where it looks like none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from clustering.dataset import Floats, Integers
from clustering.figures import Figure
from clustering.figures.style import GRID, MUTED, plain, styled
from clustering.words import count

__all__ = ["ALARM", "Event", "instants", "stream"]

COLUMNS = 1_200
"""Columns of a stream that are drawn, each with its lowest and highest value."""

FAR = 5.0
"""Usual steps from which on there is a gap in the line."""

EACH = 80
"""Steps of an event that are drawn."""

ALARM = "#cb3f25"
"""Of the cross on what looks like no cluster; readable on both backgrounds."""


@dataclass(frozen=True, eq=False, slots=True)
class Event:
    """One event on the stream.

    Attributes
    ----------
    times : ndarray of shape (T,)
        When its steps were: datetime64 or float64.
    values : ndarray of shape (T,)
        One channel of it.
    shade : str
        Colour of its cluster.
    said : str
        What it says of itself when pointed at.
    strange : bool
        Whether it looks like no cluster.
    words : str
        What is said when it arrives.
    """

    times: NDArray[Any]
    values: Floats
    shade: str
    said: str
    strange: bool = False
    words: str = ""


def instants(times: NDArray[Any]) -> Floats:
    """Give times as numbers: milliseconds since 1970 of dates, others as they are.

    Examples
    --------
    >>> instants(np.array(["1970-01-01T00:00:02"], dtype="datetime64[us]")).tolist()
    [2000.0]
    """
    if times.dtype.kind == "M":
        return times.astype("datetime64[us]").astype(np.int64) / 1_000.0
    return np.asarray(times, dtype=np.float64)


def stream(
    times: NDArray[Any],
    values: Floats,
    known: Sequence[Event],
    arriving: Sequence[Event],
    *,
    before: str,
    x: str = "time",
    y: str = "",
    keep: Sequence[object] = (),
    note: str = "",
) -> Figure:
    """Draw a stream with its events.

    Parameters
    ----------
    times : ndarray of shape (m,)
        Ascending: datetime64 or float64.
    values : ndarray of shape (m,)
        One channel of the stream; NaN where it has none.
    known : sequence of Event
        Those on which the model was fitted.
    arriving : sequence of Event
        Those that came later, in the order of time.
    before : str
        What is said before the first of them arrives.
    x, y : str
        Titles of the axes, units included.
    keep : sequence
        The zoom is kept while these stay the same.
    note : str
        What must be said beside the figure.

    Returns
    -------
    Figure
        With a frame before the first arrival and one for each; without arrivals it has none.
        It opens on the last (``layout.meta["step"]``).
    """
    when = instants(times)
    figure = go.Figure()
    low, high = _span(values)
    top = high + 0.13 * (high - low)
    line_x, line_y = _thinned(when, values)
    figure.add_scatter(
        x=line_x, y=line_y, mode="lines", line={"color": MUTED, "width": 1}, opacity=0.55,
        hoverinfo="skip",
    )  # fmt: skip
    for shade in dict.fromkeys(event.shade for event in known):
        _segments(figure, [event for event in known if event.shade == shade], shade)
    for event in arriving:
        _segments(figure, [event], event.shade)
    first = len(figure.data) - len(arriving)
    everyone = [*known, *arriving]
    at = np.array([instants(event.times)[0] for event in everyone])
    figure.add_scatter(x=at, y=np.full(len(at), top), mode="markers", **_marks(everyone))
    _arrive(figure, first, known, arriving, at, before)
    lost = sum(event.strange for event in arriving)
    alt = (
        f"A stream of {len(times):,} steps with {count(len(known), 'event')} of the part that was "
        f"trained on, and {len(arriving):,} later ones, of which {lost:,} look like no cluster."
    )
    styled(figure, x=x, y=y, alt=alt, keep=(*keep, len(everyone)), note=note)
    figure.update_layout(meta={**figure.layout.meta, "step": len(arriving)})
    ends = [float(when[0]), float(when[-1])] if len(when) else [0.0, 1.0]
    figure.update_xaxes(type="date" if times.dtype.kind == "M" else "linear", range=ends)
    figure.update_yaxes(range=[low - 0.06 * (high - low), high + 0.24 * (high - low)])
    if known and arriving:
        _seam(figure, known, arriving)
    return figure


def _span(values: Floats) -> tuple[float, float]:
    """Give the lowest and the highest value."""
    held = values[np.isfinite(values)]
    if not len(held):
        return 0.0, 1.0
    low, high = float(held.min()), float(held.max())
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _thinned(when: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Keep the lowest and the highest value of each column of the picture."""
    m = len(when)
    if m <= 2 * COLUMNS:
        return _broken(when, values, np.arange(m))
    edges = np.linspace(0, m, COLUMNS + 1).astype(np.int64)
    kept = []
    for begin, end in zip(edges[:-1], edges[1:], strict=True):
        block = values[begin:end]
        if np.isfinite(block).any():
            kept += sorted({begin + int(np.nanargmin(block)), begin + int(np.nanargmax(block))})
        else:
            kept.append(begin)
    return _broken(when, values, np.array(kept))


def _broken(when: Floats, values: Floats, kept: Integers) -> tuple[Floats, Floats]:
    """Break the line where the time from one row to the next is a gap."""
    apart = np.diff(when)
    usual = float(np.median(apart[apart > 0])) if (apart > 0).any() else 0.0
    run = np.concatenate([[0], np.cumsum(apart > FAR * usual)])
    breaks = np.flatnonzero(np.diff(run[kept])) + 1
    x: Floats = np.insert(when[kept], breaks, np.nan)
    y: Floats = np.insert(values[kept], breaks, np.nan)
    return x, y


def _segments(figure: Figure, events: Sequence[Event], shade: str) -> None:
    """Draw the steps of events that share a colour, a gap between two."""
    x, y, said = list[Floats](), list[Floats](), list[str]()
    for event in events:
        some = np.unique(np.linspace(0, len(event.times) - 1, EACH).astype(np.int64))
        x += [instants(event.times)[some], np.array([np.nan])]
        y += [event.values[some], np.array([np.nan])]
        said += [plain(event.said, most=160)] * (len(some) + 1)
    strange = all(event.strange for event in events)
    figure.add_scatter(
        x=np.concatenate(x), y=np.concatenate(y), mode="lines", text=said,
        line={"color": shade, "width": 2.6, "dash": "dot" if strange else "solid"},
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _marks(events: Sequence[Event]) -> dict[str, Any]:
    """Say how the row of marks above the stream looks."""
    return {
        "marker": {
            "color": [ALARM if event.strange else event.shade for event in events],
            "symbol": ["x" if event.strange else "square" for event in events],
            "size": [12 if event.strange else 8 for event in events],
        },
        "text": [plain(event.said, most=160) for event in events],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _arrive(
    figure: Figure,
    first: int,
    known: Sequence[Event],
    arriving: Sequence[Event],
    at: Floats,
    before: str,
) -> None:
    """Give the figure a frame for each number of events that have arrived."""
    if not arriving:
        return
    row = len(figure.data) - 1
    look = figure.data[row].marker.to_plotly_json()
    frames: list[dict[str, Any]] = []
    moving = [*range(first, first + len(arriving)), row]
    for arrived in range(len(arriving) + 1):
        there = len(known) + arrived
        shown = np.where(np.arange(len(at)) < there, 1.0, 0.0)
        segments: list[dict[str, Any]] = [
            {"type": "scatter", "visible": i < arrived} for i in range(len(arriving))
        ]
        words = arriving[arrived - 1].words if arrived else before
        frames.append(
            {
                "name": str(arrived),
                "data": [*segments, {"type": "scatter", "marker": {**look, "opacity": shown}}],
                "layout": {"meta": {"words": words}},
                "traces": moving,
            }
        )
    figure.frames = frames


def _seam(figure: Figure, known: Sequence[Event], arriving: Sequence[Event]) -> None:
    """Mark where the part ends that the model was fitted on."""
    last, next_ = instants(known[-1].times)[-1], instants(arriving[0].times)[0]
    at = float(max(last, next_) if last > next_ else (last + next_) / 2)
    figure.add_vline(x=at, line={"color": GRID, "width": 2})
    for side, text in (("right", "trained on "), ("left", " arrives later")):
        figure.add_annotation(
            x=at, y=1.0, yref="paper", text=text, showarrow=False, xanchor=side, yanchor="top",
            font={"color": MUTED, "size": 12},
        )  # fmt: skip
