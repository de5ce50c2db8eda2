"""What the page says of an answer."""

import numpy as np

from clustering.words import amount, count
from dashboard import ui
from dashboard.applications.customers.parts import Found


def key_figures(found: Found) -> list[ui.KeyFigure]:
    """Give the five figures on top of the page."""
    singles = int(found.curve("singles"))
    return [
        ui.KeyFigure(
            "Clusters", f"{int(found.curve('clusters'))}",
            "Modes: places to which customers climb, more than a bandwidth apart.",
        ),
        ui.KeyFigure(
            "Bandwidth", ui.amount(found.curve("bandwidth")),
            "How far is near: the mean distance within which the quantile's share of all "
            "customers lies, in the units of the prepared columns.",
        ),
        ui.KeyFigure("Singles", f"{singles}", "Clusters of one customer alone."),
        ui.KeyFigure(
            "Largest", ui.percent(found.curve("largest")),
            "Share of all customers in the largest cluster.",
        ),
        ui.silhouette_figure(*found.here.silhouette),
    ]  # fmt: skip


def about(found: Found) -> list[str]:
    """Say what must be said beside the axis."""
    notes = found.here.axis.notes
    width = amount(found.curve("bandwidth"), digits=6)
    said = [f"Quantile {found.here.value:.2f}: bandwidth {width}."]
    known = np.isfinite(found.here.silhouette[0])
    said.append(notes.get("silhouette", "") if known else "One cluster has no silhouette.")
    said += [notes.get("clusters", ""), notes.get("fits", "")]
    said.append(ui.against_truth(found.room, found.partition))
    return said


def about_table(found: Found, full: bool) -> str:
    """Say what stands in the table of centroids."""
    modes = found.told.modes is not None
    if not full and modes:
        return "Centroids are the modes, in the units of your file."
    if not full:
        return (
            "Centroids are the means of the members in the units of your file: the preparation "
            "cannot be undone for the modes."
        )
    also = ", then the mode where they climbed to" if modes else ""
    return f"Means over the members in the units of your file{also}."


def few(found: Found) -> str:
    """Say how many customers are in how many small clusters."""
    sizes = found.told.sizes
    small = int((sizes == 1).sum())
    if not small:
        return f"No {found.member} is a cluster alone."
    return f"{count(small, found.member)} {'is a cluster' if small == 1 else 'are clusters'} alone."
