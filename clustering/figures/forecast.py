"""Forecasts: a series with what was predicted of it, each value at its own place in time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from clustering.dataset import Floats, Integers
from clustering.figures import Figure, colors
from clustering.figures.style import MUTED, legend_above, styled
from clustering.words import count

__all__ = ["AHEAD", "TEST", "TRAIN", "Ahead", "Times", "lines", "plotted"]

Times = NDArray[np.datetime64] | Floats | Integers

MOST = 5_000
"""Steps that are drawn; of more, the lowest and the highest of each stretch."""

TRAIN, TEST, AHEAD = colors.CHOSEN[0], colors.CHOSEN[3], colors.CHOSEN[4]


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
        figure.add_vline(x=plotted(times[seam]), line={"color": MUTED, "width": 1, "dash": "dot"})
    legend_above(figure)
    figure.update_layout(hovermode="x unified")
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


def plotted(time: object) -> object:
    """Give a time as a line across a figure takes it."""
    if isinstance(time, np.datetime64):
        return str(time.astype("datetime64[ms]"))
    return float(time)  # type: ignore[arg-type]
