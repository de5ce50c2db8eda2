"""The Export tab: labels, the network, and a script that gives the same labels again."""

from collections.abc import Callable

from clustering.figures import Figure
from dashboard import ui
from dashboard.neural.deep.parts import Here

__all__ = ["export"]


def export(here: Here, draw: Callable[[], Figure]) -> None:
    """Offer what can be carried away."""
    if here.partition is None:
        ui.note("There is nothing to carry away yet: press Train.")
