"""DBSCAN at a few given epsilons, scored: the table that recipes print.

The silhouette was not made for noise, and what is done with it decides which epsilon looks
best. Both usual answers stand side by side: noise as one more cluster, which is what
scikit-learn's ``silhouette_score`` makes of raw labels, and noise left out.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import Dataset, Floats, frozen
from clustering.errors import DataError, ParameterError
from clustering.partition import Labels
from clustering.progress import Report, silent
from clustering.validity import Score, silhouettes
from clustering.validity.sampling import LEAST, sample_size, usual_limit
from clustering.words import count

if TYPE_CHECKING:
    from clustering.dbscan.epsilons import EpsilonAxis

__all__ = ["Grid", "grid"]

MOST = 1000
"""Epsilons beyond which nobody reads the table."""


@dataclass(frozen=True, eq=False, slots=True)
class Grid:
    """What DBSCAN says at m epsilons, and how good it is.

    Attributes
    ----------
    values : ndarray of shape (m,)
        The epsilons, as they were given.
    clusters, noise, core : ndarray of shape (m,)
        Number of clusters, of points that are noise and of core points.
    with_noise : tuple of m Score
        Silhouette with noise as a cluster of its own.
    without_noise : tuple of m Score
        Silhouette with noise left out.
    """

    values: Floats
    clusters: Floats
    noise: Floats
    core: Floats
    with_noise: tuple[Score, ...]
    without_noise: tuple[Score, ...]

    def scores(self, noise: Literal["cluster", "exclude"]) -> tuple[Score, ...]:
        """Give the silhouettes under one of the two policies."""
        return self.with_noise if noise == "cluster" else self.without_noise

    def best(self, noise: Literal["cluster", "exclude"]) -> int:
        """Give the place of the highest silhouette, the first of equal ones; -1 for none."""
        heights = np.array([score.value for score in self.scores(noise)])
        return int(np.nanargmax(heights)) if np.isfinite(heights).any() else -1


def grid(
    dataset: Dataset,
    axis: "EpsilonAxis",
    values: ArrayLike,
    *,
    limit: int | None = None,
    afford: float = np.inf,
    report: Report = silent,
) -> Grid:
    """Score DBSCAN at given epsilons, under both noise policies.

    Parameters
    ----------
    dataset : Dataset
        The points of the axis.
    axis : EpsilonAxis
        Answers every epsilon.
    values : array_like of shape (m,)
        Positive distances, at most 1,000.
    limit : int, optional
        As for `validity.silhouettes`: beyond so many points silhouettes are of a sample.
    afford : float
        Distances that may be computed for one epsilon. Every cluster of a sample needs its
        own points: an epsilon with too many clusters is left undefined, with that reason.
    report : callable
        Told how far the pass over the distances is.

    Returns
    -------
    Grid
        In the order of `values`. A silhouette is undefined, with a reason, where there are
        fewer than two clusters; beyond the limit it is sampled and has a band.

    Raises
    ------
    ParameterError
        Where a value is no positive number, or there are none or too many.
    DataError
        Where the axis is of other points.

    Notes
    -----
    One pass over all distances, n^2 of them, scores all epsilons under both policies.

    Examples
    --------
    >>> from clustering import dbscan
    >>> data = Dataset.from_points([[0.0], [1.0], [2.0], [9.0], [10.0], [30.0]])
    >>> found = grid(data, dbscan.axis(data, min_samples=2), [1.0, 7.0])
    >>> found.clusters.tolist(), found.noise.tolist(), found.best("exclude")
    ([2.0, 1.0], [1.0, 1.0], 0)
    >>> [round(score.value, 3) for score in (found.with_noise[0], found.without_noise[0])]
    [0.715, 0.858]
    """
    if dataset.key != axis.dataset.key:
        raise DataError("This axis belongs to other data; compute it again.")
    try:
        wanted = np.atleast_1d(np.asarray(values, dtype=np.float64))
    except (TypeError, ValueError) as error:
        raise ParameterError("The values of epsilon are a list of positive numbers.") from error
    if wanted.ndim != 1 or not 1 <= len(wanted) <= MOST:
        raise ParameterError(f"Choose from 1 to {MOST:,} values of epsilon.")
    answers = [axis.at(float(value)).labels for value in wanted]
    needed = [_distances(labels, limit) for labels in answers]
    # What cannot be afforded is scored as one cluster, which costs nothing, and said below.
    answers = [
        labels if cost <= afford else np.zeros_like(labels)
        for labels, cost in zip(answers, needed, strict=True)
    ]
    apart = [np.where(labels < 0, labels.max() + 1, labels) for labels in answers]
    scores = silhouettes(dataset, [*answers, *apart], noise="exclude", limit=limit, report=report)
    counted = [axis.count(float(value)) for value in wanted]
    clusters, noise, core = (
        frozen([found[name] for found in counted]) for name in ("clusters", "noise", "core")
    )
    reasons = [
        ""
        if cost <= afford
        else f"{count(int(each['clusters']), 'cluster')} of "
        f"{count(dataset.n, 'point')} would take {cost:,.0f} distances."
        for cost, each in zip(needed, counted, strict=True)
    ]
    scores = tuple(
        replace(score, reason=reason) if reason else score
        for score, reason in zip(scores, reasons * 2, strict=True)
    )
    return Grid(
        values=frozen(wanted),
        clusters=clusters,
        noise=noise,
        core=core,
        with_noise=tuple(replace(score, noise="cluster") for score in scores[len(wanted) :]),
        without_noise=scores[: len(wanted)],
    )


def _distances(labels: Labels, limit: int | None) -> float:
    """Give how many distances the silhouettes of an answer take."""
    n = len(labels)
    limit = usual_limit(n) if limit is None else limit
    if n <= limit:
        return float(n) * n
    sizes = np.bincount(labels + 1)
    return float(n) * max(sample_size(n, limit), int(np.minimum(sizes, LEAST).sum()))
