"""Pictures: from the bytes of a file to pixels of eight bits, red, green and blue.

PNG, JPEG, WebP, GIF, TIFF and BMP come in, whatever they hold: palettes, sixteen bits, inks
(CMYK), floating numbers, transparency, a camera that was held upright (EXIF orientation), or
several frames, of which the first is taken. What was converted is told. The number of pixels
is read from the header, and more than `MOST` are refused before any of them is decoded: a
file of a few kilobytes may unfold to gigabytes.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray
from PIL import Image

import sample_data.pictures as drawn
from clustering.data.decoding import Bytes, decoded, unlike
from clustering.dataset import digest, frozen
from clustering.errors import DataError, ReadError

__all__ = ["ENDINGS", "MOST", "RECIPE", "SAMPLES", "Bytes", "Picture", "grey", "read", "sample"]

ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".tif", ".tiff", ".bmp")
"""Endings of the files that can be read."""

MOST = 50_000_000
"""Pixels of the largest picture that is opened."""

RECIPE = "flower_image.jpg"
"""The book's own picture."""

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP")

UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, TypeError, LookupError, ArithmeticError)
"""What the decoders raise, each in its own way, where bytes are not what they should be."""

ORIENTATION = 0x0112
"""The tag that says how the camera was held."""

SAMPLES = {
    "flower": "Flower (photograph)",
    "china": "Summer palace (photograph)",
    "gradient": "Smooth gradients",
    "flat_colours": "A few flat colours",
    "texture": "Texture",
    "transparent": "Something transparent",
}
"""The project's own pictures by id."""


@dataclass(frozen=True, eq=False, slots=True)
class Picture:
    """A picture as a rectangle of colours.

    Attributes
    ----------
    pixels : ndarray of shape (height, width, 3), uint8
        Red, green and blue in sRGB.
    alpha : ndarray of shape (height, width), uint8, or None
        0 where nothing is seen, 255 where all is; None where all of it is 255.
    name : str
        Name of the file or sample.
    stored : bytes
        The file as it came.
    notes : tuple of str
        Sentences: what was converted.
    key : str
        Digest of name, pixels and transparency.
    """

    pixels: Bytes
    alpha: Bytes | None
    name: str
    stored: bytes = field(repr=False)
    notes: tuple[str, ...] = ()
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Make the arrays read-only and compute the key."""
        assign = object.__setattr__
        assign(self, "pixels", frozen(self.pixels, np.uint8))
        if self.alpha is not None:
            assign(self, "alpha", frozen(self.alpha, np.uint8))
        assign(self, "key", digest(self.name, self.pixels, self.alpha))

    @property
    def height(self) -> int:
        """Rows of pixels."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Pixels in a row."""
        return int(self.pixels.shape[1])

    @property
    def n(self) -> int:
        """Number of pixels."""
        return self.height * self.width

    @property
    def seen(self) -> NDArray[np.bool_] | None:
        """Mark the pixels (height, width) that are not wholly transparent; None means all."""
        return None if self.alpha is None or self.alpha.all() else self.alpha > 0


def read(content: bytes, name: str) -> Picture:
    """Read the bytes of a picture.

    Parameters
    ----------
    content : bytes
        The whole file.
    name : str
        How it is called; what it is follows from its bytes.

    Returns
    -------
    Picture
        Its first frame, upright.

    Raises
    ------
    ReadError
        Where the bytes are no picture, a broken one, or one of more than `MOST` pixels.

    Examples
    --------
    >>> buffer = BytesIO()
    >>> Image.new("CMYK", (3, 2)).save(buffer, "TIFF")
    >>> picture = read(buffer.getvalue(), "inks.tif")
    >>> picture.height, picture.width, picture.notes
    (2, 3, ('Four inks (CMYK) were converted to red, green and blue.',))
    """
    if not content:
        raise ReadError(f"'{name}' is empty: it holds no bytes; save the picture again.")
    with _opened(content, name) as image:
        width, height = image.size
        if width * height > MOST:
            raise ReadError(
                f"'{name}' has {width:,} x {height:,} pixels, more than the {MOST:,} that are "
                "opened here; scale it down."
            )
        notes = list(_notes(image, content, name))
        try:
            image.load()
        except UNREADABLE:
            raise ReadError(
                f"'{name}' begins as a {_format(image)} of {width:,} x {height:,} pixels and "
                "breaks off: the file is damaged or was not copied to its end."
            ) from None
        try:
            pixels, alpha, said = decoded(image)
        except UNREADABLE:
            raise ReadError(
                f"'{name}' holds its colours in a way ({image.mode}) that cannot be converted; "
                "save it as an RGB picture."
            ) from None
    return Picture(pixels, alpha, name, bytes(content), (*notes, *filter(None, [said])))


@contextmanager
def _opened(content: bytes, name: str) -> Iterator[Image.Image]:
    """Open a picture, its pixels not yet decoded; warnings of the decoders are told by us."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Pillow knows a few formats only before all are looked for.
        Image.init()
        try:
            image = Image.open(BytesIO(content), formats=FORMATS)
        except Image.DecompressionBombError:
            raise ReadError(
                f"'{name}' would unfold to more than {2 * (Image.MAX_IMAGE_PIXELS or MOST):,} "
                f"pixels, and at most {MOST:,} are opened here; scale it down."
            ) from None
        except UNREADABLE:
            raise ReadError(unlike(content, name)) from None
        with image:
            yield image


def _format(image: Image.Image) -> str:
    return "JPEG" if image.format in (None, "MPO") else str(image.format)


def _notes(image: Image.Image, content: bytes, name: str) -> Iterator[str]:
    """Tell what the header says of conversions to come."""
    ending = PurePath(name).suffix.lower()
    if ending and ending not in ENDINGS:
        yield f"The name ends in {ending[:12]}, but the file is a {_format(image)} picture."
    frames = getattr(image, "n_frames", 1)
    if frames > 1:
        yield f"The first of {frames:,} frames was taken."
    if image.mode == "CMYK":
        yield "Four inks (CMYK) were converted to red, green and blue."
    if image.mode in ("P", "PA"):
        yield "The colours of its palette were written into every pixel."
    if image.format == "PNG" and content[24:25] == b"\x10" and image.mode != "I;16":
        yield "16 bits a channel were scaled to 8."
    try:
        turned = image.getexif().get(ORIENTATION, 1)
    except UNREADABLE:
        turned = 1
    if turned in range(2, 9):
        yield "It was turned upright, as its EXIF orientation says."


def grey(picture: Picture) -> Bytes:
    """Give the grey levels of a picture, as the book's recipe makes them.

    Parameters
    ----------
    picture : Picture
        Any picture.

    Returns
    -------
    ndarray of shape (height, width), uint8
        ``0.299 red + 0.587 green + 0.114 blue``, its fraction cut off.

    Examples
    --------
    >>> grey(sample("flat_colours")).dtype
    dtype('uint8')
    """
    return np.asarray(Image.fromarray(picture.pixels).convert("F")).astype(np.uint8)


def sample(id: str) -> Picture:
    """Give one of the project's own pictures.

    Parameters
    ----------
    id : str
        A key of `SAMPLES`.

    Returns
    -------
    Picture
        Photographs are scikit-learn's, the others drawn by code; `stored` is a PNG or JPEG.

    Raises
    ------
    DataError
        Where there is no such sample.

    Examples
    --------
    >>> picture = sample("flower")
    >>> picture.height, picture.width
    (427, 640)
    """
    if id not in SAMPLES:
        shown = " ".join(id.split())[:80]
        raise DataError(f"There is no picture called '{shown}'; choose one from the list.")
    return MADE[id]()


def _photograph(id: str) -> Picture:
    """Read a picture that comes with scikit-learn."""
    from importlib.resources import files

    return read((files("sklearn.datasets.images") / f"{id}.jpg").read_bytes(), f"{id}.jpg")


def _drawing(id: str) -> Picture:
    """Draw a picture, and store it as a PNG."""
    buffer = BytesIO()
    Image.fromarray(getattr(drawn, id)()).save(buffer, "PNG")
    return read(buffer.getvalue(), f"{id}.png")


MADE: dict[str, Callable[[], Picture]] = {
    id: partial(_photograph if id in ("flower", "china") else _drawing, id) for id in SAMPLES
}
