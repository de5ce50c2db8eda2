"""How large the clusters are: one bar each, the largest first."""

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Integers
from clustering.figures import Figure, colors
from clustering.figures.style import styled
from clustering.partition import Partition
from clustering.words import count, plural

__all__ = ["bars"]


def bars(partition: Partition, *, numbers: Integers | None = None, member: str = "row") -> Figure:
    """Draw the size of each cluster, ordered by size.

    Parameters
    ----------
    partition : Partition
        Its clusters are counted; noise is left out.
    numbers : ndarray of shape (k,), int, optional
        Colour number of each cluster.
    member : str
        What one point is, for the axis title.

    Returns
    -------
    Figure
        Horizontal bars, the largest on top.
    """
    sizes = partition.sizes
    order = np.argsort(sizes, kind="stable")
    names = [f"Cluster {i + 1}" for i in order]
    total = int(sizes.sum()) or 1
    texts = [f"{sizes[i]:,} · {100 * sizes[i] / total:.0f} %" for i in order]
    widest = max(map(len, texts), default=0)
    figure = go.Figure(
        go.Bar(
            x=sizes[order],
            y=names,
            orientation="h",
            marker={
                "color": [colors.color(int(i if numbers is None else numbers[i])) for i in order]
            },
            text=texts,
            textposition="outside",
            textfont={"size": 12},
            cliponaxis=False,
            hovertemplate=f"%{{y}}: %{{x:,}} {plural(member)}<extra></extra>",
        )
    )
    listed = ", ".join(f"{names[j]} {sizes[order[j]]:,}" for j in range(len(order) - 1, -1, -1))
    styled(
        figure,
        x=plural(member),
        alt=f"Sizes of {count(partition.k, 'cluster')}: {listed}.",
        keep=(partition.k,),
    )
    figure.update_xaxes(range=[0, (1.22 + 0.018 * widest) * sizes.max(initial=1)])
    figure.update_yaxes(tickfont={"size": 12}, showgrid=False, ticksuffix=" ")
    figure.update_layout(bargap=0.25)
    return figure
