"""What must hold of the starts of k-means, and the sentences for what does not."""

import numpy as np
from numpy.typing import ArrayLike

from clustering.checks import LARGEST
from clustering.dataset import Dataset, Floats
from clustering.errors import ParameterError

__all__ = ["Init", "check_init", "check_start"]

Init = str | ArrayLike
"""``"k-means++"``, ``"random"``, or k starting centers."""


def check_start(dataset: Dataset, start: ArrayLike, *, k: int | None = None) -> Floats:
    """Give `start` as an array of shape (k, d), or raise ParameterError."""
    try:
        centers = np.array(start, dtype=np.float64, order="C")
    except (TypeError, ValueError) as error:
        raise ParameterError(
            "Starting centres are a table of numbers, one row for each cluster."
        ) from error
    k = len(centers) if k is None and centers.ndim else k
    if centers.shape != (k, dataset.d) or not k:
        raise ParameterError(
            f"The starting centres are of shape {centers.shape}; k = {k} clusters in "
            f"{dataset.d} columns need ({k}, {dataset.d})."
        )
    if not (np.isfinite(centers).all() and np.abs(centers).max() <= LARGEST):
        raise ParameterError(
            "A starting centre has a coordinate that is missing or too large to be squared; "
            "place it again."
        )
    return centers


def check_init(dataset: Dataset, init: Init, *, k: int) -> str | Floats:
    """Give the name of a known way to start, or starting centers of shape (k, d)."""
    if not isinstance(init, str):
        return check_start(dataset, init, k=k)
    if init not in ("k-means++", "random"):
        raise ParameterError(f"'{init}' is no way to start; choose k-means++ or random.")
    return init
