"""The lessons: what the bottleneck keeps, and why the recipe's optimizer no longer learns."""

import numpy as np
import streamlit as st

from clustering.deep.keeping import kept
from clustering.deep.race import race
from clustering.figures import digits, training
from clustering.lessons import bottleneck
from clustering.lessons import training as optimizers
from clustering.words import count
from dashboard import ui
from dashboard.neural.mnist import above, sizes
from dashboard.neural.mnist.parts import Here, part_of

__all__ = ["learn"]

LESSONS = ("The bottleneck", "The optimizer")
FEW, EPOCHS = 5_000, 10
"""Images and epochs of the race, at most."""


def learn(here: Here) -> None:
    """Tell one of the lessons."""
    which = st.segmented_control(
        "Lesson", LESSONS, default=LESSONS[0], required=True, key="mn_lesson",
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    {LESSONS[0]: the_bottleneck, LESSONS[1]: the_optimizer}[which](here)


def the_bottleneck(here: Here) -> None:
    """Show the same images through few and through many numbers."""
    found = sizes.trained(here, "mn_lesson")
    if found is not None:
        ground = here.ground
        chosen = above.places(ground, here.errors)
        through = ui.computed(kept, ground.looked, sizes=found, places=tuple(chosen.tolist()))
        rows = {"original": through.originals, "no number": np.tile(through.mean, (len(chosen), 1))}
        rows |= {
            f"{size} numbers": back
            for size, back in zip(through.sizes, through.networks, strict=True)
        }
        left, right = st.columns([1.15, 1], gap="large")
        with left:
            figure = digits.shelf(
                rows, shape=ground.shape, keep=(ground.images.key,),
                heads=[ground.class_of(i) for i in chosen.tolist()],
                alt=f"{count(len(chosen), ground.member)}, the mean image, and what comes back "
                f"from {', '.join(map(str, through.sizes))} numbers.",
            )  # fmt: skip
            ui.chart(figure, "mn_keeps", height=56 * len(rows))
            ui.note("The ten images are those on top of the page.")
        with right:
            name = ground.called(int(chosen[0]))
            moments = bottleneck.told(through, place=0, name=name, member=ground.member)
            for moment in moments:
                head = "no number" if moment.size == 0 else count(moment.size, "number")
                st.markdown(f"**{head}**: {ui.literal(moment.words, most=900)}")
    st.markdown(bottleneck.SEEING)


def the_optimizer(here: Here) -> None:
    """Let three optimizers begin at the same weights, when asked."""
    ground, chosen = here.ground, here.ground.chosen
    asked = st.session_state.setdefault("mn_asked_race", set())
    few = min(ground.train.n, FEW)
    if ground.images.key not in asked:
        ui.note(
            f"The recipe's network, three times from the same weights: {EPOCHS} epochs on {few:,} "
            "images with adadelta at 0.001 (what its code means today), adadelta at 1.0 (what it "
            "meant) and adam."
        )
        st.button("Let them race", key="mn_race", on_click=lambda: asked.add(ground.images.key))
    else:
        dataset = ui.computed(part_of, ground.images, part="train", most=few)
        found = ui.computed(
            race, dataset, network="recipe", shape=ground.shape, latent=chosen.latent,
            epochs=EPOCHS, batch=chosen.batch, seed=chosen.seed,
        )  # fmt: skip
        left, right = st.columns([1.15, 1], gap="large")
        with left:
            figure = training.losses(
                {run.name: run.errors[1:] for run in found.runs}, epochs=found.epochs,
                y="mean squared error of a pixel", keep=found.key,
                levels={"mean image": found.mean_error, f"PCA, {found.latent}": found.pca_error},
            )  # fmt: skip
            ui.chart(figure, "mn_race_chart", height=380)
        with right:
            for words in optimizers.told(found, member=ground.member):
                st.markdown(ui.literal(words, most=900))
    st.markdown(optimizers.SEEING)
