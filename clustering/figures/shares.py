"""How large the clusters are, in one line: a bar as long as all points, cut into clusters."""

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Integers
from clustering.figures import Figure, colors
from clustering.figures.style import styled
from clustering.partition import Partition
from clustering.words import count, plural

__all__ = ["strip"]

MOST = 30
"""Clusters that have a piece of their own."""
READABLE = 0.03
"""Share of the bar that each sign of a number takes."""


def strip(partition: Partition, *, numbers: Integers | None = None, member: str = "row") -> Figure:
    """Draw the sizes of all clusters as one bar, the largest first.

    Parameters
    ----------
    partition : Partition
        Its clusters are counted.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster.
    member : str
        What one point is.

    Returns
    -------
    Figure
        A piece for each cluster; those beyond the 30 largest share a grey one.
    """
    sizes = partition.sizes
    order = np.argsort(-sizes, kind="stable")
    total = int(sizes.sum()) or 1
    figure = go.Figure()
    pieces = [
        (
            int(sizes[i]),
            f"Cluster {i + 1}",
            colors.color(int(i if numbers is None else numbers[i])),
        )
        for i in order[:MOST].tolist()
    ]
    if len(order) > MOST:
        rest = order[MOST:]
        pieces.append((int(sizes[rest].sum()), f"{len(rest):,} smaller clusters", colors.NOISE))
    lengths = np.array([size for size, _, _ in pieces])
    figure.add_bar(  # one trace for all: a figure is made at every move of the cut
        x=lengths,
        y=np.zeros(len(pieces)),
        base=np.cumsum(lengths) - lengths,
        orientation="h",
        width=1,
        marker={"color": [shade for _, _, shade in pieces], "line": {"width": 0.7}},
        meta={"outline": "paper"},
        text=[f"{n:,}" if n >= READABLE * len(f"{n:,}") * total else "" for n, _, _ in pieces],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"size": 12, "color": [colors.ink_on(shade) for _, _, shade in pieces]},
        customdata=[[name, f"{size:,}", f"{100 * size / total:.1f}"] for size, name, _ in pieces],
        hovertemplate=f"%{{customdata[0]}}: %{{customdata[1]}} {plural(member)}, "
        "%{customdata[2]} %<extra></extra>",
    )
    listed = ", ".join(f"{size:,}" for size, _, _ in pieces[:8]) + " ..." * (partition.k > 8)
    styled(
        figure,
        alt=f"Sizes of {count(partition.k, 'cluster')}: {listed}.",
        keep=(partition.k,),
    )
    figure.update_layout(barmode="overlay", bargap=0, margin={"l": 0, "r": 0, "t": 2, "b": 2})
    figure.update_xaxes(visible=False, range=[0, total], fixedrange=True)
    figure.update_yaxes(visible=False, fixedrange=True)
    return figure
