"""What was predicted beside what is true: a confusion matrix, classes over time, text lengths."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from clustering.dataset import Floats, Integers
from clustering.figures import Figure, colors
from clustering.figures.style import MUTED, plain, styled
from clustering.words import count

__all__ = ["confusion", "lengths", "probabilities", "steps", "strip", "two_windows"]

WRITTEN = 15
"""Rows and columns up to which every count is written."""

MOST = 1_500
"""Windows that are drawn side by side; of more, the last ones."""


def confusion(
    counts: Integers, *, classes: Sequence[str], member: str, keep: Sequence[object] = ()
) -> Figure:
    """Draw how many members of each class were predicted as which.

    Parameters
    ----------
    counts : ndarray of shape (k, k), int
        True classes in rows, predicted ones in columns.
    classes : sequence of k str
        Their names.
    member : str
        What one is called: ``"window"``, ``"text"``.
    keep : sequence
        The zoom is kept while these stay the same.

    Returns
    -------
    Figure
        Shades are shares of the true class; the first class stands on top.
    """
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    blue, places = colors.CHOSEN[0], np.arange(len(classes))
    figure = go.Figure(
        go.Heatmap(
            z=shares, x=places, y=places, zmin=0.0, zmax=1.0, xgap=1, ygap=1, showscale=False,
            colorscale=[[0.0, colors.translucent(blue, 0.06)], [1.0, blue]], customdata=counts,
            hovertemplate="%{customdata:,} " + plain(member) + "s, %{z:.1%} of the class"
            "<extra></extra>",
        )
    )  # fmt: skip
    if len(classes) <= WRITTEN:
        for row, column in np.ndindex(*counts.shape):
            strong = shares[row, column] > 0.6
            figure.add_annotation(
                x=column, y=row, text=f"{counts[row, column]:,}", showarrow=False,
                font={"size": 13} | ({"color": "#000000"} if strong else {}),
            )  # fmt: skip
    right, total = int(np.trace(counts)), int(counts.sum())
    alt = (
        f"Confusion of {len(classes):,} classes: {right:,} of {total:,} {member}s "
        "were predicted as what they are."
    )
    styled(figure, x="predicted", y="true class", alt=alt, keep=("confusion", *keep))
    figure.update_xaxes(
        tickvals=places, ticktext=[plain(each, most=10) for each in classes], showgrid=False,
        tickangle=0 if len(classes) <= 8 else -45,
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=places, ticktext=[f"{plain(each, most=14)} " for each in classes],
        showgrid=False, autorange="reversed",
    )  # fmt: skip
    return figure


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
    note = "" if n <= MOST else f"The last {MOST:,} of {n:,} {member}s."
    styled(figure, x=x, alt=alt, keep=("strip", *keep), note=note)
    figure.update_yaxes(tickvals=[0, 1], ticktext=["predicted ", "true "], showgrid=False)
    figure.update_layout(
        showlegend=True, margin={"t": 34},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0.0},
    )  # fmt: skip
    return figure


def lengths(
    found: Integers, *, kept: int, unit: str = "words", keep: Sequence[object] = ()
) -> Figure:
    """Draw how long texts are, and the length up to which they are read.

    Parameters
    ----------
    found : ndarray of shape (n,), int
        Length of each text.
    kept : int
        What is beyond is cut; drawn as a line.
    unit : str
        What is counted.
    keep : sequence
        The zoom is kept while these stay the same.

    Returns
    -------
    Figure
    """
    top = int(max(found.max(initial=1), kept))
    step = max(1, -(-top // 60))
    counts = np.bincount(found // step, minlength=top // step + 1)
    middles = np.arange(len(counts)) * step + (step - 1) / 2
    inside = middles <= kept
    figure = go.Figure()
    for name, which, shade in (
        ("read whole", inside, colors.CHOSEN[0]), ("cut", ~inside, colors.CHOSEN[1]),
    ):  # fmt: skip
        figure.add_bar(
            x=middles[which], y=counts[which], marker={"color": shade}, name=name, width=step * 0.9,
            hovertemplate=f"about %{{x:.0f}} {plain(unit)}: %{{y:,}} texts<extra>{name}</extra>",
        )  # fmt: skip
    cut = int((found > kept).sum())
    alt = (
        f"{count(len(found), 'text')} of {int(found.min(initial=0)):,} to "
        f"{int(found.max(initial=0)):,} {unit}, half of them up to "
        f"{np.median(found) if len(found) else 0:,.0f}; {cut:,} are longer than {kept:,} and cut."
    )
    styled(figure, x=f"{unit} in a text", y="texts", alt=alt, keep=("lengths", *keep))
    figure.add_vline(x=kept + 0.5 * step, line={"color": MUTED, "width": 1.5, "dash": "dash"})
    figure.add_annotation(
        x=kept + 0.5 * step, y=1.0, yref="paper", text=f" {kept:,} ", showarrow=False,
        yanchor="top", xanchor="left" if kept < 0.7 * top else "right", font={"color": MUTED},
    )  # fmt: skip
    figure.update_layout(bargap=0.1)
    figure.update_yaxes(nticks=5)
    return figure


def probabilities(found: Floats, *, classes: Sequence[str], keep: Sequence[object] = ()) -> Figure:
    """Draw the probability of each class as a bar.

    Parameters
    ----------
    found : ndarray of shape (k,)
        Probabilities.
    classes : sequence of k str
        Their names.
    keep : sequence
        The zoom is kept while these stay the same.

    Returns
    -------
    Figure
        The first class stands on top.
    """
    names = [f"{plain(each, most=18)} " for each in classes][::-1]
    values = np.asarray(found, dtype=np.float64)[::-1]
    best = len(values) - 1 - int(np.argmax(found))
    shades = [colors.CHOSEN[0] if place == best else MUTED for place in range(len(values))]
    figure = go.Figure(
        go.Bar(
            x=values, y=names, orientation="h", marker={"color": shades}, cliponaxis=False,
            text=[f"{value:.1%}" for value in values], textposition="outside",
            hovertemplate="%{y}: %{x:.2%}<extra></extra>",
        )
    )  # fmt: skip
    told = ", ".join(
        f"{name} {value:.0%}" for name, value in zip(classes, found.tolist(), strict=True)
    )
    styled(figure, alt=f"Probability: {told}.", keep=("probabilities", *classes, *keep))
    figure.update_xaxes(range=[0.0, 1.18], tickformat=".0%", tickvals=[0, 0.25, 0.5, 0.75, 1.0])
    figure.update_yaxes(showgrid=False)
    figure.update_layout(bargap=0.35)
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
    figure.update_layout(
        showlegend=True, margin={"t": 34},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0.0},
    )  # fmt: skip
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
    figure.update_layout(
        showlegend=len(channels) > 1, margin={"t": 34},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0.0},
    )  # fmt: skip
    return figure
