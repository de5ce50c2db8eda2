"""How much of dynamic time warping a page may do unasked: it takes the square of the steps."""

from clustering.dataset import Dataset

__all__ = ["averaged", "sampled", "soon"]

CELLS = 4e9
"""Cells of warping tables that silhouettes may take: some ten seconds."""
FEWEST, MOST = 40, 300
"""Series on which a silhouette is measured."""
AVERAGED = 3e7
"""Cells that one turn of a barycentre of all series may take."""
COMPARED = 2e7
"""Cells that one turn of the plain ways may take for each cluster."""


def sampled(shape: tuple[int, int]) -> int:
    """Say of how many series silhouettes by warping are measured; of more, on a sample.

    Examples
    --------
    >>> sampled((40, 1)), sampled((1_000, 1)), sampled((10_000, 3))
    (300, 89, 40)
    """
    steps, channels = shape
    return int(min(MOST, max(FEWEST, (2.0 * CELLS / (steps**2 * channels)) ** 0.5)))


def averaged(dataset: Dataset, shape: tuple[int, int]) -> bool:
    """Say whether barycentres under warping come soon enough."""
    return dataset.n * shape[0] ** 2 * shape[1] <= AVERAGED


def soon(dataset: Dataset, shape: tuple[int, int]) -> bool:
    """Say whether the plain ways come soon enough to be computed unasked."""
    return dataset.n * shape[0] ** 2 * shape[1] <= COMPARED
