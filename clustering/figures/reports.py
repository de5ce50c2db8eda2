"""What was predicted beside what is true: a confusion matrix, accuracies, probabilities."""

from collections.abc import Mapping, Sequence

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Floats, Integers
from clustering.figures import Figure, colors
from clustering.figures.style import MUTED, plain, styled
from clustering.figures.training import losses
from clustering.words import count, plural

__all__ = ["accuracies", "confusion", "lengths", "probabilities"]

WRITTEN = 15
"""Rows and columns up to which every count is written."""


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
            hovertemplate="%{customdata:,} " + plain(plural(member)) + ", %{z:.1%} of the class"
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
        f"Confusion of {len(classes):,} classes: {right:,} of {total:,} {plural(member)} "
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


def accuracies(
    history: Mapping[str, Floats], *, epochs: int, keep: Sequence[object] = ()
) -> Figure:
    """Draw the share of right answers after every epoch.

    Parameters
    ----------
    history : mapping of str to ndarray of shape (epochs done,)
        By the name of each part, from 0 to 1.
    epochs : int
        How many are wanted.
    keep : sequence
        The zoom is kept while these stay the same.

    Returns
    -------
    Figure
        The names stand in the lower right corner, which curves that rise leave free.
    """
    figure = losses(history, epochs=epochs, y="accuracy", keep=repr(("accuracy", *keep)))
    for rank, each in enumerate(figure.layout.annotations):
        each.update(y=0.02, yanchor="bottom", yshift=18 * (len(history) - 1 - rank))
    figure.update_yaxes(range=[0.0, 1.05], tickformat=".0%", nticks=6)
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
        f"{count(len(found), 'text')} of {int(found.min()) if len(found) else 0:,} to "
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
            text=[f"{100 * value:.1f}\N{NO-BREAK SPACE}%" for value in values],
            textposition="outside",
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
