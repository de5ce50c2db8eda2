"""The preference axis: how many clusters, where the messages settled, and where one stands."""

import numpy as np

from clustering.axis import FittedAxis
from clustering.figures import Figure
from clustering.figures import axis as axes
from clustering.figures.style import MUTED

__all__ = ["DOUBTFUL", "curve"]

DOUBTFUL = "#d5352b"
"""Red of answers whose messages did not settle."""


def curve(axis: FittedAxis, value: float, *, median: float | None = None, keep: str = "") -> Figure:
    """Draw the number of clusters over the preference, and mark what did not converge.

    Parameters
    ----------
    axis : FittedAxis
        With the curves ``clusters`` and ``converged``.
    value : float
        The present preference, drawn as a line.
    median : float, optional
        The recipe's preference, marked on the scale.
    keep : str
        The user's zoom is kept while this stays the same.

    Returns
    -------
    Figure
        Discs where the messages settled, red crosses where they did not.
    """
    settled = axis.curves["converged"] > 0
    figure = axes.curves(axis, value, left="clusters", keep=keep)
    figure.update_traces(line={"width": 1.2, "shape": "hv"}, selector={"mode": "lines"})
    for mine, mark in (
        (settled, {"size": 5, "color": MUTED}),
        (~settled, {"size": 9, "color": DOUBTFUL, "symbol": "x"}),
    ):
        said = "" if mine is settled else ", did not converge"
        figure.add_scatter(
            x=axis.values[mine],
            y=axis.curves["clusters"][mine],
            mode="markers",
            marker=mark,
            hovertemplate=f"preference %{{x:.4g}}<br>%{{y:.0f}} clusters{said}<extra></extra>",
        )
    if median is not None:
        figure.add_vline(x=median, line={"color": MUTED, "width": 1, "dash": "dot"})
        # Below the median there are few clusters, so that the curve leaves room to its left.
        left = median <= 0.8 * axis.values[0] + 0.2 * axis.values[-1]
        figure.add_annotation(
            x=median, y=0.6, yref="paper", yanchor="middle", xanchor="left" if left else "right",
            text=" median ", showarrow=False, font={"color": MUTED, "size": 12},
        )  # fmt: skip
    lost = int((~settled).sum())
    figure.layout.meta = {
        **figure.layout.meta,
        "alt": f"{figure.layout.meta['alt']} "
        + (f"{lost} of {len(settled)} did not converge." if lost else "All converged."),
    }
    span = float(np.ptp(axis.values)) or 1.0
    figure.update_xaxes(range=[axis.values[0] - 0.02 * span, axis.values[-1] + 0.02 * span])
    return figure
