"""Pictures as the browser gets them: never larger than a screen shows."""

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from clustering.dataset import digest

__all__ = ["SIDE", "Preview", "lit", "preview"]

SIDE = 1_200
"""Pixels of the longer side, at most."""

QUALITY = 92
FADED = 0.16
"""How much is left of what is not lit."""

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, eq=False, slots=True)
class Preview:
    """A picture as bytes.

    Attributes
    ----------
    content : bytes
        WebP.
    mime : str
        Its type.
    width, height : int
        Pixels.
    factor : int
        How many pixels of the picture one of its own stands for, along each side.
    key : str
        Digest of the content.
    """

    content: bytes
    mime: str
    width: int
    height: int
    factor: int
    key: str


def preview(
    pixels: Pixels, alpha: Pixels | None = None, *, exact: bool = False, side: int = SIDE
) -> Preview:
    """Encode a picture for the browser.

    Parameters
    ----------
    pixels : ndarray of shape (h, w, 3) or (h, w), uint8
        Colours, or grey.
    alpha : ndarray of shape (h, w), uint8, optional
        How opaque each pixel is.
    exact : bool
        Without loss, where it need not be made smaller.
    side : int
        Pixels of the longer side at most; what is larger is averaged.

    Returns
    -------
    Preview

    Examples
    --------
    >>> grey = np.arange(5000 * 100, dtype=np.uint8).reshape(100, 5000)
    >>> small = preview(grey)
    >>> small.width, small.height, small.factor
    (1000, 20, 5)
    """
    colours = np.repeat(pixels[..., None], 3, axis=2) if pixels.ndim == 2 else pixels
    image = Image.fromarray(colours if alpha is None else np.dstack([colours, alpha]))
    factor = -(-max(image.size) // side)
    if factor > 1:
        image = image.reduce(factor)
    file = io.BytesIO()
    if exact and factor == 1:
        image.save(file, "WEBP", lossless=True, quality=10, method=0, exact=True)
    else:
        image.save(file, "WEBP", quality=QUALITY, method=2)
    content = file.getvalue()
    return Preview(content, "image/webp", *image.size, factor, digest(content))


def lit(pixels: Pixels, chosen: NDArray[np.bool_], shade: tuple[int, int, int]) -> Pixels:
    """Fade all pixels but the chosen ones, to white around dark ones and to black around light.

    Parameters
    ----------
    pixels : ndarray of shape (h, w, 3), uint8
        The picture.
    chosen : ndarray of shape (h, w), bool
        What stays as it is.
    shade : tuple of three int
        Its colour.

    Examples
    --------
    >>> row = np.full((1, 2, 3), 200, dtype=np.uint8)
    >>> lit(row, np.array([[True, False]]), (200, 200, 200)).tolist()
    [[[200, 200, 200], [48, 48, 48]]]
    """
    weights = np.array([0.299, 0.587, 0.114], dtype=np.float32)
    ground = 245.0 if float(np.dot(shade, weights)) < 110 else 19.0
    grey = pixels @ weights
    faded = np.rint(ground + FADED * (grey - ground)).astype(np.uint8)[..., None]
    return np.where(chosen[..., None], pixels, faded)
