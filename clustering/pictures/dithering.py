"""Dithering: errors handed on to the neighbours, so that the mean colour of a place is right.

Going through the picture line by line, to and fro, each pixel becomes the nearest colour of the
palette, and what it is off is added to the pixels not yet visited: 7/16 to the next, 3/16, 5/16
and 1/16 below. Stripes in a gradient dissolve into grain. PSNR falls by it, and the eye is
pleased: the error moves to where it is seen least.

References
----------
R. W. Floyd, L. Steinberg, An adaptive algorithm for spatial greyscale, Proceedings of the Society
for Information Display 17, 1976.
"""

from dataclasses import replace

import numpy as np
from numba import njit

from clustering.checks import is_finite, shown
from clustering.data.pictures import grey
from clustering.errors import ParameterError, UnsupportedError
from clustering.pictures.quantized import Quantized

__all__ = ["diffused", "dithered"]


def dithered(quantized: Quantized, *, strength: float = 1.0) -> Quantized:
    """Draw a picture with the same palette, handing on what each pixel is off.

    Parameters
    ----------
    quantized : Quantized
        A picture of single pixels.
    strength : float
        Part of the error that is handed on, from 0 (the picture as it is) to 1.

    Returns
    -------
    Quantized
        With exactly that palette in its order. Nothing is handed on to or from what is wholly
        transparent.

    Raises
    ------
    ParameterError
        Where the strength is not between 0 and 1.
    UnsupportedError
        Where the picture is made of blocks.

    Notes
    -----
    O(n k): Pillow's own ``quantize(dither=...)`` dithers only with a palette that is given.

    Examples
    --------
    >>> from clustering.data.pictures import sample
    >>> from clustering.pictures import quantize, vectors
    >>> plain = quantize(vectors(sample("gradient"), kind="grey"), k=2)
    >>> grain = dithered(plain)
    >>> bool((grain.palette == plain.palette).all()), bool((grain.indices != plain.indices).any())
    (True, True)
    """
    if not is_finite(strength) or not 0 <= strength <= 1:
        raise ParameterError(f"strength = {shown(strength)}; choose a number from 0 to 1.")
    if quantized.vectors.side > 1:
        raise UnsupportedError(
            "Dithering hands errors from pixel to pixel, and blocks are chosen whole; take single "
            "colours to dither."
        )
    if strength == 0:
        return quantized
    vectors = quantized.vectors
    picture = vectors.picture
    pixels = picture.pixels
    if vectors.kind == "grey":
        pixels = np.repeat(grey(picture)[..., None], 3, axis=2)
    indices = diffused(pixels, quantized.palette, vectors.where >= 0, float(strength))
    return replace(quantized, indices=indices, dither=float(strength))


@njit(cache=True, nogil=True)
def diffused(pixels, palette, seen, strength):  # type: ignore[no-untyped-def]
    """Give the entry of each pixel (h, w), errors handed on, to and fro."""
    height, width = seen.shape
    k = len(palette)
    colours = palette.astype(np.int32)
    red, green, blue = colours[:, 0].copy(), colours[:, 1].copy(), colours[:, 2].copy()
    indices = np.zeros((height, width), dtype=np.uint8)
    here = np.zeros((width + 2, 3), dtype=np.float32)
    below = np.zeros((width + 2, 3), dtype=np.float32)
    for y in range(height):
        way = 1 - 2 * (y % 2)
        for step in range(width):
            x = step if way == 1 else width - 1 - step
            if not seen[y, x]:
                continue
            r = min(max(pixels[y, x, 0] + here[x + 1, 0], 0.0), 255.0)
            g = min(max(pixels[y, x, 1] + here[x + 1, 1], 0.0), 255.0)
            b = min(max(pixels[y, x, 2] + here[x + 1, 2], 0.0), 255.0)
            ir, ig, ib = np.int32(r + 0.5), np.int32(g + 0.5), np.int32(b + 0.5)
            best = np.int32(2**31 - 1)
            for j in range(k):
                # The entry stands in the last eight bits, so that the least of all names it.
                away = (ir - red[j]) ** 2 + (ig - green[j]) ** 2 + (ib - blue[j]) ** 2
                best = min(best, np.int32(away << 8 | j))
            found = best & 255
            indices[y, x] = found
            for c in range(3):
                value = r if c == 0 else g if c == 1 else b
                error = strength * (value - palette[found, c]) / 16
                here[x + 1 + way, c] += 7 * error
                below[x + 1 - way, c] += 3 * error
                below[x + 1, c] += 5 * error
                below[x + 1 + way, c] += error
        here, below = below, here
        below[:] = 0.0
    return indices
