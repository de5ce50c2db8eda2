"""What comes later, assigned by the fitted model: a test part, or the events of a stream."""

from clustering.deep import arrivals
from clustering.deep.arrivals import Arrivals, Watch
from dashboard import ui
from dashboard.neural.lstm.parts import Here

__all__ = ["arrived", "watch"]


def watch(here: Here) -> Watch:
    """Give what arrivals are held against: the clusters with the spread of their own members."""
    found: Watch = ui.computed(
        arrivals.watch, here.dataset, model=here.model, partition=here.partition
    )
    return found


def arrived(here: Here) -> Arrivals | None:
    """Give what the fitted model says of all that was held back; None where nothing was."""
    if here.ground.other is None:
        return None
    return ui.computed(arrivals.arrivals, here.ground.other, watch=watch(here), names=here.names)
