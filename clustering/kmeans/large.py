r"""k-means for every k where restarts would take too long: each answer starts the next.

Ten starts for each k are affordable for thousands of points, not for a million. Then
each k has one run over all points, and much is done to start it well:

1. **One center more.** The answer for k - 1 and one further center are already better
   than that answer, so that inertia cannot rise with k. A few points are drawn, each
   with a chance in proportion to its squared distance to its center, as k-means++
   does; the one that would lower the inertia most becomes the new center.
2. **Restarts on a sample.** The best of the usual restarts on 10,000 of the points
   finds what one path of answers misses.
3. **Mini-batches** [1]_ move the centers of the better of the two on, a few thousand
   points a step: 40 cheap steps see 400,000 points.
4. **Lloyd's turns over all points**, from the best of the three until they converge.
   Which is best is decided by their inertia over all points.

Nothing about the answer is approximate: labels, centers and inertia are those of
k-means from the start that ``parameters["init"]`` holds, over all points. What is given
up is the luck of many such runs; and so is told, in a note.

References
----------
.. [1] D. Sculley, "Web-scale k-means clustering", WWW 2010.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from scipy.spatial.distance import cdist

from clustering.dataset import Dataset, Floats
from clustering.geometry.nearest import nearest
from clustering.kmeans.fitting import fit_checked
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step
from clustering.threads import threads

__all__ = ["MANY", "path", "told"]

MANY = 50_000
"""Points beyond which an axis is made this way."""

SAMPLE, ROUGH = 10_000, 1e-3
"""Points on which restarts are made, and the tolerance that is enough for a start."""

BATCH, BATCHES = 10_240, 40
TURNS = 20
"""Turns after which a run is interrupted for a report, and goes on from where it is."""

BLOCK = 1 << 14  # points whose distances stay in a core's cache


def told(n: int, n_init: int) -> str:
    """Say what was done instead of restarts, what is exact and what is not."""
    restarts = "the start" if n_init == 1 else f"the best of {n_init} starts"
    return (
        f"With {n:,} points each k is run once over all of them, from "
        f"{restarts} on a sample of {SAMPLE:,}, or from the answer before and one centre more, "
        "moved on by mini-batches where that helps. Labels and inertia are exact, over all "
        "points, for that run; another start might end lower."
    )


def path(
    dataset: Dataset,
    *,
    k_max: int,
    init: str,
    n_init: int,
    max_iter: int,
    tol: float,
    seed: int,
    report: Report,
) -> tuple[Partition, ...]:
    """Fit k = 1 ... `k_max`, each from the best start that can be found quickly.

    Parameters
    ----------
    dataset : Dataset
        Checked; coordinates, weighted or not.
    k_max : int
        Largest k, no more than there are distinct points.
    init : {"k-means++", "random"}
        How starts on the sample are drawn, and whether the further center is drawn of
        points far from their centers, or of any.
    n_init : int
        Starts on the sample.
    max_iter : int
        Most turns over all points for each k.
    tol, seed
        As in `fit`.
    report : callable
        Told after each of the things that are done for each k.

    Returns
    -------
    tuple of Partition
        Answers for k = 1, 2, ...; inertia never rises. The parameters of each give its
        labels again; ``facts["iterations"]`` counts all its turns over all points.
    """
    ground = _Ground.of(dataset, np.random.default_rng(seed))
    answers: list[Partition] = []
    total = k_max * (k_max + 1)
    for k in range(1, k_max + 1):
        begun, units = k * (k - 1), 2 * k
        name = f"k = {k} of {k_max}"
        start = ground.origin[None]
        if answers:
            starts = [_one_more(ground, answers[-1], init)]
            report(Step(begun + units // 4, total, f"{name}: one centre more"))
            best = fit_checked(
                ground.sample,
                k=k,
                init=init,
                n_init=n_init,
                max_iter=max_iter,
                tol=max(tol, ROUGH),
                seed=seed,
            )
            starts.append(_measured(ground, np.asarray(best.centers)))
            report(Step(begun + units // 3, total, f"{name}: starts on a sample"))
            starts.append(_moved(ground, min(starts, key=_inertia).centers, seed))
            report(Step(begun + units // 2, total, f"{name}: mini-batches"))
            start = min(starts, key=_inertia).centers + ground.origin
        for answer in _refined(dataset, start, max_iter=max_iter, tol=tol, seed=seed):
            turns = int(answer.facts["iterations"])
            # How many more there will be is unknown.
            done = begun + units // 2 + int(min(turns / (4 * TURNS), 0.75) * units / 2)
            report(Step(done, total, f"{name}: {turns} turns over all points"))
        answers.append(answer)
        report(Step(begun + units, total, name))
    return tuple(answers)


@dataclass(frozen=True, eq=False, slots=True)
class _Ground:
    """What every start is looked for on; centers are measured from the middle here.

    Attributes
    ----------
    points : ndarray of shape (n, d)
        All points, their middle subtracted, where squares lose no digits.
    origin : ndarray of shape (d,)
        That middle.
    heavy : ndarray of shape (n,)
        Weights, 1 where there are none.
    sample : Dataset
        Some of the points.
    random : Generator
        Where all draws come from.
    """

    points: Floats
    origin: Floats
    heavy: Floats
    sample: Dataset
    random: Generator

    @classmethod
    def of(cls, dataset: Dataset, random: Generator) -> "_Ground":
        origin = dataset.points.mean(axis=0)
        points = dataset.points - origin
        some = np.sort(random.choice(dataset.n, min(SAMPLE, dataset.n), replace=False))
        weights = dataset.weights
        sample = Dataset.from_points(
            points[some], weights=None if weights is None else weights[some]
        )
        return cls(
            points, origin, np.ones(dataset.n) if weights is None else weights, sample, random
        )


@dataclass(frozen=True, eq=False, slots=True)
class _Start:
    """Centers (k, d), and their inertia over all points."""

    centers: Floats
    inertia: float


def _inertia(start: _Start) -> float:
    return start.inertia


def _measured(ground: _Ground, centers: Floats) -> _Start:
    """Measure centers over all points."""
    squares = _squares(ground.points, centers, nearest(ground.points, centers))
    return _Start(centers, float(ground.heavy @ squares))


def _one_more(ground: _Ground, before: Partition, init: str) -> _Start:
    """Give the centers of an answer and one more, drawn from the points."""
    known = np.asarray(before.centers) - ground.origin
    away = _squares(ground.points, known, before.labels)
    far = init == "k-means++"
    sums = np.cumsum(ground.heavy * away if far else ground.heavy)
    drawn = ground.random.random(2 + int(np.log(len(known) + 1)) if far else 1) * sums[-1]
    places = np.minimum(np.searchsorted(sums, drawn, side="right"), len(sums) - 1)
    inertias = _potentials(ground, away, ground.points[places])
    best = int(inertias.argmin())
    return _Start(np.vstack([known, ground.points[places[best]]]), float(inertias[best]))


def _moved(ground: _Ground, centers: Floats, seed: int) -> _Start:
    """Move centers by mini-batches."""
    from sklearn.cluster import MiniBatchKMeans

    model = MiniBatchKMeans(
        len(centers), init=centers, n_init=1, batch_size=BATCH, random_state=seed
    )
    with threads(BATCH):
        for _ in range(BATCHES):
            some = ground.random.integers(0, len(ground.points), BATCH)
            model.partial_fit(ground.points[some], sample_weight=ground.heavy[some])
    return _measured(ground, np.asarray(model.cluster_centers_, dtype=np.float64))


def _squares(points: Floats, centers: Floats, labels: Labels) -> Floats:
    """Give the squared distance of each point to its center, shape (n,)."""
    result = np.empty(len(points))
    for first in range(0, len(points), BLOCK):
        block = slice(first, first + BLOCK)
        difference = points[block] - centers[labels[block]]
        np.einsum("ij,ij->i", difference, difference, out=result[block])
    return result


def _potentials(ground: _Ground, away: Floats, candidates: Floats) -> Floats:
    """Give the inertia there would be with each of the candidates (m, d) as one center more."""
    found = np.zeros(len(candidates))
    for first in range(0, len(away), BLOCK):
        block = slice(first, first + BLOCK)
        squares = cdist(ground.points[block], candidates, "sqeuclidean")
        found += ground.heavy[block] @ np.minimum(squares, away[block, None])
    return found


def _refined(
    dataset: Dataset, start: Floats, *, max_iter: int, tol: float, seed: int
) -> Iterator[Partition]:
    """Run Lloyd's turns from `start`, and give the answer every so many; the last is the one.

    Each leg of the run is a fit of its own, which starts where the one before it ended. So
    the start of the last leg is all that is needed to give the answer again.
    """
    k, turns = len(start), 0
    while True:
        leg = min(TURNS, max_iter - turns)
        answer = fit_checked(dataset, k=k, init=start, n_init=1, max_iter=leg, tol=tol, seed=seed)
        turns += int(answer.facts["iterations"])
        parameters = dict(answer.parameters)
        if answer.converged:
            parameters["max_iter"] = max_iter
        yield replace(answer, parameters=parameters, facts={**answer.facts, "iterations": turns})
        if answer.converged or turns >= max_iter or answer.centers is None:
            return
        start = answer.centers
