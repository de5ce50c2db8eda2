"""Fitting: affinity propagation at one preference, with more damping where it does not settle."""

from collections.abc import Sequence

import numpy as np

from clustering.affinity.passing import Passed, noise, passed
from clustering.affinity.similarity import Relations, Similarity, relations
from clustering.checks import check_run, is_finite, shown
from clustering.dataset import Dataset, Floats
from clustering.errors import DataError, ParameterError
from clustering.geometry.nearest import NearestExemplar
from clustering.partition import Labels, Partition
from clustering.words import count

__all__ = ["DAMPINGS", "MAX_ITER", "check_damping", "fit", "said", "settled"]

DAMPINGS = ((0.5, 1), (0.7, 2), (0.9, 5), (0.95, 10))
"""What is tried in turn: damping, and how many times as many rounds of messages."""

MAX_ITER = 200
"""Rounds of messages; scikit-learn's."""


def fit(
    dataset: Dataset,
    *,
    similarity: Similarity = "distance",
    preference: float | None = None,
    damping: float = 0.5,
    max_iter: int = MAX_ITER,
    alpha: float | None = None,
    seed: int = 0,
    more: bool = True,
    relations: Relations | None = None,
) -> Partition:
    """Let the points choose exemplars among themselves.

    Parameters
    ----------
    dataset : Dataset
        At most 5,000 points without weights.
    similarity : {"distance", "graphical lasso", "Ledoit-Wolf", "correlation"}
        How much alike two points are, as in `similarity.relations`.
    preference : float, optional
        How fit each point is to be an exemplar, in the unit of the similarity: the higher, the
        more clusters. Left out, the median of all similarities.
    damping : float
        Share of the old message that is kept, from 0.5 to below 1.
    max_iter : int
        Rounds of messages at most.
    alpha : float, optional
        Penalty of the graphical lasso; found by cross-validation when left out.
    seed : int
        Of the tiny noise that parts equal similarities.
    more : bool
        Whether more damping (0.7, 0.9, 0.95) and more rounds are tried where it does not
        converge.
    relations : Relations, optional
        What ``relations(dataset, by=similarity)`` gave, where it is at hand.

    Returns
    -------
    Partition
        Clusters in the order of their first members, with ``exemplars``. `converged` is
        False where the last try did not settle; ``parameters`` hold the damping and the
        rounds of that try. Facts: ``iterations``, ``net_similarity`` (of all points to their
        exemplars, and the preferences of these) and ``alpha``. All points are noise where
        no exemplar emerged.

    Raises
    ------
    ParameterError
        Where an argument makes no sense.
    UnsupportedError, DataError
        As `similarity.relations` does.

    Notes
    -----
    O(n^2) for each round of messages. The same partition as scikit-learn's
    `affinity_propagation` with ``random_state=seed``.

    Examples
    --------
    >>> answer = fit(Dataset.from_points([[0.0], [1.0], [2.0], [10.0], [12.0]]), preference=-9)
    >>> answer.labels.tolist(), answer.exemplars.tolist(), answer.converged
    ([0, 0, 0, 1, 1], [1, 3], True)
    """
    known = _known(dataset, similarity, alpha, relations)
    check_run(n_init=1, max_iter=max_iter, tol=0.0, seed=seed)
    check_damping(damping)
    wanted = known.median if preference is None else preference
    if not is_finite(wanted):
        raise ParameterError(f"preference = {shown(wanted)}; choose a number.")
    found, used, rounds = settled(
        known.matrix,
        float(wanted),
        damping=float(damping),
        max_iter=int(max_iter),
        drawn=noise(dataset.n, int(seed)),
        more=more,
    )
    parameters: dict[str, object] = {
        "similarity": similarity,
        "preference": float(wanted),
        "damping": used,
        "max_iter": rounds,
        "seed": int(seed),
    }
    if alpha is not None:
        parameters["alpha"] = float(alpha)
    if not more:
        parameters["more"] = False
    return _answer(dataset, known, found, float(wanted), parameters)


def settled(
    matrix: Floats, preference: float, *, damping: float, max_iter: int, drawn: Floats, more: bool
) -> tuple[Passed, float, int]:
    """Pass messages, with more damping in turn while they do not settle.

    Returns
    -------
    passed : Passed
        The first try that converged, else the last.
    damping, max_iter : float and int
        Of that try.
    """
    tries = [(damping, max_iter)]
    if more:
        tries += [(each, max_iter * times) for each, times in DAMPINGS if each > damping]
    for used, rounds in tries:
        found = passed(matrix, preference, damping=used, max_iter=rounds, drawn=drawn)
        if found.converged:
            break
    return found, used, rounds


def check_damping(damping: float) -> None:
    """Raise ParameterError where a damping is not from 0.5 to below 1."""
    if not is_finite(damping) or not 0.5 <= damping < 1.0:
        raise ParameterError(f"damping = {shown(damping)}; choose a number from 0.5 to below 1.")


def said(partition: Partition) -> str:
    """Say whether the messages settled, after how many rounds and with which damping.

    Examples
    --------
    >>> said(fit(Dataset.from_points([[0.0], [1.0], [9.0]]), max_iter=5, more=False))
    'The messages did not settle within 5 rounds at damping 0.5: these clusters are provisional.'
    """
    damping, rounds = partition.parameters["damping"], int(partition.facts["iterations"])
    if not partition.converged:
        clusters = "these clusters are provisional" if partition.k else "no exemplar emerged"
        return (
            f"The messages did not settle within {count(rounds, 'round')} at damping {damping}: "
            f"{clusters}."
        )
    if not rounds:
        return "All similarities are equal, so that there was nothing to say in messages."
    return f"The messages settled after {count(rounds, 'round')} at damping {damping}."


def _known(
    dataset: Dataset, similarity: Similarity, alpha: float | None, given: Relations | None
) -> Relations:
    """Measure the similarities, or check those that were given."""
    if given is None:
        return relations(dataset, by=similarity, alpha=alpha)
    if given.n != dataset.n or given.by != similarity:
        raise DataError(
            f"These relations are the {given.by} of {count(given.n, 'point')}, not the "
            f"{similarity} of {count(dataset.n, 'point')}; compute them again."
        )
    return given


def _answer(
    dataset: Dataset,
    known: Relations,
    found: Passed,
    preference: float,
    parameters: dict[str, object],
) -> Partition:
    """Make a Partition of what came of the messages."""
    exemplars, labels = found.exemplars, found.labels
    facts = {"iterations": float(found.iterations), "alpha": known.alpha}
    if len(exemplars):
        others = np.setdiff1d(np.arange(dataset.n), exemplars)
        to_own = known.matrix[others, exemplars[labels[others]]].sum()
        facts["net_similarity"] = float(to_own + preference * len(exemplars))
    return Partition(
        labels=labels,
        rows=dataset.rows,
        method="affinity",
        parameters=parameters,
        facts={name: value for name, value in facts.items() if np.isfinite(value)},
        centers=dataset.points[exemplars] if len(exemplars) else None,
        exemplars=exemplars,
        converged=found.converged,
        assigner=_rule(dataset, known.by, labels, exemplars),
    )


def _rule(
    dataset: Dataset, by: Similarity, labels: Labels, exemplars: Sequence[int] | np.ndarray
) -> NearestExemplar | str:
    """Give the rule for new points, or the reason why there is none."""
    if by != "distance":
        return (
            f"The {by} compares points with one another over all columns at once; a new point "
            "needs a new run."
        )
    if not len(exemplars):
        return "No exemplar emerged, so that new points have nothing to belong to."
    rule = NearestExemplar(dataset.points[exemplars], dataset.metric.between)
    if not np.array_equal(rule(dataset.points), labels):
        return (
            "Some points are as near to one exemplar as to another, and only chance parted "
            "them; so the nearest exemplar is no rule for new points."
        )
    return rule
