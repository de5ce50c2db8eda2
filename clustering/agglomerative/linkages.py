"""Linkages: four ways to measure how far clusters are apart, for every k, side by side.

Where the groups are known, what counts is the agreement with them (adjusted Rand index, 1 for
the same clusters, 0 for chance). Where they are not, agreement with the other linkages says which
answers do not hang on the choice, but not which are right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from clustering import agglomerative, validity
from clustering.checks import is_whole
from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.errors import ParameterError
from clustering.graph.edges import numbered
from clustering.partition import Labels
from clustering.progress import Report, Step, part, silent
from clustering.trees import merging
from clustering.words import count

__all__ = ["LinkageGrid", "grid"]

KNOWN = "The groups are known: shown is how far each answer agrees with them."
ALONE = (
    "No groups are known: shown is how far each answer agrees with those of the other linkages "
    "for the same k. That they agree does not make them right."
)


@dataclass(frozen=True, eq=False, slots=True)
class LinkageGrid:
    """What each linkage says for each k, and how far it agrees.

    Attributes
    ----------
    linkages : tuple of str
        The rows: those that these data allow.
    k_values : ndarray of shape (m,), int64
        The columns.
    values : ndarray of shape (l, m)
        What is shown: see `measure`. NaN where undefined.
    measure : str
        ``"ARI with the known groups"`` or ``"mean ARI with the other linkages"``.
    left_out : mapping of str to str
        Linkages without a row, and why.
    said : str
        Which measure is shown, and why.
    """

    linkages: tuple[str, ...]
    k_values: Integers
    values: Floats
    measure: str
    left_out: Mapping[str, str]
    said: str

    @property
    def best(self) -> tuple[str, int]:
        """Linkage and k with the highest value shown, of equal ones the fewest clusters."""
        values = np.nan_to_num(self.values.T, nan=-np.inf)
        column, row = np.unravel_index(int(values.argmax()), values.shape)
        return self.linkages[int(row)], int(self.k_values[column])


def grid(
    dataset: Dataset,
    truth: ArrayLike | None = None,
    *,
    k_values: Sequence[int] = range(2, 11),
    neighbours: int = 0,
    radius: float = 0.0,
    report: Report = silent,
) -> LinkageGrid:
    """Cut the tree of every linkage at every k.

    Parameters
    ----------
    dataset : Dataset
        As for `agglomerative.axis`.
    truth : array_like of shape (n,), optional
        Known group of each point: numbers or words.
    k_values : sequence of int
        Numbers of clusters; those beyond the number of distinct points are left out.
    neighbours, radius
        As for `agglomerative.axis`.
    report : callable
        Told while each tree is grown.

    Returns
    -------
    LinkageGrid
        Linkages by k.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `agglomerative.axis` does; DataError also where there are not as many groups as points.

    Notes
    -----
    Four trees, O(n^2) time and memory each.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [10.0], [11.0], [30.0]])
    >>> found = grid(data, [0, 0, 1, 1, 2], k_values=[2, 3])
    >>> found.linkages, found.values.round(2).tolist()[0], found.best
    (('ward', 'complete', 'average', 'single'), [0.29, 1.0], ('ward', 3))
    """
    known = None if truth is None else numbered(truth, dataset.n)
    if not len(k_values) or not all(is_whole(k) and k >= 1 for k in k_values):
        raise ParameterError("Numbers of clusters are whole numbers from 1; give one or more.")
    linkages, left_out = list(merging.LINKAGES), {}
    if not dataset.metric.is_euclidean:
        linkages.remove("ward")
        left_out["ward"] = merging.no_means(dataset)
    trees = [
        agglomerative.axis(
            dataset,
            linkage=linkage,
            neighbours=neighbours,
            radius=radius,
            report=part(report, done / len(linkages), (done + 1) / len(linkages)),
        )
        for done, linkage in enumerate(linkages)
    ]
    most = min(tree.most for tree in trees)
    asked = sorted({int(k) for k in k_values if k <= most})
    if not asked:
        raise ParameterError(
            f"There {'are' if most > 1 else 'is'} only {count(most, 'distinct point')}; choose "
            "fewer clusters."
        )
    labels = [[tree.of(k).labels for k in asked] for tree in trees]
    report(Step(1, 1, "agreement"))
    if known is None:
        measure, said = "mean ARI with the other linkages", ALONE
        values = [
            [_mean_agreement(mine, others) for mine, *others in _each_first(column)]
            for column in zip(*labels, strict=True)
        ]
    else:
        measure, said = "ARI with the known groups", KNOWN
        values = [
            [_mean_agreement(mine, [known]) for mine in column]
            for column in zip(*labels, strict=True)
        ]
    return LinkageGrid(
        linkages=tuple(linkages),
        k_values=frozen(asked, np.int64),
        values=frozen(np.transpose(values)),
        measure=measure,
        left_out=left_out,
        said=said,
    )


def _each_first(column: Sequence[Labels]) -> list[list[Labels]]:
    """Give the answers for one k as often as there are, each of them first once."""
    return [[mine, *column[:i], *column[i + 1 :]] for i, mine in enumerate(column)]


def _mean_agreement(labels: Labels, others: Sequence[Labels | Integers]) -> float:
    """Give the mean adjusted Rand index of an answer with others."""
    return float(np.mean([validity.adjusted_rand(other, labels).value for other in others]))
