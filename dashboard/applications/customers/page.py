"""Customer mean-shift: what kinds of customers are there?"""

from functools import partial

from clustering import mean_shift
from dashboard import ui
from dashboard.applications.customers import (
    orders,
    parts,
    relief,
    sidebar,
    tables,
    tabs,
    words,
)  # fmt: skip

ui.header("What kinds of customers are there?", "mean\u2011shift", key="cu")
room = parts.of_customers(ui.data_room("wholesale"))
with ui.parameters():
    seeded = sidebar.seeding()
    pair = sidebar.pair(room)
    sidebar.recipe()

orders.offer(room)
at = ui.places(1.45)
with ui.working(at):
    axis = ui.computed(
        mean_shift.axis, room.dataset, bin_seeding=seeded,
        meanwhile=partial(parts.bare, at.sight, room.dataset),
    )  # fmt: skip
with at.side:
    here = ui.stand_at(
        axis, "cu_quantile", room.dataset, label="Quantile",
        default=parts.opening(axis, eased=room.choices.skew == "log"),
        on=f"{room.data} {room.how} {room.choices.skew}", said="{:.2f}".format,
        help="Share of all customers that are near one, on average: the bandwidth follows from it.",
    )  # fmt: skip
found = parts.found(room, here, pair, seeded=seeded)

with at.figures:
    ui.key_figures(words.key_figures(found))
with at.map:
    ui.chart(parts.draw(found), "cu_map", height=parts.HEIGHT)
    tables.centroids(found)
with at.curve:
    parts.curves(here)
with at.side:
    ui.note(*words.about(found))
    if not relief.relief(found):  # the table beside it has the sizes, too
        ui.sizes(room.dataset, found.partition, found.numbers, "cu_sizes", shown=5)

ui.tabs(
    "cu",
    {
        "Segments": lambda: tables.segments(found),
        "Views": lambda: tabs.views(found),
        "Learn": lambda: tabs.learn(found),
        "Next month": lambda: tabs.next_month(found),
        "Export": lambda: tabs.export(found),
    },
)
