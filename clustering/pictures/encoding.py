"""Encoding: the picture as a file that other programs open with exactly this palette.

An indexed PNG holds the palette in its order and one number for each pixel, in 1, 2, 4 or 8
bits. Transparency is a further number for each entry of the palette; where a colour occurs with
several transparencies it stands there once for each, behind the palette itself.

References
----------
W3C, Portable Network Graphics (PNG) Specification, third edition, 2025.
"""

import json
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image

from clustering.data.pictures import Bytes
from clustering.pictures.quantized import Quantized

__all__ = [
    "Indexed",
    "codebook_bytes",
    "indexed",
    "palette_gpl",
    "palette_json",
    "png",
    "seen_through",
]


LARGE = 2_000_000
"""Pixels beyond which zlib's level is 6, not 9: four times as fast, a file 2% larger."""


@dataclass(frozen=True, eq=False, slots=True)
class Indexed:
    """What stands in an indexed PNG.

    Attributes
    ----------
    entries : ndarray of shape (m, 3), uint8
        The palette, and behind it the further entries that transparency needs.
    alpha : ndarray of shape (m,), uint8, or None
        Transparency of each; None where none has any.
    indices : ndarray of shape (height, width), uint8
        Entry of each pixel.
    levels : int
        Different transparencies that could be kept, of `given`.
    given : int
        Different transparencies of the picture.
    note : str
        What of the transparency is lost, in a sentence; empty where nothing is.
    """

    entries: Bytes
    alpha: Bytes | None
    indices: Bytes
    levels: int = 1
    given: int = 1

    @property
    def note(self) -> str:
        """Say what of the transparency is lost."""
        if self.levels >= self.given:
            return ""
        return (
            "The PNG has 256 entries for colours and transparencies together, so that the "
            f"{self.given} different transparencies are rounded to {self.levels}; fewer colours "
            "leave room for more."
        )


def indexed(quantized: Quantized) -> Indexed:
    """Give the entries and numbers of the indexed PNG.

    Parameters
    ----------
    quantized : Quantized
        A picture of single pixels, not of blocks.

    Returns
    -------
    Indexed
        Where colours times transparencies are more than 256 entries, transparency is rounded
        to as many steps as there is room for; wholly transparent pixels stay so.
    """
    alpha = quantized.vectors.picture.alpha
    if alpha is None:
        return Indexed(quantized.palette, None, quantized.indices)
    return Indexed(*seen_through(quantized.palette, quantized.indices, alpha))


def seen_through(
    palette: Bytes, indices: Bytes, alpha: Bytes
) -> tuple[Bytes, Bytes, Bytes, int, int]:
    """Give an entry to every colour and transparency that occur together, the palette first."""
    whole = alpha.astype(np.int64) << 8 | indices
    together = np.flatnonzero(np.bincount(whole.ravel(), minlength=1 << 16))
    seen, colour = together >> 8, together & 255
    given = len(np.unique(seen))
    for tried, levels in enumerate((given, *range(given - 1, 2, -1), 2)):
        clear = seen
        if tried:
            clear = np.rint(np.rint(seen * ((levels - 1) / 255)) * (255 / (levels - 1)))
            clear = clear.astype(np.int64)
        pairs = clear << 8 | np.where(clear > 0, colour, 0)
        found = np.unique(pairs)
        more = found[found < 255 << 8][::-1]
        if len(palette) + len(more) <= 256:
            break
    entries = np.concatenate([(255 << 8) + np.arange(len(palette)), more])
    place = np.zeros(1 << 16, dtype=np.uint8)
    place[entries] = np.arange(len(entries))
    numbers = np.zeros(1 << 16, dtype=np.uint8)
    numbers[together] = place[pairs]
    colours = np.where((entries >> 8)[:, None] > 0, palette[entries & 255], 0).astype(np.uint8)
    return colours, (entries >> 8).astype(np.uint8), numbers[whole], levels, given


def png(quantized: Quantized) -> bytes:
    """Encode a picture as PNG.

    Parameters
    ----------
    quantized : Quantized
        The picture.

    Returns
    -------
    bytes
        An indexed PNG with exactly the palette in its order, its numbers in as few bits as
        there are entries for, rows unfiltered, compressed by zlib's level 9 (beyond two million
        pixels 6). These very bytes are those that `measured` counts. A picture of blocks may
        have more colours than 256, and becomes a PNG of 24 bits.

    Examples
    --------
    >>> from clustering.data.pictures import sample
    >>> from clustering.pictures import quantize, vectors
    >>> content = png(quantize(vectors(sample("flat_colours"), kind="grey"), k=2))
    >>> image = Image.open(BytesIO(content))
    >>> image.mode, len(image.getpalette()) // 3
    ('P', 2)
    """
    if quantized.vectors.side > 1:
        return _true_colour(quantized)
    made = indexed(quantized)
    bits = next(bits for bits in (1, 2, 4, 8) if len(made.entries) <= 1 << bits)
    height, width = made.indices.shape
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, bits, 3, 0, 0, 0)),
        (b"PLTE", made.entries.tobytes()),
    ]
    if made.alpha is not None:
        chunks.append((b"tRNS", made.alpha.tobytes()))
    chunks += [(b"IDAT", deflated(made.indices, bits)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def deflated(indices: Bytes, bits: int) -> bytes:
    """Pack rows of numbers into bits, an unfiltered row each, and compress them."""
    per = 8 // bits
    height, width = indices.shape
    wide = np.zeros((height, -(-width // per) * per), dtype=np.uint8)
    wide[:, :width] = indices
    packed = np.zeros((height, wide.shape[1] // per), dtype=np.uint8)
    for place in range(per):
        packed |= wide[:, place::per] << np.uint8(8 - bits * (place + 1))
    rows = np.concatenate([np.zeros((height, 1), dtype=np.uint8), packed], axis=1)
    squeeze = zlib.compressobj(9 if indices.size <= LARGE else 6, zlib.DEFLATED, 15, 9)
    return squeeze.compress(rows.tobytes()) + squeeze.flush()


def codebook_bytes(quantized: Quantized) -> int:
    """Give the bytes of a picture of blocks: its numbers, compressed, and its codebook."""
    bits = next(bits for bits in (1, 2, 4, 8) if quantized.k <= 1 << bits)
    numbers = len(deflated(quantized.indices, bits))
    return numbers + min(len(zlib.compress(quantized.palette.tobytes(), 9)), quantized.palette.size)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _true_colour(quantized: Quantized) -> bytes:
    """Encode every pixel with its own colour."""
    image = quantized.image
    alpha = quantized.vectors.picture.alpha
    if alpha is not None:
        image = np.concatenate([image, alpha[..., None]], axis=2)
    buffer = BytesIO()
    Image.fromarray(image).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def palette_gpl(quantized: Quantized, name: str) -> str:
    r"""Write a palette as drawing programs read it (GIMP, Inkscape, Krita).

    Parameters
    ----------
    quantized : Quantized
        A picture.
    name : str
        Name of the palette; only its first line counts.

    Returns
    -------
    str
        A line for each colour, in order; of blocks, each of their pixels is one.
    """
    title = " ".join(name.split()) or "palette"
    lines = ["GIMP Palette", f"Name: {title}", "Columns: 16", "#"]
    for red, green, blue in quantized.palette.reshape(-1, 3).tolist():
        lines.append(f"{red:3d} {green:3d} {blue:3d}\t#{red:02x}{green:02x}{blue:02x}")
    return "\n".join(lines) + "\n"


def palette_json(quantized: Quantized) -> str:
    """Write a palette as JSON: each colour, its hexadecimal name and its share of the picture."""
    entries = []
    for colour, share in zip(quantized.palette, quantized.shares, strict=True):
        written = ["#{:02x}{:02x}{:02x}".format(*each) for each in colour.reshape(-1, 3).tolist()]
        entries.append(
            {
                "rgb": colour.tolist(),
                "hex": written if len(written) > 1 else written[0],
                "share": round(float(share), 6),
            }
        )
    return json.dumps(
        {
            "picture": quantized.vectors.picture.name,
            "method": quantized.method,
            "kind": quantized.vectors.kind,
            "colours": entries,
        },
        indent=2,
        ensure_ascii=False,
    )
