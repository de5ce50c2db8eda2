"""On which side of its mark a name stands, so that names cover neither marks nor one another."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import Floats, Integers

__all__ = ["sides"]

CAPITAL, LETTER, LINE = 7.8, 6.1, 15
"""Pixels of a capital, of any other letter, and of a line of names."""
SIDES = ("middle right", "middle left", "bottom center", "top center")
"""Sides in the order in which they are tried."""


def sides(
    places: Floats,
    called: Sequence[str],
    order: Integers,
    *,
    always: int,
    size: tuple[int, int],
    widths: ArrayLike,
) -> dict[int, str]:
    """Choose a side for each name at which it covers no mark and no other name.

    Parameters
    ----------
    places : ndarray of shape (n, 2)
        Where the marks stand, in any unit.
    called : sequence of n str
        The names.
    order : ndarray of int64
        Who takes a side first, second ...
    always : int
        Of these so many get a side in any case, where they cover least.
    size : (int, int)
        Pixels of the picture that the places span.
    widths : array_like of shape (n,)
        Pixels across each mark.

    Returns
    -------
    dict
        Point to side, as Plotly calls it; without those that find no room.

    Examples
    --------
    >>> at = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    >>> sides(at, ["A", "BB", "C"], np.arange(3), always=0, size=(300, 300), widths=[19] * 3)
    {0: 'middle right', 1: 'middle right', 2: 'middle right'}
    """
    low, high = places.min(axis=0), places.max(axis=0)
    at = (places - low) / np.where(high > low, high - low, 1.0) * size
    half = np.asarray(widths, dtype=np.float64) / 2
    boxes = [np.column_stack([at - half[:, None], at + half[:, None]])]
    found: dict[int, str] = {}
    for turn, i in enumerate(order.tolist()):
        known = np.vstack(boxes)
        best = None
        for side in SIDES:
            box = _box(at[i], half[i], _wide(called[i]) * (1.12 if turn < always else 1.0), side)
            covered = _overlap(box, known)
            outside = max(0.0, box[2] - size[0] - 60, -box[0] - 30)
            if best is None or covered + 20 * outside < best[0]:
                best = (covered + 20 * outside, side, box)
        if best is not None and (best[0] < 1.0 or turn < always):
            found[i] = best[1]
            boxes.append(best[2][None])
    return found


def _wide(name: str) -> float:
    """Give about how wide a name is, in pixels."""
    return sum(CAPITAL if letter.isupper() else LETTER for letter in name)


def _box(at: Floats, half: float, wide: float, side: str) -> Floats:
    """Give where a name would stand: left, low, right, high."""
    x, y = at
    if side == "middle right":
        return np.array([x + half + 1, y - LINE / 2, x + half + 3 + wide, y + LINE / 2])
    if side == "middle left":
        return np.array([x - half - 3 - wide, y - LINE / 2, x - half - 1, y + LINE / 2])
    low = y - half - LINE if side == "bottom center" else y + half
    return np.array([x - wide / 2, low, x + wide / 2, low + LINE])


def _overlap(box: Floats, known: Floats) -> float:
    """Measure how much of other boxes a box covers, in square pixels."""
    across = np.minimum(box[2], known[:, 2]) - np.maximum(box[0], known[:, 0])
    up = np.minimum(box[3], known[:, 3]) - np.maximum(box[1], known[:, 1])
    return float((np.maximum(across, 0.0) * np.maximum(up, 0.0)).sum())
