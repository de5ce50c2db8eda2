"""The messages of affinity propagation as frames: who says how much to whom."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Floats
from clustering.figures import Figure
from clustering.figures.style import plain, styled
from clustering.lessons.affinity import Moment

__all__ = ["lesson"]

SCALE = [(0.0, "#b2432f"), (0.5, "#e9e9e6"), (1.0, "#2f6db2")]
"""From against to for; ink on it is dark, whatever the page."""
INK = "#1a2230"
TITLES = {
    "similarity": "similarities",
    "responsibility": "responsibilities",
    "availability": "availabilities",
    "end": "responsibility + availability",
}


def lesson(moments: Sequence[Moment], *, names: Sequence[str], keep: str = "") -> Figure:
    """Draw the messages as a table of shades, one frame a step.

    Parameters
    ----------
    moments : sequence of Moment
        What `clustering.lessons.affinity.told` tells.
    names : sequence of n str
        How the points are called.
    keep : str
        What was seen is kept while this stays the same.

    Returns
    -------
    Figure
        Rows speak to columns; a ring marks the candidate that a row would choose now. The row
        below holds the evidence of each candidate, with a square where it is above zero.
    """
    n = len(names)
    called = [plain(name, most=18) for name in names]
    frames = [
        {
            "name": str(i),
            "data": _drawn(moment),
            "layout": {
                "meta": {"words": moment.words},
                "annotations": [_heading(moment)],
            },
            "traces": [0, 1, 2],
        }
        for i, moment in enumerate(moments)
    ]
    cells, rings, squares = _drawn(moments[0])
    figure = go.Figure(
        data=[
            {
                **cells,
                "x": list(range(n)),
                "y": [*range(n), n + 0.3],
                "colorscale": SCALE,
                "zmin": -1,
                "zmax": 1,
                "showscale": False,
                "xgap": 2,
                "ygap": 2,
                "texttemplate": "%{text}",
                "textfont": {"size": 12, "color": INK},
                "hoverinfo": "skip",
            },
            {
                **rings,
                "mode": "markers",
                "marker": {
                    "size": 34,
                    "symbol": "circle-open",
                    "color": INK,
                    "line": {"width": 2},
                },
                "hoverinfo": "skip",
            },
            {
                **squares,
                "mode": "markers",
                "marker": {
                    "size": 32,
                    "symbol": "square-open",
                    "color": INK,
                    "line": {"width": 3},
                },
                "hoverinfo": "skip",
            },
        ],
        frames=frames,
    )
    alt = f"Messages between {n:,} points in {len(moments)} steps."
    note = (
        "Rows speak to columns. Ring: whom the row would choose now. Square: evidence above zero, "
        "an exemplar. Blue is for, red against."
    )
    styled(figure, alt=alt, note=note, keep=(keep, tuple(called)))
    figure.update_layout(annotations=[_heading(moments[0])], margin={"t": 64}, dragmode=False)
    figure.update_xaxes(
        tickvals=list(range(n)), ticktext=called, side="top", showgrid=False, fixedrange=True,
        range=[-0.5, n - 0.5], tickangle=-30 if n > 4 else 0,
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=[*range(n), n + 0.3], ticktext=[*called, "<b>evidence</b>"], showgrid=False,
        range=[n + 0.85, -0.5], fixedrange=True,
    )  # fmt: skip
    return figure


def _heading(moment: Moment) -> dict[str, Any]:
    """Say what the table holds."""
    turn = f"round {moment.round}: " if moment.round else ""
    return {
        "x": 0, "y": 0, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top",
        "text": f"{turn}{TITLES[moment.kind]}", "showarrow": False, "yshift": -4,
    }  # fmt: skip


def _drawn(moment: Moment) -> list[dict[str, Any]]:
    """Give the table, the rings and the squares of one step."""
    n = len(moment.values)
    told = moment.evidence if moment.kind != "similarity" else np.full(n, np.nan)
    table = np.vstack([moment.values, told])
    reach = float(np.nanmax(np.abs(table))) or 1.0
    stand = np.flatnonzero(moment.evidence > 0) if moment.kind != "similarity" else np.array([])
    return [
        {"type": "heatmap", "z": _signed(table / reach), "text": _written(table)},
        {"type": "scatter", "x": moment.favourite, "y": np.arange(n)},
        {"type": "scatter", "x": stand, "y": np.full(len(stand), n + 0.3)},
    ]


def _signed(share: Floats) -> Floats:
    """Let small messages show: the root, with the sign kept, and never the darkest shades."""
    shade: Floats = 0.75 * np.sign(share) * np.sqrt(np.abs(share))
    return shade


def _written(table: Floats) -> list[list[str]]:
    """Write each message with two digits after the point; no evidence before any message."""
    return [
        [f"{value:z.2f}".replace("-", "\u2212") if np.isfinite(value) else "" for value in row]
        for row in table
    ]
