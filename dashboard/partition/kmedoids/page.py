"""k-medoids: who stands for whom?"""

from functools import partial

import numpy as np

from clustering import kmedoids
from clustering.figures import Figure
from clustering.figures import map as maps
from clustering.geometry import projection
from clustering.geometry.selection import Window
from dashboard import ui

ui.header("Who stands for whom?", "k\u2011medoids", key="md")
room = ui.data_room("customers", distances=True)
dataset, metric = room.dataset, room.dataset.metric
with ui.parameters():
    pair = ui.plane(dataset, "md")
    k_max = ui.largest_k("md", 12, most=40)

at = ui.places(1.5)
with ui.working(at):
    view = ui.computed(projection.view, dataset, columns=pair)
    tall = ui.height_of(view, most=540)
    axis = ui.computed(
        kmedoids.axis, dataset, k_max=k_max,
        meanwhile=partial(ui.bare, at.sight, dataset, view, "md_sight", height=tall),
    )  # fmt: skip
with at.side:
    here = ui.stand_on(axis, "md_k", room)
partition, numbers, sizes = here.partition, here.numbers, here.partition.sizes
far = kmedoids.away(dataset, partition)


def draw_map(window: Window | None = None) -> Figure:
    """Draw the points and their medoids, anew for a window where they are an image."""
    return maps.clusters(dataset, partition, view, numbers=numbers, window=window)


def medoids() -> None:
    """List the rows that stand for the others."""
    mean = np.bincount(partition.labels, far, minlength=partition.k) / np.maximum(sizes, 1)
    ui.note(f"The {dataset.source.member} of each cluster that has the least distance to all.")
    ui.rows(
        dataset,
        np.asarray(partition.exemplars),
        {
            "cluster": (partition.labels + 1, "", None),
            "stands for": (sizes[partition.labels], "Points in its cluster, itself too.", None),
            "mean distance": (mean[partition.labels], "Of these points to it.", "%.3g"),
        },
    )


with at.figures:
    ui.key_figures(
        [
            ui.KeyFigure("k", f"{partition.k}", "Number of clusters, and of medoids."),
            ui.KeyFigure(
                "Mean distance",
                f"{ui.amount(far.mean())} {metric.unit}".strip(),
                f"Of a point to the medoid of its cluster; {metric.name} distance.",
            ),
            ui.silhouette_figure(*here.silhouette),
            ui.sizes_figure(partition),
        ]
    )
with at.map:
    ui.cluster_map(
        draw_map, "md_map", dataset, partition, view, height=tall,
        said="The numbered discs are medoids: points of the data, each nearest in sum to all of "
        "its cluster.",
    )  # fmt: skip
with at.curve:
    ui.axis_chart(here, "md_axis", right="deviation")
with at.side:
    ui.about_axis(here)
    ui.note(ui.against_truth(room, partition))
    ui.sizes(dataset, partition, numbers, "md_sizes")

ui.tabs(
    "md",
    {
        "Medoids": medoids,
        "Export": lambda: ui.export_tab(
            room, partition, draw_map, key="md", method="k-medoids",
            caption=f"Mean distance to the own medoid {ui.amount(far.mean())}.",
        ),
    },
)  # fmt: skip
