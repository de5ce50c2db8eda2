"""Turns: Lloyd's algorithm for many small vectors, compiled, most distances never computed.

For each point two bounds are kept: how far its own center is at most, and any other at least.
When centers move, the bounds move by as much; while the first stays below the second, or below
half the way from its center to the next one, the point cannot change over, and no distance is
looked at [1]_. What comes out is what plain turns give, up to the last digits of sums.

References
----------
.. [1] G. Hamerly, Making k-means even faster, SIAM International Conference on Data Mining, 2010.
"""

import numpy as np
from numba import njit

from clustering.dataset import Floats

__all__ = ["drawn", "lloyd", "spread", "turned"]


def spread(points: Floats, weights: Floats, throws: Floats) -> Floats:
    """Draw centers far from each other (k, d), as greedy k-means++ does.

    Of `throws` (k, trials), numbers from 0 to 1, each row draws points with chances in proportion
    to their weighted squared distance to the centers so far; the one that lowers the error most
    becomes the next.
    """
    # Copies are of one kind, so that one function is compiled and no more.
    places = drawn(np.array(points.T, order="C"), np.array(weights), throws)
    chosen: Floats = points.take(places, axis=0)
    return chosen


@njit(cache=True, nogil=True)
def drawn(columns, weights, throws):  # type: ignore[no-untyped-def]
    """Give the places (k,) of the points that `spread` draws from columns (d, n)."""
    d, n = columns.shape
    k, trials = throws.shape
    places = np.zeros(k, dtype=np.int64)
    near, far, best = np.ones(n), np.empty(n), np.empty(n)
    odds = np.empty(n)
    for j in range(k):
        total = 0.0
        for i in range(n):
            total += weights[i] * near[i]
            odds[i] = total
        least = np.inf
        for trial in range(trials if j else 1):
            low, high = 0, n - 1
            while low < high:
                middle = (low + high) // 2
                if odds[middle] > throws[j, trial] * total:
                    high = middle
                else:
                    low = middle + 1
            for i in range(n):
                far[i] = 0.0
            for c in range(d):
                value = columns[c, low]
                for i in range(n):
                    far[i] += (columns[c, i] - value) ** 2
            error = 0.0
            for i in range(n):
                if j:
                    far[i] = min(far[i], near[i])
                error += weights[i] * far[i]
            if error < least:
                least, places[j] = error, low
                far, best = best, far
        near, best = best, near
    return places


def turned(
    points: Floats, weights: Floats, centers: Floats, tol: float = 1e-5
) -> tuple[Floats, float]:
    """Move centers by Lloyd's turns until one lowers the error by less than `tol` of it.

    Gives the centers (k, d) and the error of the points about them.
    """
    origin = points.mean(axis=0)
    apart = points - origin
    # The sum of squares about the means is what all have, less what the means take away.
    whole = float(weights @ np.einsum("ij,ij->i", apart, apart))
    moved, error = lloyd(apart, np.array(weights), centers - origin, whole, tol)
    return moved + origin, error


@njit(cache=True, nogil=True)
def lloyd(points, weights, centers, whole, tol):  # type: ignore[no-untyped-def]
    """Make the turns of `turned` about the middle of the points; they have the error `whole`."""
    n, d = points.shape
    k = len(centers)
    labels = -np.ones(n, dtype=np.int64)
    upper, lower = np.empty(n), np.empty(n)
    held, sums = np.zeros(k), np.zeros((k, d))
    shifts, half, away = np.zeros(k), np.empty(k), np.empty(k)
    columns = np.empty((d, k))
    before = np.inf
    for _ in range(300):
        for j in range(k):
            for c in range(d):
                columns[c, j] = centers[j, c]
        for j in range(k):
            for other in range(k):
                away[other] = 0.0
            for c in range(d):
                value = centers[j, c]
                for other in range(k):
                    away[other] += (columns[c, other] - value) ** 2
            least = np.inf
            for other in range(k):
                if other != j:
                    least = min(least, away[other])
            half[j] = np.sqrt(least) / 2
        for i in range(n):
            old = labels[i]
            if old >= 0:
                bound = max(half[old], lower[i])
                if upper[i] <= bound:
                    continue
                own = 0.0
                for c in range(d):
                    own += (points[i, c] - centers[old, c]) ** 2
                upper[i] = np.sqrt(own)
                if upper[i] <= bound:
                    continue
            for j in range(k):
                away[j] = 0.0
            for c in range(d):
                value = points[i, c]
                for j in range(k):
                    away[j] += (columns[c, j] - value) ** 2
            first, second, new = np.inf, np.inf, 0
            for j in range(k):
                if away[j] < second:
                    if away[j] < first:
                        first, second, new = away[j], first, j
                    else:
                        second = away[j]
            upper[i], lower[i] = np.sqrt(first), np.sqrt(second)
            if new != old:
                labels[i] = new
                held[new] += weights[i]
                for c in range(d):
                    sums[new, c] += weights[i] * points[i, c]
                if old >= 0:
                    held[old] -= weights[i]
                    for c in range(d):
                        sums[old, c] -= weights[i] * points[i, c]
        taken = 0.0
        most, next_most, quickest = 0.0, 0.0, -1
        for j in range(k):
            shift = 0.0
            # What is left of a sum of fractions when all have gone is no weight.
            if held[j] > 1e-9:
                for c in range(d):
                    mean = sums[j, c] / held[j]
                    shift += (mean - centers[j, c]) ** 2
                    centers[j, c] = mean
                    taken += sums[j, c] * mean
            shifts[j] = np.sqrt(shift)
            if shifts[j] > most:
                most, next_most, quickest = shifts[j], most, j
            else:
                next_most = max(next_most, shifts[j])
        error = whole - taken
        if before - error <= tol * error:
            break
        before = error
        for i in range(n):
            upper[i] += shifts[labels[i]]
            lower[i] -= next_most if labels[i] == quickest else most
    return centers, error
