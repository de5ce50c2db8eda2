"""The outline of the land, so that a map of places needs no network.

Natural Earth's land at a scale of 1 to 110 million (public domain), as TopoJSON from the
package world-atlas 2.0.2 (ISC licence): coasts as arcs of whole numbers, each point given
by its step from the one before.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np
from plotly import graph_objects as go

from clustering.dataset import Floats
from clustering.figures import Figure
from clustering.figures.style import MUTED

__all__ = ["outline", "under"]

FILE = Path(__file__).with_name("land-110m.json")
EDGE = 179.99  # degrees; the map's own edge, along which no coast runs


@cache
def outline() -> tuple[Floats, Floats]:
    """Give the coasts as one line, broken by NaN.

    Returns
    -------
    longitude, latitude : ndarray of shape (m,)
        Degrees; about 5,300 of them.

    Examples
    --------
    >>> longitude, latitude = outline()
    >>> bool(np.nanmax(np.abs(longitude)) <= 180), bool(np.nanmax(np.abs(latitude)) <= 90)
    (True, True)
    """
    told = json.loads(FILE.read_text(encoding="utf-8"))
    scale, start = (np.array(told["transform"][name]) for name in ("scale", "translate"))
    parts = []
    for arc in told["arcs"]:
        line = np.cumsum(arc, axis=0) * scale + start
        line[np.abs(line[:, 0]) > EDGE] = np.nan
        parts += [line, np.full((1, 2), np.nan)]
    joined = np.clip(np.vstack(parts), (-180, -90), (180, 90))
    return joined[:, 0], joined[:, 1]


def under(figure: Figure, low: Floats, high: Floats) -> Figure:
    """Draw the coasts under all that a map shows, and scale its degrees.

    Parameters
    ----------
    figure : Figure
        Longitude across, latitude upwards; changed in place.
    low, high : ndarray of shape (2,)
        Corners of the map, in degrees.

    Returns
    -------
    Figure
        The same. A degree of longitude is as long against one of latitude as it is in the
        middle of the map.
    """
    longitude, latitude = outline()
    # WebGL is only covered by WebGL.
    webgl = any(isinstance(trace, go.Scattergl) for trace in figure.data)
    figure.add_trace(
        (go.Scattergl if webgl else go.Scatter)(
            x=longitude,
            y=latitude,
            mode="lines",
            line={"color": MUTED, "width": 1},
            opacity=0.6,
            hoverinfo="skip",
        )
    )
    figure.data = (figure.data[-1], *figure.data[:-1])
    middle = float(np.clip((low[1] + high[1]) / 2, -80, 80))
    figure.update_yaxes(scaleanchor="x", scaleratio=1 / np.cos(np.radians(middle)))
    return figure
