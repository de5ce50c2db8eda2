"""The kit that pages are made of; the only code that pages share.

A page says what is its own and takes the rest from here::

    room = ui.data_room("four-blobs")                  which data, the same on every page
    axis = ...                                         the method over its whole axis, cached
    value = ui.axis_control(axis, "km_k", ...)         slider, URL, click on the curve
    ui.figures([...]); ui.chart(figure, "km_map")      what it found
    ui.tabs("km_tab", {"Views": ..., "Learn": ..., "Export": ...})
"""

from dashboard.ui.chart import Click, chart
from dashboard.ui.export import export_tab
from dashboard.ui.jobs import computed
from dashboard.ui.page import (
    Figure,
    against_truth,
    axis_control,
    figures,
    go_to,
    header,
    note,
    number,
    percent,
    plane,
    preset,
    rows,
    tabs,
)
from dashboard.ui.room import Room, data_room
from dashboard.ui.state import recall, remember
from dashboard.ui.words import explained, literal

__all__ = [
    "Click",
    "Figure",
    "Room",
    "against_truth",
    "axis_control",
    "chart",
    "computed",
    "data_room",
    "explained",
    "export_tab",
    "figures",
    "go_to",
    "header",
    "literal",
    "note",
    "number",
    "percent",
    "plane",
    "preset",
    "recall",
    "remember",
    "rows",
    "tabs",
]
