"""The outline of the land, so that a map of places needs no network.

Natural Earth's land at a scale of 1 to 110 million (public domain), as TopoJSON from the
package world-atlas 2.0.2 (ISC licence): coasts as arcs of whole numbers, each point given
by its step from the one before.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np

from clustering.dataset import Floats

__all__ = ["outline"]

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
