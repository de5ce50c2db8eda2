"""Where the picture suffers: in words, on a map, and the worst areas enlarged before and after."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from clustering import pictures
from clustering.dataset import Floats
from clustering.figures import picture_errors
from clustering.figures.picture_errors import Area
from clustering.pictures import Quantized
from clustering.pictures.measuring import original
from dashboard import ui
from dashboard.applications.images import previews
from dashboard.applications.images.parts import Here
from dashboard.applications.images.previews import Preview

__all__ = ["Suffering", "about_areas", "about_entry", "enlarged", "suffering", "where_it_suffers"]

ACROSS = 180
"""Pixels of the longer side of an enlarged area, about."""


@dataclass(frozen=True, eq=False, slots=True)
class Suffering:
    """Where a picture suffers.

    Attributes
    ----------
    error : ndarray of shape (h, w), float32
        Of each pixel.
    whole : float
        Root of its mean square over the picture.
    worst : tuple of Area
        The areas that suffer most.
    entries : ndarray of shape (k,)
        Part of the squared error that lies on each entry of the palette.
    """

    error: NDArray[np.float32]
    whole: float
    worst: tuple[Area, ...]
    entries: Floats


def suffering(found: Quantized) -> Suffering:
    """Find where a picture suffers, and on which entry of its palette."""
    error = pictures.errors(found)
    squared = np.square(error, dtype=np.float64)
    side = found.palette.shape[1] if found.palette.ndim == 4 else 1
    height, width = error.shape
    which = found.indices.repeat(side, axis=0).repeat(side, axis=1)[:height, :width]
    sums = np.bincount(which.ravel(), squared.ravel(), minlength=found.k).astype(np.float64)
    total = float(sums.sum())
    seen = found.vectors.picture.seen
    pixels = error.size if seen is None else max(int(np.count_nonzero(seen)), 1)
    return Suffering(
        error,
        float(np.sqrt(total / pixels)),
        picture_errors.areas(error, apart=True),
        sums / total if total else sums,
    )


def where_it_suffers(here: Here) -> None:
    """Show the error of every pixel, and the worst areas before and after."""
    found = ui.computed(suffering, here.found)
    ui.note(about_areas(here, found))
    ui.note(about_entry(here, found))
    figure = picture_errors.errors(found.error, found.worst, keep=here.picture.key)
    tall = int(np.clip(400 * here.picture.height / here.picture.width + 40, 180, 480))
    ui.chart(figure, "iq_errors", height=tall)
    if not found.worst:
        return
    ui.note(
        "Root mean squares of the distance between the colours of a pixel before and after; from "
        "black to white it is 255 in each channel, 442 together."
    )
    ui.note("Enlarged, to the left as it came and to the right as it is now:")
    places = st.columns(len(found.worst))
    for number, (place, area) in enumerate(zip(places, found.worst, strict=True), 1):
        place.image(
            enlarged(here.found, area).content, width="stretch",
            caption=ui.literal(f"{number} {area.where}"),
        )  # fmt: skip


def about_areas(here: Here, found: Suffering) -> str:
    """Say which areas suffer most, and how much more than the picture."""
    if not found.worst:
        return "No pixel differs from the picture as it came."
    named = ", ".join(
        f"{number} {area.where} ({ui.amount(area.error)})"
        for number, area in enumerate(found.worst, 1)
    )
    share = sum(area.share for area in found.worst)
    large = sum((each.right - each.left) * (each.bottom - each.top) for each in found.worst)
    return (
        f"Worst areas: {named}, where the whole picture has {ui.amount(found.whole)}. They are "
        f"{ui.percent(large / here.picture.n)} of the picture and hold {ui.percent(share)} of its "
        "squared error."
    )


def about_entry(here: Here, found: Suffering) -> str:
    """Say on which entry of the palette most of the error lies."""
    if not found.worst or here.k < 2:
        return ""
    entry = int(found.entries.argmax())
    named = "" if here.block > 1 else f" #{here.found.palette[entry].tobytes().hex()}"
    return (
        f"Of the palette, {here.what} {entry + 1}{named} bears most: "
        f"{ui.percent(found.entries[entry])} of the squared error on "
        f"{ui.percent(here.found.shares[entry])} of the pixels."
    )


def enlarged(found: Quantized, area: Area) -> Preview:
    """Give an area before and after, side by side, each pixel as a square."""
    picture = found.vectors.picture
    part = slice(area.top, area.bottom), slice(area.left, area.right)
    before = original(found.vectors)[part]
    if before.ndim == 2:
        before = np.repeat(before[..., None], 3, axis=2)
    times = max(1, ACROSS // max(before.shape[:2]))
    step = max(1, max(before.shape[:2]) // (2 * ACROSS))
    pair = [
        each[::step, ::step].repeat(times, axis=0).repeat(times, axis=1)
        for each in (before, found.image[part])
    ]
    gap = np.zeros((pair[0].shape[0], max(2, pair[0].shape[1] // 24), 3), np.uint8)
    clear = [np.full(each.shape[:2], 255, np.uint8) for each in pair]
    if picture.alpha is not None:
        some = picture.alpha[part][::step, ::step].repeat(times, axis=0).repeat(times, axis=1)
        clear = [some, some]
    colours = np.concatenate([pair[0], gap, pair[1]], axis=1)
    alpha = np.concatenate([clear[0], gap[..., 0], clear[1]], axis=1)
    return previews.preview(colours, alpha, exact=True)
