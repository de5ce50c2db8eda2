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
from PIL import Image, ImageOps

import sample_data.pictures as drawn
from clustering.data.formats.signatures import refusal_of
from clustering.dataset import Floats, digest, frozen
from clustering.errors import DataError, ReadError

__all__ = ["ENDINGS", "MOST", "RECIPE", "SAMPLES", "Bytes", "Picture", "grey", "read", "sample"]

Bytes = NDArray[np.uint8]

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
            raise ReadError(_refusal(content, name)) from None
        with image:
            yield image


def _refusal(content: bytes, name: str) -> str:
    """Say what the bytes are, if no picture that can be read."""
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    choose = "choose a PNG, JPEG, WebP, GIF, TIFF or BMP file"
    if head.startswith((b"<svg", b"<?xml", b"<!doctype svg")) and b"<svg" in head:
        return f"'{name}' is an SVG, a drawing of lines and not of pixels; export it as a PNG."
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        return f"'{name}' is a HEIC or AVIF picture; save it as JPEG or PNG and bring that."
    if head.startswith(b"%pdf"):
        return f"'{name}' is a PDF document; export its page as a PNG."
    what = refusal_of(content)[0]
    if "picture" in what and not what.startswith("a picture,"):
        return f"'{name}' begins as {what}, but its header is damaged; save or copy it again."
    if PurePath(name).suffix.lower() in (".csv", ".tsv", ".txt") or _is_text(content):
        return f"'{name}' is a CSV or another text, and no picture; bring it on the Data page."
    return f"'{name}' is no picture that can be read; {choose}."


def _is_text(content: bytes) -> bool:
    """Tell whether the first bytes are text."""
    head = content[:4096]
    return bool(head) and not any(byte < 9 or 13 < byte < 32 for byte in head)


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


def decoded(image: Image.Image) -> tuple[Bytes, Bytes | None, str]:
    """Give colours, transparency where there is any, and what was scaled."""
    try:
        image = ImageOps.exif_transpose(image)
    except (OSError, ValueError, SyntaxError, TypeError, LookupError):
        pass  # Damaged EXIF: the pixels are as they are stored.
    if image.mode.startswith("I") or image.mode == "F":
        levels, said = scaled(np.asarray(image, dtype=np.float64), image.mode)
        hidden = image.info.get("transparency")
        alpha = None if hidden is None else (np.asarray(image) != hidden) * np.uint8(255)
        colours = np.repeat(levels[..., None], 3, axis=2)
    elif "transparency" in image.info or image.mode in ("LA", "La", "PA", "RGBA", "RGBa"):
        image = image.convert("LA") if image.mode == "La" else image
        whole = np.asarray(image.convert("RGBA"))
        colours, alpha, said = whole[..., :3], whole[..., 3], ""
    else:
        colours, alpha, said = np.asarray(image.convert("RGB")), None, ""
    return colours, None if alpha is None or (alpha == 255).all() else alpha, said


def scaled(values: Floats, mode: str) -> tuple[Bytes, str]:
    """Bring numbers of more than eight bits to 0 ... 255."""
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if mode.startswith("I") and (";16" in mode or 0 <= low <= high <= 65535):
        return np.rint(values / 257).astype(np.uint8), "16 bits a pixel were scaled to 8."
    if low >= 0 and high <= 1:
        said = "Values from 0 to 1 were scaled to 0 ... 255."
    else:
        values = (values - low) / ((high - low) or 1.0)
        said = f"Values from {low:g} to {high:g} were stretched to 0 ... 255."
    return np.rint(np.nan_to_num(values).clip(0, 1) * 255).astype(np.uint8), said


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
