"""Deep clustering: does learning the space help?"""

from functools import partial

from dashboard import ui
from dashboard.neural.deep import (
    above,
    clusters,
    door,
    export,
    learn,
    sidebar,
    trainings,
    views,
    words,
)

ui.header("Does learning the space help?", "deep clustering", key="dc")
ground = door.open_ground()
with ui.parameters():
    chosen = sidebar.chosen(ground)
    sidebar.presets()

at = ui.places(1.25)
with ui.working(at):
    here = trainings.plain(ground, chosen)
    running = trainings.begin(ground, chosen)
    here = trainings.looked(here, running)

with at.figures:
    ui.key_figures(words.key_figures(here))
    above.conclude(here)
with at.map:
    draw = above.map_of(here)
with at.curve:
    above.compare(here)
with at.side:
    above.learning(here)

ui.tabs(
    "dc",
    {
        "Views": partial(views.views, here),
        "Clusters": partial(clusters.clusters, here),
        "Learn": partial(learn.learn, here),
        "Export": partial(export.export, here, draw),
    },
)
for each in running:
    if each is not None:
        each.go_on()
