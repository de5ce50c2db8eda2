"""Decoding: from what the decoder of a picture gives to eight bits, or why there is nothing."""

from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from clustering.data.formats.signatures import refusal_of
from clustering.dataset import Floats

__all__ = ["Bytes", "decoded", "scaled", "unlike"]

Bytes = NDArray[np.uint8]


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


def unlike(content: bytes, name: str) -> str:
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
