"""Parallel coordinates: every column an upright scale, every cluster a line with a band."""

from collections.abc import Sequence

import numpy as np

from clustering.dataset import Floats, Integers
from clustering.figures import Figure, colors
from clustering.figures.plane import shade_of
from clustering.figures.style import GRID, MUTED, plain, styled
from clustering.partition import Labels
from clustering.words import amount

__all__ = ["parallel"]

LINES = 600
"""Members that are drawn as thin lines; of more, an even choice."""
SKEWED = 8.0
"""Times by which the highest value exceeds the middle where a scale is a logarithm."""


def parallel(
    values: Floats,
    labels: Labels,
    columns: Sequence[str],
    *,
    numbers: Integers,
    names: Sequence[str],
    keep: str = "",
) -> Figure:
    """Draw members as thin lines over all columns, clusters as medians with their quartiles.

    Parameters
    ----------
    values : ndarray of shape (n, f)
        In the units of the file.
    labels : ndarray of shape (n,), int
        Cluster of each.
    columns : sequence of f str
        Names of the columns.
    numbers : ndarray of shape (k,), int
        Colour number of each cluster.
    names : sequence of k str
        What each cluster is called.
    keep : str
        The user's zoom is kept while this stays the same.

    Returns
    -------
    Figure
        Each scale reaches from the lowest to the highest value; very skewed ones are
        logarithms, and the note names them.
    """
    figure, across = Figure(), np.arange(len(columns))
    bent = [_skewed(values[:, j]) for j in range(len(columns))]
    scaled = np.column_stack(
        [
            _scaled(np.log10(column) if log else column)
            for column, log in zip(values.T, bent, strict=True)
        ]
    )
    shown = np.unique(np.linspace(0, len(values) - 1, min(LINES, len(values))).astype(int))
    for cluster in range(len(names)):
        shade = shade_of(numbers, cluster)
        members = shown[labels[shown] == cluster]
        thin = colors.translucent(shade, 0.5 if len(members) < 8 else 0.13)
        line = np.column_stack([scaled[members], np.full(len(members), np.nan)]).reshape(-1)
        figure.add_scatter(
            x=np.tile(np.append(across, np.nan), len(members)),
            y=line,
            mode="lines",
            line={"color": thin, "width": 1},
            hoverinfo="skip",
        )
    for cluster in range(len(names)):
        own = labels == cluster
        if own.any():
            _cluster(figure, scaled[own], values[own], shade_of(numbers, cluster), names[cluster])
    for j in range(len(columns)):
        figure.add_vline(x=j, line={"color": GRID, "width": 1}, layer="below")
        low, high = values[:, j].min(), values[:, j].max()
        for value, at in ((low, 0.0), (high, 1.0)):
            figure.add_annotation(
                x=j, y=at, text=amount(float(value)), showarrow=False,
                yshift=-11 if at == 0.0 else 11, font={"size": 11, "color": MUTED},
            )  # fmt: skip
    logs = [plain(name) for name, log in zip(columns, bent, strict=True) if log]
    notes = ["thin lines are single members, thick ones medians, bands hold the middle half"]
    notes += [f"logarithms: {', '.join(logs)}"] if logs else []
    notes += [f"{len(shown):,} of {len(values):,} drawn"] if len(shown) < len(values) else []
    styled(
        figure,
        alt=f"Parallel coordinates of {len(values):,} members over {len(columns)} columns: "
        + "; ".join(plain(name) for name in list(names)[:8])
        + ".",
        keep=(keep, *columns),
        note="; ".join(notes),
    )
    figure.update_xaxes(
        tickvals=across, ticktext=[plain(name, most=18) for name in columns],
        range=[-0.3, len(columns) - 0.7], showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(visible=False, range=[-0.1, 1.1])
    figure.update_layout(margin={"t": 16})
    return figure


def _cluster(figure: Figure, inside: Floats, cells: Floats, shade: str, name: str) -> None:
    """Draw the median of a cluster, and the band of its middle half."""
    across = np.arange(inside.shape[1])
    low, middle, high = np.quantile(inside, [0.25, 0.5, 0.75], axis=0)
    if len(inside) > 3:
        figure.add_scatter(
            x=np.concatenate([across, across[::-1]]),
            y=np.concatenate([high, low[::-1]]),
            mode="lines",
            fill="toself",
            fillcolor=colors.translucent(shade, 0.22),
            line={"width": 0},
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=across,
        y=middle,
        mode="lines+markers",
        line={"color": shade, "width": 3},
        marker={"size": 8, "color": shade},
        text=[f"{plain(name)}: median {amount(float(v))}" for v in np.median(cells, axis=0)],
        hovertemplate="%{text}<extra></extra>",
    )


def _skewed(column: Floats) -> bool:
    """Tell whether a scale is better a logarithm."""
    return bool(column.min() > 0 and column.max() > SKEWED * np.median(column))


def _scaled(column: Floats) -> Floats:
    """Put a column between 0 and 1; one that does not vary in the middle."""
    low, span = column.min(), np.ptp(column)
    scaled: Floats = (column - low) / span if span > 0 else np.full(len(column), 0.5)
    return scaled
