"""The atlas of DBSCAN: epsilon across, min_samples upwards, what comes out as colour."""

from typing import Literal

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Floats
from clustering.dbscan.over_min_samples import Atlas
from clustering.figures import Figure, colors
from clustering.figures.axis import RIGHT
from clustering.figures.style import plain, styled

__all__ = ["heat"]

MOST = 12
"""Clusters from which on all cells have one colour."""


def heat(
    atlas: Atlas,
    eps: float,
    min_samples: int,
    *,
    of: Literal["clusters", "noise"] = "clusters",
    unit: str = "",
    keep: str = "",
) -> Figure:
    """Draw the number of clusters, or the share of noise, over both parameters.

    Parameters
    ----------
    atlas : Atlas
        The table.
    eps, min_samples
        Where the page stands; marked by a cross.
    of : {"clusters", "noise"}
        What the colour says.
    unit : str
        Unit of epsilon.
    keep : str
        The user's zoom is kept while this stays the same.

    Returns
    -------
    Figure
        One row a min_samples, at y = 0, 1, 2, ...; lines mark the widest plateau of each row,
        with its number of clusters.
    """
    rows = len(atlas.min_samples)
    y = np.arange(rows)
    table = atlas.clusters if of == "clusters" else 100 * atlas.noise
    said = np.stack([atlas.clusters, 100 * atlas.noise], axis=-1)
    if of == "clusters":
        scale = _stepped()
        shown, low, high = np.minimum(table, MOST + 1.0), -0.5, MOST + 1.5
        ticks = [0, 1, 2, 4, 6, 8, 10, 12]
        bar = {"tickvals": [*ticks, MOST + 1], "ticktext": [*map(str, ticks), "more"]}
    else:
        scale = [[0.0, colors.translucent(RIGHT, 0.02)], [1.0, colors.translucent(RIGHT, 1.0)]]
        shown, low, high = table, 0.0, 100.0
        bar = {"ticksuffix": " %", "nticks": 5}
    figure = go.Figure(
        go.Heatmap(
            x=_edges(atlas.eps),
            y=y,
            z=shown,
            zmin=low,
            zmax=high,
            colorscale=scale,
            customdata=said,
            text=[[f"{each}"] * len(atlas.eps) for each in atlas.min_samples.tolist()],
            hovertemplate="epsilon %{x:.4g}<br>min_samples %{text}<br>%{customdata[0]:,} clusters"
            "<br>%{customdata[1]:.1f} % noise<extra></extra>",
            colorbar={"thickness": 12, "outlinewidth": 0, "len": 1.0, **bar},
        )
    )
    for row in range(rows):
        if not np.isfinite(atlas.plateau[row]):
            continue
        begin = max(float(atlas.low[row]), float(atlas.eps[0]))
        end = min(float(atlas.high[row]), float(atlas.eps[-1]))
        if end <= begin:
            continue
        for width, shade in ((5, "#ffffff"), (2, "#10151d")):
            figure.add_scatter(
                x=[begin, end], y=[row, row], mode="lines", hoverinfo="skip",
                line={"width": width, "color": shade},
            )  # fmt: skip
        figure.add_annotation(
            x=np.log10(np.sqrt(begin * end)), y=row, text=f"<b>{atlas.plateau[row]:.0f}</b>",
            showarrow=False, font={"size": 11, "color": "#10151d"}, bgcolor="#ffffff", borderpad=1,
        )  # fmt: skip
    here = float(np.interp(min_samples, atlas.min_samples, y))
    figure.add_scatter(
        x=[eps], y=[here], mode="markers", hoverinfo="skip",
        marker={
            "symbol": "circle-open", "size": 16, "color": "#ffffff", "line": {"width": 5},
        },
    )  # fmt: skip
    figure.add_scatter(
        x=[eps], y=[here], mode="markers",
        marker={"symbol": "circle-open", "size": 16, "color": "#10151d", "line": {"width": 2}},
        hovertemplate=f"here: epsilon {eps:.4g}, min_samples {min_samples}<extra></extra>",
    )  # fmt: skip
    plateaus = ", ".join(
        f"{k:.0f} at min_samples {each}"
        for each, k in zip(atlas.min_samples.tolist(), atlas.plateau.tolist(), strict=True)
        if np.isfinite(k)
    )
    styled(
        figure,
        x=plain(f"epsilon ({unit})" if unit else "epsilon"),
        y="min_samples",
        alt=f"{'Number of clusters' if of == 'clusters' else 'Share of noise'} over epsilon from "
        f"{atlas.eps[0]:.4g} to {atlas.eps[-1]:.4g} and min_samples from {atlas.min_samples[0]} to "
        f"{atlas.min_samples[-1]}. Clusters on the longest plateaus: {plateaus or 'none'}.",
        keep=(keep, of),
    )
    low_x, high_x = np.log10(_edges(atlas.eps)[[0, -1]])
    figure.update_xaxes(
        type="log", range=[low_x, high_x], nticks=4, exponentformat="none", tickformat="~g",
        minor={"ticks": ""}, showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=y, ticktext=[f"{each}" for each in atlas.min_samples.tolist()], showgrid=False,
        range=[-0.5, rows - 0.5],
    )  # fmt: skip
    return figure


def _edges(eps: Floats) -> Floats:
    """Give the edges of cells whose middles are in equal steps of the logarithm."""
    step = np.sqrt(eps[1] / eps[0])
    return np.append(eps / step, eps[-1] * step)


def _stepped() -> list[list[object]]:
    """Make a scale of steps: grey for none, then one colour a number of clusters."""
    from plotly.colors import sample_colorscale

    shades = ["#b9bec7", *sample_colorscale("Viridis", np.linspace(0.95, 0.05, MOST)), "#241a2e"]
    m = len(shades)
    return [[edge / m, shade] for i, shade in enumerate(shades) for edge in (i, i + 1)]
