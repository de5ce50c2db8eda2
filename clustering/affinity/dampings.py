"""Dampings: whether the answer hangs on how much of the old messages is kept."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from clustering.affinity.fitting import MAX_ITER, fit
from clustering.affinity.similarity import Relations, Similarity
from clustering.affinity.similarity import relations as measured
from clustering.dataset import Dataset

__all__ = ["dampings"]


def dampings(
    dataset: Dataset,
    preference: float | None = None,
    values: Sequence[float] = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95),
    *,
    similarity: Similarity = "distance",
    relations: Relations | None = None,
    max_iter: int = 5 * MAX_ITER,
    seed: int = 0,
) -> pd.DataFrame:
    """Fit one preference with several dampings.

    Parameters
    ----------
    dataset, preference, similarity, relations, max_iter, seed
        As for `fit`; nothing more is tried where one does not converge.
    values : sequence of float
        Dampings from 0.5 to below 1.

    Returns
    -------
    pandas.DataFrame
        A row each: ``damping``, ``clusters``, ``converged``, ``iterations``,
        ``net_similarity`` (the higher, the better), and ``same``: how many of the dampings give
        this very partition.

    Raises
    ------
    ParameterError, UnsupportedError, DataError
        As `fit` does.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [2.0], [10.0], [11.0], [12.0]])
    >>> dampings(data, None, [0.5, 0.9])[["damping", "clusters", "same"]].values.tolist()
    [[0.5, 2.0, 2.0], [0.9, 2.0, 2.0]]
    """
    known = measured(dataset, by=similarity) if relations is None else relations
    found = [
        fit(
            dataset, similarity=similarity, relations=known, preference=preference,
            damping=value, max_iter=max_iter, seed=seed, more=False,
        )
        for value in values
    ]  # fmt: skip
    return pd.DataFrame(
        {
            "damping": list(map(float, values)),
            "clusters": [each.k for each in found],
            "converged": [bool(each.converged) for each in found],
            "iterations": [int(each.facts["iterations"]) for each in found],
            "net_similarity": [each.facts.get("net_similarity", np.nan) for each in found],
            "same": [
                sum(np.array_equal(each.labels, other.labels) for other in found) for each in found
            ],
        }
    )
