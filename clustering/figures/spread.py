"""How wide the columns are, as distances see them."""

import numpy as np
from plotly import graph_objects as go

from clustering.data.steps.scaling import UNITS
from clustering.dataset import Dataset
from clustering.figures import Figure, colors
from clustering.figures.style import plain, styled

__all__ = ["boxes"]

MOST = 12


def boxes(dataset: Dataset) -> Figure:
    """Draw one box a coordinate, the widest on top.

    Parameters
    ----------
    dataset : Dataset
        After preparation.

    Returns
    -------
    Figure
        Box from the first to the third quartile, line at the median, whiskers to
        the lowest and highest value; the twelve widest columns at most.
    """
    low, first, middle, third, high = np.quantile(dataset.points, [0, 0.25, 0.5, 0.75, 1], axis=0)
    spread = dataset.points.std(axis=0)
    order = np.argsort(spread, kind="stable")[-MOST:]
    cut = [plain(_column(dataset, j), most=28) for j in order]
    names = [
        name if cut.count(name) == 1 else f"{name} ({place + 1})"
        for name, place in zip(cut, order.tolist(), strict=True)
    ]
    figure = go.Figure(
        go.Box(
            y=names,
            lowerfence=low[order],
            q1=first[order],
            median=middle[order],
            q3=third[order],
            upperfence=high[order],
            orientation="h",
            fillcolor=colors.translucent(colors.CHOSEN[0], 0.3),
            line={"color": colors.CHOSEN[0], "width": 1.5},
            hoverinfo="x",
        )
    )
    widest = order[-1]
    alt = (
        f"Spread of {dataset.d} columns after preparation; the widest is "
        f"{plain(dataset.columns[widest])} with a standard deviation of {spread[widest]:.4g}."
    )
    note = "" if dataset.d <= MOST else f"the {MOST} widest of {dataset.d} columns"
    styled(figure, x="value after preparation", alt=alt, keep=(dataset.key,), note=note)
    figure.update_yaxes(showgrid=False, type="category")
    return figure


def _column(dataset: Dataset, j: int) -> str:
    """Name a coordinate: the column behind it where there is one, without what was done to it."""
    name = dataset.columns[j]
    done = next((f" ({unit})" for unit in UNITS.values() if name.endswith(f" ({unit})")), "")
    return name.removesuffix(done)
