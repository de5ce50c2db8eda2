"""Image vector quantization: how few colours are enough?"""

from functools import partial

import streamlit as st

from clustering import pictures
from clustering.data.pictures import ENDINGS, SAMPLES, read, sample
from dashboard import ui
from dashboard.applications.images import parts, tabs, target, views, words
from dashboard.applications.images.divider import before_after
from dashboard.applications.images.swatches import swatches

ui.header("How few colours are enough?", "vector quantization", key="iq")
brought = ui.brought(
    "iq", "Picture", own=SAMPLES, make=sample, read=read, endings=ENDINGS, default="flower",
    upload="Your own picture",
    help="PNG, JPEG, WebP, GIF, TIFF or BMP of at most 50 megapixels. It stays in this session.",
)  # fmt: skip
picture = brought.content
with ui.parameters():
    kind = st.selectbox(
        "Vectors", pictures.KINDS, index=1, key="iq_kind", bind="query-params",
        help="What is rounded together: a grey level, the three numbers of a colour (RGB, or "
        "Lab, where distances are nearer to what is seen), or a whole block of pixels.",
    )  # fmt: skip
    method = parts.choose_method(kind)
    dither = st.toggle(
        "Dithering", key="iq_dither", bind="query-params", disabled="blocks" in kind,
        help="Floyd-Steinberg: hands the error of each pixel on to its neighbours, onto exactly "
        "the same palette. Smoother to the eye, farther in PSNR, and a larger file.",
    )  # fmt: skip
    seed = st.slider(
        "Seed", 0, 99, 0, key="iq_seed", bind="query-params",
        help="The same seed draws the same starts.",
    )  # fmt: skip
    wanted = target.control()
    parts.choose_recipe()

at = ui.places(1.4)
above, free = parts.reserve(picture, at, kind=kind)
with ui.working(at):
    vectors = ui.computed(pictures.vectors, picture, kind=kind)
    reached = target.seek(vectors, wanted, method=method, seed=seed)
    with at.side:
        k = parts.stand(vectors, method)
    here = parts.look(vectors, k, method=method, seed=seed, dither=dither)
    left = ui.computed(parts.before, picture, kind=kind)
    right = ui.computed(parts.shown, here.found, lit=here.lit)
above.empty()
st.session_state["iq_open"] = picture.key
goal = wanted if target.sought(wanted) else None

with at.figures:
    ui.key_figures(words.key_figures(here))
with at.map:
    before_after(
        left, right, "iq_divider", size=(picture.width, picture.height),
        labels=words.labels(here), alts=words.alts(here), clear=picture.alpha is not None,
    )  # fmt: skip
    ui.note(words.about_picture(here, left))
    swatches(
        here.found.palette, here.found.shares, "iq_palette", chosen=here.lit, on_pick=parts.pick
    )
    ui.note(words.about_lit(here))
draw = partial(parts.draw_ladder, here, method, goal)


def show_ladder() -> None:
    """Show what every number of colours gives."""
    with at.curve:
        axis = parts.axis_of(here, free, method=method)
        ui.chart(draw(), "iq_axis", height=parts.TALL, on_click=partial(parts.arrive_at, axis))
    with at.side:
        ui.note(reached, *axis.notes.values())


late = parts.large(picture.n)
if not late:
    show_ladder()
ui.tabs(
    "iq",
    {
        "Views": lambda: views.views(here),
        "Learn": lambda: tabs.learn(here),
        "Export": lambda: tabs.export(here, draw),
    },
)
if late:
    show_ladder()
