"""Thumbnails: a data set as a stamp, drawn in SVG without any chart library."""

import numpy as np

from clustering.dataset import Floats, Integers
from clustering.figures import colors

__all__ = ["thumbnail"]

WIDE, HIGH, EDGE = 160, 100, 8
MOST = 400


def thumbnail(points: Floats, labels: Integers) -> str:
    """Draw points as a picture of 160 by 100 pixels.

    Parameters
    ----------
    points : ndarray of shape (n, 2)
        Positions; of more than 400 an even choice is drawn.
    labels : ndarray of shape (n,), int
        Group of each, which gives its colour.

    Returns
    -------
    str
        SVG, transparent, fit for light and dark pages.

    Examples
    --------
    >>> thumbnail(np.zeros((1, 2)), np.zeros(1, int)).count("<circle")
    1
    """
    place = np.linspace(0, len(points) - 1, min(len(points), MOST)).astype(np.int64)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = float(min((size - 2 * EDGE) / span if span > 0 else np.inf
                      for size, span in zip((WIDE, HIGH), high - low, strict=True)))  # fmt: skip
    scale = scale if np.isfinite(scale) else 1.0
    middle = (low + high) / 2
    flat = (points[place] - middle) * (scale, -scale) + (WIDE / 2, HIGH / 2)
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.8" fill="{colors.color(int(label))}"/>'
        for (x, y), label in zip(flat, labels[place], strict=True)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" '
        f'width="{WIDE}" height="{HIGH}" fill-opacity="0.8">{dots}</svg>'
    )
