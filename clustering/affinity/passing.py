"""Passing: the messages of affinity propagation, as scikit-learn sends them, to the last bit.

The order of every sum, the damping and the noise that parts equal similarities are those of
`sklearn.cluster.affinity_propagation`, so that it stops after the same iteration with the same
exemplars. It is compiled because an axis runs it for every preference, and with few points the
calls cost more than the sums.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from clustering.dataset import Floats, Integers
from clustering.partition import Labels

__all__ = ["QUIET", "Passed", "noise", "passed"]

QUIET = 15
"""Iterations without a change of exemplars after which it has converged."""


@dataclass(frozen=True, eq=False, slots=True)
class Passed:
    """What came of the messages.

    Attributes
    ----------
    labels : ndarray of shape (n,), int32
        Clusters, numbered by their first members; all -1 where no exemplar emerged.
    exemplars : ndarray of shape (k,), int64
        The point that stands for each.
    iterations : int
        Rounds of messages; 0 where all similarities are equal and there is nothing to say.
    converged : bool
        False where the rounds ended before the exemplars stood still, or there are none.
    """

    labels: Labels
    exemplars: Integers
    iterations: int
    converged: bool


def noise(n: int, seed: int) -> Floats:
    """Draw what parts equal similarities, shape (n, n)."""
    drawn: Floats = np.random.RandomState(seed).standard_normal(size=(n, n))
    return drawn


def passed(
    similarity: Floats, preference: float, *, damping: float, max_iter: int, drawn: Floats
) -> Passed:
    """Pass messages until the exemplars stand still.

    Parameters
    ----------
    similarity : ndarray of shape (n, n)
        Its diagonal does not count.
    preference : float
        How fit each point is to be an exemplar.
    damping : float
        Share of the old message that is kept, from 0.5 to below 1.
    max_iter : int
        Rounds at most.
    drawn : ndarray of shape (n, n)
        What `noise` gives.

    Returns
    -------
    Passed
        The clusters.
    """
    n = len(similarity)
    off = ~np.eye(n, dtype=bool)
    if n == 1 or (similarity[off] == similarity[off][0]).all():
        single = n == 1 or not preference > similarity.flat[n - 1]
        labels = np.zeros(n, dtype=np.int32) if single else np.arange(n, dtype=np.int32)
        return Passed(labels, np.arange(1 if single else n), 0, True)
    s = similarity.astype(np.float64)  # a copy
    s.flat[:: n + 1] = preference
    info = np.finfo(np.float64)
    s += (info.eps * s + info.tiny * 100) * drawn
    chosen, iterations, converged = messages_sent(s, damping, max_iter, QUIET)
    exemplars = np.flatnonzero(chosen)
    if not len(exemplars):
        return Passed(np.full(n, -1, dtype=np.int32), exemplars, iterations, False)
    labels, exemplars = _gathered(s, exemplars)
    return Passed(labels, exemplars, iterations, bool(converged))


def _gathered(s: Floats, exemplars: Integers) -> tuple[Labels, Integers]:
    """Give every point to an exemplar, let each cluster choose its best one, and give anew."""
    exemplars = exemplars.copy()
    nearest = s[:, exemplars].argmax(axis=1)
    nearest[exemplars] = np.arange(len(exemplars))
    for k in range(len(exemplars)):
        own = np.flatnonzero(nearest == k)
        exemplars[k] = own[s[own[:, None], own].sum(axis=0).argmax()]
    nearest = s[:, exemplars].argmax(axis=1)
    nearest[exemplars] = np.arange(len(exemplars))
    _, first = np.unique(nearest, return_index=True)
    order = np.argsort(first)
    numbers = np.empty(len(order), dtype=np.int32)
    numbers[order] = np.arange(len(order))
    return numbers[nearest], exemplars[order]


@njit(cache=True, nogil=True)
def round_sent(s: Floats, a: Floats, r: Floats, total: Floats, damping: float) -> None:
    """Send one round: responsibilities `r` along the rows, then availabilities `a` back."""
    n = len(s)
    for i in range(n):
        best, second, where = -np.inf, -np.inf, 0
        for k in range(n):
            value = a[i, k] + s[i, k]
            if value > best:
                second, best, where = best, value, k
            elif value > second:
                second = value
        for k in range(n):
            new = s[i, k] - (second if k == where else best)
            r[i, k] = r[i, k] * damping + new * (1 - damping)
    for k in range(n):
        total[k] = 0.0
    for i in range(n):
        for k in range(n):
            if i == k:
                total[k] += r[i, k]
            else:
                total[k] += max(r[i, k], 0.0)
    for i in range(n):
        for k in range(n):
            if i == k:
                new = r[i, k] - total[k]
            else:
                new = max(max(r[i, k], 0.0) - total[k], 0.0)
            a[i, k] = a[i, k] * damping - new * (1 - damping)


@njit(cache=True, nogil=True)
def messages_sent(
    s: Floats, damping: float, max_iter: int, quiet: int
) -> tuple[NDArray[np.bool_], int, bool]:
    """Send rounds until the exemplars did not change for `quiet` of them."""
    n = len(s)
    a, r, total = np.zeros((n, n)), np.zeros((n, n)), np.zeros(n)
    seen = np.zeros((n, quiet))
    chosen = np.zeros(n, dtype=np.bool_)
    for it in range(max_iter):
        round_sent(s, a, r, total, damping)
        held = 0
        for k in range(n):
            chosen[k] = a[k, k] + r[k, k] > 0
            seen[k, it % quiet] = chosen[k]
            held += chosen[k]
        if it >= quiet and held > 0:
            steady = True
            for k in range(n):
                often = seen[k].sum()
                if often != quiet and often != 0:
                    steady = False
                    break
            if steady:
                return chosen, it + 1, True
    return chosen, max_iter, False
