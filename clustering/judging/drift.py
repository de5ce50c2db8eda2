r"""Drift: are the new rows still like those that a model was made of?

A column is cut at the deciles of the old rows; each part then holds a tenth of them. The
population stability index compares the shares of the new rows, q, with those of the old, p:

.. math:: \text{PSI} = \sum_b (q_b - p_b) \ln \frac{q_b}{p_b} .

By custom less than 0.1 is nothing and more than 0.25 a different population. With few rows
chance alone gives more than that: in 95 of 100 cases no more than the quantile of chi-squared
divided by the numbers of rows [1]_. A column is said to drift above both.

References
----------
.. [1] B. Yurdakul, Statistical properties of population stability index, 2018.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import chi2

from clustering.dataset import Floats

__all__ = ["LARGE", "Drift", "drifts", "stability_index"]

LARGE = 0.25
"""Index from which a column is a different one, by custom."""
PARTS = 10


@dataclass(frozen=True, slots=True)
class Drift:
    """How far one column has drifted.

    Attributes
    ----------
    name : str
        The column.
    before, after : float
        Its means.
    index : float
        The population stability index.
    threshold : float
        What neither custom nor chance explains.
    """

    name: str
    before: float
    after: float
    index: float
    threshold: float

    @property
    def warned(self) -> bool:
        """True where the column has drifted."""
        return self.index > self.threshold


def drifts(names: Sequence[str], before: Floats, after: Floats) -> tuple[Drift, ...]:
    """Compare new rows with old ones, column by column.

    Parameters
    ----------
    names : sequence of f str
        The columns.
    before, after : ndarray of shape (n, f) and (m, f)
        Old rows and new ones.

    Returns
    -------
    tuple of f Drift
        In the order of the columns.

    Examples
    --------
    >>> old = np.arange(200.0)[:, None]
    >>> [drifts(["x"], old, new)[0].warned for new in (old[::2], old + 90)]
    [False, True]
    """
    found = []
    for j, name in enumerate(names):
        index, parts = _compared(before[:, j], after[:, j])
        chance = float(chi2.ppf(0.95, max(parts - 1, 1))) * (1 / len(before) + 1 / len(after))
        found.append(
            Drift(
                name,
                float(before[:, j].mean()),
                float(after[:, j].mean()),
                index,
                max(LARGE, chance),
            )
        )
    return tuple(found)


def stability_index(before: ArrayLike, after: ArrayLike) -> float:
    """Give the population stability index of new values against old ones.

    Parameters
    ----------
    before, after : array_like of shape (n,) and (m,)
        Finite values.

    Returns
    -------
    float
        0 where both lie alike; half a row is added to every part, so that it stays finite.

    Examples
    --------
    >>> stability_index([1, 2, 3, 4], [1, 2, 3, 4])
    0.0
    """
    return _compared(np.asarray(before, np.float64), np.asarray(after, np.float64))[0]


def _compared(before: Floats, after: Floats) -> tuple[float, int]:
    """Give the index, and the number of parts it is of."""
    cuts = np.unique(np.quantile(before, np.arange(1, PARTS) / PARTS))
    parts = len(cuts) + 1
    shares = []
    for values in (before, after):
        counts = np.bincount(np.searchsorted(cuts, values, side="left"), minlength=parts) + 0.5
        shares.append(counts / counts.sum())
    old, new = shares
    return float(((new - old) * np.log(new / old)).sum()), parts
