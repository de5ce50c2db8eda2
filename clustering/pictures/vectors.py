"""Vectors: what of a picture is quantized, each distinct one once with its count.

A grey level is a vector of one number, a colour of three, a block of 2 x 2 pixels of twelve.
A photograph of twelve million pixels holds a few hundred thousand different colours, so that
each weighs as many pixels as have it, and no method loses anything by it.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clustering.data.pictures import Bytes, Picture, grey
from clustering.dataset import Dataset, Integers, Source, digest, frozen
from clustering.errors import DataError, ParameterError
from clustering.pictures.lab import from_rgb

__all__ = ["KINDS", "Vectors", "side_of", "vectors"]

KINDS = ("grey", "RGB", "Lab", "2 x 2 blocks", "4 x 4 blocks")
"""What a vector is."""

COLUMNS = {
    "grey": ("grey level",),
    "RGB": ("red", "green", "blue"),
    "Lab": ("L (lightness)", "a (green to red)", "b (blue to yellow)"),
}
MOST = 256
"""Entries of a palette that eight bits can tell apart."""


@dataclass(frozen=True, eq=False, slots=True)
class Vectors:
    """The distinct vectors of a picture, and where each of them is.

    Attributes
    ----------
    picture : Picture
        The picture.
    kind : str
        One of `KINDS`.
    dataset : Dataset
        The n distinct vectors, weighted with how often each occurs; its rows are the places
        (in reading order) of their first pixel or block.
    where : ndarray of shape (rows, columns), int32
        Which of them each pixel or block is; -1 for one that is wholly transparent.
    key : str
        Digest of picture and kind.
    """

    picture: Picture
    kind: str
    dataset: Dataset
    where: NDArray[np.int32]
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Make the array read-only and compute the key."""
        object.__setattr__(self, "where", frozen(self.where, np.int32))
        object.__setattr__(self, "key", digest(self.picture.key, self.kind))

    @property
    def n(self) -> int:
        """Number of distinct vectors."""
        return self.dataset.n

    @property
    def side(self) -> int:
        """Pixels along the side of a vector: 1, or 2 or 4 for blocks."""
        return side_of(self.kind)

    @property
    def most(self) -> int:
        """Largest palette: 256 entries, one less with transparency, or all vectors there are."""
        one_less = self.picture.alpha is not None and self.side == 1
        return min(MOST - one_less, self.n)

    @property
    def noun(self) -> str:
        """What an entry of the palette is, in the singular."""
        return self.dataset.source.member


def side_of(kind: str) -> int:
    """Give the pixels along the side of a vector.

    Examples
    --------
    >>> [side_of(kind) for kind in KINDS]
    [1, 1, 1, 2, 4]
    """
    return int(kind[0]) if "blocks" in kind else 1


def vectors(picture: Picture, *, kind: str = "RGB") -> Vectors:
    """Take a picture apart into its distinct vectors.

    Parameters
    ----------
    picture : Picture
        Any picture.
    kind : str
        One of `KINDS`: grey levels as the recipe makes them, colours in sRGB or in Lab, or
        blocks of pixels with three numbers for each. Where the size of a picture is no
        multiple of a block's, its last row and column are repeated.

    Returns
    -------
    Vectors
        Grey levels and colours ascend; blocks are in lexicographic order. Wholly transparent
        pixels, and blocks of nothing else, take no part.

    Raises
    ------
    ParameterError
        Where there is no such kind.
    DataError
        Where every pixel is transparent.

    Notes
    -----
    O(n) for grey levels and colours; blocks are sorted.

    Examples
    --------
    >>> from clustering.data.pictures import sample
    >>> levels = vectors(sample("flat_colours"), kind="grey")
    >>> levels.dataset.d, int(levels.dataset.weights.sum()) == levels.picture.n
    (1, True)
    """
    if kind not in KINDS:
        raise ParameterError(f"'{kind}' is nothing a vector can be; choose one of {KINDS}.")
    if picture.alpha is not None and not picture.alpha.any():
        raise DataError("Every pixel of this picture is transparent; there is nothing to see.")
    if kind == "grey":
        codes, counts, first, where = _coded(grey(picture).astype(np.int32), picture.seen, 256)
        points = codes[:, None].astype(np.float64)
    elif kind in ("RGB", "Lab"):
        red, green, blue = np.moveaxis(picture.pixels.astype(np.int32), 2, 0)
        codes, counts, first, where = _coded(red << 16 | green << 8 | blue, picture.seen, 1 << 24)
        points = np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=1).astype(np.float64)
        points = from_rgb(points) if kind == "Lab" else points
    else:
        blocks, counts, first, where = _blocks(picture, side_of(kind))
        points = blocks.astype(np.float64)
    noun = "grey level" if kind == "grey" else "colour" if kind in COLUMNS else "block"
    return Vectors(
        picture,
        kind,
        Dataset(
            points=points,
            columns=COLUMNS.get(kind) or _columns(side_of(kind)),
            rows=first,
            source=Source(picture.name, noun),
            weights=counts.astype(np.float64),
        ),
        where,
    )


def _coded(
    codes: NDArray[np.int32], seen: NDArray[np.bool_] | None, size: int
) -> tuple[Integers, Integers, Integers, NDArray[np.int32]]:
    """Count whole numbers below `size`; give those that occur, counts, first places, and which."""
    visible = codes.ravel() if seen is None else codes[seen]
    places = np.arange(codes.size) if seen is None else np.flatnonzero(seen)
    where = np.full(codes.shape, -1, dtype=np.int32)
    if size > 8 * codes.size:
        # Few pixels are sorted sooner than all colours that there could be are gone through.
        several, early, inverse, often = np.unique(
            visible, return_index=True, return_inverse=True, return_counts=True
        )
        where.ravel()[places] = inverse
        return several.astype(np.int64), often, places[early], where
    counts = np.bincount(visible, minlength=size)
    found = np.flatnonzero(counts)
    first = np.empty(size, dtype=np.int64)
    first[visible[::-1]] = places[::-1]
    names = np.empty(size, dtype=np.int32)
    names[found] = np.arange(len(found), dtype=np.int32)
    where.ravel()[places] = names[visible]
    return found, counts[found], first[found], where


def _blocks(picture: Picture, side: int) -> tuple[Bytes, Integers, Integers, NDArray[np.int32]]:
    """Cut a picture into blocks; give the distinct ones as `_coded` does."""
    cells = cut(picture.pixels, side)
    rows, columns = cells.shape[:2]
    flat = np.ascontiguousarray(cells.reshape(rows * columns, -1))
    seen: NDArray[np.bool_] = np.ones(len(flat), dtype=np.bool_)
    if picture.alpha is not None:
        seen = cut(picture.alpha[..., None], side).reshape(len(flat), -1).max(axis=1) > 0
    whole = flat[seen].view(f"V{flat.shape[1]}")[:, 0]
    _, first, inverse, counts = np.unique(
        whole, return_index=True, return_inverse=True, return_counts=True
    )
    where = np.full(len(flat), -1, dtype=np.int32)
    where[seen] = inverse
    rows_of = np.flatnonzero(seen)[first]
    return flat[rows_of], counts, rows_of, where.reshape(rows, columns)


def cut(pixels: Bytes, side: int) -> Bytes:
    """Give the blocks (rows, columns, side, side, channels) of pixels, the border repeated."""
    height, width, channels = pixels.shape
    padded = np.pad(pixels, ((0, -height % side), (0, -width % side), (0, 0)), mode="edge")
    rows, columns = padded.shape[0] // side, padded.shape[1] // side
    return padded.reshape(rows, side, columns, side, channels).swapaxes(1, 2)


def _columns(side: int) -> tuple[str, ...]:
    """Name the numbers of a block."""
    return tuple(
        f"{colour} at row {row + 1}, column {column + 1}"
        for row in range(side)
        for column in range(side)
        for colour in ("red", "green", "blue")
    )
