"""Image sets: many images of one size, their classes, and which of them are for testing.

A network learns from thousands of small images, and sees each as a row of numbers. They
come as MNIST is stored (an NPZ file with ``x_train``, ``y_train``, ``x_test``, ``y_test``),
as any other arrays, or as a ZIP of pictures in a folder for each class
(`clustering.data.image_files`). Where nothing is brought and MNIST is not at hand, there are
1,797 real digits of 8 x 8 pixels, which are part of scikit-learn.

References
----------
Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document
recognition", Proceedings of the IEEE 86, 1998.

E. Alpaydin, C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning
Repository, 1998.
"""

import os
from collections.abc import Iterator
from pathlib import Path, PurePath

import numpy as np

from clustering.data import samples
from clustering.data.formats.packing import member_of, members_of
from clustering.data.image_files.arrays import read_npy, read_npz
from clustering.data.image_files.classes import coded, drawn
from clustering.data.image_files.found import Found, Pixels, sized
from clustering.data.image_files.image_set import ImageSet, Part
from clustering.data.image_files.pictures import MOST_PICTURES, read_zip
from clustering.errors import DataError, ReadError

__all__ = ["ENDINGS", "FEWEST", "SAMPLES", "ImageSet", "Part", "mnist", "read", "sample"]

ENDINGS = (".npz", ".npy", ".zip")
"""Endings of the files that can be read."""

FEWEST = 10
"""Images from which a network can learn at all."""

WIDEST = 50_000
"""Numbers of one image, at most: 128 x 128 in colour."""

LARGEST = 200_000_000
"""Numbers of all images, at most."""

SAMPLES = {"digits": "1,797 handwritten digits, 8 x 8 pixels"}
"""The project's own image sets by id."""

MNIST = "mnist.npz"


def read(content: bytes, name: str, *, size: tuple[int, int] | None = None) -> ImageSet:
    """Read the bytes of a file of images.

    Parameters
    ----------
    content : bytes
        The whole file; nothing in it is executed.
    name : str
        How it is called; what it is follows from its bytes.
    size : (height, width), optional
        To which the pictures of a ZIP are scaled; left as they are, they must be of one
        size.

    Returns
    -------
    ImageSet
        With the test part of the file, or a fifth of its images, the same ones every time.

    Raises
    ------
    ReadError
        Where there are no images in it, too few, too many or too large ones, objects,
        images of several sizes, missing values, or labels that do not fit.

    Examples
    --------
    >>> from io import BytesIO
    >>> file = BytesIO()
    >>> np.savez(file, x=np.eye(12).reshape(12, 3, 4), y=np.arange(12) % 2)
    >>> images = read(file.getvalue(), "mine.npz")
    >>> images.n, images.shape, images.classes, images.counts().tolist()
    (12, (3, 4), ('0', '1'), [6, 6])
    """
    name = " ".join(name.encode("utf-8", "replace").decode().split())
    called = f"'{name[:80]}'"
    if not content:
        raise ReadError(f"{called} is empty: it holds no bytes; save the file again.")
    found = found_in(content, called, size)
    check_amount(found.pixels, called)
    n = len(found.pixels)
    labels, classes = (
        (None, ()) if found.labels is None else coded(found.labels, n, f"{called}, the labels,")
    )
    notes, test = list(found.notes), found.test
    if test is None:
        test = drawn(n, labels)
        notes.append(
            f"{int(test.sum()):,} of {n:,} images are kept back as a test part, the same ones "
            "every time."
        )
    return ImageSet(found.pixels, labels, classes, found.names, test, name, "image", tuple(notes))


def found_in(content: bytes, called: str, size: tuple[int, int] | None) -> Found:
    """Find the images in a file by what its first bytes say."""
    if content.startswith(b"\x93NUMPY"):
        return read_npy(content, called)
    if not content.startswith(b"PK"):
        raise ReadError(
            f"{called} is no NPZ, NPY or ZIP file; bring MNIST as an NPZ file, or pictures of one "
            "size in a ZIP."
        )
    infos = members_of(content, called, most=MOST_PICTURES)
    arrays = {info.filename[:-4]: info for info in infos if info.filename.lower().endswith(".npy")}
    if arrays or PurePath(called.strip("'")).suffix.lower() == ".npz":
        return read_npz(content, arrays, called)
    inside = [info for info in infos if info.filename.lower().endswith(".npz")]
    if len(inside) == 1 and len(infos) == 1:
        return found_in(member_of(content, inside[0], called), called, size)
    return read_zip(content, infos, called, size=size)


def check_amount(pixels: Pixels, called: str) -> None:
    """Refuse too few images, and too many or too large ones."""
    n, shape = len(pixels), pixels.shape[1:]
    if n < FEWEST:
        held = f"only {n} images" if n > 1 else "only one image"
        raise ReadError(
            f"{called} holds {held}, and a network needs at least {FEWEST} to learn from; bring "
            "more of them."
        )
    if np.prod(shape) > WIDEST:
        raise ReadError(
            f"The images in {called} are {sized(shape)} pixels, which is more than {WIDEST:,} "
            "numbers each; scale them down, for example to 64 x 64."
        )
    if min(shape[:2]) < 2:
        raise ReadError(f"The images in {called} are {sized(shape)} pixels, which shows nothing.")
    if pixels.size > LARGEST:
        raise ReadError(
            f"{called} holds {n:,} images of {sized(shape)} pixels, more than {LARGEST:,} numbers "
            "in all; bring fewer or smaller ones."
        )


def sample(id: str) -> ImageSet:
    """Give one of the project's own image sets.

    Parameters
    ----------
    id : str
        A key of `SAMPLES`.

    Returns
    -------
    ImageSet
        The digits are those that are part of scikit-learn: a test set of 43 writers.

    Raises
    ------
    DataError
        Where there is no such sample.

    Examples
    --------
    >>> digits = sample("digits")
    >>> digits.n, digits.shape, int(digits.test.sum())
    (1797, (8, 8), 359)
    """
    if id not in SAMPLES:
        shown = " ".join(id.split())[:80]
        raise DataError(f"There are no images called '{shown}'; choose some from the list.")
    from sklearn.datasets import load_digits

    digits = load_digits()
    pixels = np.floor(digits.images * (255 / 16) + 0.5).astype(np.uint8)
    labels = digits.target.astype(np.int64)
    test = drawn(len(pixels), labels)
    return ImageSet(
        pixels,
        labels,
        tuple(map(str, range(10))),
        (),
        test,
        "digits",
        "digit",
        (
            "These are the 1,797 real handwritten digits of 8 x 8 pixels that are part of "
            "scikit-learn, not MNIST.",
            f"{int(test.sum()):,} of them are kept back as a test part, the same ones every time.",
        ),
    )


def mnist() -> ImageSet | None:
    """Give MNIST's 70,000 digits where they are at hand.

    Returns
    -------
    ImageSet or None
        From ``mnist.npz`` in the folder that ``CLUSTERLOOM_DATA`` names, or one folder
        down, or in the cache of Keras; None where it is in neither, or is damaged there.
    """
    for path, where in places_of_mnist():
        try:
            found = read(path.read_bytes(), MNIST)
        except (OSError, ReadError):
            continue
        said = (f"These are MNIST's digits, from {where}.",)
        return ImageSet(
            found.pixels, found.labels, found.classes, (), found.test, "MNIST", "digit",
            said + found.notes,
        )  # fmt: skip
    return None


def places_of_mnist() -> Iterator[tuple[Path, str]]:
    """Give the files that may hold MNIST, and how a sentence names the place."""
    for path in samples.shelf((".npz",)).values():
        if path.name.lower() == MNIST:
            yield path, f"the folder named by {samples.VARIABLE}"
    home = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")
    cached = home / "datasets" / MNIST
    if cached.is_file():
        yield cached, "the cache of Keras"
