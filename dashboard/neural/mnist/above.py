"""What stands above the tabs: ten images and what came out, the latent map, loss and error."""

import numpy as np
import streamlit as st

from clustering.dataset import Dataset, Floats, Integers
from clustering.deep import embedding
from clustering.deep.model import Model
from clustering.figures import Figure, digits, latent, training
from clustering.words import count
from dashboard import ui
from dashboard.neural.mnist import parts
from dashboard.neural.mnist.parts import Ground, Here

__all__ = [
    "LAYOUTS",
    "choose_map",
    "draw_map",
    "errors",
    "latent_map",
    "learning",
    "losses",
    "places",
    "ten",
    "which_ten",
]

TEN = 10
WAYS = ("one of each", "any ten", "the worst")
LAYOUTS, COLOURS = ("PCA", "UMAP"), ("class", "cluster")
SHELF, MAP, LOSS, BARS = 160, 345, 200, 150
"""Pixels of the charts."""


# ---- ten images ---------------------------------------------------------------------------------
def which_ten() -> None:
    """Show how the ten images are chosen."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            "Images", WAYS, default=WAYS[0], required=True, key="mn_ten", bind="query-params",
            label_visibility="collapsed",
        )  # fmt: skip
        st.button(
            "Others", key="mn_others", on_click=_others,
            help="Ten others of the same choice. A click on the map puts that image first.",
        )  # fmt: skip


def _others() -> None:
    drawn = ui.recall("mn_draw", low=0, high=999) or 0
    ui.remember("mn_draw", (drawn + 1) % 1000)
    ui.remember("mn_image", None)


def places(ground: Ground, wrong: Floats | None = None) -> Integers:
    """Choose ten of the images that are looked at.

    Parameters
    ----------
    ground : Ground
        The images.
    wrong : ndarray of shape (n,), optional
        Error of each, where it is known.
    """
    way = st.session_state.get("mn_ten", WAYS[0])
    drawn = ui.recall("mn_draw", low=0, high=999) or 0
    n, truth = ground.looked.n, ground.truth
    rng = np.random.default_rng(drawn)
    if way == WAYS[2] and wrong is not None:
        first = TEN * drawn % max(n - TEN, 1)
        found = np.argsort(-wrong, kind="stable")[first : first + TEN]
    elif way == WAYS[0] and truth is not None and len(ground.images.classes) <= TEN:
        of_each = [np.flatnonzero(truth == each) for each in range(len(ground.images.classes))]
        found = np.array([rng.choice(mine) for mine in of_each if len(mine)])
    else:
        found = np.sort(rng.choice(n, min(n, TEN), replace=False))
    picked = ui.recall("mn_image", low=0, high=n - 1, on=(ground.images.key, ground.what))
    if picked is not None:
        found = np.concatenate([[picked], found[found != picked]])[:TEN]
    return found


def ten(here: Here) -> None:
    """Draw ten images over what came out, and over what principal components make of them."""
    chosen = places(here.ground, here.errors)
    ui.chart(shelf(here, chosen), "mn_shelf", height=SHELF)


def shelf(here: Here, chosen: Integers) -> Figure:
    """Draw some images over their reconstructions."""
    ground, numbers = here.ground, here.model.latent
    points = ground.looked.points[chosen]
    rows = {
        "original": points,
        f"{numbers} numbers": here.back[chosen],
        f"PCA, {numbers}": here.beside.reconstruct(points, count=numbers),
    }
    said = {
        name: [
            f"{ground.called(i)}, class {ground.class_of(i)}<br>{name}"
            + (f": error {((row - point) ** 2).mean():.4f}" if place else "")
            for i, row, point in zip(chosen.tolist(), back, points, strict=True)
        ]
        for place, (name, back) in enumerate(rows.items())
    }
    found, plain = (((rows[name] - points) ** 2).mean() for name in list(rows)[1:])
    alt = (
        f"{count(len(chosen), ground.member)} over their reconstructions from {numbers} numbers "
        f"(mean squared error {found:.4f}) and from as many principal components ({plain:.4f})."
    )
    heads = [ground.class_of(i) for i in chosen.tolist()]
    return digits.shelf(rows, shape=ground.shape, heads=heads, said=said, alt=alt,
                        keep=(ground.images.key,))  # fmt: skip


def learning(ground: Ground, model: Model | None) -> None:
    """Draw ten images, and over them what the network makes of them so far."""
    chosen = places(ground)
    points = ground.looked.points[chosen]
    rows = {"original": points}
    if model is not None:
        few = Dataset.from_points(points)
        rows[f"{model.latent} numbers"] = ui.computed(embedding.reconstructed, few, model=model)
    heads = [ground.class_of(i) for i in chosen.tolist()]
    epochs = "before training" if model is None else f"after {count(model.epochs, 'epoch')}"
    figure = digits.shelf(rows, shape=ground.shape, heads=heads, keep=(ground.images.key,),
                          alt=f"{count(len(chosen), ground.member)}, {epochs}.")  # fmt: skip
    ui.chart(figure, "mn_shelf", height=SHELF)


# ---- the latent map -----------------------------------------------------------------------------
def choose_map(ground: Ground) -> tuple[str, str]:
    """Show how the codes are laid flat and what their colours mean."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        way = st.segmented_control(
            "Layout", LAYOUTS, default=LAYOUTS[0], required=True, key="mn_layout",
            bind="query-params", label_visibility="collapsed",
            help="The two directions of greatest spread, at once; or UMAP, which keeps "
            "neighbours together and takes its time.",
        )  # fmt: skip
        if ground.truth is None:
            return way, COLOURS[1]
        colour = st.segmented_control(
            "Colours", COLOURS, default=COLOURS[0], required=True, key="mn_colour",
            bind="query-params", label_visibility="collapsed",
        )  # fmt: skip
    return way, colour


def latent_map(here: Here, way: str, colour: str) -> None:
    """Draw the codes; one that is pointed at shows its image and what came out."""
    places_, figure = ui.computed(draw_map, here.latent, here=here, way=way, colour=colour)
    drawn = parts.flat(here, way)[0][places_]

    def picked(click: ui.Click) -> None:
        nearest = int(((drawn - [click.x, click.y]) ** 2).sum(axis=1).argmin())
        ui.remember("mn_image", int(places_[nearest]))

    ui.chart(figure, "mn_map", height=MAP, on_click=picked)
    ui.beside_pointer("mn_map", "pictures", "image", f"{here.model.latent} numbers")


def draw_map(dataset: Dataset, *, here: Here, way: str, colour: str) -> tuple[Integers, Figure]:
    """Draw the codes in the plane; give also which images are drawn."""
    flat, axes = parts.flat(here, way)
    laid = np.flatnonzero(np.isfinite(flat).all(axis=1))
    chosen = laid[latent.some(len(laid))]
    ground, truth = here.ground, here.ground.truth
    if truth is not None and (colour == COLOURS[0] or here.confusion is None):
        labels, numbers = truth[chosen].astype(np.int32), np.arange(len(ground.images.classes))
        groups = ground.images.classes
    else:
        labels, numbers = here.partition.labels[chosen], here.numbers
        groups = tuple(here.called(cluster) for cluster in range(here.partition.k))
    wrong = here.errors
    figure = latent.latent_map(
        flat[chosen], labels, axes=axes, groups=groups, numbers=numbers,
        names=[
            f"{ground.called(i)}, class {ground.class_of(i)}, error {wrong[i]:.4f}"
            for i in chosen.tolist()
        ],
        pictures=(ground.looked.points[chosen], here.back[chosen]), shape=ground.shape,
        of=dataset.n, what=colour, keep=(here.model.key, dataset.key),
    )  # fmt: skip
    return chosen, figure


# ---- loss and error -----------------------------------------------------------------------------
def losses(ground: Ground, model: Model) -> None:
    """Draw the loss epoch by epoch."""
    named = {"loss": "training", "val_loss": "test"}
    curves = {named[name]: row for name, row in model.history.items() if name in named}
    figure = training.losses(
        curves, epochs=max(ground.chosen.epochs, model.epochs),
        y=str(model.settings.get("loss", "loss")), keep=ground.train.key,
    )  # fmt: skip
    ui.chart(figure, "mn_curve", height=LOSS)


def errors(here: Here) -> None:
    """Draw the error beside what costs no training."""
    mean, plain = here.plain
    present = f"network, {here.model.latent}"
    found = {present: here.error, f"PCA, {here.model.latent}": plain, "mean image": mean}
    unit = "mean squared error of a pixel (0 to 1), test images"
    figure = training.errors(found, present=present, unit=unit, keep=here.ground.test.key)
    ui.chart(figure, "mn_errors", height=BARS)
