"""Suspects: values in a column of numbers that may not be what they seem.

A missing value was often written as -999 or 9999 once, and a distance believes it.
"""

from typing import Protocol

import numpy as np

from clustering.dataset import Floats
from clustering.words import amount, count

__all__ = ["suspects"]

SENTINELS = tuple(
    float(value)
    for value in (
        -1,
        -9,
        -99,
        -999,
        -9999,
        -99999,
        99,
        999,
        9999,
        99999,
        999999,
        -999999,
        9.96921e36,
    )
)
FAR = 20.0  # robust standard deviations
APART = 3.0  # times the range of all other values, by which a sentinel lies away from them
FEWEST = 20  # values; among fewer nothing is usual
SKEWED = 4.0  # skewness from which a logarithm helps
MAD = 1.4826  # median absolute deviation to standard deviation, for a normal law


class Named(Protocol):
    """A column of the passport."""

    @property
    def infinite(self) -> int: ...  # noqa: D102
    @property
    def missing(self) -> int: ...  # noqa: D102


def suspects(column: Named, cells: Floats) -> list[tuple[str, str]]:
    """Find what is odd about the values of a column.

    Parameters
    ----------
    column : Column
        Of the passport.
    cells : ndarray of shape (n,)
        Its values, NaN where missing.

    Returns
    -------
    list of (str, str)
        Which sort of finding ("sentinel", "infinite", "outlier", "zeros", "skew"), and
        the end of a sentence that begins with the column's name.

    Examples
    --------
    >>> ages = np.append(np.arange(20.0, 60.0), [-999.0, -999.0])
    >>> from types import SimpleNamespace
    >>> suspects(SimpleNamespace(infinite=0, missing=0), ages)[0][1]
    'holds -999 in 2 cells, far from all other values, as if it meant missing; ...'
    """
    found = []
    if column.infinite:
        cell = count(column.infinite, "infinite cell")
        found.append(("infinite", f"holds {cell}, which no distance can use; treat as missing."))
    finite = cells[np.isfinite(cells)]
    if len(finite) < FEWEST:
        return found
    low, high = float(finite.min()), float(finite.max())
    if np.abs([low, high]).max() > 1e150:
        return found  # squares would be infinite
    for value in (low, high):
        others = finite[finite != value]
        if value in SENTINELS and len(others) >= FEWEST / 2:
            span = max(float(others.max() - others.min()), 1e-12)
            gap = float(others.min() - value if value == low else value - others.max())
            strange = value < 0 <= float(others.min()) and abs(value) >= 9
            if gap > APART * span or (strange and gap > 0.5 * span):
                times = count(len(finite) - len(others), "cell")
                found.append(
                    (
                        "sentinel",
                        f"holds {amount(value, digits=6)} in {times}, far from all other values, "
                        "as if it meant missing; add it to the missing markers if so.",
                    )
                )
                finite = others
    return found + spread_of(finite)


def spread_of(finite: Floats) -> list[tuple[str, str]]:
    """Find values far out, a spike of zeros, and a long tail."""
    found = []
    usual = finite
    middle = float(np.median(finite))
    deviation = MAD * float(np.median(np.abs(finite - middle)))
    if deviation > 0:
        away = np.abs(finite - middle) / deviation
        far = int((away > FAR).sum())
        if far and far <= 0.01 * len(finite) + 1:
            usual = finite[away <= FAR]
            example = float(finite[int(away.argmax())])
            found.append(
                (
                    "outlier",
                    f"holds {count(far, 'value')} more than {FAR:.0f} robust deviations from the "
                    f"middle, such as {amount(example)}; clip or drop them, or look at the rows.",
                )
            )
    zeros = float((finite == 0).mean())
    if 0.3 < zeros < 1.0 and len(np.unique(finite[:: max(len(finite) // 1000, 1)])) > 20:
        found.append(
            (
                "zeros",
                f"is 0 in {100 * zeros:.0f} % of the rows; make sure that 0 means nothing there "
                "and not unknown.",
            )
        )
    scaled = usual - usual.mean()  # a single value far out is no tail
    spread = float(scaled.std())
    if spread > 0:
        skewness = float(((scaled / spread) ** 3).mean())
        if abs(skewness) > SKEWED and (usual > 0).all():
            found.append(
                (
                    "skew",
                    f"has a long tail (skewness {skewness:.1f}), so a few rows lie far from all "
                    "others; take its logarithm.",
                )
            )
    return found
