"""Arrays: images and their labels in the files of NumPy, by the names that people use.

Keras stores MNIST as ``x_train``, ``y_train``, ``x_test`` and ``y_test``; others write
``train_images``, ``X`` and ``y``, ``images`` and ``labels``, or no names at all, which
``numpy.savez`` turns into ``arr_0`` and ``arr_1``. Nothing is ever unpickled.
"""

import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clustering.data.formats.arrays import array_of
from clustering.data.formats.packing import member_of
from clustering.data.image_files.found import SHOWN, Found, Pixels, sized
from clustering.data.image_files.levels import eight_bits, laid_out
from clustering.errors import ReadError

__all__ = ["read_npy", "read_npz"]

IMAGES = ("x", "images", "image", "imgs", "data", "pixels", "inputs", "features", "arr_0")
LABELS = ("y", "labels", "label", "targets", "target", "classes", "class", "truth", "arr_1")
PARTS = ("train", "test")

Pair = tuple[str, str]
"""The name of an array of images, and that of its labels or nothing."""

Infos = Mapping[str, zipfile.ZipInfo]


def read_npy(content: bytes, called: str) -> Found:
    """Read a single array as images without labels.

    Parameters
    ----------
    content : bytes
        The whole file.
    called : str
        How sentences name it.

    Returns
    -------
    Found

    Raises
    ------
    ReadError
        Where it holds objects, is damaged, or is no stack of images.
    """
    pixels, notes = images_of(array_of(content, called), called)
    return Found(pixels, notes=notes)


def read_npz(content: bytes, infos: Infos, called: str) -> Found:
    """Read images, and labels and a test part where there are such.

    Parameters
    ----------
    content : bytes
        The whole file.
    infos : mapping of str to ZipInfo
        Its arrays by name.
    called : str
        How sentences name it.

    Returns
    -------
    Found
        First the training part, then the test part.

    Raises
    ------
    ReadError
        Where it has no array of images by a known name, holds objects, or parts do not fit
        together.
    """
    pairs = parts_of(infos) or [pair for pair in [whole_of(infos)] if pair[0]]
    if not pairs:
        raise ReadError(
            f"{called} has no array of images: none is called x_train, x or images. It holds "
            f"{holding(content, infos, called)}; save it with these names."
        )
    stacks, labels, notes = list[Pixels](), list[NDArray[Any] | None](), list[str]()
    for images, named in pairs:
        pixels, said = images_of(array_in(content, infos, images, called), f"'{images}'")
        notes += [each for each in said if each not in notes]
        stacks.append(pixels)
        labels.append(labels_in(content, infos, (images, named), len(pixels), called))
    if len({stack.shape[1:] for stack in stacks}) > 1:
        sizes = " and ".join(sized(stack.shape[1:]) for stack in stacks)
        raise ReadError(f"The two parts of {called} hold images of {sizes}; make them one size.")
    split = len(pairs) > 1
    return Found(
        np.concatenate(stacks) if split else stacks[0],
        joined(labels, pairs, called),
        test=np.repeat([False, True], [len(stack) for stack in stacks]) if split else None,
        notes=tuple(notes),
    )


def parts_of(infos: Infos) -> list[Pair]:
    """Find images that are stored in two parts, for training and for testing."""
    pairs = []
    for part in PARTS:
        found = [""] * 2
        for name in infos:
            words = name.lower().replace("-", "_").split("_")
            if part in words and len(words) == 2:
                kind = words[1 - words.index(part)]
                found = [name if kind in IMAGES else found[0], name if kind in LABELS else found[1]]
        if found[0]:
            pairs.append((found[0], found[1]))
    return pairs


def whole_of(infos: Infos) -> Pair:
    """Find images that are stored in one piece."""
    lower = {name.lower(): name for name in reversed(list(infos))}
    images = next((lower[name] for name in IMAGES if name in lower), "")
    return images, next((lower[name] for name in LABELS if name in lower), "")


def array_in(content: bytes, infos: Infos, name: str, called: str) -> NDArray[Any]:
    """Give one array of the file."""
    return array_of(member_of(content, infos[name], called), f"'{name[:60]}' in {called}")


def labels_in(content: bytes, infos: Infos, pair: Pair, n: int, called: str) -> NDArray[Any] | None:
    """Give the labels of n images, where there are any."""
    images, named = pair
    if not named:
        return None
    labels = array_in(content, infos, named, called)
    if len(labels) != n:
        raise ReadError(
            f"{called} has {n:,} images in '{images}' and {len(labels):,} labels in '{named}'; "
            "each image needs one, so save both from the same rows."
        )
    return labels


def images_of(array: NDArray[Any], called: str) -> tuple[Pixels, tuple[str, ...]]:
    """Lay an array out as images of eight bits, and say what was done."""
    laid, first = laid_out(array, called)
    pixels, second = eight_bits(laid, called)
    return pixels, tuple(filter(None, [first, second]))


def joined(
    labels: list[NDArray[Any] | None], pairs: list[Pair], called: str
) -> NDArray[Any] | None:
    """Join the labels of the parts."""
    there = [each for each in labels if each is not None]
    if not there:
        return None
    if len(there) < len(labels):
        lacking = next(images for images, named in pairs if not named)
        raise ReadError(f"{called} has labels for one part and none for '{lacking}'; add them.")
    if len({(each.dtype.kind in "SU", each.shape[1:]) for each in there}) > 1:
        raise ReadError(f"The labels of the two parts of {called} are written in different ways.")
    return np.concatenate(there)


def holding(content: bytes, infos: Infos, called: str) -> str:
    """Say which arrays a file holds, with their sizes."""
    if not infos:
        return "no arrays at all"
    said = []
    for name in list(infos)[:SHOWN]:
        shape = array_in(content, infos, name, called).shape
        said.append(f"'{name[:60]}' ({' x '.join(f'{side:,}' for side in shape)})")
    more = f" and {len(infos) - SHOWN:,} more" if len(infos) > SHOWN else ""
    return ", ".join(said) + more
