"""An answer against what is known: every index of agreement at once."""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from clustering.validity.agreement import (
    adjusted_mutual_information,
    adjusted_rand,
    matched_accuracy,
    normalized_mutual_information,
)
from clustering.validity.groups import Noise, Score

__all__ = ["Agreement", "against"]


@dataclass(frozen=True, eq=False, slots=True)
class Agreement:
    """How far two labelings agree, in four ways.

    Attributes
    ----------
    rand : Score
        Adjusted Rand index: pairs of points that both treat alike.
    mutual : Score
        Adjusted mutual information: how much one tells of the other.
    normalized : Score
        Normalized mutual information, not adjusted for chance.
    accuracy : Score
        Share of points that are right under the best naming of the clusters.
    """

    rand: Score
    mutual: Score
    normalized: Score
    accuracy: Score


def against(truth: ArrayLike, labels: ArrayLike, *, noise: Noise = "exclude") -> Agreement:
    """Compare labels with known groups by every index of agreement.

    Parameters
    ----------
    truth, labels : array_like of shape (n,), int
        Known groups, and clusters in any numbering; -1 for noise or not known.
    noise : {"exclude", "cluster", "singletons"}
        As for `adjusted_rand`.

    Returns
    -------
    Agreement
        Four scores under one noise policy; undefined where no point is left.

    Raises
    ------
    ParameterError
        Where the labelings differ in length or hold no whole numbers.

    Examples
    --------
    >>> found = against([0, 0, 0, 1, 1, -1], [1, 1, 0, 0, 0, 0])
    >>> round(found.rand.value, 3), found.accuracy.value, found.accuracy.n
    (0.167, 0.8, 5)
    """
    return Agreement(
        rand=adjusted_rand(truth, labels, noise=noise),
        mutual=adjusted_mutual_information(truth, labels, noise=noise),
        normalized=normalized_mutual_information(truth, labels, noise=noise),
        accuracy=matched_accuracy(truth, labels, noise=noise),
    )
