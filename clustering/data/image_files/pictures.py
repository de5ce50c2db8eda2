"""Pictures: a ZIP of files whose folders are their labels.

``digits/train/7/first.png`` is an image of class 7 in the training part. What the folders
above are called does not matter. Files that are no pictures are left out and named.
"""

import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from clustering.data.decoding import Bytes
from clustering.data.formats.packing import member_of
from clustering.data.image_files.found import SHOWN, Found, quoted, sized
from clustering.data.pictures import Picture, read
from clustering.errors import ReadError

__all__ = ["MOST_DECODED", "MOST_PICTURES", "read_zip"]

MOST_PICTURES = 100_000
"""Pictures that an archive may hold."""

MOST_DECODED = 1_000_000_000
"""Pixels of all pictures of an archive together, at most."""

TRAINING, TESTING = ("train", "training"), ("test", "testing")
LONGEST_NAME = 60

Size = tuple[int, int]


def read_zip(
    content: bytes, infos: Sequence[zipfile.ZipInfo], called: str, *, size: Size | None
) -> Found:
    """Read the pictures of an archive.

    Parameters
    ----------
    content : bytes
        The whole archive.
    infos : sequence of ZipInfo
        Its files.
    called : str
        How sentences name it.
    size : (height, width), optional
        To which every picture is scaled; as they are where left out.

    Returns
    -------
    Found
        Grey where every picture is. Labels are the names of the innermost folders, where
        there are two different ones.

    Raises
    ------
    ReadError
        Where there are no pictures, or they differ in size.
    """
    images, names, strays, notes = list[Bytes](), list[str](), list[str](), Counter[str]()
    decoded = 0
    for info in sorted(infos, key=lambda info: info.filename):
        name = info.filename.replace("\\", "/")
        try:
            picture = read(member_of(content, info, called), PurePosixPath(name).name)
        except ReadError:
            strays.append(name)
            continue
        decoded += picture.n
        if decoded > MOST_DECODED:
            raise ReadError(
                f"The pictures in {called} have more than {MOST_DECODED:,} pixels in all; scale "
                "them down or pack fewer of them."
            )
        notes.update(picture.notes)
        images.append(scaled(flat(picture), size))
        names.append(name)
    if not images:
        raise ReadError(
            f"{called} holds no pictures: {quoted(strays) or 'it is empty'}; pack PNG or JPEG "
            "files of one size, in a folder for each class."
        )
    check_sizes(images, called)
    pixels = np.stack(images)
    if (pixels == pixels[..., :1]).all():
        pixels = np.ascontiguousarray(pixels[..., 0])
    folders = [folders_of(name) for name in names]
    said = [f"{note} ({number:,} of {len(images):,})" for note, number in notes.items()]
    if strays:
        said.append(f"No pictures that can be read, and left out: {quoted(strays)}.")
    if size:
        said.append(f"Every picture was scaled to {sized(size)} pixels.")
    return Found(
        pixels,
        labels_of(folders),
        tuple(name[-LONGEST_NAME:] for name in names),
        test_of(folders),
        tuple(said),
    )


def flat(picture: Picture) -> Bytes:
    """Lay what is transparent on white."""
    if picture.alpha is None:
        return picture.pixels
    share = picture.alpha[..., None].astype(np.float64) / 255
    return np.rint(picture.pixels * share + 255 * (1 - share)).astype(np.uint8)


def scaled(pixels: Bytes, size: Size | None) -> Bytes:
    """Scale a picture to (height, width), each new pixel the mean of those it covers."""
    if size is None or pixels.shape[:2] == size:
        return pixels
    image = Image.fromarray(pixels).resize((size[1], size[0]), Image.Resampling.BOX)
    return np.asarray(image)


def check_sizes(images: Sequence[Bytes], called: str) -> None:
    """Refuse pictures of several sizes, and say which."""
    sizes = Counter(image.shape[:2] for image in images)
    if len(sizes) > 1:
        each = [f"{sized(size)} ({number:,})" for size, number in sizes.most_common(SHOWN)]
        more = f" and {len(sizes) - SHOWN:,} other sizes" if len(sizes) > SHOWN else ""
        raise ReadError(
            f"The {len(images):,} pictures in {called} are of {len(sizes):,} sizes: "
            f"{', '.join(each)}{more}. A network needs one; choose a size to which all of them "
            "are scaled, or bring them in one."
        )


def folders_of(name: str) -> tuple[str, ...]:
    """Give the folders that a file stands in, outermost first."""
    return tuple(part for part in PurePosixPath(name).parts[:-1] if part not in (".", "..", "/"))


def labels_of(
    folders: Sequence[tuple[str, ...]],
) -> NDArray[np.str_] | None:
    """Give the innermost folder of each, where these differ; the parts are no classes."""
    words = []
    for path in folders:
        last = path[-1] if path else ""
        words.append("" if last.lower() in (*TRAINING, *TESTING) else last)
    return np.array(words) if len(set(words) - {""}) > 1 else None


def test_of(
    folders: Sequence[tuple[str, ...]],
) -> NDArray[np.bool_] | None:
    """Mark what stands in a folder for testing, where there is one for training, too."""
    parts = [{part.lower() for part in path} for path in folders]
    test = np.array([not part.isdisjoint(TESTING) for part in parts])
    train = any(not part.isdisjoint(TRAINING) for part in parts)
    return test if train and test.any() else None
