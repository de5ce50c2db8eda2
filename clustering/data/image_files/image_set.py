"""Image set: many images of one size, as a Dataset wants them."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clustering.data.image_files.found import Pixels
from clustering.dataset import Dataset, Integers, Source, digest, frozen
from clustering.errors import ParameterError
from clustering.words import plural

__all__ = ["ImageSet", "Part"]

Part = Literal["train", "test", "all"]


@dataclass(frozen=True, eq=False, slots=True)
class ImageSet:
    """Images of one size, with their classes where these are known.

    Attributes
    ----------
    pixels : ndarray of shape (n, h, w) or (n, h, w, 3), uint8
        Grey, or red, green and blue.
    labels : ndarray of shape (n,), int64, or None
        Class of each image, from 0; -1 where one has none.
    classes : tuple of str
        What the classes are called.
    names : tuple of n str, or ()
        What the images are called, where they are files.
    test : ndarray of shape (n,), bool
        The images that are kept back to test what was learnt from the others.
    name : str
        Name of the file or sample.
    member : str
        What one of them is: ``"image"`` or ``"digit"``.
    notes : tuple of str
        Sentences: which images these are, and what was done to them.
    key : str
        Digest of the content.
    """

    pixels: Pixels
    labels: Integers | None
    classes: tuple[str, ...]
    names: tuple[str, ...]
    test: NDArray[np.bool_]
    name: str
    member: str = "image"
    notes: tuple[str, ...] = ()
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Make the arrays read-only and compute the key."""
        assign = object.__setattr__
        assign(self, "pixels", frozen(self.pixels, np.uint8))
        assign(self, "test", frozen(self.test, np.bool_))
        if self.labels is not None:
            assign(self, "labels", frozen(self.labels, np.int64))
        content = (self.pixels, self.labels, self.test, self.classes, self.names)
        assign(self, "key", digest(self.name, *content))

    @property
    def n(self) -> int:
        """Number of images."""
        return int(self.pixels.shape[0])

    @property
    def shape(self) -> tuple[int, ...]:
        """Height and width in pixels; and 3, where they are in colour."""
        return tuple(map(int, self.pixels.shape[1:]))

    def places(self, part: Part = "train") -> Integers:
        """Give the places of the images of one part, ascending."""
        if part not in ("train", "test", "all"):
            raise ParameterError(f"There is no part '{part}'; choose train, test or all.")
        return np.flatnonzero(
            np.ones(self.n, bool) if part == "all" else self.test == (part == "test")
        )

    def dataset(self, part: Part = "train", *, most: int | None = None, seed: int = 0) -> Dataset:
        """Give the images of a part as points, a number from 0 to 1 for each pixel.

        Parameters
        ----------
        part : {"train", "test", "all"}
            Which images.
        most : int, optional
            How many are drawn without replacement; all where left out.
        seed : int
            Of the draw.

        Returns
        -------
        Dataset
            Points ``pixels / 255``, row of the image after row; ``rows`` are places in
            the set.

        Raises
        ------
        ParameterError
            Where there is no such part, or `most` is below 1.
        """
        places = self.places(part)
        if most is not None and most < 1:
            raise ParameterError(f"{most} images are nothing to cluster; choose 1 or more.")
        changes: tuple[str, ...] = ()
        if most is not None and most < len(places):
            of = len(places)
            places = np.sort(np.random.default_rng(seed).choice(places, most, replace=False))
            changes = (
                f"A sample of {most:,} of {of:,} {plural(self.member)} is used; choose all.",
            )
        points = self.pixels[places].reshape(len(places), -1) / 255.0
        named = tuple(self.names[place] for place in places) if self.names else ()
        source = Source(self.name, self.member, named)
        return Dataset(points, columns_of(self.shape), places, source, changes=changes)

    def truth(self, dataset: Dataset) -> Integers | None:
        """Give the classes of the images of a Dataset made from this set, where known."""
        return None if self.labels is None else self.labels[dataset.rows]

    def counts(self, part: Part = "all") -> Integers:
        """Count the images of each class in a part, shape (number of classes,)."""
        if self.labels is None:
            return np.zeros(0, dtype=np.int64)
        labels = self.labels[self.places(part)]
        return np.bincount(labels[labels >= 0], minlength=len(self.classes))


def columns_of(shape: tuple[int, ...]) -> tuple[str, ...]:
    """Name the numbers of an image, as they stand one after the other.

    Examples
    --------
    >>> columns_of((1, 2)), columns_of((1, 1, 3))[0]
    (('row 1, column 1', 'row 1, column 2'), 'row 1, column 1, red')
    """
    ends = ("",) if len(shape) == 2 else (", red", ", green", ", blue")
    return tuple(
        f"row {row + 1}, column {column + 1}{end}"
        for row in range(shape[0])
        for column in range(shape[1])
        for end in ends
    )
