"""Shapes: point clouds whose groups are known, because they were drawn that way.

What a method finds on data that nobody understands cannot be judged. So each
family here isolates one thing that makes clustering easy or hard, and hands out
the true groups beside the points:

* `blobs`: round clouds, what k-means silently assumes; unequal spreads and sizes
  break that assumption gently.
* `ellipses`: clouds that are longer than they are far apart; straight-line distance
  misleads, density and connectivity do not.
* `rings`, `moons`: groups without a meaningful centre.
* `uniform`: no groups at all. Any method that reports some has invented them.

Every function draws from one seeded generator and nothing else, so that equal
arguments give equal points in every process.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import Floats, Integers

__all__ = ["blobs", "ellipses", "moons", "rings", "uniform"]


def blobs(
    centers: ArrayLike,
    *,
    sizes: Sequence[int],
    spreads: Sequence[float],
    seed: int = 0,
) -> tuple[Floats, Integers]:
    """Draw round Gaussian clouds.

    Parameters
    ----------
    centers : array_like of shape (k, d)
        Their middles.
    sizes : sequence of k int
        Points in each.
    spreads : sequence of k float
        Standard deviation of each, the same in all directions.
    seed : int
        Seed of the generator.

    Returns
    -------
    points : ndarray of shape (sum(sizes), d)
        Cloud after cloud.
    groups : ndarray of shape (sum(sizes),), int64
        Number of the cloud, from 0.

    Examples
    --------
    >>> points, groups = blobs([[0, 0], [9, 9]], sizes=[3, 2], spreads=[1, 1])
    >>> points.shape, groups.tolist()
    ((5, 2), [0, 0, 0, 1, 1])
    """
    middles = np.asarray(centers, dtype=np.float64)
    groups = np.repeat(np.arange(len(middles)), sizes)
    noise = np.random.default_rng(seed).standard_normal((len(groups), middles.shape[1]))
    return middles[groups] + noise * np.asarray(spreads, dtype=np.float64)[groups, None], groups


def ellipses(
    centers: ArrayLike,
    *,
    sizes: Sequence[int],
    long: float,
    short: float,
    angle: float,
    seed: int = 0,
) -> tuple[Floats, Integers]:
    """Draw Gaussian clouds in the plane that all stretch in one direction.

    Parameters
    ----------
    centers : array_like of shape (k, 2)
        Their middles.
    sizes : sequence of k int
        Points in each.
    long, short : float
        Standard deviations along and across the direction.
    angle : float
        The direction, in degrees from the first axis.
    seed : int
        Seed of the generator.

    Returns
    -------
    points : ndarray of shape (sum(sizes), 2)
        Cloud after cloud.
    groups : ndarray of shape (sum(sizes),), int64
        Number of the cloud, from 0.
    """
    points, groups = blobs(
        np.zeros((len(sizes), 2)), sizes=sizes, spreads=[1.0] * len(sizes), seed=seed
    )
    turn = np.deg2rad(angle)
    axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    stretched = (points * [long, short]) @ axes
    return np.asarray(centers, dtype=np.float64)[groups] + stretched, groups


def rings(
    radii: Sequence[float], *, sizes: Sequence[int], noise: float, seed: int = 0
) -> tuple[Floats, Integers]:
    """Draw circles around the origin, one in the other.

    Parameters
    ----------
    radii : sequence of k float
        Radius of each circle.
    sizes : sequence of k int
        Points on each.
    noise : float
        Standard deviation of the distance from the circle.
    seed : int
        Seed of the generator.

    Returns
    -------
    points : ndarray of shape (sum(sizes), 2)
        Circle after circle.
    groups : ndarray of shape (sum(sizes),), int64
        Number of the circle, from 0.
    """
    random = np.random.default_rng(seed)
    groups = np.repeat(np.arange(len(radii)), sizes)
    angle = random.uniform(0.0, 2.0 * np.pi, len(groups))
    radius = np.asarray(radii, dtype=np.float64)[groups] + noise * random.standard_normal(
        len(groups)
    )
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]), groups


def moons(sizes: tuple[int, int], *, noise: float, seed: int = 0) -> tuple[Floats, Integers]:
    """Draw two half circles of radius 1 that reach into one another.

    Parameters
    ----------
    sizes : pair of int
        Points on the upper and on the lower moon.
    noise : float
        Standard deviation of each coordinate.
    seed : int
        Seed of the generator.

    Returns
    -------
    points : ndarray of shape (sum(sizes), 2)
        The upper moon, centred at (0, 0), then the lower, centred at (1, 0.5).
    groups : ndarray of shape (sum(sizes),), int64
        0 for the upper moon, 1 for the lower.
    """
    random = np.random.default_rng(seed)
    groups = np.repeat([0, 1], sizes)
    angle = random.uniform(0.0, np.pi, len(groups))
    sign = 1.0 - 2.0 * groups
    points = np.column_stack([groups + sign * np.cos(angle), 0.5 * groups + sign * np.sin(angle)])
    return points + noise * random.standard_normal(points.shape), groups


def uniform(n: int, *, low: ArrayLike, high: ArrayLike, seed: int = 0) -> Floats:
    """Draw points that are equally likely everywhere in a box.

    Parameters
    ----------
    n : int
        Number of points.
    low, high : array_like of shape (d,)
        Corners of the box.
    seed : int
        Seed of the generator.

    Returns
    -------
    ndarray of shape (n, d)
        Points with low <= point < high.
    """
    corners = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    return np.random.default_rng(seed).uniform(*corners, size=(n, len(corners[0])))
