"""Traverse: the straight way between two points in the latent space, decoded step by step."""

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import Floats, frozen
from clustering.deep.model import Model
from clustering.errors import ParameterError
from clustering.progress import Report, Step, silent

__all__ = ["between"]

MOST = 201
"""Steps beyond which nobody sees a difference."""


def between(
    model: Model, a: ArrayLike, b: ArrayLike, *, steps: int = 11, report: Report = silent
) -> Floats:
    """Go from one point to another in the latent space, and see what stands on the way.

    Parameters
    ----------
    model : Model
        What was trained.
    a, b : array_like of shape (d,)
        Two points, prepared as those that it was trained on.
    steps : int
        Places on the way, both ends included; from 2 to 201.
    report : callable
        Told when it is done.

    Returns
    -------
    ndarray of shape (steps, d)
        The first is the reconstruction of `a`, the last that of `b`; at step i of s the
        code is ``(1 - t) f(a) + t f(b)`` with ``t = i / (s - 1)``.

    Raises
    ------
    ParameterError
        Where there are too few or too many steps.
    DataError
        Where the points have another number of coordinates than the model.
    """
    if not 2 <= steps <= MOST:
        raise ParameterError(f"{steps} steps; choose from 2 to {MOST}.")
    begin, end = model.encode(np.stack([np.asarray(a, float), np.asarray(b, float)]))
    share = np.linspace(0.0, 1.0, steps)[:, None]
    way = frozen(model.decode((1.0 - share) * begin + share * end))
    report(Step(1, 1, "between two points"))
    return way
