"""What the page says of an answer."""

from collections.abc import Sequence

import numpy as np

from clustering.deep.rows import MEASURES, Row
from clustering.words import count
from dashboard import ui
from dashboard.neural.deep.parts import Here

__all__ = ["about", "heading", "key_figures", "offered", "table"]

SHORT = {
    "accuracy": "Accuracy", "nmi": "NMI", "ari": "ARI", "silhouette_input": "Silhouette",
}  # fmt: skip

SAID = {
    "accuracy": "Share of the points that are in the cluster of their class, under the best naming "
    "of the clusters.",
    "silhouette_input": "Mean silhouette of the clusters, measured in the space of the input.",
}


def key_figures(here: Here) -> list[ui.KeyFigure]:
    """Give the five figures on top of the page."""
    measure = here.measure
    short = SHORT[measure]
    known = here.deep[-1] if here.deep else None
    inside = "" if measure == "accuracy" else ", in the space of the input for both"
    epochs = "–"
    if here.net is not None:
        sharpened = f" + {here.found.epochs}" if here.refined and here.found else ""
        epochs = f"{here.net.epochs}{sharpened}"
    return [
        ui.KeyFigure(
            f"{short}, deep", "–" if known is None else _spread(known, measure),
            f"{SAID[measure]} Of: {here.name or here.chosen.method}.",
        ),
        ui.KeyFigure(
            f"{short}, k-means", _spread(here.plain[0], measure),
            f"The same of k-means on the columns as they are{inside}: mean and standard deviation "
            f"over {count(here.plain[0].seeds, 'seed')}.",
        ),
        ui.KeyFigure(
            f"{short}, PCA", _spread(here.plain[1], measure),
            "The same of k-means on the principal components.",
        ),
        ui.KeyFigure(
            "Silhouette, in · latent",
            f"{_value(known, 'silhouette_input', 2)} · {_value(known, 'silhouette_latent', 2)}",
            "Of the deep clusters, first in the space of the input, then in their own. A network "
            "lays out its own space as it likes, so that the second praises it whatever it did.",
        ),
        ui.KeyFigure(
            "Epochs", epochs,
            "How often the network has seen every point: as an autoencoder, and then while the "
            "clusters were sharpened.",
        ),
    ]  # fmt: skip


def _value(row: Row | None, measure: str, digits: int = 3) -> str:
    """Write a figure of a row; a dash before there is one."""
    return ui.number(np.nan if row is None else row.mean(measure), digits)


def _spread(row: Row, measure: str, digits: int = 3) -> str:
    """Write mean and spread over the seeds."""
    mean, spread = row.mean(measure), row.spread(measure)
    if not np.isfinite(spread):
        return ui.number(mean, digits)
    return f"{ui.number(mean, digits)} ± {ui.number(spread, digits)}"


def about(here: Here) -> str:
    """Say where the classes are from, what the seeds are, and what was trained on."""
    said = []
    if here.ground.classes:
        said.append(f"Accuracy, NMI and ARI against the {here.ground.classes}.")
    else:
        said.append("No true classes are known here, so that ways are judged by the silhouette.")
    seeds = here.plain[0].seeds
    said.append(f"Plain ways over {count(seeds, 'seed')}, lines of one standard deviation.")
    if here.net is not None:
        spent = here.net.seconds + (here.found.seconds if here.found else 0.0)
        said.append(f"Trained on {here.net.device} in {spent:.0f} s.")
    if here.dataset.weights is not None:
        said.append("Weights of the preparation count, in the losses too.")
    return " ".join(said)


def offered(here: Here) -> list[str]:
    """Give the figures that some row has."""
    return [name for name in MEASURES if any(np.isfinite(row.mean(name)) for row in here.rows)] or [
        "silhouette_input"
    ]


def table(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Give all figures of all ways as a table of texts: a row a figure, a column a way."""
    named = [name for name in MEASURES if any(np.isfinite(row.mean(name)) for row in rows)]
    columns = {"figure": [*(MEASURES[name] for name in named), "Seeds", "Seconds"]}
    for row in rows:
        columns[row.name] = [
            *(_spread(row, name, 0 if name.startswith("calinski") else 3) for name in named),
            f"{row.seeds}",
            f"{np.mean(row.seconds):.1f}"
            if row.seconds and np.isfinite(row.seconds).all() else "–",
        ]  # fmt: skip
    return columns


def heading(here: Here) -> str:
    """Say in a line what is shown, for what is downloaded."""
    said = f"{here.ground.name}: {here.name}, {count(here.chosen.k, 'cluster')}."
    return f"{said} {here.verdict.sentence}" if here.verdict else said
