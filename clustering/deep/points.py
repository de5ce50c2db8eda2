"""Points: which of them a network takes."""

from dataclasses import replace

from clustering.checks import check_coordinates
from clustering.data.sequences.warping import NAME
from clustering.dataset import EUCLIDEAN, Dataset

__all__ = ["check_points"]


def check_points(dataset: Dataset, method: str, *, series: bool) -> None:
    """Raise UnsupportedError or DataError where a network cannot take the points.

    One that reads series takes padded ones too, whose distances are warped; any other wants
    coordinates, as whatever averages does.
    """
    warped = series and dataset.metric.name == NAME
    check_coordinates(replace(dataset, metric=EUCLIDEAN) if warped else dataset, method)
