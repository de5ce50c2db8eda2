"""What methods that take turns share: no cluster stays empty, and numbers have an order."""

from dataclasses import replace

import numpy as np

from clustering import sweep
from clustering.axis import FittedAxis
from clustering.data.sequences.warping import warping
from clustering.dataset import Dataset, Floats, Integers
from clustering.partition import Partition
from clustering.progress import Report

__all__ = ["LIMIT", "by_first_member", "fits", "filled", "measured"]

LIMIT = 600
"""Series up to which the silhouettes of an axis are exact."""
FITTING = 80
"""Per cent of the time that the fits of an axis take; silhouettes take the rest."""


def filled(far: Floats) -> Integers:
    """Give the nearest centre of each series; one without any takes the farthest series.

    Parameters
    ----------
    far : ndarray of shape (n, k)
        Distances, at least as many series as centres.

    Returns
    -------
    ndarray of shape (n,), int64
        Every cluster has a member.

    Examples
    --------
    >>> filled(np.array([[0.0, 9.0], [1.0, 9.0], [2.0, 9.0]])).tolist()
    [0, 0, 1]
    """
    labels: Integers = far.argmin(axis=1)
    away = far.min(axis=1).copy()
    for cluster in range(far.shape[1]):
        if not (labels == cluster).any():
            many = np.bincount(labels, minlength=far.shape[1])[labels] > 1
            taken = int(np.where(many, away, -1.0).argmax())
            labels[taken], away[taken] = cluster, -1.0
    return labels


def by_first_member(labels: Integers, k: int) -> Integers:
    """Give the clusters in the order of their first members, empty ones last.

    Examples
    --------
    >>> by_first_member(np.array([2, 2, 0]), 3).tolist()
    [2, 0, 1]
    """
    first = [np.append(np.flatnonzero(labels == cluster), len(labels))[0] for cluster in range(k)]
    return np.argsort(first, kind="stable")


def fits(values: range, place: int) -> tuple[float, float]:
    """Say from which to which per cent of an axis a fit lasts; as long as its k is large."""
    whole = values[-1] * (values[-1] + 1)
    return FITTING * (place - 1) * place / whole, FITTING * place * (place + 1) / whole


def measured(
    dataset: Dataset,
    partitions: list[Partition],
    *,
    shape: tuple[int, ...],
    k_max: int,
    band: int | None = None,
    note: str = "",
    seed: int = 0,
    report: Report,
) -> FittedAxis:
    """Make an axis over k, with silhouettes in the warped distance."""
    told = {"distance": "Silhouettes are in the distance of dynamic time warping."}
    return sweep.fitted(
        replace(dataset, metric=warping(shape, band=band)),
        partitions,
        k_max=k_max,
        curves=("inertia", "iterations"),
        notes=told | ({"series": note} if note else {}),
        limit=LIMIT,
        seed=seed,
        report=report,
    )
