"""Measuring: what a palette costs and what it keeps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clustering.data.pictures import Bytes, grey
from clustering.pictures.encoding import codebook_bytes, png
from clustering.pictures.quantized import Quantized
from clustering.pictures.vectors import Vectors
from clustering.validity.pictures import (
    decibels,
    mean_squared_error,
    root_of_squares,
    structural_similarity,
)

__all__ = ["Measures", "error", "errors", "fidelity", "measured", "original", "size"]

INDEXED = "indexed PNG"
CODEBOOK = "numbers of the blocks and their codebook, compressed"


@dataclass(frozen=True, slots=True)
class Measures:
    """What a palette costs and what it keeps.

    Attributes
    ----------
    mse : float
        Mean squared error over all numbers of all pixels that are seen.
    psnr : float
        The same in dB; infinite where nothing was lost.
    ssim : float
        Structural similarity; NaN where a side is shorter than 7 pixels.
    bytes : int
        Length of the encoded picture.
    kind_of_bytes : str
        What was encoded how.
    psnr_unrounded : float
        PSNR with the levels before they were rounded to whole numbers, as the book's recipe
        measures it; NaN but for grey levels that are not dithered.
    """

    mse: float
    psnr: float
    ssim: float
    bytes: int
    kind_of_bytes: str
    psnr_unrounded: float


def measured(quantized: Quantized) -> Measures:
    """Measure a quantized picture against its original.

    Parameters
    ----------
    quantized : Quantized
        The picture; a grey one is held against the grey levels of the original.

    Returns
    -------
    Measures
        As scikit-image's ``peak_signal_noise_ratio`` and ``structural_similarity`` with
        ``data_range=255``; wholly transparent pixels are not counted.

    Examples
    --------
    >>> from clustering.data.pictures import sample
    >>> from clustering.pictures import quantize, vectors
    >>> levels = vectors(sample("gradient"), kind="grey")
    >>> measured(quantize(levels, k=levels.most)).psnr
    inf
    """
    mse, ssim = fidelity(quantized)
    cost, kind = size(quantized)
    return Measures(mse, decibels(mse), ssim, cost, kind, unrounded(quantized))


def original(vectors: Vectors) -> Bytes:
    """Give what a quantized picture is held against: grey levels (h, w) or colours (h, w, 3)."""
    return grey(vectors.picture) if vectors.kind == "grey" else vectors.picture.pixels


def fidelity(quantized: Quantized) -> tuple[float, float]:
    """Give mean squared error and structural similarity."""
    first, second, seen = _pair(quantized)
    return (
        mean_squared_error(first, second, seen=seen),
        structural_similarity(first, second, seen=seen),
    )


def error(quantized: Quantized) -> float:
    """Give the mean squared error alone."""
    first, second, seen = _pair(quantized)
    return mean_squared_error(first, second, seen=seen)


def _pair(quantized: Quantized) -> tuple[Bytes, Bytes, NDArray[np.bool_] | None]:
    """Give original, picture, and the pixels that count."""
    first, second = original(quantized.vectors), quantized.image
    if first.ndim == 2:
        second = np.ascontiguousarray(second[..., 0])
    seen = quantized.vectors.picture.seen
    if seen is not None:
        # What nobody sees must not weigh on a window beside it.
        second = np.where(seen.reshape(seen.shape + (1,) * (first.ndim - 2)), second, first)
    return first, second, seen


def size(quantized: Quantized) -> tuple[int, str]:
    """Give the bytes of the encoded picture, and what was encoded."""
    if quantized.vectors.side > 1:
        return codebook_bytes(quantized), CODEBOOK
    return len(png(quantized)), INDEXED


def unrounded(quantized: Quantized) -> float:
    """Give the PSNR of grey levels that are not rounded."""
    facts, dataset = quantized.partition.facts, quantized.vectors.dataset
    if quantized.vectors.kind != "grey" or quantized.dither:
        return float("nan")
    return decibels(facts["inertia"] / float(dataset.mass.sum()))


def errors(quantized: Quantized) -> NDArray[np.float32]:
    """Give how far the colour of each pixel is from the original's.

    Parameters
    ----------
    quantized : Quantized
        A picture.

    Returns
    -------
    ndarray of shape (height, width), float32
        Root of the summed squared differences of red, green and blue, 0 to 442; 0 where nothing
        is seen.
    """
    picture = quantized.vectors.picture
    first = original(quantized.vectors)
    if first.ndim == 2:
        first = np.repeat(first[..., None], 3, axis=2)
    apart = root_of_squares(first, quantized.image)
    if picture.seen is not None:
        apart[~picture.seen] = 0.0
    return apart
