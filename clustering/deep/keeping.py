"""Keeping: what becomes of the same few points in bottlenecks of several sizes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from clustering.dataset import Dataset, Floats, Integers, digest, frozen
from clustering.deep.latent_sizes import LatentSizes
from clustering.errors import ParameterError
from clustering.progress import Report, Step, silent

__all__ = ["Kept", "kept"]

MOST = 100
"""Points that are looked at one by one."""


@dataclass(frozen=True, eq=False, slots=True)
class Kept:
    """A few points, and what each size of the bottleneck keeps of them.

    Attributes
    ----------
    sizes : tuple of s int
        Numbers that pass.
    places : ndarray of shape (m,)
        Which points of the Dataset.
    originals : ndarray of shape (m, d)
        These points.
    networks, components : ndarrays of shape (s, m, d)
        What comes back of them through each network, and through as many principal
        components.
    mean : ndarray of shape (d,)
        The mean of all points: what comes back where nothing passes.
    own, own_pca : ndarrays of shape (s, m)
        Mean squared error of a coordinate, for each of these points.
    own_mean : ndarray of shape (m,)
        The same for the mean.
    errors, pca_errors : ndarrays of shape (s,)
        The same over all points, as on the axis.
    mean_error : float
        The same for the mean.
    epochs : int
        Of each training.
    key : str
        Digest of what is in it.
    """

    sizes: tuple[int, ...]
    places: Integers
    originals: Floats
    networks: Floats
    components: Floats
    mean: Floats
    own: Floats
    own_pca: Floats
    own_mean: Floats
    errors: Floats
    pca_errors: Floats
    mean_error: float
    epochs: int
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Compute the key."""
        object.__setattr__(self, "key", digest(self.places, self.networks))


def kept(
    dataset: Dataset,
    *,
    sizes: LatentSizes,
    places: Sequence[int],
    report: Report = silent,
) -> Kept:
    """Lead a few points through the bottleneck of each size, and through PCA beside it.

    Parameters
    ----------
    dataset : Dataset
        Prepared as what the networks were trained on; that itself, or points kept out.
    sizes : LatentSizes
        The networks.
    places : sequence of m int
        Which points, from 0 to n - 1; at most 100.
    report : callable
        Told after each size.

    Returns
    -------
    Kept

    Raises
    ------
    ParameterError
        Where there is no such point, none is named, or too many are.
    DataError
        Where the points have another number of coordinates than the networks.
    """
    chosen = np.asarray(places, dtype=np.int64)
    if not 1 <= chosen.size <= MOST or chosen.ndim != 1:
        raise ParameterError(f"Choose from 1 to {MOST} points to look at.")
    if chosen.min() < 0 or chosen.max() >= dataset.n:
        raise ParameterError(f"There are {dataset.n:,} points; choose among them.")
    points = dataset.points[chosen]
    networks = []
    for done, model in enumerate(sizes.models, 1):
        networks.append(model.reconstruct(points))
        report(Step(done, len(sizes.models), f"through {model.latent} numbers"))
    components = [sizes.plain.reconstruct(points, count=size) for size in sizes.sizes]
    curves = sizes.axis.curves
    return Kept(
        sizes=sizes.sizes,
        places=frozen(chosen),
        originals=frozen(points),
        networks=frozen(networks),
        components=frozen(components),
        mean=sizes.plain.mean,
        own=frozen([_lost(points, back) for back in networks]),
        own_pca=frozen([_lost(points, back) for back in components]),
        own_mean=frozen(_lost(points, sizes.plain.mean)),
        errors=curves["error"],
        pca_errors=curves["pca_error"],
        mean_error=sizes.mean_error,
        epochs=sizes.epochs,
    )


def _lost(points: Floats, back: Floats) -> Floats:
    """Give the mean squared error of a coordinate for each point."""
    errors: Floats = np.square(points - back).mean(axis=1)
    return errors
