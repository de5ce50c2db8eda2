"""Classes against clusters: how many members of each class each cluster holds."""

from collections.abc import Sequence

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Integers
from clustering.figures import Figure, colors
from clustering.figures.style import plain, styled
from clustering.words import plural

__all__ = ["table"]

WRITTEN = 15
"""Rows and columns up to which every count is written."""


def table(
    counts: Integers,
    *,
    classes: Sequence[str],
    clusters: Sequence[str],
    member: str,
    keep: str = "",
) -> Figure:
    """Draw how many members of each class lie in each cluster.

    Parameters
    ----------
    counts : ndarray of shape (c, k), int
        Members of each class in each cluster.
    classes : sequence of c str
        Names of the rows.
    clusters : sequence of k str
        Names of the columns, in the order of the counts.
    member : str
        What a member is called.
    keep : str
        The zoom is kept while this stays the same.

    Returns
    -------
    Figure
        Shades are shares of a class; the first class stands on top.
    """
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    blue = colors.CHOSEN[0]
    figure = go.Figure(
        go.Heatmap(
            z=shares, x=np.arange(len(clusters)), y=np.arange(len(classes)), zmin=0.0, zmax=1.0,
            colorscale=[[0.0, colors.translucent(blue, 0.0)], [1.0, blue]], showscale=False,
            xgap=1, ygap=1, customdata=counts,
            hovertemplate="%{customdata:,} " + plain(plural(member)) + ", %{z:.1%} of the class"
            "<extra></extra>",
        )
    )  # fmt: skip
    if max(counts.shape) <= WRITTEN:
        for row, column in zip(*np.nonzero(counts), strict=True):
            figure.add_annotation(
                x=column, y=row, text=f"{counts[row, column]:,}", showarrow=False,
                font={"size": 12} | ({"color": "#000000"} if shares[row, column] > 0.6 else {}),
            )  # fmt: skip
    right = int(counts.max(axis=1, initial=0).sum())
    alt = (
        f"{len(classes)} classes over {len(clusters)} clusters; {right:,} of {int(counts.sum()):,} "
        f"{plural(member)} lie in the cluster that holds most of their class."
    )
    styled(figure, x="cluster, by the class that it stands for", y="class", alt=alt, keep=(keep,))
    figure.update_xaxes(
        tickvals=np.arange(len(clusters)), ticktext=[plain(each, most=10) for each in clusters],
        showgrid=False, side="top", tickangle=0,
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=np.arange(len(classes)), ticktext=[f"{plain(each, most=14)} " for each in classes],
        showgrid=False, autorange="reversed",
    )  # fmt: skip
    return figure
