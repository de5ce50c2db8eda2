r"""One lambda of convex clustering, solved with a bound on its error.

.. math:: \min_U \tfrac12 \sum_i \|x_i - u_i\|^2
          + \lambda \sum_{(i, j)} w_{ij} \|u_i - u_j\|

is split into centroids U and their differences Z along the edges, and both are found in turn
(ADMM with over-relaxation). The differences come out exactly zero where two points have
fused. The multipliers V are a point of the dual problem

.. math:: \max_V \tfrac12 \|X\|^2 - \tfrac12 \|X - D^T V\|^2
          \quad \|v_{ij}\| \le \lambda w_{ij} ,

so that the difference of the two values, the *gap*, bounds the error whatever has happened:
:math:`\tfrac12 \|U - U^*\|^2 \le \text{gap}`.

References
----------
E. C. Chi, K. Lange, Splitting methods for convex clustering, JCGS 24, 2015.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from clustering.dataset import Floats, Integers
from clustering.partition import Labels

__all__ = ["Problem", "State", "begin", "solve"]

RELAXED = 1.7
"""Over-relaxation, between 1 (none) and 2."""
CHECKED = 10
"""Turns after which the gap is computed."""
LONGEST = 3_000
"""Turns after which a lambda is given up."""


class Problem:
    """Points, edges and their weights, and what can be computed of them once.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        With their mean at the origin.
    first, second : ndarray of shape (e,)
        Ends of the edges.
    weights : ndarray of shape (e,)
        Positive.
    """

    def __init__(self, points: Floats, first: Integers, second: Integers, weights: Floats) -> None:
        """Decompose the Laplacian of the graph."""
        n, e = len(points), len(first)
        self.points, self.first, self.second, self.weights = points, first, second, weights
        rows = np.concatenate([np.arange(e), np.arange(e)])
        signs = np.concatenate([np.ones(e), -np.ones(e)])
        self.differences = sparse.csr_matrix(
            (signs, (rows, np.concatenate([first, second]))), shape=(e, n)
        )
        self.back = self.differences.T.tocsr()
        self.spectrum, self.basis = np.linalg.eigh((self.back @ self.differences).toarray())
        self.total = float((points**2).sum()) / 2

    def inverse(self, rho: float) -> Floats:
        """Give the inverse of I + rho L, shape (n, n)."""
        whole: Floats = (self.basis / (1 + rho * np.maximum(self.spectrum, 0.0))) @ self.basis.T
        return whole

    def fused(self, differences: Floats) -> Labels:
        """Give the components of the edges whose differences are zero, shape (n,)."""
        zero = ~differences.any(axis=1)
        n = len(self.points)
        edges = sparse.coo_matrix(
            (np.ones(int(zero.sum())), (self.first[zero], self.second[zero])), shape=(n, n)
        )
        labels: Labels = connected_components(edges, directed=False)[1]
        return labels

    def primal(self, centroids: Floats, strength: float) -> float:
        """Give what is to be made small."""
        lengths = np.linalg.norm(self.differences @ centroids, axis=1)
        away = float(((self.points - centroids) ** 2).sum()) / 2
        return away + strength * float(self.weights @ lengths)

    def dual(self, multipliers: Floats) -> float:
        """Give a bound below which no centroids can come."""
        return self.total - float(((self.points - self.back @ multipliers) ** 2).sum()) / 2


@dataclass(frozen=True, eq=False, slots=True)
class State:
    """What is known at one lambda, from which the next one starts.

    Attributes
    ----------
    centroids : ndarray of shape (n, d)
        Equal for points that have fused.
    labels : ndarray of shape (n,)
        Which points have fused.
    differences, multipliers : ndarray of shape (e, d)
        Z and V.
    rho : float
        The step that served.
    gap : float
        Bound of the error, as a share of half the sum of squares of all points.
    turns : int
        How many it took.
    """

    centroids: Floats
    labels: Labels
    differences: Floats
    multipliers: Floats
    rho: float
    gap: float
    turns: int


def begin(problem: Problem) -> State:
    """Give the state at lambda = 0: every point is its own centroid."""
    differences = problem.differences @ problem.points
    return State(
        centroids=problem.points,
        labels=problem.fused(differences),
        differences=differences,
        multipliers=np.zeros_like(differences),
        rho=1.0,
        gap=0.0,
        turns=0,
    )


def solve(problem: Problem, strength: float, start: State, *, tolerance: float) -> State:
    """Solve for one lambda.

    Parameters
    ----------
    problem : Problem
        Points and edges.
    strength : float
        The lambda.
    start : State
        Of a lambda nearby.
    tolerance : float
        Largest gap, as a share of half the sum of squares.

    Returns
    -------
    State
        Its gap is above the tolerance where 3,000 turns were not enough.

    Notes
    -----
    O(n^2 d + e d) a turn.
    """
    radius = (strength * problem.weights)[:, None]
    z, v, rho = start.differences, start.multipliers, start.rho
    inverse = problem.inverse(rho)
    best = np.inf
    turn = 0
    while True:
        for _ in range(CHECKED):
            before = z
            u = inverse @ (problem.points + problem.back @ (rho * z - v))
            g = problem.differences @ u
            t = RELAXED * g + (1 - RELAXED) * z + v / rho
            length = np.sqrt(np.einsum("ij,ij->i", t, t))[:, None]
            keep = np.maximum(1 - (radius / rho) / np.maximum(length, 1e-300), 0.0)
            z = keep * t
            v = rho * (t - z)
        turn += CHECKED
        labels = problem.fused(z)
        sizes = np.bincount(labels)[:, None]
        sums = np.zeros((len(sizes), u.shape[1]))
        np.add.at(sums, labels, u)
        centroids = (sums / sizes)[labels]
        gap = problem.primal(centroids, strength) - problem.dual(v)
        best = max(gap, 0.0) / problem.total
        if best <= tolerance or turn >= LONGEST:
            return State(centroids, labels, z, v, rho, best, turn)
        # The step is right where both residuals shrink alike.
        primal = float(np.linalg.norm(g - z))
        dual = rho * float(np.linalg.norm(problem.back @ (z - before)))
        if primal > 4 * dual or dual > 4 * primal:
            rho *= 2.0 if primal > dual else 0.5
            inverse = problem.inverse(rho)
