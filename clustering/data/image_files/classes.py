"""Classes: labels of any kind to numbers with names, and a test part that stays the same."""

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clustering.dataset import Integers
from clustering.errors import ReadError

__all__ = ["MOST_CLASSES", "coded", "drawn"]

MOST_CLASSES = 1_000
"""Different labels beyond which they are measurements, not classes."""

FIFTH = 5  # one image in so many is for testing


def coded(labels: NDArray[Any], n: int, called: str) -> tuple[Integers, tuple[str, ...]]:
    """Give each image the number of its class, and the classes their names.

    Parameters
    ----------
    labels : ndarray of shape (n,), (n, 1) or (n, k)
        Whole numbers, words, or one column of 0 and 1 a class; ``""`` and NaN: none.
    n : int
        Number of images.
    called : str
        How sentences name the labels.

    Returns
    -------
    tuple of (ndarray of shape (n,), int64; tuple of str)
        Classes from 0 in the order of their names, numbers by value; -1 for none.

    Raises
    ------
    ReadError
        Where they are no classes.

    Examples
    --------
    >>> numbers, names = coded(np.array(["10", "9", "", "9"]), 4, "y")
    >>> numbers.tolist(), names
    ([1, 0, -1, 0], ('9', '10'))
    """
    if labels.ndim == 2 and labels.shape[1] > 1:
        labels = one_hot(labels, called)
    flat = labels.reshape(n, -1)[:, 0] if labels.size else labels.reshape(-1)
    if flat.dtype.kind not in "biufUS" or labels.size != n:
        raise ReadError(f"{called} holds no labels; save a whole number or a word for each image.")
    if flat.dtype.kind == "f" and (flat[np.isfinite(flat)] % 1 != 0).any():
        raise ReadError(
            f"{called} holds fractions, which are measurements and no classes; save whole numbers."
        )
    values, places = np.unique(flat, return_inverse=True)
    words = [word(value) for value in values.tolist()]
    names = sorted(filter(None, dict.fromkeys(words)), key=natural)
    if len(names) > MOST_CLASSES:
        raise ReadError(
            f"{called} holds {len(names):,} different labels, and at most {MOST_CLASSES:,} are "
            "taken for classes; leave them out or save fewer."
        )
    number = {name: place for place, name in enumerate(names)}
    codes = np.array([number.get(each, -1) for each in words], dtype=np.int64)
    return codes[places.reshape(-1)], tuple(names)


def one_hot(labels: NDArray[Any], called: str) -> NDArray[Any]:
    """Give the place of the 1 in each row."""
    if labels.dtype.kind not in "biuf" or not (
        np.isin(labels, (0, 1)).all() and (labels.sum(axis=1) == 1).all()
    ):
        raise ReadError(
            f"{called} has {labels.shape[1]:,} numbers for each image, and not a single 1 among "
            "zeros; save one label for each image."
        )
    places: NDArray[Any] = labels.argmax(axis=1)
    return places


def word(value: object) -> str:
    """Write a label as a word; nothing for what is missing."""
    if isinstance(value, float):
        return str(int(value)) if np.isfinite(value) else ""
    if isinstance(value, bytes):
        return " ".join(value.decode("utf-8", "replace").split())
    return " ".join(str(value).split())


def natural(name: str) -> list[tuple[int, int, str]]:
    """Order names as a reader does: 9 before 10, "img2" before "img10"."""
    parts = re.findall(r"(\d+)|(\D+)", name, re.ASCII)
    return [(0, int(digits[:18]), "") if digits else (1, 0, other) for digits, other in parts]


def drawn(n: int, labels: Integers | None) -> NDArray[np.bool_]:
    """Mark one image in five for testing, of each class alike, the same ones every time.

    Examples
    --------
    >>> marked = drawn(50, np.arange(50) % 2)
    >>> marked[::2].sum(), marked[1::2].sum()
    (np.int64(5), np.int64(5))
    """
    order = np.random.default_rng(0).permutation(n)
    if labels is not None:
        order = order[np.argsort(labels[order], kind="stable")]
    test = np.zeros(n, dtype=bool)
    test[order[FIFTH // 2 :: FIFTH]] = True
    return test
