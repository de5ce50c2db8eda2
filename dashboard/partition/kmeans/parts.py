"""What the k-means page says of an answer."""

from dataclasses import dataclass

from clustering.dataset import Integers
from clustering.geometry import projection
from clustering.geometry.projection import View
from clustering.partition import Partition
from dashboard import ui


@dataclass(frozen=True, eq=False, slots=True)
class Answer:
    """The answer on the map: the axis' own, or the one that placed starts give.

    Attributes
    ----------
    partition : Partition
        The clusters.
    numbers : ndarray of shape (k,), int
        Colour number of each.
    silhouette : tuple of three float
        Its mean, and the ends of its band.
    judged : str
        How that was found, where it is not the axis' own.
    """

    partition: Partition
    numbers: Integers
    silhouette: tuple[float, float, float]
    judged: str = ""


def key_figures(answer: Answer) -> list[ui.KeyFigure]:
    """Give the five figures on top of the page."""
    partition = answer.partition
    return [
        ui.KeyFigure("k", f"{partition.k}", "Number of clusters."),
        ui.KeyFigure(
            "Inertia",
            ui.amount(partition.facts["inertia"]),
            "Sum of squared distances of the points to the centre of their cluster, in squared "
            "units of the prepared columns.",
        ),
        ui.silhouette_figure(*answer.silhouette),
        ui.sizes_figure(partition),
        ui.KeyFigure(
            "Iterations",
            f"{partition.facts['iterations']:.0f}",
            "Turns of assigning and updating until nothing moved any more.",
        ),
    ]


def about_map(view: View, partition: Partition, starts: str) -> str:
    """Say what must be said below the map."""
    stopped = "The run did not converge: it stopped after its last permitted iteration."
    said = (starts, about_view(view, partition), "" if partition.converged else stopped)
    return " ".join(filter(None, said))


def about_view(view: View, partition: Partition) -> str:
    """Say how far a map of more than two columns may be trusted."""
    if view.kind not in ("columns", "pca"):
        return ""
    foreign = projection.foreign(view, partition)
    shown = f"The map shows {ui.percent(view.explained)} of the variance."
    if not foreign:
        return f"{shown} Every point lies in the region of its own colour."
    return (
        f"{shown} {ui.percent(foreign, 1)} of the points lie in a region of another colour, "
        "because what tells them apart cannot be seen here."
    )
