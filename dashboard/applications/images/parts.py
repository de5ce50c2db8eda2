"""Where the user of the picture page stands: the picture, its palette, and what that gives."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from clustering import pictures
from clustering.axis import FittedAxis
from clustering.data import samples
from clustering.data.pictures import ENDINGS, RECIPE, Picture, grey
from clustering.dataset import digest
from clustering.figures import Figure
from clustering.figures import pictures as drawing
from clustering.pictures import Measures, Quantized, Vectors
from clustering.pictures.compared import judged
from clustering.progress import Report, silent
from dashboard import ui
from dashboard.applications.images import previews
from dashboard.applications.images.previews import Preview
from dashboard.ui.page import Places

__all__ = [
    "TALL",
    "Here",
    "arrive_at",
    "axis_of",
    "before",
    "choose_method",
    "choose_recipe",
    "draw_ladder",
    "large",
    "lighted",
    "look",
    "pick",
    "reserve",
    "shown",
    "stand",
]

OPENING = 16
"""Colours on which a picture opens, where it has so many."""
SOON = 4_000_000
"""Vectors times colours up to which an answer takes about a second."""
LARGE = 2_000_000
"""Pixels beyond which the picture and its files come before all that takes longer."""
TALL = 430
"""Pixels of the chart of the axis."""
FIGURES = 92
"""Pixels of the row of key figures."""


@dataclass(frozen=True, eq=False, slots=True)
class Here:
    """Where the user stands on the axis of a picture.

    Attributes
    ----------
    picture : Picture
        What was brought.
    vectors : Vectors
        Its distinct colours, grey levels or blocks.
    found : Quantized
        The present answer, dithered where that is wished.
    plain : Quantized
        The same without dithering.
    measures : Measures
        What is measured of the present answer.
    lit : int or None
        The entry of the palette whose pixels are lit.
    seed : int
        Of the method.
    """

    picture: Picture
    vectors: Vectors
    found: Quantized
    plain: Quantized
    measures: Measures
    lit: int | None
    seed: int

    @property
    def kind(self) -> str:
        """What is a vector: ``"RGB"``."""
        return self.vectors.kind

    @property
    def k(self) -> int:
        """The present number of colours."""
        return self.found.k

    @property
    def bits(self) -> float:
        """Bits that tell one entry of the palette from the others."""
        return float(np.log2(self.k)) if self.k > 1 else 0.0

    @property
    def block(self) -> int:
        """Pixels along the side of what is a vector."""
        return self.found.palette.shape[1] if self.found.palette.ndim == 4 else 1

    @property
    def what(self) -> str:
        """What an entry of the palette is, in the singular."""
        return "block" if self.block > 1 else "grey level" if self.kind == "grey" else "colour"

    @property
    def raw(self) -> int:
        """Bytes of the picture without any coding."""
        channels = (1 if self.kind == "grey" else 3) + (self.picture.alpha is not None)
        return self.picture.n * channels


# ---- the axis and a place on it -----------------------------------------------------------------
def choose_method(kind: str) -> str:
    """Show the methods that work on a kind of vectors."""
    known, name = pictures.methods_for(kind), "iq_method"
    if st.session_state.get(name, known[0]) not in known:
        st.session_state[name] = known[0]
    return st.selectbox(
        "Method", known, key=name, bind="query-params",
        help="What makes the palette. k-means is the exact optimum in grey. Median cut and octree "
        "are Pillow's, in RGB alone.",
    )  # fmt: skip


def stand(vectors: Vectors, method: str) -> int:
    """Show the slider along the numbers of colours, and give the present one."""
    last = float(vectors.most)
    first = min(2.0, last)
    if vectors.kind == "grey" and method == "k-means" and last > first:
        places = ui.ladder(first, last, whole=True)
    else:
        powers = 2.0 ** np.arange(1, 9)
        places = np.unique([*powers[powers <= last], last])
    now = ui.recall("iq_k", low=int(first), high=int(last), on=vectors.picture.key)
    places = np.unique([*places, *([] if now is None else [float(now)])])
    what = {"grey level": "levels", "block": "blocks"}.get(vectors.noun, "colours")
    chosen = ui.value_control(
        "iq_k", places, label=f"Number of {what}", default=min(OPENING, last),
        on=vectors.picture.key, low=first, high=last, unit=what,
        help="Half as many need one bit a pixel less. 'any value' refines between the marks.",
    )  # fmt: skip
    return round(chosen)


def look(vectors: Vectors, k: int, *, method: str, seed: int, dither: bool) -> Here:
    """Give what there is to see at `k` colours."""
    axis = known_axis(vectors, method, seed)
    if axis is not None and np.isin(k, axis.values):
        st.empty()  # where else the bar would be, so that nothing moves
        plain = ui.computed(pictures.quantized, vectors, partition=axis.at(k), method=method)
    else:
        soon = vectors.n * k <= SOON  # where a worker would hardly have begun
        find = at_once if soon else pictures.quantize
        plain = ui.computed(find, vectors, k=k, method=method, seed=seed)
    found = plain
    if dither and vectors.side == 1:
        found = ui.computed(pictures.dithered, plain)
    measures = ui.computed(judged if large(found.n) else pictures.measured, found)
    return Here(vectors.picture, vectors, found, plain, measures, chosen_entry(found), seed)


def large(pixels: int) -> bool:
    """Say whether a picture is so large that everything about it takes its time."""
    return pixels > LARGE


def at_once(
    vectors: Vectors, *, k: int, method: str, seed: int, report: Report = silent
) -> Quantized:
    """Quantize here and not on a worker, so that the first picture is there at once."""
    return pictures.quantize(vectors, k=k, method=method, seed=seed, report=report)


def known_axis(vectors: Vectors, method: str, seed: int) -> FittedAxis | None:
    """Give the axis, if it was computed: its answers need not be found again."""
    kept = st.session_state.get("iq_axis_kept")
    return kept[1] if kept and kept[0] == (vectors.key, method, seed) else None


def axis_of(here: Here, free: DeltaGenerator, *, method: str) -> FittedAxis:
    """Compute what every number of colours gives; the place of its chart is kept free."""
    axis = ui.computed(
        pictures.ladder, here.vectors, method=method, seed=here.seed,
        meanwhile=lambda: keep_free(free, TALL),
    )  # fmt: skip
    free.empty()
    st.session_state["iq_axis_kept"] = (here.vectors.key, method, here.seed), axis
    return axis


def arrive_at(axis: FittedAxis, click: ui.Click) -> None:
    """Go to the number of colours at a click, the nearest that was computed."""
    nearest = np.abs(np.log2(axis.values) - click.x).argmin()
    ui.remember("iq_k", float(axis.values[nearest]))


def draw_ladder(here: Here, method: str, goal: tuple[str, float] | None = None) -> Figure:
    """Draw the axis."""
    measures = here.measures
    axis = known_axis(here.vectors, method, here.seed)
    if axis is None:  # where a large picture's was stopped, and its chart is wanted all the same
        axis = pictures.ladder(here.vectors, method=method, seed=here.seed)
    return drawing.ladder(
        axis, here.k, psnr=measures.psnr, ssim=measures.ssim, size=measures.bytes,
        stored=len(here.picture.stored), goal=goal, keep=here.vectors.key,
    )  # fmt: skip


# ---- what is lit --------------------------------------------------------------------------------
def chosen_entry(found: Quantized) -> int | None:
    """Give the entry of the palette that is lit."""
    place = ui.recall("iq_lit", low=1, high=found.k, on=digest(found.palette))
    return None if place is None else place - 1


def pick(place: int) -> None:
    """Light an entry of the palette; the one that is lit is let go."""
    known = st.session_state.get("iq_lit")
    ui.remember("iq_lit", None if known == place + 1 else place + 1)


# ---- previews -----------------------------------------------------------------------------------
def reserve(picture: Picture, at: Places, *, kind: str) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Show a picture that was just opened, and keep the places of its figures and its axis.

    What stands already stays while something else is asked of the same picture.
    """
    figures, curve = at.figures.empty(), at.curve.empty()
    if st.session_state.get("iq_open") != picture.key:
        content = ui.computed(before, picture, kind=kind).content
        ratio = picture.width / picture.height
        at.sight.image(content, width=max(1, min(round(410 * ratio), 760)))
        keep_free(figures, FIGURES)
        keep_free(curve, TALL)
    return figures, curve


def keep_free(place: DeltaGenerator, height: int) -> None:
    """Keep a place free for what is not yet known."""
    place.skeleton(height=height)


def before(picture: Picture, *, kind: str) -> Preview:
    """Encode a picture as it came; in grey where grey levels are its vectors."""
    return previews.preview(grey(picture) if kind == "grey" else picture.pixels, picture.alpha)


def shown(found: Quantized, *, lit: int | None) -> Preview:
    """Encode the answer, all but the pixels of one entry faded where one is lit."""
    alpha = found.vectors.picture.alpha
    if alpha is not None and found.palette.ndim == 2:
        file = ui.computed(pictures.indexed, found)  # which may round what shines through
        alpha = alpha if file.alpha is None else file.alpha[file.indices]
    if lit is None:
        return previews.preview(found.image, alpha, exact=True)
    step = -(-max(found.image.shape[:2]) // previews.SIDE)
    entry = found.palette[lit].reshape(-1, 3).mean(axis=0)
    mask = lighted(found, lit)[::step, ::step]
    some = previews.lit(found.image[::step, ::step], mask, tuple(entry.tolist()))
    return previews.preview(some, None if alpha is None else alpha[::step, ::step], exact=True)


def lighted(found: Quantized, entry: int) -> NDArray[np.bool_]:
    """Mark the pixels of an entry of the palette, shape (h, w)."""
    height, width = found.image.shape[:2]
    chosen: NDArray[np.bool_] = found.indices == entry
    side = found.palette.shape[1] if found.palette.ndim == 4 else 1
    if side > 1:
        chosen = chosen.repeat(side, axis=0).repeat(side, axis=1)[:height, :width]
    seen = found.vectors.picture.seen
    return chosen if seen is None else chosen & seen


# ---- the book's own -----------------------------------------------------------------------------
def recipe() -> tuple[str, str]:
    """Find the book's picture, or the sample that stands in, and what must be said then."""
    for id, path in samples.shelf(ENDINGS).items():
        if path.name == RECIPE:
            return id, ""
    return "flower", (
        f"The book's picture {RECIPE} is not in the folder named by {samples.VARIABLE}; "
        "scikit-learn's flower stands in."
    )


def choose_recipe() -> None:
    """Show the button that opens the book's own example: its flower in four grey levels."""
    data, instead = recipe()

    def apply() -> None:
        ui.choose_brought("iq", data)
        st.session_state.update(iq_kind="grey", iq_method="k-means", iq_dither=False)
        st.session_state.pop("iq_k_on", None)
        ui.remember("iq_k", 4)

    st.caption("PRESET")
    st.button("recipe", on_click=apply, help="The book's own picture in grey, with two bits.")
    ui.note(instead)
