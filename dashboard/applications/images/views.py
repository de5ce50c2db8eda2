"""The Views tab: where the picture suffers, all methods side by side, the book's own lines."""

import math

import pandas as pd
import streamlit as st

from clustering.figures import pictures as drawing
from clustering.pictures.compared import Compared, compared
from clustering.words import count
from dashboard import ui
from dashboard.applications.images import previews, words
from dashboard.applications.images.parts import Here, large
from dashboard.applications.images.suffering import where_it_suffers

__all__ = ["about_book", "book_lines", "views"]

MOST_ACROSS = 4
"""Small pictures in a row."""


def views(here: Here) -> None:
    """Show what the picture itself does not say."""
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        st.markdown("**Where it suffers**")
        where_it_suffers(here)
    with right:
        st.markdown("**What the book's program would print**, and what is true")
        with st.container(border=True):
            st.code("\n".join(book_lines(here)), language=None, wrap_lines=True)
            if beside := words.unrounded(here.measures):
                ui.note(f"PSNR: {beside}")
            ui.note(about_book(here))
        st.markdown(f"**All methods** with {count(here.k, here.what)}, without dithering")
        if large(here.picture.n) and not st.toggle(
            "Compare them", key="iq_compare", bind="query-params",
            help="This picture is large, and each method takes its time.",
        ):  # fmt: skip
            return
        found = ui.computed(compared, here.vectors, k=here.k, seed=here.seed)
        table(here, found)
    gallery(found)


# ---- the book -----------------------------------------------------------------------------------
def per_pixel(here: Here) -> float:
    """Give the whole bits that the index of a pixel takes, of a block shared by its pixels."""
    return math.ceil(here.bits) / here.block**2


def book_lines(here: Here) -> tuple[str, str]:
    """Give the two lines that the book's program prints, for the present bits."""
    raw, bits = (8 if here.kind == "grey" else 24), per_pixel(here)
    if not bits:
        return "One colour needs no bits at all.", "Compression rate = 100.0 %"
    return (
        f"The size of the image will be reduced by a factor of {round(raw / bits, 2)}",
        f"Compression rate = {round(100 * (raw - bits) / raw, 2)} %",
    )


def about_book(here: Here) -> str:
    """Say why the two lines are not what happens to the file."""
    size, stored = here.measures.bytes, len(here.picture.stored)
    raw = 8 if here.kind == "grey" else 24
    become = "smaller" if size < stored else "larger"
    factor = max(stored, 1) / size if size < stored else size / max(stored, 1)
    said = (
        f"They divide {raw} bits a pixel by {per_pixel(here):.3g}. The true file has "
        f"{words.kilobytes(size)}: {words.times(here.raw, size)} times smaller than the pixels "
        f"without any coding ({words.kilobytes(here.raw)}), and {factor:.2g} times {become} than "
        f"the file as it came ({words.kilobytes(stored)}). Files differ from the sum because "
        "neighbouring pixels repeat themselves and a PNG writes that once, because the palette "
        "itself takes room, and because the file that came was coded, too."
    )
    if here.kind != "grey":
        return f"{said} The book's program knows only grey."
    return said


# ---- methods ------------------------------------------------------------------------------------
def table(here: Here, found: tuple[Compared, ...]) -> None:
    """Show what each method gives, as a chart and in numbers."""
    known = {each.method: each.measures for each in found if each.measures is not None}
    if len(known) > 1:
        places = {name: (each.psnr, float(each.bytes)) for name, each in known.items()}
        figure = drawing.methods(places, here.found.method, k=here.k)
        ui.chart(figure, "iq_methods", height=210)
    frame = pd.DataFrame(
        [
            {
                "method": each.method,
                "entries": each.k,
                "PSNR": each.measures.psnr,
                "SSIM": each.measures.ssim,
                "kB": each.measures.bytes / 1000,
                "seconds": each.seconds,
            }
            for each in found
            if each.measures is not None
        ]
    )
    columns = {
        "PSNR": st.column_config.NumberColumn(format="%.2f dB"),
        "SSIM": st.column_config.NumberColumn(format="%.3f"),
        "kB": st.column_config.NumberColumn(format="%.1f"),
        "seconds": st.column_config.NumberColumn(
            format="%.2f", help="Once, on this machine, beside whatever else it did."
        ),
    }
    st.dataframe(frame, hide_index=True, column_config=columns)
    for each in found:
        ui.note(f"{each.method}: {each.failed}" if each.failed else "")


def gallery(found: tuple[Compared, ...]) -> None:
    """Show the small pictures side by side."""
    drawn = [
        (each.method, each.measures, each.small)
        for each in found
        if each.small is not None and each.measures is not None
    ]
    across = MOST_ACROSS if len(drawn) <= MOST_ACROSS else 3
    for first in range(0, len(drawn), across):
        row = st.columns(across)
        for place, (method, measures, small) in zip(row, drawn[first:], strict=False):
            said = ui.literal(f"{method}: {words.decibels(measures.psnr)}")
            content = previews.preview(small, exact=True).content
            place.image(content, caption=said, width="stretch")
