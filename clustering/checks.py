"""What must hold of any argument, and the sentences for what does not."""

import math

import numpy as np

from clustering.dataset import Dataset
from clustering.errors import DataError, ParameterError, UnsupportedError

__all__ = [
    "LARGEST",
    "check_coordinates",
    "check_k",
    "check_run",
    "is_finite",
    "is_whole",
    "largest_k",
    "shown",
]

LARGEST = 1e100
"""Largest coordinate, of a cell and of a prepared point alike.

A square is at most 1e200, so that sums over any number of rows and columns, and the
products of such sums with weights, stay below 1e308, where numbers end.
"""
MOST = 1_000_000
"""Starts, and turns of each, beyond which nobody waits for the answer."""


def check_coordinates(dataset: Dataset, method: str) -> None:
    """Raise UnsupportedError or DataError where points have no means."""
    if not dataset.metric.is_euclidean:
        raise UnsupportedError(
            f"{method} averages coordinates, and {dataset.metric.name} distances have none to "
            "average; choose a method that works on distances alone."
        )
    largest = max(dataset.points.max(), -dataset.points.min())
    if largest > LARGEST:
        raise DataError(
            f"The largest value is {largest:.3g}, and its square is beyond "
            "what a computer can add; divide the column or scale it."
        )


def check_k(dataset: Dataset, k: int) -> None:
    """Raise ParameterError where `k` clusters cannot be made of these points."""
    if not is_whole(k) or k < 1:
        raise ParameterError(
            f"k = {shown(k)} is no number of clusters; choose a whole number from 1."
        )
    distinct = largest_k(dataset, k)
    if k > distinct:
        raise ParameterError(
            f"k = {k} is more than the {distinct} distinct points; choose k <= {distinct}."
        )


def largest_k(dataset: Dataset, k: int) -> int:
    """Give `k`, or the number of distinct points where that is less."""
    # The first few thousand points nearly always settle it without sorting them all.
    some = len(np.unique(dataset.points[:4096], axis=0))
    return int(k) if some >= k else min(int(k), dataset.distinct)


def check_run(*, n_init: int, max_iter: int, tol: float, seed: int) -> None:
    """Raise ParameterError where an argument makes no sense."""
    for name, value in (("n_init", n_init), ("max_iter", max_iter)):
        if not is_whole(value) or not 1 <= value <= MOST:
            raise ParameterError(
                f"{name} = {shown(value)}; choose a whole number from 1 to {MOST:,}."
            )
    if not is_finite(tol) or tol < 0:
        raise ParameterError(f"tol = {shown(tol)}; choose a number from 0, such as 0.0001.")
    if not is_whole(seed) or not 0 <= seed < 2**32:
        raise ParameterError(f"seed = {shown(seed)}; choose a whole number from 0 to {2**32 - 1}.")


def is_finite(value: object) -> bool:
    """Tell whether anything at all is a finite number."""
    if isinstance(value, (int, np.integer)):
        return True
    return isinstance(value, (float, np.floating)) and math.isfinite(value)


def is_whole(value: object) -> bool:
    """Tell whether anything at all is a whole number; 3.0 is one."""
    return is_finite(value) and value == int(value)  # type: ignore[call-overload]


def shown(value: object) -> str:
    """Write what was given in place of a number."""
    return f"{value:g}" if isinstance(value, (float, np.floating)) else repr(value)[:40]
