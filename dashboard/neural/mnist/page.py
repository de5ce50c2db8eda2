"""MNIST autoencoder: what survives 32 numbers?"""

from functools import partial

import streamlit as st

from clustering.deep import autoencoder
from dashboard import ui
from dashboard.neural.mnist import (
    about,
    above,
    between,
    carrying,
    clusters,
    learn,
    parts,
    sidebar,
    sizes,
    words,
)
from dashboard.ui.state import arrive

arrive("mn")
title = st.container()
brought = sidebar.images()
images = brought.content
at = ui.places(1.35)
with at.top:
    given = carrying.opened(images)
with ui.parameters():
    chosen = sidebar.parameters(images)
    sidebar.recipe()
    carrying.uploader()
with title:
    ui.header(f"What survives {chosen.latent} numbers?", "autoencoder", key="mn")
with ui.working(at):
    ground = parts.ground(images, chosen)
    training = ui.training(
        "mn", autoencoder.fit, ground.train, epochs=chosen.epochs, start=brought.own,
        shape=images.shape, validation=ground.test, given=given, **chosen.settings,
    )  # fmt: skip
model, here = training.result, None
with at.map:
    above.which_ten()
    shelf = st.container()
    way, colour = above.choose_map(ground)
with at.side:
    method, k = parts.choose_clusters(images)
if model is None or (training.running and ground.looked.n > parts.LIVE):
    with at.figures:
        ui.key_figures(words.waiting(model))
    with shelf, ui.explained():
        above.learning(ground, model)
    with at.map:
        about.counts(images, "mn_counts_above")
    with at.curve:
        if model is not None:
            above.losses(ground, model)
else:
    with ui.working(at):
        here = parts.look(ground, model, method, k, learning=training.running)
    with at.figures:
        ui.key_figures(words.key_figures(here))
    with shelf:
        above.ten(here)
    with at.map:
        above.latent_map(here, above.LAYOUTS[0] if training.running else way, colour)
    with at.curve:
        above.losses(ground, model)
        above.errors(here)
    with at.side:
        ui.note(words.about_test(here), "" if training.running else words.agreement(here))
if here is not None and not training.running:
    ui.tabs(
        "mn",
        {
            "Clusters": partial(clusters.clusters, here),
            "Mistakes": partial(clusters.mistakes, here),
            "Between": partial(between.between, here),
            "Latent size": partial(sizes.latent_size, here),
            "Images": partial(about.about, here),
            "Learn": partial(learn.learn, here),
            "Export": partial(carrying.export, here, way=way, colour=colour),
        },
    )
training.go_on()
