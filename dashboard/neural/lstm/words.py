"""What the page says of the clusters."""

import numpy as np

from clustering import validity
from clustering.deep.model import Model
from clustering.validity import against
from clustering.words import count
from dashboard import ui
from dashboard.neural.lstm import ways
from dashboard.neural.lstm.parts import Ground, Here, members

__all__ = ["about", "heading", "key_figures", "waiting"]


def key_figures(here: Here) -> list[ui.KeyFigure]:
    """Give the five figures on top of the page."""
    ground, axis, place = here.ground, here.axis, here.stood.place
    said = members(2, ground.member).partition(" ")[2]
    latent, warped = (float(axis.curves[name][place]) for name in ("silhouette", "silhouette_dtw"))
    if here.found is not None:
        latent, warped = sharpened(here)
    later = 0 if ground.other is None else ground.other.n
    figures = [
        ui.KeyFigure(
            f"{said.capitalize()}",
            f"{here.dataset.n:,} + {later:,}" if later else f"{here.dataset.n:,}",
            f"The {said} that are learned from, and those that are held back"
            + (" and arrive later." if ground.stream is not None else " as a test part."),
        ),
        ui.KeyFigure("Clusters", f"{here.k:,}", "Groups in the latent space of the network."),
        ui.KeyFigure(
            "Silhouette, latent · DTW",
            f"{ui.number(latent, 2)} · {ui.number(warped, 2)}",
            "Mean silhouette in the latent space, which the network lays out as it likes, and by "
            "dynamic time warping of the series themselves, in which it has no say.",
        ),
    ]  # fmt: skip
    if ground.truth is not None:
        found = against(ground.truth, here.partition.labels)
        figures.append(
            ui.KeyFigure(
                "ARI", ui.number(found.rand.value, 3),
                "Adjusted Rand index of the clusters against the known classes, on what was "
                "learned from. The network never saw a class.",
            )
        )  # fmt: skip
    figures.append(
        ui.KeyFigure(
            "Error", ui.number(float(here.net.history["loss"][-1]), 3),
            "Mean squared error of a value on the way through the network and back, on the "
            "prepared scale, in the last epoch. On standardised series 1 is what a straight line "
            "at the mean would have.",
        )
    )  # fmt: skip
    return figures


def sharpened(here: Here) -> tuple[float, float]:
    """Give both silhouettes of what was sharpened: the axis knows what it was before."""
    [score] = ui.computed(
        validity.silhouettes, here.latent, labelings=(here.partition.labels,),
        seed=here.chosen.seed,
    )  # fmt: skip
    return score.value, ways.measured(here)["silhouette_dtw"]


def waiting(ground: Ground, net: Model | None) -> list[ui.KeyFigure]:
    """Give the key figures before there is an answer, so that nothing moves when they come."""
    later = 0 if ground.other is None else ground.other.n
    said = members(2, ground.member).partition(" ")[2]
    error = "–" if net is None else ui.number(float(net.history["loss"][-1]), 3)
    names = ["Clusters", "Silhouette, latent · DTW", *(["ARI"] if ground.truth is not None else [])]
    return [
        ui.KeyFigure(
            said.capitalize(),
            f"{ground.dataset.n:,} + {later:,}" if later else f"{ground.dataset.n:,}",
            "Learned from, and held back.",
        ),
        *(ui.KeyFigure(name, "–", "Measured once the training rests.") for name in names),
        ui.KeyFigure("Error", error, "Mean squared error of the last epoch."),
    ]


def about(here: Here) -> str:
    """Say which k the silhouettes support, and what was sampled."""
    axis = here.axis
    said = []
    for name, title in (("silhouette", "the latent space"), ("silhouette_dtw", "DTW distance")):
        curve = axis.curves[name]
        if np.isfinite(curve).any():
            said.append(f"{axis.values[int(np.nanargmax(curve))]:.0f} in {title}")
    of = " with k-means, before the sharpening" if here.found is not None else ""
    text = f"Highest at k = {' and '.join(said)}{of}." if said else "No k has a silhouette."
    notes = (axis.notes.get("silhouette", ""), axis.notes.get("silhouette_dtw", ""))
    sampled = [each for each in notes if "sample" in each]
    return " ".join([text, *sampled, axis.notes.get("fits", "")]).strip()


def heading(here: Here) -> str:
    """Say in a line what is shown, for what is downloaded."""
    return (
        f"{here.ground.door.name}: {here.name}, {count(here.k, 'cluster')}, "
        f"{count(here.net.epochs, 'epoch')}."
    )
