"""The kit that pages are made of; the only code that pages share.

A page says what is its own and takes the rest from here, in this order::

    ui.header("Where does one group end?", "k-means", key="km")
    room = ui.data_room("four-blobs")                      which data, the same on every page
    with ui.parameters(): ...                              what the sidebar offers
    at = ui.places()                                       laid out before anything is computed
    with ui.working(at):
        axis = ui.computed(...)                            once for the same content, with a bar
    with at.side:
        here = ui.stand_on(axis, "km_k", room)             slider, URL, click on the curve
    with at.figures: ui.key_figures([...])                 what it found
    with at.map: ui.cluster_map(draw, "km_map", ...)       the map, and what is selected on it
    with at.curve: ui.axis_chart(here, "km_axis")
    ui.tabs("km", {"Views": ..., "Learn": ..., "Export": ...})

An axis that answers any value has `value_control` in the place of `stand_on`, one over
another parameter than k `stand_at`. What is no table comes in through `brought`, and what
must be trained has `training`.
"""

from dashboard.ui.beside_pointer import beside_pointer
from dashboard.ui.brought import Brought, brought, choose_brought
from dashboard.ui.chart import Click, chart
from dashboard.ui.export import Carried, carry_away, export_tab, stem_of
from dashboard.ui.fitted import Here, about_axis, axis_chart, largest_k, stand_at, stand_on, tries
from dashboard.ui.jobs import computed
from dashboard.ui.maps import bare, cluster_map, height_of, plane, pointed, sizes
from dashboard.ui.members import rows
from dashboard.ui.numbers import amount, number, percent, with_band
from dashboard.ui.page import (
    KeyFigure,
    header,
    key_figures,
    parameters,
    places,
    preset,
    silhouette_figure,
    sizes_figure,
    tabs,
    working,
)
from dashboard.ui.room import Room, data_room
from dashboard.ui.state import forget, recall, remember
from dashboard.ui.structural import ladder, value_control, value_go_to
from dashboard.ui.training import Training, training
from dashboard.ui.truth import against_truth, groups_of
from dashboard.ui.words import explained, literal, note

__all__ = [
    "Brought",
    "Carried",
    "Click",
    "Here",
    "KeyFigure",
    "Room",
    "Training",
    "about_axis",
    "against_truth",
    "amount",
    "axis_chart",
    "bare",
    "beside_pointer",
    "brought",
    "carry_away",
    "chart",
    "choose_brought",
    "cluster_map",
    "computed",
    "data_room",
    "explained",
    "export_tab",
    "forget",
    "groups_of",
    "header",
    "height_of",
    "key_figures",
    "ladder",
    "largest_k",
    "literal",
    "note",
    "number",
    "parameters",
    "percent",
    "places",
    "plane",
    "pointed",
    "preset",
    "recall",
    "remember",
    "rows",
    "silhouette_figure",
    "sizes",
    "sizes_figure",
    "stand_at",
    "stand_on",
    "stem_of",
    "tabs",
    "training",
    "tries",
    "value_control",
    "value_go_to",
    "with_band",
    "working",
]
