"""What the picture page says of an answer."""

import numpy as np

from clustering import pictures
from clustering.pictures import Measures
from clustering.pictures.encoding import Indexed
from clustering.words import count
from dashboard import ui
from dashboard.applications.images.parts import Here
from dashboard.applications.images.previews import Preview

__all__ = [
    "about_picture",
    "about_lit",
    "key_figures",
    "kilobytes",
    "labels",
    "alts",
    "heading",
    "unrounded",
]


def kilobytes(size: float) -> str:
    """Write a number of bytes.

    Examples
    --------
    >>> kilobytes(532), kilobytes(45_678), kilobytes(2_345_678)
    ('532 bytes', '45.7 kB', '2,346 kB')
    """
    if size < 1000:
        return f"{size:.0f} bytes"
    return f"{size / 1000:,.{0 if size >= 1e6 else 1}f} kB"


def decibels(psnr: float) -> str:
    """Write a PSNR; a picture that equals the other has none that is finite."""
    return f"{psnr:.2f} dB" if np.isfinite(psnr) else "lossless"


def times(before: float, after: float) -> str:
    """Write how many times smaller something became."""
    share = before / after
    return f"{share:,.0f}" if share >= 99.5 else f"{share:.1f}" if share >= 0.95 else f"{share:.2f}"


def unrounded(measures: Measures) -> str:
    """Say what the levels would give that no file can hold, where that is another PSNR."""
    stored, exact = decibels(measures.psnr), decibels(measures.psnr_unrounded)
    if np.isnan(measures.psnr_unrounded) or stored == exact:
        return ""
    return (
        f"{stored} with the whole numbers that a file holds, {exact} with the means themselves, "
        "which the book's program keeps with their decimals."
    )


def key_figures(here: Here) -> list[ui.KeyFigure]:
    """Give the five figures on top of the page."""
    measures, stored = here.measures, len(here.picture.stored)
    name = {"grey level": "Grey levels", "block": "Blocks", "colour": "Colours"}[here.what]
    return [
        ui.KeyFigure(
            name,
            f"{here.k} · {here.bits:.3g} bits",
            "Entries of the palette, and the bits that tell one from the others: their logarithm "
            "to the base 2.",
        ),
        ui.KeyFigure(
            "PSNR",
            decibels(measures.psnr),
            "Peak signal-to-noise ratio: 10 log10 of 255 squared over the mean squared error. "
            "Around 30 dB the loss is seen, from 40 dB on hardly."
            + (f" {beside}" if (beside := unrounded(measures)) else "")
            + (" Wholly transparent pixels are not counted." if here.picture.alpha is not None
               else ""),
        ),
        ui.KeyFigure(
            "SSIM",
            ui.number(measures.ssim, 3),
            "Structural similarity of both pictures in windows of 7 by 7 pixels; 1 where they are "
            "equal, none where a side is shorter.",
        ),
        ui.KeyFigure(
            "File",
            kilobytes(measures.bytes),
            f"True size of the answer, encoded as {measures.kind_of_bytes}.",
        ),
        ui.KeyFigure(
            "Smaller by",
            f"{times(stored, measures.bytes)}× · {times(here.raw, measures.bytes)}×",
            f"Times smaller than the file as it came ({kilobytes(stored)}), and than its pixels "
            f"without any coding ({kilobytes(here.raw)}). Below 1 it became larger.",
        ),
    ]  # fmt: skip


def labels(here: Here) -> tuple[str, str]:
    """Say what stands to the left and to the right of the divider."""
    left = "in grey, before" if here.kind == "grey" else "before"
    return left, count(here.k, here.what) + (", dithered" if here.found is not here.plain else "")


def alts(here: Here) -> tuple[str, str]:
    """Say what both pictures show, for those who cannot see them."""
    picture = here.picture
    size = f"{picture.width:,} by {picture.height:,} pixels"
    grey = " in grey" if here.kind == "grey" else ""
    after = f"The same in {count(here.k, here.what)}, {decibels(here.measures.psnr)}"
    if here.lit is not None:
        share = ui.percent(here.found.shares[here.lit], 1)
        after += f"; only the pixels of {here.what} {here.lit + 1} are lit, {share} of all"
    return f"{picture.name}{grey}, {size}", f"{after}."


def about_picture(here: Here, before: Preview) -> str:
    """Say what the picture is, what was done to it, and how it is shown."""
    picture = here.picture
    said = [
        f"{picture.name}: {picture.width:,} × {picture.height:,} pixels, "
        f"{count(here.vectors.n, f'different {here.what}')}."
    ]
    if picture.alpha is not None:
        gone = 1.0 - float(np.count_nonzero(picture.alpha)) / picture.n
        said.append(f"{ui.percent(gone)} is wholly transparent and takes no part.")
        if here.block == 1:
            said.append(about_clear(ui.computed(pictures.indexed, here.found)))
    if before.factor > 1:
        said.append(f"Shown at 1/{before.factor} of its size.")
    return " ".join(filter(None, [*said, *picture.notes]))


def about_clear(file: Indexed) -> str:
    """Say how much of what shines through the PNG can keep."""
    if file.levels >= file.given:
        return ""
    return (
        f"The PNG has 256 entries for colours and transparencies together, so that the "
        f"{file.given} different transparencies are rounded to {file.levels}; fewer colours "
        "leave room for more."
    )


def about_lit(here: Here) -> str:
    """Say what is lit, or that something may be."""
    if here.lit is None:
        return f"Click on a {here.what} of the palette to see where it is."
    pixels = round(float(here.found.shares[here.lit]) * here.picture.n)
    entry = here.found.palette[here.lit]
    named = "" if here.block > 1 else f" #{entry.tobytes().hex()}"
    share = ui.percent(here.found.shares[here.lit], 1)
    seen = "" if here.picture.alpha is None else " that are seen"
    about = f"{share} of the pixels{seen}" if seen else f"{share}, {pixels:,} pixels"
    return f"Lit: {here.what} {here.lit + 1}{named}, {about}. Click on it again to let it go."


def heading(here: Here) -> str:
    """Say in a line what is shown, for what is downloaded."""
    return (
        f"{here.picture.name}: {here.found.method}, {here.kind}, {count(here.k, here.what)}, "
        f"{decibels(here.measures.psnr)}, {kilobytes(here.measures.bytes)}"
    )
