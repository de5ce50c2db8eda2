"""Forecasts: a series with what was predicted of it, each value at its own place in time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from clustering.dataset import Floats, Integers
from clustering.figures import Figure, colors
from clustering.figures.style import MUTED, styled
from clustering.words import count

__all__ = ["Ahead", "lines", "seam", "window"]

Times = NDArray[np.datetime64] | Floats | Integers

MOST = 5_000
"""Steps that are drawn; of more, the lowest and the highest of each stretch."""

TRAIN, TEST, AHEAD = colors.CHOSEN[0], colors.CHOSEN[3], colors.CHOSEN[4]
WRONG = colors.CHOSEN[1]


@dataclass(frozen=True, eq=False, slots=True)
class Ahead:
    """What is predicted beyond the end of a series.

    Attributes
    ----------
    times : ndarray of shape (h,)
        When.
    values, low, high : ndarray of shape (h,)
        What is expected, and the ends of its interval.
    level : float
        Share of the values that the interval is meant to hold.
    origin : int or None
        The step before which it was said; None for the end of the series.
    """

    times: Times
    values: Floats
    low: Floats
    high: Floats
    level: float
    origin: int | None = None


def lines(
    times: Times,
    values: Floats,
    *,
    train: Floats,
    test: Floats,
    seam: int,
    ahead: Ahead | None = None,
    x: str = "time",
    y: str = "value",
    keep: Sequence[object] = (),
) -> Figure:
    """Draw a series and its predictions.

    Parameters
    ----------
    times : ndarray of shape (m,)
        When each value was, as dates or numbers.
    values : ndarray of shape (m,)
        The series; NaN where a value is missing.
    train, test : ndarray of shape (m,)
        What was predicted for each of these very steps, NaN where nothing was.
    seam : int
        The first step of the test part, drawn as a line.
    ahead : Ahead, optional
        What is predicted beyond the end.
    x, y : str
        Titles of the axes.
    keep : sequence
        The zoom is kept while these stay the same.

    Returns
    -------
    Figure
        Long series are thinned, and the note says so.
    """
    figure = go.Figure()
    places = drawn(values)
    for name, row, shade, width in (
        ("series", values, MUTED, 1.6),
        ("train prediction", train, TRAIN, 2.0),
        ("test prediction", test, TEST, 2.0),
    ):
        if not np.isfinite(row).any():
            continue
        figure.add_scatter(
            x=times[places], y=row[places], mode="lines", name=name,
            line={"color": shade, "width": width}, connectgaps=False,
            hovertemplate=f"{name}: %{{y:,.5~g}}<extra></extra>",
        )  # fmt: skip
    if ahead is not None and len(ahead.values):
        _add_ahead(figure, times, values, ahead)
    note = ""
    if len(places) < len(values):
        note = (
            f"Drawn {len(places):,} of {len(values):,} steps: the lowest and the highest of each "
            "stretch."
        )
    predicted = [int(np.isfinite(row).sum()) for row in (train, test)]
    alt = (
        f"{count(len(values), 'step')}, of which {predicted[0]:,} of the training part and "
        f"{predicted[1]:,} of the test part are predicted; the test part begins at step "
        f"{seam + 1:,}."
    )
    if ahead is not None:
        alt += f" {count(len(ahead.values), 'step')} ahead."
    styled(figure, x=x, y=y, alt=alt, keep=tuple(keep), note=note)
    if 0 < seam < len(times):
        figure.add_vline(x=_plotted(times[seam]), line={"color": MUTED, "width": 1, "dash": "dot"})
    figure.update_layout(
        hovermode="x unified", showlegend=True, margin={"t": 34},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0.0},
    )  # fmt: skip
    figure.update_yaxes(nticks=7)
    return figure


def _add_ahead(figure: Figure, times: Times, values: Floats, ahead: Ahead) -> None:
    """Add what is expected beyond the end, joined to the last known value, and its interval."""
    share = f"{100 * ahead.level:.0f} %"
    figure.add_scatter(
        x=np.concatenate([ahead.times, ahead.times[::-1]]),
        y=np.concatenate([ahead.high, ahead.low[::-1]]), mode="lines", line={"width": 0},
        fill="toself", fillcolor=colors.translucent(AHEAD, 0.25), hoverinfo="skip",
        name=f"{share} interval",
    )  # fmt: skip
    known = np.flatnonzero(np.isfinite(values[: ahead.origin]))[-1:]
    figure.add_scatter(
        x=np.concatenate([times[known], ahead.times]),
        y=np.concatenate([values[known], ahead.values]), mode="lines", name="ahead",
        customdata=np.concatenate(
            [np.stack([values[known]] * 2, axis=1), np.stack([ahead.low, ahead.high], axis=1)]
        ),
        line={"color": AHEAD, "width": 2},
        hovertemplate="ahead: %{y:,.5~g} (%{customdata[0]:,.5~g} to %{customdata[1]:,.5~g})"
        "<extra></extra>",
    )  # fmt: skip


def drawn(values: Floats, *, most: int = MOST) -> Integers:
    """Choose the steps that are drawn: all of few, else the extremes of even stretches.

    Examples
    --------
    >>> drawn(np.array([1.0, 5.0, 2.0, 0.0, 3.0, 3.0, 9.0, 4.0]), most=4).tolist()
    [1, 3, 4, 6]
    >>> drawn(np.arange(3.0), most=4).tolist()
    [0, 1, 2]
    """
    m = len(values)
    if m <= most:
        return np.arange(m)
    known = np.isfinite(values)
    chosen = []
    for stretch in np.array_split(np.arange(m), most // 2):
        low = np.where(known[stretch], values[stretch], np.inf).argmin()
        high = np.where(known[stretch], values[stretch], -np.inf).argmax()
        chosen += [stretch[low], stretch[high]]
    return np.unique(chosen)


def seam(
    times: Times,
    values: Floats,
    *,
    right: Floats,
    wrong: Floats,
    at: int,
    x: str = "time",
    y: str = "value",
    reach: int = 14,
    keep: Sequence[object] = (),
) -> Figure:
    """Draw the steps about the seam, with the test line at its place and one step off.

    Parameters
    ----------
    times, values : ndarray of shape (m,)
        The series.
    right, wrong : ndarray of shape (m,)
        The same predictions: each at the step that it is for, and where they were drawn by
        mistake; NaN elsewhere.
    at : int
        The first step of the test part.
    x, y : str
        Titles of the axes.
    reach : int
        Steps before it; twice as many are drawn behind.
    keep : sequence
        The zoom is kept while these stay the same.

    Returns
    -------
    Figure
    """
    part = slice(max(0, at - reach), at + 2 * reach)
    figure = go.Figure()
    for name, row, shade, dash in (
        ("series", values, MUTED, "solid"),
        ("at its place", right, TEST, "solid"),
        ("one step off", wrong, WRONG, "dot"),
    ):
        figure.add_scatter(
            x=times[part], y=row[part], mode="lines+markers", name=name,
            line={"color": shade, "width": 2, "dash": dash}, marker={"size": 5},
            hovertemplate=f"{name}: %{{y:,.5~g}}<extra></extra>",
        )  # fmt: skip
    shown = np.isfinite(values) & np.isfinite(right) & np.isfinite(wrong)
    errors = [
        float(np.sqrt(((row - values)[shown] ** 2).mean())) if shown.any() else np.nan
        for row in (right, wrong)
    ]
    alt = (
        f"The test line at its place has an RMSE of {errors[0]:.4g}; drawn one step off it has "
        f"{errors[1]:.4g}."
    )
    styled(figure, x=x, y=y, alt=alt, keep=("seam", *keep))
    if 0 < at < len(times):
        figure.add_vline(x=_plotted(times[at]), line={"color": MUTED, "width": 1, "dash": "dot"})
    figure.update_layout(
        showlegend=True, hovermode="x unified", margin={"t": 34},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0.0},
    )  # fmt: skip
    return figure


def window(
    times: Times,
    values: Floats,
    *,
    start: int,
    steps: int,
    predicted: float,
    horizon: int = 1,
    x: str = "time",
    y: str = "value",
    keep: Sequence[object] = (),
) -> Figure:
    """Draw one window, the value that follows it, and what was predicted.

    Parameters
    ----------
    times, values : ndarray of shape (m,)
        The series.
    start : int
        First step of the window.
    steps : int
        Its length.
    predicted : float
        What the network says of the step that follows.
    horizon : int
        How far behind the window that step is.
    x, y : str
        Titles of the axes.
    keep : sequence
        The zoom is kept while these stay the same.

    Returns
    -------
    Figure
    """
    target = start + steps + horizon - 1
    part = np.arange(max(0, start - steps), min(len(values), target + steps))
    inside = np.arange(start, start + steps)
    figure = go.Figure()
    figure.add_scatter(
        x=times[part], y=values[part], mode="lines", line={"color": MUTED, "width": 1.2},
        name="series", hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=times[inside], y=values[inside], mode="lines+markers", name=f"window of {steps}",
        line={"color": TRAIN, "width": 2.5}, marker={"size": 7},
        hovertemplate="in the window: %{y:,.5~g}<extra></extra>",
    )  # fmt: skip
    for name, value, shade, symbol in (
        ("what came", float(values[target]), MUTED, "circle-open"),
        ("prediction", predicted, TEST, "diamond"),
    ):
        figure.add_scatter(
            x=times[target : target + 1], y=[value], mode="markers", name=name,
            marker={"color": shade, "size": 12, "symbol": symbol, "line": {"width": 2}},
            hovertemplate=f"{name}: %{{y:,.5~g}}<extra></extra>",
        )  # fmt: skip
    alt = (
        f"Steps {start + 1:,} to {start + steps:,} lead to step {target + 1:,}: predicted "
        f"{predicted:.4g}, came {values[target]:.4g}."
    )
    styled(figure, x=x, y=y, alt=alt, keep=("window", *keep))
    figure.update_layout(
        showlegend=True, margin={"t": 34},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0.0},
    )  # fmt: skip
    return figure


def _plotted(time: object) -> object:
    """Give a time as a line across a figure takes it."""
    if isinstance(time, np.datetime64):
        return str(time.astype("datetime64[ms]"))
    return float(time)  # type: ignore[arg-type]
