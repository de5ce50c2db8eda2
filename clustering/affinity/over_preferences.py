"""Over preferences: the whole axis, from one set of similarities."""

from bisect import insort
from collections.abc import Sequence
from functools import partial

import numpy as np

from clustering import sweep, validity
from clustering.affinity.fitting import MAX_ITER, check_damping, fit
from clustering.affinity.preferences import between, bounds, grid, rounded
from clustering.affinity.similarity import Relations, Similarity
from clustering.affinity.similarity import relations as measured
from clustering.axis import FittedAxis
from clustering.checks import check_run, is_finite, shown
from clustering.dataset import Dataset, frozen
from clustering.errors import ParameterError
from clustering.partition import Partition
from clustering.progress import Report, Step, part, silent

__all__ = ["VALUES", "axis"]

VALUES, FEWER = 60, 24
"""Preferences on an axis that is not told any: of few points, and of many."""
MANY = 500
"""Points from which there are fewer, because a value takes seconds."""
FINEST = 0.01
"""Step, as a share of the distance from the greatest, within which a jump is left as it is."""
FEW = 400
"""Points up to which the silhouette of every answer is measured."""


def axis(
    dataset: Dataset,
    *,
    similarity: Similarity = "distance",
    relations: Relations | None = None,
    preferences: Sequence[float] | None = None,
    also: Sequence[float] = (),
    damping: float = 0.5,
    max_iter: int = MAX_ITER,
    seed: int = 0,
    report: Report = silent,
) -> FittedAxis:
    """Give the clusters over the range of preferences.

    Parameters
    ----------
    dataset, similarity, damping, max_iter, seed
        As for `fit`.
    relations : Relations, optional
        What ``relations(dataset, by=similarity)`` gave, where it is at hand; measured once for
        the whole axis.
    preferences : sequence of float, optional
        The values. Left out, they go from one cluster to every point its own, denser where the
        number of clusters changes, with the median similarity among them.
    also : sequence of float
        Further values.
    report : callable
        Told after each value.

    Returns
    -------
    FittedAxis
        ``parameter`` is "preference". Curves: ``clusters``; ``converged``, 1 or 0; ``damping``
        and ``iterations`` of the try that is shown; ``net_similarity``; ``silhouette``, on the
        distances between the points. ``notes["converged"]`` says where the messages did not
        settle, ``notes["damping"]`` where more damping was needed, ``notes["relations"]`` what
        must be said of the similarities, ``notes["median"]`` the median, as text.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `fit` does.

    Notes
    -----
    The similarities are measured once, and the messages of each value take O(n^2) a round.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [2.0], [10.0], [12.0]])
    >>> answers = axis(data)
    >>> answers.curves["clusters"][[0, -1]].tolist(), answers.notes["converged"]
    ([1.0, 5.0], 'The messages settled at every value.')
    """
    check_run(n_init=1, max_iter=max_iter, tol=0.0, seed=seed)
    check_damping(damping)
    wanted = [*(preferences if preferences is not None else ()), *also]
    for value in wanted:
        if not is_finite(value):
            raise ParameterError(f"preference = {shown(value)}; choose a number.")
    if relations is None:
        relations = measured(dataset, by=similarity, report=part(report, 0, 50))
    one = partial(
        fit,
        dataset,
        similarity=similarity,
        relations=relations,
        damping=damping,
        max_iter=max_iter,
        seed=seed,
    )
    fits = _Fits(one, part(report, 50, 90))
    if preferences is None:
        fits.search(relations)
    else:
        fits.add(preferences)
    fits.add(also)
    if not fits.found:
        raise ParameterError("An axis takes at least one preference.")
    values = sorted(fits.found)
    partitions = [fits.found[value] for value in values]
    return _measured(dataset, relations, values, partitions, part(report, 90, 100), seed)


class _Fits:
    """The fits so far, by preference."""

    def __init__(self, one: "partial[Partition]", report: Report) -> None:
        self.one, self.report = one, report
        self.found: dict[float, Partition] = {}
        self.total = self.most = VALUES

    def add(self, values: Sequence[float]) -> None:
        """Fit what is not there yet."""
        self.total = max(self.total, len(self.found) + len(values))
        for value in map(float, values):
            if not any(np.isclose(value, each, rtol=1e-12, atol=0.0) for each in self.found):
                self.found[value] = self.one(preference=value)
                done = min(len(self.found), self.total)
                self.report(Step(done, self.total, f"preference {value:.4g}"))

    def search(self, relations: Relations) -> None:
        """Begin with a grid and go on where neighbours differ most."""
        self.total = self.most = VALUES if relations.n < MANY else FEWER
        least, greatest = bounds(relations.matrix)
        spread = greatest - least
        self.add([*grid(relations.matrix), relations.median])
        # Messages find fewer exemplars than are best: go down until one is left.
        below = least
        for _ in range(6):
            if self.found[min(self.found)].k <= 1 or spread <= 0:
                break
            below -= spread
            self.add([rounded(below, greatest)])
        values = sorted(self.found)
        while len(values) < self.most:
            apart = [
                (abs(self.found[b].k - self.found[a].k), b - a, middle)
                for a, b in zip(values, values[1:], strict=False)
                if abs(self.found[b].k - self.found[a].k) > 1
                and b - a > FINEST * (greatest - a)
                and a < (middle := between(a, b, greatest)) < b
            ]
            if not apart:
                break
            _, _, middle = max(apart)
            self.add([middle])
            insort(values, middle)


def _measured(
    dataset: Dataset,
    relations: Relations,
    values: list[float],
    partitions: list[Partition],
    report: Report,
    seed: int,
) -> FittedAxis:
    """Measure the answers and say what must be said."""
    nothing = np.full(len(values), np.nan)
    curves = {
        "clusters": frozen([(each.sizes > 0).sum() for each in partitions], np.float64),
        "converged": frozen([bool(each.converged) for each in partitions], np.float64),
        "damping": frozen([_damping(each) for each in partitions], np.float64),
        "iterations": frozen([each.facts["iterations"] for each in partitions], np.float64),
        "net_similarity": frozen(
            [each.facts.get("net_similarity", np.nan) for each in partitions], np.float64
        ),
    }
    notes = _notes(values, partitions)
    if dataset.n <= FEW:
        labels = [each.labels for each in partitions]
        scores = validity.silhouettes(dataset, labels, seed=seed, report=report)
        curves["silhouette"] = frozen([score.value for score in scores])
        notes["silhouette"] = sweep.how(scores)
    else:
        curves["silhouette"] = frozen(nothing)
        notes["silhouette"] = f"Silhouette: not measured for more than {FEW} points."
    report(Step(1, 1, "done"))
    if relations.note:
        notes["relations"] = relations.note
    notes["median"] = repr(relations.median)
    return FittedAxis("preference", frozen(values, np.float64), tuple(partitions), curves, notes)


def _notes(values: list[float], partitions: list[Partition]) -> dict[str, str]:
    """Say where the messages did not settle, and where it took more damping."""
    least = min(_damping(each) for each in partitions)
    pairs = list(zip(values, partitions, strict=True))
    not_yet = [value for value, each in pairs if not each.converged]
    more = [(value, each) for value, each in pairs if each.converged and _damping(each) > least]
    notes = {"converged": "The messages settled at every value."}
    if not_yet:
        notes["converged"] = (
            f"The messages did not settle at {len(not_yet)} of {len(values)} values, with more "
            f"damping and rounds neither: {_few(not_yet)}. Clusters there are provisional."
        )
    if more:
        used = sorted({_damping(each) for _, each in more})
        notes["damping"] = (
            f"More damping ({', '.join(f'{each:g}' for each in used)}) was needed at "
            f"{len(more)} of {len(values)} values: {_few([value for value, _ in more])}."
        )
    return notes


def _damping(partition: Partition) -> float:
    """Give the damping of the try that is shown."""
    return float(str(partition.parameters["damping"]))


def _few(values: list[float]) -> str:
    """List up to eight values."""
    shown = ", ".join(f"{value:.4g}" for value in values[:8])
    return f"{shown} and {len(values) - 8} more" if len(values) > 8 else shown
