"""Small pictures in rows: originals over reconstructions, centres, mistakes, and how many of each.

All pictures of a figure are one image, so that a hundred of them cost one. Axes count in
pixels of the pictures, downwards below zero: a picture keeps its shape on every screen.
"""

import base64
import io
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from clustering.dataset import Floats, Integers
from clustering.figures import Figure, colors
from clustering.figures.style import MUTED, plain, styled

__all__ = ["counts", "grid", "mosaic", "pointed", "shelf", "source", "tiles"]

Bytes = NDArray[np.uint8]

SHARP = 84
"""Pixels that the side of a small picture is enlarged to, so that no browser blurs it."""
GAP = 0.12
"""Room between two pictures, as a share of their width."""
CAPTION = 0.36
"""Room for words below a picture, as a share of its height."""


# ---- pixels -------------------------------------------------------------------------------------
def tiles(points: Floats, shape: tuple[int, ...]) -> Bytes:
    """Give points from 0 to 1 as pictures.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Flat pictures; what lies beyond 0 and 1 is cut.
    shape : tuple of int
        (h, w) of grey ones, (h, w, 3) of coloured ones.

    Returns
    -------
    ndarray of shape (n, h, w, 3), uint8

    Examples
    --------
    >>> tiles(np.array([[0.0, 1.0, 2.0, 0.5]]), (2, 2))[0, :, :, 0].tolist()
    [[0, 255], [255, 128]]
    """
    whole = np.rint(255 * np.clip(points, 0.0, 1.0)).astype(np.uint8)
    pictures = whole.reshape(len(points), *shape)
    return pictures if pictures.ndim == 4 else np.repeat(pictures[..., None], 3, axis=3)


def mosaic(pictures: Bytes, across: int, *, gap: tuple[int, int] = (0, 0)) -> Bytes:
    """Lay pictures in rows, from left to right and downwards.

    Parameters
    ----------
    pictures : ndarray of shape (n, h, w, 3), uint8
        Any number of them.
    across : int
        Pictures in a row.
    gap : (int, int)
        Clear pixels below each row and to the right of each column.

    Returns
    -------
    ndarray of shape (rows * (h + gap), across * (w + gap), 4), uint8
        With opacity: clear where no picture is.
    """
    n, h, w, _ = pictures.shape
    rows = max(math.ceil(n / across), 1)
    sheet = np.zeros((rows, across, h + gap[0], w + gap[1], 4), dtype=np.uint8)
    down, right = np.divmod(np.arange(n), across)
    sheet[down, right, :h, :w, :3] = pictures
    sheet[down, right, :h, :w, 3] = 255
    joined: Bytes = sheet.swapaxes(1, 2).reshape(rows * (h + gap[0]), across * (w + gap[1]), 4)
    return joined


def source(pixels: Bytes) -> str:
    """Write pixels as a PNG in a data URL; grey ones as such.

    Parameters
    ----------
    pixels : ndarray of shape (h, w, 3) or (h, w, 4), uint8
        With or without opacity.
    """
    from PIL import Image

    image = Image.fromarray(pixels)
    if (pixels[..., 0] == pixels[..., 1]).all() and (pixels[..., 0] == pixels[..., 2]).all():
        image = image.convert("LA" if pixels.shape[2] == 4 else "L")
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=6)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode("ascii")


# ---- rows of pictures ---------------------------------------------------------------------------
def shelf(
    rows: Mapping[str, Floats],
    *,
    shape: tuple[int, ...],
    heads: Sequence[str],
    said: Mapping[str, Sequence[str]] | None = None,
    alt: str,
    keep: Sequence[object] = (),
    note: str = "",
) -> Figure:
    """Draw rows of pictures under each other, such as originals over reconstructions.

    Parameters
    ----------
    rows : mapping of str to ndarray of shape (m, d)
        Flat pictures from 0 to 1, by the name of their row.
    shape : tuple of int
        Of one picture.
    heads : sequence of m str
        What stands above each column.
    said : mapping of str to sequence of m str, optional
        What each picture says on hover, by the name of its row.
    alt : str
        What the figure says.
    keep : sequence
        The zoom is kept while these stay the same.
    note : str
        What must be said beside the figure.

    Returns
    -------
    Figure
    """
    m, names = len(heads), list(rows)
    pictures = np.concatenate([tiles(each, shape) for each in rows.values()])
    figure, (wide, high) = _sheet(pictures, m, shape, caption=0.0)
    x: Floats = np.linspace(0.0, (m - 1) * wide, m) + 0.5 * shape[1]
    y = -(np.arange(len(names)) + 0.5) * high
    for place, name in enumerate(names):
        lines = (said or {}).get(name, [f"{plain(name)}: {plain(head)}" for head in heads])
        _unseen(figure, x, np.full(m, float(y[place])), list(lines))
    styled(figure, alt=alt, equal=True, keep=(*keep, m, *names), note=note)
    _bare(figure, wide * m, high * len(names))
    figure.update_layout(
        xaxis={"side": "top", "tickvals": x, "ticktext": [plain(head, most=14) for head in heads]},
        yaxis={"tickvals": y, "ticktext": [f"{plain(name)} " for name in names]},
    )
    figure.update_xaxes(visible=True, tickfont={"size": 13})
    figure.update_yaxes(visible=True)
    return figure


def grid(
    points: Floats,
    *,
    shape: tuple[int, ...],
    captions: Sequence[str],
    across: int,
    shades: Sequence[str] = (),
    said: Sequence[str] = (),
    chosen: int | None = None,
    alt: str,
    keep: Sequence[object] = (),
    note: str = "",
) -> Figure:
    """Draw pictures with a line of words below each, such as the decoded centres.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Flat pictures from 0 to 1.
    shape : tuple of int
        Of one picture.
    captions : sequence of n str
        Words below each.
    across : int
        Pictures in a row.
    shades : sequence of n str, optional
        Colour of a frame around each.
    said : sequence of n str, optional
        What each says on hover; its caption where left out.
    chosen : int, optional
        One that has a strong frame.
    alt, keep, note
        As for `shelf`.

    Returns
    -------
    Figure
        `pointed` tells which picture a click on it means.
    """
    n = len(points)
    figure, (wide, high) = _sheet(tiles(points, shape), across, shape, caption=CAPTION)
    down, right = np.divmod(np.arange(n), across)
    x, y = right * wide + shape[1] / 2, -down * high - shape[0] / 2
    figure.add_scatter(
        x=x, y=-down * high - (1.0 + 0.42 * CAPTION) * shape[0], mode="text", hoverinfo="skip",
        text=[plain(each, most=24) for each in captions], textfont={"size": 12}, cliponaxis=False,
    )  # fmt: skip
    _unseen(figure, x, y, [plain(each, most=120) for each in (said or captions)])
    for place in range(n if shades else 0):
        figure.add_shape(_frame(place, across, shape, shades[place], 3 if place == chosen else 2))
    if chosen is not None and not shades:
        figure.add_shape(_frame(chosen, across, shape, colors.CHOSEN[0], 3))
    styled(figure, alt=alt, equal=True, keep=(*keep, n, across), note=note)
    _bare(figure, wide * min(across, max(n, 1)), high * math.ceil(max(n, 1) / across))
    return figure


def pointed(x: float, y: float, *, shape: tuple[int, ...], across: int, n: int) -> int | None:
    """Give the picture of a `grid` at a place in the units of its axes; None where none is.

    Examples
    --------
    >>> pointed(35.0, -5.0, shape=(28, 28), across=5, n=7)
    1
    >>> pointed(100.0, -45.0, shape=(28, 28), across=5, n=7) is None
    True
    """
    wide, high = _steps(shape, CAPTION)
    right, down = int(x // wide), int(-y // high)
    place = down * across + right
    return place if 0 <= right < across and down >= 0 and place < n else None


def _steps(shape: tuple[int, ...], caption: float) -> tuple[float, float]:
    """Give what lies between the beginnings of two pictures, across and downwards."""
    return shape[1] * (1.0 + GAP), shape[0] * (1.0 + (caption or GAP))


def _sheet(
    pictures: Bytes, across: int, shape: tuple[int, ...], *, caption: float
) -> tuple[Figure, tuple[float, float]]:
    """Begin a figure with all pictures as one image; give also the steps between them."""
    zoom = max(math.ceil(SHARP / max(shape[0], shape[1])), 1)
    wide, high = _steps(shape, caption)
    large = pictures.repeat(zoom, axis=1).repeat(zoom, axis=2)
    gap = round(zoom * (high - shape[0])), round(zoom * (wide - shape[1]))
    sheet = mosaic(large, across, gap=gap)
    figure = go.Figure()
    rows = math.ceil(max(len(pictures), 1) / across)
    figure.add_layout_image(
        source=source(sheet), xref="x", yref="y", x=0, y=0, xanchor="left", yanchor="top",
        sizex=across * wide, sizey=rows * high, sizing="stretch", layer="below",
    )  # fmt: skip
    return figure, (wide, high)


def _unseen(figure: Figure, x: Floats, y: Floats, texts: list[str]) -> None:
    """Add what says its words when one points at a picture."""
    figure.add_scatter(
        x=x, y=y, mode="markers", marker={"size": 30, "opacity": 0}, text=texts,
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _frame(
    place: int, across: int, shape: tuple[int, ...], shade: str, width: int
) -> dict[str, Any]:
    """Give the frame of a picture."""
    wide, high = _steps(shape, CAPTION)
    down, right = divmod(place, across)
    return {
        "type": "rect", "x0": right * wide, "x1": right * wide + shape[1], "y0": -down * high,
        "y1": -down * high - shape[0], "line": {"color": shade, "width": width},
    }  # fmt: skip


def _bare(figure: Figure, wide: float, high: float) -> None:
    """Show exactly the pictures, without a grid."""
    figure.update_xaxes(range=[-0.02 * wide, wide], showgrid=False, visible=False, fixedrange=True)
    figure.update_yaxes(range=[-high, 0.02 * high], showgrid=False, visible=False, fixedrange=True,
                        constraintoward="top")  # fmt: skip


# ---- how many -----------------------------------------------------------------------------------
def counts(parts: Mapping[str, Integers], *, names: Sequence[str], member: str) -> Figure:
    """Draw how many images of each class the parts of a set hold.

    Parameters
    ----------
    parts : mapping of str to ndarray of shape (k,), int
        Images of each class, by the name of the part: ``"train"``, ``"test"``.
    names : sequence of k str
        Names of the classes.
    member : str
        What an image is called: ``"digit"``.

    Returns
    -------
    Figure
        A panel for each part, so that a small one is seen beside a large one.
    """
    figure = go.Figure()
    told = []
    room = 1.0 / len(parts)
    layout: dict[str, Any] = {}
    for place, (part, numbers) in enumerate(parts.items()):
        suffix = "" if place == 0 else str(place + 1)
        figure.add_bar(
            x=[plain(name) for name in names], y=numbers, yaxis=f"y{suffix}", xaxis=f"x{suffix}",
            marker={"color": colors.CHOSEN[place]}, text=[f"{each:,}" for each in numbers],
            textposition="outside", textangle=0, constraintext="none", cliponaxis=False,
            textfont={"size": 11}, name=part,
            hovertemplate=f"{plain(part)}, {plain(member)} %{{x}}: %{{y:,}}<extra></extra>",
        )  # fmt: skip
        low = 1.0 - (place + 1) * room
        domain = [low + 0.09, low + room - 0.03]
        layout[f"yaxis{suffix}"] = (domain, part, int(numbers.max(initial=1)))
        told.append(f"{part} {', '.join(f'{each:,}' for each in numbers)}")
    styled(figure, alt=f"Images of {', '.join(map(str, names))}: {'; '.join(told)}.",
           keep=(len(names),))  # fmt: skip
    common = figure.layout.yaxis.to_plotly_json(), figure.layout.xaxis.to_plotly_json()
    for name, (domain, part, most) in layout.items():
        title = {**common[0]["title"], "text": f"{plain(part)} images"}
        figure.update_layout(
            {
                name: {**common[0], "domain": domain, "title": title, "range": [0, 1.2 * most],
                       "nticks": 4},
                name.replace("y", "x", 1): {**common[1], "type": "category", "showgrid": False,
                                            "anchor": name.replace("axis", "")},
            }
        )  # fmt: skip
    figure.update_layout(bargap=0.25)
    figure.update_xaxes(tickfont={"size": 13, "color": MUTED})
    return figure
