"""LSTM clustering: which sequences behave alike?"""

from functools import partial

import streamlit as st

from clustering.deep.predictor import Predictor
from dashboard import ui
from dashboard.neural.lstm import (
    above,
    clusters,
    door,
    events,
    export,
    labels,
    learn,
    preparing,
    sidebar,
    trainings,
    views,
    ways,
    words,
)

ui.header("Which sequences behave alike?", "LSTM clustering", key="ls")
brought = door.open_door()
at = ui.places(1.3)
with ui.working(at):
    ground = preparing.prepare(brought)
with ui.parameters():
    chosen = sidebar.chosen(ground.dataset)
    sidebar.preset()
with ui.working(at):
    net = trainings.begin(ground, chosen)
with at.map:
    which = above.channel(ground)
model, here, step, table = net.result, None, None, None
taught: list[ui.Training[Predictor]] = []
if model is None or net.running:
    with at.figures:
        ui.key_figures(words.waiting(ground, model))
    with at.map, ui.explained():
        above.learning(ground, model, which)
    with at.curve:
        if model is not None:
            above.loss(ground, model, epochs=chosen.epochs, height=225)
        elif not net.running:
            st.info("Press Train: the network learns to tell these series again.")
else:
    with at.side, ui.explained():
        here = trainings.stand(ground, chosen, model)
        here, step = trainings.sharpen(here, net)
    with at.figures:
        ui.key_figures(words.key_figures(here))
    with at.map, ui.explained():
        above.multiples(here, which)
    with at.curve:
        above.curve(here)
    with at.side:
        ui.note(words.about(here))
        table = st.container()
if here is not None and not here.live:
    played = {"Events": partial(events.events, here, which)} if ground.stream else {}
    ui.tabs(
        "ls",
        {
            "Views": partial(views.views, here, which),
            "Clusters": partial(clusters.clusters, here),
            **played,
            "Labels": partial(labels.labels, here, taught),
            "Learn": partial(learn.learn, here),
            "Export": partial(export.export, here, which),
        },
    )
    if table is not None:
        with table, ui.explained():
            ways.compare(here)
net.go_on()
for each in (step, *taught):
    if each is not None:
        each.go_on()
