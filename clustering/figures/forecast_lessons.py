"""What forecasts teach: a window and the value behind it, and a line one step off at the seam."""

from collections.abc import Sequence

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Floats
from clustering.figures import Figure, colors
from clustering.figures.forecast import TEST, TRAIN, Times, plotted
from clustering.figures.style import MUTED, legend_above, styled

__all__ = ["seam", "window"]

WRONG = colors.CHOSEN[1]


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
        figure.add_vline(x=plotted(times[at]), line={"color": MUTED, "width": 1, "dash": "dot"})
    legend_above(figure)
    figure.update_layout(hovermode="x unified")
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
    legend_above(figure)
    return figure
