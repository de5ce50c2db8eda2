"""Linkages: four ways to measure how far clusters are apart, for every k, side by side.

Where the groups are known, what counts is the agreement with them (adjusted Rand index, 1 for
the same clusters, 0 for chance). Where they are not, agreement with the other linkages says which
answers do not hang on the choice, and the silhouette which are compact; neither knows what
is right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from clustering import agglomerative, validity
from clustering.checks import is_whole
from clustering.dataset import Dataset, Floats, frozen
from clustering.errors import DataError, ParameterError, UnsupportedError
from clustering.partition import Labels
from clustering.progress import Report, Step, silent
from clustering.trees import merging
from clustering.words import count as counted

__all__ = ["LinkageGrid", "grid"]


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
    silhouettes : ndarray of shape (l, m)
        Mean silhouette of each answer; NaN where undefined.
    labels : tuple of l tuples of m ndarrays
        The clusters.
    left_out : mapping of str to str
        Linkages without a row, and why.
    said : str
        Which measure is shown, and why.
    """

    linkages: tuple[str, ...]
    k_values: ArrayLike
    values: Floats
    measure: str
    silhouettes: Floats
    labels: tuple[tuple[Labels, ...], ...]
    left_out: Mapping[str, str]
    said: str

    @property
    def best(self) -> tuple[str, int]:
        """Linkage and k with the highest value shown, of equal ones the fewest clusters."""
        if np.isnan(self.values).all():
            return self.linkages[0], int(np.asarray(self.k_values)[0])
        column, row = np.unravel_index(int(np.nanargmax(self.values.T)), self.values.T.shape)
        return self.linkages[int(row)], int(np.asarray(self.k_values)[column])


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
        Told after each tree and during the silhouettes.

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
    Four trees, and one pass over the distances for all silhouettes.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [10.0], [11.0], [30.0]])
    >>> found = grid(data, [0, 0, 1, 1, 2], k_values=[2, 3])
    >>> found.linkages, found.values.round(2).tolist()[0], found.best
    (('ward', 'complete', 'average', 'single'), [0.29, 1.0], ('ward', 3))
    """
    known = None
    if truth is not None:
        known = np.unique(np.asarray(truth), return_inverse=True)[1].ravel()
        if len(known) != dataset.n:
            raise DataError(f"{len(known):,} groups for {dataset.n:,} points.")
    if not len(k_values) or not all(is_whole(k) and k >= 1 for k in k_values):
        raise ParameterError("Numbers of clusters are whole numbers from 1; give one or more.")
    labels: list[tuple[Labels, ...]] = []
    rows: list[str] = []
    left_out: dict[str, str] = {}
    asked = sorted({int(k) for k in k_values})
    for done, linkage in enumerate(merging.LINKAGES):
        try:
            merging.check(dataset, linkage, graph=bool(neighbours or radius))
        except UnsupportedError as error:
            if linkage != "ward" or dataset.metric.is_euclidean:
                raise
            left_out[linkage] = str(error)
            continue
        found = agglomerative.axis(
            dataset,
            linkage=linkage,
            neighbours=neighbours,
            radius=radius,
            report=_part(report, done * 15, 15),
        )
        asked = [k for k in asked if k <= found.most]
        if not asked:
            raise ParameterError(
                f"There {'are only' if found.most > 1 else 'is only'} "
                f"{counted(found.most, 'distinct point')}; choose fewer clusters."
            )
        labels.append(tuple(found.of(k).labels for k in asked))
        rows.append(linkage)
    labels = [row[: len(asked)] for row in labels]
    scores = validity.silhouettes(
        dataset, [each for row in labels for each in row], report=_part(report, 60, 40)
    )
    if known is not None:
        measure = "ARI with the known groups"
        said = "The groups are known: shown is how far each answer agrees with them."
        values = [[_ari(known, each) for each in row] for row in labels]
    else:
        measure = "mean ARI with the other linkages"
        said = (
            "No groups are known: shown is how far each answer agrees with those of the other "
            "linkages for the same k. That they agree does not make them right."
        )
        values = [
            [
                float(np.mean([_ari(other[j], row[j]) for other in labels if other is not row]))
                for j in range(len(asked))
            ]
            for row in labels
        ]
    return LinkageGrid(
        linkages=tuple(rows),
        k_values=frozen(asked, np.int64),
        values=frozen(values),
        measure=measure,
        silhouettes=frozen(np.reshape([score.value for score in scores], (len(rows), len(asked)))),
        labels=tuple(labels),
        left_out=left_out,
        said=said,
    )


def _ari(truth: ArrayLike, labels: Labels) -> float:
    """Give the adjusted Rand index; NaN where it is undefined."""
    return float(validity.adjusted_rand(truth, labels).value)


def _part(report: Report, begin: int, width: int) -> Report:
    """Report a part of the work as that part of the whole."""
    return lambda step: report(Step(begin + int(width * step.share), 100, step.message))
