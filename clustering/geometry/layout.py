"""Places in the plane for points of which only the mutual similarity is known.

Classical scaling gives the first places: the two directions in which the distances that the
similarities stand for differ most. They are true, but crowded. So *springs* go on from there:
every link pulls its two ends together, as strongly as it is, everything pushes everything
else away, and the whole is led to rest. Last of all whoever still stands too near to another
is moved aside. Nothing is drawn by chance, so the same similarities give the same places, and
they do not ask for clusters: whatever is clustered on top of them keeps its place.

References
----------
W. S. Torgerson, Multidimensional scaling: I. Theory and method, Psychometrika 17, 1952.
T. M. J. Fruchterman, E. M. Reingold, Graph drawing by force-directed placement, Software:
Practice and Experience 21, 1991.
"""

import numpy as np
from numpy.typing import ArrayLike

from clustering.dataset import Dataset, Floats, frozen

__all__ = ["places", "scaled", "springs"]

TURNS = 400
"""Moves of all points on the way to rest."""
PULL = 0.06
"""How much of the distance to the middle draws each point back, so that none drifts away."""
APART = 2.4
"""Shorter side of the picture, in what is left between two points that stand alone."""
WIDE = 1.45
"""How much wider than high the picture is."""


def scaled(similarity: ArrayLike) -> Floats:
    """Lay points out by classical scaling.

    Parameters
    ----------
    similarity : array_like of shape (n, n)
        Symmetric; the more, the more alike. Covariances and correlations stand for the
        distances sqrt(s_ii + s_jj - 2 s_ij).

    Returns
    -------
    ndarray of shape (n, 2)
        Centred, the direction in which they differ most first. Of the two mirror images of
        each direction the one whose largest entry is positive.

    Examples
    --------
    >>> scaled([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]).round(3).tolist()
    [[-0.471, 0.0], [-0.471, 0.0], [0.943, 0.0]]
    """
    s = np.asarray(similarity, dtype=np.float64)
    own = np.diag(s)
    squared = own[:, None] + own - s - s.T
    middle = np.eye(len(s)) - 1.0 / len(s)
    values, vectors = np.linalg.eigh(-0.5 * middle @ squared @ middle)
    flat = np.zeros((len(s), 2))
    for axis in range(min(2, len(s))):
        direction = vectors[:, -1 - axis] * np.sqrt(max(values[-1 - axis], 0.0))
        largest = direction[np.abs(direction).round(9).argmax()]
        flat[:, axis] = direction if largest >= 0 else -direction
    return flat


def springs(start: ArrayLike, links: ArrayLike, *, turns: int = TURNS) -> Floats:
    """Lead points to rest between links that pull and everything else that pushes.

    Parameters
    ----------
    start : array_like of shape (n, 2)
        Where they are now.
    links : array_like of shape (n, n)
        How strongly two points pull each other, 0 where they do not.
    turns : int
        Moves of all points.

    Returns
    -------
    ndarray of shape (n, 2)
        Places in which an area of about 1 falls to each point.

    Notes
    -----
    O(turns n^2). The pull grows with the square of the distance, the push falls with it.
    """
    flat: Floats = np.array(start, dtype=np.float64)
    n = len(flat)
    if n < 2:
        return np.zeros((n, 2))
    # Equal places have no direction in which to part: a spiral gives each one of its own.
    turn = np.arange(n) * 2.399963
    flat += 1e-3 * (np.abs(flat).max() or 1.0) * np.column_stack([np.cos(turn), np.sin(turn)])
    flat *= 0.5 * np.sqrt(n) / np.abs(flat).max()
    pull = np.asarray(links, dtype=np.float64)
    typical = pull.sum(axis=1).mean()
    pull = pull * (4.0 / typical if typical > 0 else 0.0)
    for turn_now in range(turns):
        between = flat[:, None] - flat
        apart = np.sqrt((between**2).sum(axis=-1)) + 1e-9
        force = 1.0 / apart**2 - pull * apart
        np.fill_diagonal(force, 0.0)
        move = (force[:, :, None] * between).sum(axis=1) - PULL * np.sqrt(n) * flat
        length = np.sqrt((move**2).sum(axis=1, keepdims=True)) + 1e-9
        heat = 0.1 * np.sqrt(n) * (1.0 - turn_now / turns) ** 1.5
        flat += move / length * np.minimum(length, heat)
    middle: Floats = flat.mean(axis=0)
    return flat - middle


def places(dataset: Dataset, *, similarity: Floats, links: Floats) -> Floats:
    """Give each point of a Dataset a place in a picture that is wider than high.

    Parameters
    ----------
    dataset : Dataset
        Whose points these are.
    similarity : ndarray of shape (n, n)
        As for `scaled`: where the points begin.
    links : ndarray of shape (n, n)
        What pulls two of them together; negative entries and the diagonal do not.

    Returns
    -------
    ndarray of shape (n, 2)
        Read-only, from 0 to 1.45 across and from 0 to 1 upwards.

    Examples
    --------
    >>> data = Dataset.from_points([[0.0], [0.1], [5.0], [5.1]])
    >>> alike = np.array([[1, .9, 0, 0], [.9, 1, 0, 0], [0, 0, 1, .8], [0, 0, .8, 1]])
    >>> found = places(data, similarity=alike, links=alike)
    >>> found.shape, float(found.max()), bool(abs(found[0, 0] - found[2, 0]) > 0.7)
    ((4, 2), 1.45, True)
    """
    pull = np.where(np.eye(dataset.n, dtype=bool), 0.0, np.maximum(links, 0.0))
    flat = springs(scaled(similarity), pull)
    flat = parted(stretched(flat))
    return frozen(flat)


def stretched(flat: Floats) -> Floats:
    """Turn points so that they lie wide, and stretch them over the picture."""
    if len(flat) < 2:
        return np.tile([WIDE / 2, 0.5], (len(flat), 1))
    centred = flat - flat.mean(axis=0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    across = vectors[:, 1] * np.sign(vectors[np.abs(vectors[:, 1]).argmax(), 1])
    turned = centred @ np.column_stack([across, [-across[1], across[0]]])
    low, high = turned.min(axis=0), turned.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    wide: Floats = np.where(high > low, (turned - low) / span, 0.5) * [WIDE, 1.0]
    return wide


def parted(flat: Floats, *, turns: int = 200) -> Floats:
    """Move points aside that stand too near to another, within the picture."""
    n = len(flat)
    room = min(0.13, 0.62 / np.sqrt(max(n, 1)))
    flat = flat.copy()
    for _ in range(turns):
        between = flat[:, None] - flat
        apart = np.sqrt((between**2).sum(axis=-1)) + 1e-9
        np.fill_diagonal(apart, np.inf)
        short = np.maximum(room - apart, 0.0)
        if short.max() < 1e-4:
            break
        flat += 0.5 * (short[:, :, None] * between / apart[:, :, None]).sum(axis=1)
        flat = np.clip(flat, 0.0, [WIDE, 1.0])
    return flat
