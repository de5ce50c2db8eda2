"""What DBSCAN takes, and the sentences for what it does not."""

import numpy as np

from clustering.checks import is_whole, shown
from clustering.data.steps.distances import great_circle
from clustering.dataset import Dataset
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.geometry.neighbourhood import has_fast_path
from clustering.words import count

__all__ = ["check", "is_count"]

MOST = 20_000
"""Points up to which distances without a fast path are computed, each with each other."""


def is_count(value: object, least: int = 1) -> bool:
    """Tell whether anything at all is a whole number from `least`, and none of True and False."""
    return is_whole(value) and not isinstance(value, bool) and int(value) >= least  # type: ignore[call-overload]


def check(dataset: Dataset, min_samples: object) -> None:
    """Raise where the data or the parameter is none for DBSCAN."""
    if not is_count(min_samples):
        raise ParameterError(f"min_samples = {shown(min_samples)}; choose a whole number from 1.")
    total = dataset.mass.sum()
    if total < int(min_samples):  # type: ignore[call-overload]
        raise ParameterError(
            f"min_samples = {min_samples} is more than the {count(int(total), 'point')}: none "
            "could ever be core. Choose a smaller min_samples."
        )
    if dataset.weights is not None and dataset.weights.min() < 1:
        raise UnsupportedError(
            f"DBSCAN counts points, and the smallest weight is {dataset.weights.min():.3g}; "
            "multiply the weights so that none is below 1, or leave them out."
        )
    if not has_fast_path(dataset) and dataset.n > MOST:
        raise UnsupportedError(
            f"{dataset.metric.name.capitalize()} distances have to be computed each with each "
            f"other, which takes too long for {dataset.n:,} points; take a sample of {MOST:,} or "
            "fewer on the Data page, or choose euclidean distances."
        )
    if dataset.metric.between is great_circle:
        beyond = int((np.abs(dataset.points[:, 1]) > 90.0).sum())
        if beyond:
            raise DataError(
                f"{beyond:,} of {dataset.n:,} latitudes lie beyond 90 degrees, up to "
                f"{np.abs(dataset.points[:, 1]).max():g}, where there is no place; correct them."
            )
    if dataset.metric.is_euclidean and np.abs(dataset.points).max() > 1e150:
        raise DataError(
            f"The largest value is {np.abs(dataset.points).max():.3g}, and its square is beyond "
            "what a computer can add; divide the column or scale it."
        )
