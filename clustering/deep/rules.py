"""How new points are given to the clusters of a network: rules that can be pickled."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clustering.data.sequences.padding import PADDING
from clustering.data.sequences.warping import NAME
from clustering.dataset import Dataset, Floats, frozen
from clustering.deep.model import Model
from clustering.partition import Labels

__all__ = ["InLatent", "Soft", "decoded_centers", "mean_centers", "spread", "student"]

Reals = Floats | NDArray[np.float32]


def student(codes: Floats, centers: Reals, *, scale: float = 1.0) -> Floats:
    r"""Share each point among centers by Student's t with one degree of freedom.

    .. math:: q_{ij} \propto (1 + \lVert z_i - \mu_j \rVert^2 / s^2)^{-1}

    Parameters
    ----------
    codes : ndarray of shape (n, m)
        Points.
    centers : ndarray of shape (k, m)
        Centers.
    scale : float
        The length s.

    Returns
    -------
    ndarray of shape (n, k)
        Shares; each row has the sum 1, and the nearest center has the largest.

    Examples
    --------
    >>> student(np.array([[0.0], [1.0]]), np.array([[0.0], [2.0]])).round(3).tolist()
    [[0.833, 0.167], [0.5, 0.5]]
    """
    squares = np.empty((len(codes), len(centers)))
    for place, center in enumerate(np.asarray(centers, dtype=np.float64)):
        away = codes - center
        squares[:, place] = np.einsum("ij,ij->i", away, away)
    shares = 1.0 / (1.0 + squares / scale**2)
    found: Floats = shares / shares.sum(axis=1, keepdims=True)
    return found


@dataclass(frozen=True, eq=False, slots=True)
class InLatent:
    """The nearest center in the latent space.

    Attributes
    ----------
    model : Model
        What leads points there.
    centers : ndarray of shape (k, latent)
        The centers there.
    """

    model: Model
    centers: Reals

    def __call__(self, points: Floats) -> Labels:
        """Give the labels of `points` (m, d), shape (m,)."""
        shares = student(self.model.encode(points), self.centers)
        return np.asarray(shares.argmax(axis=1), dtype=np.int32)


@dataclass(frozen=True, eq=False, slots=True)
class Soft:
    """The likeliest cluster by a softmax over the latent space.

    Attributes
    ----------
    model : Model
        What leads points there.
    kernel, bias : ndarrays of shape (latent, k) and (k,)
        Weights of the softmax.
    """

    model: Model
    kernel: Reals
    bias: Reals

    def __call__(self, points: Floats) -> Labels:
        """Give the labels of `points` (m, d), shape (m,)."""
        scores = self.model.encode(points) @ self.kernel + self.bias
        return np.asarray(scores.argmax(axis=1), dtype=np.int32)


def spread(codes: Floats, centers: Reals, dataset: Dataset) -> float:
    """Give the root of the mean squared distance to the nearest center; 1 where that is 0.

    Examples
    --------
    >>> codes = np.array([[0.0], [1.0], [9.0]])
    >>> data = Dataset.from_points(codes, weights=[1, 3, 1])
    >>> round(spread(codes, np.array([[0.0], [9.0]]), data) ** 2, 6)
    0.6
    """
    away = np.min([((codes - center) ** 2).sum(axis=1) for center in centers], axis=0)
    return float(np.sqrt(np.average(away, weights=dataset.mass))) or 1.0


def decoded_centers(model: Model, centers: Reals) -> Floats:
    """Lead centers of the latent space back to what they stand for, shape (k, d)."""
    return frozen(model.decode(centers))


def mean_centers(dataset: Dataset, shares: Floats) -> Floats:
    """Give the means of the points, each counted by its share of the cluster, shape (k, d).

    For networks whose decoder no longer knows what their codes mean.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [1.0], [4.0]])
    >>> mean_centers(data, np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]])).round(3).tolist()
    [[0.333], [3.0]]
    """
    if dataset.metric.name == NAME:
        return _padded_means(dataset.points, shares * dataset.mass[:, None])
    counted = shares * dataset.mass[:, None]
    # A cluster that no point has a share in stands in the middle of them all.
    counted = np.where(counted.sum(axis=0) > 0.0, counted, dataset.mass[:, None])
    return frozen((counted / counted.sum(axis=0)).T @ dataset.points)


def _padded_means(points: Floats, counted: Floats) -> Floats:
    """Average series at each step over those that have it; `PADDING` where none counts."""
    held = points != PADDING
    mass = counted.T @ held
    sums = counted.T @ np.where(held, points, 0.0)
    return frozen(np.where(mass > 0.0, sums / np.where(mass > 0.0, mass, 1.0), PADDING))
