"""What rewarding the distance between clusters does, in numbers.

A source proposes to train an autoencoder with the loss ``L = E + lambda R``, where E is the
reconstruction error and ``R = sum over pairs of clusters of |W (mu_a - mu_b)|`` the distance
between their centres behind the encoder W. Minimising L makes R small: the clusters are
pulled *together*. With a negative lambda R is made large, and since the decoder can undo any
scale of W at no cost, it grows without end: lambda R falls for ever.

What was meant is a reward that scale cannot buy: for each pair the squared distance of the
centres as a share of itself and the spread within, ``b = d2 / (d2 + s2)``, from 0 to 1.

Both are followed here on a linear encoder and decoder, in plain NumPy.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from clustering.dataset import Dataset, Floats, frozen
from clustering.partition import Partition
from clustering.progress import Report, Step, silent

__all__ = ["Way", "apartness", "distances", "ways"]

STEPS, RATE = 1_500, 0.01
"""Turns of training on all points, and Adam's step."""


@dataclass(frozen=True, eq=False, slots=True)
class Way:
    """What one loss did.

    Attributes
    ----------
    weight : float
        Lambda.
    bounded : bool
        Whether the reward is the bounded one.
    error : ndarray of shape (steps,)
        Mean squared reconstruction error.
    apart : ndarray of shape (steps,)
        R: sum over pairs of |W (mu_a - mu_b)|.
    share : ndarray of shape (steps,)
        Mean over pairs of the bounded b.
    encoder : ndarray of shape (d, 2)
        W at the end.
    codes : ndarray of shape (n, 2)
        The points behind it.
    """

    weight: float
    bounded: bool
    error: Floats
    apart: Floats
    share: Floats
    encoder: Floats
    codes: Floats


def distances(encoder: Floats, centers: Floats) -> float:
    """Give R, the sum over pairs of centres of |W (mu_a - mu_b)|.

    Parameters
    ----------
    encoder : ndarray of shape (d, m)
        W.
    centers : ndarray of shape (k, d)
        The mu.

    Examples
    --------
    >>> distances(np.eye(2), np.array([[0.0, 0.0], [3.0, 4.0]]))
    7.0
    """
    return float(np.abs(_pairs(centers) @ encoder).sum())


def apartness(encoder: Floats, centers: Floats, spread: Floats) -> float:
    """Give the mean over pairs of d2 / (d2 + s2).

    Parameters
    ----------
    encoder : ndarray of shape (d, m)
        W.
    centers : ndarray of shape (k, d)
        The mu.
    spread : ndarray of shape (d, d)
        Covariance within clusters.

    Examples
    --------
    >>> apartness(np.eye(2), np.array([[0.0, 0.0], [3.0, 0.0]]), np.eye(2) / 2)
    0.9
    >>> apartness(99 * np.eye(2), np.array([[0.0, 0.0], [3.0, 0.0]]), np.eye(2) / 2)
    0.9
    """
    far = ((_pairs(centers) @ encoder) ** 2).sum(axis=1)
    within = float(np.trace(encoder.T @ spread @ encoder))
    return float((far / (far + within)).mean())


def ways(
    dataset: Dataset,
    *,
    partition: Partition,
    weights: tuple[float, ...] = (0.0, 0.1, -0.1),
    reward: float = 1.0,
    seed: int = 0,
    report: Report = silent,
) -> tuple[Way, ...]:
    """Follow the source's loss for each lambda, and the bounded one.

    Parameters
    ----------
    dataset : Dataset
        Centred and scaled points do best.
    partition : Partition
        Its clusters have the centres that are held apart.
    weights : tuple of float
        Lambdas of the source's loss.
    reward : float
        Lambda of the bounded reward.
    seed : int
        Fixes the first weights.
    report : callable
        Told after each way.

    Returns
    -------
    tuple of Way
        One for each of `weights`, the bounded one last.
    """
    labels = partition.labels
    known = np.unique(labels[labels >= 0])
    centers = np.stack([dataset.points[labels == each].mean(axis=0) for each in known])
    inside = dataset.points[labels >= 0] - centers[np.searchsorted(known, labels[labels >= 0])]
    spread = inside.T @ inside / len(inside)
    asked = [*((weight, False) for weight in weights), (reward, True)]
    found = []
    for place, (weight, bounded) in enumerate(asked, 1):
        found.append(_followed(dataset.points, centers, spread, weight, bounded, seed))
        report(Step(place, len(asked), "following the losses"))
    return tuple(found)


def _pairs(centers: Floats) -> Floats:
    """Give the difference of every pair of centres, shape (pairs, d)."""
    places = np.array(list(combinations(range(len(centers)), 2)), dtype=np.int64).reshape(-1, 2)
    differences: Floats = centers[places[:, 0]] - centers[places[:, 1]]
    return differences


def _followed(
    points: Floats, centers: Floats, spread: Floats, weight: float, bounded: bool, seed: int
) -> Way:
    """Train a linear encoder and decoder by Adam on all points at once."""
    random = np.random.default_rng(seed)
    n, d = points.shape
    encoder, decoder = random.normal(0.0, 0.5, (d, 2)), random.normal(0.0, 0.5, (2, d))
    moments = [np.zeros((2, *each.shape)) for each in (encoder, decoder)]
    error, apart, share = [], [], []
    for step in range(STEPS):  # Adam's steps are bounded, so that nothing here overflows
        codes = points @ encoder
        wrong = codes @ decoder - points
        error.append(float((wrong**2).mean()))
        apart.append(distances(encoder, centers))
        share.append(apartness(encoder, centers, spread))
        slope = 2.0 * wrong / (n * d)
        for_encoder = points.T @ (slope @ decoder.T)
        for_encoder += weight * _slope(encoder, centers, spread, bounded=bounded)
        slopes = for_encoder, codes.T @ slope
        for each, moment, now in zip((encoder, decoder), moments, slopes, strict=True):
            moment[0] += 0.1 * (now - moment[0])
            moment[1] += 0.001 * (now**2 - moment[1])
            fair = moment[0] / (1 - 0.9 ** (step + 1)), moment[1] / (1 - 0.999 ** (step + 1))
            each -= RATE * fair[0] / (np.sqrt(fair[1]) + 1e-12)
    return Way(
        weight, bounded, frozen(error), frozen(apart), frozen(share), frozen(encoder),
        frozen(points @ encoder),
    )  # fmt: skip


def _slope(encoder: Floats, centers: Floats, spread: Floats, *, bounded: bool) -> Floats:
    """Give the slope of R, or of minus the bounded reward, over the encoder."""
    pairs = _pairs(centers)
    behind = pairs @ encoder
    slope: Floats
    if not bounded:
        slope = pairs.T @ np.sign(behind)
        return slope
    far = (behind**2).sum(axis=1)
    within = float(np.trace(encoder.T @ spread @ encoder))
    both = (far + within) ** 2
    of_far = pairs.T @ (behind * (within / both)[:, None])
    of_within = (spread @ encoder) * float((far / both).sum())
    slope = -2.0 * (of_far - of_within) / max(len(pairs), 1)
    return slope
