"""What stands under the two maps: the tabs of the agglomerative page."""

from collections.abc import Callable, Mapping

from clustering.figures import Figure
from clustering.projection import View
from clustering.words import count
from dashboard import ui
from dashboard.structure.agglomerative_parts import Side
from dashboard.structure.agglomerative_side import Chosen
from dashboard.ui.room import Room


def tabs(
    room: Room,
    chosen: Chosen,
    sides: Mapping[str, Side],
    shown: Side,
    view: View,
    draw_map: Callable[..., Figure],
) -> dict[str, Callable[[], None]]:
    """Give the tabs of the page."""
    return {
        "Export": lambda: ui.export_tab(
            room,
            shown.partition,
            draw_map(shown, edges=False),
            key="ag",
            method=f"agglomerative clustering, {chosen.linkage} linkage, {shown.name}",
            caption=f"{count(shown.partition.k, 'cluster')}.",
        ),
    }
