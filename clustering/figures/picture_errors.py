"""Where a picture of few colours suffers: a map of its errors, and the worst areas by name."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from plotly import graph_objects as go

from clustering.figures import Figure, colors
from clustering.figures.style import MUTED, styled

__all__ = ["Area", "areas", "errors"]

SIDE = 360
"""Cells of the error map along its longer side, at most."""
PARTS = 8
"""Areas along the shorter side of a picture."""
MOST = 64
"""Areas along its longer side, at most."""
SCALE = ((0.0, "#f2f0e6"), (0.2, "#e8cf8c"), (0.45, "#d98a4a"), (0.7, "#a83e4b"), (1.0, "#3d1440"))


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a picture, in pixels.

    Attributes
    ----------
    left, top, right, bottom : int
        Its borders; the last two are the first pixel outside.
    error : float
        Root of its mean squared error.
    share : float
        Of the squared error of the whole picture.
    where : str
        In words: ``"top left"``.
    """

    left: int
    top: int
    right: int
    bottom: int
    error: float
    share: float
    where: str


def areas(error: NDArray[np.float32], *, most: int = 3, apart: bool = False) -> tuple[Area, ...]:
    """Find the parts of a picture that suffer most.

    Parameters
    ----------
    error : ndarray of shape (h, w)
        Error of each pixel.
    most : int
        How many to give; none are given that have no error.
    apart : bool
        Whether areas that touch a worse one are passed over.

    Returns
    -------
    tuple of Area
        Of squares that cover the picture, eight along its shorter side, the worst first.

    Examples
    --------
    >>> error = np.zeros((80, 80), dtype=np.float32)
    >>> error[70:, 70:] = 4.0
    >>> worst, = areas(error)
    >>> worst.where, worst.error, worst.share, worst.left
    ('bottom right', 4.0, 1.0, 70)
    """
    height, width = error.shape
    side = max(1, -(-min(height, width) // PARTS), -(-max(height, width) // MOST))
    down, right = np.arange(0, height, side), np.arange(0, width, side)
    squared = np.square(error, dtype=np.float64)
    sums = np.add.reduceat(np.add.reduceat(squared, down, axis=0), right, axis=1)
    tall, wide = np.diff(np.append(down, height)), np.diff(np.append(right, width))
    whole, means = float(sums.sum()), sums / (tall[:, None] * wide[None])
    found: list[Area] = []
    taken = np.zeros(means.shape, dtype=bool)
    for place in np.argsort(-means, axis=None, kind="stable").tolist():
        i, j = divmod(place, len(right))
        if len(found) == most or means[i, j] == 0:
            break
        if not (apart and taken[max(i - 1, 0) : i + 2, max(j - 1, 0) : j + 2].any()):
            taken[i, j] = True
            box = int(right[j]), int(down[i]), int(right[j] + wide[j]), int(down[i] + tall[i])
            found.append(
                Area(*box, float(np.sqrt(means[i, j])), float(sums[i, j]) / whole,
                     _where((box[0] + box[2]) / 2 / width, (box[1] + box[3]) / 2 / height))
            )  # fmt: skip
    return tuple(found)


def _where(across: float, down: float) -> str:
    """Say in words where a place is, from shares of width and height."""
    side = "left" if across < 1 / 3 else "right" if across > 2 / 3 else ""
    level = "top" if down < 1 / 3 else "bottom" if down > 2 / 3 else ""
    return f"{level} {side}".strip() or "centre"


def errors(error: NDArray[np.float32], worst: Sequence[Area], *, keep: str = "") -> Figure:
    """Draw where a picture suffers, as a map with a scale.

    Parameters
    ----------
    error : ndarray of shape (h, w)
        Error of each pixel; larger pictures are shown by the root mean square of blocks.
    worst : sequence of Area
        Parts that are framed and numbered.
    keep : str
        The zoom is kept while this stays the same.
    """
    height, width = error.shape
    factor = -(-max(height, width) // SIDE)
    cells = _reduced(error, factor)
    top = float(np.quantile(cells, 0.998)) or float(cells.max()) or 1.0
    figure = go.Figure(
        go.Heatmap(
            z=cells, x0=factor / 2, dx=factor, y0=factor / 2, dy=factor, zmin=0.0, zmax=top,
            colorscale=SCALE, hovertemplate="x %{x:.0f}, y %{y:.0f}: %{z:.3g}<extra></extra>",
            colorbar={"title": {"text": "error", "side": "right", "font": {"color": MUTED}},
                      "tickfont": {"color": MUTED}, "thickness": 12, "outlinewidth": 0},
        )
    )  # fmt: skip
    for number, area in enumerate(worst, 1):
        figure.add_shape(
            type="rect", x0=area.left, x1=area.right, y0=area.top, y1=area.bottom,
            line={"color": colors.CHOSEN[0], "width": 2.5},
        )  # fmt: skip
        figure.add_annotation(
            x=area.left, y=area.top, text=f"<b>{number}</b>", showarrow=False, xanchor="left",
            yanchor="top", bgcolor=colors.CHOSEN[0], font={"color": "#ffffff", "size": 13},
        )  # fmt: skip
    named = ", ".join(f"{area.where} ({area.error:.3g})" for area in worst)
    alt = f"Errors of {width:,} by {height:,} pixels from 0 to {float(error.max(initial=0.0)):.3g}"
    styled(figure, alt=alt + (f"; worst: {named}." if named else "."), equal=True,
           keep=(keep, height, width),
           note=f"each cell is {factor} by {factor} pixels" if factor > 1 else "")  # fmt: skip
    figure.update_xaxes(showgrid=False, showticklabels=False, range=[0, width])
    figure.update_yaxes(showgrid=False, showticklabels=False, range=[height, 0], constrain="domain")
    return figure


def _reduced(error: NDArray[np.float32], factor: int) -> NDArray[np.float32]:
    """Give the root mean square of blocks of pixels."""
    if factor == 1:
        return error
    height, width = error.shape
    down, right = np.arange(0, height, factor), np.arange(0, width, factor)
    squared = np.square(error, dtype=np.float64)
    sums = np.add.reduceat(np.add.reduceat(squared, down, axis=0), right, axis=1)
    tall, wide = np.diff(np.append(down, height)), np.diff(np.append(right, width))
    cells: NDArray[np.float32] = np.sqrt(sums / (tall[:, None] * wide[None])).astype(np.float32)
    return cells
