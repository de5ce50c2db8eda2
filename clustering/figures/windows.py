"""Windows of a stream: their classes over time, what one holds, and what shuffling does to them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from clustering.dataset import Floats, Integers
from clustering.figures import Figure, colors
from clustering.figures.style import MUTED, legend_above, plain, styled
from clustering.words import count, plural

__all__ = ["steps", "strip", "two_windows"]

MOST = 1_500
"""Windows that are drawn side by side; of more, the last ones."""


def strip(
    times: NDArray[np.datetime64] | Floats | Integers,
    truth: Integers,
    predicted: Integers,
    *,
    classes: Sequence[str],
    member: str = "window",
    x: str = "time",
    keep: Sequence[object] = (),
) -> Figure:
    """Draw true and predicted classes over time, in two rows of the same colours.

    Parameters
    ----------
    times : ndarray of shape (n,)
        When each window ends.
    truth, predicted : ndarray of shape (n,), int
        Its class, and what was predicted.
    classes : sequence of k str
        Their names, which stand in the legend.
    member : str
        What one is called.
    x : str
        Title of the axis.
    keep : sequence
        The zoom is kept while these stay the same.

    Returns
    -------
    Figure
    """
    n, shades = len(truth), [colors.color(each) for each in range(len(classes))]
    part = slice(max(0, n - MOST), n)
    wrong = truth != predicted
    rows = np.stack([predicted[part], truth[part]])
    names = np.array([plain(each, most=24) for each in classes])
    figure = go.Figure(
        go.Heatmap(
            z=rows, x=times[part], y=[0, 1], zmin=-0.5, zmax=len(classes) - 0.5, showscale=False,
            colorscale=colors.stepped(shades), ygap=3, text=names[rows],
            hovertemplate="%{x}<br>%{text}<extra></extra>",
        )
    )  # fmt: skip
    for name, shade in zip(names.tolist(), shades, strict=True):
        figure.add_scatter(
            x=[None], y=[None], mode="markers", name=name,
            marker={"color": shade, "symbol": "square", "size": 11},
        )  # fmt: skip
    alt = (
        f"{count(n, member)} in time, {int(wrong.sum()):,} of them predicted as another class than "
        "theirs."
    )
    note = "" if n <= MOST else f"The last {MOST:,} of {n:,} {plural(member)}."
    styled(figure, x=x, alt=alt, keep=("strip", *keep), note=note)
    figure.update_yaxes(tickvals=[0, 1], ticktext=["predicted ", "true "], showgrid=False)
    legend_above(figure)
    return figure


def two_windows(
    times: NDArray[np.datetime64] | Floats | Integers,
    values: Floats,
    *,
    together: Integers,
    scattered: Integers,
    x: str = "time",
    y: str = "value",
    keep: Sequence[object] = (),
) -> Figure:
    """Draw a window of steps that follow one another, and one cut after the rows were shuffled.

    Parameters
    ----------
    times, values : ndarray of shape (m,)
        A series.
    together, scattered : ndarray of shape (T,), int
        The steps of both windows, in the order in which they are read.
    x, y : str
        Titles of the axes.
    keep : sequence
        The zoom is kept while these stay the same.

    Returns
    -------
    Figure
    """
    figure = go.Figure()
    figure.add_scatter(
        x=times, y=values, mode="lines", name="series", hoverinfo="skip",
        line={"color": MUTED, "width": 1}, opacity=0.6,
    )  # fmt: skip
    for name, steps, shade, dash in (
        ("shuffled, then cut", scattered, colors.CHOSEN[1], "dot"),
        ("cut in time", together, colors.CHOSEN[0], "solid"),
    ):
        figure.add_scatter(
            x=times[steps], y=values[steps], mode="lines+markers", name=name,
            line={"color": shade, "width": 2, "dash": dash}, marker={"size": 7},
            customdata=np.arange(1, len(steps) + 1),
            hovertemplate=f"{name}, step %{{customdata}} of the window<extra></extra>",
        )  # fmt: skip
    alt = (
        f"A window of {len(together):,} steps in time spans {int(np.ptp(together)) + 1:,} steps; "
        f"one cut after shuffling spans {int(np.ptp(scattered)) + 1:,} of {len(values):,}."
    )
    styled(figure, x=x, y=y, alt=alt, keep=("two windows", *keep))
    legend_above(figure)
    return figure


def steps(values: Floats, *, channels: Sequence[str], keep: Sequence[object] = ()) -> Figure:
    """Draw what one window holds, channel by channel.

    Parameters
    ----------
    values : ndarray of shape (T, D)
        Scaled values; NaN where a series has ended.
    channels : sequence of D str
        Their names.
    keep : sequence
        The zoom is kept while these stay the same.

    Returns
    -------
    Figure
    """
    figure, places = go.Figure(), np.arange(1, len(values) + 1)
    for number, name in enumerate(channels):
        figure.add_scatter(
            x=places, y=values[:, number], mode="lines+markers", name=plain(name, most=24),
            line={"color": colors.color(number), "width": 2}, marker={"size": 5},
            hovertemplate=f"{plain(name, most=24)}: %{{y:.3g}}<extra></extra>",
        )  # fmt: skip
    alt = f"A window of {len(values):,} steps and {len(channels):,} columns, scaled."
    styled(figure, x="step of the window", y="scaled value", alt=alt, keep=("steps", *keep))
    legend_above(figure)
    figure.update_layout(showlegend=len(channels) > 1)
    return figure
