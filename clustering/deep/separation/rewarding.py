"""The reward: how far apart clusters lie for how wide they are."""

from typing import Any

import numpy as np

from clustering.dataset import Floats

__all__ = ["reward"]


def reward(codes: Floats, owners: Floats, *, ops: Any = np) -> Any:
    """Measure how far clusters lie apart for how wide they are: the mean of R over pairs.

    Parameters
    ----------
    codes : array of shape (n, m)
        Points.
    owners : array of shape (n, k)
        Weight of each point in each cluster; clusters without any are left out.
    ops : module
        ``numpy``, or ``keras.ops`` where gradients are wanted.

    Returns
    -------
    float
        From 0, where all means are one, towards 1; 1 where there is only one cluster.

    Examples
    --------
    >>> codes = np.array([[0.0], [2.0], [10.0], [12.0]])
    >>> owners = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    >>> round(float(reward(codes, owners)), 4) == round(100 / (100 + 1 + 1), 4)
    True
    """
    mass = ops.sum(owners, axis=0)
    some = ops.maximum(mass, 1e-9)
    means = ops.matmul(ops.transpose(owners), codes) / some[:, None]
    squares = ops.sum(ops.square(codes[:, None, :] - means[None, :, :]), axis=2)
    widths = ops.sum(owners * squares, axis=0) / some
    apart = ops.sum(ops.square(means[:, None, :] - means[None, :, :]), axis=2)
    # Too small to matter, and large enough that two clusters of one point are no 0 / 0.
    gained = apart / (apart + widths[:, None] + widths[None, :] + 1e-9)
    there = ops.where(mass > 0, 1.0, 0.0)
    pairs = there[:, None] * there[None, :] * (1.0 - np.eye(owners.shape[1], dtype=np.float32))
    total = ops.sum(pairs)
    return ops.where(total > 0, ops.sum(pairs * gained) / ops.maximum(total, 1.0), 1.0)
