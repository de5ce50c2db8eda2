"""Which points move where when the parameter moves by one step."""

from collections.abc import Sequence

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Floats, Integers
from clustering.figures import Figure, colors
from clustering.figures.style import styled
from clustering.partition import Partition
from clustering.words import plural

__all__ = ["between"]

PAD = 0.04
"""Room between two nodes, as a share of all points."""


def between(
    partitions: Sequence[Partition],
    names: Sequence[str],
    *,
    numbers: Sequence[Integers],
    member: str = "row",
) -> Figure:
    """Draw answers side by side, and between them how many points go from where to where.

    Parameters
    ----------
    partitions : sequence of m Partitions
        For the same points, in the order in which they stand from left to right.
    names : sequence of str
        What stands over each, e.g. ``"k = 4"``.
    numbers : sequence of m arrays of shape (k,), int
        Colour number of each cluster.
    member : str
        What one point is.

    Returns
    -------
    Figure
        One column of nodes an answer; clusters from the top by their colour number,
        so that a cluster that stays keeps its place as well.
    """
    offsets = np.cumsum([0, *(partition.k for partition in partitions)])
    labels, shades, sources, targets, sizes, tints, hovers = [], [], [], [], [], [], []
    columns, levels = [], []
    for j, (partition, each) in enumerate(zip(partitions, numbers, strict=True)):
        middles = _middles(partition.sizes, each)
        for cluster in range(partition.k):
            labels.append(f"{cluster + 1}")
            shades.append(colors.color(int(each[cluster])))
            columns.append(j / max(len(partitions) - 1, 1))
            levels.append(middles[cluster])
    told = []
    for j, (left, right) in enumerate(zip(partitions, partitions[1:], strict=False)):
        both = (left.labels >= 0) & (right.labels >= 0)
        pairs = left.labels[both].astype(np.int64) * right.k + right.labels[both]
        found, many = np.unique(pairs, return_counts=True)
        for pair, size in zip(found.tolist(), many.tolist(), strict=True):
            a, b = divmod(pair, right.k)
            sources.append(int(offsets[j] + a))
            targets.append(int(offsets[j + 1] + b))
            sizes.append(size)
            tints.append(colors.translucent(colors.color(int(numbers[j][a])), 0.35))
            hovers.append(
                f"{size:,} {plural(member)}<br>from cluster {a + 1} at {names[j]}"
                f"<br>to cluster {b + 1} at {names[j + 1]}"
            )
        moved = (numbers[j][left.labels[both]] != numbers[j + 1][right.labels[both]]).sum()
        told.append(f"{moved:,} change from {names[j]} to {names[j + 1]}")
    figure = go.Figure(
        go.Sankey(
            arrangement="fixed",
            node={
                "label": labels,
                "color": shades,
                "x": np.clip(columns, 0.001, 0.999),
                "y": np.clip(levels, 0.001, 0.999),
                "pad": 14,
                "thickness": 16,
                "line": {"width": 0},
                "hovertemplate": "cluster %{label}: %{value:,} "
                + f"{plural(member)}<extra></extra>",
            },
            link={
                "source": sources,
                "target": targets,
                "value": sizes,
                "color": tints,
                "customdata": hovers,
                "hovertemplate": "%{customdata}<extra></extra>",
            },
            textfont={"size": 13},
        )
    )
    for j, name in enumerate(names):
        figure.add_annotation(
            x=j / max(len(names) - 1, 1),
            y=1.0,
            xref="paper",
            yref="paper",
            yanchor="bottom",
            yshift=8,
            xanchor="left" if j == 0 else "right" if j == len(names) - 1 else "center",
            text=name,
            showarrow=False,
        )
    alt = f"How {plural(member)} go between {', '.join(names)}: {'; '.join(told)}."
    styled(figure, alt=alt, keep=("flow", *names))
    figure.update_layout(margin={"t": 40, "b": 12, "l": 12, "r": 24})
    return figure


def _middles(sizes: Integers, numbers: Integers) -> Floats:
    """Give the height of each cluster's node from the top, in the order of their colours."""
    order = np.argsort(numbers, kind="stable")
    room = PAD * sizes.sum()
    tops = np.cumsum(np.concatenate([[0.0], sizes[order][:-1] + room]))
    middles = np.empty(len(sizes))
    middles[order] = (tops + sizes[order] / 2) / max(tops[-1] + sizes[order][-1], 1.0)
    return middles
