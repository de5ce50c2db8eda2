"""A million points as one image: how many rows each pixel holds, and one row of them.

A browser cannot hold a million markers, but it can show an image of them at once.
Each pixel has the colour of *one* row that lies in it, drawn at random, so that
where clusters overlap their colours mix as their rows do, and it is the more opaque
the more rows there are. Which row is drawn does not depend on the labels: the same
points give the same pixels whatever their clusters are.

The draw costs one pass. Row i takes the number ``i * 2654435761 mod 2**32``, and
datashader keeps the largest number in each pixel. The factor is odd, so that the
number gives the row back; near the golden ratio of 2**32, so that any stretch of
rows is spread evenly over the numbers [1]_.

References
----------
.. [1] D. E. Knuth, The Art of Computer Programming, vol. 3, section 6.4, on
   multiplicative hashing.
"""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clustering.dataset import Floats, Integers
from clustering.geometry.selection import Window

__all__ = ["Pixels", "image", "pixels", "representatives", "warm", "whole"]

WIDTH, HEIGHT, NARROWEST = 900, 560, 240  # pixels
SPREAD = 2_654_435_761
BACK = pow(SPREAD, -1, 2**32)
FAINTEST = 0.6  # opacity of a single row beside denser places
ROOM = 0.01  # of the span, around all points
Bytes = NDArray[np.uint8]
NEIGHBOURS = ((0, 1), (0, -1), (1, 0), (-1, 0))


@dataclass(frozen=True, eq=False, slots=True)
class Pixels:
    """What lies in each pixel of a window.

    Attributes
    ----------
    window : Window
        What is seen.
    counts : ndarray of shape (h, w), uint32
        Points in each pixel, the lowest row of pixels first.
    rows : ndarray of shape (h, w), int64
        One of these points, drawn at random; -1 where there is none.
    """

    window: Window
    counts: Integers
    rows: Integers


def whole(flat: Floats) -> Window:
    """Give a window that holds all points (n, 2), with a little room around them."""
    ends = []
    for values in flat.T:
        low, high = float(values.min()), float(values.max())
        room = ROOM * (high - low if high > low else max(abs(high), 1.0))
        ends += [low - room, high + room]
    return Window(*ends)


def pixels(flat: Floats, window: Window, *, width: int = WIDTH, height: int = HEIGHT) -> Pixels:
    """Count the points in each pixel of a window, and draw one of them.

    Parameters
    ----------
    flat : ndarray of shape (n, 2)
        Points in the plane, fewer than 2**32.
    window : Window
        What is seen; points outside are in no pixel.
    width, height : int
        Most pixels there are; one of the two is less where the window is of another
        shape, so that pixels are about as wide as high.

    Returns
    -------
    Pixels
        Counts and drawn rows.

    Notes
    -----
    O(n + width height). A pixel holds its left and lower border, the last one its
    right or upper border too.

    Examples
    --------
    >>> flat = np.array([[0.0, 0.0], [0.9, 0.1], [1.0, 1.0]])
    >>> found = pixels(flat, Window(0, 1, 0, 1), width=2, height=2)
    >>> found.counts.tolist(), found.rows.tolist()
    ([[1, 1], [0, 1]], [[0, 1], [-1, 2]])
    """
    import datashader  # a second and more, which few figures need
    import pandas as pd

    shape = (window.right - window.left) / (window.high - window.low)
    wide = max(min(width, round(height * shape)), min(width, NARROWEST))
    high = max(min(height, round(width / shape)), min(height, NARROWEST))
    numbers = np.arange(len(flat), dtype=np.uint32) * np.uint32(SPREAD)
    frame = pd.DataFrame(
        {"x": flat[:, 0], "y": flat[:, 1], "number": numbers.astype(np.float64)}, copy=False
    )
    found = datashader.Canvas(
        wide,
        high,
        x_range=(window.left, window.right),
        y_range=(window.low, window.high),
    ).points(
        frame,
        "x",
        "y",
        datashader.summary(counts=datashader.count(), largest=datashader.max("number")),
    )
    counts = found["counts"].data
    rows = np.full(counts.shape, -1, dtype=np.int64)
    full = counts > 0
    largest = found["largest"].data[full].astype(np.uint32)
    rows[full] = largest * np.uint32(BACK)
    return Pixels(window, counts, rows)


def image(seen: Pixels, clusters: Integers, shades: Sequence[str]) -> str:
    """Paint the pixels of a window as a PNG, the ground transparent.

    Parameters
    ----------
    seen : Pixels
        What lies in each pixel.
    clusters : ndarray of shape (n,), int
        Place of the colour of each point in `shades`.
    shades : sequence of str
        At most 255 colours as ``#rrggbb``.

    Returns
    -------
    str
        A data URL; equal input gives the same text.

    Notes
    -----
    Opacity grows with the logarithm of the count. A pixel next to one with rows that
    has none itself takes its colour, so that a single row far from others is three
    pixels wide. One byte a pixel: colours times grades of opacity make the palette.
    """
    from PIL import Image

    grades = max(255 // len(shades), 1)
    full = seen.counts > 0
    high, wide = seen.counts.shape
    painted: Bytes = np.zeros((high, wide), dtype=np.uint8)
    counts = seen.counts[full]
    most = np.log(counts.max(initial=1))
    density = np.log(counts) / most if most > 0 else np.ones(len(counts))
    grade = np.rint(density * (grades - 1)).astype(np.int64)
    painted[full] = 1 + clusters[seen.rows[full]] * grades + grade
    faint = np.zeros_like(painted)
    faint[full] = 1 + (painted[full] - 1) // grades * grades  # the same colour, least opaque
    if most == 0:
        faint = painted.copy()
    for down, right in NEIGHBOURS:
        beside = _moved(faint, down, right)
        empty = (painted == 0) & (beside > 0)
        painted[empty] = beside[empty]
    colours = [bytes.fromhex(shade[1:]) for shade in shades for _ in range(grades)]
    steps = np.linspace(FAINTEST, 1.0, grades) if grades > 1 else np.ones(1)
    opacities = np.rint(255 * steps).astype(np.uint8).tobytes()
    picture = Image.frombytes("P", (wide, high), painted[::-1].tobytes())
    picture.putpalette(b"".join([b"\0\0\0", *colours]))
    file = io.BytesIO()
    picture.save(file, "PNG", transparency=b"\0" + opacities * len(shades), compress_level=6)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode("ascii")


def _moved(array: Bytes, down: int, right: int) -> Bytes:
    """Move an image by at most one pixel in each direction; what comes in is 0."""
    result = np.zeros_like(array)
    h, w = array.shape
    result[max(down, 0) : h + min(down, 0), max(right, 0) : w + min(right, 0)] = array[
        max(-down, 0) : h + min(-down, 0), max(-right, 0) : w + min(-right, 0)
    ]
    return result


def representatives(
    flat: Floats, window: Window, *, across: int = 60, upwards: int = 40
) -> tuple[Integers, Integers]:
    """Choose one point for each cell of a coarse grid: the one nearest to its middle.

    Parameters
    ----------
    flat : ndarray of shape (n, 2)
        Points in the plane.
    window : Window
        What the grid covers.
    across, upwards : int
        Cells in each direction.

    Returns
    -------
    places : ndarray of shape (m,), int64
        One point for each cell that holds any, ascending.
    counts : ndarray of shape (m,), int64
        Points in the cell of each.

    Examples
    --------
    >>> flat = np.array([[0.05, 0.5], [0.3, 0.5], [0.9, 0.5], [7.0, 7.0]])
    >>> places, counts = representatives(flat, Window(0, 1, 0, 1), across=2, upwards=1)
    >>> places.tolist(), counts.tolist()
    ([1, 2], [2, 1])
    """
    x = (flat[:, 0] - window.left) * (across / (window.right - window.left))
    y = (flat[:, 1] - window.low) * (upwards / (window.high - window.low))
    places = np.flatnonzero((x >= 0) & (x <= across) & (y >= 0) & (y <= upwards))
    if len(places) < len(flat):
        x, y = x[places], y[places]
    column = np.minimum(x.astype(np.int32), across - 1)
    line = np.minimum(y.astype(np.int32), upwards - 1)
    cell = line * across + column
    away = (x - column - 0.5) ** 2 + (y - line - 0.5) ** 2
    least = np.full(across * upwards, np.inf)
    np.minimum.at(least, cell, away)
    nearest = np.flatnonzero(away == least[cell])
    _, first = np.unique(cell[nearest], return_index=True)  # several may be equally near
    chosen = np.sort(nearest[first])
    counts = np.bincount(cell, minlength=across * upwards)[cell[chosen]]
    return places[chosen].astype(np.int64), counts.astype(np.int64)


def warm() -> None:
    """Load and compile what the first image needs, some three seconds, ahead of it."""
    pixels(np.array([[0.0, 0.0], [1.0, 1.0]]), Window(0.0, 1.0, 0.0, 1.0), width=2, height=2)
