"""Pictures that the tests of quantization work on."""

import io
import os
from pathlib import Path

import numpy as np
from PIL import Image

from clustering.data import pictures
from clustering.data.pictures import Picture

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("CLUSTERLOOM_DATA") or ROOT.parent / "shared" / "data")


def stored(pixels: np.ndarray, name: str = "drawn.png", **how: object) -> Picture:
    """A picture of an array, as it comes from a file."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", **how)
    return pictures.read(buffer.getvalue(), name)


def part_of(
    id: str, rows: int = 96, columns: int = 130, top: int = 150, left: int = 200
) -> Picture:
    """A small piece of a sample, its transparency kept."""
    whole = pictures.sample(id)
    place = np.s_[top : top + rows, left : left + columns]
    pixels = whole.pixels[place]
    if whole.alpha is not None:
        pixels = np.dstack([pixels, whole.alpha[place]])
    return stored(pixels, f"{id}.png")


def the_books() -> Picture | None:
    """The book's own picture, where it is at hand."""
    for path in sorted(SHARED.glob(f"*/{pictures.RECIPE}")):
        return pictures.read(path.read_bytes(), path.name)
    return None
