"""Quantized: a picture of few colours, and the palette that made it."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clustering.data.pictures import Bytes
from clustering.dataset import Floats, digest, frozen
from clustering.errors import DataError
from clustering.partition import Partition
from clustering.pictures.lab import to_rgb
from clustering.pictures.vectors import Vectors

__all__ = ["Quantized", "quantized"]


@dataclass(frozen=True, eq=False, slots=True)
class Quantized:
    """A picture whose pixels (or blocks) are entries of a palette.

    Attributes
    ----------
    vectors : Vectors
        The picture, taken apart.
    partition : Partition
        Which entry each distinct vector became; its centers are the entries before rounding.
    palette : ndarray of shape (k, 3), uint8
        The colours, grey ones with three equal numbers; for blocks of shape (k, b, b, 3).
    indices : ndarray of shape (rows, columns), uint8
        Entry of each pixel or block; 0 where it is wholly transparent.
    method : str
        Which of `METHODS` made the palette.
    dither : float
        Strength of the dithering, 0 where there is none.
    key : str
        Digest of all this.
    """

    vectors: Vectors
    partition: Partition
    palette: Bytes
    indices: Bytes
    method: str
    dither: float = 0.0
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Make the arrays read-only and compute the key."""
        assign = object.__setattr__
        assign(self, "palette", frozen(self.palette, np.uint8))
        assign(self, "indices", frozen(self.indices, np.uint8))
        assign(self, "key", digest(self.vectors.key, self.method, self.palette, self.indices))

    @property
    def k(self) -> int:
        """Entries of the palette."""
        return len(self.palette)

    @property
    def n(self) -> int:
        """Pixels of the picture."""
        return self.vectors.picture.n

    @property
    def image(self) -> Bytes:
        """The picture drawn with the palette, shape (height, width, 3)."""
        picture = self.vectors.picture
        drawn = self.palette[self.indices]
        if drawn.ndim == 5:
            rows, columns, side = drawn.shape[:3]
            drawn = drawn.swapaxes(1, 2).reshape(rows * side, columns * side, 3)
        return np.ascontiguousarray(drawn[: picture.height, : picture.width])

    @property
    def shares(self) -> Floats:
        """Part of the pixels (or blocks) that each entry has, shape (k,); they sum to 1."""
        there = self.indices[self.vectors.where >= 0]
        return np.bincount(there, minlength=self.k) / there.size


def quantized(vectors: Vectors, partition: Partition, *, method: str = "") -> Quantized:
    """Draw a picture with the centers of a partition.

    Parameters
    ----------
    vectors : Vectors
        The picture, taken apart.
    partition : Partition
        An answer for ``vectors.dataset`` with centers, 256 at most: one of a `ladder`, or any
        other method's.
    method : str
        What made it; the partition's own word where left out.

    Returns
    -------
    Quantized
        Entries in the order of the partition's clusters, rounded to whole numbers.

    Raises
    ------
    DataError
        Where the partition is about other vectors, or has no centers.
    """
    if not np.array_equal(partition.rows, vectors.dataset.rows):
        raise DataError("This answer belongs to another picture; compute it again.")
    if partition.centers is None or len(partition.centers) > 256 or partition.labels.min() < 0:
        raise DataError("A palette needs an answer of at most 256 clusters, each with a centre.")
    labels = partition.labels.astype(np.uint8)
    # The last place of the table is what -1, a transparent pixel, finds.
    indices = np.append(labels, np.uint8(0))[vectors.where]
    return Quantized(
        vectors,
        partition,
        palette_of(vectors, partition.centers),
        indices,
        method or named(partition),
    )


def palette_of(vectors: Vectors, centers: Floats) -> NDArray[np.uint8]:
    """Round centers to colours of eight bits, as they stand in a file."""
    colours = to_rgb(centers) if vectors.kind == "Lab" else centers
    whole = np.rint(colours).clip(0, 255).astype(np.uint8)
    if vectors.kind == "grey":
        return np.repeat(whole, 3, axis=1)
    side = vectors.side
    return whole if side == 1 else whole.reshape(-1, side, side, 3)


def named(partition: Partition) -> str:
    """Give the word by which the pages call a method."""
    usual = {"kmeans": "k-means", "scalar_quantization": "k-means", "lbg": "LBG"}
    return usual.get(partition.method, partition.method)
