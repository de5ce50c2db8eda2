"""Augmentation: the same things again, a little different, as nobody would call them other.

A digit that is moved by two pixels and turned by five degrees is the same digit, and so it
belongs to the same cluster. A network that is shown such variants learns what does not matter;
for clustering that is the only hint about the task that it gets, and on MNIST the step from 0.9
to 0.98 (Guo et al., 2018). Of a table nothing is known but that the last digits of a number do
not matter: there it is noise.

Variants are drawn anew for every epoch, from seed and epoch alone, so that a training that was
stopped and gone on with meets the same ones.

References
----------
X. Guo, E. Zhu, X. Liu, J. Yin, Deep embedded clustering with data augmentation, ACML 2018.
"""

from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from clustering.data.sequences.padding import PADDING
from clustering.errors import ParameterError, UnsupportedError

__all__ = ["Augment", "augmented", "check_augment", "pair"]

Augment = Literal["none", "shift and rotate", "noise"]
"""What may be done to a point that leaves it what it is."""

SHIFT = 0.1
"""Largest shift in either direction, as a share of the image's side."""
TURN = 10.0
"""Largest turn, in degrees."""
NOISE = 0.2
"""Standard deviation of the noise, in standard deviations of each column."""
BLOCK = 8192
"""Images that are moved in one call, so that 70,000 need no second copy of the memory."""

Singles = NDArray[np.float32]


def check_augment(augment: str, shape: tuple[int, ...] | None) -> None:
    """Raise where there is no such augmentation, or none for points that are no images.

    Raises
    ------
    ParameterError
        Where the name is none of `Augment`.
    UnsupportedError
        Where points without the shape of an image should be moved.
    """
    if augment not in get_args(Augment):
        raise ParameterError(
            f"'{augment}' is no augmentation; choose {', '.join(get_args(Augment))}."
        )
    if augment == "shift and rotate" and (shape is None or len(shape) < 2):
        raise UnsupportedError(
            "Only images can be shifted and turned, and these points are none; choose noise."
        )


def augmented(
    points: Singles,
    *,
    augment: str,
    shape: tuple[int, ...] | None = None,
    seed: int = 0,
    epoch: int = 0,
) -> Singles:
    """Draw a variant of every point.

    Parameters
    ----------
    points : ndarray of shape (n, d), float32
        The points, images as flat rows.
    augment : {"none", "shift and rotate", "noise"}
        Shifts of up to a tenth of the side and turns of up to ten degrees, the border filled
        with zeros; or normal noise of a fifth of each column's standard deviation.
    shape : tuple of (h, w) or (h, w, c), optional
        Height, width and channels of the images.
    seed, epoch : int
        Equal numbers give equal variants.

    Returns
    -------
    ndarray of shape (n, d), float32
        The variants; the points themselves where there is no augmentation.

    Raises
    ------
    ParameterError, UnsupportedError
        As `check_augment` does.

    Notes
    -----
    O(n d).
    """
    check_augment(augment, shape)
    if augment == "none":
        return points
    if augment == "shift and rotate" and (points[:, -1] == PADDING).any():
        raise UnsupportedError(
            "Series of unequal length cannot be shifted and turned as images can; choose noise."
        )
    rng = np.random.default_rng([seed, epoch, len(points)])
    if augment == "noise":
        noise = rng.standard_normal(points.shape, dtype=np.float32)
        held = points != PADDING
        spread = points.std(axis=0, where=held)
        noisy: Singles = np.where(held, points + NOISE * np.nan_to_num(spread) * noise, points)
        return noisy
    return _moved(points, transforms(rng, len(points), shape or ()), shape=shape or ())


def pair(
    points: Singles, *, augment: str, shape: tuple[int, ...] | None, seed: int, epoch: int
) -> tuple[Singles, Singles]:
    """Give what an autoencoder is shown in one epoch, and what it is to give back.

    A moved image is to be given back as it was moved; noise is to be taken off.

    Returns
    -------
    tuple of two ndarrays of shape (n, d), float32
        Inputs and targets.
    """
    shown = augmented(points, augment=augment, shape=shape, seed=seed, epoch=epoch)
    return shown, (points if augment == "noise" else shown)


def transforms(rng: np.random.Generator, n: int, shape: tuple[int, ...]) -> Singles:
    """Draw a shift and a turn around the middle for each of `n` images, shape (n, 8).

    The eight numbers say where each pixel of the new image is taken from: at
    ``(a0 x + a1 y + a2, b0 x + b1 y + b2)`` of the old one; the last two are zero.
    """
    height, width = shape[:2]
    angle = np.radians(rng.uniform(-TURN, TURN, n))
    right, down = rng.uniform(-SHIFT, SHIFT, (2, n)) * np.array([[width], [height]])
    cos, sin = np.cos(angle), np.sin(angle)
    x, y = (width - 1) / 2, (height - 1) / 2
    none = np.zeros(n)
    return np.stack(
        [
            cos, -sin, x - cos * (x + right) + sin * (y + down),
            sin, cos, y - sin * (x + right) - cos * (y + down),
            none, none,
        ],
        axis=1,
    ).astype(np.float32)  # fmt: skip


def _moved(points: Singles, moves: Singles, *, shape: tuple[int, ...]) -> Singles:
    """Move each image by its own transform, in blocks."""
    from clustering.deep import backend

    keras: Any = backend.keras()
    size = (-1, *shape) if len(shape) == 3 else (-1, *shape, 1)
    found = np.empty_like(points)
    for begin in range(0, len(points), BLOCK):
        block = slice(begin, begin + BLOCK)
        images = keras.ops.image.affine_transform(
            points[block].reshape(size),
            moves[block],
            interpolation="bilinear",
            fill_mode="constant",
            fill_value=0.0,
            data_format="channels_last",
        )
        found[block] = keras.ops.convert_to_numpy(images).reshape(-1, points.shape[1])
    return found
