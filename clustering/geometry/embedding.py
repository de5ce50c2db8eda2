"""A flat picture in which neighbours stay neighbours: UMAP.

Principal components keep the large distances and may lay distant groups over one
another; UMAP keeps who is near whom and gives up the distances between groups, their
sizes and their densities. It is a look, not a space to cluster in: gaps between its
islands prove nothing.
"""

import sys
import warnings
from typing import Any

import numpy as np

from clustering.dataset import Dataset, Floats, frozen
from clustering.errors import UnsupportedError
from clustering.progress import Report, Step, silent

__all__ = ["MOST", "package", "umap"]

MOST = 20_000
"""Points that are laid out at most; of more an even choice."""


def umap(
    dataset: Dataset,
    *,
    n_neighbors: int = 15,
    min_dist: float = 0.1,
    seed: int = 0,
    report: Report = silent,
) -> Floats:
    """Lay points out so that neighbours stay neighbours.

    Parameters
    ----------
    dataset : Dataset
        Of euclidean points.
    n_neighbors : int
        How many neighbours of each point count; at most n - 1 are used.
    min_dist : float
        How close points may lie in the picture.
    seed : int
        Seed of the layout.

    Returns
    -------
    ndarray of shape (n, 2)
        Positions without a unit; NaN for the points beyond `MOST` that an even choice
        leaves out.

    Raises
    ------
    UnsupportedError
        Where there are fewer than five points, or distances are not euclidean.

    References
    ----------
    McInnes, L., Healy, J., Melville, J. UMAP: Uniform Manifold Approximation and
    Projection for Dimension Reduction. arXiv:1802.03426 (2018).
    """
    if dataset.n < 5:
        raise UnsupportedError(f"UMAP needs at least 5 points; these are {dataset.n}.")
    if not dataset.metric.is_euclidean:
        raise UnsupportedError(
            f"UMAP is offered for euclidean points, not for {dataset.metric.name} distances."
        )
    report(Step(0, 3, "UMAP is loaded, which takes a while the first time"))
    layout = package()
    place = np.linspace(0, dataset.n - 1, min(dataset.n, MOST)).astype(np.int64)
    report(Step(1, 3, f"UMAP lays out {len(place):,} points"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = layout(
            n_neighbors=min(n_neighbors, len(place) - 1),
            min_dist=min_dist,
            random_state=seed,
            n_jobs=1,
            init="spectral" if len(place) > 15 else "random",
        ).fit_transform(dataset.points[place])
    report(Step(3, 3, "UMAP is done"))
    flat = np.full((dataset.n, 2), np.nan)
    flat[place] = found
    return frozen(flat)


def package() -> Any:
    """Give the class ``umap.UMAP``, loaded at the first call, which takes some seconds."""
    # The package looks for TensorFlow, for a part that is not needed here, and its
    # loading takes longer than all the rest.
    absent = "tensorflow" not in sys.modules
    if absent:
        sys.modules["tensorflow"] = None  # type: ignore[assignment]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from umap import UMAP
    finally:
        if absent:
            del sys.modules["tensorflow"]
    return UMAP
