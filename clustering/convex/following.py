"""Following: which lambda comes next, so that it is known what fused when.

A step of lambda is a factor. It grows while nothing fuses and is halved where too much fuses at
once; each lambda starts from the solution of the last.
"""

from collections.abc import Iterator
from math import exp, log

import numpy as np

from clustering.convex.fusions import Fusions
from clustering.convex.solving import Problem, State, begin, solve

__all__ = ["TOLERANCE", "followed"]

TOLERANCE = 1e-6
"""Gap at which a lambda counts as solved."""
AT_ONCE = 0.08
"""Share of the clusters that may fuse in one step of lambda before the step is halved."""
SHORTEST, USUAL, LONGEST = log(1.02), log(1.25), log(2.0)
"""Steps of lambda, as logarithms of a factor."""
FEW = 20
NEAR = log(1.1)
"""Where few clusters are left, a fusion is known to one such step."""


def followed(problem: Problem, fusions: Fusions, usual: float) -> Iterator[tuple[float, State]]:
    """Give one lambda after the other with its solution, until all centroids are one.

    Parameters
    ----------
    problem : Problem
        Points and edges.
    fusions : Fusions
        What has fused so far; whoever asks for the next lambda has added the last one.
    usual : float
        The usual length of an edge, from which the first lambda is guessed.

    Yields
    ------
    strength : float
        The lambda.
    found : State
        Its solution.
    """
    ends = np.concatenate([problem.first, problem.second])
    pull = np.bincount(ends, np.tile(problem.weights, 2))
    state, before = begin(problem), 0.0
    strength, step = 0.1 * usual / float(np.median(pull)), USUAL
    while True:
        found = solve(problem, strength, state, tolerance=TOLERANCE)
        lost = fusions.lost(found.labels)
        if before and _too_far(step, lost, fusions.count):
            step = max(step / 2, SHORTEST)
        else:
            yield strength, found
            if not found.labels.any():
                return
            state, before = found, strength
            step = min(step * (1.5 if not lost else 1.1), LONGEST)
        strength = before * exp(step)


def _too_far(step: float, lost: int, left: int) -> bool:
    """Tell whether a step of lambda is to be halved, for it is not clear what fused when."""
    if lost > max(1, AT_ONCE * left):
        return step > SHORTEST
    return bool(lost) and left <= FEW and step > NEAR
