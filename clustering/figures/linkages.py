"""Choices side by side: linkage by k as a table of colours, and neighbours as curves.

Both are read for the place where an answer does not hang on the choice, or begins to.
"""

from typing import Any

import numpy as np
from plotly import graph_objects as go

from clustering.agglomerative.linkages import LinkageGrid
from clustering.dataset import Floats
from clustering.figures import Figure, colors
from clustering.figures.graph import JUMP
from clustering.figures.style import AXIS, MUTED, plain, styled
from clustering.graph import Neighbours

__all__ = ["grid", "neighbours"]

NONE = 0.4
"""Where none stands on a scale of logarithms."""
PANELS = ((0.7, 1.0), (0.36, 0.63), (0.0, 0.29))
"""Where three curves stand one above the other, as shares of the height."""


def grid(found: LinkageGrid, linkage: str, k: int, *, keep: str = "") -> Figure:
    """Draw how far the answer of every linkage at every k agrees.

    Parameters
    ----------
    found : LinkageGrid
        The table.
    linkage, k
        Where the page stands; marked by a frame, where it is in the table.
    keep : str
        The user's zoom is kept while this stays the same.

    Returns
    -------
    Figure
        Cells with their numbers; k at x = k, the linkages at y = 0, 1, ... from the top.
    """
    ks, values = found.k_values, found.values
    said = np.where(np.isfinite(values), np.char.mod("%.2f", values), "–")
    figure = go.Figure(
        go.Heatmap(
            x=ks,
            y=np.arange(len(found.linkages)),
            z=values,
            zmin=0.0,
            zmax=1.0,
            colorscale=[
                [0.0, "#eef5fc"],
                [1.0, colors.CHOSEN[0]],
            ],
            showscale=False,
            xgap=2,
            ygap=2,
            text=said,
            texttemplate="%{text}",
            textfont={"size": 12, "color": "#10151d"},
            customdata=[[f"{name}, k = {each}" for each in ks.tolist()] for name in found.linkages],
            hovertemplate=f"%{{customdata}}<br>{found.measure} %{{text}}<extra></extra>",
        )
    )
    if linkage in found.linkages and k in ks:
        row = found.linkages.index(linkage)
        figure.add_shape(
            type="rect", x0=k - 0.48, x1=k + 0.48, y0=row - 0.47, y1=row + 0.47,
            line={"color": "#ffaa01", "width": 3},
        )  # fmt: skip
    best, best_k = found.best
    styled(
        figure,
        x="number of clusters k",
        alt=f"{found.measure} of {', '.join(found.linkages)} linkage for k from {ks[0]} to "
        f"{ks[-1]}; highest for {best} linkage with {best_k} clusters.",
        keep=(keep, found.measure),
    )
    figure.update_xaxes(tickvals=ks, showgrid=False, range=[ks[0] - 0.5, ks[-1] + 0.5])
    figure.update_yaxes(
        tickvals=np.arange(len(found.linkages)),
        ticktext=[f"{name} " for name in found.linkages],
        showgrid=False,
        range=[len(found.linkages) - 0.5, -0.5],
    )
    return figure


def neighbours(found: Neighbours, here: int, *, keep: str = "") -> Figure:
    """Draw what graphs of more and more neighbours join, and what comes of it.

    Parameters
    ----------
    found : Neighbours
        For each number of neighbours: edges that jump, parts of the graph, agreement.
    here : int
        Where the page stands, drawn as a line.
    keep : str
        The user's zoom is kept while this stays the same.

    Returns
    -------
    Figure
        Three curves one above the other over one scale: jumps, with edges between known groups
        behind; parts; ARI, or the share of the largest cluster where no groups are known.
    """
    x = found.values
    figure = go.Figure()
    jumps, crossing = found.curves["jumps"], found.curves["crossing"]
    if np.isfinite(crossing).any():
        _add(figure, x, crossing, 1, MUTED, "edges between known groups")
    if np.isfinite(jumps).any():
        _add(figure, x, jumps, 1, JUMP, "edges that jump")
    _add(figure, x, found.curves["parts"], 2, colors.CHOSEN[2], "parts of the graph")
    known = bool(np.isfinite(found.curves["ari"]).any())
    if known:
        _add(figure, x, found.curves["ari"], 3, colors.CHOSEN[0], "ARI")
    else:
        n = found.partitions[0].sizes.sum()
        share = found.curves["largest"] / n
        _add(figure, x, share, 3, colors.CHOSEN[0], "share of the largest cluster")
    if found.leak:
        figure.add_shape(
            type="rect", x0=found.leak - 0.5, x1=float(x[-1]) + 0.5, y0=0, y1=1, yref="paper",
            layer="below", line_width=0, fillcolor=colors.translucent(JUMP, 0.08),
        )  # fmt: skip
        figure.add_annotation(
            x=found.leak - 0.4, y=1, yref="paper", xanchor="left", yanchor="top",
            text=f"jumps from {found.leak} on", showarrow=False, font={"color": JUMP, "size": 12},
        )  # fmt: skip
    figure.add_shape(
        type="line", x0=here, x1=here, y0=0, y1=1, yref="paper",
        line={"color": colors.CHOSEN[0], "width": 2},
    )  # fmt: skip
    leak = f"the first edge jumps with {found.leak}" if found.leak else "no edge jumps"
    styled(
        figure,
        x="nearest neighbours",
        alt=f"Graphs of {x[0]:.0f} to {x[-1]:.0f} nearest neighbours: {leak}; parts from "
        f"{found.curves['parts'].max():,.0f} down to {found.curves['parts'].min():,.0f}.",
        keep=(keep, known),
    )
    titles = ("edges", "parts", "ARI" if known else "largest")
    layout: dict[str, Any] = {}
    for place, (title, domain) in enumerate(zip(titles, PANELS, strict=True), 1):
        layout[f"yaxis{place if place > 1 else ''}"] = {
            **AXIS,
            "domain": domain,
            "nticks": 4,
            "title": {**AXIS["title"], "text": title},
            "anchor": "x",
            "fixedrange": True,
        }
    layout["yaxis"] |= _counts(max(_most(jumps), _most(crossing)), begin=NONE)
    layout["yaxis2"] |= _counts(_most(found.curves["parts"]), begin=1.0)
    low = min(0.0, float(np.nanmin(found.curves["ari"]))) if known else 0.0
    layout["yaxis3"]["range"] = [low - 0.02, 1.05]
    figure.update_layout(layout)
    figure.update_xaxes(anchor="y3", range=[float(x[0]) - 0.5, float(x[-1]) + 0.5], nticks=16)
    return figure


def _add(figure: Figure, x: Floats, curve: Floats, panel: int, shade: str, name: str) -> None:
    """Add a curve to one of the panels."""
    figure.add_scatter(
        x=x,
        y=np.maximum(curve, NONE) if panel == 1 else curve,
        customdata=curve,
        yaxis=f"y{panel if panel > 1 else ''}",
        mode="lines+markers",
        line={"color": shade, "width": 2},
        marker={"size": 5, "color": shade},
        hovertemplate=f"%{{x}} neighbours<br>{plain(name)} %{{customdata:,.4~g}}<extra></extra>",
    )


def _most(curve: Floats) -> float:
    """Give the highest value of a curve; 1 where it has none."""
    return float(np.nanmax(curve, initial=1.0))


def _counts(most: float, *, begin: float) -> dict[str, object]:
    """Scale counts by their logarithm, from none or from one."""
    ticks = [float(10**power) for power in range(int(np.log10(most)) + 1)]
    return {
        "type": "log",
        "range": [np.log10(begin) - 0.08, np.log10(2.0 * max(most, 2.0))],
        "tickvals": [begin, *ticks] if begin < 1 else ticks,
        "ticktext": ["0"] * (begin < 1) + [f"{tick:,.0f}" for tick in ticks],
    }
