"""Levels: any numbers to eight bits, and the layout of images to one."""

import math

import numpy as np
from numpy.typing import NDArray

from clustering.data.image_files.found import Pixels
from clustering.errors import ReadError

__all__ = ["eight_bits", "laid_out"]

FAINT = 32
"""Levels below which the brightest pixel of many images is white: 1, 16 or 31, not 255."""

COLOURS = (3, 4)  # red, green, blue, and transparency


def laid_out(array: NDArray[np.generic], called: str) -> tuple[NDArray[np.generic], str]:
    """Lay images out as (n, h, w), or (n, h, w, 3 or 4) in colour.

    Parameters
    ----------
    array : ndarray
        (n, h, w), (n, h, w, c), (n, c, h, w), or (n, d) where d is the square of a whole
        number.
    called : str
        How sentences name the array.

    Returns
    -------
    tuple of (ndarray, str)
        The images, and what was done, or nothing.

    Raises
    ------
    ReadError
        Where this is no stack of images.

    Examples
    --------
    >>> laid_out(np.zeros((5, 9)), "x")[0].shape, laid_out(np.zeros((5, 3, 8, 8)), "x")[0].shape
    ((5, 3, 3), (5, 8, 8, 3))
    """
    shape = array.shape
    if array.ndim == 3:
        return array, ""
    if array.ndim == 4 and shape[3] == 1:
        return array[..., 0], ""
    if array.ndim == 4 and shape[1] == 1:
        return array[:, 0], ""
    if array.ndim == 4 and shape[3] in COLOURS:
        return array, ""
    if array.ndim == 4 and shape[1] in COLOURS:
        return np.moveaxis(array, 1, 3), "The colours stood before the rows and were moved behind."
    if array.ndim == 2:
        side = math.isqrt(shape[1])
        if side > 1 and side * side == shape[1]:
            return (
                array.reshape(len(array), side, side),
                f"Each row of {shape[1]:,} numbers became {side} x {side} pixels.",
            )
        raise ReadError(
            f"{called} has {shape[0]:,} rows of {shape[1]:,} numbers, which is no square number, "
            "so that the size of the images is not known; save them as an array of images x rows "
            "x columns."
        )
    size = " x ".join(f"{side:,}" for side in shape)
    raise ReadError(
        f"{called} is an array of {size} numbers, and images are images x rows x columns, with "
        "three colours or none behind them; save it like that."
    )


def eight_bits(array: NDArray[np.generic], called: str) -> tuple[Pixels, str]:
    """Bring the numbers of images to 0 ... 255.

    Parameters
    ----------
    array : ndarray of shape (n, h, w) or (n, h, w, 3 or 4)
        Booleans, whole or floating numbers.
    called : str
        How sentences name the array.

    Returns
    -------
    tuple of (ndarray, str)
        Grey or red, green and blue as uint8, and what was done, or nothing.

    Raises
    ------
    ReadError
        Where a value is missing or infinite, or there are no numbers.

    Notes
    -----
    Whole numbers of eight bits are kept as they are. Others are kept where they lie
    between 0 and 255 and the largest is at least `FAINT`; from 0 to 1, and to less than
    `FAINT`, the largest becomes 255; all else is stretched from lowest to highest.

    Examples
    --------
    >>> pixels, said = eight_bits(np.array([[[0.0, 0.5, 1.0]]]), "x")
    >>> pixels.tolist(), said
    ([[[0, 128, 255]]], 'Values from 0 to 1 were scaled to 0 ... 255.')
    """
    if array.dtype.kind not in "biuf":
        raise ReadError(f"{called} holds no numbers; choose an array of images.")
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        bad = int((~np.isfinite(array)).reshape(len(array), -1).any(axis=1).sum())
        raise ReadError(
            f"{bad:,} of {len(array):,} images in {called} hold a missing or infinite value; fill "
            "these pixels or leave the images out."
        )
    low, high = float(array.min()), float(array.max())
    if array.dtype == np.uint8 and (high >= FAINT or high == 0):
        return without_transparency(array.astype(np.uint8, copy=False))
    if 0 <= low and (FAINT <= high <= 255 or high == 0):
        begin, end, said = 0.0, 255.0, ""
    elif 0 <= low and high <= FAINT:
        # Probabilities whose brightest is 0.98 are not stretched by two hundredths.
        end = 1.0 if high <= 1 and array.dtype.kind == "f" else high
        begin, said = 0.0, f"Values from 0 to {end:g} were scaled to 0 ... 255."
    elif array.dtype == np.uint16:
        begin, end, said = 0.0, 65535.0, "16 bits a pixel were scaled to 8."
    else:
        begin, end = low, high
        said = f"Values from {low:g} to {high:g} were stretched to 0 ... 255."
    pixels = np.empty(array.shape, np.uint8)
    for place, image in enumerate(array):  # one after the other: all as float64 is eight times
        scaled = (image.astype(np.float64) - begin) / ((end - begin) or 1.0)
        pixels[place] = np.floor(scaled * 255 + 0.5)
    colours, also = without_transparency(pixels)
    return colours, " ".join(filter(None, [said, also]))


def without_transparency(pixels: Pixels) -> tuple[Pixels, str]:
    """Lay pixels with a fourth channel on white."""
    if pixels.ndim < 4 or pixels.shape[3] == 3:
        return pixels, ""
    share = pixels[..., 3:].astype(np.float64) / 255
    laid = pixels[..., :3] * share + 255 * (1 - share)
    return np.rint(laid).astype(np.uint8), "What is transparent was laid on white."
