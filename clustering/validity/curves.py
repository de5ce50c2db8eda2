"""Reading a fitted axis: where a curve over it is highest, and what is as good.

The *peak* of the silhouette is taken, together with all values that come as near to it
as makes no difference: the honest answer is often "four or five". Those that join on
to the peak without a gap are its plateau. (A structural axis has no peak; there the widest
range with one number of clusters is looked for, `clustering.trees.merge_tree.plateaus`.)
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from clustering.errors import ParameterError

__all__ = ["Peak", "peak"]


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
    x, y = np.asarray(values, dtype=np.float64), np.asarray(curve, dtype=np.float64)
    if x.ndim != 1 or x.shape != y.shape:
        raise ParameterError(f"{x.size} values need {x.size} numbers, not {y.size}.")
    if (np.diff(x) <= 0.0).any():
        raise ParameterError("The values of an axis ascend.")
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
