"""The kit that pages are made of; the only code that pages share.

A page says what is its own and takes the rest from here::

    room = ui.data_room("four-blobs")                  which data, the same on every page
    axis = ...                                         the method over its whole axis, cached
    value = ui.axis_control(axis, "km_k", ...)         slider, URL, click on the curve
    ui.key_figures([...]); ui.chart(figure, "km_map")      what it found
    ui.tabs("km", {"Views": ..., "Learn": ..., "Export": ...})
"""

from dashboard.ui.along import ladder, value_control, value_go_to
from dashboard.ui.chart import Click, chart
from dashboard.ui.export import export_tab
from dashboard.ui.jobs import computed
from dashboard.ui.page import (
    KeyFigure,
    against_truth,
    amount,
    axis_control,
    go_to,
    header,
    key_figures,
    note,
    number,
    percent,
    plane,
    preset,
    rows,
    shades,
    tabs,
    with_band,
)
from dashboard.ui.reading import ENCODINGS, change_reading, how_read, reading_panel, told
from dashboard.ui.region import selected
from dashboard.ui.room import Room, data_room
from dashboard.ui.state import forget, recall, recall_number, remember
from dashboard.ui.words import explained, literal

__all__ = [
    "ENCODINGS",
    "change_reading",
    "how_read",
    "reading_panel",
    "told",
    "Click",
    "KeyFigure",
    "Room",
    "against_truth",
    "amount",
    "axis_control",
    "chart",
    "computed",
    "data_room",
    "explained",
    "export_tab",
    "forget",
    "go_to",
    "header",
    "key_figures",
    "ladder",
    "literal",
    "note",
    "number",
    "percent",
    "plane",
    "preset",
    "recall",
    "recall_number",
    "remember",
    "rows",
    "selected",
    "shades",
    "tabs",
    "value_control",
    "value_go_to",
    "with_band",
]
