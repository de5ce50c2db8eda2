"""Messages: every round of them, for few points, so that a lesson can tell how exemplars emerge."""

from dataclasses import dataclass

import numpy as np

from clustering.affinity.fitting import MAX_ITER, check_damping
from clustering.affinity.passing import QUIET, noise, round_sent
from clustering.affinity.similarity import Relations
from clustering.checks import check_run, is_finite, shown
from clustering.dataset import Floats, Integers, frozen
from clustering.errors import ParameterError, UnsupportedError

__all__ = ["Messages", "Round", "messages"]

MOST = 40
"""Points whose messages can still be followed."""


@dataclass(frozen=True, eq=False, slots=True)
class Round:
    """The messages after one round.

    Attributes
    ----------
    responsibility : ndarray of shape (n, n)
        ``[i, k]``: how well k would stand for i, compared with all others.
    availability : ndarray of shape (n, n)
        ``[i, k]``: how much support k has for standing for i.
    exemplars : ndarray of shape (k,), int64
        Points that would stand for themselves now.
    choices : ndarray of shape (n,), int64
        Whom each point would choose now: where responsibility and availability add up to most.
    changed : int
        Points that are exemplars now and were not, or the other way round.
    """

    responsibility: Floats
    availability: Floats
    exemplars: Integers
    choices: Integers
    changed: int


@dataclass(frozen=True, eq=False, slots=True)
class Messages:
    """All rounds until the exemplars stood still.

    Attributes
    ----------
    similarity : ndarray of shape (n, n)
        The preference on its diagonal.
    rounds : tuple of Round
        From the first.
    preference, damping : float
        With which they were sent.
    converged : bool
        False where the rounds ended before.
    """

    similarity: Floats
    rounds: tuple[Round, ...]
    preference: float
    damping: float
    converged: bool


def messages(
    relations: Relations | Floats,
    preference: float | None = None,
    damping: float = 0.5,
    *,
    max_iter: int = MAX_ITER,
    seed: int = 0,
) -> Messages:
    """Send messages between few points, and keep them all.

    Parameters
    ----------
    relations : Relations or ndarray of shape (n, n)
        Similarities of 2 to 40 points.
    preference : float, optional
        As for `fit`; the median when left out.
    damping, max_iter, seed
        As for `fit`; no more damping is tried.

    Returns
    -------
    Messages
        Every round. The last one has the exemplars that `fit` starts its clusters from.

    Raises
    ------
    UnsupportedError
        Where there are too many points to follow, or one alone.
    ParameterError
        Where an argument makes no sense.

    Examples
    --------
    >>> far = -np.array([[0.0, 1, 81], [1, 0, 64], [81, 64, 0]])
    >>> told = messages(far, preference=-10.0)
    >>> told.converged, told.rounds[-1].exemplars.tolist()
    (True, [1, 2])
    >>> told.rounds[0].responsibility[2].round(6).tolist()
    [-35.5, -27.0, 27.0]
    """
    matrix = relations.matrix if isinstance(relations, Relations) else np.asarray(relations, float)
    n = len(matrix)
    if not 2 <= n <= MOST:
        raise UnsupportedError(f"The messages between {n} points cannot be followed; take 2 to 40.")
    check_run(n_init=1, max_iter=max_iter, tol=0.0, seed=seed)
    check_damping(damping)
    wanted = float(np.median(matrix)) if preference is None else preference
    if not is_finite(wanted):
        raise ParameterError(f"preference = {shown(wanted)}; choose a number.")
    s = matrix.astype(np.float64)
    s.flat[:: n + 1] = wanted
    plain, info = s.copy(), np.finfo(np.float64)
    s += (info.eps * s + info.tiny * 100) * noise(n, int(seed))
    a, r, total = np.zeros((n, n)), np.zeros((n, n)), np.zeros(n)
    rounds, history = list[Round](), list[np.ndarray]()
    converged = False
    while len(rounds) < max_iter and not converged:
        round_sent(s, a, r, total, float(damping))
        chosen = np.diag(a) + np.diag(r) > 0
        before = history[-1] if history else np.zeros(n, dtype=bool)
        history.append(chosen)
        rounds.append(
            Round(
                frozen(r), frozen(a), np.flatnonzero(chosen), (a + r).argmax(axis=1),
                int((chosen != before).sum()),
            )
        )  # fmt: skip
        recent = np.array(history[-QUIET:])
        steady = (recent == recent[0]).all()
        converged = len(rounds) > QUIET and bool(steady) and bool(chosen.any())
    return Messages(frozen(plain), tuple(rounds), float(wanted), float(damping), converged)
