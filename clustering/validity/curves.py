"""Reading an axis: the plateau of a structural one, the peak of a fitted one.

A parameter without a natural value, such as a distance, is chosen where the answer
does not depend on it: on the *plateau*, the widest range over which the number of
clusters (two at least) stays the same. Distances are compared by their ratio, so for
them the width is measured on a logarithmic scale.

Where the parameter is itself the number of clusters there is no plateau. There the
*peak* of the silhouette is taken, together with all values that come as near to it
as makes no difference: the honest answer is often "four or five". Those that join on
to the peak without a gap are its plateau.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import Floats
from clustering.errors import ParameterError

__all__ = ["Peak", "Plateau", "peak", "plateau"]


@dataclass(frozen=True, slots=True)
class Plateau:
    """The widest range with one number of clusters.

    Attributes
    ----------
    low, high : float
        First and last value of the parameter on it.
    clusters : int
        The number of clusters there.
    first, last : int
        The places of `low` and `high` among the values.
    """

    low: float
    high: float
    clusters: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest point of a curve, and what is as good.

    Attributes
    ----------
    value : float
        The value of the parameter; the smallest where several are equally high.
    height : float
        The curve there.
    index : int
        The place of `value` among the values.
    near : tuple of float
        All values whose curve lies within the tolerance of `height`, ascending.
    plateau : tuple of (float, float)
        The run of neighbouring ones among them that holds `value`: its first and last.
    """

    value: float
    height: float
    index: int
    near: tuple[float, ...]
    plateau: tuple[float, float]


def plateau(values: ArrayLike, counts: ArrayLike, *, logarithmic: bool = False) -> Plateau | None:
    """Find the widest range over which the number of clusters, two at least, is constant.

    Parameters
    ----------
    values : array_like of shape (m,)
        Values of the parameter, ascending; positive where `logarithmic`.
    counts : array_like of shape (m,)
        Number of clusters at each; NaN where undefined.
    logarithmic : bool
        Whether width is the ratio of the ends, as for distances, not their difference.

    Returns
    -------
    Plateau or None
        The lower one of two that are equally wide; None where there are never two
        clusters at two neighbouring values.

    Raises
    ------
    ParameterError
        Where the values do not ascend, or are not positive on a logarithmic scale.

    Notes
    -----
    Only values that were computed are known to lie on the plateau: its ends are
    values, not the unknown places between them where the number changes.

    Examples
    --------
    >>> plateau([0.1, 0.2, 0.4, 0.8, 1.0, 3.0], [9, 5, 5, 5, 3, 1], logarithmic=True)
    Plateau(low=0.2, high=0.8, clusters=5, first=1, last=3)
    """
    x, y = _curve(values, counts)
    if logarithmic and (x <= 0.0).any():
        raise ParameterError("A logarithmic scale needs positive values.")
    scale = np.log(x) if logarithmic else x
    starts = np.flatnonzero(np.diff(y, prepend=np.nan) != 0.0)
    ends = np.append(starts, len(y))[1:] - 1
    found = [(scale[b] - scale[a], a, b) for a, b in zip(starts, ends, strict=True) if y[a] >= 2.0]
    width, first, last = max(found, key=lambda run: (run[0], -run[1]), default=(0.0, 0, 0))
    if width <= 0.0:
        return None
    return Plateau(float(x[first]), float(x[last]), int(y[first]), int(first), int(last))


def peak(values: ArrayLike, curve: ArrayLike, *, tolerance: float = 0.01) -> Peak | None:
    """Find the value at which a curve is highest, and all that come near.

    Parameters
    ----------
    values : array_like of shape (m,)
        Values of the parameter, ascending.
    curve : array_like of shape (m,)
        What is to be large, e.g. the silhouette; NaN where undefined.
    tolerance : float
        How far below the peak still counts as equally good, in units of the curve.

    Returns
    -------
    Peak or None
        None where the curve is undefined everywhere.

    Raises
    ------
    ParameterError
        Where the values do not ascend or the lengths differ.

    Examples
    --------
    >>> peak([1, 2, 3, 4], [float("nan"), 0.5, 0.58, 0.575])
    Peak(value=3.0, height=0.58, index=2, near=(3.0, 4.0), plateau=(3.0, 4.0))
    """
    x, y = _curve(values, curve)
    if not np.isfinite(y).any():
        return None
    index = int(np.nanargmax(y))
    close = np.nan_to_num(y, nan=-np.inf) >= y[index] - tolerance
    outside = np.flatnonzero(~close)
    first = int(outside[outside < index].max(initial=-1)) + 1
    last = int(outside[outside > index].min(initial=len(x))) - 1
    return Peak(
        value=float(x[index]),
        height=float(y[index]),
        index=index,
        near=tuple(x[close].tolist()),
        plateau=(float(x[first]), float(x[last])),
    )


def _curve(values: ArrayLike, curve: ArrayLike) -> tuple[Floats, Floats]:
    """Give both as arrays of one length, checked."""
    x, y = np.asarray(values, dtype=np.float64), np.asarray(curve, dtype=np.float64)
    if x.ndim != 1 or x.shape != y.shape:
        raise ParameterError(f"{x.size} values need {x.size} numbers, not {y.size}.")
    if (np.diff(x) <= 0.0).any():
        raise ParameterError("The values of an axis ascend.")
    return x, y
