"""Partition: one answer, whoever gave it.

A method turns a Dataset into an Axis, a value of its parameter turns the Axis
into a Partition, and everything that looks at an answer (validity, figures,
cards, export) takes a Dataset and a Partition and asks nothing more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clustering.dataset import Floats, Integers, frozen
from clustering.errors import DataError, UnsupportedError

__all__ = ["Labels", "Partition"]

Labels = NDArray[np.int32]


@dataclass(frozen=True, eq=False, slots=True)
class Partition:
    """Which cluster each point belongs to, and how to get that answer again.

    Attributes
    ----------
    labels : ndarray of shape (n,), int32
        Cluster of each point, from 0; -1 means noise: no cluster at all.
    rows : ndarray of shape (n,), int64
        Place of each point in the user's own file, as in the Dataset.
    method : str
        Name of the module that gave it, e.g. ``"kmeans"``.
    parameters : mapping of str to value
        Every argument that gives the same answer again.
    facts : mapping of str to float
        What the method knows about its answer, e.g. ``inertia``, ``iterations``.
    centers : ndarray of shape (k, d), or None
        One point a cluster, where the method has such; also for a cluster that
        was asked for and holds no point.
    exemplars : ndarray of shape (k,), int64, or None
        The point that stands for each cluster, by its place among the n points, where the
        method has such (medoids).
    core : ndarray of shape (n,), bool, or None
        Core points of a density method.
    membership : ndarray of shape (n, k), or None
        Share of each cluster in each point, for soft methods.
    converged : bool or None
        False where the method stopped before it was done; None where nothing
        iterates.
    assigner : callable, or str
        Labels of new points (m, d), or the reason why the method has none.

    Examples
    --------
    >>> answer = Partition(labels=[0, 0, 1, -1], rows=range(4), method="by hand")
    >>> answer.k, answer.sizes.tolist(), answer.noise
    (2, [2, 1], 1)
    >>> answer.assign([[0.0, 0.0]])
    Traceback (most recent call last):
    ...
    clustering.errors.UnsupportedError: This result has no rule for new points.
    """

    labels: Labels
    rows: Integers
    method: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, float] = field(default_factory=dict)
    centers: Floats | None = None
    exemplars: Integers | None = None
    core: NDArray[np.bool_] | None = None
    membership: Floats | None = None
    converged: bool | None = None
    assigner: Callable[[Floats], Labels] | str = "This result has no rule for new points."

    def __post_init__(self) -> None:
        """Make the arrays read-only and check that they fit together."""
        assign = object.__setattr__
        assign(self, "labels", frozen(self.labels, np.int32))
        assign(self, "rows", frozen(self.rows, np.int64))
        if self.labels.shape != self.rows.shape or self.labels.ndim != 1:
            raise DataError(f"{self.labels.size} labels for {self.rows.size} rows.")
        for name in ("centers", "exemplars", "core", "membership"):
            if getattr(self, name) is not None:
                assign(self, name, frozen(getattr(self, name)))

    @property
    def k(self) -> int:
        """Number of clusters, noise not counted; an empty one with a center counts."""
        named = int(self.labels.max(initial=-1)) + 1
        return named if self.centers is None else max(named, len(self.centers))

    @property
    def sizes(self) -> Integers:
        """Points in each cluster, shape (k,); weights are not counted."""
        return np.bincount(self.labels[self.labels >= 0], minlength=self.k)

    @property
    def noise(self) -> int:
        """Points that belong to no cluster."""
        return int((self.labels < 0).sum())

    def assign(self, points: ArrayLike) -> Labels:
        """Give the clusters of new points by the rule that made this answer.

        Parameters
        ----------
        points : array_like of shape (m, d)
            New points, prepared as the old ones were.

        Returns
        -------
        ndarray of shape (m,), int32
            Their clusters, -1 for noise.

        Raises
        ------
        UnsupportedError
            Where the method has no rule for new points; the sentence says why.
        DataError
            Where the points have another number of columns.
        """
        if isinstance(self.assigner, str):
            raise UnsupportedError(self.assigner)
        new = np.atleast_2d(np.asarray(points, dtype=np.float64))
        if self.centers is not None and new.shape[1] != self.centers.shape[1]:
            raise DataError(
                f"The new rows have {new.shape[1]} columns, the clustered ones had "
                f"{self.centers.shape[1]}; prepare them with the same choices."
            )
        return self.assigner(new).astype(np.int32)
