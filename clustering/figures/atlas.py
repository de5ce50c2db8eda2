"""The atlas of DBSCAN: epsilon across, min_samples upwards, what comes out as colour."""

from typing import Any, Literal

import numpy as np
from plotly import graph_objects as go
from plotly.colors import sample_colorscale

from clustering.dataset import Floats
from clustering.dbscan.over_min_samples import Atlas
from clustering.figures import Figure, colors
from clustering.figures.axis import RIGHT
from clustering.figures.style import plain, styled

__all__ = ["heat"]

MOST = 12
"""Large clusters from which on all cells have one colour."""
LIGHT, DARK = "#ffffff", "#10151d"
BAR = {"thickness": 12, "outlinewidth": 0, "len": 1.0}


def heat(
    atlas: Atlas,
    eps: float,
    min_samples: int,
    *,
    of: Literal["clusters", "noise"] = "clusters",
    unit: str = "",
    keep: str = "",
) -> Figure:
    """Draw the number of large clusters, or the share of noise, over both parameters.

    Parameters
    ----------
    atlas : Atlas
        The table.
    eps, min_samples
        Where the page stands; marked by a ring.
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
        with its number of large clusters.
    """
    edges, rows = _edges(atlas.eps), np.arange(len(atlas.min_samples))
    names = [f"{each}" for each in atlas.min_samples.tolist()]
    figure = go.Figure(
        go.Heatmap(
            x=edges,
            y=rows,
            customdata=np.stack([atlas.large, atlas.clusters, 100 * atlas.noise], axis=-1),
            text=[[name] * len(atlas.eps) for name in names],
            hovertemplate="epsilon %{x:.4g}<br>min_samples %{text}<br>%{customdata[0]:,} large of "
            "%{customdata[1]:,} clusters<br>%{customdata[2]:.1f} % noise<extra></extra>",
            **(_counts(atlas) if of == "clusters" else _shares(atlas)),
        )
    )
    _plateaus(figure, atlas)
    _ring(figure, eps, float(np.interp(min_samples, atlas.min_samples, rows)), min_samples)
    plateaus = ", ".join(
        f"{k:.0f} at min_samples {name}"
        for name, k in zip(names, atlas.plateau.tolist(), strict=True)
        if np.isfinite(k)
    )
    styled(
        figure,
        x=plain(f"epsilon ({unit})" if unit else "epsilon"),
        y="min_samples",
        alt=f"{'Number of large clusters' if of == 'clusters' else 'Share of noise'} over epsilon "
        f"from {atlas.eps[0]:.4g} to {atlas.eps[-1]:.4g} and min_samples from {names[0]} to "
        f"{names[-1]}. Large clusters on the longest plateaus: {plateaus or 'none'}.",
        keep=(keep, of),
    )
    figure.update_xaxes(
        type="log", range=np.log10(edges[[0, -1]]).tolist(), nticks=4, exponentformat="none",
        tickformat="~g", minor={"ticks": ""}, showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=rows, ticktext=names, showgrid=False, range=[-0.5, len(rows) - 0.5]
    )
    return figure


def _counts(atlas: Atlas) -> dict[str, Any]:
    """Give the table of large clusters and its colours: one a number, and one for all beyond."""
    ticks = [0, 1, 2, 4, 6, 8, 10, 12]
    bar = {"tickvals": [*ticks, MOST + 1], "ticktext": [*map(str, ticks), "more"]}
    return {
        "z": np.minimum(atlas.large, MOST + 1.0),
        "zmin": -0.5,
        "zmax": MOST + 1.5,
        "colorscale": _stepped(),
        "colorbar": BAR | bar,
    }


def _shares(atlas: Atlas) -> dict[str, Any]:
    """Give the table of noise in per cent, and its colours."""
    return {
        "z": 100 * atlas.noise,
        "zmin": 0.0,
        "zmax": 100.0,
        "colorscale": [
            [shade, colors.translucent(RIGHT, max(shade, 0.02))] for shade in (0.0, 1.0)
        ],
        "colorbar": BAR | {"ticksuffix": " %", "nticks": 5},
    }


def _plateaus(figure: Figure, atlas: Atlas) -> None:
    """Draw the widest plateau of each row as a line, with its number of clusters."""
    begin = np.maximum(atlas.low, atlas.eps[0])
    end = np.minimum(atlas.high, atlas.eps[-1])
    for row in np.flatnonzero(end > begin).tolist():  # never where a row has none
        for width, shade in ((5, LIGHT), (2, DARK)):
            figure.add_scatter(
                x=[begin[row], end[row]], y=[row, row], mode="lines", hoverinfo="skip",
                line={"width": width, "color": shade},
            )  # fmt: skip
        figure.add_annotation(
            x=0.5 * np.log10(begin[row] * end[row]), y=row, text=f"<b>{atlas.plateau[row]:.0f}</b>",
            showarrow=False, font={"size": 11, "color": DARK}, bgcolor=LIGHT, borderpad=1,
        )  # fmt: skip


def _ring(figure: Figure, eps: float, row: float, min_samples: int) -> None:
    """Mark where the page stands, so that it is seen on any colour."""
    for width, shade in ((5, LIGHT), (2, DARK)):
        figure.add_scatter(
            x=[eps], y=[row], mode="markers",
            marker={
                "symbol": "circle-open", "size": 16, "color": shade, "line": {"width": width},
            },
            hovertemplate=f"here: epsilon {eps:.4g}, min_samples {min_samples}<extra></extra>",
        )  # fmt: skip


def _edges(eps: Floats) -> Floats:
    """Give the edges of cells whose middles are in equal steps of the logarithm."""
    step = np.sqrt(eps[1] / eps[0])
    return np.append(eps / step, eps[-1] * step)


def _stepped() -> list[tuple[float, str]]:
    """Make a scale of steps: grey for none, then one colour a number of clusters."""
    shades = sample_colorscale("Viridis", np.linspace(0.95, 0.05, MOST))
    return colors.stepped(["#b9bec7", *shades, "#241a2e"])
