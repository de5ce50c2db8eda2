"""MNIST autoencoder: what survives 32 numbers?"""

import streamlit as st

from clustering.deep import autoencoder
from dashboard import ui
from dashboard.neural.mnist import above, parts, sidebar, words
from dashboard.ui.state import arrive

arrive("mn")
title = st.container()
brought = sidebar.images()
images = brought.content
with ui.parameters():
    chosen = sidebar.parameters(images)
    sidebar.recipe()
with title:
    ui.header(f"What survives {chosen.latent} numbers?", "autoencoder", key="mn")

at = ui.places(1.35)
with ui.working(at):
    ground = parts.ground(images, chosen)
    training = ui.training(
        "mn", autoencoder.fit, ground.train, epochs=chosen.epochs, start=brought.own,
        shape=images.shape, validation=ground.test, **chosen.settings,
    )  # fmt: skip
model = training.result
with at.map:
    above.which_ten()
    shelf = st.container()
    way, colour = above.choose_map(ground)
with at.side:
    method, k = parts.choose_clusters(images)
if model is None or (training.running and ground.looked.n > parts.LIVE):
    with shelf, ui.explained():
        above.learning(ground, model)
    if model is not None:
        with at.curve:
            above.losses(ground, model)
else:
    with ui.working(at):
        here = parts.look(ground, model, method, k)
    with at.figures:
        ui.key_figures(words.key_figures(here))
    with shelf:
        above.ten(here)
    with at.map:
        above.latent_map(here, way, colour)
    with at.curve:
        above.losses(ground, model)
        above.errors(here)
    with at.side:
        ui.note(words.about_test(here))
        ui.note(words.agreement(here))
    ui.tabs("mn", {})
training.go_on()
