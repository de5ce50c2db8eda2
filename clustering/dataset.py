"""Dataset: what the user brought, made ready to be clustered.

Every method takes a Dataset, and nothing else of the user's. It holds the points
on which distances are measured, the way in which they are measured, and the road
back: which row of the user's own file each point is, what that row says in its
original columns and units, and how it is called.

The metric
    Most data are coordinates, and their distance is euclidean. Where it is
    not (great-circle kilometres, Gower, dynamic time warping), `metric` holds a
    function of two arrays of points. Methods that average coordinates ask
    `metric.is_euclidean` and say no in a sentence.

Weights
    ``weights[i] = w`` means that point i stands for w equal points: a colour for
    its pixels, a row for its duplicates. Every index in `clustering.validity`
    and every method that accepts weights gives what the repeated points would.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from inspect import isfunction
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray
from scipy.spatial.distance import cdist

from clustering.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["EUCLIDEAN", "Dataset", "Floats", "Integers", "Metric", "Source", "digest", "frozen"]

HEAVIEST = 1e50
"""Largest weight: times a squared distance it is still far from infinite."""

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def euclidean(a: Floats, b: Floats) -> Floats:
    """Distances between the rows of `a` (m, d) and of `b` (n, d), shape (m, n)."""
    distances: Floats = cdist(a, b)
    return distances


@dataclass(frozen=True, slots=True)
class Metric:
    """How far apart two points are.

    Attributes
    ----------
    name : str
        The name that the literature uses, e.g. ``"euclidean"``.
    between : callable
        ``between(a, b)`` for points a (m, d) and b (n, d) gives distances (m, n).
        A function of a module, or an instance of a dataclass of plain values where
        there are parameters, so that the Dataset can be pickled.
    unit : str
        Unit of the distances, e.g. ``"km"``; empty where they have none.
    """

    name: str
    between: Callable[[Floats, Floats], Floats]
    unit: str = ""

    @property
    def is_euclidean(self) -> bool:
        """True where the points are coordinates and may be averaged."""
        return self.name == "euclidean"

    @property
    def signature(self) -> str:
        """The name, with the parameters where the distance has any."""
        return self.name if isfunction(self.between) else f"{self.name} {self.between!r}"


EUCLIDEAN = Metric("euclidean", euclidean)
"""The straight line between two points."""


@dataclass(frozen=True, eq=False, slots=True)
class Source:
    """Where the points come from, and what one of them is.

    Attributes
    ----------
    name : str
        Name of the file or sample, as the user knows it.
    member : str
        What one point is, in the singular: ``"row"``, ``"colour"``, ``"customer"``.
    names : tuple of str
        How each point is called on hover and in lists, n of them; empty where
        "row 17" says all there is.
    draws : str
        What a bootstrap draws: ``"rows"``, or ``"days"`` where the points are
        columns of a table of days.
    """

    name: str
    member: str = "row"
    names: tuple[str, ...] = ()
    draws: str = "rows"


def digest(*parts: object) -> str:
    """Give sixteen hexadecimal digits that follow from the content of `parts`.

    Arrays enter by their type, shape and every byte, everything else by its
    ``repr``. Equal content gives the same digits in every process.

    Examples
    --------
    >>> digest(np.arange(3), "a") == digest(np.arange(3), "a")
    True
    >>> digest(np.arange(3)) == digest(np.arange(3.0))
    False
    """
    state = hashlib.blake2b(digest_size=8)
    for part in parts:
        if isinstance(part, np.ndarray) and part.dtype != object:
            state.update(f"{part.dtype.str}{part.shape}".encode())
            state.update(np.ascontiguousarray(part).tobytes())
        elif isinstance(part, bytes):
            state.update(part)
        else:
            state.update(repr(part).encode("utf-8", "surrogatepass"))
        state.update(b"\x00")
    return state.hexdigest()


def frozen(array: ArrayLike, dtype: DTypeLike | None = None) -> NDArray[Any]:
    """Give `array` as a contiguous, read-only copy of its own.

    One that is all of this already is shared: nobody can change it.

    Examples
    --------
    >>> once = frozen([1, 2])
    >>> frozen(once, np.int64) is once
    True
    """
    if (
        type(array) is np.ndarray
        and array.flags.owndata
        and array.flags.c_contiguous
        and not array.flags.writeable
        and (dtype is None or array.dtype == dtype)
    ):
        return array
    copy = np.array(array, dtype=dtype, order="C", copy=True)
    copy.setflags(write=False)
    return copy


@dataclass(frozen=True, eq=False, slots=True)
class Dataset:
    """Points that are ready to be clustered, and the road back to the user's file.

    Attributes
    ----------
    points : ndarray of shape (n, d), float64
        What distances are measured on; finite, read-only.
    columns : tuple of str
        What each of the d coordinates is, as an axis title would say it.
    rows : ndarray of shape (n,), int64
        Place of each point in the user's own file, from 0; rows that preparation
        dropped are missing from it.
    features : pandas.DataFrame of n rows, or None
        The chosen columns in original units, which cards and rules describe. None
        where the points are no rows of a table (pixels).
    weights : ndarray of shape (n,), float64, or None
        How many equal points each point stands for; None means one each.
    metric : Metric
        How far apart two points are.
    source : Source
        Where the points come from and what one of them is called.
    changes : tuple of str
        Sentences: what preparation did, in order, each with the choice that undoes it.
    left_out : mapping of str to ndarray of int64
        Rows that are missing from `rows`, by the reason: ``"missing value"``. Those
        that it does not name are not in the sample.
    key : str
        Digest of the content; equal keys mean equal points, rows, weights and distances.

    Raises
    ------
    DataError
        Where there are no points, or a coordinate is missing or infinite.

    Examples
    --------
    >>> data = Dataset.from_points([[0, 0], [0, 1], [5, 5]])
    >>> data.n, data.d, data.columns
    (3, 2, ('x1', 'x2'))
    >>> data.name_of(2)
    'row 3'
    """

    points: Floats
    columns: tuple[str, ...]
    rows: Integers
    source: Source
    features: "pd.DataFrame | None" = None
    weights: Floats | None = None
    metric: Metric = EUCLIDEAN
    changes: tuple[str, ...] = ()
    left_out: Mapping[str, Integers] = field(default_factory=dict)
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Check the shapes, make the arrays read-only and compute the key."""
        points = frozen(self.points, np.float64)
        if points.ndim != 2 or points.size == 0:
            raise DataError("There is nothing to cluster: no rows or no columns are left.")
        if not np.isfinite(points).all():
            bad = int((~np.isfinite(points)).any(axis=1).sum())
            raise DataError(
                f"{bad} of {len(points)} rows hold a missing or infinite value; "
                "fill these cells or drop the rows."
            )
        rows = frozen(self.rows, np.int64)
        weights = None if self.weights is None else frozen(self.weights, np.float64)
        for name, array in (("rows", rows), ("weights", weights), ("features", self.features)):
            if array is not None and len(array) != len(points):
                raise DataError(f"{len(points)} points, but {len(array)} {name}.")
        if weights is not None and not (np.isfinite(weights).all() and (weights > 0).all()):
            raise DataError("Every weight must be a positive number; leave out rows of weight 0.")
        if weights is not None and not 1.0 / HEAVIEST <= weights.max() <= HEAVIEST:
            raise DataError(
                f"The largest weight is {weights.max():.3g}; sums with weights outside of "
                f"{1.0 / HEAVIEST:g} to {HEAVIEST:g} fail, so divide all weights by a constant."
            )
        if len(self.columns) != points.shape[1]:
            raise DataError(f"{points.shape[1]} coordinates, but {len(self.columns)} column names.")
        assign = object.__setattr__
        assign(self, "points", points)
        assign(self, "rows", rows)
        assign(self, "weights", weights)
        assign(self, "key", digest(points, rows, weights, self.columns, self.metric.signature))

    @classmethod
    def from_points(
        cls,
        points: ArrayLike,
        *,
        columns: tuple[str, ...] = (),
        weights: ArrayLike | None = None,
        metric: Metric = EUCLIDEAN,
        name: str = "points",
    ) -> "Dataset":
        """Make a Dataset of a plain array, every row of it kept.

        Parameters
        ----------
        points : array_like of shape (n, d)
            Finite coordinates.
        columns : tuple of str
            Names of the coordinates; ``x1 ... xd`` when left out.
        weights : array_like of shape (n,), optional
            How many equal points each stands for.
        metric : Metric
            How far apart two points are.
        name : str
            Name of the source.

        Returns
        -------
        Dataset
            With ``rows = 0 ... n-1``.
        """
        array = np.asarray(points, dtype=np.float64)
        if array.ndim != 2:
            raise DataError(
                f"Points are a table of n rows and d columns, not of {array.ndim} axes."
            )
        return cls(
            points=array,
            columns=columns or tuple(f"x{j + 1}" for j in range(array.shape[1])),
            rows=np.arange(len(array)),
            source=Source(name),
            weights=None if weights is None else np.asarray(weights, dtype=np.float64),
            metric=metric,
        )

    @property
    def n(self) -> int:
        """Number of points."""
        return int(self.points.shape[0])

    @property
    def d(self) -> int:
        """Number of coordinates."""
        return int(self.points.shape[1])

    @property
    def mass(self) -> Floats:
        """Weight of each point, shape (n,); 1 where points have none."""
        return np.ones(self.n) if self.weights is None else self.weights

    @property
    def distinct(self) -> int:
        """Number of different points, which bounds the number of clusters."""
        return len(np.unique(self.points, axis=0))

    def name_of(self, i: int) -> str:
        """Say how point `i` is called: its name, or its place in the file from 1."""
        if self.source.names:
            return self.source.names[i]
        return f"{self.source.member} {self.rows[i] + 1}"
