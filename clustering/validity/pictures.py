r"""How near a picture is to its original: PSNR, and SSIM as scikit-image has it.

The mean squared error m of two pictures, over all numbers of all pixels, gives the peak
signal-to-noise ratio in decibels,

.. math:: \mathrm{PSNR} = 10 \log_{10} \frac{255^2}{m} ,

infinite where they are equal. It counts every error alike wherever it is. The structural
similarity compares means, variances and covariance in a window of 7 x 7 pixels that goes over
the picture, and is 1 for equal ones; it sees stripes where a gradient was.

References
----------
Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, Image quality assessment: from error
visibility to structural similarity, IEEE Transactions on Image Processing 13, 2004.
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["WINDOW", "decibels", "mean_squared_error", "structural_similarity"]

WINDOW = 7
"""Side of the window of SSIM, in pixels."""

SMALL = 0.01 * 255, 0.03 * 255
"""What keeps the two fractions of SSIM from dividing by nothing, before squaring."""

Bytes = NDArray[np.uint8]
Marks = NDArray[np.bool_]


def mean_squared_error(first: Bytes, second: Bytes, *, seen: Marks | None = None) -> float:
    """Give the mean squared difference of two pictures.

    Parameters
    ----------
    first, second : ndarray of shape (h, w) or (h, w, c), uint8
        Two pictures of one size.
    seen : ndarray of shape (h, w), bool, optional
        Pixels that count; all where left out.

    Returns
    -------
    float
        Over all numbers of all pixels that count; NaN where none does.

    Examples
    --------
    >>> mean_squared_error(np.zeros((2, 2), np.uint8), np.array([[2, 0], [0, 0]], np.uint8))
    1.0
    """
    if seen is not None:
        first, second = first[seen], second[seen]
    return int(squares(first.ravel(), second.ravel())) / first.size if first.size else math.nan


@njit(cache=True, nogil=True)
def squares(first: Bytes, second: Bytes) -> np.int64:  # pragma: no cover
    """Sum the squared differences of two rows of whole numbers."""
    total = np.int64(0)
    for i in range(len(first)):
        total += (np.int64(first[i]) - np.int64(second[i])) ** 2
    return total


def decibels(error: float) -> float:
    """Give the PSNR of a mean squared error, in dB.

    Examples
    --------
    >>> round(decibels(1.0), 2), decibels(0.0)
    (48.13, inf)
    """
    return 10.0 * math.log10(255.0**2 / error) if error else math.inf


def structural_similarity(first: Bytes, second: Bytes, *, seen: Marks | None = None) -> float:
    """Give the mean structural similarity of two pictures.

    Parameters
    ----------
    first, second : ndarray of shape (h, w) or (h, w, c), uint8
        Two pictures of one size.
    seen : ndarray of shape (h, w), bool, optional
        Pixels that count: the windows around them are averaged; all where left out.

    Returns
    -------
    float
        At most 1; the mean over the channels; NaN where a side is shorter than the window, or
        no window is around a pixel that counts.

    Notes
    -----
    Equal to ``skimage.metrics.structural_similarity(first, second, data_range=255,
    channel_axis=2)``. Sums of whole numbers run along rows and columns, so that the time is
    O(h w c) whatever the window.

    Examples
    --------
    >>> picture = np.arange(100, dtype=np.uint8).reshape(10, 10)
    >>> structural_similarity(picture, picture)
    1.0
    """
    if min(first.shape[:2]) < WINDOW:
        return math.nan
    around = np.ones(first.shape[:2], dtype=np.bool_) if seen is None else seen
    channels = first.reshape(*first.shape[:2], -1)
    others = second.reshape(*second.shape[:2], -1)
    half = WINDOW // 2
    inner = around[half : len(around) - half, half : around.shape[1] - half]
    if not inner.any():
        return math.nan
    total = sum(
        similarities(channels[..., c], others[..., c], inner) for c in range(channels.shape[2])
    )
    return float(total / (channels.shape[2] * int(inner.sum())))


@njit(cache=True, nogil=True, error_model="numpy")
def similarities(first: Bytes, second: Bytes, inner: Marks) -> float:  # pragma: no cover
    """Sum the similarities of all windows whose middle is marked."""
    height, width = first.shape
    area = WINDOW * WINDOW
    part, unbiased = 1.0 / area, area / (area - 1.0)
    low, high = SMALL[0] ** 2, SMALL[1] ** 2
    columns = np.zeros((5, width), dtype=np.int32)
    total = 0.0
    for row in range(height):
        for x in range(width):
            a, b = np.int32(first[row, x]), np.int32(second[row, x])
            c, d = np.int32(0), np.int32(0)
            if row >= WINDOW:
                c, d = np.int32(first[row - WINDOW, x]), np.int32(second[row - WINDOW, x])
            columns[0, x] += a - c
            columns[1, x] += b - d
            columns[2, x] += a * a - c * c
            columns[3, x] += b * b - d * d
            columns[4, x] += a * b - c * d
        if row < WINDOW - 1:
            continue
        s0 = s1 = s2 = s3 = s4 = np.int64(0)
        for x in range(width):
            s0 += columns[0, x]
            s1 += columns[1, x]
            s2 += columns[2, x]
            s3 += columns[3, x]
            s4 += columns[4, x]
            if x >= WINDOW:
                s0 -= columns[0, x - WINDOW]
                s1 -= columns[1, x - WINDOW]
                s2 -= columns[2, x - WINDOW]
                s3 -= columns[3, x - WINDOW]
                s4 -= columns[4, x - WINDOW]
            if x < WINDOW - 1 or not inner[row - WINDOW + 1, x - WINDOW + 1]:
                continue
            p, q = s0 * part, s1 * part
            pp = unbiased * (s2 * part - p * p)
            qq = unbiased * (s3 * part - q * q)
            pq = unbiased * (s4 * part - p * q)
            total += ((2.0 * p * q + low) * (2.0 * pq + high)) / (
                (p * p + q * q + low) * (pp + qq + high)
            )
    return total


def root_of_squares(first: Bytes, second: Bytes) -> NDArray[np.float32]:
    """Give for each pixel (h, w) the distance of its two colours, from 0 to 442.

    Examples
    --------
    >>> black, white = np.zeros((1, 1, 3), np.uint8), np.full((1, 1, 3), 255, np.uint8)
    >>> root_of_squares(black, white).astype(int).tolist()
    [[441]]
    """
    apart = first.astype(np.int32) - second
    distances: NDArray[np.float32] = np.sqrt(np.square(apart).sum(axis=2).astype(np.float32))
    return distances
